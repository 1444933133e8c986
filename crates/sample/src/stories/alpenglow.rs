//! Key account Alpenglow: no part of the group is among the ten greatest customers, together they are the first.

use super::{Win, near_quarter_end, put, won};
use crate::deals::{Deal, Fate, base_amount, exact};
use crate::setup::pipelines::Pipe;
use crate::setup::rates;
use crate::world::World;

/// What the group bought, in euro.
const TOGETHER: i64 = 486_000;
const SUZHOU: &str = "雪映酒店管理";

/// Company, days ago, euro, product, how many.
const WINS: &[(&str, i64, i64, &str, i64)] = &[
    ("Alpenglow Holding", 890, 21_000, "GTW-050", 30),
    ("Alpenglow Holding", 410, 17_000, "VTR-120", 3),
    ("Alpenglow Genova", 980, 16_000, "VTR-070", 5),
    ("Alpenglow Genova", 720, 24_500, "GEL-007", 3),
    ("Alpenglow Genova", 505, 13_500, "ARM-140", 2),
    ("Alpenglow Genova", 330, 20_000, "VTR-150", 3),
    ("Alpenglow Genova", 95, 18_000, "GEL-020", 1),
    ("Alpenglow Verona", 1_010, 19_000, "VTR-090", 5),
    ("Alpenglow Verona", 690, 31_000, "ARM-200", 3),
    ("Alpenglow Verona", 420, 22_000, "GEL-012", 2),
    ("Alpenglow Verona", 160, 24_000, "VTR-180", 3),
    ("Alpenglow Ibérica", 640, 26_000, "VTR-150", 4),
    ("Alpenglow Ibérica", 390, 28_000, "GEL-030", 1),
    ("Alpenglow Ibérica", 120, 30_000, "ARM-140", 5),
    ("Alpenglow Deutschland", 900, 22_000, "VTR-090", 6),
    ("Alpenglow Deutschland", 610, 33_000, "GEL-012", 3),
    ("Alpenglow Deutschland", 350, 18_000, "PRB-TH", 130),
    ("Alpenglow Deutschland", 75, 25_000, "VTR-120", 5),
];
/// Days ago and yuan of the parts in Suzhou but the last, which brings the sum.
const IN_SUZHOU: &[(i64, i64)] = &[(700, 190_000), (380, 230_000)];

pub fn companies(world: &mut World) {
    let group = world.companies.find(|c| c.name.starts_with("Alpenglow") || c.name == SUZHOU);
    for no in group {
        world.companies[no].weight = 0;
        world.companies[no].tags.push("Key account");
    }
}

pub fn deals(world: &mut World) {
    // The small company has a tenth of the deals; the group stays the same.
    let every = if world.size.is_full() { 1 } else { 5 };
    let mut together = 0;
    for (company, days_ago, sum, code, quantity) in WINS.iter().copied().step_by(every) {
        let source = if sum % 7 == 0 { "referral" } else { "existing_customer" };
        let deal = won(world, Win { company, days_ago, sum, code, quantity, source });
        together += deal.map_or(0, |d| base_amount(world, &world.deals[d]));
    }
    if world.size.is_full() {
        suzhou(world, together);
        open(world);
    }
}

/// The last deal in yuan brings the group to its sum in euro.
fn suzhou(world: &mut World, mut together: i64) {
    for (days_ago, sum) in IN_SUZHOU.iter().copied() {
        let deal = won(world, Win { company: SUZHOU, days_ago, sum, code: "VTR-120", quantity: 4, source: "partner" });
        together += deal.map_or(0, |d| base_amount(world, &world.deals[d]));
    }
    let rest = TOGETHER * 100 - together;
    let days_ago = 150;
    let rate = rates::rate("CNY", near_quarter_end(world.calendar.ago(days_ago)));
    let sum = crate::dice::whole(f64::from(i32::try_from(rest).unwrap_or(0)) / rate / 100.0);
    won(world, Win { company: SUZHOU, days_ago, sum, code: "VTR-150", quantity: 3, source: "partner" });
}

fn open(world: &mut World) {
    let Some(company) = world.company("Alpenglow Verona") else { return };
    let deal = Deal {
        pipe: Pipe::Equipment,
        fate: Fate::Open(1),
        company: Some(company),
        source: "existing_customer",
        currency: "EUR",
        target: 26_400,
        lines: exact("EUR", "VTR-150", 3, 26_400),
        name: "Colazioni e piscina, nuova ala".to_string(),
        ..Deal::default()
    };
    put(world, deal);
}
