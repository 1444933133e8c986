//! The currencies of our customers, and what they were worth in euro.

use base::Date;
use serde_json::{Map, Value as Json, json};

use crate::dice::whole;
use crate::step::{Key, filled};
use crate::world::World;

pub const CURRENCIES: &[&str] = &["EUR", "CNY", "GBP", "USD"];
const FOREIGN: &[(&str, u32, f64)] = &[("CNY", 1, 0.1285), ("GBP", 2, 1.165), ("USD", 3, 0.925)];
/// Decimals of a rate as they are published.
const DECIMALS: f64 = 100_000.0;

/// One a month and currency, from before the first deal until now.
pub fn all(world: &World) -> Vec<(&'static str, u32, Date)> {
    let begin = world.calendar.start.plus_days(-40).civil().first_of_month();
    let months = (0..=60).filter_map(|n| begin.checked_add(jiff::Span::new().months(n)).ok()).map(Date::from_civil);
    months
        .take_while(|day| *day <= world.calendar.today)
        .flat_map(|day| FOREIGN.iter().map(move |(code, number, _)| (*code, *number, day)))
        .collect()
}

/// What one unit was worth on a day, in euro: slow waves around a middle.
pub fn rate(currency: &str, day: Date) -> f64 {
    let Some((_, number, middle)) = FOREIGN.iter().find(|(code, ..)| *code == currency) else { return 1.0 };
    let month = f64::from(day.civil().month()) + 12.0 * f64::from(day.civil().year() % 100);
    let wave = (month / 7.0 + f64::from(*number)).sin() * 0.025 + (month / 2.3).cos() * 0.006;
    let scaled = whole(middle * (1.0 + wave) * DECIMALS);
    f64::from(i32::try_from(scaled).unwrap_or(0)) / DECIMALS
}

pub fn currency_record(number: u32) -> Map<String, Json> {
    let found = CURRENCIES.iter().zip(0_u32..).find(|(_, n)| *n == number);
    found.map_or_else(Map::new, |(code, n)| filled(json!({"code": code, "position": n})))
}

pub fn record(world: &World, number: u32) -> Map<String, Json> {
    let Some((code, currency, day)) = usize::try_from(number).ok().and_then(|n| all(world).get(n).copied()) else { return Map::new() };
    filled(json!({
        "currency": Key::new("currency", currency).link(), "on": day.to_string(), "rate": format!("{:.5}", rate(code, day)),
        "source": "European Central Bank",
    }))
}
