//! A name for a deal that was written without one: whom it is with, and what it is about.

use base::{Id, Result, Value};
use kernel::{Ctx, Draft, Record, Rule, record};
use store::Tx;

pub struct FromParties;

impl Rule for FromParties {
    fn object(&self) -> &'static str {
        "deal"
    }

    fn before(&self, ctx: &Ctx, tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.get("name").as_text().is_none_or(|n| n.trim().is_empty()) {
            let name = automatic(ctx, tx, &draft.record, None)?;
            draft.set("name", Value::Text(name));
        }
        Ok(())
    }
}

/// `Rossi S.r.l.: Cabinet` of the company (or contact) and the first line, or the kind of deal while there is no line; in
/// the workspace's language.
pub fn automatic(ctx: &Ctx, tx: &mut Tx, deal: &Record, line: Option<&str>) -> Result<String> {
    let with = match title(ctx, tx, "company", deal.link("company"))? {
        Some(company) => Some(company),
        None => title(ctx, tx, "contact", deal.link("contact"))?,
    };
    let about = line.map_or_else(|| kind(ctx, deal), str::to_string);
    Ok(match with {
        Some(with) => base::text::shorten(&format!("{with}: {about}"), 190),
        None => about,
    })
}

fn title(ctx: &Ctx, tx: &mut Tx, object: &str, id: Option<Id>) -> Result<Option<String>> {
    let Some((object, id)) = ctx.model.object(object).zip(id) else { return Ok(None) };
    let titles = record::titles(&ctx.as_system(), tx, object, &[id])?;
    Ok(titles.into_iter().next().map(|(_, title)| title).filter(|t| !t.is_empty()))
}

fn kind(ctx: &Ctx, deal: &Record) -> String {
    let language = &ctx.engine.settings().language;
    let Some(object) = ctx.model.object("deal") else { return String::new() };
    let options = object.field("kind").map_or(&[][..], |f| ctx.model.options(f));
    let option = deal.text("kind").and_then(|code| options.iter().find(|o| o.code == code));
    option.map_or(&object.label, |o| &o.label).in_language(language).to_string()
}
