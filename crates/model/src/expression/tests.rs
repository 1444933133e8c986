//! What is understood, what is refused and where, and what becomes of it in SQL.

use std::sync::Arc;

use base::Instant;
use expect_test::{Expect, expect};
use jiff::tz::TimeZone;
use store::{Dialect, Sql};

use super::tree::{Hop, Node};
use super::{Expr, Problem, Scope, compile, compile_value, show, to_sql};
use crate::load;
use crate::object::{Choice, Field, Label, Model, Object};

const DEAL: &str = r#"
# A sale in progress.
name = "deal"
label = ["Deal", "Deals"]
owned = true
[fields]
name = { type = "text" }
code = { type = "text", exact = true }
note = { type = "long_text" }
company = { type = "link", to = "company" }
stage = { type = "link", to = "stage" }
amount = { type = "money" }
cost = { type = "money" }
probability = { type = "percent" }
quantity = { type = "integer" }
discount = { type = "decimal", scale = 3 }
hot = { type = "boolean" }
expected_close = { type = "date" }
closed_at = { type = "instant" }
status = { type = "choice", options = ["open", "won", "lost"] }
source = { type = "choice", open = true, options = ["web_form"] }
interests = { type = "choices", options = ["new_exhibitions", "old_ones"] }
tags = { type = "links", to = "tag" }
about = { type = "links", to = "any" }
lines = { type = "reverse", to = "line", by = "deal" }
pulse = { type = "counts" }
secret = { type = "text" }
team_members = { type = "rows", parts = { user = { type = "user" }, part = { type = "choice", options = ["sales", "service"] } } }
"#;

const COMPANY: &str = r#"
name = "company"
label = ["Company", "Companies"]
[fields]
name = { type = "text" }
parent = { type = "link", to = "company" }
domains = { type = "texts" }
domain = { type = "text", alias_of = "domains" }
emails = { type = "emails" }
email = { type = "email", alias_of = "emails.address" }
address = { type = "address" }
city = { type = "text", alias_of = "address.city" }
country = { type = "choice", list = "country", alias_of = "address.country" }
deals = { type = "reverse", to = "deal", by = "company" }
"#;

fn model() -> Model {
    let line = "name = \"line\"\ntitle = \"title\"\n[fields]\ndeal = { type = \"link\", to = \"deal\" }\ntitle = { type = \"text\" }\nprice = { type = \"money\" }";
    let stage =
        "name = \"stage\"\n[fields]\nname = { type = \"text\" }\nkind = { type = \"choice\", options = [\"open\", \"won\", \"lost\"] }";
    let named = |name: &str| format!("name = \"{name}\"\n[fields]\nname = {{ type = \"text\" }}");
    let texts = [DEAL.into(), COMPANY.into(), line.into(), stage.into(), named("tag"), named("user"), named("team")];
    let objects: Vec<Object> = texts.iter().map(|text: &String| load::object(text).unwrap()).collect();
    let country = |code: &str| Choice { code: code.into(), label: Label::new(code), ..Choice::default() };
    Model::new(objects, [("country".to_string(), vec![country("IT"), country("DE")])].into())
}

fn scope() -> Scope {
    Scope {
        me: Some("01900000-0000-7000-8000-000000000001".parse().unwrap()),
        my_teams: Vec::new(),
        now: "2026-03-31T10:00:00Z".parse::<Instant>().unwrap(),
        zone: TimeZone::get("Europe/Rome").unwrap(),
    }
}

/// Nobody may see what is secret.
fn visible(_: &Object, field: &Field) -> bool {
    field.name != "secret"
}

fn compiled(text: &str) -> Result<Expr, Vec<Problem>> {
    let model = model();
    compile(&model, model.object("deal").unwrap(), text, &visible)
}

/// The tree written back, or all problems.
fn check(text: &str, expected: Expect) {
    let shown = match compiled(text) {
        Ok(expr) => show(&expr),
        Err(problems) => told(text, &problems),
    };
    expected.assert_eq(&shown);
}

