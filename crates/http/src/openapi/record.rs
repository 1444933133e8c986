//! Schemas and routes of one object.

use base::Result;
use kernel::{Ctx, action, role};
use model::field::{self, Use};
use model::{Field, FieldAccess, FieldType, Object};
use serde_json::{Map, Value as Json, json};

use super::part::{Good, Operation, reference};

/// `SalesOrder` for `sales_order`.
fn type_name(object: &Object) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    object.name.split('_').map(capital).collect()
}

/// The record as it is read, as it is written, and the page of a list.
pub fn schemas(ctx: &Ctx, object: &Object, schemas: &mut Map<String, Json>) {
    let name = type_name(object);
    let fields: Vec<&Field> = object.fields.iter().filter(|f| role::may_read_field(ctx, object, f)).collect();
    let mut read = record_members();
    let mut write = Map::new();
    for field in fields.iter().filter(|f| !read_is_fixed(&f.name)) {
        let schema = field::schema(field, &ctx.model, Use::Read);
        read.insert(field.name.clone(), if is_relation(field) { or_expanded(schema, field) } else { schema });
    }
    for field in fields.iter().filter(|f| role::field_access(ctx, object, f) == FieldAccess::Write && f.kind != FieldType::Reverse) {
        write.insert(field.name.clone(), field::schema(field, &ctx.model, Use::Write));
    }
    write.insert("external_ids".into(), external_ids());
    read.insert("external_ids".into(), external_ids());
    let label = object.label.in_language(&ctx.language);
    let reference = reference("schemas", &name);
    schemas.insert(
        name.clone(),
        json!({"type": "object", "title": label, "description": object.about, "required": ["id", "version"], "properties": read}),
    );
    schemas.insert(format!("{name}Input"), json!({"type": "object", "title": label, "properties": write, "additionalProperties": false}));
    schemas.insert(
        format!("{name}List"),
        json!({"type": "object", "required": ["items", "next_cursor", "count"], "properties": {
            "items": {"type": "array", "items": reference}, "next_cursor": {"type": ["string", "null"]},
            "count": {"$ref": "#/components/schemas/Count"},
        }}),
    );
}

fn record_members() -> Map<String, Json> {
    let moment = || json!({"type": ["string", "null"], "format": "date-time", "readOnly": true});
    [
        ("id", json!({"type": "string", "format": "uuid", "readOnly": true})),
        ("version", json!({"type": "integer", "minimum": 0, "readOnly": true})),
        ("created_at", moment()),
        ("updated_at", moment()),
        ("deleted_at", moment()),
        ("hidden", json!({"type": "array", "items": {"type": "string"}, "readOnly": true, "description": "Fields whose records the caller may not see"})),
    ]
    .into_iter()
    .map(|(name, schema)| (name.to_string(), schema))
    .collect()
}

fn read_is_fixed(name: &str) -> bool {
    matches!(name, "id" | "version" | "created_at" | "updated_at" | "deleted_at" | "hidden" | "external_ids")
}

fn is_relation(field: &Field) -> bool {
    matches!(field.kind, FieldType::Link | FieldType::User | FieldType::File | FieldType::Links)
}

/// A relation is an id, or under `expand` an object.
fn or_expanded(schema: Json, field: &Field) -> Json {
    let linked = json!({"$ref": "#/components/schemas/Linked"});
    if field.kind == FieldType::Links {
        json!({"anyOf": [schema, {"type": "array", "items": linked}]})
    } else {
        json!({"anyOf": [schema, linked]})
    }
}

fn external_ids() -> Json {
    json!({"type": "array", "maxItems": 50, "description": "Ids that other systems gave; shown where `fields` names them", "items": {
        "type": "object", "required": ["system", "id"], "additionalProperties": false,
        "properties": {"system": {"type": "string", "minLength": 1, "maxLength": 60}, "id": {"type": "string", "minLength": 1, "maxLength": 200}},
    }})
}

