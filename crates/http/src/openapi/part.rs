//! Pieces of the document that many routes share.

use serde_json::{Map, Value as Json, json};

/// What may go wrong with any request that reads.
const READ: &[&str] = &["400", "401", "403", "404", "422", "503"];
/// Further with one that writes.
const WRITE: &[&str] = &["400", "401", "403", "404", "409", "413", "415", "422", "503"];

const PROBLEMS: &[(&str, &str)] = &[
    ("400", "The request cannot be read: malformed JSON, UTF-8 or address"),
    ("401", "Nobody is signed in, or the token is not valid"),
    ("403", "The caller may not do this"),
    ("404", "There is no such thing, or the caller may not know of it"),
    ("409", "In conflict with another change, or not possible as things stand"),
    ("413", "The body is too large"),
    ("415", "The body is of another kind than this route takes"),
    ("422", "Some values are not accepted; `fields` tells all of them"),
    ("429", "Too many attempts; `Retry-After` says when to come back"),
    ("503", "Not available at the moment"),
];

pub fn responses() -> Json {
    let one = |(status, about): &(&str, &str)| {
        let mut headers = json!({"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}});
        if let (true, Some(map)) = (matches!(*status, "429" | "503"), headers.as_object_mut()) {
            map.insert("Retry-After".into(), json!({"description": "Seconds", "schema": {"type": "integer"}}));
        }
        let body = json!({
            "description": about, "headers": headers,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        });
        (format!("Problem{status}"), body)
    };
    Json::Object(PROBLEMS.iter().map(one).collect())
}

pub fn headers() -> Json {
    json!({
        "ETag": {"description": "The version of the record in quotes", "schema": {"type": "string"}},
        "Location": {"description": "Address of what was made", "schema": {"type": "string"}},
        "X-Request-Id": {"description": "Names this request in logs", "schema": {"type": "string"}},
        "X-Correlation-Id": {"description": "What undo wants; absent when nothing was changed", "schema": {"type": "string", "format": "uuid"}},
    })
}

pub fn parameters() -> Json {
    let query = |name: &str, about: &str, schema: Json| json!({"name": name, "in": "query", "description": about, "schema": schema});
    let text = || json!({"type": "string"});
    json!({
        "id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
        "filter": query("filter", "An expression that the records meet, such as `amount > 1000 && stage.kind == \"open\"`", text()),
        "q": query("q", "Words to search for; the last may be the beginning of one", text()),
        "sort": query("sort", "Fields, a minus before those that descend: `-amount,name`", text()),
        "fields": query("fields", "Only these fields: `name,amount`", text()),
        "expand": query("expand", "Relations shown with their title, at most two deep: `company,owner`", text()),
        "limit": query("limit", "Records of a page", json!({"type": "integer", "minimum": 1, "maximum": 500, "default": 50})),
        "cursor": query("cursor", "`next_cursor` of the page before", text()),
        "count": query("count", "How exactly to count", json!({"type": "string", "enum": ["none", "bounded", "exact"], "default": "bounded"})),
        "as_of": query("as_of", "As it was at this moment", json!({"type": "string", "format": "date-time"})),
        "bin": query("bin", "What lies in the bin instead", json!({"type": "boolean", "default": false})),
        "dry_run": query("dry_run", "Tell what would happen, without doing it", json!({"type": "boolean", "default": false})),
        "Idempotency-Key": {
            "name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "minLength": 1, "maxLength": 200},
            "description": "The same key with the same body gets the first answer again for 24 hours",
        },
        "If-Match": {
            "name": "If-Match", "in": "header", "schema": {"type": "string", "pattern": "^\"[0-9]{1,15}\"$"},
            "description": "The version that the caller saw; fields changed since by others are a conflict",
        },
    })
}

pub fn schemas() -> Map<String, Json> {
    let text = || json!({"type": "string"});
    let page = |item: Json| {
        json!({"type": "object", "required": ["items", "next_cursor"], "properties": {
            "items": {"type": "array", "items": item}, "next_cursor": {"type": ["string", "null"]},
        }})
    };
    let mut schemas = Map::new();
    schemas.insert(
        "Problem".into(),
        json!({
            "type": "object", "description": "RFC 9457", "required": ["type", "title", "status", "code", "detail", "request_id"],
            "properties": {
                "type": text(), "title": text(), "status": {"type": "integer"}, "detail": text(), "request_id": text(),
                "code": {"type": "string", "enum": ["invalid", "malformed", "unauthenticated", "forbidden", "not_found", "conflict",
                                                    "too_large", "too_many", "unavailable", "internal"]},
                "fields": {"type": "array", "items": {
                    "type": "object", "required": ["field", "code", "message"],
                    "properties": {"field": text(), "code": text(), "message": text()},
                }},
                "untold": {"type": "integer", "description": "Further field problems beyond those told"},
            },
        }),
    );
    schemas.insert(
        "Linked".into(),
        json!({"type": "object", "description": "A relation under `expand`", "required": ["id"],
               "properties": {"id": {"type": "string", "format": "uuid"}, "object": text(), "title": {"type": ["string", "null"]},
                              "deleted_at": {"type": "string", "format": "date-time", "description": "It lies in the bin since then"}}}),
    );
    schemas.insert(
        "Count".into(),
        json!({"type": ["object", "null"], "required": ["value", "exact"],
               "properties": {"value": {"type": "integer"}, "exact": {"type": "boolean"}}}),
    );
    let proposals = json!({"type": "array", "items": {"type": "object", "required": ["id", "title", "by"], "properties": {
        "id": {"type": "string", "format": "uuid"}, "title": text(), "by": {"type": "string", "description": "The field that tells"},
    }}});
    schemas.insert(
        "Duplicates".into(),
        json!({"type": "object", "required": ["items", "links"], "properties": {
            "items": proposals.clone(), "links": {"type": "object", "additionalProperties": proposals},
        }}),
    );
    schemas.insert("Timeline".into(), page(json!({"type": "object", "required": ["id", "kind", "at"]})));
    schemas.insert("History".into(), page(json!({"type": "object", "required": ["event", "at", "field"]})));
    schemas.insert(
        "Results".into(),
        json!({"type": "object", "required": ["results"], "properties": {"results": {"type": "array", "items": {
            "type": "object", "required": ["status"], "properties": {
                "status": {"type": "integer"}, "id": {"type": ["string", "null"]}, "version": {"type": "integer"},
                "error": {"$ref": "#/components/schemas/Problem"},
            },
        }}}}),
    );
    schemas.insert(
        "Hanging".into(),
        json!({"type": "object", "required": ["dry_run", "hanging"], "properties": {
            "dry_run": {"const": true},
            "hanging": {"type": "array", "items": {"type": "object", "required": ["object", "label", "count"], "properties": {
                "object": {"type": "string"}, "label": {"type": "string"}, "count": {"type": "integer", "minimum": 1},
            }}},
        }}),
    );
    schemas.insert(
        "ActionOutcome".into(),
        json!({"type": "object", "required": ["result", "records"], "properties": {
            "result": {}, "dry_run": {"type": "boolean"}, "records": {"type": "array", "items": {"type": "object"}},
        }}),
    );
    schemas
}

pub fn reference(kind: &str, name: &str) -> Json {
    json!({"$ref": format!("#/components/{kind}/{name}")})
}

pub fn parameter_list(names: &[&str]) -> Json {
    names.iter().map(|n| reference("parameters", n)).collect()
}

/// The good answer of an operation.
pub struct Good {
    pub status: &'static str,
    pub about: String,
    pub content: Json,
    pub headers: &'static [&'static str],
}

impl Good {
    pub fn json(about: impl Into<String>, schema: Json) -> Self {
        Good { status: "200", about: about.into(), content: json!({"application/json": {"schema": schema}}), headers: &["X-Request-Id"] }
    }
    pub fn of(about: impl Into<String>, media: &str, schema: Json) -> Self {
        Good { content: json!({ media: {"schema": schema} }), ..Good::json(about, Json::Null) }
    }
    pub fn nothing(about: impl Into<String>) -> Self {
        Good { status: "204", content: Json::Null, ..Good::json(about, Json::Null) }
    }
    #[must_use]
    pub fn created(self) -> Self {
        Good { status: "201", headers: &["ETag", "Location", "X-Correlation-Id", "X-Request-Id"], ..self }
    }
    #[must_use]
    pub fn written(self) -> Self {
        Good { headers: &["X-Correlation-Id", "X-Request-Id"], ..self }
    }
    #[must_use]
    pub fn tagged(self) -> Self {
        Good { headers: &["ETag", "X-Correlation-Id", "X-Request-Id"], ..self }
    }

    fn render(&self) -> Json {
        let headers: Map<String, Json> = self.headers.iter().map(|h| ((*h).to_string(), reference("headers", h))).collect();
        let mut response = json!({"description": self.about, "headers": headers});
        if let (false, Some(map)) = (self.content.is_null(), response.as_object_mut()) {
            map.insert("content".into(), self.content.clone());
        }
        response
    }
}

/// One operation. `parameters` name shared ones.
pub struct Operation<'a> {
    pub id: String,
    pub tag: &'a str,
    pub summary: String,
    pub parameters: &'a [&'a str],
    /// Schema of a JSON body.
    pub body: Option<Json>,
    pub good: Vec<Good>,
    pub writes: bool,
}

