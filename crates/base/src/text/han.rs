//! Chinese characters and their pronunciation in plain pinyin.

use pinyin::ToPinyin;

/// An ideograph, in any of the blocks that names are written with.
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3005 | 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

pub(super) fn has_han(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_han)
}

/// Han written as pinyin without tones, a space between syllables; everything else stays. `None` without Han.
pub fn pinyin(text: &str) -> Option<String> {
    if !has_han(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len() * 2);
    let mut after_han = false;
    for piece in pieces(text) {
        match piece {
            Piece::Han(run) => {
                for syllable in syllables(run) {
                    space(&mut out);
                    out.push_str(&syllable);
                }
                after_han = true;
            }
            Piece::Other(rest) => {
                if after_han && rest.starts_with(char::is_alphanumeric) {
                    space(&mut out);
                }
                out.push_str(rest);
                after_han = false;
            }
        }
    }
    Some(out)
}

fn space(out: &mut String) {
    if out.ends_with(char::is_alphanumeric) {
        out.push(' ');
    }
}

/// The same without any space: `wangxiaoming`.
pub fn pinyin_joined(text: &str) -> Option<String> {
    pinyin(text).map(|p| p.split_whitespace().collect())
}

pub(super) enum Piece<'a> {
    Han(&'a str),
    Other(&'a str),
}

/// A text cut where Han begins and ends.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let han = is_han(rest.chars().next()?);
        let end = rest.find(|c| is_han(c) != han).unwrap_or(rest.len());
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(if han { Piece::Han(piece) } else { Piece::Other(piece) })
    })
}

/// Words and places in which a character is not read as it mostly is.
const READINGS: &[(&str, &str)] = &[
    ("重庆", "chong qing"),
    ("长沙", "chang sha"),
    ("长春", "chang chun"),
    ("长江", "chang jiang"),
    ("长城", "chang cheng"),
    ("厦门", "xia men"),
    ("成都", "cheng du"),
    ("首都", "shou du"),
    ("西藏", "xi zang"),
    ("乐清", "yue qing"),
    ("番禺", "pan yu"),
    ("六安", "lu an"),
    ("蚌埠", "beng bu"),
    ("台州", "tai zhou"),
    ("音乐", "yin yue"),
    ("银行", "yin hang"),
    ("行业", "hang ye"),
    ("会计", "kuai ji"),
    ("重复", "chong fu"),
    ("调查", "diao cha"),
    ("欧阳", "ou yang"),
    ("尉迟", "yu chi"),
    ("长孙", "zhang sun"),
    ("万俟", "mo qi"),
    ("单于", "chan yu"),
];

/// Surnames that are read otherwise than the character mostly is; at the start of a name of two to four characters.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('曾', "zeng"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('覃', "qin"),
    ('翟', "zhai"),
    ('查', "zha"),
    ('朴', "piao"),
    ('区', "ou"),
    ('盖', "ge"),
    ('缪', "miao"),
    ('种', "chong"),
    ('员', "yun"),
    ('折', "she"),
    ('任', "ren"),
    ('华', "hua"),
    ('宁', "ning"),
    ('燕', "yan"),
    ('纪', "ji"),
    ('葛', "ge"),
    ('冼', "xian"),
    ('乜', "nie"),
];

/// One syllable per character of a run of Han; a character that has none stays as it is.
pub(super) fn syllables(run: &str) -> Vec<String> {
    let length = run.chars().count();
    let mut out = Vec::with_capacity(length);
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        if let Some((word, reading)) = READINGS.iter().find(|(word, _)| rest.starts_with(word)) {
            out.extend(reading.split(' ').map(str::to_string));
            rest = rest.get(word.len()..).unwrap_or_default();
            continue;
        }
        let surname = (out.is_empty() && (2..=4).contains(&length)).then(|| SURNAMES.iter().find(|(c, _)| *c == first)).flatten();
        out.push(match (surname, first.to_pinyin()) {
            (Some((_, reading)), _) => (*reading).to_string(),
            (None, Some(sound)) => sound.plain().to_string(),
            (None, None) => first.to_string(),
        });
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_said() {
        let cases = [
            ("王晓明", Some("wang xiao ming")),
            ("欧阳娜娜", Some("ou yang na na")),
            ("曾国藩", Some("zeng guo fan")),
            ("重庆银行", Some("chong qing yin hang")),
            ("多尔切冷链科技（上海）有限公司", Some("duo er qie leng lian ke ji（shang hai）you xian gong si")),
            ("GTX专业版 2", Some("GTX zhuan ye ban 2")),
            ("Wang", None),
            ("", None),
        ];
        for (text, sound) in cases {
            assert_eq!(pinyin(text).as_deref(), sound, "{text}");
        }
        assert_eq!(pinyin_joined("王晓明").as_deref(), Some("wangxiaoming"));
    }
}
