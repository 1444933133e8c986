//! `POST /api/v1/{object}/upsert`: `{"match": "email", "values": {…}}` changes the one record that has the same value
//! there, or creates one. Several candidates are a conflict that names them.

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, FieldProblem, Id, Result};
use kernel::query::{self, Count, ListRequest};
use kernel::{Ctx, Record, record};
use model::nearest::nearest;
use model::{FieldType, Object};
use serde_json::{Map, Value as Json, json};
use store::{Sql, Tx};

use super::{object, show};
use crate::app::Shared;
use crate::body::Sent;
use crate::context::{At, Call};
use crate::door;
use crate::error::{Refused, Reply};
use crate::parameter;

/// `external.hubspot` matches by the id that another system gave.
const EXTERNAL: &str = "external.";

pub async fn upsert(State(app): State<Shared>, At(path): At<String>, call: Call, sent: Sent) -> Reply {
    let input = parameter::none(call.query.as_deref()).map_err(Into::into).and_then(|()| parse(&sent));
    door::write(&app, call, &sent.bytes, input, move |ctx, tx, (key, values)| {
        let name = object(ctx, &path)?.name.clone();
        let (created, record) = apply(ctx, tx, &name, key, values)?;
        if !created {
            return show(ctx, tx, StatusCode::OK, &record);
        }
        let answer = show(ctx, tx, StatusCode::CREATED, &record)?;
        Ok(door::with(answer, "location", format!("/api/v1/{path}/{}", record.id)))
    })
    .await
}

fn parse(sent: &Sent) -> Result<(String, Map<String, Json>), Refused> {
    let mut form = sent.form(&["match", "values"])?;
    let key = form.required("match");
    let values = form.object("values");
    if values.is_none() {
        form.problem("values", "required", "\"values\" is needed: the fields of the record");
    }
    form.finish()?;
    Ok((key, values.unwrap_or_default()))
}

/// The record, and whether it is new.
pub fn apply(ctx: &Ctx, tx: &mut Tx, name: &str, key: &str, values: &Map<String, Json>) -> Result<(bool, Record)> {
    let object = kernel::role::known(ctx, name)?;
    if found(ctx, tx, object, key, values)?.is_empty() {
        match tx.savepoint(|tx| record::create(ctx, tx, name, values)) {
            Ok(record) => return Ok((true, record)),
            // Somebody else made it a moment ago: then there is one to change.
            Err(error) if is_taken(&error) && found(ctx, tx, object, key, values)?.len() == 1 => {}
            Err(error) => return Err(error),
        }
    }
    match found(ctx, tx, object, key, values)?.as_slice() {
        [] => Err(Error::conflict(format!("The {} was removed at this moment; try again", object.label.en.to_lowercase())).retryable()),
        [one] => Ok((false, record::update(ctx, tx, name, *one, values, None)?)),
        several => {
            let ids: Vec<String> = several.iter().map(Id::to_string).collect();
            let message = format!("Several {} have the same {key}; say which by its id", object.path);
            Err(Error::conflict(message).with_extra(json!({"candidates": ids})))
        }
    }
}

/// What has the key already.
fn found(ctx: &Ctx, tx: &mut Tx, object: &Object, key: &str, values: &Map<String, Json>) -> Result<Vec<Id>> {
    match key.strip_prefix(EXTERNAL) {
        Some(system) => Ok(external(tx, object, system, values)?.into_iter().collect()),
        None => candidates(ctx, tx, object, key, values),
    }
}

fn is_taken(error: &Error) -> bool {
    error.problems().iter().any(|p| p.code == "not_unique")
}

/// Records that the caller may see with the same value; at most a few.
fn candidates(ctx: &Ctx, tx: &mut Tx, object: &Object, key: &str, values: &Map<String, Json>) -> Result<Vec<Id>> {
    let filter = condition(object, key, values)?;
    let request = ListRequest {
        object: object.name.clone(),
        filter: Some(filter),
        fields: Some("id".to_string()),
        limit: 5,
        count: Count::None,
        ..ListRequest::default()
    };
    let mut out = Vec::new();
    query::list(ctx, tx, &request, &mut out)?;
    let page: Json = serde_json::from_slice(&out)?;
    let items = page.get("items").and_then(Json::as_array).cloned().unwrap_or_default();
    Ok(items.iter().filter_map(|i| i.get("id")?.as_str()?.parse().ok()).collect())
}

