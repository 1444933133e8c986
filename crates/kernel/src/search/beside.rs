//! Words that stand beside a record: "rossi mil" is a Rossi in Milano, or one who works for Milazzo.
//!
//! One of the words is that of the city or of the linked company, all others are the record's own. Looked for only when
//! there are several words and the index alone has found little.

use base::Result;
use model::field;
use model::{Field, FieldType, Object};
use store::{Dialect, Sql};

use super::{Among, Asked, Question, question};
use crate::ctx::Ctx;
use crate::role::{self, Reach, Right};

/// More words than a person types into a search.
const WORDS: usize = 5;

pub(super) fn questions<'a>(ctx: &Ctx, dialect: Dialect, object: &'a Object, q: &'a str) -> Result<Vec<Question<'a>>> {
    let (words, last_is_prefix) = base::text::words_of_query(q);
    let mut all = Vec::new();
    if !(2..=WORDS).contains(&words.len()) {
        return Ok(all);
    }
    for at in (0..words.len()).rev() {
        let mut own = words.clone();
        let word = own.remove(at);
        let Some(condition) = stands_beside(ctx, dialect, object, &word)? else { break };
        // The last word that remains is a whole one, unless it is the one that is being typed.
        let is_open = last_is_prefix && at + 1 < words.len();
        all.extend(question(ctx, dialect, object, Asked { q, words: own, last_is_prefix: is_open }, Among::Where(condition))?);
    }
    Ok(all)
}

/// "Its city, or its company's name or city, has a word that begins so"; nothing where the caller may read none of them.
fn stands_beside(ctx: &Ctx, dialect: Dialect, object: &Object, word: &str) -> Result<Option<Sql>> {
    let mut sql = Sql::new(dialect);
    sql.push("(");
    let mut any = false;
    if let Some(city) = city(ctx, object) {
        begins(&mut sql, "t", &city, word);
        any = true;
    }
    let link = readable(ctx, object, "company").filter(|f| f.kind == FieldType::Link);
    let company = link.and_then(|f| f.to.as_deref()).and_then(|to| ctx.model.object(to)).filter(|t| role::scope_allows(ctx, t, "read"));
    if let (Some(link), Some(company)) = (link, company) {
        if any {
            sql.push(" or ");
        }
        sql.push("exists (select 1 from ").push_ident(&company.name).push(" c where c.deleted_at is null and c.id = ");
        sql.push_column("t", &link.id).push(" and (");
        words_of_company(ctx, company, word, &mut sql)?;
        sql.push(")");
        any = true;
    }
    sql.push(")");
    Ok(any.then_some(sql))
}

/// Name or city of the company begins so, and the caller may see it.
fn words_of_company(ctx: &Ctx, company: &Object, word: &str, sql: &mut Sql) -> Result<()> {
    let title = readable(ctx, company, &company.title).filter(|f| field::has_fold(f)).map(|f| format!("{}__fold", f.id));
    let columns: Vec<String> = title.into_iter().chain(city(ctx, company)).collect();
    for (i, column) in columns.iter().enumerate() {
        sql.push(if i == 0 { "" } else { " or " });
        begins(sql, "c", column, word);
    }
    sql.push(if columns.is_empty() { "1 = 0)" } else { ")" });
    match role::reach(ctx, company, Right::Read)? {
        Reach::All => {}
        Reach::Nothing => {
            sql.push(" and 1 = 0");
        }
        Reach::Where(rule) => {
            sql.push(" and ");
            role::push_rule(ctx, &rule, "c", sql)?;
        }
    }
    Ok(())
}

fn readable<'a>(ctx: &Ctx, object: &'a Object, name: &str) -> Option<&'a Field> {
    object.field(name).filter(|f| role::may_read_field(ctx, object, f))
}

/// The folded city of its address.
fn city(ctx: &Ctx, object: &Object) -> Option<String> {
    let alias = readable(ctx, object, "city")?.alias_of.as_deref()?.replace('.', "__");
    Some(format!("{alias}__fold"))
}

/// Some word of the column begins so; words are letters and digits only, so nothing in them is a wildcard. In Han, which
/// has no spaces, it stands anywhere.
fn begins(sql: &mut Sql, alias: &str, column: &str, word: &str) {
    if word.is_ascii() {
        sql.push("(").push_column(alias, column).push(" like ").bind(format!("{word}%"));
        sql.push(" or ").push_column(alias, column).push(" like ").bind(format!("% {word}%")).push(")");
    } else {
        sql.push_column(alias, column).push(" like ").bind(format!("%{word}%"));
    }
}
