//! Stories of all types: what the interface and files may say, and that the database gives back what it got.

use std::collections::BTreeSet;

use base::{Currency, Id, Value};
use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};
use store::table::{self, Column, ColumnKind, Table};
use store::{Location, Options, Sql, Store};

use super::*;
use crate::object::Object;

const ID: &str = "0190b0a0-0000-7000-8000-000000000001";

fn model() -> Model {
    let object = |name: &str, path: &str| Object { name: name.into(), path: path.into(), ..Object::default() };
    Model::new(vec![object("contact", "contacts"), object("company", "companies")], crate::list::all())
}

fn context(model: &Model) -> Context<'_> {
    Context { model, currency: Currency::parse("EUR").unwrap(), country: "IT" }
}

fn field(toml: &str) -> Field {
    crate::load::fields(&format!("f = {{ {toml} }}"), "test").unwrap().remove(0)
}

/// What comes back of an input: the written value, or every problem on a line.
fn said(toml: &str, input: Json) -> String {
    let model = model();
    let field = field(toml);
    match kind(field.kind).parse(&field, &context(&model), &input) {
        Ok(value) => kind(field.kind).write(&field, &value).to_string(),
        Err(problems) => problems.iter().map(|p| format!("{} {}: {}", p.field, p.code, p.message)).collect::<Vec<_>>().join("\n"),
    }
}

fn check(cases: Vec<(&str, Json)>, expected: Expect) {
    let lines: Vec<String> = cases
        .into_iter()
        .map(|(toml, input)| format!("{toml} <- {input}\n  {}\n", said(toml, input.clone()).replace('\n', "\n  ")))
        .collect();
    expected.assert_eq(&lines.concat());
}

const STATUS: &str = r#"type = "choice", options = ["open", {code = "won", label = "Won", aliases = ["closed won"]}, "lost"]"#;

