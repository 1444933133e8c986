//! Headers of other systems, from `known.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::import::mapping::{Column, Mapping};
use crate::import::matching::squeeze;

/// The table of words that people use in any system.
pub const COMMON: &str = "common";

/// By object, system and squeezed header.
type Table = HashMap<String, HashMap<String, HashMap<String, Column>>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| read(include_str!("known.toml")));

fn read(text: &str) -> Table {
    let systems: toml::Table = text.parse().unwrap_or_default();
    let mut table = Table::new();
    for (system, objects) in &systems {
        for (object, headers) in objects.as_table().into_iter().flatten() {
            let columns = Mapping::of_columns(headers.as_table()).unwrap_or_default();
            let by_header = columns.into_iter().map(|c| (squeeze(c.header.as_deref().unwrap_or_default()), c)).collect();
            table.entry(object.clone()).or_default().insert(system.clone(), by_header);
        }
    }
    table
}

/// What a header means in each system that knows it.
pub fn look_up(object: &str, header: &str) -> Vec<(&'static str, &'static Column)> {
    let key = squeeze(header);
    // Tables of a data warehouse put this before HubSpot's own names.
    let short = key.strip_prefix("property").unwrap_or(&key);
    let systems = TABLE.get(object).into_iter().flatten();
    systems.filter_map(|(system, headers)| headers.get(&key).or_else(|| headers.get(short)).map(|c| (system.as_str(), c))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table_is_read() {
        let counted: usize = TABLE.values().flat_map(HashMap::values).map(HashMap::len).sum();
        let lines = include_str!("known.toml").lines().filter(|l| l.starts_with('"')).count();
        assert_eq!(counted, lines, "a header stands twice in one table, or a line cannot be read");
    }

    #[test]
    fn headers_are_known_however_they_are_written() {
        let told = |object, header| {
            let mut found: Vec<String> =
                look_up(object, header).into_iter().map(|(s, c)| format!("{s}: {}", c.to.as_deref().unwrap_or("nothing"))).collect();
            found.sort();
            found.join(", ")
        };
        assert_eq!(told("contact", "MailingCity"), "salesforce: address.city, zoho: address.city");
        assert_eq!(told("contact", "mailing_city"), "salesforce: address.city, zoho: address.city");
        assert_eq!(told("contact", "property_firstname"), "hubspot: first_name");
        assert_eq!(told("company", "Partita IVA"), "common: vat_number");
        assert_eq!(told("company", "shoe size"), "");
    }
}
