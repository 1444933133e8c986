//! Codes of what people make, from the names that they give.

use std::collections::BTreeSet;

use base::text::fold;

/// Characters of a code.
const LONGEST: usize = 40;

/// `Trade fair 2027` becomes `trade_fair_2027`; a label without Latin letters becomes `plain`; the second of one name
/// gets a number.
pub fn fresh(label: &str, plain: &str, taken: &BTreeSet<String>) -> String {
    let mut code = String::new();
    for c in fold(label).chars() {
        match c {
            c if c.is_ascii_alphanumeric() => code.push(c),
            _ if !code.is_empty() && !code.ends_with('_') => code.push('_'),
            _ => {}
        }
    }
    let code: String = code.trim_matches('_').chars().take(LONGEST).collect();
    let code = if code.is_empty() { plain.to_string() } else { code };
    let numbered = (2_u32..).map(|n| format!("{code}_{n}"));
    std::iter::once(code.clone()).chain(numbered).find(|code| !taken.contains(code)).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_follows_from_the_label_and_is_not_taken_twice() {
        let taken: BTreeSet<String> = ["fiera_di_rimini".to_string(), "option".to_string()].into();
        assert_eq!(fresh("Però, così!", "option", &taken), "pero_cosi");
        assert_eq!(fresh("Fiera di Rimini", "option", &taken), "fiera_di_rimini_2");
        assert_eq!(fresh("展会", "option", &taken), "option_2");
    }
}
