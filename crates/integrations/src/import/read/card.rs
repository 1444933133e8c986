//! vCards of all versions and of all the programs that write them, a card at a time.
//!
//! E-mail addresses, phones and profiles become JSON lists in one cell each, so that kinds and the preferred one
//! survive. Pictures, keys and sounds stay behind. What is not known keeps its own name as a column.

use base::Result;
use calcard::vcard::{VCard, VCardEntry, VCardProperty, VCardValue};
use calcard::{Entry as Parsed, Parser};
use serde_json::json;

use super::keyed::Entry;
use super::text::Text;
use super::{MAX_ROW, RowProblem};

/// Columns in the order in which they are shown; others follow.
const ORDER: &[&str] = &[
    "Name",
    "First name",
    "Middle name",
    "Last name",
    "Prefix",
    "Suffix",
    "Nickname",
    "Phonetic name",
    "Company",
    "Department",
    "Job title",
    "Role",
    "Emails",
    "Phones",
    "Street",
    "Street 2",
    "Postal code",
    "City",
    "Region",
    "Country",
    "Private street",
    "Private street 2",
    "Private postal code",
    "Private city",
    "Private region",
    "Private country",
    "Website",
    "Profiles",
    "Birthday",
    "Gender",
    "Language",
    "Categories",
    "Note",
    "UID",
];

pub fn position(name: &str) -> usize {
    ORDER.iter().position(|n| *n == name).unwrap_or(ORDER.len())
}

/// The next card; what stands between cards is passed over.
pub fn next(text: &mut Text, line: &mut u64) -> Result<Option<Entry>> {
    let mut card = String::new();
    let mut content = String::new();
    let mut start = None;
    let mut too_large = false;
    while let Some(told) = text.line(MAX_ROW, &mut content)? {
        let at = *line;
        *line += 1;
        let word = content.trim();
        if start.is_none() && !word.eq_ignore_ascii_case("BEGIN:VCARD") {
            continue;
        }
        start.get_or_insert(at);
        too_large |= told.too_long || card.len() + content.len() > MAX_ROW;
        if !too_large {
            card.push_str(&content);
            card.push_str("\r\n");
        }
        if word.eq_ignore_ascii_case("END:VCARD") {
            return Ok(start.map(|at| entry(at, &card, too_large)));
        }
    }
    card.push_str("END:VCARD\r\n");
    Ok(start.map(|at| entry(at, &card, too_large)))
}

fn entry(line: u64, text: &str, too_large: bool) -> Entry {
    let problem = |code, message: &str| Entry { line, values: Vec::new(), problem: Some(RowProblem::new(code, message)) };
    if too_large {
        return problem("too_large", &format!("The card is longer than {MAX_ROW} bytes"));
    }
    match Parser::new(text).entry() {
        Parsed::VCard(card) => Entry { line, values: columns(&card), problem: None },
        _ => problem("malformed", "The card cannot be read"),
    }
}

/// The cells of one card while they are gathered.
#[derive(Default)]
struct Cells(Vec<(String, String)>);

impl Cells {
    /// The first value of a name stays.
    fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.trim().is_empty() && !self.0.iter().any(|(n, _)| n == name) {
            self.0.push((name.to_string(), value.trim().to_string()));
        }
    }
    /// Further values follow the first.
    fn join(&mut self, name: &str, between: &str, value: &str) {
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some((_, cell)) if !value.trim().is_empty() => {
                cell.push_str(between);
                cell.push_str(value.trim());
            }
            Some(_) => {}
            None => self.set(name, value),
        }
    }
    fn list(&mut self, name: &str, items: Vec<serde_json::Value>) {
        if !items.is_empty() {
            self.set(name, serde_json::Value::Array(items).to_string());
        }
    }
}

fn columns(card: &VCard) -> Vec<(String, String)> {
    let mut cells = Cells::default();
    let (mut emails, mut phones, mut profiles) = (Vec::new(), Vec::new(), Vec::new());
    for property in &card.entries {
        match &property.name {
            VCardProperty::Email => emails.push(email(property)),
            VCardProperty::Tel => phones.push(phone(property, label(card, property))),
            VCardProperty::Impp | VCardProperty::Socialprofile => profiles.push(profile(property)),
            VCardProperty::Adr => address(property, &mut cells),
            VCardProperty::N => name(property, &mut cells),
            VCardProperty::Other(other) => match network(other) {
                Some(network) => profiles.push(json!({"network": network, "handle": text(property)})),
                None => unknown(other, property, &mut cells),
            },
            known => simple(known, property, &mut cells),
        }
    }
    emails.retain(|e| e.get("address").and_then(|a| a.as_str()).is_some_and(|a| !a.is_empty()));
    emails.sort_by_key(|e| e.get("primary").is_none());
    phones.retain(|p| p.get("number").and_then(|n| n.as_str()).is_some_and(|n| !n.is_empty()));
    phones.sort_by_key(|p| p.get("primary").is_none());
    cells.list("Emails", emails);
    cells.list("Phones", phones);
    cells.list("Profiles", profiles);
    cells.0
}

