//! Numbers and amounts as people write them in files: `€ 1.250,50`, `$342.09K`, `(1,200)`, `25 %`, `3万`.

use base::text::digit;
use base::{Currency, Number};

use super::clean::quote;
use super::number::precise;
use super::wrong::Wrong;
use crate::field::ImportLocale;
use crate::list;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    pub number: Number,
    pub currency: Option<Currency>,
    /// A percent sign stood beside it.
    pub percent: bool,
}

/// Spreadsheets write 0.1 + 0.2 with this many decimals or more; such noise is rounded away instead of refused.
const NOISE: usize = 10;

pub fn read(text: &str, locale: &ImportLocale, scale: u32) -> Result<Amount, Wrong> {
    let wrong = || Wrong::format(format!("{} is not a number; write one such as 1250{}50", quote(text), locale.decimal));
    let plain = plain(text);
    let inner = plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let negative = inner.is_some();
    let (before, core, after) = cut(inner.unwrap_or(&plain)).ok_or_else(wrong)?;
    let mut affixes = Affixes { negative, ..Affixes::default() };
    affixes.read(before, locale, false).ok_or_else(wrong)?;
    affixes.read(after, locale, true).ok_or_else(wrong)?;
    let number = number(core, locale.decimal, scale).ok_or_else(wrong)?;
    let factor = Number::from_i64(affixes.factor.unwrap_or(1)).ok_or_else(wrong)?;
    let number = number.mul(factor).ok_or_else(|| Wrong::new("too_big", "This number is too large"))?;
    if number.round_to(scale) != number {
        return Err(precise(scale));
    }
    let number = if affixes.negative { number.neg() } else { number };
    Ok(Amount { number, currency: affixes.currency, percent: affixes.percent })
}

/// Digits of any script and full-width signs as ASCII, all spaces alike.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        c if c.is_whitespace() => ' ',
        '’' | '‘' | '´' | '`' => '\'',
        '−' | '–' | '‐' | '－' => '-',
        '（' => '(',
        '）' => ')',
        '，' | '٫' => ',',
        '．' => '.',
        '％' => '%',
        '＋' => '+',
        '＄' => '$',
        c => digit(c).unwrap_or(c),
    };
    text.trim().chars().map(one).collect()
}

/// What stands before, in and after the digits.
fn cut(text: &str) -> Option<(&str, &str, &str)> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let leads = text.get(..first)?.ends_with(['.', ',']) && !text.get(..first)?.trim_end_matches(['.', ',']).ends_with(char::is_alphabetic);
    let first = if leads { first - 1 } else { first };
    Some((text.get(..first)?, text.get(first..last)?, text.get(last..)?))
}

#[derive(Default)]
struct Affixes {
    negative: bool,
    percent: bool,
    currency: Option<Currency>,
    factor: Option<i64>,
}

impl Affixes {
    /// Signs, currencies, multipliers and a percent sign on one side of the digits.
    fn read(&mut self, text: &str, locale: &ImportLocale, is_after: bool) -> Option<()> {
        // "1.250,-" is a way to write no cents.
        let mut rest =
            text.trim_start_matches([',', '.']).strip_prefix('-').filter(|_| text.starts_with([',', '.'])).unwrap_or(text).trim();
        while let Some(first) = rest.chars().next() {
            let is_word = first.is_alphabetic() || !first.is_ascii() || first == '$';
            let end = if is_word { rest.find([' ', '-', '+', '%', ',']).unwrap_or(rest.len()) } else { first.len_utf8() };
            let (token, after) = rest.split_at_checked(end)?;
            self.token(token, locale, is_after)?;
            rest = after.trim_start();
        }
        Some(())
    }

    fn token(&mut self, token: &str, locale: &ImportLocale, is_after: bool) -> Option<()> {
        match token {
            "-" if !self.negative => self.negative = true,
            "-" | "+" | "," | "." => {}
            "%" => self.percent = true,
            word => self.word(word, locale, is_after)?,
        }
        Some(())
    }

