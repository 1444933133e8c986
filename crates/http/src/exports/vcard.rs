//! Address cards (vCard 4.0, RFC 6350), for people and companies.

use std::io::Write;

use base::Result;
use model::{FieldType, Object};
use serde_json::{Map, Value as Json};

use super::Sheet;
use super::column::Column;

/// Bytes of a line, its end not counted.
const LINE: usize = 75;

/// Only what can be reached has a card.
pub fn suits(object: &Object) -> bool {
    object.fields.iter().any(|f| matches!(f.kind, FieldType::Emails | FieldType::Phones | FieldType::Email | FieldType::Phone))
}

#[derive(Default)]
pub struct Cards {
    ready: Vec<u8>,
}

impl Sheet for Cards {
    fn begin(&mut self, _: &[Column]) -> Result<()> {
        Ok(())
    }
    fn row(&mut self, _: &[Column], item: &Map<String, Json>) -> Result<()> {
        self.card(item);
        Ok(())
    }
    fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.ready)
    }
    fn finish(&mut self, out: &mut dyn Write) -> Result<()> {
        Ok(out.write_all(&self.take())?)
    }
}

impl Cards {
    fn card(&mut self, item: &Map<String, Json>) {
        let text = |name: &str| item.get(name).and_then(Json::as_str).unwrap_or_default();
        self.line("BEGIN:VCARD");
        self.line("VERSION:4.0");
        self.line(&format!("UID:urn:uuid:{}", text("id")));
        self.line(&format!("FN:{}", escape(text("name"))));
        if item.contains_key("last_name") {
            let parts = ["last_name", "first_name", "middle_name", "name_prefix", "name_suffix"].map(|n| escape(text(n)));
            self.line(&format!("N:{}", parts.join(";")));
        } else {
            self.line("KIND:org");
        }
        let company = item.get("company").map(title).unwrap_or_default();
        self.optional("ORG", &company);
        self.optional("TITLE", text("job_title"));
        self.optional("URL", text("website"));
        for (list, part, name) in [("emails", "address", "EMAIL"), ("phones", "number", "TEL")] {
            self.several(item, list, part, name);
        }
        if let Some(address) = item.get("address").and_then(Json::as_object) {
            let part = |n: &str| escape(address.get(n).and_then(Json::as_str).unwrap_or_default());
            let parts = ["street", "city", "region", "postal_code", "country"].map(part);
            if parts.iter().any(|p| !p.is_empty()) {
                self.line(&format!("ADR:;;{}", parts.join(";")));
            }
        }
        self.line(&format!("REV:{}", text("updated_at")));
        self.line("END:VCARD");
    }

    /// The rows of a list of addresses or numbers, or the single field of that name.
    fn several(&mut self, item: &Map<String, Json>, list: &str, part: &str, name: &str) {
        let rows = item.get(list).and_then(Json::as_array);
        for row in rows.into_iter().flatten() {
            let value = row.get(part).and_then(Json::as_str).unwrap_or_default();
            let kind = match row.get("kind").and_then(Json::as_str) {
                Some("work" | "office") => ";TYPE=work",
                Some("home" | "personal") => ";TYPE=home",
                Some("mobile") if name == "TEL" => ";TYPE=cell",
                Some("fax") if name == "TEL" => ";TYPE=fax",
                _ => "",
            };
            self.optional(&format!("{name}{kind}"), value);
        }
        if rows.is_none() {
            let single = item.get(list.trim_end_matches('s')).and_then(Json::as_str).unwrap_or_default();
            self.optional(name, single);
        }
    }

    fn optional(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.line(&format!("{name}:{}", escape(value)));
        }
    }

    /// Long lines are folded between characters.
    fn line(&mut self, text: &str) {
        let mut length = 0;
        for c in text.chars() {
            if length + c.len_utf8() > LINE {
                self.ready.extend_from_slice(b"\r\n ");
                length = 1;
            }
            let mut buffer = [0; 4];
            self.ready.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
            length += c.len_utf8();
        }
        self.ready.extend_from_slice(b"\r\n");
    }
}

fn title(value: &Json) -> String {
    value.get("title").and_then(Json::as_str).unwrap_or_default().to_string()
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn card(item: Json) -> String {
        let mut cards = Cards::default();
        cards.row(&[], item.as_object().unwrap()).unwrap();
        String::from_utf8(cards.take()).unwrap()
    }

    #[test]
    fn a_person_becomes_a_card() {
        let text = card(json!({
            "id": "1", "name": "Anna Rossi", "first_name": "Anna", "last_name": "Rossi; de", "updated_at": "2026-01-01T00:00:00Z",
            "company": {"id": "2", "title": "Rossi, figli"}, "job_title": "CEO",
            "emails": [{"address": "a@b.it", "kind": "work"}], "phones": [{"number": "+39061", "kind": "mobile"}],
            "address": {"street": "Via Roma 1", "city": "Roma", "country": "IT"},
        }));
        for line in [
            "FN:Anna Rossi",
            "N:Rossi\\; de;Anna;;;",
            "ORG:Rossi\\, figli",
            "EMAIL;TYPE=work:a@b.it",
            "TEL;TYPE=cell:+39061",
            "ADR:;;Via Roma 1;Roma;;;IT",
        ] {
            assert!(text.split("\r\n").any(|l| l == line), "{line} is not in\n{text}");
        }
    }

    #[test]
    fn nobody_can_write_a_line_of_his_own_into_a_card() {
        let text = card(json!({"id": "1", "name": "x\r\nEND:VCARD\nBEGIN:VCARD"}));
        assert_eq!(text.matches("\r\nEND:VCARD").count(), 1);
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let text = card(json!({"id": "1", "name": "王".repeat(60)}));
        assert!(text.split("\r\n").all(|l| l.len() <= 75));
        assert!(text.replace("\r\n ", "").contains(&"王".repeat(60)));
    }
}
