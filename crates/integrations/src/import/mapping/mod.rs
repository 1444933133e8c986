//! The mapping of a file: which column fills which field, and what its values become. Plain data.
//!
//! Written by a person in one line (`line`), in a file (`file`), through the interface as JSON, or proposed
//! (`super::propose`). [`resolve`] compares it with the file's headers and the model and tells all that is wrong.

mod file;
mod line;
mod resolve;
mod target;

use std::collections::BTreeMap;

use base::{Error, Number, Result};
use serde::{Deserialize, Serialize};

use super::cell::date::DateOrder;
use super::cell::number::Decimal;
use super::read::How;
pub use resolve::{Piece, Plan, Source, Step};
pub use target::{By, Target};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// Name of the object that the rows become.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// By what rows find records that exist: a field, `external.hubspot`, `id`. Absent: every row is new.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub match_by: Option<String>,
    /// What happens to a row whose record exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    pub file: How,
    pub locale: Habits,
    pub columns: Vec<Column>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    #[default]
    Update,
    Skip,
    Create,
}

/// What becomes of a link or a choice whose value nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unknown {
    /// The row is rejected, with what comes nearest.
    Refuse,
    /// A record with that name is created.
    Create,
    /// The field stays empty.
    Empty,
}

/// How the file writes numbers and dates where its columns do not tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Habits {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// Of amounts that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// In which national phone numbers are meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// In which moments without an offset are meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// One column to one target; a column that fills two fields stands here twice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Column {
    /// Absent where `text` stands for a cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// The same for every row, or made of other cells: `{First} {Last}`, `{Agent|slug}@example.com`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// See [`Target`]; absent: the column is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What the file writes, and what is meant: a name, or the id of a record; compared without case and accents.
    /// Empty: the field stays empty.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Numbers are multiplied by this: a file in millions says 1000000.
    #[serde(with = "factor", skip_serializing_if = "Option::is_none")]
    pub times: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Unknown>,
    /// The same for single values, whatever `unknown` says of the others; compared as `values` are.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub unknowns: BTreeMap<String, Unknown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<Decimal>,
    /// Between several values in one cell; otherwise `;`, `|` and line ends, and `,` for choices and tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
}

impl Column {
    pub fn new(header: &str, to: &str) -> Column {
        Column { header: Some(header.to_string()), to: Some(to.to_string()), ..Column::default() }
    }
    /// How messages name it.
    pub fn name(&self) -> String {
        self.header.clone().or_else(|| self.text.clone()).unwrap_or_default()
    }
}

impl Mapping {
    /// What stands after `--map`: the name of a file, or `Header=field,…`.
    pub fn from_argument(argument: &str) -> Result<Mapping> {
        let named = argument.ends_with(".toml") || argument.ends_with(".json");
        if !named && argument.contains('=') {
            return line::parse(argument);
        }
        let text = std::fs::read_to_string(argument).map_err(|e| {
            Error::invalid(format!("The mapping \"{argument}\" is neither a file that can be read ({e}) nor like Header=field,…"))
        })?;
        Mapping::parse(&text)
    }

    /// The columns of a table as it stands under `[columns]`.
    pub(crate) fn of_columns(table: Option<&toml::Table>) -> Option<Vec<Column>> {
        let text = toml::to_string(&toml::Table::from_iter([("columns".to_string(), toml::Value::Table(table?.clone()))])).ok()?;
        file::parse(&text).ok().map(|m| m.columns)
    }

    /// The content of a mapping file: TOML, or JSON as the interface has it.
    pub fn parse(text: &str) -> Result<Mapping> {
        if text.trim_start().starts_with('{') {
            return serde_json::from_str(text).map_err(|e| Error::invalid(format!("The mapping is not readable: {e}")));
        }
        file::parse(text)
    }
}

/// A factor is a number or a text in JSON; exact either way.
mod factor {
    use base::Number;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(number: &Option<Number>, serializer: S) -> Result<S::Ok, S::Error> {
        number.map(|n| n.to_text(0)).serialize(serializer)
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
        match Option::<serde_json::Value>::deserialize(deserializer)? {
            None | Some(serde_json::Value::Null) => Ok(None),
            Some(serde_json::Value::String(text)) => text.parse().map(Some).map_err(|_| D::Error::custom("times must be a number")),
            Some(number) => number.to_string().parse().map(Some).map_err(|_| D::Error::custom("times must be a number")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_survives_json() {
        let text = r#"{"object":"company","match":"name","policy":"skip","locale":{"decimal":",","date_order":"dmy"},
            "columns":[{"header":"Umsatz","to":"annual_revenue","times":1000,"values":{"n/a":""}},{"text":"IT","to":"country"}]}"#;
        let mapping = Mapping::parse(text).unwrap();
        assert_eq!(mapping.columns[0].times, Number::from_i64(1000));
        let again: Mapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
        assert_eq!(again, mapping);
        assert!(Mapping::parse(r#"{"colums":[]}"#).is_err());
    }

    #[test]
    fn an_argument_is_a_line_or_a_file() {
        assert_eq!(Mapping::from_argument("Name=name").unwrap().columns, [Column::new("Name", "name")]);
        let error = Mapping::from_argument("nowhere.toml").unwrap_err();
        assert!(error.message().contains("nowhere.toml"), "{error}");
    }
}
