//! A mapping in one line: `Account=company.name,"Amount, EUR"=amount*1000,Kind=`.

use base::{Error, Number, Result};

use super::{Column, Mapping};

/// Pairs of header and target, separated by commas; a header with a comma or an equals sign stands in double quotes.
/// A factor may follow the target. An empty target leaves the column out.
pub fn parse(text: &str) -> Result<Mapping> {
    let mut columns = Vec::new();
    for pair in split(text, ',')? {
        if pair.trim().is_empty() {
            continue;
        }
        let parts = split(&pair, '=')?;
        let [header, target] = parts.as_slice() else {
            return Err(Error::field("map", "invalid", format!("\"{}\" is not like Header=field", pair.trim())));
        };
        columns.push(column(&plain(header), target.trim())?);
    }
    if columns.is_empty() {
        return Err(Error::field("map", "invalid", "The mapping names no columns; write Header=field,…"));
    }
    Ok(Mapping { columns, ..Mapping::default() })
}

fn column(header: &str, target: &str) -> Result<Column> {
    let (to, times) = match target.split_once('*') {
        Some((to, factor)) => {
            let times: Number = factor
                .trim()
                .parse()
                .map_err(|_| Error::field("map", "invalid", format!("\"{factor}\" is not a factor; write like amount*1000")))?;
            (to.trim(), Some(times))
        }
        None => (target, None),
    };
    Ok(Column { header: Some(header.to_string()), to: (!to.is_empty()).then(|| to.to_string()), times, ..Column::default() })
}

/// Splits where the mark stands outside of double quotes.
fn split(text: &str, mark: char) -> Result<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '"';
        match parts.last_mut() {
            Some(part) if c != mark || quoted => part.push(c),
            _ => parts.push(String::new()),
        }
    }
    if quoted {
        return Err(Error::field("map", "invalid", format!("A quote is not closed in {text}")));
    }
    Ok(parts)
}

/// Without the quotes around it; a doubled quote within is one.
fn plain(header: &str) -> String {
    let header = header.trim();
    match header.strip_prefix('"').and_then(|h| h.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => header.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        match parse(text) {
            Ok(mapping) => {
                let show = |c: &Column| {
                    let times = c.times.map(|t| format!(" times {t}")).unwrap_or_default();
                    format!("{} → {}{times}", c.name(), c.to.as_deref().unwrap_or("nothing"))
                };
                mapping.columns.iter().map(show).collect::<Vec<_>>().join("; ")
            }
            Err(error) => error.message().to_string(),
        }
    }

    #[test]
    fn pairs_are_read() {
        assert_eq!(told("Name=name, Account = company.name ,"), "Name → name; Account → company.name");
        assert_eq!(told("revenue=annual_revenue*1000000"), "revenue → annual_revenue times 1000000");
        assert_eq!(told("\"Amount, EUR\"=amount,\"a=b\"=name,Kind="), "Amount, EUR → amount; a=b → name; Kind → nothing");
        assert_eq!(told("date=created_at,date=stage@Engaging"), "date → created_at; date → stage@Engaging");
    }

    #[test]
    fn what_is_no_pair_is_told() {
        assert_eq!(told("Name"), "\"Name\" is not like Header=field");
        assert_eq!(told("a=b*x"), "\"x\" is not a factor; write like amount*1000");
        assert_eq!(told("\"a=b"), "A quote is not closed in \"a=b");
        assert_eq!(told(","), "The mapping names no columns; write Header=field,…");
    }
}
