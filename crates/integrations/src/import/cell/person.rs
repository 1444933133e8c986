//! A person's name in one cell, taken apart.

/// The parts as fields have them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    pub first: String,
    pub last: String,
    pub prefix: String,
    pub suffix: String,
    /// The family name stood first, as in Chinese.
    pub family_first: bool,
}

const PREFIXES: &[&str] = &[
    "mr", "mrs", "ms", "mx", "miss", "dr", "prof", "sig", "sigra", "signor", "signora", "dott", "dottssa", "ing", "avv", "arch", "rag",
    "geom", "herr", "frau", "mme", "mlle", "m", "sr", "sra", "sir", "rev", "hon",
];
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "esq", "cpa"];
/// Words that belong to the family name behind them.
const PARTICLES: &[&str] = &[
    "van", "von", "de", "del", "della", "dello", "dei", "degli", "di", "da", "dal", "dalla", "du", "des", "la", "le", "lo", "der", "den",
    "ter", "ten", "zu", "zur", "af", "av", "al", "el", "bin", "ibn", "mac", "mc", "st", "san", "dos", "das", "do", "d'",
];
/// Chinese family names of two characters.
const COMPOUND: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "公孙", "公孫", "慕容", "令狐", "宇文", "长孙",
    "司徒", "夏侯", "端木",
];

/// `Rossi, Maria`, `Dr. Ada van den Berg Jr.`, `王晓明`; a word alone is the family name.
pub fn read(name: &str) -> Person {
    let name = name.trim();
    if !name.contains(' ') && !name.is_empty() && name.chars().all(base::text::is_han) {
        return chinese(name);
    }
    let (mut words, family) = match name.split_once(',') {
        Some((last, first)) if !is_suffix(first) => (split(first), Some(last.trim().to_string())),
        Some((all, suffix)) => (split(&format!("{all} {suffix}")), None),
        None => (split(name), None),
    };
    let mut person = Person::default();
    while words.len() > usize::from(family.is_none()) && words.first().is_some_and(|w| PREFIXES.contains(&plain(w).as_str())) {
        let word = words.remove(0);
        person.prefix = format!("{} {word}", person.prefix).trim().to_string();
    }
    while words.len() > 1 && words.last().is_some_and(|w| SUFFIXES.contains(&plain(w).as_str())) {
        person.suffix = format!("{} {}", words.pop().unwrap_or_default(), person.suffix).trim().to_string();
    }
    match family {
        Some(last) => {
            person.last = last;
            person.first = words.join(" ");
        }
        None => {
            let at = family_name(&words);
            person.first = words.get(..at).unwrap_or_default().join(" ");
            person.last = words.get(at..).unwrap_or_default().join(" ");
        }
    }
    person
}

fn chinese(name: &str) -> Person {
    let long = COMPOUND.iter().any(|c| name.starts_with(c)) && name.chars().count() > 2;
    let at = name.char_indices().nth(if long { 2 } else { 1 }).map_or(name.len(), |(i, _)| i);
    let (last, first) = name.split_at_checked(at).unwrap_or((name, ""));
    Person { first: first.to_string(), last: last.to_string(), family_first: true, ..Person::default() }
}

fn split(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_string).collect()
}

fn plain(word: &str) -> String {
    base::text::fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_suffix(text: &str) -> bool {
    text.split_whitespace().all(|w| SUFFIXES.contains(&plain(w.trim_matches(',')).as_str()))
}

/// Where the family name begins: the last word, with the particles before it, but never the very first word.
fn family_name(words: &[String]) -> usize {
    let mut at = words.len().saturating_sub(1);
    while at > 1 && words.get(at - 1).is_some_and(|w| PARTICLES.contains(&base::text::fold(w).as_str())) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_as_people_write_them() {
        for (name, parts) in [
            ("Maria Rossi", ["", "Maria", "Rossi", ""]),
            ("Rossi, Maria", ["", "Maria", "Rossi", ""]),
            ("Dott.ssa Maria Grazia Rossi", ["Dott.ssa", "Maria Grazia", "Rossi", ""]),
            ("Dr. Ada van den Berg Jr.", ["Dr.", "Ada", "van den Berg", "Jr."]),
            ("John Smith, PhD", ["", "John", "Smith", "PhD"]),
            ("De Luca", ["", "De", "Luca", ""]),
            ("Anna De Luca", ["", "Anna", "De Luca", ""]),
            ("Madonna", ["", "", "Madonna", ""]),
            ("王晓明", ["", "晓明", "王", ""]),
            ("欧阳修", ["", "修", "欧阳", ""]),
            ("", ["", "", "", ""]),
        ] {
            let person = read(name);
            assert_eq!([&person.prefix, &person.first, &person.last, &person.suffix].map(String::as_str), parts, "{name}");
        }
        assert!(read("王晓明").family_first && !read("Maria Rossi").family_first);
    }
}
