//! Things that belong together agree.

use std::collections::{BTreeMap, BTreeSet};

use base::Instant;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde_json::Value as Json;

use crate::desk::{Desk, full, near};

/// Country, start of the VAT number, dialling prefix, languages, legal forms.
type Land = (&'static str, &'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const LANDS: &[Land] = &[
    ("IT", "IT", "+39", &["it", "en"], &["S.r.l.", "S.p.A.", "S.n.c."]),
    ("DE", "DE", "+49", &["de"], &["GmbH", "AG", "KG"]),
    ("AT", "ATU", "+43", &["de"], &["GmbH", "AG", "KG"]),
    ("CH", "CHE", "+41", &["de", "it"], &["GmbH", "AG"]),
    ("FR", "FR", "+33", &["fr"], &["SARL", "SAS"]),
    ("GB", "GB", "+44", &["en"], &["Ltd", "plc"]),
    ("IE", "IE", "+353", &["en"], &["Ltd", "DAC"]),
    ("PL", "PL", "+48", &["pl"], &["sp. j.", "sp. z o.o.", "S.A."]),
    ("CZ", "CZ", "+420", &["cs"], &["s.r.o.", "a.s."]),
    ("ES", "ESB", "+34", &["es"], &["S.L."]),
    ("CN", "91", "+86", &["zh"], &["有限公司", "股份有限公司"]),
    ("HK", "", "+852", &["zh"], &["有限公司"]),
];

fn text<'a>(item: &'a Json, field: &str) -> &'a str {
    item[field].as_str().unwrap_or("")
}

#[test]
fn vat_number_prefix_language_and_legal_form_are_those_of_the_country() {
    for company in full().list("company", "true", "name,legal_name,country,vat_number,phone,language,relationships") {
        let (_, vat, prefix, languages, forms) = LANDS.iter().find(|l| l.0 == text(&company, "country")).unwrap();
        let name = text(&company, "name");
        assert!(text(&company, "vat_number").starts_with(vat) && (vat.is_empty() || text(&company, "vat_number").len() > 7), "{company}");
        assert!(text(&company, "phone").starts_with(prefix), "{name}: {}", text(&company, "phone"));
        assert!(languages.contains(&text(&company, "language")), "{name}");
        let is_public = company["relationships"].as_array().is_some_and(|r| r.iter().any(|x| x == "authority" || x == "press"));
        assert!(is_public || forms.iter().any(|f| text(&company, "legal_name").ends_with(f)), "{name}: {}", text(&company, "legal_name"));
    }
}

#[test]
fn the_dialling_prefix_is_that_of_the_town() {
    let mut towns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for company in full().list("company", "country == \"IT\"", "city,phone") {
        let digits: String = text(&company, "phone").chars().filter(char::is_ascii_digit).collect();
        let area = if digits.starts_with("3902") || digits.starts_with("3906") { &digits[..4] } else { &digits[..5] };
        towns.entry(text(&company, "city").to_string()).or_default().insert(area.to_string());
    }
    assert!(towns.len() > 20, "{} towns", towns.len());
    assert!(towns.values().all(|areas| areas.len() == 1), "{towns:?}");
    assert_eq!(towns["Trento"], BTreeSet::from(["39046".to_string()]));
}

#[test]
fn people_write_from_the_domain_of_their_company() {
    let rows = full().texts(
        "select e.address, d.text, c.phonetic_name from contact c join contact__emails e on e.record = c.id and e.state <> 'retired'
         join company__domains d on d.record = c.company",
        3,
    );
    let wrong: Vec<&Vec<String>> = rows.iter().filter(|r| !r[0].ends_with(&format!("@{}", r[1]))).collect();
    // A double has an address at the other spelling of its firm.
    assert!(rows.len() > 1_200 && wrong.len() <= 1, "{wrong:?}");
    assert!(
        full().texts("select address, kind from contact__emails", 2).iter().all(|r| r[0].ends_with(".example")),
        "nobody can be written to by mistake"
    );
}

#[test]
fn the_name_of_a_deal_names_what_its_first_line_is() {
    let desk = full();
    let rows = desk.texts(
        "select d.name, p.name, p.family from deal d join deal_line l on l.deal = d.id and l.position = 0 join product p on p.id = l.product", 3);
    let said: &[(&str, &[&str])] = &[
        ("Cold cabinets", &["cabinet", "Kühl", "Vitrine", "vetrin", "冷柜", "冷藏柜", "陈列柜", "Display"]),
        ("Gelato machines", &["acchin", "Eis", "冰淇淋", "aborator", "Gelato"]),
        ("Probes and gateways", &["onde", "empera", "HACCP", "Fühler", "rober", "robe", "探头", "温度", "监测"]),
        ("Monitoring", &["onitor", "Überwachung", "Abbonamento", "监测", "续"]),
        ("Maintenance", &["Contratto", "anutenzione", "Wartung", "aintenance", "ervice", "保养"]),
        ("Spare parts", &["kit", "Kit", "Reinigung", "清洁", "Ricambi", "Spare", "supply", "Ersatz", "Nachlieferung", "备件", "Fornitura"]),
    ];
    let short = |name: &str| {
        name.rsplit_once(' ').map_or(name.to_string(), |_| {
            let words: Vec<&str> = name.split(' ').collect();
            words[words.len().saturating_sub(2)..].join(" ")
        })
    };
    let fits = |row: &Vec<String>| {
        let words = said.iter().find(|(family, _)| *family == row[2]).map_or(&[][..], |(_, words)| *words);
        row[0].contains(&short(&row[1])) || row[0].contains(row[1].rsplit(' ').next().unwrap()) || words.iter().any(|w| row[0].contains(w))
    };
    let wrong: Vec<&String> = rows.iter().filter(|r| !fits(r)).map(|r| &r[0]).collect();
    // Stories name a few by what the customer calls them.
    assert!(rows.len() == 2_000 && wrong.len() <= 12, "{} of {}: {wrong:?}", wrong.len(), rows.len());
}

