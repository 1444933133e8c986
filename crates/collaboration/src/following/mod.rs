//! Following a record: to hear of it without owning it (COLLAB-05).

use base::{Error, Id, Result, Value};
use kernel::{Action, Ctx, Input, Record, record};
use serde_json::{Value as Json, json};
use store::Tx;

/// Puts the caller among the followers; reading the record is enough.
pub struct Follow;

impl Action for Follow {
    fn name(&self) -> &'static str {
        "follow"
    }
    fn object(&self) -> &'static str {
        "any"
    }
    fn label(&self) -> &'static str {
        "Follow"
    }
    fn icon(&self) -> &'static str {
        "eye"
    }
    fn needs_update(&self) -> bool {
        false
    }
    fn run(&self, ctx: &Ctx, tx: &mut Tx, record: &Record, _input: &Input) -> Result<Json> {
        set(ctx, tx, record, true)
    }
}

pub struct Unfollow;

impl Action for Unfollow {
    fn name(&self) -> &'static str {
        "unfollow"
    }
    fn object(&self) -> &'static str {
        "any"
    }
    fn label(&self) -> &'static str {
        "Unfollow"
    }
    fn icon(&self) -> &'static str {
        "eye-off"
    }
    fn needs_update(&self) -> bool {
        false
    }
    fn run(&self, ctx: &Ctx, tx: &mut Tx, record: &Record, _input: &Input) -> Result<Json> {
        set(ctx, tx, record, false)
    }
}

/// Answers `{"following": true or false}`.
fn set(ctx: &Ctx, tx: &mut Tx, record: &Record, follows: bool) -> Result<Json> {
    let me: Id = ctx.user_id().ok_or_else(|| Error::forbidden("Only a person follows something"))?;
    if ctx.model.object(&record.object).is_none_or(|o| o.field("followers").is_none()) {
        return Err(Error::invalid("Nobody follows records of this kind"));
    }
    let mut followers: Vec<Value> = record.get("followers").as_list().iter().filter(|f| f.as_id() != Some(me)).cloned().collect();
    if follows {
        followers.push(Value::Id(me));
    }
    let value = if followers.is_empty() { Value::Null } else { Value::List(followers) };
    record::set(ctx, tx, &record.object, record.id, vec![("followers", value)])?;
    Ok(json!({"following": follows}))
}

#[cfg(test)]
mod tests {
    use crate::testing::both;
    use kernel::testing::Made;
    use serde_json::json;

    #[test]
    fn one_follows_what_one_may_only_read() {
        both(|desk| {
            let admin = desk.admin();
            let company = desk.create(&admin, "company", json!({"name": "Kestrel"}));
            let sofia = desk.person("Sofia Greco", "representative");
            let me = sofia.user_id().map(Made);
            for _ in 0..2 {
                desk.act(&sofia, "company", company, "follow", json!({}));
                assert_eq!(desk.get(&sofia, "company", company)["followers"], json!([me]));
            }
            desk.act(&sofia, "company", company, "unfollow", json!({}));
            assert_eq!(desk.get(&sofia, "company", company)["followers"], json!([]));
            assert!(desk.try_update(&sofia, "company", company, json!({"name": "Mine"})).is_err());
        });
    }
}
