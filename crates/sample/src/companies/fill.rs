//! Draws the companies that no story names, until every country and kind has its number.

use base::Date;

use super::{Company, country};
use crate::calendar::{first_working, last_working};
use crate::staff::Staff;
use crate::tables::{self, Word, firms, roots, some_place};
use crate::vat::vat_number;
use crate::world::World;

/// Trades of customers and prospects that are no parlours, by frequency.
const TRADES: &[(&str, u32)] =
    &[("hotel", 30), ("restaurant", 15), ("maker", 16), ("dairy", 6), ("pharmacy", 14), ("retail", 7), ("logistics", 5), ("wholesale", 4)];
const CHINESE_TRADES: &[(&str, u32)] =
    &[("wholesale", 40), ("hotel", 20), ("retail", 12), ("maker", 12), ("logistics", 8), ("restaurant", 8)];
const SOURCES: &[(&str, u32)] = &[
    ("web_form", 26),
    ("trade_fair", 22),
    ("referral", 13),
    ("advertising", 8),
    ("partner", 10),
    ("cold_call", 12),
    ("search", 5),
    ("inbound_call", 4),
];

pub fn fill(world: &mut World) {
    for country in country::all() {
        let wanted = |world: &World, at: usize| {
            let count = country.wants(at);
            if world.size.is_full() { count } else { count / 10 + usize::from(count % 10 >= 6) }
        };
        let parlours = wanted(world, 2);
        for (at, relationship) in
            [(1, "customer"), (3, "prospect"), (4, "former_customer"), (5, "partner"), (6, "supplier"), (7, "authority"), (8, "press")]
        {
            for n in 0..wanted(world, at) {
                let trade = match relationship {
                    "customer" if n < parlours => "parlour",
                    "partner" => "wholesale",
                    "supplier" => "components",
                    "authority" | "press" => relationship,
                    "prospect" if world.dice.percent(22) && country.code != "CN" => "parlour",
                    _ if matches!(country.code, "CN" | "HK") => world.dice.weighted(CHINESE_TRADES).unwrap_or("wholesale"),
                    _ => world.dice.weighted(TRADES).unwrap_or("hotel"),
                };
                draw(world, country.code, relationship, trade);
            }
        }
    }
    quiet(world);
}

fn draw(world: &mut World, code: &'static str, relationship: &'static str, trade: &'static str) {
    let place = some_place(&mut world.dice, code);
    let mut company = Company { place, trade, relationships: vec![relationship], ..Company::default() };
    company.employees = head_count(world, trade);
    name(world, &mut company);
    company.owner = Some(owner(world, &company));
    company.weight = match relationship {
        "customer" => 1 + u32::try_from(crate::dice::whole(world.dice.spread(1.4, 0.7))).unwrap_or(1).min(6),
        "former_customer" | "partner" => 2,
        "prospect" => 2,
        _ => 0,
    };
    complete(world, &mut company);
    world.companies.put(company);
}

fn head_count(world: &mut World, trade: &str) -> i64 {
    let median = match trade {
        "parlour" => 7.0,
        "restaurant" => 15.0,
        "pharmacy" => 12.0,
        "hotel" => 55.0,
        "retail" | "logistics" => 180.0,
        "authority" => 90.0,
        _ => 60.0,
    };
    crate::dice::whole(world.dice.spread(median, 0.6)).clamp(2, 3_000)
}

/// A name that nobody has yet, with the legal form of its country.
fn name(world: &mut World, company: &mut Company) {
    let language = company.place.language;
    let patterns = firms(language, company.trade);
    let all = roots(language);
    for attempt in 0..200 {
        let root = world.dice.pick(all).unwrap_or(Word { text: "Dolce", latin: "Dolce" });
        let mut text = world.dice.word(patterns).replace("<r>", root.text);
        if attempt > 60 || text == world.dice.word(patterns) {
            text = format!("{text} {}", company.place.city);
        }
        if language == "zh" && company.trade != "authority" && world.dice.percent(40) {
            text = format!("{}{text}", company.place.city);
        }
        if world.companies.iter().any(|(_, c)| c.name == text) {
            continue;
        }
        company.latin = latin(root, &text, language);
        company.name = text;
        break;
    }
    let form = country::country(company.place.country).form(company.employees);
    if matches!(company.trade, "authority" | "press") {
        company.legal_name = company.name.clone();
    } else if language == "zh" {
        let city = if company.name.starts_with(company.place.city) { "" } else { company.place.city };
        company.legal_name = format!("{city}{}{form}", company.name);
    } else {
        company.legal_name = format!("{} {form}", company.name);
        if !matches!(company.trade, "parlour" | "pharmacy" | "restaurant") || world.dice.percent(20) {
            company.name = company.legal_name.clone();
        }
    }
}

