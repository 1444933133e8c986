//! How much alike two texts are: for proposals to a person, never for a decision.

use super::fold;

/// What stands behind a company's name in law, folded; it tells nothing of whether two are the same.
const LEGAL: &[&str] = &[
    "ab",
    "ag",
    "aps",
    "as",
    "bv",
    "co",
    "corp",
    "corporation",
    "doo",
    "gbr",
    "gmbh",
    "inc",
    "kg",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "ohg",
    "oy",
    "plc",
    "sa",
    "sarl",
    "sas",
    "sl",
    "snc",
    "spa",
    "spzoo",
    "srl",
    "srls",
];
/// The same where no spaces are written.
const LEGAL_HAN: &[&str] = &["股份有限公司", "有限责任公司", "有限公司", "公司"];

/// Of two squeezed texts. Edits tell slips of the finger; a common start, which abbreviations keep, counts somewhat
/// more, but only in texts that are not too short for chance.
pub fn similarity(a: &str, b: &str) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let edits = strsim::normalized_damerau_levenshtein(a, b);
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let start = if short.chars().count() >= 4 && long.starts_with(short) { 0.85 } else { 0.0 };
    edits.max(start)
}

/// A name without marks, legal form and order of its words: "Rossi S.r.l." is "rossi", "Mario Rossi" is as "Rossi, Mario".
pub fn name_core(name: &str) -> String {
    let mut folded = fold(name).replace('.', "");
    for form in LEGAL_HAN {
        folded = folded.replace(form, "");
    }
    let mut words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.iter().any(|w| !LEGAL.contains(w)) {
        words.retain(|w| !LEGAL.contains(w));
    }
    words.sort_unstable();
    words.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_without_its_legal_form_and_in_any_order() {
        for (a, b) in [
            ("Gelateria Rossi S.r.l.", "GELATERIA ROSSI"),
            ("Mario Rossi", "Rossi, Mario"),
            ("上海海川冷链有限公司", "上海海川冷链"),
            ("Co", "CO"),
        ] {
            assert_eq!(name_core(a), name_core(b), "{a} and {b}");
        }
        assert_eq!(name_core(""), "");
    }
}
