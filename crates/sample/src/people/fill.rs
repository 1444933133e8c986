//! Draws people: names of their language, titles of their trade, addresses of their company.

use base::Date;

use super::{Contact, Position};
use crate::calendar::{first_working, last_working};
use crate::companies::Company;
use crate::shelf::No;
use crate::staff::Staff;
use crate::tables::{self, Word, names, some_place, titles};
use crate::world::World;

const PRIVATE: usize = 120;
const ALL: usize = 1_500;
const CHINESE: usize = 210;
const RANKS: &[(&str, u32)] = &[("owner", 14), ("director", 16), ("manager", 30), ("specialist", 24), ("staff", 16)];
const PREFERENCES: &[&str] = &[
    "Calls only before 10 o'clock",
    "Prefers short mails with figures",
    "Wants the price per year, not per month",
    "Always asks for references nearby",
    "Preferisce WhatsApp, mai al telefono durante il servizio",
    "Vuole sempre il preventivo in PDF e cartaceo",
    "Bitte immer per E-Mail bestätigen",
    "Nur vormittags erreichbar",
    "微信联系最方便",
    "上午不接电话",
    "Speaks English, replies in Italian",
    "Likes to see machines running before he decides",
];

/// What a story says of a person; the rest is drawn.
#[derive(Default)]
pub struct Draft {
    pub first: &'static str,
    pub last: &'static str,
    pub title: &'static str,
    pub seniority: &'static str,
}

pub fn fill(world: &mut World) {
    let companies: Vec<No<Company>> = world.companies.numbers().collect();
    for no in &companies {
        let wanted = world.companies[*no].contacts.len().max(1);
        while world.companies[*no].contacts.len() < wanted {
            draw(world, *no);
        }
    }
    let chinese: Vec<No<Company>> = companies.iter().copied().filter(|no| world.companies[*no].is_chinese()).collect();
    let others: Vec<No<Company>> = companies.iter().copied().filter(|no| !world.companies[*no].is_chinese()).collect();
    // One of them stands there in Latin letters alone, as the double of another.
    spread(world, &chinese, world.size.of(CHINESE) + 1);
    spread(world, &others, world.size.of(ALL) - world.size.of(PRIVATE) - world.size.of(CHINESE) - 1);
    let present = world.contacts.find(|c| c.company.is_none()).len();
    for _ in present..world.size.of(PRIVATE) {
        private(world);
    }
    dirt(world);
    moves(world);
    second_positions(world);
    forgotten(world);
}

/// Adds people to the companies, more to the greater ones, until so many are there.
fn spread(world: &mut World, companies: &[No<Company>], wanted: usize) {
    let room = |c: &Company| match (c.trade, c.employees) {
        ("rival", _) => 1,
        ("parlour" | "pharmacy", ..=20) => 4,
        (_, ..=15) => 4,
        (_, ..=60) => 8,
        (_, ..=250) => 12,
        _ => 18,
    };
    let mut present: usize = companies.iter().map(|no| world.companies[*no].contacts.len()).sum();
    let mut chances: Vec<(No<Company>, u32)> = companies.iter().map(|no| (*no, room(&world.companies[*no]))).collect();
    while present < wanted {
        let Some(no) = world.dice.weighted(&chances) else { return };
        let company = &world.companies[no];
        let limit = usize::try_from(room(company) * 2).unwrap_or(2);
        if company.trade == "rival" || company.contacts.len() >= limit {
            chances.retain(|(other, _)| *other != no);
            continue;
        }
        draw(world, no);
        present += 1;
    }
}

fn draw(world: &mut World, company: No<Company>) {
    let language = world.companies[company].place.language;
    let seniority = if world.companies[company].contacts.is_empty() && world.companies[company].employees < 60 {
        "owner"
    } else {
        world.dice.weighted(RANKS).unwrap_or("manager")
    };
    let trade = world.companies[company].trade;
    let all: Vec<&'static str> = titles(language, seniority).iter().copied().filter(|title| suits(title, trade)).collect();
    let title = world.dice.word(&all);
    add(world, Some(company), &Draft { title, seniority, ..Draft::default() });
}