fn simple(known: &VCardProperty, property: &VCardEntry, cells: &mut Cells) {
    use VCardProperty as P;
    let value = text(property);
    match known {
        P::Fn => cells.set("Name", value),
        P::Nickname => cells.join("Nickname", "; ", &value),
        P::Title => cells.join("Job title", "; ", &value),
        P::Role => cells.join("Role", "; ", &value),
        P::Org => {
            let mut units = property.values.iter().map(plain);
            cells.set("Company", units.next().unwrap_or_default());
            cells.set("Department", units.filter(|u| !u.is_empty()).collect::<Vec<_>>().join(", "));
        }
        P::Url => match cells.0.iter().filter(|(n, _)| n.starts_with("Website")).count() {
            0 => cells.set("Website", value),
            n => cells.set(&format!("Website {}", n + 1), value),
        },
        P::Bday if value.starts_with("--") => cells.set("Birthday (no year)", value),
        P::Bday => cells.set("Birthday", value),
        P::Gender => cells.set("Gender", value),
        P::Lang | P::Language => cells.set("Language", value),
        P::Categories => cells.join("Categories", ", ", &property.values.iter().map(plain).collect::<Vec<_>>().join(", ")),
        P::Note => cells.join("Note", "\n\n", &value),
        P::Uid => cells.set("UID", value),
        P::Tz => cells.set("Time zone", value),
        P::Begin | P::End | P::Version | P::Prodid | P::Photo | P::Logo | P::Sound | P::Key | P::Xml | P::Jsprop | P::Clientpidmap => {}
        other => cells.join(other.as_str(), "; ", &value),
    }
}

/// `X-` properties keep their name; Apple's labels belong to other properties.
fn unknown(name: &str, property: &VCardEntry, cells: &mut Cells) {
    match name.to_ascii_uppercase().as_str() {
        "X-ABLABEL" | "X-ABADR" | "X-ABSHOWAS" | "X-MS-OL-DESIGN" | "LABEL" | "X-MS-CARDPICTURE" => {}
        "X-PHONETIC-FIRST-NAME" | "X-PHONETIC-LAST-NAME" => cells.join("Phonetic name", " ", &text(property)),
        "SORT-STRING" => cells.set("Phonetic name", text(property)),
        upper => cells.join(upper, "; ", &text(property)),
    }
}

fn name(property: &VCardEntry, cells: &mut Cells) {
    let parts = ["Last name", "First name", "Middle name", "Prefix", "Suffix"];
    if cells.0.iter().any(|(n, _)| parts.contains(&n.as_str())) {
        return;
    }
    for (part, value) in parts.iter().zip(&property.values) {
        cells.set(part, plain(value).replace(", ", if *part == "Suffix" { ", " } else { " " }));
    }
}