    /// A currency, a multiplier, or both in one word (`k€`, `MEUR`).
    fn word(&mut self, word: &str, locale: &ImportLocale, is_after: bool) -> Option<()> {
        let multiplier = is_after.then(|| factor(word)).flatten();
        if let Some(factor) = multiplier {
            self.factor = Some(self.factor.unwrap_or(1).checked_mul(factor)?);
            return Some(());
        }
        if let Some(found) = currency(word, locale) {
            self.currency = Some(found);
            return Some(());
        }
        let (at, _) = word.char_indices().nth(1)?;
        let halves = [word.split_at_checked(at), word.char_indices().next_back().and_then(|(at, _)| word.split_at_checked(at))];
        for (head, tail) in halves.into_iter().flatten() {
            for (size, sign) in [(head, tail), (tail, head)] {
                if let (Some(factor), Some(found), None) = (factor(size), currency(sign, locale), self.factor) {
                    (self.factor, self.currency) = (Some(factor), Some(found));
                    return Some(());
                }
            }
        }
        None
    }
}

fn factor(word: &str) -> Option<i64> {
    Some(match word.trim_end_matches('.').to_lowercase().as_str() {
        "k" | "t" | "tsd" | "mila" | "thousand" | "千" => 1_000,
        "万" | "萬" => 10_000,
        "m" | "mn" | "mm" | "mio" | "mln" | "million" | "millions" | "milioni" | "milione" | "millionen" | "百万" => 1_000_000,
        "亿" | "億" => 100_000_000,
        "b" | "bn" | "mrd" | "mld" | "billion" | "billions" | "miliardi" | "milliarden" => 1_000_000_000,
        _ => return None,
    })
}

/// A code, a name or a sign; of a sign that several countries use, the file's own currency if it is one of them.
fn currency(word: &str, locale: &ImportLocale) -> Option<Currency> {
    let own = |among: &[&str], usual: &str| {
        let code = locale.currency.map(|c| c.to_string()).filter(|c| among.contains(&c.as_str()));
        Currency::parse(code.as_deref().unwrap_or(usual)).ok()
    };
    match word {
        "$" => own(&["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "CLP", "COP", "ARS"], "USD"),
        "£" => own(&["GBP", "EGP"], "GBP"),
        "¥" if locale.country.as_deref() == Some("CN") => own(&["JPY"], "CNY"),
        "¥" => own(&["CNY", "JPY"], "JPY"),
        "￥" => own(&["CNY", "JPY"], "CNY"),
        "kr" | "kr." | "Kr" => own(&["SEK", "NOK", "DKK", "ISK"], "SEK"),
        _ => list::find("currency", word).and_then(|code| Currency::parse(code).ok()),
    }
}

/// The number that the digits and marks make.
fn number(core: &str, decimal: char, scale: u32) -> Option<Number> {
    if core.contains(['e', 'E']) {
        return core.replace(',', ".").parse::<f64>().ok().filter(|f| f.is_finite()).and_then(|f| f.to_string().parse().ok());
    }
    let core: String = core.chars().filter(|c| !matches!(c, ' ' | '\'' | '_')).collect();
    if !core.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
        return None;
    }
    let mark = evident(&core).or_else(|| undecided(&core, decimal));
    let (whole, decimals) = match mark.and_then(|m| core.rsplit_once(m)) {
        Some((whole, decimals)) => (whole, decimals),
        None => (core.as_str(), ""),
    };
    let thousands = if mark == Some(',') { '.' } else { ',' };
    let separator = if mark.is_none() && core.contains('.') { '.' } else { thousands };
    let whole = ungroup(whole, separator)?;
    let kept: String = decimals.chars().take(NOISE).collect();
    let number: Number = format!("{whole}.{kept}0").parse().ok()?;
    Some(if decimals.len() >= NOISE { number.round_to(scale) } else { number })
}

/// The decimal mark where the text itself leaves no doubt.
fn evident(core: &str) -> Option<char> {
    let last = core.rfind(['.', ',']).and_then(|at| core.get(at..)?.chars().next())?;
    let other = if last == '.' { ',' } else { '.' };
    let (whole, decimals) = core.rsplit_once(last)?;
    if core.contains(other) {
        return (core.matches(last).count() == 1).then_some(last);
    }
    let is_group = decimals.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    (!whole.contains(last) && !is_group).then_some(last)
}

/// `1,250` and `1.250`: the file's habit decides. Several equal marks separate thousands.
fn undecided(core: &str, decimal: char) -> Option<char> {
    (core.matches(decimal).count() == 1).then_some(decimal)
}

/// The decimal mark that a cell proves by itself.
pub fn evident_decimal(text: &str) -> Option<char> {
    let plain = plain(text);
    let (_, core, _) = cut(&plain)?;
    evident(core).filter(|_| core.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b' ' | b'\'')))
}

