//! The people of Fratelli Dolce and their teams.

use base::{Date, Instant};
use jiff::tz::TimeZone;

use crate::calendar::Region;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
pub enum Staff {
    #[default]
    Nadia,
    Paola,
    Giulia,
    Anna,
    Tom,
    Chen,
    Marco,
    Luca,
    Sofia,
    Jonas,
    Claire,
    Ting,
    Lei,
    Marta,
    Davide,
    Ingrid,
    /// Left.
    Stefano,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Team {
    Company,
    Italy,
    Dach,
    West,
    China,
    Marketing,
    Service,
}

pub struct Card {
    pub staff: Staff,
    pub key: &'static str,
    pub first: &'static str,
    pub last: &'static str,
    /// As it is shown.
    pub name: &'static str,
    pub role: &'static str,
    pub title: &'static str,
    pub team: Team,
    pub manager: Option<Staff>,
    pub language: &'static str,
    pub locale: &'static str,
    pub zone: &'static str,
}

pub const TEAMS: &[(Team, &str, Option<Staff>, &str)] = &[
    (Team::Company, "Fratelli Dolce", Some(Staff::Paola), "All markets"),
    (Team::Italy, "Italia", Some(Staff::Giulia), "Italy"),
    (Team::Dach, "DACH & East", Some(Staff::Anna), "Germany, Austria, Switzerland, Poland, Czechia"),
    (Team::West, "UK & France", Some(Staff::Tom), "United Kingdom, Ireland, France, Iberia"),
    (Team::China, "中国区 China", Some(Staff::Chen), "China, Hong Kong"),
    (Team::Marketing, "Marketing", Some(Staff::Marta), "All markets"),
    (Team::Service, "Service", Some(Staff::Davide), "All markets"),
];

impl Team {
    pub fn number(self) -> u32 {
        TEAMS.iter().zip(0..).find(|((team, ..), _)| *team == self).map_or(0, |(_, n)| n)
    }
}

const fn card(staff: Staff, key: &'static str, first: &'static str, last: &'static str, name: &'static str) -> Card {
    Card {
        staff,
        key,
        first,
        last,
        name,
        role: "representative",
        title: "",
        team: Team::Italy,
        manager: None,
        language: "it",
        locale: "it-IT",
        zone: "Europe/Rome",
    }
}

use Staff::{Anna, Chen, Claire, Davide, Giulia, Ingrid, Jonas, Lei, Luca, Marco, Marta, Nadia, Paola, Sofia, Stefano, Ting, Tom};

/// In the order in which the page for signing in shows them.
pub const CARDS: &[Card] = &[
    Card {
        role: "administrator",
        title: "IT and processes",
        team: Team::Company,
        manager: Some(Paola),
        language: "en",
        locale: "en-GB",
        ..card(Nadia, "nadia", "Nadia", "Ricci", "Nadia Ricci")
    },
    Card {
        role: "manager",
        title: "Sales manager Italy",
        manager: Some(Paola),
        language: "en",
        locale: "en-GB",
        ..card(Giulia, "giulia", "Giulia", "Ferri", "Giulia Ferri")
    },
    Card { title: "Sales representative", manager: Some(Giulia), ..card(Marco, "marco", "Marco", "Bianchi", "Marco Bianchi") },
    Card {
        role: "manager",
        title: "总经理，中国区",
        team: Team::China,
        manager: Some(Paola),
        language: "zh",
        locale: "zh-CN",
        zone: "Asia/Shanghai",
        ..card(Chen, "chen", "Yu", "Chen", "Chen Yu 陈宇")
    },
    Card {
        role: "read_only",
        title: "Management accounting",
        team: Team::Company,
        manager: Some(Paola),
        language: "en",
        locale: "de-AT",
        ..card(Ingrid, "ingrid", "Ingrid", "Hofer", "Ingrid Hofer")
    },
    Card { role: "manager", title: "Commercial director", team: Team::Company, ..card(Paola, "paola", "Paola", "Dolce", "Paola Dolce") },
    Card {
        role: "manager",
        title: "Sales manager DACH and East",
        team: Team::Dach,
        manager: Some(Paola),
        language: "en",
        locale: "de-DE",
        zone: "Europe/Berlin",
        ..card(Anna, "anna", "Anna", "Kowalska", "Anna Kowalska")
    },
    Card {
        role: "manager",
        title: "Sales manager UK and France",
        team: Team::West,
        manager: Some(Paola),
        language: "en",
        locale: "en-GB",
        zone: "Europe/London",
        ..card(Tom, "tom", "Tom", "Reed", "Tom Reed")
    },
    Card { title: "Sales representative", manager: Some(Giulia), ..card(Luca, "luca", "Luca", "Moretti", "Luca Moretti") },
    Card { title: "Sales representative", manager: Some(Giulia), ..card(Sofia, "sofia", "Sofia", "Greco", "Sofia Greco") },
    Card {
        title: "Sales representative",
        team: Team::Dach,
        manager: Some(Anna),
        language: "en",
        locale: "de-DE",
        zone: "Europe/Berlin",
        ..card(Jonas, "jonas", "Jonas", "Weber", "Jonas Weber")
    },
    Card {
        title: "Sales representative",
        team: Team::West,
        manager: Some(Tom),
        language: "en",
        locale: "fr-FR",
        zone: "Europe/Paris",
        ..card(Claire, "claire", "Claire", "Dubois", "Claire Dubois")
    },
    Card {
        title: "销售代表",
        team: Team::China,
        manager: Some(Chen),
        language: "zh",
        locale: "zh-CN",
        zone: "Asia/Shanghai",
        ..card(Ting, "ting", "Ting", "Li", "Li Ting 李婷")
    },
    Card {
        title: "销售代表",
        team: Team::China,
        manager: Some(Chen),
        language: "zh",
        locale: "zh-CN",
        zone: "Asia/Shanghai",
        ..card(Lei, "lei", "Lei", "Wang", "Wang Lei 王磊")
    },
    Card { title: "Marketing", team: Team::Marketing, manager: Some(Paola), ..card(Marta, "marta", "Marta", "Rinaldi", "Marta Rinaldi") },
    Card {
        title: "Head of service",
        team: Team::Service,
        manager: Some(Paola),
        ..card(Davide, "davide", "Davide", "Costa", "Davide Costa")
    },
    Card { title: "Sales representative", manager: Some(Giulia), ..card(Stefano, "stefano", "Stefano", "Villa", "Stefano Villa") },
];

impl Staff {
    pub fn card(self) -> &'static Card {
        CARDS.iter().find(|c| c.staff == self).unwrap_or(&BLANK)
    }
    pub fn number(self) -> u32 {
        CARDS.iter().zip(0..).find(|(c, _)| c.staff == self).map_or(0, |(_, n)| n)
    }
    /// By the short name that the tables use.
    pub fn by_key(key: &str) -> Option<Staff> {
        CARDS.iter().find(|c| c.key == key).map(|c| c.staff)
    }
    pub fn email(self) -> String {
        let card = self.card();
        let (one, two) = if card.team == Team::China { (card.last, card.first) } else { (card.first, card.last) };
        format!("{}.{}@fratellidolce.example", one.to_lowercase(), two.to_lowercase())
    }
    pub fn zone(self) -> TimeZone {
        TimeZone::get(self.card().zone).unwrap_or(TimeZone::UTC)
    }
    pub fn region(self) -> Region {
        if self.card().team == Team::China { Region::China } else { Region::Europe }
    }
    /// The language in which he writes his notes.
    pub fn pen(self) -> &'static str {
        match self.card().team {
            Team::China => "zh",
            Team::Dach => "de",
            Team::West => "en",
            _ => "it",
        }
    }
    pub fn day_of(self, at: Instant) -> Date {
        at.date_in(&self.zone())
    }
}

static BLANK: Card = card(Nadia, "", "", "", "");