#[test]
fn nobody_works_on_sundays() {
    let desk = full();
    let zones: BTreeMap<String, TimeZone> =
        desk.texts("select name, time_zone from \"user\"", 2).into_iter().map(|r| (r[0].clone(), TimeZone::get(&r[1]).unwrap())).collect();
    let sunday =
        |row: &&Vec<String>| Instant::from_micros(row[1].parse().unwrap()).date_in(&zones[&row[0]]).civil().weekday() == Weekday::Sunday;
    let events =
        desk.texts("select u.name, cast(e.recorded_at as text), e.object, e.kind from event e join \"user\" u on u.id = e.actor_id", 4);
    let done = desk.texts("select u.name, cast(a.done_at as text), a.kind, a.subject from activity a join \"user\" u on u.id = a.owner where a.done_at is not null and (a.direction is null or a.direction <> 'incoming')", 4);
    for all in [&events, &done] {
        let wrong: Vec<_> = all.iter().filter(sunday).take(5).collect();
        assert!(all.len() > 10_000 && wrong.is_empty(), "{wrong:?}");
    }
}

#[test]
fn the_log_is_in_the_order_of_time_and_nothing_lies_ahead() {
    let desk = full();
    let late = "select count(*) from (select recorded_at, max(recorded_at) over (order by rid rows between unbounded preceding and 1 preceding) as before from event where origin_id is not null) x where recorded_at < before";
    assert_eq!(desk.number(late), 0);
    let now = Instant::now().micros();
    for (table, column) in
        [("event", "recorded_at"), ("activity", "done_at"), ("deal", "closed_at"), ("lead", "created_at"), ("contact", "created_at")]
    {
        assert_eq!(desk.number(&format!("select count(*) from {table} where {column} > {now}")), 0, "{table}.{column}");
    }
    assert_eq!(desk.number("select count(*) from event where origin_id is null and object <> 'role'"), 0, "everything carries its origin");
    assert_eq!(desk.number("select count(distinct origin_id) from event"), 1);
}

#[test]
fn nothing_happens_with_what_is_not_there_yet() {
    let desk = full();
    for (object, least) in [("deal", 5_000), ("contact", 9_000), ("lead", 400)] {
        let all = format!("from activity a join activity__about b on b.record = a.id join {object} r on r.id = b.target");
        assert!(desk.number(&format!("select count(*) {all}")) > least, "{object}");
        // A first mail may be older than what it leads to: the conversion of a lead takes it along.
        let early = format!(
            "select count(*) {all} where a.done_at < r.created_at - 60000000 and not exists (select 1 from activity__about l where l.record = a.id and l.object = 'lead')"
        );
        assert_eq!(desk.number(&early), 0, "{object}");
    }
    assert_eq!(desk.number("select count(*) from deal d join company c on c.id = d.company where d.created_at < c.created_at"), 0);
    assert_eq!(desk.number("select count(*) from deal where closed_at < created_at or stage_since < created_at"), 0);
}

#[test]
fn the_last_touch_agrees_with_the_pulse() {
    let desk = full();
    let now = Instant::now();
    let weeks = |item: &Json| item["pulse"].as_array().map(|w| w.iter().map(|n| n.as_i64().unwrap()).collect::<Vec<i64>>());
    let mut alive = 0;
    for company in desk.list("company", "true", "name,pulse,touches,last_touch_at") {
        let last = company["last_touch_at"].as_str().map(|t| t.parse::<Instant>().unwrap());
        match weeks(&company) {
            Some(pulse) if pulse.iter().any(|n| *n > 0) => {
                alive += 1;
                assert_eq!(pulse.iter().sum::<i64>(), company["touches"].as_i64().unwrap(), "{company}");
                let ago = (now.micros() - last.unwrap().micros()) / (7 * 86_400_000_000);
                let silent = pulse.iter().rev().take_while(|n| **n == 0).count() as i64;
                assert!((silent - 1..=silent).contains(&ago) || silent == ago, "{company}: silent {silent} weeks, last {ago}");
            }
            _ => assert!(last.is_none_or(|l| now.micros() - l.micros() > 76 * 86_400_000_000), "{company}"),
        }
    }
    assert!(alive > 230, "{alive} companies were in touch of late");
}

#[test]
fn texts_are_in_four_languages_and_hardly_ever_twice_the_same() {
    let desk: Desk = full();
    let bodies = desk.texts(
        "select a.body, u.name from activity a join \"user\" u on u.id = a.owner where a.body is not null and length(a.body) > 30",
        2,
    );
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    bodies.iter().for_each(|row| *seen.entry(row[0].as_str()).or_default() += 1);
    near(seen.len() as f64 / bodies.len() as f64, 0.9, 0.1, "texts of their own");
    let han = |t: &str| t.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(bodies.iter().filter(|r| r[1].contains("李婷")).all(|r| han(&r[0])), "李婷 writes Chinese");
    assert!(bodies.iter().all(|r| !r[0].contains(['<', '>', '{', '}', '|'])), "no pattern shows through");
    assert!(
        desk.texts("select name, subject from (select name, null as subject from deal union all select subject, kind from activity) x", 2)
            .iter()
            .all(|r| !r[0].contains(['<', '{', '|']))
    );
}
