//! A seeded world of contacts, companies and deals in English, Italian and Chinese: the same numbers give the same records.

use base::Date;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Map, Value as Json, json};

const ITALIAN: [&[&str]; 3] = [
    &[
        "Marco", "Giulia", "Luca", "Sofia", "Paola", "Andrea", "Chiara", "Matteo", "Elena", "Davide", "Niccolò", "Noè", "Beatrice",
        "Tommaso",
    ],
    &["Rossi", "Bianchi", "Ferri", "Moretti", "Greco", "Conti", "D'Angelo", "Ricci", "Dalla Torre", "Costa", "Rinaldi", "Sartori", "Villa"],
    &["Trento", "Milano", "Roma", "Torino", "Genova", "Verona", "Forlì", "Cefalù", "Napoli", "Bologna"],
];
const ENGLISH: [&[&str]; 3] = [
    &["Tom", "Helen", "Grace", "Oliver", "Amelia", "Jack", "Emily", "Noah", "Zoë", "Chloé", "Sean", "Ruth", "Owen", "Hannah"],
    &["Reed", "Marsh", "O'Hara", "Smith", "Taylor", "Walker", "Hughes", "Clarke", "Wright", "Green", "Baker", "Cooper", "Ward"],
    &["London", "Bath", "Leeds", "Dublin", "Bristol", "York", "Oxford", "Glasgow", "Cork", "Cardiff"],
];
const CHINESE: [&[&str]; 3] = [
    &["晓明", "婷", "磊", "宇", "静", "伟", "芳", "娜", "强", "丽", "建国", "海燕", "志强", "雪"],
    &["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "徐", "孙"],
    &["上海", "北京", "苏州", "宁波", "广州", "深圳", "杭州", "成都", "南京", "武汉"],
];
const COUNTRIES: [&str; 3] = ["IT", "GB", "CN"];
const FIRMS: &[&str] = &[
    "Ceramiche",
    "Logistics",
    "Energia",
    "Foods",
    "Hotels",
    "Software",
    "Clinics",
    "Tessuti",
    "Meccanica",
    "Systems",
    "冷链",
    "科技",
    "Nautica",
    "Studio",
];
const ROOTS: &[&str] = &[
    "Valsesia",
    "Tramonto",
    "Juniper",
    "Kestrel",
    "Alpenglow",
    "Borgo",
    "Granaio",
    "Levante",
    "Zefiro",
    "Quercia",
    "江南",
    "宁波",
    "Pineta",
    "Ulivo",
];
const TITLES: &[&str] =
    &["Operations director", "Buyer", "Responsabile acquisti", "Direttore", "采购经理", "总经理", "Kitchen lead", "CFO", "Owner"];
const THINGS: &[&str] = &[
    "Cold-chain rollout",
    "Cabinets for the season",
    "Annual support",
    "Manutenzione celle",
    "冷柜项目",
    "Spare parts",
    "Wine club portal",
    "Energy audit",
];

const SOURCES: &[&str] = &["web_form", "referral", "trade_fair", "cold_call", "partner"];

pub struct World {
    random: StdRng,
}

impl World {
    pub fn new(seed: u64) -> Self {
        World { random: StdRng::seed_from_u64(seed) }
    }
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let at = self.random.random_range(0..from.len().max(1));
        from.get(at).copied().unwrap_or_default()
    }
    pub fn below(&mut self, bound: usize) -> usize {
        self.random.random_range(0..bound.max(1))
    }
    pub fn chance(&mut self, percent: u32) -> bool {
        self.random.random_range(0..100) < percent
    }

    /// Six of ten Italian, two English, two Chinese.
    fn people(&mut self) -> (usize, [&'static [&'static str]; 3]) {
        match self.below(10) {
            0..=5 => (0, ITALIAN),
            6..=7 => (1, ENGLISH),
            _ => (2, CHINESE),
        }
    }

    pub fn company(&mut self, number: usize, owner: &str) -> Map<String, Json> {
        let (language, words) = self.people();
        let name = format!("{} {} {number}", self.pick(ROOTS), self.pick(FIRMS));
        let country = COUNTRIES.get(language).copied().unwrap_or("IT");
        object(json!({
            "name": name, "domains": [format!("c{number}.example")], "city": self.pick(words.get(2).copied().unwrap_or(&[])), "country": country,
            "employees": 5 + self.below(4_000), "owner": owner,
        }))
    }

    pub fn contact(&mut self, number: usize, company: Option<&str>, owner: &str) -> Map<String, Json> {
        let (language, words) = self.people();
        let part = |at: usize| words.get(at).copied().unwrap_or(&[]);
        let (first, last, city) = (self.pick(part(0)), self.pick(part(1)), self.pick(part(2)));
        let prefix = ["+39 0461 ", "+44 20 7946 ", "+86 21 5555 "].get(language).copied().unwrap_or("+39 ");
        object(json!({
            "first_name": first, "last_name": last, "name_order": if language == 2 { "family_first" } else { "given_first" },
            "emails": [{"address": format!("p{number}@c{}.example", number / 4), "kind": "work"}],
            "phones": [{"number": format!("{prefix}{:04}", number % 10_000), "kind": "office"}],
            "city": city, "country": COUNTRIES.get(language).copied().unwrap_or("IT"), "job_title": self.pick(TITLES), "company": company,
            "source": self.pick(SOURCES), "owner": owner,
        }))
    }

    pub fn deal(&mut self, number: usize, company: Option<&str>, stage: &str, owner: &str) -> Map<String, Json> {
        let amount = 500 + self.below(90_000);
        let currency = if self.chance(8) { "CNY" } else { "EUR" };
        object(json!({
            "name": format!("{} {number}", self.pick(THINGS)), "company": company, "stage": stage, "owner": owner,
            "amount": {"amount": amount.to_string(), "currency": currency},
            "expected_close": format!("2026-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28)),
            "source": self.pick(SOURCES),
        }))
    }

    pub fn call(&mut self, about: &str, owner: &str) -> Map<String, Json> {
        object(json!({
            "kind": "call", "subject": self.pick(THINGS), "about": [{"object": "contact", "id": about}], "owner": owner,
            "outcome": "connected", "done_at": "2026-10-01T09:00:00Z",
        }))
    }

    /// Something planned, due from ten days before `today` to three weeks after.
    pub fn task(&mut self, about: &str, owner: &str, today: Date) -> Map<String, Json> {
        let days = i64::try_from(self.below(30)).unwrap_or(0) - 10;
        object(json!({
            "kind": "task", "subject": self.pick(THINGS), "about": [{"object": "contact", "id": about}], "owner": owner,
            "due_on": today.plus_days(days).to_string(),
        }))
    }
}

fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}
