//! A view names an object, fields and a filter that exist for the one who keeps it.

use base::{Result, Value};
use kernel::{Ctx, Draft, Rule, query, role};
use model::Object;
use model::nearest::nearest;
use store::Tx;

pub struct Valid;

impl Rule for Valid {
    fn object(&self) -> &'static str {
        "saved_view"
    }

    fn before(&self, ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        let Some(name) = draft.get("object").as_text().map(str::to_string) else { return Ok(()) };
        let Ok(object) = role::known(ctx, &name) else {
            let hint = nearest(&name, ctx.model.objects().iter().map(|o| o.name.as_str()))
                .map_or_else(String::new, |w| format!(" Did you mean \"{w}\"?"));
            draft.problem("object", "unknown", format!("There is no object \"{}\".{hint}", base::text::shorten(&name, 60)));
            return Ok(());
        };
        let object = object.clone();
        fields(ctx, draft, &object);
        widths(draft);
        let is_new = draft.changed("filter") || draft.changed("object");
        let filter = draft.get("filter").as_text().filter(|f| is_new && !f.trim().is_empty());
        if let Some(Err(error)) = filter.map(|filter| query::compile_filter(ctx, &object, "filter", filter)) {
            draft.add_problems(error.problems().to_vec());
        }
        Ok(())
    }
}

/// Each width names its column: `name:264`.
fn widths(draft: &mut Draft) {
    let well_formed = |text: &str| text.split_once(':').is_some_and(|(_, px)| px.parse::<u16>().is_ok_and(|px| (40..=2_000).contains(&px)));
    let wrong: Vec<usize> =
        draft.get("widths").as_list().iter().enumerate().filter(|(_, w)| !w.as_text().is_some_and(well_formed)).map(|(i, _)| i).collect();
    for at in wrong {
        draft.problem(format!("widths[{at}]"), "format", "Write a column and its width from 40 to 2,000 pixels, such as name:264");
    }
}

/// Every field that is named anywhere, each at its place.
fn fields(ctx: &Ctx, draft: &mut Draft, object: &Object) {
    let mut named: Vec<(String, String)> = Vec::new();
    for list in ["columns", "summaries"] {
        let names = draft.get(list).as_list().iter().filter_map(Value::as_text).enumerate();
        named.extend(names.map(|(i, name)| (format!("{list}[{i}]"), name.to_string())));
    }
    let named_widths = draft.get("widths").as_list().iter().filter_map(Value::as_text).enumerate();
    named.extend(named_widths.map(|(i, text)| (format!("widths[{i}]"), text.split(':').next().unwrap_or_default().to_string())));
    let sort = draft.get("sort").as_text().unwrap_or_default().to_string();
    named.extend(
        sort.split(',').map(|n| n.trim().trim_start_matches('-')).filter(|n| !n.is_empty()).map(|n| ("sort".to_string(), n.to_string())),
    );
    named.extend(draft.get("group").as_text().filter(|g| !g.is_empty()).map(|g| ("group".to_string(), g.to_string())));
    for (place, name) in named {
        // A column behind a link is checked as far as the link.
        let first = name.split('.').next().unwrap_or_default();
        let is_known = object.field(first).is_some_and(|f| role::may_read_field(ctx, object, f));
        if !is_known {
            let readable = object.fields.iter().filter(|f| role::may_read_field(ctx, object, f)).map(|f| f.name.as_str());
            let hint = nearest(first, readable).map_or_else(String::new, |w| format!(" Did you mean \"{w}\"?"));
            draft.problem(place, "unknown", format!("{} has no field \"{}\".{hint}", object.label.en, base::text::shorten(first, 60)));
        }
    }
}