fn address(property: &VCardEntry, cells: &mut Cells) {
    let private = has_type(property, "home");
    let prefix = if private { "Private " } else { "" };
    let named = |part: &str| if private { format!("{prefix}{part}") } else { capital(part) };
    let part = |index: usize| property.values.get(index).map(plain).unwrap_or_default();
    let columns = [("street", 2), ("postal code", 5), ("city", 3), ("region", 4), ("country", 6)];
    let all: Vec<String> = (0..7).map(part).filter(|p| !p.trim().is_empty()).collect();
    let taken = columns.iter().any(|(column, _)| cells.0.iter().any(|(n, _)| *n == named(column)));
    if taken {
        return cells.join("Other address", "\n", &all.join(", "));
    }
    let second: Vec<String> = [0, 1].into_iter().map(part).filter(|p| !p.trim().is_empty()).collect();
    if part(2).trim().is_empty() {
        cells.set(&named("street"), second.join(", "));
    } else {
        cells.set(&named("street 2"), second.join(", "));
    }
    for (column, index) in columns {
        cells.set(&named(column), part(index).trim_end_matches([',', ' ']).replace('\n', ", "));
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn email(property: &VCardEntry) -> serde_json::Value {
    let address = text(property);
    let address = address.strip_prefix("mailto:").unwrap_or(&address).trim();
    let kind = if has_type(property, "home") {
        Some("personal")
    } else if has_type(property, "work") {
        Some("work")
    } else {
        None
    };
    row("address", address, kind, is_preferred(property))
}

fn phone(property: &VCardEntry, label: Option<String>) -> serde_json::Value {
    const KINDS: &[(&str, &str)] = &[
        ("fax", "fax"),
        ("cell", "mobile"),
        ("iphone", "mobile"),
        ("mobile", "mobile"),
        ("pager", "other"),
        ("main", "office"),
        ("main-number", "office"),
        ("home", "home"),
        ("work", "work"),
    ];
    let number = text(property);
    let number = number.strip_prefix("tel:").unwrap_or(&number).replace(";ext=", " ext ");
    let assistant = label.is_some_and(|l| l.to_lowercase().contains("assistant"));
    let kind = KINDS.iter().find(|(word, _)| has_type(property, word)).map(|(_, kind)| *kind);
    row("number", number.trim(), if assistant { Some("assistant") } else { kind }, is_preferred(property))
}

fn row(part: &str, value: &str, kind: Option<&str>, preferred: bool) -> serde_json::Value {
    let mut row = serde_json::Map::new();
    row.insert(part.to_string(), value.into());
    if let Some(kind) = kind {
        row.insert("kind".to_string(), kind.into());
    }
    if preferred {
        row.insert("primary".to_string(), true.into());
    }
    row.into()
}

fn profile(property: &VCardEntry) -> serde_json::Value {
    let value = text(property);
    let named = property.params.iter().find(|p| matches!(p.name.as_str().to_ascii_uppercase().as_str(), "X-SERVICE-TYPE" | "SERVICE-TYPE"));
    let (scheme, handle) = value.split_once(':').filter(|(s, _)| !s.contains(['/', '.'])).unwrap_or(("", &value));
    let network = named.and_then(|p| p.value.as_text()).unwrap_or(if scheme.starts_with("http") { "web" } else { scheme });
    if value.starts_with("http") {
        return json!({"network": network.to_lowercase(), "url": value});
    }
    json!({"network": network.to_lowercase(), "handle": handle})
}

fn network(name: &str) -> Option<&'static str> {
    const NETWORKS: &[&str] = &["aim", "icq", "msn", "skype", "jabber", "yahoo", "qq", "gtalk", "twitter", "wechat"];
    let upper = name.to_ascii_lowercase();
    let word = upper.strip_prefix("x-")?.trim_end_matches("-username");
    NETWORKS.iter().copied().find(|n| *n == word)
}

/// What Apple's programs call a property, by the group that both stand in.
fn label(card: &VCard, property: &VCardEntry) -> Option<String> {
    let group = property.group.as_ref()?;
    let labelled = |e: &&VCardEntry| e.group.as_ref() == Some(group) && e.name.as_str().eq_ignore_ascii_case("X-ABLabel");
    card.entries.iter().find(labelled).map(text)
}

fn has_type(property: &VCardEntry, word: &str) -> bool {
    property
        .params
        .iter()
        .any(|p| p.value.as_text().is_some_and(|v| v.eq_ignore_ascii_case(word)) || p.name.as_str().eq_ignore_ascii_case(word))
}

fn is_preferred(property: &VCardEntry) -> bool {
    let first = |p: &calcard::vcard::VCardParameter| p.value.as_text().is_none_or(|v| v.is_empty() || v == "1");
    property.params.iter().any(|p| {
        p.name.as_str().eq_ignore_ascii_case("PREF") && first(p) || p.value.as_text().is_some_and(|v| v.eq_ignore_ascii_case("pref"))
    })
}

fn text(property: &VCardEntry) -> String {
    property.values.iter().map(plain).filter(|v| !v.is_empty()).collect::<Vec<_>>().join("; ")
}

fn plain(value: &VCardValue) -> String {
    match value {
        VCardValue::Text(text) => text.replace("\r\n", "\n"),
        VCardValue::Component(parts) => parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", "),
        VCardValue::Integer(n) => n.to_string(),
        VCardValue::Float(n) => n.to_string(),
        VCardValue::Boolean(b) => b.to_string(),
        VCardValue::PartialDateTime(date) => day(date),
        VCardValue::Binary(data) => String::from_utf8(data.data.clone()).unwrap_or_default(),
        VCardValue::Sex(sex) => format!("{sex:?}").to_lowercase(),
        VCardValue::GramGender(gender) => format!("{gender:?}").to_lowercase(),
        VCardValue::Kind(kind) => format!("{kind:?}").to_lowercase(),
    }
}

