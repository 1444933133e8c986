//! Where a page ended: the sort values of its last row and its id, as an opaque text.

use base::{Date, Error, Id, Instant, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};
use store::Param;

#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    /// The sort it belongs to; another sort refuses it.
    pub sort: String,
    pub values: Vec<Param>,
    pub id: Id,
}

impl Cursor {
    pub fn to_text(&self) -> String {
        let values: Vec<Json> = self.values.iter().map(show).collect();
        URL_SAFE_NO_PAD.encode(json!([self.sort, values, self.id.to_string()]).to_string())
    }

    pub fn parse(text: &str, sort: &str) -> Result<Cursor> {
        let wrong = || Error::field("cursor", "invalid", "This cursor is not one of ours, or belongs to another sort");
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| wrong())?;
        let json: Json = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
        let values = json.get(1).and_then(Json::as_array).ok_or_else(wrong)?;
        let cursor = Cursor {
            sort: json.get(0).and_then(Json::as_str).ok_or_else(wrong)?.to_string(),
            values: values.iter().map(read).collect::<Option<_>>().ok_or_else(wrong)?,
            id: json.get(2).and_then(Json::as_str).and_then(|s| s.parse().ok()).ok_or_else(wrong)?,
        };
        if cursor.sort == sort { Ok(cursor) } else { Err(wrong()) }
    }
}

fn show(param: &Param) -> Json {
    match param {
        Param::Bool(b) => json!(["b", b]),
        Param::Int(n) => json!(["i", n]),
        Param::Text(s) => json!(["t", s]),
        Param::Bytes(bytes) => json!(["y", URL_SAFE_NO_PAD.encode(bytes)]),
        Param::Id(id) => json!(["u", id.to_string()]),
        Param::Date(d) => json!(["d", d.to_string()]),
        Param::Instant(i) => json!(["m", i.micros()]),
        _ => Json::Null,
    }
}

fn read(json: &Json) -> Option<Param> {
    if json.is_null() {
        return Some(Param::Null);
    }
    let value = json.get(1)?;
    match json.get(0)?.as_str()? {
        "b" => value.as_bool().map(Param::Bool),
        "i" => value.as_i64().map(Param::Int),
        "t" => value.as_str().map(|s| Param::Text(s.to_string())),
        "y" => URL_SAFE_NO_PAD.decode(value.as_str()?).ok().map(Param::Bytes),
        "u" => value.as_str()?.parse::<Id>().ok().map(Param::Id),
        "d" => value.as_str()?.parse::<Date>().ok().map(Param::Date),
        "m" => value.as_i64().map(|n| Param::Instant(Instant::from_micros(n))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_journey_and_belongs_to_one_sort() {
        let cursor = Cursor { sort: "-amount".into(), values: vec![Param::Int(5), Param::Null, Param::Bytes(vec![1, 2])], id: Id::new() };
        assert_eq!(Cursor::parse(&cursor.to_text(), "-amount").unwrap(), cursor);
        assert!(Cursor::parse(&cursor.to_text(), "amount").is_err());
        assert!(Cursor::parse("%%%", "amount").is_err());
    }
}