#[test]
fn texts_are_cleaned_and_choices_known() {
    check(
        vec![
            (r#"type = "text""#, json!("  Mu\u{308}ller <b> ")),
            (r#"type = "text", max = 3"#, json!("Rossi")),
            (r#"type = "text""#, json!("a\nb")),
            (r#"type = "text""#, json!(12)),
            (r#"type = "text""#, json!(null)),
            (r#"type = "text""#, json!("  ")),
            (r#"type = "long_text""#, json!("a\r\n\tb  \r\n")),
            (r#"type = "email""#, json!("Anna@Posta.Example")),
            (r#"type = "email""#, json!("anna at example")),
            (r#"type = "phone""#, json!("0461 123456")),
            (r#"type = "url""#, json!("javascript:alert(1)")),
            (STATUS, json!("won")),
            (STATUS, json!("Won")),
            (STATUS, json!("opne")),
            (STATUS, json!("elsewhere")),
            (r#"type = "choice", list = "country""#, json!("Italy")),
            (r#"type = "choice", open = true, options = ["call"]"#, json!("letter")),
            (r#"type = "choices", options = ["a", "b"]"#, json!(["b", "a", "b", "c", 1])),
            (r#"type = "texts""#, json!(["one", " one ", "", "two"])),
            (r#"type = "texts""#, json!("one")),
        ],
        expect![[r#"
            type = "text" <- "  Müller <b> "
              "Müller <b>"
            type = "text", max = 3 <- "Rossi"
              f too_long: This has 5 characters; at most 3 fit
            type = "text" <- "a\nb"
              f format: Character 2 is a line break; remove it
            type = "text" <- 12
              f type: Write text in quotes, such as "Rossi"
            type = "text" <- null
              null
            type = "text" <- "  "
              null
            type = "long_text" <- "a\r\n\tb  \r\n"
              "a\n\tb"
            type = "email" <- "Anna@Posta.Example"
              "Anna@posta.example"
            type = "email" <- "anna at example"
              f format: "anna at example" is not an e-mail address; write one such as anna@example.com
            type = "phone" <- "0461 123456"
              "+390461123456"
            type = "url" <- "javascript:alert(1)"
              f format: "javascript:alert(1)" is not a web address; write one such as https://example.com
            type = "choice", options = ["open", {code = "won", label = "Won", aliases = ["closed won"]}, "lost"] <- "won"
              "won"
            type = "choice", options = ["open", {code = "won", label = "Won", aliases = ["closed won"]}, "lost"] <- "Won"
              f unknown: "Won" is not an option; did you mean "won"?
            type = "choice", options = ["open", {code = "won", label = "Won", aliases = ["closed won"]}, "lost"] <- "opne"
              f unknown: "opne" is not an option; did you mean "open"?
            type = "choice", options = ["open", {code = "won", label = "Won", aliases = ["closed won"]}, "lost"] <- "elsewhere"
              f unknown: "elsewhere" is not an option; choose one of open, won, lost
            type = "choice", list = "country" <- "Italy"
              f unknown: "Italy" is not an option; did you mean "IT"?
            type = "choice", open = true, options = ["call"] <- "letter"
              "letter"
            type = "choices", options = ["a", "b"] <- ["b","a","b","c",1]
              f[3] unknown: "c" is not an option; did you mean "a"?
              f[4] type: Write text in quotes, such as "a"
            type = "texts" <- ["one"," one ","","two"]
              ["one","two"]
            type = "texts" <- "one"
              f type: Write a list, such as ["one", "two"]
        "#]],
    );
}

#[test]
fn numbers_are_exact_and_bounded() {
    check(
        vec![
            (r#"type = "integer""#, json!(12.0)),
            (r#"type = "integer""#, json!(12.5)),
            (r#"type = "integer", min = 0"#, json!(-1)),
            (r#"type = "integer""#, json!(9_000_000_000_000_000_000_u64)),
            (r#"type = "integer""#, json!("12")),
            (r#"type = "rating""#, json!(6)),
            (r#"type = "decimal""#, json!(12.34)),
            (r#"type = "decimal""#, json!("12.340")),
            (r#"type = "decimal""#, json!(12.345)),
            (r#"type = "decimal", scale = 0, max = 10"#, json!(11)),
            (r#"type = "decimal", scale = 8"#, json!("0.12345678")),
            (r#"type = "decimal""#, json!("1e30")),
            (r#"type = "decimal""#, json!("much")),
            (r#"type = "percent""#, json!(25)),
            (r#"type = "percent""#, json!(33.333)),
            (r#"type = "money""#, json!({"amount": "1250.5", "currency": "eur"})),
            (r#"type = "money""#, json!({"amount": 1250, "currency": "JPY"})),
            (r#"type = "money""#, json!(1250.1234)),
            (r#"type = "money""#, json!("1250.12345")),
            (r#"type = "money""#, json!({"amount": "x", "currency": "EURO", "rate": 1})),
            (r#"type = "money""#, json!({"amount": 1, "currency": "ZZZ"})),
            (r#"type = "money""#, json!({"amount": null, "currency": "EUR"})),
            (r#"type = "money""#, json!(true)),
            (r#"type = "boolean""#, json!("true")),
            (r#"type = "date""#, json!("2026-02-30")),
            (r#"type = "date""#, json!("31/03/2026")),
            (r#"type = "instant""#, json!("2026-03-31T16:00:00+02:00")),
            (r#"type = "instant""#, json!("2026-03-31")),
            (r#"type = "counts""#, json!([0, 1, 2])),
            (r#"type = "counts""#, json!(null)),
        ],
        expect![[r#"
            type = "integer" <- 12.0
              12
            type = "integer" <- 12.5
              f format: 12.5 is not a whole number that fits; write one such as 12
            type = "integer", min = 0 <- -1
              f too_small: -1 is too small; at least 0
            type = "integer" <- 9000000000000000000
              f too_big: This number is too large; less than 1,000,000,000,000,000 fits
            type = "integer" <- "12"
              f type: Write a whole number, such as 12
            type = "rating" <- 6
              f too_big: 6 is too large; at most 5
            type = "decimal" <- 12.34
              12.34
            type = "decimal" <- "12.340"
              12.34
            type = "decimal" <- 12.345
              f too_precise: At most 2 decimals are kept; round the number
            type = "decimal", scale = 0, max = 10 <- 11
              f too_big: 11 is too large; at most 10
            type = "decimal", scale = 8 <- "0.12345678"
              0.12345678
            type = "decimal" <- "1e30"
              f too_big: This number is too large; less than 1,000,000,000,000,000 fits
            type = "decimal" <- "much"
              f format: "much" is not a number; write one such as 1250.50
            type = "percent" <- 25
              25
            type = "percent" <- 33.333
              f too_precise: At most 2 decimals are kept; round the number
            type = "money" <- {"amount":"1250.5","currency":"eur"}
              {"amount":"1250.50","currency":"EUR"}
            type = "money" <- {"amount":1250,"currency":"JPY"}
              {"amount":"1250","currency":"JPY"}
            type = "money" <- 1250.1234
              {"amount":"1250.1234","currency":"EUR"}
            type = "money" <- "1250.12345"
              f too_precise: At most 4 decimals are kept; round the number
            type = "money" <- {"amount":"x","currency":"EURO","rate":1}
              f.rate unknown: Money has an amount and a currency only
              f.amount format: "x" is not a number; write one such as 1250.50
              f.currency format: "EURO" is not a currency; write three letters like EUR
            type = "money" <- {"amount":1,"currency":"ZZZ"}
              f.currency unknown: "ZZZ" is no currency of ISO 4217; write three letters such as EUR
            type = "money" <- {"amount":null,"currency":"EUR"}
              null
            type = "money" <- true
              f type: Write {"amount": "1250.00", "currency": "EUR"}
            type = "boolean" <- "true"
              f type: Write true or false, without quotes
            type = "date" <- "2026-02-30"
              f format: "2026-02-30" is not a date; write one like 2026-03-31
            type = "date" <- "31/03/2026"
              f format: "31/03/2026" is not a date; write one like 2026-03-31
            type = "instant" <- "2026-03-31T16:00:00+02:00"
              "2026-03-31T14:00:00Z"
            type = "instant" <- "2026-03-31"
              f format: "2026-03-31" is not a moment; write one like 2026-03-31T14:00:00Z
            type = "counts" <- [0,1,2]
              [0,1,2]
            type = "counts" <- null
              [0,0,0,0,0,0,0,0,0,0,0,0]
        "#]],
    );
}

#[test]
fn rows_tell_every_problem_at_its_place() {
    let rows =
        r#"type = "rows", parts = { contact = { type = "link", to = "contact", required = true }, attended = { type = "boolean" } }"#;
    check(
        vec![
            (r#"type = "emails""#, json!("Anna@Example.com")),
            (
                r#"type = "emails""#,
                json!(["a@example.com", {"address": "b@example.com", "kind": "personal", "primary": true, "note": "slow"}]),
            ),
            (r#"type = "emails""#, json!(["a@example.com", {"address": "A@example.com", "primary": true}])),
            (r#"type = "emails""#, json!([{"address": "nobody", "kind": "wrok", "state": 1, "colour": "red"}, "x"])),
            (r#"type = "emails""#, json!([{"address": "a@example.com", "primary": true}, {"address": "b@example.com", "primary": true}])),
            (r#"type = "emails""#, json!([])),
            (r#"type = "phones""#, json!(["0461 123456", {"number": "+44 20 7946 0958 ext. 3", "kind": "mobile"}, "12345"])),
            (r#"type = "phones""#, json!([{"number": "call me"}])),
            (r#"type = "address""#, json!({"street": "Via Roma 1", "city": "Trento", "country": "IT", "region": null})),
            (r#"type = "address""#, json!({"zip": "38122", "country": "Italia", "city": 5})),
            (r#"type = "address""#, json!({"city": ""})),
            (rows, json!([{"contact": ID, "attended": true}, {"attended": "yes", "contakt": 1}])),
            (rows, json!([{"contact": {"id": ID}}, {}])),
            (r#"type = "link", to = "contact""#, json!(ID)),
            (r#"type = "link", to = "contact""#, json!("Anna")),
            (r#"type = "links", to = "contact""#, json!([ID, {"id": ID, "title": "Anna"}])),
            (r#"type = "links", to = "any""#, json!([{"object": "contacts", "id": ID, "via": "derived"}, {"object": "contact", "id": ID}])),
            (r#"type = "links", to = "any""#, json!([{"object": "contcat", "id": "x", "via": "somehow"}, ID])),
            (r#"type = "reverse", to = "deal_line", by = "deal", label = "Lines""#, json!([])),
        ],
        expect![[r#"
            type = "emails" <- "Anna@Example.com"
              [{"address":"Anna@example.com","kind":"work","primary":true,"state":"unknown"}]
            type = "emails" <- ["a@example.com",{"address":"b@example.com","kind":"personal","primary":true,"note":"slow"}]
              [{"address":"a@example.com","kind":"work","primary":false,"state":"unknown"},{"address":"b@example.com","kind":"personal","primary":true,"state":"unknown","note":"slow"}]
            type = "emails" <- ["a@example.com",{"address":"A@example.com","primary":true}]
              [{"address":"a@example.com","kind":"work","primary":true,"state":"unknown"}]
            type = "emails" <- [{"address":"nobody","kind":"wrok","state":1,"colour":"red"},"x"]
              f[0].address format: "nobody" is not an e-mail address; write one such as anna@example.com
              f[0].kind unknown: "wrok" is not a kind; did you mean "work"?
              f[0].state unknown: 1 is not a state; choose one of unknown, ok, bounced, complained, wrong, retired
              f[0].colour unknown: There is no part "colour".
              f[1] format: "x" is not an e-mail address; write one such as anna@example.com
            type = "emails" <- [{"address":"a@example.com","primary":true},{"address":"b@example.com","primary":true}]
              f too_many: Only one can be the primary
            type = "emails" <- []
              []
            type = "phones" <- ["0461 123456",{"number":"+44 20 7946 0958 ext. 3","kind":"mobile"},"12345"]
              [{"number":"+390461123456","kind":"work","primary":true,"state":"unknown"},{"number":"+442079460958","kind":"mobile","primary":false,"state":"unknown","raw":"+44 20 7946 0958 ext. 3"},{"number":"12345","kind":"work","primary":false,"state":"unknown"}]
            type = "phones" <- [{"number":"call me"}]
              f[0].number format: "call me" is not a phone number; write one such as +39 02 1234567
            type = "address" <- {"street":"Via Roma 1","city":"Trento","country":"IT","region":null}
              {"street":"Via Roma 1","city":"Trento","country":"IT"}
            type = "address" <- {"zip":"38122","country":"Italia","city":5}
              f.zip unknown: An address has no "zip".
              f.country unknown: "Italia" is not an option; did you mean "IT"?
              f.city type: Write text in quotes, such as "Via Roma 1"
            type = "address" <- {"city":""}
              null
            type = "rows", parts = { contact = { type = "link", to = "contact", required = true }, attended = { type = "boolean" } } <- [{"contact":"0190b0a0-0000-7000-8000-000000000001","attended":true},{"attended":"yes","contakt":1}]
              f[1].attended type: Write true or false, without quotes
              f[1].contakt unknown: There is no part "contakt". Did you mean "contact"?
              f[1].contact required: Contact is required
            type = "rows", parts = { contact = { type = "link", to = "contact", required = true }, attended = { type = "boolean" } } <- [{"contact":{"id":"0190b0a0-0000-7000-8000-000000000001"}},{}]
              f[1].contact required: Contact is required
            type = "link", to = "contact" <- "0190b0a0-0000-7000-8000-000000000001"
              "0190b0a0-0000-7000-8000-000000000001"
            type = "link", to = "contact" <- "Anna"
              f format: "Anna" is not the id of a record
            type = "links", to = "contact" <- ["0190b0a0-0000-7000-8000-000000000001",{"id":"0190b0a0-0000-7000-8000-000000000001","title":"Anna"}]
              ["0190b0a0-0000-7000-8000-000000000001"]
            type = "links", to = "any" <- [{"object":"contacts","id":"0190b0a0-0000-7000-8000-000000000001","via":"derived"},{"object":"contact","id":"0190b0a0-0000-7000-8000-000000000001"}]
              [{"object":"contact","id":"0190b0a0-0000-7000-8000-000000000001","via":"direct"}]
            type = "links", to = "any" <- [{"object":"contcat","id":"x","via":"somehow"},"0190b0a0-0000-7000-8000-000000000001"]
              f[0].object unknown: "contcat" is not an object; did you mean "contact"?
              f[0].id format: "x" is not the id of a record
              f[0].via unknown: Write "direct" or "derived", or leave it out
              f[1] type: Write {"object": "contact", "id": "…"}
            type = "reverse", to = "deal_line", by = "deal", label = "Lines" <- []
              f read_only: Lines are written at their own place, as a deal_line
        "#]],
    );
}

/// What a cell of an Italian file becomes.
fn read(toml: &str, text: &str) -> String {
    let model = model();
    let field = field(toml);
    let locale = ImportLocale { zone: jiff::tz::TimeZone::get("Europe/Rome").unwrap(), ..ImportLocale::of("it-IT") };
    match kind(field.kind).read_text(&field, &context(&model), text, &locale) {
        Ok(value) => kind(field.kind).write(&field, &value).to_string(),
        Err(message) => message,
    }
}

#[test]
fn cells_of_files_are_understood() {
    let cases = [
        (r#"type = "text""#, "Anna\r\nRossi"),
        (r#"type = "integer""#, "1.250"),
        (r#"type = "integer""#, "1,5"),
        (r#"type = "rating""#, "★★★☆☆"),
        (r#"type = "decimal""#, "1.250,5"),
        (r#"type = "percent""#, "12,5 %"),
        (r#"type = "percent""#, "€ 3"),
        (r#"type = "money""#, "€ 1.250,50"),
        (r#"type = "money""#, "$342.09K"),
        (r#"type = "money""#, "1.250"),
        (r#"type = "money""#, "on request"),
        (r#"type = "boolean""#, "Sì"),
        (r#"type = "boolean""#, "否"),
        (r#"type = "boolean""#, "perhaps"),
        (r#"type = "date""#, "3/4/2026"),
        (r#"type = "instant""#, "31/03/2026 16:00"),
        (STATUS, "Closed Won"),
        (STATUS, "WON"),
        (STATUS, "sold"),
        (r#"type = "choice", list = "country""#, "Stati Uniti"),
        (r#"type = "choice", list = "country""#, "Philipines"),
        (r#"type = "choice", options = [{code = "e_mail", label = "E-mail"}]"#, "e mail"),
        (r#"type = "choices", options = ["a", "b", "c"]"#, "C; a"),
        (r#"type = "texts""#, "one, two"),
        (r#"type = "emails""#, "Anna <anna@example.com>; info@example.com"),
        (r#"type = "phones""#, "0461/123456; +39 340 1234567"),
        (r#"type = "address""#, "Via Roma 1, 38122 Trento, Italia"),
        (r#"type = "address""#, "Somewhere"),
        (r#"type = "link", to = "company""#, "Acme"),
        (r#"type = "sequence""#, "#17"),
        (r#"type = "text""#, "   "),
    ];
    let lines: Vec<String> = cases.iter().map(|(toml, text)| format!("{toml} <- {text:?}\n  {}\n", read(toml, text))).collect();
    expect![[r##"
        type = "text" <- "Anna\r\nRossi"
          "Anna Rossi"
        type = "integer" <- "1.250"
          1250
        type = "integer" <- "1,5"
          "1,5" is not a whole number
        type = "rating" <- "★★★☆☆"
          3
        type = "decimal" <- "1.250,5"
          1250.5
        type = "percent" <- "12,5 %"
          12.5
        type = "percent" <- "€ 3"
          "€ 3" is not a percentage; write one such as 25 %
        type = "money" <- "€ 1.250,50"
          {"amount":"1250.50","currency":"EUR"}
        type = "money" <- "$342.09K"
          {"amount":"342090.00","currency":"USD"}
        type = "money" <- "1.250"
          {"amount":"1250.00","currency":"EUR"}
        type = "money" <- "on request"
          "on request" is not a number; write one such as 1250,50
        type = "boolean" <- "Sì"
          true
        type = "boolean" <- "否"
          false
        type = "boolean" <- "perhaps"
          "perhaps" is neither yes nor no
        type = "date" <- "3/4/2026"
          "2026-04-03"
        type = "instant" <- "31/03/2026 16:00"
          "2026-03-31T14:00:00Z"
        type = "choice", options = ["open", {code = "won", label = "Won", aliases = ["closed won"]}, "lost"] <- "Closed Won"
          "won"
        type = "choice", options = ["open", {code = "won", label = "Won", aliases = ["closed won"]}, "lost"] <- "WON"
          "won"
        type = "choice", options = ["open", {code = "won", label = "Won", aliases = ["closed won"]}, "lost"] <- "sold"
          "sold" is not an option; choose one of open, won, lost
        type = "choice", list = "country" <- "Stati Uniti"
          "US"
        type = "choice", list = "country" <- "Philipines"
          "PH"
        type = "choice", options = [{code = "e_mail", label = "E-mail"}] <- "e mail"
          "e_mail"
        type = "choices", options = ["a", "b", "c"] <- "C; a"
          ["c","a"]
        type = "texts" <- "one, two"
          ["one","two"]
        type = "emails" <- "Anna <anna@example.com>; info@example.com"
          [{"address":"anna@example.com","kind":"work","primary":true,"state":"unknown"},{"address":"info@example.com","kind":"work","primary":false,"state":"unknown"}]
        type = "phones" <- "0461/123456; +39 340 1234567"
          [{"number":"+390461123456","kind":"work","primary":true,"state":"unknown"},{"number":"+393401234567","kind":"work","primary":false,"state":"unknown"}]
        type = "address" <- "Via Roma 1, 38122 Trento, Italia"
          {"street":"Via Roma 1","postal_code":"38122","city":"Trento","country":"IT"}
        type = "address" <- "Somewhere"
          {"street":"Somewhere"}
        type = "link", to = "company" <- "Acme"
          "Acme" is not the id of a company
        type = "sequence" <- "#17"
          17
        type = "text" <- "   "
          null
    "##]].assert_eq(&lines.concat());
}

/// A field of every type with a value that uses all of it.
fn samples() -> Vec<(&'static str, Json)> {
    vec![
        (r#"type = "text", sort = true"#, json!("Müller \"Söhne\" 王")),
        (r#"type = "text", exact = true"#, json!("X1")),
        (r#"type = "long_text", search = true"#, json!("one\n\ttwo \\ three")),
        (r#"type = "email""#, json!("anna@example.com")),
        (r#"type = "phone""#, json!("+390461123456")),
        (r#"type = "url""#, json!("https://example.com/a?b=c")),
        (r#"type = "integer""#, json!(-12)),
        (r#"type = "decimal", scale = 4"#, json!(12.3456)),
        (r#"type = "decimal""#, json!(7)),
        (r#"type = "money""#, json!({"amount": "-1250.1234", "currency": "EUR"})),
        (r#"type = "money""#, json!({"amount": "300", "currency": "JPY"})),
        (r#"type = "percent""#, json!(12.5)),
        (r#"type = "boolean""#, json!(true)),
        (r#"type = "date""#, json!("2026-03-31")),
        (r#"type = "instant""#, json!("2026-03-31T14:00:00.123456Z")),
        (r#"type = "choice", options = ["a"]"#, json!("a")),
        (r#"type = "choices", options = ["a", "b"]"#, json!(["b", "a"])),
        (r#"type = "link", to = "contact""#, json!(ID)),
        (r#"type = "links", to = "contact""#, json!([ID])),
        (r#"type = "links", to = "any""#, json!([{"object": "contact", "id": ID, "via": "derived"}])),
        (r#"type = "user""#, json!(ID)),
        (r#"type = "file""#, json!(ID)),
        (
            r#"type = "address""#,
            json!({"street": "Via \"Roma\" 1", "street2": "b", "postal_code": "38122", "city": "Città", "region": "TN", "country": "IT"}),
        ),
        (r#"type = "address""#, json!({"city": "Trento"})),
        (r#"type = "person_name", sort = true"#, json!("Anna O'Hara")),
        (r#"type = "rating""#, json!(4)),
        (r#"type = "sequence""#, json!(17)),
        (r#"type = "texts""#, json!(["one", "two"])),
        (r#"type = "expression""#, json!("amount > 10.0")),
        (
            r#"type = "emails""#,
            json!([{"address": "a@example.com", "kind": "home", "primary": false, "state": "bounced", "state_since": "2026-03-31T14:00:00Z", "note": "old"}, {"address": "b@example.com", "kind": "work", "primary": true, "state": "unknown"}]),
        ),
        (
            r#"type = "phones""#,
            json!([{"number": "+390461123456", "kind": "mobile", "primary": true, "state": "ok", "raw": "0461 123456 int. 2"}]),
        ),
        (
            r#"type = "rows", parts = { who = { type = "link", to = "contact" }, cost = { type = "money" }, note = { type = "text", sort = true } }"#,
            json!([{"who": ID, "cost": {"amount": "1.00", "currency": "EUR"}, "note": "é"}, {"who": null, "cost": null, "note": "b"}]),
        ),
        (r#"type = "counts""#, json!([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])),
    ]
}

#[test]
fn every_type_is_tried_here() {
    let tried: BTreeSet<&str> = samples().iter().map(|(toml, _)| field(toml).kind.name()).collect();
    let missing: Vec<&str> = FieldType::names().filter(|name| !tried.contains(name) && *name != "reverse").collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(FieldType::all().all(|t| kind(t).field_type() == t));
}

#[test]
fn what_is_written_can_be_written_again() {
    for (toml, input) in samples() {
        assert_eq!(said(toml, input.clone()), input.to_string(), "{toml}");
    }
}

#[test]
fn columns_have_the_names_under_which_values_are_stored() {
    let model = model();
    for (toml, input) in samples() {
        let field = field(toml);
        let kind = kind(field.kind);
        let value = kind.parse(&field, &context(&model), &input).unwrap();
        for value in [&value, &Value::Null] {
            let mut stored = Vec::new();
            kind.store(&field, value, &mut stored);
            let names: Vec<String> = if kind.is_list() { Vec::new() } else { stored.into_iter().map(|(name, _)| name).collect() };
            assert_eq!(names, kind.columns(&field).into_iter().map(|c| c.name).collect::<Vec<_>>(), "{toml}");
        }
        assert!(kind.shown(&field).iter().all(|shown| kind.columns(&field).iter().any(|c| c.name == *shown)), "{toml}");
    }
}

#[test]
fn the_database_gives_back_what_it_got() {
    let folder = std::env::temp_dir().join(format!("legame-field-{}", Id::new()));
    let places = std::iter::once(folder.to_string_lossy().into_owned()).chain(std::env::var("TEST_POSTGRES_URL").ok());
    for place in places {
        let options = Options { workspace: format!("f{}", Id::new().to_string().replace('-', "")), connections: 2, ..Options::default() };
        let store = Store::open(&Location::parse(&place).unwrap(), &options).unwrap();
        for (i, (toml, input)) in samples().into_iter().enumerate() {
            round_trip(&store, &format!("t{i}"), toml, &input);
        }
        store.close();
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// One row with the value and one where it is absent, or the rows of the list.
fn round_trip(store: &Store, name: &str, toml: &str, input: &Json) {
    let model = model();
    let field = field(toml);
    let kind = kind(field.kind);
    let value = kind.parse(&field, &context(&model), input).unwrap();
    let object = Object { name: name.to_string(), ..Object::default() };
    let child = kind.child(&object, &field);
    let list: Vec<Params> = if child.is_some() { kind.store_children(&field, Id::new(), &value) } else { Vec::new() };
    let (table, mut columns) = match &child {
        Some(child) => (child.name.clone(), child.columns.clone()),
        None => (name.to_string(), kind.columns(&field)),
    };
    let rows: Vec<Params> = if child.is_some() {
        list
    } else {
        [&value, &Value::Null]
            .map(|v| {
                let mut row = vec![("record".to_string(), Id::new().into()), ("position".to_string(), 0_i64.into())];
                kind.store(&field, v, &mut row);
                row
            })
            .into()
    };
    let own = columns.clone();
    columns.splice(0..0, [Column::new("record", ColumnKind::Id), Column::new("position", ColumnKind::Int)]);
    let definition = Table { name: table.clone(), columns, ..Table::default() };
    let written = table.clone();
    store
        .write(move |tx| {
            for sql in table::create(tx.dialect(), &definition) {
                tx.define(&sql)?;
            }
            for row in &rows {
                let mut sql = Sql::new(tx.dialect());
                sql.push("insert into ").push_ident(&written).push(" (");
                for (i, (name, _)) in row.iter().enumerate() {
                    sql.push(if i == 0 { "" } else { ", " }).push_ident(name);
                }
                sql.push(") values (").bind_each(row.iter().map(|(_, param)| param.clone())).push(")");
                tx.execute(&sql)?;
            }
            Ok(())
        })
        .unwrap();
    let select = |names: Vec<String>, tx: &store::Tx| {
        let mut sql = Sql::new(tx.dialect());
        sql.push("select position");
        for name in names {
            sql.push(", ").push_ident(&name);
        }
        sql.push(" from ").push_ident(&table).push(" order by position, ").push(if child.is_some() { "position" } else { "record" });
        sql
    };
    let loaded = store
        .read(|tx| {
            let sql = select(own.iter().map(|c| c.name.clone()).collect(), tx);
            tx.all(&sql, |row| {
                let mut at = 1;
                let value = if child.is_some() { kind.load_child(&field, row, &mut at)? } else { kind.load(&field, row, &mut at)? };
                assert_eq!(at, own.len() + 1, "{toml} reads all its columns");
                Ok(value)
            })
        })
        .unwrap();
    if child.is_some() {
        assert_eq!(Value::List(loaded), value, "{toml}");
        return;
    }
    assert_eq!(loaded, [value.clone(), Value::Null], "{toml}");
    let rendered = store
        .read(|tx| {
            let sql = select(row_columns(&object, &field), tx);
            tx.all(&sql, |row| {
                let (mut at, mut out) = (1, Vec::new());
                render(&object, &field, row, &mut at, &mut out)?;
                assert_eq!(at, row_columns(&object, &field).len() + 1, "{toml} renders all its columns");
                Ok(String::from_utf8(out).unwrap())
            })
        })
        .unwrap();
    assert_eq!(rendered, [kind.write(&field, &value).to_string(), kind.write(&field, &Value::Null).to_string()], "{toml}");
}

#[test]
fn planners_are_told_which_column_holds_what() {
    let told = |toml: &str| {
        let field = field(toml);
        format!("{} / {} / {:?}", value_column(&field), sort_column(&field), row_columns(&Object::default(), &field))
    };
    assert_eq!(told(r#"type = "text""#), r#"f / f__fold / ["f"]"#);
    assert_eq!(told(r#"type = "text", sort = true"#), r#"f / f__key / ["f"]"#);
    assert_eq!(told(r#"type = "text", exact = true"#), r#"f / f / ["f"]"#);
    assert_eq!(told(r#"type = "money""#), r#"f__base / f__base / ["f", "f__currency"]"#);
    assert_eq!(told(r#"type = "text", alias_of = "address.city""#), r#"address__city / address__city__fold / ["address__city"]"#);
    assert_eq!(
        told(r#"type = "choice", list = "country", alias_of = "address.country""#),
        r#"address__country / address__country / ["address__country"]"#
    );
}

#[test]
fn the_interface_is_described() {
    let model = model();
    let described = |toml: &str, using| schema(&field(toml), &model, using).to_string();
    expect![[r#"{"type":["string","null"],"enum":["open","won","lost",null],"title":"F"}"#]].assert_eq(&described(STATUS, Use::Read));
    expect![[r#"{"anyOf":[{"type":"object","properties":{"amount":{"anyOf":[{"type":"string","pattern":"^-?[0-9]+(\\.[0-9]{1,4})?$","examples":["1250.00"]},{"type":"number"}]},"currency":{"type":"string","pattern":"^[A-Z]{3}$","x-list":"currency"}},"required":["amount"],"additionalProperties":false},{"type":"string","pattern":"^-?[0-9]+(\\.[0-9]{1,4})?$","examples":["1250.00"]},{"type":"number"}],"title":"F"}"#]].assert_eq(&described(r#"type = "money", required = true"#, Use::Write));
    expect![[r#"{"type":"array","items":{"type":"object","properties":{"address":{"type":"string","format":"email","maxLength":254},"kind":{"type":"string","enum":["work","personal","mobile","office","home","fax","assistant","billing","other"]},"primary":{"type":"boolean"},"state":{"type":"string","enum":["unknown","ok","bounced","complained","wrong","retired"]},"state_since":{"type":"string","format":"date-time"},"note":{"type":"string","maxLength":500},"raw":{"type":"string"}},"required":["address","kind","primary","state"]},"maxItems":1000,"title":"F"}"#]].assert_eq(&described(r#"type = "emails""#, Use::Read));
    expect![[r#"{"type":["string","null"],"x-list":"country","title":"F"}"#]]
        .assert_eq(&described(r#"type = "choice", list = "country""#, Use::Write));
    for (toml, _) in samples() {
        assert!(schema(&field(toml), &model, Use::Read).get("title").is_some(), "{toml}");
    }
}