pub fn paths(ctx: &Ctx, object: &Object, paths: &mut Map<String, Json>) -> Result<()> {
    let (tag, name) = (object.path.as_str(), type_name(object));
    let base = format!("/api/v1/{tag}");
    let (one, many) = (object.label.en.to_lowercase(), object.label_plural.en.to_lowercase());
    let schema = |suffix: &str| reference("schemas", &format!("{name}{suffix}"));
    let make = |verb: &str, summary: String, parameters: &'static [&'static str], body: Option<Json>, good: Vec<Good>, writes: bool| {
        Operation { id: format!("{tag}.{verb}"), tag, summary, parameters, body, good, writes }.render()
    };
    const LIST: &[&str] = &["filter", "q", "sort", "fields", "expand", "limit", "cursor", "count", "as_of", "bin"];
    let mut collection = Map::new();
    collection
        .insert("get".into(), make("list", format!("A page of {many}"), LIST, None, vec![Good::json("A page", schema("List"))], false));
    // Files and imports come into being by an upload, which `fixed` tells.
    if !matches!(tag, "files" | "imports") {
        let good = vec![Good::json("The new record", schema("")).created()];
        collection
            .insert("post".into(), make("create", format!("Create a {one}"), &["Idempotency-Key"], Some(schema("Input")), good, true));
    }
    paths.insert(base.clone(), Json::Object(collection));
    paths.insert(format!("{base}/{{id}}"), of_one(&make, &one, &schema));
    let page = |name: &str| vec![Good::json("A page", reference("schemas", name))];
    let timeline = make(
        "timeline",
        format!("What happened with a {one} and around it, newest first"),
        &["id", "cursor"],
        None,
        page("Timeline"),
        false,
    );
    let about = "A list of the same object's records that point here, such as `subsidiaries`: what concerns them stands here too";
    let timeline = with_query(timeline, "include", json!({"type": "string", "description": about}));
    paths.insert(format!("{base}/{{id}}/timeline"), json!({"get": with_query(timeline, "kind", json!({"type": "string"}))}));
    let history = make("history", format!("Field changes of a {one}"), &["id", "cursor"], None, page("History"), false);
    paths.insert(format!("{base}/{{id}}/history"), json!({ "get": history }));
    let access = make(
        "access",
        format!("Why a person may see, change or delete a {one}, or may not; for administrators"),
        &["id"],
        None,
        vec![Good::json(
            "What each of the person's roles says",
            json!({"type": "object", "required": ["user", "read", "update", "delete"]}),
        )],
        false,
    );
    let access = with_query(access, "user", json!({"type": "string", "format": "uuid", "description": "Of whom; absent for oneself"}));
    paths.insert(format!("{base}/{{id}}/access"), json!({ "get": access }));
    several(&make, &base, (&one, &many), &schema, paths);
    for action in ctx.engine.actions().filter(|a| a.object() == object.name || a.object() == "any") {
        actions(ctx, object, action, &make, paths)?;
    }
    Ok(())
}

/// Many at once, and one by its key.
fn several(make: Make<'_>, base: &str, (one, many): (&str, &str), schema: &dyn Fn(&str) -> Json, paths: &mut Map<String, Json>) {
    let results = vec![Good::json("An outcome each, in order", reference("schemas", "Results")).written()];
    let batch = make(
        "batch",
        format!("Up to 1,000 changes of {many}"),
        &["Idempotency-Key", "dry_run"],
        Some(batch_body(&schema("Input"))),
        results,
        true,
    );
    paths.insert(format!("{base}/batch"), json!({ "post": batch }));
    let good = vec![Good::json("The record that was there", schema("")).tagged(), Good::json("The new record", schema("")).created()];
    let upsert = make(
        "upsert",
        format!("Change the {one} with the same key, or create one"),
        &["Idempotency-Key"],
        Some(upsert_body(&schema("Input"))),
        good,
        true,
    );
    paths.insert(format!("{base}/upsert"), json!({ "post": upsert }));
    let alike = make(
        "duplicates",
        format!("What a new {one} may already be, and what it may belong to; writes nothing"),
        &[],
        Some(schema("Input")),
        vec![Good::json("Proposals, the surest first", reference("schemas", "Duplicates"))],
        false,
    );
    paths.insert(format!("{base}/duplicates"), json!({ "post": alike }));
}

