//! Records written twice, and two people who only share a name.

use super::{person, put, someone};
use crate::deals::{Deal, Fate, exact};
use crate::setup::pipelines::Pipe;
use crate::world::World;

const ONE: &str = "Tramonto Meccanica S.r.l.";
const TWO: &str = "TRAMONTO MECCANICA SRL";

pub fn people(world: &mut World) {
    let one = person(world, ONE, "Bruno Gatti", someone("Bruno", "Gatti", "Responsabile mensa", "manager"));
    let two = person(world, TWO, "Gatti Bruno", someone("Bruno", "Gatti", "Resp. mensa", "manager"));
    if let (Some(one), Some(two)) = (one, two) {
        (world.contacts[two].mobile, world.contacts[two].phone) = (world.contacts[one].mobile.clone(), world.contacts[one].phone.clone());
        world.contacts[two].email = Some("b.gatti@tramontomeccanica.example".to_string());
    }
    wang(world);
    person(world, "Borgo Foods", "Marco Rossi 1", someone("Marco", "Rossi", "Responsabile acquisti", "manager"));
    person(world, "Gelateria Fontanella", "Marco Rossi 2", someone("Marco", "Rossi", "Maestro gelatiere", "specialist"));
}

/// 王晓明, and the same man in Latin letters.
fn wang(world: &mut World) {
    let company = if world.size.is_full() { "华东鲜达" } else { "江南鲜配" };
    let one = person(world, company, "王晓明", someone("晓明", "王", "采购总监", "director"));
    let two = person(world, company, "Wang Xiaoming", someone("Xiaoming", "Wang", "Purchasing director", "director"));
    if let (Some(one), Some(two)) = (one, two) {
        let mobile = world.contacts[one].mobile.clone().unwrap_or_else(|| "+86 138 1602 7719".to_string());
        let first = &mut world.contacts[one];
        (first.native, first.pinyin, first.mobile) = (Some("王晓明".into()), Some("Wang Xiaoming".into()), Some(mobile.clone()));
        let domain = first.email.as_ref().and_then(|m| m.split_once('@')).map(|(_, d)| d.to_string()).unwrap_or_default();
        first.email = Some(format!("xiaoming.wang@{domain}"));
        let second = &mut world.contacts[two];
        (second.mobile, second.email, second.language, second.is_latin) = (Some(mobile), Some(format!("wangxm@{domain}")), "en", true);
    }
}

pub fn deals(world: &mut World) {
    for (name, title, stage) in [(ONE, "Vetrine Neve 90 per la mensa", 1), (TWO, "Neve 90, mensa aziendale", 0)] {
        let Some(company) = world.company(name) else { continue };
        let deal = Deal {
            pipe: Pipe::Equipment,
            fate: Fate::Open(stage),
            company: Some(company),
            source: "web_form",
            currency: "EUR",
            target: 12_900,
            lines: exact("EUR", "VTR-090", 3, 12_900),
            name: title.to_string(),
            ..Deal::default()
        };
        put(world, deal);
    }
}