/// Digits without separators of thousands; a separator elsewhere is a mistake. Indian groups of two are known.
fn ungroup(whole: &str, separator: char) -> Option<String> {
    let groups: Vec<&str> = whole.split(separator).collect();
    if let [first, middle @ .., last] = groups.as_slice() {
        let is_grouped = (1..=3).contains(&first.len()) && last.len() == 3 && middle.iter().all(|g| matches!(g.len(), 2 | 3));
        if !is_grouped {
            return None;
        }
    }
    let digits = groups.concat();
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(if digits.is_empty() { "0".to_string() } else { digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(text: &str, decimal: char) -> String {
        let locale = ImportLocale { decimal, ..ImportLocale::default() };
        match read(text, &locale, 4) {
            Ok(a) => format!("{}{}{}", a.number, a.currency.map_or(String::new(), |c| format!(" {c}")), if a.percent { " %" } else { "" }),
            Err(wrong) => wrong.code.to_string(),
        }
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, decimal, expected) in [
            ("$342.09K", '.', "342090 USD"),
            ("€ 1.250,50", ',', "1250.5 EUR"),
            ("1.250,50 €", '.', "1250.5 EUR"),
            ("1,250.50", ',', "1250.5"),
            ("12k", '.', "12000"),
            ("k€ 12", '.', "12000 EUR"),
            ("12 k€", '.', "12000 EUR"),
            ("3.5 MEUR", '.', "3500000 EUR"),
            ("1.2 mln", '.', "1200000"),
            ("2,5 Mio. EUR", ',', "2500000 EUR"),
            ("(1,200.00)", '.', "-1200"),
            ("-5", '.', "-5"),
            ("5-", '.', "-5"),
            ("−5,25", ',', "-5.25"),
            ("1.250", ',', "1250"),
            ("1.250", '.', "1.25"),
            ("1,250", '.', "1250"),
            ("1,250", ',', "1.25"),
            ("1.25", ',', "1.25"),
            ("1.250.000", '.', "1250000"),
            ("12,34,567", '.', "1234567"),
            ("1'250.50", '.', "1250.5"),
            ("1 250,50", ',', "1250.5"),
            ("1\u{a0}250\u{202f}000", ',', "1250000"),
            ("0.125", ',', "0.125"),
            (".5", '.', "0.5"),
            ("CHF 1'000.-", '.', "1000 CHF"),
            ("1.250,-", ',', "1250"),
            ("25 %", '.', "25 %"),
            ("12,5%", ',', "12.5 %"),
            ("１２３．５", '.', "123.5"),
            ("¥300k", '.', "300000 JPY"),
            ("￥300", '.', "300 CNY"),
            ("30万元", '.', "300000 CNY"),
            ("RMB 1,000", '.', "1000 CNY"),
            ("USD1,000", '.', "1000 USD"),
            ("1000 zł", ',', "1000 PLN"),
            ("1.5E+06", '.', "1500000"),
            ("0.30000000000000004", '.', "0.3"),
            ("1.23456", '.', "too_precise"),
            ("1,25,0", '.', "format"),
            ("12 apples", '.', "format"),
            ("n/a", '.', "format"),
            ("1.2.3", '.', "format"),
            ("1-2", '.', "format"),
            ("10000000000000000000", '.', "format"),
        ] {
            assert_eq!(read_as(text, decimal), expected, "{text} with {decimal}");
        }
    }
}
