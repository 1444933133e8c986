//! Lines whose sum is about what the deal is worth: a main thing that fits the trade, and what goes with it.

use super::{Deal, Line};
use crate::dice::whole;
use crate::setup::pipelines::Pipe;
use crate::setup::products::{Product, family, of};
use crate::setup::rates;
use crate::shelf::No;
use crate::world::World;

/// What a product costs in China, against the euro price: shipped, with duties.
const YUAN: i64 = 8;

/// How many lines deals have: 1.9 on average, since supplies have one.
const COUNTS: &[(usize, u32)] = &[(1, 34), (2, 39), (3, 20), (4, 7)];

/// A line at list price in the deal's currency.
pub fn line(currency: &str, code: &str, quantity: i64) -> Line {
    let product = of(code);
    let list = price(product, currency);
    Line { product, quantity, price: list, list, discount: 0, is_free: false }
}

fn price(product: &Product, currency: &str) -> i64 {
    match currency {
        "CNY" => product.cents * YUAN,
        "GBP" => product.cents * 88 / 100,
        "USD" => product.cents * 110 / 100,
        _ => product.cents,
    }
}

/// Billing periods that the total counts.
pub fn periods(product: &Product) -> i64 {
    if product.period == "monthly" { 12 } else { 1 }
}

/// What a line comes to, in hundredths.
pub fn total(line: &Line) -> i64 {
    if line.is_free {
        return 0;
    }
    let whole_price = line.price * line.quantity * periods(line.product) * (100 - line.discount);
    (whole_price + 50) / 100
}

/// What a deal comes to, in hundredths of its currency.
pub fn amount(deal: &Deal) -> i64 {
    deal.lines.iter().map(total).sum()
}

/// In hundredths of a euro, at the rate that holds for it.
pub fn base_amount(world: &World, deal: &Deal) -> i64 {
    let day = deal.closed_on.unwrap_or(world.calendar.today);
    let amount = f64::from(i32::try_from(amount(deal)).unwrap_or(i32::MAX));
    whole(amount * rates::rate(deal.currency, day))
}

pub fn draw(world: &mut World) {
    let all: Vec<No<Deal>> = world.deals.find(|d| d.lines.is_empty());
    for no in all {
        let deal = &world.deals[no];
        let (pipe, currency, target) = (deal.pipe, deal.currency, deal.target.max(100) * 100);
        let trade = deal.company.map_or("parlour", |c| world.companies[c].trade);
        let mut lines = match pipe {
            Pipe::Renewals => contract(world, currency, target),
            _ => equipment(world, trade, currency, target),
        };
        accessories(world, &mut lines, currency, pipe, target);
        world.deals[no].lines = lines;
    }
}

/// Families that a trade buys.
fn families(trade: &str) -> &'static [(&'static str, u32)] {
    match trade {
        "parlour" => &[("machine", 60), ("cabinet", 34), ("probe", 6)],
        "hotel" | "restaurant" => &[("cabinet", 55), ("machine", 35), ("probe", 10)],
        "pharmacy" => &[("cabinet", 45), ("probe", 55)],
        "maker" | "dairy" => &[("machine", 30), ("cabinet", 40), ("probe", 30)],
        "logistics" | "retail" | "energy" => &[("probe", 50), ("cabinet", 50)],
        _ => &[("cabinet", 45), ("machine", 35), ("probe", 20)],
    }
}

