//! The routes that do not follow from an object.

use kernel::Ctx;
use serde_json::{Map, Value as Json, json};

use crate::context::LANGUAGES;

use super::part::{Good, Operation, also, public, reference};
use super::record::with_query;

const TAG: &str = "workspace";

/// `post` or `get` with a JSON answer.
fn operation(id: &str, summary: &str, body: Option<Json>, good: Good, writes: bool) -> Json {
    let parameters: &[&str] = if writes { &["Idempotency-Key"] } else { &[] };
    Operation { id: id.to_string(), tag: TAG, summary: summary.to_string(), parameters, body, good: vec![good], writes }.render()
}

fn any(about: &str) -> Good {
    Good::json(about, json!({"type": "object"}))
}

fn closed(properties: Json, required: &[&str]) -> Json {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

pub fn paths(ctx: &Ctx, has_imports: bool, paths: &mut Map<String, Json>) {
    session(paths);
    let model = operation("model.get", "Objects, fields, views and actions as the caller may see them", None, any("The model"), false);
    paths.insert("/api/v1/model".into(), json!({ "get": model }));
    declarations(paths);
    let openapi = operation("openapi.get", "This document", None, any("OpenAPI 3.1"), false);
    paths.insert("/api/v1/openapi.json".into(), json!({ "get": openapi }));
    questions(ctx, paths);
    let undo = closed(
        json!({"correlation": {"type": "string", "format": "uuid"}, "force": {"type": "boolean", "default": false}}),
        &["correlation"],
    );
    let undone = any("How much was restored").written();
    paths.insert("/api/v1/undo".into(), json!({"post": operation("undo", "Take back what one write did", Some(undo), undone, true)}));
    let sample = operation(
        "sample.delete",
        "Take the sample company away, and nothing else",
        None,
        any("How many records are gone, stay, or are in the bin"),
        true,
    );
    paths.insert("/api/v1/sample".into(), json!({ "delete": sample }));
    workspace(paths);
    files(paths);
    if has_imports {
        imports(paths);
    }
    let live =
        Good::of("Events `hello`, `change`, `model` and `ping` until either side ends", "text/event-stream", json!({"type": "string"}));
    paths.insert("/api/v1/live".into(), json!({"get": operation("live", "Changes as they happen", None, live, false)}));
    probes(paths);
}

fn workspace(paths: &mut Map<String, Json>) {
    let text = || json!({"type": "string"});
    let body = closed(
        json!({
            "name": {"type": "string", "maxLength": 200}, "currency": text(), "language": {"enum": LANGUAGES}, "time_zone": text(),
            "country": {"type": ["string", "null"]},
        }),
        &[],
    );
    let about = "Name, currency, language, zone, country; what holds amounts and so fixes the currency; the latest changes";
    let get = operation("workspace.get", "The settings of the workspace, for administrators", None, any(about), false);
    let patch = operation("workspace.update", "Change settings of the workspace", Some(body), any(about).written(), true);
    paths.insert("/api/v1/workspace".into(), json!({ "get": get, "patch": patch }));
}

/// Bodies have the keys of a declaration, which are told with their places when they are wrong.
fn declarations(paths: &mut Map<String, Json>) {
    let keys = || json!({"type": "object"});
    let told = || any("The object, and the steps that were taken").written();
    let name = |name: &str| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
    let verb = |id: &str, summary: &str, body: Option<Json>| operation(id, summary, body, told(), true);
    let make = |id: &str, summary: &str| operation(id, summary, Some(keys()), Good { status: "201", ..told() }, true);
    let create = make("model.object.create", "A new object");
    paths.insert("/api/v1/model/objects".into(), json!({ "post": create }));
    let rule = json!({"description": "A rule as text, or one of these", "type": ["string", "boolean", "object"],
                      "properties": {"level": {"enum": ["all", "team", "own", "none"]}, "rule": {"type": "string"}}});
    let flag = || json!({"type": "boolean"});
    let access = json!({"type": "object", "description": "Rights by role; what is not named stays", "additionalProperties": {
        "type": "object", "properties": {"read": rule, "update": rule, "delete": rule, "create": flag(), "export": flag(), "bulk": flag()}}});
    let object = json!({"type": "object", "properties": {"access": access}});
    let change = verb("model.object.change", "Other labels, views, layout or rights of an object", Some(object));
    let remove = verb("model.object.remove", "Remove an object of one's own; its table stays", None);
    let one = json!({"parameters": [name("object")], "patch": change, "delete": remove});
    paths.insert("/api/v1/model/objects/{object}".into(), one);
    let create = make("model.field.create", "A new field");
    let fields = json!({"parameters": [name("object")], "post": create});
    paths.insert("/api/v1/model/objects/{object}/fields".into(), fields);
    let change = verb("model.field.change", "Other label, options or rights of a field", Some(keys()));
    let retire = verb("model.field.retire", "Take a field of one's own out of use; its values stay", None);
    let one = json!({"parameters": [name("object"), name("field")], "patch": change, "delete": retire});
    paths.insert("/api/v1/model/objects/{object}/fields/{field}".into(), one);
    let options = operation(
        "model.field.options",
        "The options of a choice, with their labels in every language",
        None,
        any("`options`, in order"),
        false,
    );
    let one = json!({"parameters": [name("object"), name("field")], "get": options});
    paths.insert("/api/v1/model/objects/{object}/fields/{field}/options".into(), one);
    let rights = operation("model.rights", "What each role may do with each object and field", None, any("`objects`"), false);
    paths.insert("/api/v1/model/rights".into(), json!({ "get": rights }));
    let body = closed(
        json!({
            "label": {"type": "string", "maxLength": 100}, "name": {"type": "string", "maxLength": 60},
            "description": {"type": ["string", "null"], "maxLength": 2000}, "manages": {"type": "boolean"},
            "copy_of": {"type": ["string", "null"], "description": "The code of a role whose rights it takes over, on every object and field"},
        }),
        &["label"],
    );
    let made = Good { status: "201", ..any("The role").written() };
    let role = operation("model.role.create", "A new role, without rights or with all rights of another", Some(body), made, true);
    paths.insert("/api/v1/model/roles".into(), json!({ "post": role }));
    let body = closed(json!({"object": {"type": "string"}, "field": {"type": "string"}, "keys": {"type": "object"}}), &["object"]);
    let plan = operation("model.plan", "What a change of the declarations would do", Some(body), any("The steps"), false);
    paths.insert("/api/v1/model/plan".into(), json!({ "post": plan }));
}

fn session(paths: &mut Map<String, Json>) {
    let text = || json!({"type": "string"});
    let show = operation("session.get", "Who one is", None, any("The person, his roles and settings"), false);
    let body = closed(json!({"email": text(), "password": text(), "totp": text()}), &["email", "password"]);
    let sign_in = also(public(operation("session.create", "Sign in", Some(body), any("The person; the cookie is set"), true)), "429");
    let out = operation("session.delete", "Sign out", None, Good::nothing("Signed out"), true);
    let own = closed(
        json!({"language": text(), "locale": text(), "time_zone": text(), "week_start": text(), "preferences": {"type": "object"}}),
        &[],
    );
    let change = operation("session.update", "Change one's own settings", Some(own), any("The person"), true);
    paths.insert("/api/v1/session".into(), json!({"get": show, "post": sign_in, "delete": out, "patch": change}));
    let body = closed(
        json!({"present_password": text(), "password": {"type": "string", "minLength": 12, "maxLength": 1000}}),
        &["present_password", "password"],
    );
    let password = operation("session.password", "Change one's own password; other sessions end", Some(body), any("Changed"), true);
    paths.insert("/api/v1/session/password".into(), json!({ "post": password }));
    let body = closed(json!({"user": {"type": ["string", "null"], "format": "uuid"}}), &[]);
    let about = "Look at everything as somebody else sees it, for administrators; null to be oneself again";
    let view_as = operation("session.view_as", about, Some(body), any("The person that one is then, with `viewer`"), false);
    paths.insert("/api/v1/session/view_as".into(), json!({ "post": view_as }));
    let body = closed(json!({"email": text()}), &["email"]);
    let demo = public(operation("session.demo", "Sign in to the sample company without a password", Some(body), any("The person"), true));
    paths.insert("/api/v1/session/demo".into(), json!({ "post": demo }));
    setup(paths);
    invitations(paths);
    tokens(paths);
}

fn setup(paths: &mut Map<String, Json>) {
    let text = || json!({"type": "string"});
    let state = public(operation(
        "setup.get",
        "Is the first run still to come?",
        None,
        any("`needed`; then also `templates`, of which the first run may name one"),
        false,
    ));
    let first = closed(
        json!({"workspace": text(), "name": text(), "email": text(), "password": text(), "currency": text(), "language": text(),
               "time_zone": text(), "country": text(), "template": text()}),
        &["workspace", "name", "email", "password"],
    );
    let run =
        public(operation("setup.run", "Make the workspace and its administrator", Some(first), any("The administrator, signed in"), true));
    paths.insert("/api/v1/setup".into(), json!({"get": state, "post": run}));
}

fn invitations(paths: &mut Map<String, Json>) {
    let text = || json!({"type": "string"});
    let body = json!({"type": "object", "description": "`user` alone for somebody who is one already, or the fields of a new user",
                      "properties": {"user": {"type": "string", "format": "uuid"}, "name": text(), "email": text(),
                                     "roles": {"type": "array", "items": text()}, "team": {"type": ["string", "null"]}}});
    let made = Good { status: "201", ..any("The link, told this once: `key`, `path`, `expires_at`").written() };
    let create =
        operation("invitations.create", "A link by which somebody sets a password; it works once, for seven days", Some(body), made, true);
    paths.insert("/api/v1/invitations".into(), json!({ "post": create }));
    let look = operation("invitations.look", "Whose link it is", Some(closed(json!({"key": text()}), &["key"])), any("The person"), true);
    paths.insert("/api/v1/invitations/look".into(), json!({"post": also(public(look), "429")}));
    let body = closed(json!({"key": text(), "password": {"type": "string", "minLength": 12, "maxLength": 1000}}), &["key", "password"]);
    let accept = operation(
        "invitations.accept",
        "Set the password, use the link up, sign in",
        Some(body),
        any("The person; the cookie is set"),
        true,
    );
    paths.insert("/api/v1/invitations/accept".into(), json!({"post": also(public(accept), "429")}));
}

fn tokens(paths: &mut Map<String, Json>) {
    let text = || json!({"type": "string"});
    let list = operation("tokens.list", "One's own tokens", None, any("Without their texts"), false);
    let body = closed(
        json!({"name": text(), "scopes": {"type": "array", "items": text()}, "expires_at": {"type": "string", "format": "date-time"}}),
        &["name"],
    );
    let made = Good { status: "201", ..any("The token's text, told this once") };
    let create = operation("tokens.create", "Make a token for oneself", Some(body), made, true);
    paths.insert("/api/v1/tokens".into(), json!({"get": list, "post": create}));
    let mut withdraw = operation("tokens.delete", "Withdraw a token", None, Good::nothing("Withdrawn"), true);
    add_id(&mut withdraw);
    paths.insert("/api/v1/tokens/{id}".into(), json!({ "delete": withdraw }));
}

fn add_id(operation: &mut Json) {
    if let Some(list) = operation.get_mut("parameters").and_then(Json::as_array_mut) {
        list.push(reference("parameters", "id"));
    }
}

fn questions(ctx: &Ctx, paths: &mut Map<String, Json>) {
    let names: Vec<&str> = ctx.model.objects().iter().map(|o| o.name.as_str()).collect();
    let text = || json!({"type": ["string", "null"]});
    let search = closed(
        json!({"q": {"type": "string"}, "objects": {"type": ["array", "null"], "items": {"type": "string"}},
               "limit": {"type": ["integer", "null"], "minimum": 1, "maximum": 100}}),
        &["q"],
    );
    paths.insert("/api/v1/search".into(), json!({"post": operation("search", "Across objects, ranked", Some(search), any("Hits"), false)}));
    let group = closed(
        json!({"field": {"type": "string"}, "bucket": {"type": ["string", "null"], "enum": ["day", "week", "month", "quarter", "year", null]}}),
        &["field"],
    );
    let measure = closed(
        json!({"fn": {"type": "string", "enum": ["count", "sum", "sum_own", "avg", "min", "max", "count_distinct"]}, "field": text()}),
        &["fn"],
    );
    let report = closed(
        json!({"object": {"type": "string", "examples": names}, "filter": text(), "q": text(),
               "group_by": {"type": "array", "items": group, "maxItems": 4}, "measures": {"type": "array", "items": measure, "maxItems": 12},
               "sort": {"type": "array", "items": {"type": "string"}}, "limit": {"type": ["integer", "null"], "minimum": 1, "maximum": 10000}}),
        &["object"],
    );
    paths.insert("/api/v1/query".into(), json!({"post": operation("query", "A report", Some(report), any("Rows"), false)}));
    let export = closed(
        json!({"object": {"type": "string"}, "filter": text(), "q": text(), "sort": text(), "fields": text(),
               "format": {"type": "string", "enum": ["csv", "jsonl", "xlsx", "vcard"]}}),
        &["object", "format"],
    );
    let mut good = Good::of("The file", "text/csv", json!({"type": "string"}));
    for media in ["application/jsonl", "text/vcard", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] {
        if let Some(map) = good.content.as_object_mut() {
            map.insert(media.to_string(), json!({"schema": {"type": "string"}}));
        }
    }
    let export = operation("exports.create", "All records that meet a filter as a file", Some(export), good, false);
    paths.insert("/api/v1/exports".into(), json!({ "post": export }));
}

/// An operation whose body is a form with a file.
fn upload(mut operation: Json, texts: &[&str], required: &[&str]) -> Json {
    let mut properties: Map<String, Json> = texts.iter().map(|t| ((*t).to_string(), json!({"type": "string"}))).collect();
    properties.insert("file".into(), json!({"type": "string", "contentMediaType": "application/octet-stream"}));
    let schema = json!({"type": "object", "properties": properties, "required": required});
    if let Some(map) = operation.as_object_mut() {
        map.insert("requestBody".into(), json!({"required": true, "content": {"multipart/form-data": {"schema": schema}}}));
    }
    operation
}

/// Joins an operation to a path that an object brought.
fn join(paths: &mut Map<String, Json>, path: &str, method: &str, operation: Json) {
    let item = paths.entry(path.to_string()).or_insert_with(|| json!({}));
    if let Some(map) = item.as_object_mut() {
        map.insert(method.to_string(), operation);
    }
}

fn files(paths: &mut Map<String, Json>) {
    let made = any("The file's record").created();
    let create = upload(operation("files.create", "Upload a file", None, made, true), &["about"], &["file"]);
    join(paths, "/api/v1/files", "post", create);
    let good = Good::of("The content", "*/*", json!({"type": "string"}));
    let mut content = operation("files.content", "The content of a file", None, good, false);
    add_id(&mut content);
    join(paths, "/api/v1/files/{id}/content", "get", content);
}

fn imports(paths: &mut Map<String, Json>) {
    let made = any("The import with a proposed mapping").created();
    let start = upload(operation("imports.create", "Upload a file of records", None, made, true), &["object"], &["file", "object"]);
    join(paths, "/api/v1/imports", "post", start);
    let mut change =
        operation("imports.update", "Mapping, match and policy", Some(json!({"type": "object"})), any("The import").written(), true);
    add_id(&mut change);
    join(paths, "/api/v1/imports/{id}", "patch", change);
    for (verb, summary) in [("check", "What running would do"), ("run", "Bring the rows in"), ("undo", "Take the whole import back")] {
        let mut operation =
            operation(&format!("imports.{verb}"), summary, Some(closed(json!({}), &[])), any("The outcome").written(), true);
        add_id(&mut operation);
        if verb == "undo" {
            operation = with_query(operation, "dry_run", json!({"type": "boolean"}));
        }
        join(paths, &format!("/api/v1/imports/{{id}}/actions/{verb}"), "post", operation);
    }
    let mut rows = also(operation("imports.rows", "Rows with their outcome", None, any("A page of rows"), false), "409");
    add_id(&mut rows);
    for (name, schema) in [
        ("state", json!({"type": "string"})),
        ("cursor", json!({"type": "string"})),
        ("limit", json!({"type": "integer", "minimum": 1, "maximum": 500})),
        ("format", json!({"type": "string", "enum": ["json", "csv"]})),
    ] {
        rows = with_query(rows, name, schema);
    }
    join(paths, "/api/v1/imports/{id}/rows", "get", rows);
}

fn probes(paths: &mut Map<String, Json>) {
    for (path, summary) in [("/healthz", "The process answers"), ("/readyz", "The database answers")] {
        let good = Good::of("Yes", "text/plain", json!({"type": "string"}));
        let probe = public(operation(path.trim_start_matches('/'), summary, None, good, false));
        paths.insert(path.into(), json!({ "get": probe }));
    }
    let good = Good::of("Prometheus text", "text/plain", json!({"type": "string"}));
    paths.insert("/metrics".into(), json!({"get": operation("metrics", "Counters, for administrators", None, good, false)}));
}
