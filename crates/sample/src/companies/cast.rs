//! The companies that the stories name.

use std::collections::HashMap;

use crate::shelf::No;
use crate::staff::Staff;
use crate::tables::{cell, number, place, rows};
use crate::world::World;

use super::{Company, fill};

/// Those without which the small company would have no story at all.
const SMALL: &[&str] = &[
    "Valsesia Logistics",
    "Ester Energia",
    "Orsa Hotels",
    "Alpenglow Holding",
    "Alpenglow Genova",
    "Alpenglow Verona",
    "Alpenglow Ibérica",
    "Alpenglow Deutschland",
    "雪映酒店管理",
    "Kestrel Hotels",
    "Juniper Hotels",
    "Tramonto Meccanica S.r.l.",
    "TRAMONTO MECCANICA SRL",
    "FrostLine GmbH",
    "宁波海川制冷",
    "江南鲜配",
    "Borgo Foods",
    "Granaio Partners",
    "Gelateria Fontanella",
    "Gelateria Ginestra",
    "Eiscafé Goldenes Dachl",
    "Salone del Gelato Rimini",
    "Agenzia Bussola",
];

pub fn put(world: &mut World) {
    let mut numbers: HashMap<&'static str, No<Company>> = HashMap::new();
    for row in rows(include_str!("../lists/cast.tsv")) {
        let name = cell(&row, 0);
        if !world.size.is_full() && !SMALL.contains(&name) {
            continue;
        }
        let mut company = Company {
            name: name.to_string(),
            legal_name: cell(&row, 1).to_string(),
            place: place(cell(&row, 3)),
            trade: cell(&row, 4),
            relationships: cell(&row, 5).split(',').filter(|r| !r.is_empty()).collect(),
            owner: Staff::by_key(cell(&row, 6)),
            employees: number(&row, 7),
            parent: numbers.get(cell(&row, 8)).copied(),
            domain: format!("{}.example", cell(&row, 9)),
            weight: u32::try_from(number(&row, 10)).unwrap_or(1),
            is_cast: true,
            ..Company::default()
        };
        company.latin = cell(&row, 9).replace('-', " ");
        if company.place.country != cell(&row, 2) {
            company.place.country = cell(&row, 2);
        }
        fill::complete(world, &mut company);
        let no = world.companies.put(company);
        numbers.insert(name, no);
        world.name_company(name, no);
    }
    twins(world);
}

/// One firm, written down twice: the same VAT number.
fn twins(world: &mut World) {
    if let (Some(one), Some(two)) = (world.company("Tramonto Meccanica S.r.l."), world.company("TRAMONTO MECCANICA SRL")) {
        let vat = world.companies[one].vat.clone();
        let street = world.companies[one].street.to_uppercase();
        let phone = world.companies[one].phone.clone();
        let two = &mut world.companies[two];
        (two.vat, two.street, two.phone, two.employees) = (vat, street, phone, 0);
    }
}