/// The filter that finds records with the same key.
fn condition(object: &Object, key: &str, values: &Map<String, Json>) -> Result<String> {
    let by_email = |kind: FieldType| object.fields.iter().find(|f| f.kind == kind && f.name == format!("{key}s"));
    let field = object.field(key).filter(|f| f.unique || by_email(FieldType::Emails).is_some() || is_first_of_texts(object, &f.name));
    if field.is_none() {
        let names: Vec<&str> = keys(object);
        let hint = nearest(key, names.iter().copied()).map_or_else(|| names.join(", "), |near| format!("did you mean \"{near}\"?"));
        let shown = base::text::shorten(key, 60);
        return Err(Error::field("match", "unknown", format!("{} cannot be matched by \"{shown}\"; {hint}", object.label_plural.en)));
    }
    let needed =
        || Error::fields(vec![FieldProblem::new(format!("values.{key}"), "required", format!("\"{key}\" is needed to match by it"))]);
    let literal = match values.get(key) {
        Some(Json::String(text)) if !text.trim().is_empty() => quote(text.trim()),
        Some(Json::Number(number)) => number.to_string(),
        _ => return Err(needed()),
    };
    Ok(if by_email(FieldType::Emails).is_some() {
        format!("{key}s.exists(e, e.address == {literal})")
    } else if is_first_of_texts(object, key) {
        format!("{literal} in {key}s")
    } else {
        format!("{key} == {literal}")
    })
}

/// `domain` is the first of `domains`: any of them matches.
fn is_first_of_texts(object: &Object, key: &str) -> bool {
    object.field(key).is_some_and(|f| f.alias_of.is_some()) && object.field(&format!("{key}s")).is_some_and(|f| f.kind == FieldType::Texts)
}

fn keys(object: &Object) -> Vec<&str> {
    object
        .fields
        .iter()
        .filter(|f| {
            f.unique
                || is_first_of_texts(object, &f.name)
                || object.field(&format!("{}s", f.name)).is_some_and(|e| e.kind == FieldType::Emails)
        })
        .map(|f| f.name.as_str())
        .collect()
}

/// A text as a literal of the expression language.
fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The record that bears the id which a system gave, as named among the values.
fn external(tx: &mut Tx, object: &Object, system: &str, values: &Map<String, Json>) -> Result<Option<Id>> {
    let listed = values.get("external_ids").and_then(Json::as_array).into_iter().flatten();
    let wanted = listed.filter(|e| e.get("system").and_then(Json::as_str) == Some(system)).find_map(|e| e.get("id")?.as_str());
    let wanted = wanted.ok_or_else(|| {
        Error::field("values.external_ids", "required", format!("An id of the system \"{system}\" is needed to match by it"))
    })?;
    let text = "select record from external_id where object = ?1 and system = ?2 and external_id = ?3";
    let sql = Sql::fill(tx.dialect(), text, [object.name.as_str().into(), system.into(), wanted.into()]);
    Ok(tx.first(&sql, |row| row.id(0))?.flatten())
}

#[cfg(test)]
mod tests {
    use model::Field;

    use super::*;

    fn object_with(fields: Vec<Field>) -> Object {
        let mut object = Object::default();
        object.name = "contact".into();
        object.fields = fields;
        object.index_fields();
        object
    }
    fn field(name: &str, kind: FieldType) -> Field {
        Field { id: name.into(), name: name.into(), kind, ..Field::default() }
    }

    #[test]
    fn an_e_mail_matches_any_address_and_a_code_itself() {
        let mut email = field("email", FieldType::Email);
        email.alias_of = Some("emails.address".into());
        let mut code = field("code", FieldType::Text);
        code.unique = true;
        let object = object_with(vec![field("emails", FieldType::Emails), email, code, field("city", FieldType::Text)]);
        let values = json!({"email": "a\"@b.it", "code": "X\\1", "city": "Roma"});
        let values = values.as_object().unwrap();
        assert_eq!(condition(&object, "email", values).unwrap(), r#"emails.exists(e, e.address == "a\"@b.it")"#);
        assert_eq!(condition(&object, "code", values).unwrap(), r#"code == "X\\1""#);
        assert_eq!(condition(&object, "city", values).unwrap_err().problems()[0].field, "match");
        assert_eq!(condition(&object, "code", &Map::new()).unwrap_err().problems()[0].field, "values.code");
    }
}
