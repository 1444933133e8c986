//! What kind of thing a cell looks like, whatever its column is called.

use serde::Serialize;

use super::date::{self, DateOrder};
use super::{is_space, number};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    Empty,
    Boolean,
    Integer,
    Decimal,
    Money,
    Percent,
    Date,
    Instant,
    Email,
    Phone,
    Url,
    /// A few words: a name, a code, a status.
    Words,
    /// Sentences, markup, anything longer.
    Text,
}

/// Words for yes and no in the languages of the product.
const BOOLEANS: &[&str] = &["true", "false", "yes", "no", "si", "vero", "falso", "wahr", "falsch", "ja", "nein", "是", "否"];

pub fn of(cell: &str) -> Shape {
    let cell = cell.trim_matches(is_space);
    if cell.is_empty() {
        return Shape::Empty;
    }
    if cell.len() > 300 {
        return Shape::Text;
    }
    let digits = cell.chars().filter(|c| base::text::digit(*c).is_some()).count();
    if digits > 0
        && let Some(shape) = numeric(cell, digits)
    {
        return shape;
    }
    if is_email(cell) {
        return Shape::Email;
    }
    if is_url(cell) {
        return Shape::Url;
    }
    if cell.len() <= 6 && BOOLEANS.contains(&base::text::fold(cell).as_str()) {
        return Shape::Boolean;
    }
    if is_words(cell) { Shape::Words } else { Shape::Text }
}

fn numeric(cell: &str, digits: usize) -> Option<Shape> {
    let dated = [DateOrder::Dmy, DateOrder::Mdy].into_iter().find_map(|order| date::written(cell, order));
    let bare = cell.bytes().all(|b| b.is_ascii_digit());
    if let Some(moment) = dated
        && !bare
    {
        return Some(if moment.time.is_some() { Shape::Instant } else { Shape::Date });
    }
    if is_phone(cell, digits) {
        return Some(Shape::Phone);
    }
    let amount = number::read_any(cell)?;
    Some(match amount {
        a if a.percent => Shape::Percent,
        a if a.currency.is_some() || cell.contains(['¥', '￥']) => Shape::Money,
        _ if cell.contains(['.', ',']) => Shape::Decimal,
        _ => Shape::Integer,
    })
}

/// A plus sign, or digits in groups that no number has.
fn is_phone(cell: &str, digits: usize) -> bool {
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '+' | '\u{A0}');
    let (plain, extension) = cell.split_once([' ', ',', ';']).map_or((cell, ""), |_| {
        let at = cell.find(" x").or_else(|| cell.find(" ext")).unwrap_or(cell.len());
        (cell.get(..at).unwrap_or(cell), cell.get(at..).unwrap_or_default())
    });
    let extension_is_short = extension.chars().filter(char::is_ascii_digit).count() <= 6;
    if !(6..=21).contains(&digits) || !plain.chars().all(allowed) || !extension_is_short {
        return false;
    }
    let grouped = plain.chars().filter(|c| matches!(c, ' ' | '-' | '.' | '(' | '/')).count();
    let starts = plain.starts_with('+') || plain.starts_with("00") || plain.starts_with('(');
    starts || digits >= 7 && grouped >= 1 && number::read_any(plain).is_none() || digits >= 9 && plain.starts_with('0')
}

pub fn is_email(cell: &str) -> bool {
    let address = cell.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).unwrap_or(cell);
    match address.split_once('@') {
        Some((local, domain)) => {
            !local.is_empty() && !address.contains(is_space) && !domain.contains('@') && domain.contains('.') && !domain.starts_with('.')
        }
        None => false,
    }
}

/// `https://…`, `www.…`, or a bare host name such as `example.com`.
pub fn is_url(cell: &str) -> bool {
    if cell.contains(is_space) || cell.contains('@') && !cell.contains("://") {
        return false;
    }
    if cell.starts_with("http://") || cell.starts_with("https://") || cell.starts_with("www.") {
        return true;
    }
    let host = cell.split('/').next().unwrap_or(cell);
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |l: &&str| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-');
    labels.len() >= 2
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|l| (2..=12).contains(&l.len()) && l.chars().all(|c| c.is_ascii_alphabetic()))
}

fn is_words(cell: &str) -> bool {
    let plain =
        |c: char| c.is_alphanumeric() || is_space(c) || matches!(c, '-' | '\'' | '’' | '.' | '&' | '_' | '/' | '(' | ')' | '+' | '#' | '·');
    cell.chars().count() <= 80 && cell.chars().all(plain) && cell.split(is_space).count() <= 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_what_they_look_like() {
        for (cell, shape) in [
            ("  ", Shape::Empty),
            ("yes", Shape::Boolean),
            ("Sì", Shape::Boolean),
            ("2822", Shape::Integer),
            ("1100.04", Shape::Decimal),
            ("$342.09K", Shape::Money),
            ("12 %", Shape::Percent),
            ("10/20/2016", Shape::Date),
            ("15 Apr, 2021 00:03:00", Shape::Instant),
            ("GaryLDenson@cuvox.example", Shape::Email),
            ("Mario Rossi <mario@rossi.example>", Shape::Email),
            ("660-485-0224", Shape::Phone),
            ("+39 0541 123456", Shape::Phone),
            ("1-955-371-0847 x371", Shape::Phone),
            ("(415) 293-3313", Shape::Phone),
            ("262.397.7937", Shape::Phone),
            ("CameraUpdate.com", Shape::Url),
            ("https://legame.example/a", Shape::Url),
            ("Acme Corporation", Shape::Words),
            ("王晓明", Shape::Words),
            ("Called twice; wants an offer by Friday, then a demo.", Shape::Text),
            ("1,117.10", Shape::Decimal),
            ("1 234 567", Shape::Integer),
        ] {
            assert_eq!(of(cell), shape, "{cell}");
        }
    }
}