/// Titles of one trade alone.
fn suits(title: &str, trade: &str) -> bool {
    let is_any = |words: &[&str]| words.iter().any(|w| title.contains(w));
    if is_any(&["elatiere", "glacier", "Glacier", "heladero"]) {
        return trade == "parlour";
    }
    if is_any(&["armacist", "Apotheker", "Pharmacien", "药师"]) {
        return trade == "pharmacy";
    }
    if is_any(&[
        "pasticcere",
        "pâtissier",
        "Konditor",
        "Pastry",
        "Cukrář",
        "chef",
        "Chef",
        "kuchni",
        "kuchař",
        "Küchenchef",
        "F&B",
        "beverage",
        "餐饮",
    ]) {
        return matches!(trade, "hotel" | "restaurant" | "parlour" | "maker" | "energy");
    }
    !(is_any(&["Reception", "Rezeption", "Front desk", "Hoteldirektor", "前台"]) && trade != "hotel")
}

/// Titles of men and women.
const PAIRS: &[(&str, &str)] = &[
    ("Inhaber", "Inhaberin"),
    ("Geschäftsführer", "Geschäftsführerin"),
    ("Einkaufsleiter", "Einkaufsleiterin"),
    ("Betriebsleiter", "Betriebsleiterin"),
    ("Hoteldirektor", "Hoteldirektorin"),
    ("Küchenchef", "Küchenchefin"),
    ("Konditormeister", "Konditormeisterin"),
    ("Apotheker", "Apothekerin"),
    ("Kältetechniker", "Kältetechnikerin"),
    ("Disponent", "Disponentin"),
    ("Gérant", "Gérante"),
    ("Directeur général", "Directrice générale"),
    ("Directeur des achats", "Directrice des achats"),
    ("Chef pâtissier", "Cheffe pâtissière"),
    ("Pharmacien", "Pharmacienne"),
    ("Assistant de direction", "Assistante de direction"),
    ("Socio", "Socia"),
    ("Direttore generale", "Direttrice generale"),
    ("Direttore operativo", "Direttrice operativa"),
    ("Direttore acquisti", "Direttrice acquisti"),
    ("Direttore tecnico", "Direttrice tecnica"),
    ("Capo pasticcere", "Capo pasticcera"),
    ("Tecnico del freddo", "Tecnica del freddo"),
    ("Gelatiere", "Gelatiera"),
    ("Maestro gelatiere e titolare", "Maestra gelatiera e titolare"),
    ("Właściciel", "Właścicielka"),
    ("Dyrektor", "Dyrektorka"),
    ("Kierownik zakupów", "Kierowniczka zakupów"),
    ("Majitel", "Majitelka"),
    ("Jednatel", "Jednatelka"),
    ("Ředitel", "Ředitelka"),
    ("Vedoucí nákupu", "Vedoucí nákupu"),
    ("Šéfkuchař", "Šéfkuchařka"),
    ("Cukrář", "Cukrářka"),
    ("Propietario", "Propietaria"),
    ("Director general", "Directora general"),
    ("Jefe de compras", "Jefa de compras"),
    ("Jefe de mantenimiento", "Jefa de mantenimiento"),
    ("Maestro heladero", "Maestra heladera"),
];

