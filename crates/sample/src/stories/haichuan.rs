//! 宁波海川制冷 sells compressors to us and buys our monitoring: supplier and customer on one record.

use super::{Win, won};
use crate::activities::{Activity, moment, put};
use crate::staff::Staff;
use crate::world::World;

const NAME: &str = "宁波海川制冷";

pub fn deals(world: &mut World) {
    let win = |days_ago, sum, quantity| Win { company: NAME, days_ago, sum, code: "PRB-TH", quantity, source: "partner" };
    won(world, win(610, 128_000, 90));
    if world.size.is_full() {
        won(world, win(240, 164_000, 120));
    }
    if let Some(company) = world.company(NAME) {
        world.companies[company].description = Some("压缩机供应商（2016年起），同时在自有冷库使用我们的监测系统。Supplier of compressors since 2016; monitors its own cold stores with our probes.".into());
    }
}

/// Orders and deliveries, beside what a customer gets.
pub fn activities(world: &mut World) {
    let Some(company) = world.company(NAME) else { return };
    let start = world.calendar.start;
    for _ in 0..world.size.of(26) {
        let from = world.calendar.ago(700);
        let at = moment(world, Staff::Chen, from.max(start.plus_days(9)), world.calendar.before(world.calendar.today));
        let people = crate::deals::known(world, company, Staff::Chen.day_of(at));
        let contact = world.dice.pick(&people);
        let kind = world.dice.word(&["call", "email", "email", "note"]);
        put(world, Activity { kind, phase: "supplier", owner: Staff::Chen, at, company: Some(company), contact, ..Activity::default() });
    }
}
