//! Search across objects, ranked, within the caller's reach.
//!
//! Ranking is bounded: of each object the newest hits are looked at and ordered by how well they match, so that a
//! frequent word costs no more than a rare one.

mod beside;

use std::collections::{HashMap, HashSet};

use base::{Error, Id, Instant, Result};
use model::{Field, FieldType, Object};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use store::{Dialect, Sql, Tx};

use crate::ctx::Ctx;
use crate::record;
use crate::role::{self, Reach, Right};

/// Hits of one object that are looked at.
const HITS: u32 = 300;
/// The same where most of them may lie outside the caller's reach.
const HITS_WITHIN_REACH: u32 = 20_000;
/// Records of one object that are looked through at first: the most frequent words have hits enough among them.
const NEWEST: u32 = 2_000;
/// Those that are looked through where the newest have some hits.
const NEWER: u32 = 20_000;
/// With so many hits the older ones are not looked for.
const ENOUGH: usize = 60;
/// With so many hits among the newest, there are enough among ten times as many.
const SOME: usize = 8;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchRequest {
    pub q: String,
    /// Singular or plural names; all searched ones without it.
    #[serde(default)]
    pub objects: Option<Vec<String>>,
    #[serde(default)]
    pub limit: Option<usize>,
}

struct Hit {
    object: String,
    id: Id,
    title: String,
    subtitle: String,
    score: i64,
    updated_at: Instant,
    /// The words that it answers, and whether the last of them may be the beginning of a longer one.
    words: Vec<String>,
    last_is_prefix: bool,
}

pub fn run(ctx: &Ctx, tx: &mut Tx, request: &SearchRequest) -> Result<Json> {
    let limit = request.limit.unwrap_or(20);
    if limit == 0 || limit > 100 {
        return Err(Error::field("limit", "invalid", "limit is from 1 to 100"));
    }
    let objects = objects(ctx, request)?;
    let mut hits = find(ctx, tx, &objects, &readings(&request.q))?;
    if hits.len() < limit {
        let mut questions = Vec::new();
        for object in &objects {
            questions.extend(beside::questions(ctx, tx.dialect(), object, &request.q)?);
        }
        let known: HashSet<Id> = hits.iter().map(|hit| hit.id).collect();
        hits.extend(once(answers(ctx, tx, questions)?).into_iter().filter(|hit| !known.contains(&hit.id)));
    }
    hits.sort_by(|a, b| b.score.cmp(&a.score).then(b.updated_at.cmp(&a.updated_at)));
    hits.truncate(limit);
    let matched = matched(ctx, tx, &hits)?;
    let one = |h: &Hit| {
        json!({
            "object": h.object, "id": h.id.to_string(), "title": h.title, "subtitle": h.subtitle, "score": h.score,
            "matched": matched.get(&h.id),
        })
    };
    Ok(json!({"items": hits.iter().map(one).collect::<Vec<Json>>()}))
}

/// By what the hits were found whose titles do not tell: `{field, label, text, from, to}`, with the place of the word in
/// characters, null where it stands there in another script.
fn matched(ctx: &Ctx, tx: &mut Tx, hits: &[Hit]) -> Result<HashMap<Id, Json>> {
    let mut all = HashMap::new();
    let mut by_object: HashMap<&str, Vec<&Hit>> = HashMap::new();
    for hit in hits.iter().filter(|h| h.score < IN_TITLE) {
        by_object.entry(&hit.object).or_default().push(hit);
    }
    for (name, hits) in by_object {
        let Some(object) = ctx.model.object(name) else { continue };
        let ids: Vec<Id> = hits.iter().map(|h| h.id).collect();
        let records = record::get_all(ctx, tx, object, &ids)?;
        for hit in hits {
            let Some(record) = records.iter().find(|r| r.id == hit.id) else { continue };
            let Some(found) = record::found_by(ctx, object, record, &hit.words, hit.last_is_prefix) else { continue };
            let (from, to) = found.place.unzip();
            let label = found.field.label.in_language(&ctx.language);
            all.insert(hit.id, json!({"field": found.field.name, "label": label, "text": found.text, "from": from, "to": to}));
        }
    }
    Ok(all)
}

/// What is asked for: words, of which the last may be the beginning of a longer one.
#[derive(Clone)]
struct Asked<'a> {
    q: &'a str,
    words: Vec<String>,
    last_is_prefix: bool,
}

/// The words as they are written; of what looks like a telephone number also its digits in one piece, with and without
/// the zero that is dialled inside a country.
fn readings(q: &str) -> Vec<Asked<'_>> {
    let (words, last_is_prefix) = base::text::words_of_query(q);
    let mut all = Vec::new();
    if let Some(digits) = base::text::phone_digits(q) {
        let national = digits.trim_start_matches('0').to_string();
        for number in [digits, national] {
            if !all.iter().any(|asked: &Asked<'_>| asked.words.first() == Some(&number)) {
                all.push(Asked { q, words: vec![number], last_is_prefix: true });
            }
        }
    }
    if !words.is_empty() && !all.iter().any(|asked| asked.words == words) {
        all.push(Asked { q, words, last_is_prefix });
    }
    all
}