type Make<'a> = &'a dyn Fn(&str, String, &'static [&'static str], Option<Json>, Vec<Good>, bool) -> Json;

fn of_one(make: Make<'_>, one: &str, schema: &dyn Fn(&str) -> Json) -> Json {
    let record = || vec![Good::json("The record", schema("")).tagged()];
    let get = make("get", format!("One {one}"), &["id", "fields", "expand", "as_of"], None, record(), false);
    let patch =
        make("update", format!("Change fields of a {one}"), &["id", "If-Match", "Idempotency-Key"], Some(schema("Input")), record(), true);
    let in_bin = json!({"anyOf": [schema(""), reference("schemas", "Hanging")]});
    let gone = vec![Good::json("The record, now in the bin; rehearsed, what hangs on it", in_bin).tagged(), Good::nothing("Gone for good")];
    let delete = make(
        "delete",
        format!("Move a {one} to the bin, or with `purge` remove it for good"),
        &["id", "If-Match", "dry_run"],
        None,
        gone,
        true,
    );
    json!({"get": get, "patch": patch, "delete": with_query(delete, "purge", json!({"type": "boolean", "default": false}))})
}

fn actions(ctx: &Ctx, object: &Object, action: &dyn kernel::Action, make: Make<'_>, paths: &mut Map<String, Json>) -> Result<()> {
    let inputs = action::input_fields(object, action)?;
    let properties: Map<String, Json> = inputs.iter().map(|f| (f.name.clone(), field::schema(f, &ctx.model, Use::Write))).collect();
    let required: Vec<&str> = inputs.iter().filter(|f| f.required).map(|f| f.name.as_str()).collect();
    let input = json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
    let name = action.name();
    let outcome = vec![Good::json("What it did", reference("schemas", "ActionOutcome")).written()];
    let one =
        make(&format!("{name}.one"), action.label().to_string(), &["id", "dry_run", "Idempotency-Key"], Some(input.clone()), outcome, true);
    paths.insert(format!("/api/v1/{}/{{id}}/actions/{name}", object.path), json!({ "post": one }));
    let many = json!({"type": "object", "additionalProperties": false, "properties": {
        "ids": {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"type": "string", "format": "uuid"}},
        "filter": {"type": "string"}, "input": input,
    }});
    let good = vec![Good::json("How many it was done to, and who was refused", json!({"type": "object"})).written()];
    let many = make(&format!("{name}.many"), format!("{} (many)", action.label()), &["dry_run", "Idempotency-Key"], Some(many), good, true);
    paths.insert(format!("/api/v1/{}/actions/{name}", object.path), json!({ "post": many }));
    Ok(())
}

fn batch_body(input: &Json) -> Json {
    let lists = |about: &str| json!({"type": ["object", "null"], "description": about, "additionalProperties": {"type": "array"}});
    json!({"type": "object", "required": ["operations"], "additionalProperties": false, "properties": {
        "atomic": {"type": "boolean", "default": false},
        "operations": {"type": "array", "minItems": 1, "maxItems": 1000, "items": {
            "type": "object", "required": ["op"], "additionalProperties": false, "properties": {
                "op": {"type": "string", "enum": ["create", "update", "delete", "upsert"]}, "id": {"type": ["string", "null"], "format": "uuid"},
                "version": {"type": ["integer", "null"], "minimum": 1}, "match": {"type": ["string", "null"]}, "values": input, "add": lists("Put to the lists of the record, such as `{\"tags\": [id]}`"),
                "remove": lists("Taken out of them"),
            },
        }},
    }})
}

fn upsert_body(input: &Json) -> Json {
    json!({"type": "object", "required": ["match", "values"], "additionalProperties": false, "properties": {
        "match": {"type": "string", "description": "A unique field, `email`, or `external.{system}`"}, "values": input,
    }})
}

/// Adds a query parameter that only this operation has.
pub fn with_query(mut operation: Json, name: &str, schema: Json) -> Json {
    if let Some(list) = operation.get_mut("parameters").and_then(Json::as_array_mut) {
        list.push(json!({"name": name, "in": "query", "schema": schema}));
    }
    operation
}