fn day(date: &calcard::common::PartialDateTime) -> String {
    let two = |n: Option<u8>| n.map(|n| format!("{n:02}"));
    let time = match (date.hour, date.minute) {
        (Some(h), Some(m)) if date.year.is_some() => format!(" {h:02}:{m:02}:{:02}", date.second.unwrap_or(0)),
        _ => String::new(),
    };
    match (date.year, two(date.month), two(date.day)) {
        (Some(y), Some(m), Some(d)) => format!("{y:04}-{m}-{d}{time}"),
        (None, Some(m), Some(d)) => format!("--{m}-{d}"),
        (Some(y), _, _) => format!("{y:04}"),
        _ => match (date.tz_hour, date.tz_minute) {
            (Some(h), m) => format!("{}{h:02}:{:02}", if date.tz_minus { "-" } else { "+" }, m.unwrap_or(0)),
            _ => String::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reader;

    fn cards(content: &str) -> Vec<Vec<(String, String)>> {
        let reader = reader(content, "x.vcf").unwrap();
        let headers = reader.headers().to_vec();
        let filled = |cells: Vec<String>| headers.iter().cloned().zip(cells).filter(|(_, c)| !c.is_empty()).collect();
        reader.map(|r| filled(r.unwrap().cells)).collect()
    }

    fn cell<'a>(card: &'a [(String, String)], name: &str) -> &'a str {
        card.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    #[test]
    fn a_card_becomes_a_row() {
        let content = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Rossi;Maria;;Dott.ssa;\r\nFN:Dott.ssa Maria Rossi\r\nORG:Legatoria Bianchi;Vendite\r\n\
            EMAIL;TYPE=HOME:maria@example.org\r\nEMAIL;TYPE=WORK,pref:m.rossi@example.com\r\nTEL;TYPE=CELL:+39 333 1234567\r\n\
            item1.TEL:0541 12345\r\nitem1.X-ABLabel:_$!<AssistantPhone>!$_\r\nADR;TYPE=WORK:;;Via Roma 1;Rimini;RN;47921;Italia\r\n\
            ADR;TYPE=HOME:;;Via Po 2;Forlì;;;\r\nBDAY:19800322\r\nX-SKYPE:maria.rossi\r\nX-CUSTOM:blue\r\nEND:VCARD\r\n";
        let card = cards(content).remove(0);
        assert_eq!(cell(&card, "Last name"), "Rossi");
        assert_eq!(cell(&card, "Prefix"), "Dott.ssa");
        assert_eq!(cell(&card, "Company"), "Legatoria Bianchi");
        assert_eq!(cell(&card, "Department"), "Vendite");
        assert_eq!(
            cell(&card, "Emails"),
            r#"[{"address":"m.rossi@example.com","kind":"work","primary":true},{"address":"maria@example.org","kind":"personal"}]"#
        );
        assert_eq!(cell(&card, "Phones"), r#"[{"number":"+39 333 1234567","kind":"mobile"},{"number":"0541 12345","kind":"assistant"}]"#);
        assert_eq!((cell(&card, "City"), cell(&card, "Private city")), ("Rimini", "Forlì"));
        assert_eq!(cell(&card, "Birthday"), "1980-03-22");
        assert_eq!(cell(&card, "Profiles"), r#"[{"network":"skype","handle":"maria.rossi"}]"#);
        assert_eq!(cell(&card, "X-CUSTOM"), "blue");
    }

    #[test]
    fn old_cards_with_quoted_printable_lines_are_read() {
        let content = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Forl=C3=AC;Ugo;;;\nNOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\ntwo\nTEL;CELL;PREF:123456789\nEND:VCARD\n";
        let card = cards(content).remove(0);
        assert_eq!(cell(&card, "Last name"), "Forlì");
        assert_eq!(cell(&card, "Note"), "one\ntwo");
        assert_eq!(cell(&card, "Phones"), r#"[{"number":"123456789","kind":"mobile","primary":true}]"#);
    }

    #[test]
    fn lines_are_counted_and_a_missing_end_is_forgiven() {
        let content = "BEGIN:VCARD\nFN:A\nEND:VCARD\n\nBEGIN:VCARD\nFN:B\n";
        let reader = reader(content, "x.vcf").unwrap();
        let rows: Vec<_> = reader.map(|r| r.unwrap()).map(|r| (r.line, r.cells[0].clone())).collect();
        assert_eq!(rows, [(1, "A".to_string()), (5, "B".to_string())]);
    }

    #[test]
    fn a_birthday_without_a_year_is_told_apart() {
        let card = cards("BEGIN:VCARD\nVERSION:4.0\nFN:A\nBDAY:--0203\nEND:VCARD\n").remove(0);
        assert_eq!((cell(&card, "Birthday"), cell(&card, "Birthday (no year)")), ("", "--02-03"));
    }
}
