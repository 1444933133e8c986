//! What is alike for all companies of a country.

pub struct Country {
    pub code: &'static str,
    pub currency: &'static str,
    pub zone: &'static str,
    /// Legal forms: of small firms, of usual ones, of large ones.
    pub forms: [&'static str; 3],
    /// How many companies: in all, and of these (beside the named ones) customers, of them parlours, prospects, former
    /// customers, partners, suppliers, authorities, press.
    pub wanted: [usize; 9],
}

const COUNTRIES: &[Country] = &[
    Country {
        code: "IT",
        currency: "EUR",
        zone: "Europe/Rome",
        forms: ["S.n.c.", "S.r.l.", "S.p.A."],
        wanted: [148, 46, 36, 35, 13, 1, 5, 3, 2],
    },
    Country { code: "DE", currency: "EUR", zone: "Europe/Berlin", forms: ["KG", "GmbH", "AG"], wanted: [34, 9, 6, 9, 4, 2, 2, 1, 1] },
    Country { code: "AT", currency: "EUR", zone: "Europe/Vienna", forms: ["KG", "GmbH", "AG"], wanted: [13, 1, 1, 1, 1, 0, 0, 0, 0] },
    Country { code: "CH", currency: "EUR", zone: "Europe/Zurich", forms: ["GmbH", "GmbH", "AG"], wanted: [5, 2, 1, 2, 0, 0, 0, 0, 0] },
    Country { code: "FR", currency: "EUR", zone: "Europe/Paris", forms: ["SARL", "SARL", "SAS"], wanted: [23, 6, 4, 8, 2, 1, 0, 0, 1] },
    Country { code: "GB", currency: "GBP", zone: "Europe/London", forms: ["Ltd", "Ltd", "plc"], wanted: [18, 3, 2, 5, 2, 1, 0, 0, 1] },
    Country { code: "IE", currency: "EUR", zone: "Europe/Dublin", forms: ["Ltd", "Ltd", "DAC"], wanted: [4, 1, 1, 3, 0, 0, 0, 0, 0] },
    Country {
        code: "PL",
        currency: "EUR",
        zone: "Europe/Warsaw",
        forms: ["sp. j.", "sp. z o.o.", "S.A."],
        wanted: [8, 4, 3, 2, 1, 1, 0, 0, 0],
    },
    Country {
        code: "CZ",
        currency: "EUR",
        zone: "Europe/Prague",
        forms: ["s.r.o.", "s.r.o.", "a.s."],
        wanted: [6, 2, 1, 1, 0, 0, 0, 0, 0],
    },
    Country { code: "ES", currency: "EUR", zone: "Europe/Madrid", forms: ["S.L.", "S.L.", "S.A."], wanted: [1, 0, 0, 0, 0, 0, 0, 0, 0] },
    Country {
        code: "CN",
        currency: "CNY",
        zone: "Asia/Shanghai",
        forms: ["有限公司", "有限公司", "股份有限公司"],
        wanted: [34, 5, 0, 7, 1, 8, 3, 2, 0],
    },
    Country {
        code: "HK",
        currency: "USD",
        zone: "Asia/Hong_Kong",
        forms: ["有限公司", "有限公司", "有限公司"],
        wanted: [6, 3, 0, 3, 0, 0, 0, 0, 0],
    },
];
static NOWHERE: Country = Country { code: "", currency: "EUR", zone: "Europe/Rome", forms: [""; 3], wanted: [0; 9] };

pub fn country(code: &str) -> &'static Country {
    COUNTRIES.iter().find(|c| c.code == code).unwrap_or(&NOWHERE)
}

pub fn all() -> &'static [Country] {
    COUNTRIES
}

impl Country {
    /// How many of a kind, in the order of `wanted`.
    pub fn wants(&self, at: usize) -> usize {
        self.wanted.get(at).copied().unwrap_or(0)
    }
    /// The legal form that fits a head count.
    pub fn form(&self, employees: i64) -> &'static str {
        let [small, usual, large] = self.forms;
        match employees {
            0..=9 => small,
            10..=199 => usual,
            _ => large,
        }
    }
}
