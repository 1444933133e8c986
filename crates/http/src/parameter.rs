//! The query part of an address, read strictly: what is unknown or wrong is refused, never ignored.

use std::ops::RangeInclusive;

use base::{Error, FieldProblem, Instant, Result};
use model::nearest::nearest;

/// Parameters of one request. The getters gather problems, [`Parameters::finish`] tells them all at once.
#[derive(Debug)]
pub struct Parameters {
    pairs: Vec<(String, String)>,
    problems: Vec<FieldProblem>,
}

impl Parameters {
    /// `Malformed` when the text is not percent-encoded UTF-8.
    pub fn read(query: Option<&str>, known: &[&str]) -> Result<Self> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut problems = Vec::new();
        for pair in query.unwrap_or_default().split('&').filter(|p| !p.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            let shown = base::text::shorten(&name, 60);
            if !known.contains(&name.as_str()) {
                let hint = match nearest(&name, known.iter().copied()) {
                    Some(near) => format!("; did you mean \"{near}\"?"),
                    None if known.is_empty() => "; this address takes none".to_string(),
                    None => format!("; there are {}", known.join(", ")),
                };
                problems.push(FieldProblem::new(shown.clone(), "unknown", format!("There is no parameter \"{shown}\"{hint}")));
            } else if pairs.iter().any(|(n, _)| *n == name) {
                problems.push(FieldProblem::new(shown.clone(), "repeated", format!("The parameter \"{shown}\" is given twice")));
            } else if value.contains('\0') {
                problems.push(FieldProblem::new(shown, "character", "The character U+0000 is not allowed"));
            } else {
                pairs.push((name, value));
            }
        }
        Ok(Parameters { pairs, problems })
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Absent when empty, too.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).filter(|v| !v.is_empty()).map(str::to_string)
    }

    pub fn flag(&mut self, name: &str) -> bool {
        match self.get(name) {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => {
                self.problem(name, "type", "Write true or false");
                false
            }
        }
    }

    pub fn number(&mut self, name: &str, range: RangeInclusive<usize>) -> Option<usize> {
        let parsed = self.get(name)?.parse::<usize>();
        match parsed {
            Ok(n) if range.contains(&n) => Some(n),
            _ => {
                self.problem(name, "range", format!("Write a number from {} to {}", range.start(), range.end()));
                None
            }
        }
    }

    pub fn instant(&mut self, name: &str) -> Option<Instant> {
        match self.get(name)?.parse() {
            Ok(instant) => Some(instant),
            Err(error) => {
                self.problem(name, "type", Error::message(&error));
                None
            }
        }
    }

    /// The place of the value among the choices.
    pub fn choice(&mut self, name: &str, choices: &[&str]) -> Option<usize> {
        let found = choices.iter().position(|c| self.get(name) == Some(c));
        if found.is_none() && self.get(name).is_some() {
            self.problem(name, "unknown", format!("Write one of {}", choices.join(", ")));
        }
        found
    }

    fn problem(&mut self, name: &str, code: &str, message: impl Into<String>) {
        self.problems.push(FieldProblem::new(name, code, message));
    }

    pub fn finish(self) -> Result<()> {
        if self.problems.is_empty() { Ok(()) } else { Err(Error::fields(self.problems)) }
    }
}

/// Refuses any parameter whatever.
pub fn none(query: Option<&str>) -> Result<()> {
    Parameters::read(query, &[])?.finish()
}

/// `%41`, `+`; anything that does not come out as UTF-8 is refused.
fn decode(text: &str) -> Result<String> {
    let wrong = || Error::malformed(format!("The address is not percent-encoded UTF-8 near \"{}\"", base::text::shorten(text, 60)));
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
                let (high, low) = (digit(rest.next()).ok_or_else(wrong)?, digit(rest.next()).ok_or_else(wrong)?);
                high << 4 | low
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(query: &str, known: &[&str]) -> Vec<(String, String)> {
        let error = Parameters::read(Some(query), known).and_then(Parameters::finish).unwrap_err();
        error.problems().iter().map(|p| (p.field.clone(), p.message.clone())).collect()
    }

    #[test]
    fn values_are_decoded() {
        let p = Parameters::read(Some("filter=city+%3D%3D+%22Forl%C3%AC%22&q=&limit=5"), &["filter", "q", "limit"]).unwrap();
        assert_eq!(p.text("filter").as_deref(), Some("city == \"Forlì\""));
        assert_eq!(p.text("q"), None);
    }

    #[test]
    fn an_unknown_parameter_is_refused_with_the_nearest_name() {
        let told = problems("fitler=x&zzz=1", &["filter", "sort"]);
        assert_eq!(told[0], ("fitler".to_string(), "There is no parameter \"fitler\"; did you mean \"filter\"?".to_string()));
        assert_eq!(told[1].1, "There is no parameter \"zzz\"; there are filter, sort");
    }

    #[test]
    fn all_wrong_values_are_told_at_once() {
        let known = ["limit", "count", "as_of", "purge"];
        let mut p = Parameters::read(Some("limit=501&count=many&as_of=yesterday&purge=maybe"), &known).unwrap();
        p.number("limit", 1..=500);
        p.choice("count", &["none", "bounded", "exact"]);
        p.instant("as_of");
        p.flag("purge");
        let error = p.finish().unwrap_err();
        let fields: Vec<&str> = error.problems().iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, known);
    }

    #[test]
    fn what_is_not_utf8_is_malformed() {
        for query in ["q=%FF", "q=%", "q=%4", "q=%GG", "%C3%28=1"] {
            assert_eq!(Parameters::read(Some(query), &["q"]).unwrap_err().code(), base::Code::Malformed, "{query}");
        }
    }

    #[test]
    fn repeated_parameters_and_nul_are_refused() {
        assert_eq!(problems("q=a&q=b", &["q"])[0].1, "The parameter \"q\" is given twice");
        assert_eq!(problems("q=a%00b", &["q"])[0].0, "q");
    }
}