impl Operation<'_> {
    pub fn render(self) -> Json {
        let statuses = if self.writes { WRITE } else { READ };
        let mut responses: Map<String, Json> = self.good.iter().map(|g| (g.status.to_string(), g.render())).collect();
        for status in statuses {
            responses.insert((*status).to_string(), reference("responses", &format!("Problem{status}")));
        }
        if !self.writes && self.good.iter().any(|g| g.status == "200") {
            responses.insert("304".into(), json!({"description": "Nothing changed since the tag in If-None-Match"}));
        }
        // A question that is sent as a body can be wrong in the ways of a body.
        if self.body.is_some() {
            for status in ["413", "415"] {
                responses.insert(status.into(), reference("responses", &format!("Problem{status}")));
            }
        }
        let mut operation = json!({
            "operationId": self.id, "tags": [self.tag], "summary": self.summary,
            "parameters": parameter_list(self.parameters), "responses": responses,
        });
        if let (Some(schema), Some(map)) = (self.body, operation.as_object_mut()) {
            map.insert("requestBody".into(), json!({"required": true, "content": {"application/json": {"schema": schema}}}));
        }
        operation
    }
}

/// Replaces the security of an operation by none.
pub fn public(mut operation: Json) -> Json {
    if let Some(map) = operation.as_object_mut() {
        map.insert("security".into(), json!([]));
    }
    operation
}

/// Adds a response that only this operation has.
pub fn also(mut operation: Json, status: &str) -> Json {
    if let Some(responses) = operation.get_mut("responses").and_then(Json::as_object_mut) {
        responses.insert(status.to_string(), reference("responses", &format!("Problem{status}")));
    }
    operation
}