/// The title as it is said of a man or a woman.
fn said_of(title: &'static str, is_woman: bool) -> &'static str {
    let pair = PAIRS.iter().find(|(his, hers)| *his == title || *hers == title);
    pair.map_or(title, |(his, hers)| if is_woman { hers } else { his })
}

/// A person of a company or on his own.
pub fn add(world: &mut World, company: Option<No<Company>>, draft: &Draft) -> No<Contact> {
    let place = match company {
        Some(no) => world.companies[no].place,
        None => some_place(&mut world.dice, "IT"),
    };
    let mut contact =
        Contact { company, place, language: place.language, title: draft.title, seniority: draft.seniority, ..Contact::default() };
    if draft.last.is_empty() {
        name(world, &mut contact);
        contact.title = said_of(draft.title, contact.is_woman);
    } else {
        (contact.first, contact.last, contact.is_cast) = (draft.first.to_string(), draft.last.to_string(), true);
        contact.is_woman = names(place.language).female.iter().any(|w| w.text == draft.first);
    }
    contact.prefix = match (contact.language, contact.seniority) {
        ("it", "director") if world.dice.percent(30) => Some(if contact.is_woman { "Dott.ssa" } else { "Ing." }),
        ("de", "director") if world.dice.percent(30) => Some("Dr."),
        _ => None,
    };
    addresses(world, &mut contact);
    contact.owner = company.and_then(|no| world.companies[no].owner);
    contact.created = created(world, company).into();
    contact.source = company.map(|no| world.companies[no].source);
    contact.preferences = world.dice.percent(6).then(|| world.dice.word(PREFERENCES));
    let no = world.contacts.put(contact);
    if let Some(company) = company {
        world.companies[company].contacts.push(no);
    }
    no
}

/// The first of a company came with it, the others one after another.
fn created(world: &mut World, company: Option<No<Company>>) -> Date {
    let calendar = &world.calendar;
    let Some(no) = company else { return first_working(calendar.start.plus_days(world.dice.between(60, 1_150))) };
    let begin = *world.companies[no].created;
    let span = i64::from(calendar.today.days() - begin.days()) * 9 / 10;
    if world.companies[no].contacts.is_empty() || world.dice.percent(45) {
        return begin;
    }
    first_working(begin.plus_days(world.dice.between(1, span.max(1)))).min(calendar.before(calendar.today))
}

fn name(world: &mut World, contact: &mut Contact) {
    let all = names(contact.language);
    contact.is_woman = world.dice.percent(46);
    let blank = Word { text: "Dolce", latin: "Dolce" };
    for _ in 0..60 {
        let first = world.dice.pick(if contact.is_woman { &all.female } else { &all.male }).unwrap_or(blank);
        let last = world.dice.pick(&all.last).unwrap_or(blank);
        (contact.first, contact.last) = (first.text.to_string(), surname(last.text, contact.language, contact.is_woman));
        if contact.language == "zh" {
            contact.native = Some(format!("{}{}", last.text, first.text));
            contact.pinyin = Some(format!("{} {}", last.latin, first.latin));
            contact.is_latin = contact.place.country == "HK" || world.dice.percent(8);
            if contact.is_latin {
                (contact.first, contact.last) = (first.latin.to_string(), last.latin.to_string());
            }
        }
        // Two people of the same name are rare; the stories bring the pairs that matter.
        if !world.contacts.iter().any(|(_, c)| c.first == contact.first && c.last == contact.last)
            || contact.language == "zh" && world.dice.percent(20)
        {
            return;
        }
    }
}

/// Czech and Polish family names of women have endings of their own.
fn surname(last: &str, language: &str, is_woman: bool) -> String {
    match (language, is_woman) {
        ("cs", true) if last.ends_with('ý') => format!("{}á", last.trim_end_matches('ý')),
        ("cs", true) if last.ends_with('a') => format!("{}ová", last.trim_end_matches('a')),
        ("cs", true) => format!("{last}ová"),
        ("pl", true) if last.ends_with("ski") || last.ends_with("cki") => format!("{}a", last.trim_end_matches('i')),
        _ => last.to_string(),
    }
}

/// Latin letters of a name in any script.
fn letters(name: &str) -> String {
    let plain = tables::plain(name);
    if plain.is_empty() { tables::plain(&base::text::pinyin(name).unwrap_or_default()) } else { plain }
}

/// Mail at the company's domain, a direct line with its prefix, a mobile phone now and then.
fn addresses(world: &mut World, contact: &mut Contact) {
    let (first, last) = match &contact.pinyin {
        Some(pinyin) => {
            let (last, first) = pinyin.split_once(' ').unwrap_or(("", pinyin));
            (tables::plain(first), tables::plain(last))
        }
        None => (letters(&contact.first), letters(&contact.last)),
    };
    let domain = contact.company.map_or_else(|| "posta-mia.example".to_string(), |no| world.companies[no].domain.clone());
    let mut address = format!("{first}.{last}@{domain}");
    if world.contacts.iter().any(|(_, c)| c.email.as_deref() == Some(&address)) {
        address = format!("{first}.{last}{}@{domain}", world.contacts.len() % 90 + 10);
    }
    contact.email = Some(address);
    contact.phone = contact.company.map(|_| tables::phone(&mut world.dice, &contact.place));
    let has_mobile = contact.company.is_none() || world.dice.percent(45);
    contact.mobile = has_mobile.then(|| tables::mobile(&mut world.dice, contact.place.country));
}

/// People who plan a shop of their own, or buy for their home.
fn private(world: &mut World) {
    let no = add(world, None, &Draft { seniority: "owner", ..Draft::default() });
    let shares: &[(Staff, u32)] = &[(Staff::Marco, 4), (Staff::Luca, 3), (Staff::Sofia, 3), (Staff::Marta, 2)];
    let owner = world.dice.weighted(shares);
    let source = world.dice.word(&["web_form", "web_form", "trade_fair", "advertising", "referral"]);
    let contact = &mut world.contacts[no];
    (contact.owner, contact.source, contact.seniority) = (owner, Some(source), "");
}

/// Every seventh lacks an address or a number; some numbers are wrong.
fn dirt(world: &mut World) {
    let mut all = world.contacts.find(|c| !c.is_cast);
    world.dice.shuffle(&mut all);
    for (at, no) in all.iter().take(world.size.of(ALL * 14 / 100)).enumerate() {
        let contact = &mut world.contacts[*no];
        if at % 2 == 0 {
            contact.email = None;
        } else {
            (contact.phone, contact.mobile) = (None, None);
        }
    }
    let reachable = all.into_iter().filter(|no| world.contacts[*no].phone.is_some() && world.contacts[*no].email.is_some());
    for no in reachable.take(world.size.of(23)).collect::<Vec<_>>() {
        world.contacts[no].has_wrong_number = true;
    }
}

/// Twelve changed employer within their country.
fn moves(world: &mut World) {
    let wanted = world.size.of(12).saturating_sub(world.contacts.find(|c| c.moved.is_some()).len());
    let mut all = world.contacts.find(|c| !c.is_cast && c.company.is_some() && c.seniority != "owner");
    world.dice.shuffle(&mut all);
    let mut done = 0;
    for no in all {
        if done == wanted {
            return;
        }
        let (country, present, created) = (world.contacts[no].place.country, world.contacts[no].company, world.contacts[no].created);
        let when = last_working(world.calendar.ago(world.dice.between(40, 700)));
        let others = world.companies.find(|c| c.place.country == country && !c.is_cast && c.is_buyer() && c.exists(when));
        if let Some(to) = world.dice.pick(&others).filter(|to| Some(*to) != present && *created < when.plus_days(-60)) {
            world.contacts[no].moved = Some((when, to, world.contacts[no].title));
            world.contacts[no].is_cast = true;
            done += 1;
        }
    }
}

/// Forty hold a second position: on a board, as a consultant, in a firm of their own.
fn second_positions(world: &mut World) {
    let mut all = world.contacts.find(|c| c.company.is_some() && c.moved.is_none() && !c.is_cast);
    world.dice.shuffle(&mut all);
    for no in all {
        if world.positions.len() >= world.size.of(40) {
            return;
        }
        let (country, own) = (world.contacts[no].place.country, world.contacts[no].company);
        let others = world.companies.find(|c| c.place.country == country && c.is_buyer());
        let Some(company) = world.dice.pick(&others).filter(|c| Some(*c) != own) else { continue };
        let (tie, rank) =
            world.dice.pick(&[("consultant", "specialist"), ("board", "director"), ("owner", "owner")]).unwrap_or(("board", "director"));
        let title = world.dice.word(titles(world.contacts[no].language, rank));
        let begin = *world.contacts[no].created.max(world.companies[company].created);
        let by = world.contacts[no].owner.unwrap_or_default();
        let started = last_working(begin.plus_days(world.dice.between(0, 200)).min(world.calendar.ago(20)));
        if started > begin {
            world.positions.push(Position { contact: no, company, title, tie, started, by });
        }
    }
}

/// Thirty-one with whom nobody has been in touch for a year and a half.
fn forgotten(world: &mut World) {
    let limit = world.calendar.ago(700);
    let mut all = world.contacts.find(|c| !c.is_cast && c.moved.is_none() && c.company.is_some() && *c.created < limit);
    all.retain(|no| {
        world.contacts[*no].company.is_some_and(|c| !world.companies[c].is_quiet && world.companies[c].contacts.first() != Some(no))
    });
    world.dice.shuffle(&mut all);
    for no in all.into_iter().take(world.size.of(31)) {
        world.contacts[no].is_forgotten = true;
    }
}

/// Nobody was known before his company, and the first came with it: stories may have moved a company's beginning.
pub fn settle(world: &mut World) {
    for no in world.companies.numbers() {
        let begin = world.companies[no].created;
        let people = world.companies[no].contacts.clone();
        for (at, contact) in people.into_iter().enumerate() {
            let contact = &mut world.contacts[contact];
            contact.created = if at == 0 { begin } else { contact.created.max(begin) };
        }
    }
}
