//! A slip mended: a file put nine Tyrolean firms into Italy; the next day they were put right together.

use serde_json::json;

use crate::calendar::first_working;
use crate::companies::{self, Company};
use crate::leads::FAIR;
use crate::shelf::No;
use crate::staff::Staff;
use crate::step::Step;
use crate::world::World;

/// The number of the one act that mended all.
const ACT: u32 = 1;

fn firms(world: &World) -> Vec<No<Company>> {
    world.companies.find(|c| c.is_cast && c.place.country == "AT" && c.parent.is_none())
}

pub fn companies(world: &mut World) {
    let day = first_working(world.calendar.ago(FAIR.to - 2));
    for no in firms(world) {
        let company = &mut world.companies[no];
        (company.created, company.is_misplaced, company.source, company.since) = (day.into(), true, "trade_fair", None);
        company.detail = Some(FAIR.detail.to_string());
        company.tags.push("Rimini fair");
    }
}

pub fn edits(world: &mut World) {
    for (at, no) in (0_i64..).zip(firms(world)) {
        let company = &world.companies[no];
        let day = first_working(company.created.plus_days(1));
        let at = world.calendar.at(day, &Staff::Marta.zone(), 9 * 60 + 40).plus_micros(at * 40_000);
        let address = json!({
            "street": company.street, "postal_code": company.place.postal_code, "city": company.place.city, "region": company.place.region, "country": "AT",
        });
        let step = Step::update(
            at,
            Staff::Marta,
            companies::key(no),
            json!({"address": address, "time_zone": "Europe/Vienna", "language": "de", "vat_number": company.vat}),
        );
        world.edits.push(Step { act: ACT, ..step });
    }
}
