//! What a person set on the screens: column widths, closed panels, the theme. Opaque to the server.

use base::{Error, Id, Result};
use serde_json::{Map, Value as Json};
use store::{Sql, Tx};

/// Bytes of one person's preferences; a browser needs a few hundred.
const LIMIT: usize = 64 * 1024;

/// Empty when nothing was saved.
pub fn load_preferences(tx: &mut Tx, user: Id) -> Result<Map<String, Json>> {
    let sql = Sql::fill(tx.dialect(), "select value from preference where owner = ?1", [user.into()]);
    let text = tx.first(&sql, |row| Ok(row.text(0)?.map(str::to_string)))?.flatten();
    Ok(text.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default())
}

/// Merges by name; `null` removes one.
pub fn save_preferences(tx: &mut Tx, user: Id, changes: &Map<String, Json>) -> Result<()> {
    let mut all = load_preferences(tx, user)?;
    for (name, value) in changes {
        match value {
            Json::Null => drop(all.remove(name)),
            value => drop(all.insert(name.clone(), value.clone())),
        }
    }
    let text = Json::Object(all).to_string();
    if text.len() > LIMIT {
        return Err(Error::field("preferences", "too_long", format!("Preferences may take at most {LIMIT} bytes")));
    }
    let statement = "insert into preference (owner, value) values (?1, ?2) on conflict (owner) do update set value = excluded.value";
    tx.execute(&Sql::fill(tx.dialect(), statement, [user.into(), text.into()])).map(|_| ())
}
