//! A statement and its parameters, put together piece by piece.

use crate::{Dialect, Param};

/// Text with numbered placeholders (`?1` on SQLite, `$1` on PostgreSQL) and the values they stand for.
///
/// Values go through [`Sql::bind`] only; text from outside never becomes part of a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Sql {
    dialect: Dialect,
    text: String,
    params: Vec<Param>,
    /// Where in the text each placeholder begins, and which parameter it names (counted from 1); ascending.
    marks: Vec<(usize, usize)>,
    is_once: bool,
}

impl Sql {
    pub fn new(dialect: Dialect) -> Self {
        Sql { dialect, text: String::new(), params: Vec::new(), marks: Vec::new(), is_once: false }
    }

    /// A statement or piece without parameters.
    pub fn raw(dialect: Dialect, text: impl Into<String>) -> Self {
        Sql { dialect, text: text.into(), params: Vec::new(), marks: Vec::new(), is_once: false }
    }

    /// A written statement whose parameters stand as `?1`, `?2`, … on either database; one may stand several times.
    /// Question marks within quotes are left alone.
    pub fn fill(dialect: Dialect, text: &str, params: impl IntoIterator<Item = Param>) -> Self {
        let mut sql = Sql::new(dialect);
        let mut rest = text;
        while let Some(at) = rest.find(['?', '\'', '"']) {
            let (before, from) = rest.split_at(at);
            sql.text.push_str(before);
            let after = from.get(1..).unwrap_or_default();
            if from.starts_with('?') {
                let length = after.bytes().take_while(u8::is_ascii_digit).count();
                let (number, next) = after.split_at(length);
                match number.parse::<usize>() {
                    Ok(number) => sql.mark(number),
                    Err(_) => sql.text.push('?'),
                }
                rest = next;
            } else {
                let quote = from.chars().next().unwrap_or('\'');
                let length = after.find(quote).map_or(after.len(), |end| end + 1);
                let (quoted, next) = after.split_at(length);
                sql.text.push(quote);
                sql.text.push_str(quoted);
                rest = next;
            }
        }
        sql.text.push_str(rest);
        sql.params = params.into_iter().collect();
        sql
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }
    pub fn text(&self) -> &str {
        &self.text
    }
    pub fn params(&self) -> &[Param] {
        &self.params
    }
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// A name in double quotes, so that it is never taken for a keyword.
    pub fn push_ident(&mut self, name: &str) -> &mut Self {
        self.text.push('"');
        for c in name.chars() {
            if c == '"' {
                self.text.push('"');
            }
            self.text.push(c);
        }
        self.text.push('"');
        self
    }

    /// `alias."name"`.
    pub fn push_column(&mut self, alias: &str, name: &str) -> &mut Self {
        self.push(alias).push(".").push_ident(name)
    }

    /// A text literal in single quotes; for constants that must be the same text wherever the expression is repeated
    /// (`group by`), since two placeholders are never the same expression.
    pub fn push_literal(&mut self, text: &str) -> &mut Self {
        self.text.push('\'');
        self.text.push_str(&text.replace('\'', "''"));
        self.text.push('\'');
        self
    }

    /// Says that the text holds a constant and will hardly come again, so that it is planned for that constant and not kept.
    pub fn once(&mut self) -> &mut Self {
        self.is_once = true;
        self
    }
    pub(crate) fn is_once(&self) -> bool {
        self.is_once
    }

    /// A placeholder for the value. PostgreSQL infers its type from where it stands; the value adapts to that type.
    pub fn bind(&mut self, param: impl Into<Param>) -> &mut Self {
        self.params.push(param.into());
        self.mark(self.params.len());
        self
    }

    /// A placeholder that says its own type, for places where PostgreSQL cannot infer it
    /// (`coalesce($1, $2)`, `case … then $1`, a bare `select $1`).
    pub fn bind_typed(&mut self, param: impl Into<Param>) -> &mut Self {
        let param = param.into();
        let cast = self.dialect.cast_of(&param);
        self.bind(param).push(cast)
    }

    /// Placeholders with commas between: `?1, ?2, ?3`.
    pub fn bind_each<P: Into<Param>>(&mut self, params: impl IntoIterator<Item = P>) -> &mut Self {
        for (i, param) in params.into_iter().enumerate() {
            if i > 0 {
                self.push(", ");
            }
            self.bind(param);
        }
        self
    }

    /// Another piece behind this one; its placeholders are numbered on from here.
    pub fn append(&mut self, other: Sql) -> &mut Self {
        let shift = self.params.len();
        let mut done = 0;
        for (at, number) in &other.marks {
            self.text.push_str(other.text.get(done..*at).unwrap_or_default());
            self.mark(number + shift);
            done = at + 1 + digits(*number);
        }
        self.text.push_str(other.text.get(done..).unwrap_or_default());
        self.params.extend(other.params);
        self.is_once |= other.is_once;
        self
    }

    /// Pieces with a separator between, such as conditions joined by ` and `.
    pub fn append_each(&mut self, pieces: impl IntoIterator<Item = Sql>, separator: &str) -> &mut Self {
        for (i, piece) in pieces.into_iter().enumerate() {
            if i > 0 {
                self.push(separator);
            }
            self.append(piece);
        }
        self
    }

    fn mark(&mut self, number: usize) {
        self.marks.push((self.text.len(), number));
        self.text.push(self.dialect.placeholder());
        self.text.push_str(&number.to_string());
    }
}

fn digits(number: usize) -> usize {
    number.checked_ilog10().and_then(|n| usize::try_from(n).ok()).unwrap_or(0) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_in_the_dialect() {
        let mut sql = Sql::new(Dialect::Postgres);
        sql.push("select ").push_ident("a\"b").push(" where x = ").bind(1).push(" or y = ").bind("z");
        assert_eq!(sql.text(), r#"select "a""b" where x = $1 or y = $2"#);
        assert_eq!(sql.params(), [Param::Int(1), Param::Text("z".into())]);
    }

    #[test]
    fn an_appended_piece_is_renumbered_past_the_tenth() {
        let mut all = Sql::new(Dialect::Sqlite);
        all.bind_each(0..9);
        let mut piece = Sql::new(Dialect::Sqlite);
        piece.push(" and ").bind_each(9..12).push(";");
        all.append(piece.clone()).append(piece);
        assert_eq!(all.text(), "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 and ?10, ?11, ?12; and ?13, ?14, ?15;");
        assert_eq!(all.params().len(), 15);
    }

    #[test]
    fn written_statements_keep_their_numbers_and_quotes() {
        let mut sql = Sql::new(Dialect::Postgres);
        sql.bind(7).push(" ");
        sql.append(Sql::fill(
            Dialect::Postgres,
            "a = ?2 and b = ?1 or c = ?2 and d = '?1' and \"e?2\" = 1",
            [Param::Int(1), Param::Int(2)],
        ));
        assert_eq!(sql.text(), "$1 a = $3 and b = $2 or c = $3 and d = '?1' and \"e?2\" = 1");
    }
}