/// A main product whose price goes into the value, as often as it goes.
fn equipment(world: &mut World, trade: &str, currency: &str, target: i64) -> Vec<Line> {
    let wanted = world.dice.weighted(families(trade)).unwrap_or("cabinet");
    // How often it goes, if it then comes to about the value.
    let often = |p: &Product| -> Option<i64> {
        let one = price(p, currency).max(1);
        let count = (target * 97 / 100 + one * 12 / 100) / one;
        ((1..=40).contains(&count) && one * count * 100 >= target * 70).then_some(count)
    };
    let fitting = |name: &str| -> Vec<(&'static Product, i64)> {
        let all = family(name).into_iter().filter(|p| p.code != "ARM-300" || trade == "pharmacy");
        all.filter_map(|p| Some((p, often(p)?))).filter(|(p, count)| p.family == "probe" || *count <= 14).collect()
    };
    let order = [wanted, "cabinet", "machine", "probe"];
    let Some(all) = order.into_iter().map(fitting).find(|all| !all.is_empty()) else {
        let probe = if target >= price(of("PRB-T1"), currency) { "PRB-T1" } else { "PRT-GSK" };
        return vec![line(currency, probe, (target / price(of(probe), currency).max(1)).max(1))];
    };
    let (product, quantity) = world.dice.pick(&all).unwrap_or((of("VTR-090"), 1));
    let mut main = line(currency, product.code, quantity);
    let full = main.price * quantity;
    if full > target {
        main.discount = ((full - target) * 100 / full.max(1)).min(12);
    } else if world.dice.percent(22) {
        main.discount = world.dice.pick(&[3, 5, 5, 8]).unwrap_or(5);
    }
    vec![main]
}

/// Monitoring or maintenance for a year.
fn contract(world: &mut World, currency: &str, target: i64) -> Vec<Line> {
    let is_monitoring = world.dice.percent(58);
    let code = match (is_monitoring, target * 100 / price(of("MNT-BRO"), currency)) {
        (true, _) => world.dice.word(&["SUB-BAS", "SUB-PRO", "SUB-PRO", "SUB-PHA", "SUB-FLT"]),
        (false, ..=170) => "MNT-BRO",
        (false, ..=300) => "MNT-SIL",
        (false, ..=560) => "MNT-GOL",
        _ => "MNT-PLA",
    };
    let product = of(code);
    let yearly = price(product, currency) * periods(product);
    let quantity = ((target + yearly / 2) / yearly.max(1)).max(1);
    vec![line(currency, code, quantity)]
}

/// Up to three more lines that fill the rest of the value.
fn accessories(world: &mut World, lines: &mut Vec<Line>, currency: &str, pipe: Pipe, target: i64) {
    let wanted = world.dice.weighted(COUNTS).unwrap_or(1);
    let first = lines.first().map_or("", |l| l.product.family);
    let choice: &[&str] = match (pipe, first) {
        (Pipe::Renewals, _) => &["PRT-BAT", "PRT-FLT", "PRT-GSK", "KIT-CLN"],
        (_, "machine") => &["SRV-TRA", "SRV-INS", "KIT-CLN", "PRT-BLD", "MNT-SIL", "PRB-TH"],
        (_, "probe") => &["SUB-PRO", "GTW-010", "SRV-VAL", "PRB-D2", "PRT-BAT"],
        _ => &["SRV-INS", "SRV-FRT", "PRT-LED", "PRB-T1", "MNT-BRO", "PRT-GSK"],
    };
    let mut choice = choice.to_vec();
    world.dice.shuffle(&mut choice);
    for (left, code) in (1..wanted).rev().zip(choice) {
        let product = of(code);
        let one = price(product, currency) * periods(product);
        let rest = target - lines.iter().map(total).sum::<i64>();
        let most = match product.family {
            "subscription" | "probe" => 24,
            "part" => 8,
            _ => 1,
        };
        let share = rest / i64::try_from(left).unwrap_or(1).max(1);
        lines.push(line(currency, code, (share / one.max(1)).clamp(1, most)));
    }
}

/// Lines that come to an exact sum in whole units: the main thing at a special price if need be, the rest as installation.
pub fn exact(currency: &str, code: &str, quantity: i64, sum: i64) -> Vec<Line> {
    let mut main = line(currency, code, quantity);
    let sum = sum * 100;
    let count = quantity * periods(main.product);
    let room = sum * 96 / 100;
    if main.price * count != sum && main.price * count > room {
        main.price = room / count.max(1) / 1_000 * 1_000;
    }
    let rest = sum - total(&main);
    if rest == 0 {
        return vec![main];
    }
    let mut service = line(currency, "SRV-INS", 1);
    (service.price, service.list) = (rest, rest);
    vec![main, service]
}
