//! The workspace's own settings: few, typed, read at start and after each change.
//!
//! One row per setting, its value as JSON, so that an older program reads a newer database. Whoever saves them
//! gives them to [`crate::Engine::set_settings`] after the commit; other processes hear of it on [`CHANNEL`].
//! Preferences of single people for their screens stand beside them.

mod change;
mod preference;
mod tables;

use std::collections::BTreeMap;

use base::{Currency, Error, Result};
use serde_json::{Value as Json, json};
use store::{Notice, Sql, Tx};

pub use change::{amounts, change, changes};
pub use preference::{load_preferences, save_preferences};
pub use tables::tables;

/// Notices about changed settings travel here.
pub const CHANNEL: &str = "setting";
const MODEL_VERSION: &str = "model_version";

#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The company's name.
    pub name: String,
    /// The workspace's currency (D5).
    pub currency: Currency,
    pub language: String,
    /// IANA name; days of reports begin here.
    pub time_zone: String,
    /// ISO 3166, for national phone numbers and addresses.
    pub country: String,
    /// Has the first administrator been made?
    pub is_set_up: bool,
    /// Was the sample company loaded?
    pub has_sample: bool,
}

impl Settings {
    /// Of a workspace that nobody has set up yet.
    pub fn fresh() -> Result<Self> {
        Ok(Settings {
            name: "Legame".to_string(),
            currency: Currency::parse("EUR")?,
            language: "en".to_string(),
            time_zone: "UTC".to_string(),
            country: String::new(),
            is_set_up: false,
            has_sample: false,
        })
    }
}

/// What is not in the database has its value of a fresh workspace.
pub fn load(tx: &mut Tx) -> Result<Settings> {
    let sql = Sql::raw(tx.dialect(), "select name, value from setting");
    let rows = tx.all(&sql, |row| Ok((row.text(0)?.unwrap_or_default().to_string(), row.text(1)?.unwrap_or_default().to_string())))?;
    let values: BTreeMap<String, Json> =
        rows.into_iter().filter_map(|(name, text)| Some((name, serde_json::from_str(&text).ok()?))).collect();
    let fresh = Settings::fresh()?;
    let text = |name: &str, other: String| values.get(name).and_then(Json::as_str).map_or(other, str::to_string);
    let flag = |name: &str| values.get(name).and_then(Json::as_bool).unwrap_or(false);
    Ok(Settings {
        currency: values.get("currency").and_then(Json::as_str).map_or(Ok(fresh.currency), Currency::parse)?,
        name: text("name", fresh.name),
        language: text("language", fresh.language),
        time_zone: text("time_zone", fresh.time_zone),
        country: text("country", fresh.country),
        is_set_up: flag("is_set_up"),
        has_sample: flag("has_sample"),
    })
}

pub fn save(tx: &mut Tx, settings: &Settings) -> Result<()> {
    let rows = [
        ("name", json!(settings.name)),
        ("currency", json!(settings.currency.as_str())),
        ("language", json!(settings.language)),
        ("time_zone", json!(settings.time_zone)),
        ("country", json!(settings.country)),
        ("is_set_up", json!(settings.is_set_up)),
        ("has_sample", json!(settings.has_sample)),
    ];
    for (name, value) in rows {
        put(tx, name, &value)?;
    }
    tx.notify(Notice::new(CHANNEL, "{}"))
}

/// The version of the declarations that the database was last brought to, with the fingerprint of their shape.
pub fn model_version(tx: &mut Tx) -> Result<Option<(i64, String)>> {
    let sql = Sql::fill(tx.dialect(), "select value from setting where name = ?1", [MODEL_VERSION.into()]);
    let text = tx.first(&sql, |row| Ok(row.text(0)?.map(str::to_string)))?.flatten();
    Ok(text.and_then(|t| serde_json::from_str(&t).ok()))
}

pub fn set_model_version(tx: &mut Tx, version: i64, fingerprint: &str) -> Result<()> {
    put(tx, MODEL_VERSION, &json!([version, fingerprint]))
}

/// Moves the version on by one; `Conflict` when another process did so since it was read.
pub fn raise_model_version(tx: &mut Tx, from: i64, fingerprint: &str) -> Result<i64> {
    let value = |version: i64| json!([version, fingerprint]).to_string();
    let text = "update setting set value = ?1 where name = ?2 and value = ?3";
    let params = [value(from + 1).into(), MODEL_VERSION.into(), value(from).into()];
    match tx.execute(&Sql::fill(tx.dialect(), text, params))? {
        1 => Ok(from + 1),
        _ => Err(Error::conflict("Somebody else changed this at the same moment; try again")),
    }
}

fn put(tx: &mut Tx, name: &str, value: &Json) -> Result<()> {
    let text = "insert into setting (name, value) values (?1, ?2) on conflict (name) do update set value = excluded.value";
    tx.execute(&Sql::fill(tx.dialect(), text, [name.into(), value.to_string().into()])).map(|_| ())
}
