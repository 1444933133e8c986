//! The 42 products.

use std::sync::LazyLock;

use serde_json::{Map, Value as Json, json};

use crate::step::{Key, filled};
use crate::tables::{cell, rows};

#[derive(Default, Debug)]
pub struct Product {
    pub code: &'static str,
    pub name: &'static str,
    /// As people say it.
    pub short: &'static str,
    pub family: &'static str,
    pub kind: &'static str,
    /// List price in hundredths of a euro.
    pub cents: i64,
    /// Percent of the price.
    pub cost: i64,
    pub unit: &'static str,
    pub period: &'static str,
    pub life: i64,
    pub known_as: Vec<&'static str>,
    pub number: u32,
}

static PRODUCTS: LazyLock<Vec<Product>> = LazyLock::new(|| {
    let product = |(row, number): (Vec<&'static str>, u32)| Product {
        code: cell(&row, 0),
        name: cell(&row, 1),
        short: cell(&row, 2),
        family: cell(&row, 3),
        kind: cell(&row, 4),
        cents: cents(cell(&row, 5)),
        cost: crate::tables::number(&row, 6),
        unit: cell(&row, 7),
        period: cell(&row, 8),
        life: crate::tables::number(&row, 9),
        known_as: cell(&row, 10).split('|').collect(),
        number,
    };
    rows(include_str!("../lists/products.tsv")).zip(0..).map(product).collect()
});
static BLANK: LazyLock<Product> = LazyLock::new(Product::default);

/// `9.5` is 950.
fn cents(text: &str) -> i64 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    whole.parse::<i64>().unwrap_or(0) * 100 + format!("{rest:0<2}").parse::<i64>().unwrap_or(0)
}

pub fn all() -> &'static [Product] {
    &PRODUCTS
}

/// A product by its code.
pub fn of(code: &str) -> &'static Product {
    PRODUCTS.iter().find(|p| p.code == code).unwrap_or(&BLANK)
}

/// The products of a family, the cheapest first.
pub fn family(name: &str) -> Vec<&'static Product> {
    let mut all: Vec<&Product> = PRODUCTS.iter().filter(|p| p.family == name).collect();
    all.sort_by_key(|p| p.cents);
    all
}

pub fn key(product: &Product) -> Key {
    Key::new("product", product.number)
}

fn family_label(family: &str) -> &str {
    match family {
        "cabinet" => "Cold cabinets",
        "machine" => "Gelato machines",
        "probe" => "Probes and gateways",
        "subscription" => "Monitoring",
        "maintenance" => "Maintenance",
        "service" => "Services",
        _ => "Spare parts",
    }
}

pub fn record(number: u32) -> Map<String, Json> {
    let Some(product) = PRODUCTS.iter().find(|p| p.number == number) else { return Map::new() };
    let money = |cents: i64| json!({"amount": format!("{}.{:02}", cents / 100, cents % 100), "currency": "EUR"});
    filled(json!({
        "name": product.name, "code": product.code, "known_as": product.known_as, "family": family_label(product.family),
        "kind": product.kind, "price": money(product.cents), "cost": money(product.cents * product.cost / 100), "unit": product.unit,
        "billing_period": product.period, "tax_category": "standard",
        "usual_life_days": if product.life > 0 { json!(product.life) } else { Json::Null },
    }))
}
