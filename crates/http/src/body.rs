//! Bodies of requests, read strictly: size, kind, UTF-8, depth, and no field that nobody reads.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use base::{Code, Error, FieldProblem, Result};
use futures_util::StreamExt;
use model::nearest::nearest;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use crate::app::Shared;
use crate::error::{Refused, wrong_content_type};

/// Arrays and objects within one another.
const DEPTH: usize = 64;

/// A JSON body as it came; what is wrong with it is told after it is clear who asks.
pub struct Sent {
    pub bytes: Vec<u8>,
    /// Is it declared as JSON, or empty?
    is_json: bool,
}

impl FromRequest<Shared> for Sent {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, Refused> {
        let is_json = is_json(request.headers());
        let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
        let bytes = read(request.into_body(), declared, app.options.json_limit).await?;
        Ok(Sent { is_json: is_json || bytes.is_empty(), bytes })
    }
}

impl Sent {
    /// The object that the body holds; nothing at all counts as `{}`.
    pub fn object(&self) -> Result<Map<String, Json>, Refused> {
        if !self.is_json {
            return Err(wrong_content_type("application/json"));
        }
        if self.bytes.is_empty() {
            return Ok(Map::new());
        }
        match parse(&self.bytes)? {
            Json::Object(map) => Ok(map),
            other => Err(Error::malformed(format!("The body must be a JSON object, not {}", kind(&other))).into()),
        }
    }

    /// The object as a declared shape; unknown and wrong members are told with their place.
    pub fn typed<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        let map = self.object()?;
        serde_path_to_error::deserialize(Json::Object(map)).map_err(|e| explain(&e.path().to_string(), &e.inner().to_string()).into())
    }

    pub fn form(&self, known: &'static [&'static str]) -> Result<Form, Refused> {
        Ok(Form::new(self.object()?, known))
    }
}

/// Reads at most `limit` bytes; `TooLarge` as soon as it is clear.
pub async fn read(body: Body, declared: Option<u64>, limit: usize) -> Result<Vec<u8>, Refused> {
    let too_large = || Refused::from(Error::new(Code::TooLarge, format!("This body is larger than {}", amount(limit))));
    if declared.is_some_and(|d| usize::try_from(d).map_or(true, |d| d > limit)) {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(declared.and_then(|d| usize::try_from(d).ok()).unwrap_or(0));
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Error::malformed("The body broke off"))?;
        if bytes.len() + chunk.len() > limit {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// `application/json`, `application/merge-patch+json`, with or without parameters.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(text) = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()) else { return false };
    let kind = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json")
}

fn amount(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}

/// JSON with the place of what is wrong.
pub fn parse(bytes: &[u8]) -> Result<Json> {
    let text = std::str::from_utf8(bytes)
        .map_err(|e| Error::malformed(format!("The body is not UTF-8: byte {} does not belong there", e.valid_up_to() + 1)))?;
    check_depth(bytes)?;
    let json: Json = serde_json::from_str(text).map_err(|e| Error::malformed(format!("The body is not JSON: {e}")))?;
    if text.contains("\\u0000") {
        let mut problems = Vec::new();
        find_nul(&json, "", &mut problems);
        if !problems.is_empty() {
            return Err(Error::fields(problems));
        }
    }
    Ok(json)
}

/// Told before parsing, so that no depth can exhaust the stack.
fn check_depth(bytes: &[u8]) -> Result<()> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return Err(Error::malformed(format!("The body is nested deeper than {DEPTH} at byte {}", at + 1)));
        }
    }
    Ok(())
}

/// PostgreSQL cannot keep it, and no text needs it.
fn find_nul(json: &Json, path: &str, problems: &mut Vec<FieldProblem>) {
    match json {
        Json::String(text) if text.contains('\0') => {
            problems.push(FieldProblem::new(path, "character", "The character U+0000 is not allowed"));
        }
        Json::Array(items) => items.iter().enumerate().for_each(|(i, item)| find_nul(item, &format!("{path}[{i}]"), problems)),
        Json::Object(map) => {
            for (name, value) in map {
                let place = if path.is_empty() { name.replace('\0', "") } else { format!("{path}.{}", name.replace('\0', "")) };
                if name.contains('\0') {
                    problems.push(FieldProblem::new(place.clone(), "character", "The character U+0000 is not allowed"));
                }
                find_nul(value, &place, problems);
            }
        }
        _ => {}
    }
}

fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "an array",
        Json::Object(_) => "an object",
    }
}

/// What serde says about a shape, as a problem with a place and the nearest name.
fn explain(path: &str, message: &str) -> Error {
    let place = if path == "." { String::new() } else { path.to_string() };
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let (true, Some((wrong, known))) = (message.starts_with("unknown field"), quoted.split_first()) {
        let hint = match nearest(wrong, known.iter().copied()) {
            Some(near) => format!("; did you mean \"{near}\"?"),
            None => format!("; there are {}", known.join(", ")),
        };
        let place = match place.as_str() {
            "" => (*wrong).to_string(),
            known if known.ends_with(wrong) => place,
            _ => format!("{place}.{wrong}"),
        };
        return Error::field(place, "unknown", format!("There is no \"{}\"{hint}", base::text::shorten(wrong, 60)));
    }
    if let (true, Some(name)) = (message.starts_with("missing field"), quoted.first()) {
        let place = if place.is_empty() { (*name).to_string() } else { format!("{place}.{name}") };
        return Error::field(place, "required", format!("\"{name}\" is needed"));
    }
    Error::field(if place.is_empty() { "body".to_string() } else { place }, "type", base::text::shorten(message, 200))
}

/// The members of a small body, taken one by one. [`Form::finish`] tells all problems at once, unknown members among
/// them.
pub struct Form {
    map: Map<String, Json>,
    known: &'static [&'static str],
    problems: Vec<FieldProblem>,
}

