//! The people of late requests, so that a request need not read roles and teams anew.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::{Date, Id, Result};
use store::{Notice, RECONNECTED, Tx};

use super::{ACTIVE, User};

/// Objects whose change may alter what [`super::load`] answers without a new version of the user.
const SOURCES: &[&str] = &["role", "team", "team_member"];
/// More people than sign in at once; beyond it the cache begins anew.
const LIMIT: usize = 10_000;

/// Kept by a door for as long as it serves. Whoever holds it passes on every notice with [`Users::heard`].
#[derive(Default)]
pub struct Users {
    known: Mutex<HashMap<Id, Known>>,
}

struct Known {
    version: i64,
    day: Date,
    user: Arc<User>,
}

impl Users {
    /// The active user with this id. Status and version are read each time, so that a deactivated user is gone at
    /// once; the rest is read only when something changed, or the day (memberships begin and end by day).
    pub fn load(&self, tx: &mut Tx, id: Id) -> Result<Option<Arc<User>>> {
        let today = super::today();
        let Some(version) = active_version(tx, id)? else { return Ok(None) };
        if let Some(known) = self.lock().get(&id).filter(|k| k.version == version && k.day == today) {
            return Ok(Some(Arc::clone(&known.user)));
        }
        let Some(user) = super::load(tx, id)?.map(Arc::new) else { return Ok(None) };
        let mut all = self.lock();
        if all.len() >= LIMIT {
            all.clear();
        }
        all.insert(id, Known { version, day: today, user: Arc::clone(&user) });
        Ok(Some(user))
    }

    /// Forgets everybody when the notice may concern roles or teams.
    pub fn heard(&self, notice: &Notice) {
        let about = |object: &&str| notice.payload.contains(&format!("\"object\":\"{object}\""));
        if notice.channel == RECONNECTED || notice.channel == "change" && SOURCES.iter().any(about) {
            self.clear();
        }
    }

    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Id, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn active_version(tx: &mut Tx, id: Id) -> Result<Option<i64>> {
    let text = r#"select version from "user" where id = ?1 and deleted_at is null and status = ?2"#;
    let sql = store::Sql::fill(tx.dialect(), text, [id.into(), ACTIVE.into()]);
    Ok(tx.first(&sql, |row| row.int(0))?.flatten())
}