/// Letters for the domain: the name itself, or the root's pinyin with what kind of firm it is.
fn latin(root: Word, text: &str, language: &str) -> String {
    if language != "zh" {
        return text.to_string();
    }
    let kind = [
        ("冰淇淋", "gelato"),
        ("酒店", "hotel"),
        ("食品", "foods"),
        ("物流", "coldchain"),
        ("超市", "market"),
        ("医药", "pharma"),
        ("制冷", "cooling"),
        ("压缩机", "compressor"),
    ];
    let kind = kind.iter().find(|(han, _)| text.contains(han)).map_or("trade", |(_, latin)| latin);
    format!("{} {kind}", root.latin)
}

/// Who looks after it.
fn owner(world: &mut World, company: &Company) -> Staff {
    let relationship = company.relationships.first().copied().unwrap_or_default();
    let shares: &[(Staff, u32)] = match (company.place.country, relationship) {
        (_, "press") => &[(Staff::Marta, 1)],
        ("IT", "supplier" | "authority") => &[(Staff::Davide, 2), (Staff::Nadia, 1)],
        ("IT", _) => &[(Staff::Marco, 34), (Staff::Luca, 30), (Staff::Sofia, 30), (Staff::Giulia, 6)],
        ("DE" | "CH" | "AT", _) => &[(Staff::Jonas, 70), (Staff::Anna, 30)],
        ("PL" | "CZ", _) => &[(Staff::Anna, 1)],
        ("FR" | "ES", _) => &[(Staff::Claire, 1)],
        ("GB" | "IE", _) => &[(Staff::Tom, 60), (Staff::Claire, 40)],
        (_, "partner") => &[(Staff::Chen, 40), (Staff::Ting, 30), (Staff::Lei, 30)],
        _ => &[(Staff::Ting, 42), (Staff::Lei, 40), (Staff::Chen, 18)],
    };
    world.dice.weighted(shares).unwrap_or(Staff::Giulia)
}

/// What agrees with place and name: street, number, domain, VAT number, dates.
pub fn complete(world: &mut World, company: &mut Company) {
    let dice = &mut world.dice;
    company.street = tables::street(dice, company.place.language);
    company.phone = tables::phone(dice, &company.place);
    company.vat = vat_number(dice, company.place.country);
    company.founded = dice.between(1955, 2021);
    if company.domain.is_empty() {
        company.domain = domain(world, company);
    }
    if company.place.country == "CN" || company.place.country == "HK" {
        company.known_as.push(title_case(&company.latin));
    }
    company.source = world.dice.weighted(SOURCES).unwrap_or("web_form");
    dates(world, company);
}

fn domain(world: &World, company: &Company) -> String {
    let base = tables::plain(&company.latin);
    let taken = |domain: &str| world.companies.iter().any(|(_, c)| c.domain == domain);
    let plain = format!("{base}.example");
    if !taken(&plain) {
        return plain;
    }
    let town = tables::plain(&base::text::pinyin(company.place.city).unwrap_or_else(|| company.place.city.to_string()));
    let towns = format!("{base}-{town}.example");
    if taken(&towns) { format!("{base}-{}.example", world.companies.len()) } else { towns }
}

fn title_case(text: &str) -> String {
    let word = |w: &str| w.chars().next().map_or_else(String::new, |c| c.to_uppercase().chain(w.chars().skip(1)).collect());
    text.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

/// Old customers are there from the first day; others came when they first asked.
fn dates(world: &mut World, company: &mut Company) {
    let calendar = &world.calendar;
    let start = calendar.start;
    let span = i64::from(calendar.today.days() - start.days());
    let old = company.is("customer") && world.dice.percent(72)
        || company.is("former_customer")
        || company.is("supplier")
        || company.is("competitor");
    if old || world.dice.percent(if company.is("partner") { 70 } else { 30 }) {
        company.created = first_working(start.plus_days(world.dice.between(0, 4))).into();
    } else {
        company.created = first_working(start.plus_days(world.dice.between(40, span * 8 / 10))).into();
    }
    if company.is("customer") || company.is("former_customer") {
        let since =
            if old { start.plus_days(-world.dice.between(60, 1_800)) } else { company.created.plus_days(world.dice.between(25, 90)) };
        company.since = Some(last_working(since.min(calendar.ago(30))));
    }
    if company.is("former_customer") {
        company.churned = Some(last_working(calendar.ago(world.dice.between(60, 800))));
    }
}

/// Eight customers beside Ester Energia that fell silent ten weeks ago.
fn quiet(world: &mut World) {
    let wanted = world.size.of(9) - 1;
    let mut all = world.companies.find(|c| {
        c.is("customer")
            && c.trade != "parlour"
            && !c.is_cast
            && !c.is_chinese()
            && c.since.is_some_and(|s| s < Date::from_days(world.calendar.today.days() - 500))
    });
    world.dice.shuffle(&mut all);
    for no in all.into_iter().take(wanted) {
        world.companies[no].is_quiet = true;
    }
    if let Some(ester) = world.company("Ester Energia") {
        world.companies[ester].is_quiet = true;
    }
}
