//! Names that programs stumble over: O'Hara, D'Angelo, Müller-Lüdenscheidt, 欧阳.

use crate::companies::Company;
use crate::people::{Draft, add};
use crate::shelf::No;
use crate::world::World;

const ALL: &[(&str, &str, &str, &str, &str)] = &[
    ("GB", "Sean", "O'Hara", "Head chef", "manager"),
    ("IT", "Chiara", "D'Angelo", "Responsabile qualità", "manager"),
    ("DE", "Ulrike", "Müller-Lüdenscheidt", "Einkaufsleiterin", "director"),
    ("CN", "静", "欧阳", "采购经理", "manager"),
];

pub fn people(world: &mut World) {
    for (country, first, last, title, seniority) in ALL.iter().copied() {
        let all: Vec<No<Company>> = world.companies.find(|c| c.place.country == country && c.is_buyer() && c.employees > 20 && !c.is_quiet);
        let Some(company) = world.dice.pick(&all) else { continue };
        let no = add(world, Some(company), &Draft { first, last, title, seniority });
        world.contacts[no].created = world.companies[company].created;
        if country == "CN" {
            (world.contacts[no].native, world.contacts[no].pinyin) = (Some("欧阳静".into()), Some("Ouyang Jing".into()));
        }
    }
}