impl Form {
    pub fn new(map: Map<String, Json>, known: &'static [&'static str]) -> Self {
        let mut form = Form { map, known, problems: Vec::new() };
        let unknown: Vec<String> = form.map.keys().filter(|k| !known.contains(&k.as_str())).cloned().collect();
        for name in unknown {
            let hint = match nearest(&name, known.iter().copied()) {
                Some(near) => format!("; did you mean \"{near}\"?"),
                None => format!("; there are {}", form.known.join(", ")),
            };
            let shown = base::text::shorten(&name, 60);
            form.problem(&shown.clone(), "unknown", format!("There is no \"{shown}\"{hint}"));
        }
        form
    }

    fn take(&mut self, name: &str) -> Option<Json> {
        debug_assert!(self.known.contains(&name), "{name} is not declared");
        self.map.remove(name).filter(|v| !v.is_null())
    }

    /// Absent when empty, too.
    pub fn text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Json::String(text) => Some(text).filter(|t| !t.trim().is_empty()),
            other => {
                self.problem(name, "type", format!("Write a text, not {}", kind(&other)));
                None
            }
        }
    }

    /// Empty when missing, which is then told.
    pub fn required(&mut self, name: &str) -> String {
        let before = self.problems.len();
        let text = self.text(name);
        if text.is_none() && self.problems.len() == before {
            self.problem(name, "required", format!("\"{name}\" is needed"));
        }
        text.unwrap_or_default()
    }

    pub fn flag(&mut self, name: &str) -> Option<bool> {
        match self.take(name)? {
            Json::Bool(flag) => Some(flag),
            other => {
                self.problem(name, "type", format!("Write true or false, not {}", kind(&other)));
                None
            }
        }
    }

    pub fn object(&mut self, name: &str) -> Option<Map<String, Json>> {
        match self.take(name)? {
            Json::Object(map) => Some(map),
            other => {
                self.problem(name, "type", format!("Write an object, not {}", kind(&other)));
                None
            }
        }
    }

    pub fn array(&mut self, name: &str) -> Option<Vec<Json>> {
        match self.take(name)? {
            Json::Array(items) => Some(items),
            other => {
                self.problem(name, "type", format!("Write an array, not {}", kind(&other)));
                None
            }
        }
    }

    pub fn parsed<T: std::str::FromStr<Err = Error>>(&mut self, name: &str) -> Option<T> {
        let text = self.text(name)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let error: Error = error;
                self.problem(name, "type", error.message().to_string());
                None
            }
        }
    }

    pub fn problem(&mut self, field: &str, code: &str, message: impl Into<String>) {
        self.problems.push(FieldProblem::new(field, code, message));
    }

    pub fn finish(self) -> Result<()> {
        if self.problems.is_empty() { Ok(()) } else { Err(Error::fields(self.problems)) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sent(text: &str) -> Sent {
        Sent { bytes: text.as_bytes().to_vec(), is_json: true }
    }

    #[test]
    fn malformed_json_is_told_with_its_place() {
        let error = parse(b"{\"a\": 1,\n \"b\": }").unwrap_err();
        assert_eq!(error.code(), Code::Malformed);
        assert!(error.message().contains("line 2 column 7"), "{}", error.message());
    }

    #[test]
    fn bytes_that_are_not_utf8_are_told_with_their_place() {
        let error = parse(b"{\"a\": \"\xff\"}").unwrap_err();
        assert!(error.message().contains("byte 8"), "{}", error.message());
    }

    #[test]
    fn depth_is_bounded_but_brackets_in_texts_do_not_count() {
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(parse(deep(64).as_bytes()).is_ok());
        assert_eq!(parse(deep(65).as_bytes()).unwrap_err().code(), Code::Malformed);
        assert!(parse(format!("[\"{}\"]", "[\\\"".repeat(100)).as_bytes()).is_ok());
        assert_eq!(parse("[".repeat(100_000).as_bytes()).unwrap_err().code(), Code::Malformed);
    }

    #[test]
    fn the_character_nul_is_refused_with_its_path() {
        let error = parse(br#"{"emails": [{"address": "a\u0000b"}], "ok": "\\u0000"}"#).unwrap_err();
        assert_eq!(error.problems()[0].field, "emails[0].address");
        assert!(parse(br#"{"ok": "\\u0000"}"#).is_ok());
    }

    #[test]
    fn duplicate_keys_are_fine_and_numbers_beyond_reach_are_not() {
        assert_eq!(parse(br#"{"a": 1, "a": 2}"#).unwrap(), json!({"a": 2}));
        assert_eq!(parse(b"[1e999]").unwrap_err().code(), Code::Malformed);
        assert!(parse(b"[123456789012345678901234567890]").is_ok());
    }

    #[test]
    fn only_an_object_or_nothing_is_a_body() {
        assert!(sent("").object().unwrap().is_empty());
        assert_eq!(sent("[1]").object().unwrap_err().error.message(), "The body must be a JSON object, not an array");
        let other = Sent { bytes: b"{}".to_vec(), is_json: false };
        assert_eq!(other.object().unwrap_err().status(), axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }

    #[derive(serde::Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape is read")]
    struct Shape {
        object: String,
        #[serde(default)]
        parts: Vec<Part>,
    }
    #[derive(serde::Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape is read")]
    struct Part {
        field: String,
    }

    #[test]
    fn a_declared_shape_tells_place_and_nearest_name() {
        let told = |text: &str| {
            let refused = sent(text).typed::<Shape>().unwrap_err();
            let p = refused.error.problems()[0].clone();
            (p.field, p.code, p.message)
        };
        assert_eq!(
            told(r#"{"object": "deal", "prats": []}"#),
            ("prats".into(), "unknown".into(), "There is no \"prats\"; did you mean \"parts\"?".into())
        );
        let (field, code, _) = told(r#"{"object": "deal", "parts": [{"field": "a", "filed": 1}]}"#);
        assert_eq!((field.as_str(), code.as_str()), ("parts[0].filed", "unknown"));
        assert_eq!(told("{}").1, "required");
        assert_eq!(told(r#"{"object": 3}"#).0, "object");
    }

    #[test]
    fn a_form_tells_everything_that_is_wrong_at_once() {
        let mut form = sent(r#"{"emial": "a@b", "password": 3}"#).form(&["email", "password"]).unwrap();
        form.required("email");
        form.required("password");
        let error = form.finish().unwrap_err();
        let told: Vec<(&str, &str)> = error.problems().iter().map(|p| (p.field.as_str(), p.code.as_str())).collect();
        assert_eq!(told, [("emial", "unknown"), ("email", "required"), ("password", "type")]);
    }
}
