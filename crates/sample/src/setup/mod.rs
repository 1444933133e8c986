//! What has to be there before the first customer: people who sign in, currencies, pipelines, products, tags.

pub mod pipelines;
pub mod products;
pub mod rates;

use base::Instant;
use serde_json::{Map, Value as Json, json};

use crate::staff::{CARDS, Staff, TEAMS};
use crate::step::{By, Key, Step, What, filled};
use crate::world::World;

pub const TAGS: &[(&str, &str)] = &[
    ("Key account", "plum"),
    ("VIP", "ochre"),
    ("Reference", "pine"),
    ("Rimini fair", "apricot"),
    ("Do not rush", "sand"),
    ("Leasing", "sky"),
    ("Price sensitive", "rose"),
];

pub fn user(staff: Staff) -> Key {
    Key::new("user", staff.number())
}

pub fn tag(name: &str) -> Option<Key> {
    TAGS.iter().zip(0..).find(|((tag, _), _)| *tag == name).map(|(_, n)| Key::new("tag", n))
}

/// Records of this room in the order in which they need each other, one a second from the first moment.
pub fn steps(world: &World, steps: &mut Vec<Step>) {
    let mut keys: Vec<Key> = Vec::new();
    let mut all =
        |object: &'static str, count: usize| keys.extend((0..count).filter_map(|n| Some(Key::new(object, u32::try_from(n).ok()?))));
    all("team", TEAMS.len());
    all("user", CARDS.len());
    all("currency", rates::CURRENCIES.len());
    all("exchange_rate", rates::all(world).len());
    all("tag", TAGS.len());
    all("pipeline", pipelines::PIPELINES.len());
    all("stage", pipelines::stages().count());
    all("product", products::all().len());
    let begin = first_moment(world);
    for (n, key) in (0_i64..).zip(keys) {
        steps.push(Step { at: begin.plus_micros(n * 1_000_000), by: By::Nobody, what: What::Create(key), act: 0 });
    }
    let leaders = TEAMS.iter().zip(0..).filter_map(|((_, _, lead, _), n)| Some((n, (*lead)?)));
    for (n, lead) in leaders {
        let lead = json!({"lead": user(lead).link()});
        steps.push(Step::update(begin.plus_micros(900_000_000), Staff::Nadia, Key::new("team", n), lead).by_nobody());
    }
    for card in CARDS {
        if let Some(manager) = card.manager {
            let manager = json!({"manager": user(manager).link()});
            steps.push(Step::update(begin.plus_micros(901_000_000), Staff::Nadia, user(card.staff), manager).by_nobody());
        }
    }
}

/// Before anybody wrote anything.
pub fn first_moment(world: &World) -> Instant {
    world.calendar.start.plus_days(-5).start_in(&world.calendar.zone).plus_micros(8 * 3_600 * 1_000_000)
}

pub fn team_record(number: u32) -> Map<String, Json> {
    let found = TEAMS.iter().zip(0_u32..).find(|(_, n)| *n == number);
    let Some(((_, name, _, territory), _)) = found else { return Map::new() };
    let parent = if number == 0 { Json::Null } else { Key::new("team", 0).link() };
    filled(json!({"name": name, "parent": parent, "territory": territory}))
}

/// `roles` are put in by the writer, who knows their ids.
pub fn user_record(number: u32) -> Map<String, Json> {
    let found = CARDS.iter().zip(0_u32..).find(|(_, n)| *n == number);
    let Some((card, _)) = found else { return Map::new() };
    filled(json!({
        "name": card.name, "first_name": card.first, "last_name": card.last, "email": card.staff.email(), "status": "active",
        "job_title": card.title, "team": Key::new("team", card.team.number()).link(), "language": card.language,
        "locale": card.locale, "time_zone": card.zone, "week_start": "monday",
        "phones": [{"number": format!("+39 0461 7200{:02}", number + 10), "kind": "office"}],
    }))
}

pub fn tag_record(number: u32) -> Map<String, Json> {
    let found = TAGS.iter().zip(0_u32..).find(|(_, n)| *n == number);
    found.map_or_else(Map::new, |((name, hue), _)| filled(json!({"name": name, "hue": hue})))
}
