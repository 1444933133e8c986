//! The whale: one deal of 江南鲜配 is nearly half of what China may bring, and has been put off four times.

use super::put;
use crate::activities::{Activity, moment, put as done};
use crate::calendar::last_working;
use crate::deals::{Deal, Fate, exact};
use crate::setup::pipelines::Pipe;
use crate::staff::Staff;
use crate::world::World;

const NAME: &str = "江南鲜配";
const SLIPS: i64 = 4;
/// Days ago of the first talk.
const BEGUN: i64 = 335;

pub fn companies(world: &mut World) {
    if let Some(company) = world.company(NAME) {
        world.companies[company].created = last_working(world.calendar.ago(BEGUN + 20)).into();
    }
}

pub fn deals(world: &mut World) {
    let Some(company) = world.company(NAME) else { return };
    let calendar = &world.calendar;
    let begun = last_working(calendar.ago(BEGUN));
    let expected = calendar.today.plus_days(40);
    let slips = (1..=SLIPS).map(|n| {
        let day = last_working(calendar.ago(250 - n * 55));
        (calendar.at(day, &Staff::Chen.zone(), 10 * 60 + 15), expected.plus_days(-(SLIPS - n) * 62))
    });
    let deal = Deal {
        pipe: Pipe::China,
        fate: Fate::Open(3),
        company: Some(company),
        source: "cold_call",
        currency: "CNY",
        target: 3_200_000,
        begun: begun.into(),
        days_in_stage: Some(48),
        expected: expected.plus_days(-SLIPS * 62).into(),
        slips: slips.collect(),
        lines: exact("CNY", "GTW-050", 600, 3_200_000),
        name: "全国冷链仓监测，600个网关".into(),
        next_step: Some("等第三方GSP验证报告；董事会下月再议".into()),
        need: Some("28个冷链仓统一监测，数据进集团平台，微信报警。".into()),
        tags: vec!["Key account"],
        ..Deal::default()
    };
    let no = put(world, deal);
    world.deals[no].is_silent = true;
}

pub fn activities(world: &mut World) {
    let Some(deal) = world.deals.find(|d| d.target == 3_200_000).first().copied() else { return };
    let (company, contact, begun) = (world.deals[deal].company, world.deals[deal].contact, *world.deals[deal].begun);
    for _ in 0..world.size.of(22) {
        let at = moment(world, Staff::Chen, begun.plus_days(3), world.calendar.before(world.calendar.today));
        let phase = world.dice.word(&["discovery", "proposal", "negotiation", "negotiation"]);
        done(world, Activity { phase, owner: Staff::Chen, at, company, contact, deal: Some(deal), ..Activity::default() });
    }
}