fn told(text: &str, problems: &[Problem]) -> String {
    let line = |p: &Problem| {
        let place = &text[p.at..p.at + p.length];
        let hint = p.suggestion.as_ref().map_or_else(String::new, |s| format!(" → {s}"));
        format!("{}..{} `{place}`: {}{hint}", p.at, p.at + p.length, p.message)
    };
    problems.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn sql_of(text: &str, reach: &super::Reach<'_>) -> String {
    let model = model();
    let expr = compiled(text).unwrap_or_else(|problems| panic!("{}", told(text, &problems)));
    let mut sql = Sql::new(Dialect::Sqlite);
    to_sql(&expr, &model, &scope(), "t", reach, &mut sql).unwrap();
    sql.text().to_string()
}

fn sql(text: &str, expected: Expect) {
    expected.assert_eq(&sql_of(text, &|_| None));
}

#[test]
fn comparisons_are_understood_and_written_back() {
    check(r#"stage.kind == "won""#, expect![[r#"stage.kind == "won""#]]);
    check(
        r#"amount > 10000.0 && stage.kind == "open" && age(closed_at) > days(30)"#,
        expect![[r#"amount > 10000.0 && stage.kind == "open" && age(closed_at) > days(30)"#]],
    );
    check(r#"!(hot||status=="open")&&quantity*2+1>=3"#, expect![[r#"!(hot || status == "open") && quantity * 2 + 1 >= 3"#]]);
    check(
        r#"company.country in ["IT", "DE"] && "new_exhibitions" in interests"#,
        expect![[r#"company.country in ["IT", "DE"] && "new_exhibitions" in interests"#]],
    );
    check(
        r#"tags.exists(t, t == "VIP") || lines.all(l, l.price > 5)"#,
        expect![[r#"tags.exists(t, t == "VIP") || lines.all(l, l.price > 5)"#]],
    );
    check(r#"owner == me() || team in my_teams()"#, expect!["owner == me() || team in my_teams()"]);
    check(
        r#"closed_at >= "2026-03-31" && expected_close < "2026-04-01" && created_at < "2026-03-31T10:00:00+02:00""#,
        expect![[
            r#"closed_at >= date("2026-03-31") && expected_close < date("2026-04-01") && created_at < timestamp("2026-03-31T08:00:00Z")"#
        ]],
    );
    check(
        r#"company == "0190ca3e-0000-7000-8000-000000000001" || company.parent.name.startsWith("Ac\"me")"#,
        expect![[r#"company == "0190ca3e-0000-7000-8000-000000000001" || company.parent.name.startsWith("Ac\"me")"#]],
    );
    check(
        r#"size(tags) == 0 && has(company.email) && start_of("month", closed_at) == today() - days(3)"#,
        expect![[r#"size(tags) == 0 && has(company.email) && start_of("month", closed_at) == today() - days(3)"#]],
    );
    check(
        r#"(hot ? quantity : 2.5) > discount && -quantity < 5 - (3 - 1)"#,
        expect!["(hot ? quantity : 2.5) > discount && -quantity < 5 - (3 - 1)"],
    );
    check(
        r#"amount * probability / 100 > cost && amount.currency == "EUR""#,
        expect![[r#"amount * probability / 100 > cost && amount.currency == "EUR""#]],
    );
}

#[test]
fn unknown_names_are_told_with_the_nearest_one() {
    check(r#"amuont > 5"#, expect![[r#"0..6 `amuont`: Deal has no field "amuont" → amount"#]]);
    check(r#"company.cuontry == "IT""#, expect![[r#"8..15 `cuontry`: Company has no field "cuontry" → country"#]]);
    check(
        r#"stage.kidn == "open" && nmae == "x""#,
        expect![[r#"
        6..10 `kidn`: Stage has no field "kidn" → kind
        24..28 `nmae`: Deal has no field "nmae" → name"#]],
    );
    check(r#"company.address.town == "x""#, expect![[r#"16..20 `town`: address has no part "town""#]]);
    check(r#"today > now()"#, expect![[r#"0..5 `today`: Deal has no field "today" → today()"#]]);
    check(r#"name.startswith("a")"#, expect![[r#"5..15 `startswith`: There is no function "startswith" → startsWith"#]]);
    check(r#"agee(closed_at) > days(1)"#, expect![[r#"0..4 `agee`: There is no function "agee" → age"#]]);
    check(r#"company.parent.parent.name == "x""#, expect!["22..26 `name`: Links can be followed 2 deep, not deeper"]);
    check(r#"about.exists(a, a.name == "x")"#, expect![[r#"18..22 `name`: about has no part "name""#]]);
}

#[test]
fn what_the_caller_may_not_read_is_unknown() {
    check(
        r#"secret == "x" || secrte == "y""#,
        expect![[r#"
        0..6 `secret`: Deal has no field "secret"
        17..23 `secrte`: Deal has no field "secrte" → source"#]],
    );
}

#[test]
fn options_of_choices_are_proved() {
    check(r#"status == "Won""#, expect![[r#"10..15 `"Won"`: "Won" is not one of its options → "won""#]]);
    check(r#"status == won"#, expect![[r#"10..13 `won`: Codes stand in quotes → "won""#]]);
    check(r#"status in ["open", "closed"]"#, expect![[r#"19..27 `"closed"`: "closed" is not one of its options → "lost""#]]);
    check(r#"source == "anything""#, expect![[r#"source == "anything""#]]);
    check(
        r#""New exhibitions" in interests"#,
        expect![[r#"0..17 `"New exhibitions"`: "New exhibitions" is not one of its options → "new_exhibitions""#]],
    );
    check(r#"company.country == "Italy""#, expect![[r#"19..26 `"Italy"`: "Italy" is not one of its options"#]]);
    check(r#"status > "open""#, expect![[r#"0..15 `status > "open"`: Choices have no order; use == or !="#]]);
    check(r#"status.contains("o")"#, expect!["0..6 `status`: A choice is compared with == and in only"]);
    check(
        r#"team_members.exists(m, m.part == "sale" && m.user == me())"#,
        expect![[r#"33..39 `"sale"`: "sale" is not one of its options → "sales""#]],
    );
}

#[test]
fn what_does_not_fit_is_refused_where_it_stands() {
    check(r#"amount > "10""#, expect![[r#"9..13 `"10"`: An amount of money is compared with text → 10"#]]);
    check(r#"name > 5"#, expect!["0..8 `name > 5`: Text cannot be compared with a whole number"]);
    check(r#"name"#, expect!["0..4 `name`: A condition is needed here, not text"]);
    check(r#"tags == "VIP""#, expect![[r#"0..4 `tags`: tags holds several; write "…" in tags or tags.exists(x, …)"#]]);
    check(r#"tags.name == "VIP""#, expect!["5..9 `name`: tags holds several; ask with tags.exists(x, x.name == …)"]);
    check(r#"company == null"#, expect!["11..15 `null`: Nothing equals null; write has(x) or !has(x)"]);
    check(
        r#"company.address == "x""#,
        expect!["0..15 `company.address`: company.address has parts; compare one of them, such as company.address.street"],
    );
    check(r#"expected_close + 3 > today()"#, expect!["17..18 `3`: Say of what unit → days(3)"]);
    check(r#"age(closed_at) > 30"#, expect!["17..19 `30`: Say of what unit → days(30)"]);
    check(r#"expected_close + hours(3) > today()"#, expect!["17..25 `hours(3)`: A date has no hours; use days"]);
    check(r#"amount + 5 > 3"#, expect!["0..10 `amount + 5`: A number without a currency cannot be added to an amount of money"]);
    check(r#"expected_close == "31.3.2026""#, expect![[r#"18..29 `"31.3.2026"`: "31.3.2026" is not a date; write one like 2026-03-31"#]]);
    check(
        r#"closed_at > "2026-02-30""#,
        expect![[r#"12..24 `"2026-02-30"`: "2026-02-30" is not a moment; write one like 2026-03-31T14:00:00Z"#]],
    );
    check(r#"date(name) > today()"#, expect![[r#"5..9 `name`: A text in quotes is needed here, as in date("2026-03-31")"#]]);
    check(r#"company == name"#, expect!["11..15 `name`: Compare a field of company instead, such as company.name"]);
    check(r#"owner == company"#, expect!["0..16 `owner == company`: A link to a user cannot be compared with a link to a company"]);
    check(
        r#"start_of("fortnight", closed_at) == today()"#,
        expect![[r#"9..20 `"fortnight"`: A unit is one of year, quarter, month, week, day"#]],
    );
    check(r#"exists(tags, t == "x")"#, expect!["0..6 `exists`: Write tags.exists(…)"]);
    check(r#"has()"#, expect!["0..5 `has()`: Write has(x)"]);
    check(r#"pulse == 3"#, expect!["0..5 `pulse`: pulse cannot be compared, only asked for with has(pulse)"]);
    check(r#"team_members.exists(m, m == me())"#, expect!["23..24 `m`: m has parts; compare one of them, such as m.user"]);
}

#[test]
fn syntax_errors_say_what_was_not_understood() {
    check("", expect![[r#"0..0 ``: Write a condition, such as status == "open""#]]);
    check("amount >", expect!["8..8 ``: The expression ends too early"]);
    check("amount = 5", expect!["7..8 `=`: Write == to compare → =="]);
    check("hot and hot", expect![[r#"4..7 `and`: "and" is not understood here → &&"#]]);
    check("\"è\" == name or hot", expect![[r#"13..15 `or`: "or" is not understood here → ||"#]]);
    check("name == \"abc", expect![[r#"8..12 `"abc`: This text has no closing quote"#]]);
    check("amount > 99999999999999999999", expect!["9..29 `99999999999999999999`: This number is too large"]);
    check("amount > 1.00000000001", expect!["9..22 `1.00000000001`: Numbers have at most ten decimals and fifteen digits before them"]);
    check("name ==\n  @x", expect![[r#"10..11 `@`: "@" is not understood here"#]]);
    check("tags[0] == \"x\"", expect!["4..5 `[`: Items of a list cannot be taken by number; use exists"]);
    check("{\"a\": 1} == name", expect!["0..1 `{`: Maps are not part of this language"]);
    check("amount > (3", expect!["11..11 ``: The expression ends too early"]);
    check("if == 3", expect![[r#"0..2 `if`: "if" is a reserved word"#]]);
}

#[test]
fn the_cost_of_an_expression_is_bounded() {
    let refused = |text: String| compiled(&text).unwrap_err()[0].message.clone();
    assert_eq!(refused(format!("{}hot{}", "(".repeat(40), ")".repeat(40))), "Brackets and conditions nest at most 32 deep");
    assert_eq!(refused("hot || ".repeat(2000) + "hot"), "An expression has at most 10000 characters");
    assert_eq!(refused(vec!["quantity"; 200].join(" + ") + " > 1"), "This chain of operators is too long");
    assert_eq!(refused(format!("quantity in [{}]", vec!["1"; 1001].join(","))), "A list has at most 1000 items");
    assert_eq!(refused(vec!["has(tags)"; 70].join(" || ")), "An expression goes through at most 60 links and lists");
    let nested = "company.deals.exists(a, a.company.deals.exists(b, b.company.deals.exists(c, c.company.deals.exists(d, d.hot))))";
    assert_eq!(refused(nested.into()), "exists and all nest at most 3 deep");
    let deepest = format!("{}hot{}", "(".repeat(31), ")".repeat(31));
    assert!(compiled(&deepest).is_ok());
    assert!(compiled(&vec!["hot"; 1000].join(" || ")).is_ok());
}

#[test]
fn what_an_index_can_serve_stays_plain() {
    sql(
        r#"name == "Müller" && quantity > 5 && amount > 10000"#,
        expect![[r#"(t."name__fold" = ?1 and t."quantity" > ?2 and t."amount__base" > ?3)"#]],
    );
    sql(r#"discount >= 1.2345 && discount < 0.5 && quantity == 2.5"#, expect![[r#"(t."discount" > ?1 and t."discount" < ?2 and false)"#]]);
    sql(
        r#"owner == me() && status in ["open", "won"] && closed_at > now() - days(30)"#,
        expect![[r#"(t."owner" = ?1 and t."status" in (select value from rarray(?2)) and t."closed_at" > ?3)"#]],
    );
    sql(
        r#"age(closed_at) > days(30) && age(expected_close) <= days(1)"#,
        expect![[r#"(t."closed_at" < ?1 and t."expected_close" >= ?2)"#]],
    );
    sql(
        r#"closed_at == "2026-03-31" && closed_at < today()"#,
        expect![[r#"((t."closed_at" >= ?1 and t."closed_at" < ?2) and (t."closed_at" < ?3))"#]],
    );
    sql(r#"closed_at > "2026-03-31" || closed_at <= today()"#, expect![[r#"((t."closed_at" >= ?1) or (t."closed_at" < ?2))"#]]);
    sql(
        r#"name.startsWith("Mü") || name.contains("ü")"#,
        expect![[r#"((t."name__fold" >= ?1 and t."name__fold" < ?2) or (instr(t."name__fold", ?3) > 0))"#]],
    );
    sql(r#"hot || false"#, expect![[r#"t."hot" = true"#]]);
}

#[test]
fn beneath_not_nothing_is_null() {
    sql(
        r#"!(quantity > 5) && !hot && !(created_at > now() || stage.kind == "won")"#,
        expect![[
            r#"(not (coalesce(t."quantity" > ?1, false)) and not (coalesce(t."hot" = true, false)) and not ((t."created_at" > ?2 or exists (select 1 from "stage" x1 where x1."id" = t."stage" and x1."deleted_at" is null and x1."kind" = ?3))))"#
        ]],
    );
    sql(
        r#"!(status in ["open"]) && !has(amount) && !has(company.address)"#,
        expect![[
            r#"(not (coalesce(t."status" in (select value from rarray(?1)), false)) and not ((t."amount" is not null)) and not (exists (select 1 from "company" x1 where x1."id" = t."company" and x1."deleted_at" is null and (x1."address__street" is not null or x1."address__street2" is not null or x1."address__postal_code" is not null or x1."address__city" is not null or x1."address__region" is not null or x1."address__country" is not null))))"#
        ]],
    );
}

#[test]
fn links_and_lists_become_exists() {
    sql(
        r#"stage.kind == "open""#,
        expect![[r#"exists (select 1 from "stage" x1 where x1."id" = t."stage" and x1."deleted_at" is null and x1."kind" = ?1)"#]],
    );
    sql(
        r#"company.parent.name == "Acme" && company == "Acme""#,
        expect![[
            r#"(exists (select 1 from "company" x1 where x1."id" = t."company" and x1."deleted_at" is null and exists (select 1 from "company" x2 where x2."id" = x1."parent" and x2."deleted_at" is null and x2."name__fold" = ?1)) and exists (select 1 from "company" x3 where x3."id" = t."company" and x3."deleted_at" is null and x3."name__fold" = ?2))"#
        ]],
    );
    sql(
        r#"company.city == name"#,
        expect![[
            r#"(select x1."address__city__fold" from "company" x1 where x1."id" = t."company" and x1."deleted_at" is null) = t."name__fold""#
        ]],
    );
    sql(
        r#"company.email == "a@b.it" && "c@d.it" in company.emails"#,
        expect![[
            r#"(exists (select 1 from "company" x1 where x1."id" = t."company" and x1."deleted_at" is null and x1."id" in (select x2."record" from "company__emails" x2 where x2."is_primary" = true and x2."address__fold" = ?1)) and exists (select 1 from "company__emails" x4 where x4."record" = (select x3."id" from "company" x3 where x3."id" = t."company" and x3."deleted_at" is null) and x4."address__fold" = ?2))"#
        ]],
    );
    sql(
        r#"tags.exists(t, t == "VIP") && "VIP" in tags && size(lines) > 2"#,
        expect![[
            r#"(exists (select 1 from "deal__tags" x2 join "tag" x1 on x1."id" = x2."target" where x2."record" = t."id" and x1."deleted_at" is null and x1."name__fold" = ?1) and exists (select 1 from "deal__tags" x4 join "tag" x3 on x3."id" = x4."target" where x4."record" = t."id" and x3."deleted_at" is null and x3."name__fold" = ?2) and (select count(*) from "line" x5 where x5."deal" = t."id" and x5."deleted_at" is null) > ?3)"#
        ]],
    );
    sql(
        r#"lines.all(l, l.price > 5) && "old_ones" in interests"#,
        expect![[
            r#"(not exists (select 1 from "line" x1 where x1."deal" = t."id" and x1."deleted_at" is null and not (coalesce(x1."price__base" > ?1, false))) and exists (select 1 from "deal__interests" x2 where x2."record" = t."id" and x2."code" = ?2))"#
        ]],
    );
}

#[test]
fn what_is_reached_is_limited_to_what_the_caller_may_see() {
    let rule = {
        let model = model();
        Arc::new(compile(&model, model.object("company").unwrap(), r#"created_by == me()"#, &visible).unwrap())
    };
    let reach = move |object: &Object| (object.name == "company").then(|| rule.clone());
    let limited = |text: &str, expected: Expect| expected.assert_eq(&sql_of(text, &reach));
    limited(
        r#"company.name == "Acme" && company == "0190ca3e-0000-7000-8000-000000000001""#,
        expect![[
            r#"(exists (select 1 from "company" x1 where x1."id" = t."company" and x1."deleted_at" is null and x1."created_by" = ?1 and x1."name__fold" = ?2) and (t."company" = ?3 and exists (select 1 from "company" x3 where x3."id" = t."company" and x3."created_by" = ?4)))"#
        ]],
    );
    limited(
        r#"has(company) && stage.kind == "won""#,
        expect![[
            r#"(((t."company" is not null) and exists (select 1 from "company" x1 where x1."id" = t."company" and x1."created_by" = ?1)) and exists (select 1 from "stage" x3 where x3."id" = t."stage" and x3."deleted_at" is null and x3."kind" = ?2))"#
        ]],
    );
}

#[test]
fn formulas_have_the_type_of_their_result() {
    let model = model();
    let value = |text: &str| compile_value(&model, model.object("deal").unwrap(), text, &visible).map(|e| format!("{:?}", e.kind));
    assert_eq!(value("amount * probability / 100").unwrap(), "Money");
    assert_eq!(value("quantity + 1").unwrap(), "Int");
    assert_eq!(value("quantity / 2").unwrap(), "Number");
    assert_eq!(value("name + \" \" + code").unwrap(), "Text");
    assert_eq!(value("hot ? expected_close : null").unwrap(), "Date");
    assert!(value("tags").is_err() && value("null").is_err());
}

#[test]
fn the_fields_that_are_read_are_known() {
    let read = compiled(r#"company.parent.name == "x" && tags.exists(t, t == "VIP") && owner == me() && version > 1"#).unwrap().fields();
    let read: Vec<String> = read.into_iter().map(|(object, field)| format!("{object}.{field}")).collect();
    assert_eq!(read.join(" "), "company.name company.parent deal.company deal.owner deal.tags tag.name");
}

#[test]
fn what_is_asked_of_a_record_is_asked_of_its_parts_through_their_link() {
    let model = model();
    let (deal, line) = (model.object("deal").unwrap(), model.object("line").unwrap());
    let Node::Path(path) = compile_value(&model, line, "deal", &visible).unwrap().node else { panic!("a link is a path") };
    let link = Hop { link: path.leaf, to: "deal".into() };
    let sql = |expr: &Expr| {
        let mut sql = Sql::new(Dialect::Sqlite);
        to_sql(expr, &model, &scope(), "t", &|_| None, &mut sql).unwrap();
        sql.text().to_string()
    };
    for (of_deal, of_line) in [
        ("owner == me() || team in my_teams()", "deal.owner == me() || deal.team in my_teams()"),
        ("!has(owner) && company.name == name", "!has(deal.owner) && deal.company.name == deal.name"),
        ("amount > 5.0 ? hot : age(closed_at) > days(3)", "deal.amount > 5.0 ? deal.hot : age(deal.closed_at) > days(3)"),
        ("tags.exists(t, t.name == name)", "deal.tags.exists(t, t.name == deal.name)"),
        ("\"new_exhibitions\" in interests || status in [\"won\"]", "\"new_exhibitions\" in deal.interests || deal.status in [\"won\"]"),
    ] {
        let behind = compile(&model, deal, of_deal, &visible).unwrap().behind("deal", &link);
        let written = compile(&model, line, of_line, &visible).unwrap();
        assert_eq!(show(&behind), show(&written));
        assert_eq!(sql(&behind), sql(&written), "{of_deal}");
    }
}

#[test]
fn nonsense_is_refused_without_harm() {
    use proptest::prelude::*;
    const PIECES: &[&str] = &[
        "(", ")", "[", "]", "{", "}", ".", ",", "?", ":", "!", "-", "&&", "||", "==", "in", " ", "\n", "a", "hot", "1", "1.5", "\"x\"",
        "'", "\"", "\\", "é", "//", "exists", "has", "0x", "e9", "@", "`", "=", "|", "名", "tags", "b\"", "r\"", "\"\"\"", "null", "\u{0}",
        "-1", "5u",
    ];
    let runner = |texts: Vec<usize>| texts.into_iter().map(|i| PIECES[i % PIECES.len()]).collect::<String>();
    proptest!(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() }, |(texts in prop::collection::vec(any::<usize>(), 0..40))| {
        let text = runner(texts);
        if let Err(problems) = compiled(&text) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(text.get(problem.at..problem.at + problem.length).is_some(), "{text:?} {problem:?}");
            }
        }
    });
}