fn objects<'a>(ctx: &'a Ctx, request: &SearchRequest) -> Result<Vec<&'a Object>> {
    let may = |o: &&Object| {
        o.searched && role::scope_allows(ctx, o, "read") && !matches!(role::reach(ctx, o, Right::Read), Ok(Reach::Nothing) | Err(_))
    };
    let Some(names) = &request.objects else { return Ok(ctx.model.objects().iter().filter(may).collect()) };
    let mut found = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let object = ctx.model.object(name).or_else(|| ctx.model.object_by_path(name)).filter(may);
        match object {
            Some(object) => found.push(object),
            None => {
                return Err(Error::field(
                    format!("objects[{i}]"),
                    "unknown",
                    format!("\"{}\" cannot be searched", base::text::shorten(name, 60)),
                ));
            }
        }
    }
    Ok(found)
}

/// The hits of each object by each reading: among the newest records where there are enough of them, else among all.
fn find(ctx: &Ctx, tx: &mut Tx, objects: &[&Object], readings: &[Asked<'_>]) -> Result<Vec<Hit>> {
    let wanted = || readings.iter().flat_map(|asked| objects.iter().map(move |object| (*object, asked)));
    let (mut newest, mut whole, mut hits) = (Vec::new(), Vec::new(), Vec::new());
    for (object, asked) in wanted() {
        match question(ctx, tx.dialect(), object, asked.clone(), Among::Newest(NEWEST))? {
            Some(question) => newest.push(question),
            None => whole.extend(question(ctx, tx.dialect(), object, asked.clone(), Among::All)?),
        }
    }
    let mut newer = Vec::new();
    for ((object, asked), found) in tried(&newest).into_iter().zip(answers(ctx, tx, newest)?) {
        match found.len() {
            ENOUGH.. => hits.push(found),
            SOME.. => newer.extend(question(ctx, tx.dialect(), object, asked, Among::Newest(NEWER))?),
            _ => whole.extend(question(ctx, tx.dialect(), object, asked, Among::All)?),
        }
    }
    for ((object, asked), found) in tried(&newer).into_iter().zip(answers(ctx, tx, newer)?) {
        match found.len() {
            ENOUGH.. => hits.push(found),
            _ => whole.extend(question(ctx, tx.dialect(), object, asked, Among::All)?),
        }
    }
    hits.extend(answers(ctx, tx, whole)?);
    Ok(once(hits))
}

fn tried<'a>(questions: &[Question<'a>]) -> Vec<(&'a Object, Asked<'a>)> {
    questions.iter().map(|question| (question.object, question.asked.clone())).collect()
}

/// Each record once, in their order.
fn once(hits: Vec<Vec<Hit>>) -> Vec<Hit> {
    let mut known = HashSet::new();
    hits.into_iter().flatten().filter(|hit| known.insert(hit.id)).collect()
}

/// Which records are looked at.
enum Among {
    /// So many of the newest.
    Newest(u32),
    All,
    /// Those that fulfil a further condition.
    Where(Sql),
}

/// A statement that finds records of one object.
struct Question<'a> {
    object: &'a Object,
    asked: Asked<'a>,
    sql: Sql,
}

/// For records of one object that answer the words; nothing where there is no such question.
fn question<'a>(ctx: &Ctx, dialect: Dialect, object: &'a Object, asked: Asked<'a>, among: Among) -> Result<Option<Question<'a>>> {
    let Some(title) = object.field(&object.title) else { return Ok(None) };
    let reach = role::reach(ctx, object, Right::Read)?;
    let is_all = matches!(reach, Reach::All);
    let mut sql = Sql::new(dialect);
    sql.push("select t.id, ");
    match role::may_read_field(ctx, object, title) {
        true => sql.push_column("t", &title.id),
        false => sql.push("null"),
    };
    sql.push(", t.updated_at, ");
    subtitle(ctx, object, &mut sql)?;
    sql.push(" from ").push_ident(&object.name).push(" t where t.deleted_at is null and ");
    let (words, is_prefix) = (&asked.words, asked.last_is_prefix);
    match among {
        Among::Newest(rows) => {
            if !dialect.search_newest(&mut sql, "t", &object.name, words, is_prefix, rows) {
                return Ok(None);
            }
        }
        Among::All => {
            let hits = if is_all { HITS } else { HITS_WITHIN_REACH };
            dialect.search_match(&mut sql, "t", &object.name, words, is_prefix, hits);
        }
        Among::Where(further) => {
            dialect.search_match(&mut sql, "t", &object.name, words, is_prefix, HITS_WITHIN_REACH);
            sql.push(" and ").append(further);
        }
    }
    if let Reach::Where(expr) = reach {
        sql.push(" and ");
        role::push_rule(ctx, &expr, "t", &mut sql)?;
    }
    sql.push(&format!(" order by t.rid desc limit {HITS}"));
    Ok(Some(Question { object, asked, sql }))
}

