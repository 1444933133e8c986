//! The model document: objects, fields, views and actions as this caller may see them, in his language.

use base::Result;
use model::field;
use model::{Choice, Field, FieldAccess, FieldType, Object, Related, View};
use serde_json::{Map, Value as Json, json};

use crate::action::{self, Action};
use crate::ctx::Ctx;
use crate::role::{self, Reach, Right};
use crate::workspace::rights;

/// What `GET /api/v1/model` answers. Objects of which the caller may read nothing are left out, and so are fields.
pub fn describe(ctx: &Ctx) -> Result<Json> {
    let settings = ctx.engine.settings();
    let mut objects = Vec::new();
    for object in ctx.model.objects() {
        if !matches!(role::reach(ctx, object, Right::Read)?, Reach::Nothing) && role::scope_allows(ctx, object, "read") {
            objects.push(one(ctx, object)?);
        }
    }
    let lists: Map<String, Json> = ctx.model.lists.iter().map(|(name, options)| (name.clone(), choices(ctx, options))).collect();
    Ok(json!({
        "version": format!("{}", ctx.model.version),
        "workspace": {
            "name": settings.name, "currency": settings.currency.as_str(), "time_zone": settings.time_zone,
            "language": settings.language, "country": settings.country, "has_sample": settings.has_sample,
        },
        "lists": lists,
        "objects": objects,
    }))
}

fn one(ctx: &Ctx, object: &Object) -> Result<Json> {
    let may = |right: Right| role::reach(ctx, object, right).map(|r| !matches!(r, Reach::Nothing)).unwrap_or(false);
    let writes = role::scope_allows(ctx, object, "write");
    let readable = |name: &String| object.field(name).is_some_and(|f| role::may_read_field(ctx, object, f));
    let label = |l: &model::Label| l.in_language(&ctx.language).to_string();
    let known = |names: &[String]| names.iter().filter(|n| readable(n)).cloned().collect::<Vec<String>>();
    let sections: Vec<Json> =
        object.layout.sections.iter().map(|s| json!({"label": label(&s.label), "fields": known(&s.fields)})).collect();
    let actions: Vec<Json> = ctx
        .engine
        .actions()
        .filter(|a| a.object() == object.name || a.object() == "any")
        .map(|a| describe_action(ctx, object, a))
        .collect::<Result<_>>()?;
    Ok(json!({
        "name": object.name, "path": object.path, "label": label(&object.label), "label_plural": label(&object.label_plural),
        "about": object.about, "icon": object.icon, "title": object.title, "nav": object.nav, "owned": object.owned,
        "period": object.period.as_deref().filter(|name| object.field(name).is_some_and(|f| role::may_read_field(ctx, object, f))),
        "searched": object.searched, "timeline": object.timeline, "system": object.system, "handover": object.handover,
        "access": {
            "read": true, "level": rights::read_level(ctx, object), "create": role::may_create(ctx, object), "update": writes && may(Right::Update),
            "delete": writes && may(Right::Delete), "export": role::may_export(ctx, object), "bulk": role::may_bulk(ctx, object),
        },
        "fields": object.fields.iter().filter(|f| role::may_read_field(ctx, object, f)).map(|f| describe_field(ctx, object, f)).collect::<Vec<_>>(),
        "views": object.views.iter().filter(|v| v.columns.iter().all(readable)).map(|v| view(ctx, v)).collect::<Vec<_>>(),
        "layout": {
            "highlights": known(&object.layout.highlights), "sections": sections, "create": known(&object.layout.create),
            "card": known(&object.layout.card), "related": object.layout.related.iter().map(|r| related(ctx, r)).collect::<Vec<_>>(),
        },
        "actions": actions,
    }))
}

/// A field as the screens need it; also of an action's input, where `object` is the action's.
fn describe_field(ctx: &Ctx, object: &Object, field: &Field) -> Json {
    let kind = field::kind(field.kind);
    let writable = role::field_access(ctx, object, field) == FieldAccess::Write;
    let plain = field.alias_of.as_deref().is_none_or(|a| a.contains("address."));
    json!({
        "name": field.name, "label": field.label.in_language(&ctx.language),
        "help": Some(field.help.in_language(&ctx.language)).filter(|h| !h.is_empty()),
        "type": field.kind.name(), "required": field.required, "writable": writable, "computed": field.computed,
        "many": field::is_child(field) || field.kind == FieldType::Reverse, "to": field.to, "by": field.by,
        "options": if field.options.is_empty() { Json::Null } else { choices(ctx, &field.options) },
        "list": field.list, "open": field.open, "fixed": field.fixed, "max": field.max, "min": field.min, "scale": field.scale, "default": field.default,
        "emphasis": field.emphasis, "priority": field.priority, "sortable": plain && kind.sortable(), "filterable": kind.filterable(),
        "groupable": plain && kind.groupable(), "summable": kind.summable(), "unique": field.unique, "track": field.track,
        "alias_of": field.alias_of, "parts": field.parts.iter().map(|p| describe_field(ctx, object, p)).collect::<Vec<_>>(),
    })
}

fn choices(ctx: &Ctx, options: &[Choice]) -> Json {
    let shown = options.iter().map(
        |o| json!({"code": o.code, "label": o.label.in_language(&ctx.language), "hue": o.hue, "retired": o.retired, "means": o.means}),
    );
    Json::Array(shown.collect())
}

fn view(ctx: &Ctx, view: &View) -> Json {
    json!({
        "name": view.name, "label": view.label.in_language(&ctx.language), "shape": view.shape, "filter": view.filter,
        "columns": view.columns, "sort": view.sort, "group": view.group, "summaries": view.summaries,
    })
}

fn related(ctx: &Ctx, related: &Related) -> Json {
    json!({
        "label": related.label.in_language(&ctx.language), "object": related.object, "field": related.field,
        "filter": related.filter, "show": related.show, "sort": related.sort,
    })
}

fn describe_action(ctx: &Ctx, object: &Object, action: &dyn Action) -> Result<Json> {
    let inputs = action::input_fields(object, action)?;
    Ok(json!({
        "name": action.name(), "label": ctx.engine.action_label(&object.name, action, &ctx.language), "icon": action.icon(),
        "when": action.when(), "bulk": true, "destructive": action.is_destructive(), "needs_update": action.needs_update(),
        "input": inputs.iter().map(|f| describe_field(ctx, object, f)).collect::<Vec<_>>(),
    }))
}