/// What each of the questions finds. They are asked together.
fn answers(ctx: &Ctx, tx: &mut Tx, questions: Vec<Question<'_>>) -> Result<Vec<Vec<Hit>>> {
    let statements: Vec<Sql> = questions.iter().map(|question| question.sql.clone()).collect();
    let mut found: Vec<Vec<Hit>> = questions.iter().map(|_| Vec::new()).collect();
    tx.each_of(&statements, &mut |at, row| {
        let (Some(Question { object, asked, .. }), Some(hits)) = (questions.get(at), found.get_mut(at)) else { return Ok(()) };
        let title = row.text(1)?.unwrap_or_default().to_string();
        hits.push(Hit {
            object: object.name.clone(),
            id: row.must_id(0)?,
            score: score(&base::text::fold(&title), &base::text::fold(asked.q), &asked.words),
            title,
            subtitle: row.text(3)?.unwrap_or_default().to_string(),
            updated_at: row.must_instant(2)?,
            words: asked.words.clone(),
            last_is_prefix: asked.last_is_prefix,
        });
        Ok(())
    })?;
    for (Question { object, asked, .. }, hits) in questions.iter().zip(&mut found) {
        if record::has_unreadable(ctx, object) {
            let ids: Vec<Id> = hits.iter().map(|h| h.id).collect();
            let answering = answering(ctx, tx, object, &ids, &asked.words, asked.last_is_prefix)?;
            hits.retain(|h| answering.contains(&h.id));
        }
    }
    Ok(found)
}

/// Those of some records that answer by fields which the caller may read.
fn answering(ctx: &Ctx, tx: &mut Tx, object: &Object, ids: &[Id], words: &[String], last_is_prefix: bool) -> Result<Vec<Id>> {
    let found = record::get_all(ctx, tx, object, ids)?;
    Ok(found.iter().filter(|r| record::answers(ctx, object, r, words, last_is_prefix)).map(|r| r.id).collect())
}

/// For a list by words where the index also holds words that the caller may not read: the newest records that answer
/// by what he may.
pub fn among(ctx: &Ctx, tx: &mut Tx, object: &Object, words: &[String], last_is_prefix: bool) -> Result<Vec<Id>> {
    let mut sql = Sql::new(tx.dialect());
    sql.push("select t.id from ").push_ident(&object.name).push(" t where ");
    tx.dialect().search_match(&mut sql, "t", &object.name, words, last_is_prefix, HITS_WITHIN_REACH);
    if let Reach::Where(expr) = role::reach(ctx, object, Right::Read)? {
        sql.push(" and ");
        role::push_rule(ctx, &expr, "t", &mut sql)?;
    }
    sql.push(" order by t.rid desc limit 2000");
    let ids: Vec<Id> = tx.all(&sql, |row| row.id(0))?.into_iter().flatten().collect();
    answering(ctx, tx, object, &ids, words, last_is_prefix)
}

/// What tells records of one name apart: the company of a person, the city of a company.
fn subtitle(ctx: &Ctx, object: &Object, sql: &mut Sql) -> Result<()> {
    let readable = |name: &str| object.field(name).filter(|f| role::may_read_field(ctx, object, f));
    if let Some(field) = readable("company").filter(|f| f.kind == FieldType::Link) {
        return subtitle_of_link(ctx, field, sql);
    }
    match readable("city").and_then(|f| f.alias_of.clone()) {
        Some(alias) => sql.push_column("t", &alias.replace('.', "__")),
        None => sql.push("null"),
    };
    Ok(())
}

/// The title of the linked record, if the caller may see that one.
fn subtitle_of_link(ctx: &Ctx, field: &Field, sql: &mut Sql) -> Result<()> {
    let target = field.to.as_deref().and_then(|to| ctx.model.object(to)).filter(|t| role::scope_allows(ctx, t, "read"));
    let title = target.and_then(|t| t.field(&t.title).filter(|f| role::may_read_field(ctx, t, f)).map(|f| (t, f)));
    let Some((target, title)) = title else {
        sql.push("null");
        return Ok(());
    };
    sql.push("(select c.").push_ident(&title.id).push(" from ").push_ident(&target.name);
    sql.push(" c where c.deleted_at is null and c.id = ").push_column("t", &field.id);
    match role::reach(ctx, target, Right::Read)? {
        Reach::All => {}
        Reach::Nothing => {
            sql.push(" and 1 = 0");
        }
        Reach::Where(rule) => {
            sql.push(" and ");
            role::push_rule(ctx, &rule, "c", sql)?;
        }
    }
    sql.push(")");
    Ok(())
}

/// From here on every word is in the title.
const IN_TITLE: i64 = 60;

/// How well a title answers: all of it, its beginning, the beginning of a word, else found elsewhere.
fn score(title: &str, q: &str, words: &[String]) -> i64 {
    if title == q {
        return 100;
    }
    if title.starts_with(q) {
        return 80;
    }
    let begins = |word: &str| title.split_whitespace().any(|t| t.starts_with(word));
    if words.iter().all(|w| begins(w)) {
        return IN_TITLE;
    }
    if words.iter().any(|w| title.contains(w.as_str())) { 40 } else { 20 }
}
