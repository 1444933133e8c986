//! VAT numbers with right check digits, by country.

use crate::dice::Dice;

/// A VAT number as it is written in the country; `None` where companies have none (Hong Kong).
pub fn vat_number(dice: &mut Dice, country: &str) -> Option<String> {
    Some(match country {
        "IT" => format!("IT{}", italian(dice)),
        "DE" => format!("DE{}", german(dice)),
        "AT" => format!("ATU{}", austrian(dice)),
        "CH" => format!("CHE-{}", swiss(dice)),
        "FR" => format!("FR{}", french(dice)),
        "GB" => format!("GB{}", british(dice)),
        "IE" => format!("IE{}", irish(dice)),
        "PL" => format!("PL{}", weighted(dice, &[6, 5, 7, 2, 3, 4, 5, 6, 7], 11)),
        "CZ" => format!("CZ{}", czech(dice)),
        "ES" => format!("ESB{}", luhn(&digits(dice, 7))),
        "CN" => chinese(dice),
        _ => return None,
    })
}

fn digits(dice: &mut Dice, count: usize) -> Vec<i64> {
    (0..count).map(|i| dice.between(i64::from(i == 0), 9)).collect()
}

fn text(digits: &[i64]) -> String {
    digits.iter().map(|d| char::from(b'0' + u8::try_from(d.rem_euclid(10)).unwrap_or(0))).collect()
}

fn sum(digits: &[i64], weights: &[i64]) -> i64 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum()
}

/// The digits with Luhn's check digit behind them.
fn luhn(digits: &[i64]) -> String {
    let doubled = |d: i64| if d * 2 > 9 { d * 2 - 9 } else { d * 2 };
    let total: i64 = digits.iter().rev().enumerate().map(|(i, d)| if i % 2 == 0 { doubled(*d) } else { *d }).sum();
    format!("{}{}", text(digits), (10 - total % 10) % 10)
}

/// Seven digits of the firm, three of the province's office, Luhn.
fn italian(dice: &mut Dice) -> String {
    let mut all = digits(dice, 7);
    let office = dice.between(1, 100);
    all.extend([office / 100, office / 10 % 10, office % 10]);
    luhn(&all)
}

/// ISO 7064, MOD 11,10.
fn german(dice: &mut Dice) -> String {
    let all = digits(dice, 8);
    let mut product = 10;
    for digit in &all {
        let sum = (digit + product) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    let check = (11 - product) % 10;
    format!("{}{check}", text(&all))
}

fn austrian(dice: &mut Dice) -> String {
    let all = digits(dice, 7);
    let cross = |d: i64| d / 5 + d * 2 % 10;
    let total: i64 = all.iter().enumerate().map(|(i, d)| if i % 2 == 1 { cross(*d) } else { *d }).sum();
    format!("{}{}", text(&all), (10 - (total + 4) % 10) % 10)
}

fn swiss(dice: &mut Dice) -> String {
    loop {
        let all = digits(dice, 8);
        let check = 11 - sum(&all, &[5, 4, 3, 2, 7, 6, 5, 4]) % 11;
        if check != 10 {
            let number = format!("{}{}", text(&all), check % 11);
            let part = |from: usize| number.get(from..from + 3).unwrap_or_default();
            return format!("{}.{}.{} MWST", part(0), part(3), part(6));
        }
    }
}

/// A key over the SIREN, which has Luhn's check digit itself.
fn french(dice: &mut Dice) -> String {
    let siren = luhn(&digits(dice, 8));
    let number: i64 = siren.parse().unwrap_or(0);
    format!("{:02}{siren}", (12 + 3 * (number % 97)) % 97)
}

fn british(dice: &mut Dice) -> String {
    let all = digits(dice, 7);
    let rest = sum(&all, &[8, 7, 6, 5, 4, 3, 2]) % 97;
    format!("{}{:02}", text(&all), 97 - rest)
}

fn irish(dice: &mut Dice) -> String {
    let all = digits(dice, 7);
    let at = u8::try_from(sum(&all, &[8, 7, 6, 5, 4, 3, 2]) % 23).unwrap_or(0);
    let letter = if at == 0 { 'W' } else { char::from(b'A' + at - 1) };
    format!("{}{letter}", text(&all))
}

/// A check digit that is the weighted sum's remainder; numbers without one are not given out.
fn weighted(dice: &mut Dice, weights: &[i64], modulus: i64) -> String {
    loop {
        let all = digits(dice, weights.len());
        let check = sum(&all, weights) % modulus;
        if check < 10 {
            return format!("{}{check}", text(&all));
        }
    }
}

fn czech(dice: &mut Dice) -> String {
    let all: Vec<i64> = digits(dice, 7).into_iter().enumerate().map(|(i, d)| if i == 0 { d % 9 } else { d }).collect();
    let check = match 11 - sum(&all, &[8, 7, 6, 5, 4, 3, 2]) % 11 {
        10 => 0,
        11 => 1,
        check => check,
    };
    format!("{}{check}", text(&all))
}

/// The unified social credit code (GB 32100): 18 characters, the last over the weighted rest modulo 31.
fn chinese(dice: &mut Dice) -> String {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [i64; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let mut all = vec![9, 1, 3];
    all.extend(digits(dice, 5));
    all.extend([10, 22]);
    all.extend((0..7).map(|_| dice.between(0, 30)));
    let check = (31 - sum(&all, &WEIGHTS) % 31) % 31;
    all.push(check);
    all.iter().filter_map(|n| ALPHABET.chars().nth(usize::try_from(*n).ok()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(country: &str) -> Vec<String> {
        let mut dice = Dice::new(3);
        (0..200).filter_map(|_| vat_number(&mut dice, country)).collect()
    }
    fn plain(number: &str) -> Vec<i64> {
        number.chars().filter_map(|c| c.to_digit(10)).map(i64::from).collect()
    }

    #[test]
    fn known_numbers_of_the_rules_are_made_again() {
        assert_eq!(luhn(&[0, 0, 7, 4, 3, 1, 1, 0, 1, 5]), "00743110157");
        assert_eq!(luhn(&[7, 3, 2, 8, 2, 9, 3, 2]), "732829320");
    }

    #[test]
    fn italian_and_spanish_numbers_pass_luhn() {
        for number in numbers("IT") {
            let all = plain(&number);
            let doubled = |d: i64| if d > 4 { d * 2 - 9 } else { d * 2 };
            let total: i64 = all.iter().rev().enumerate().map(|(i, d)| if i % 2 == 1 { doubled(*d) } else { *d }).sum();
            assert_eq!((all.len(), total % 10), (11, 0), "{number}");
        }
    }

    #[test]
    fn british_french_polish_and_chinese_numbers_are_consistent() {
        for number in numbers("GB") {
            let all = plain(&number);
            assert_eq!((sum(&all, &[8, 7, 6, 5, 4, 3, 2]) + all[7] * 10 + all[8]) % 97, 0, "{number}");
        }
        for number in numbers("FR") {
            let siren: i64 = number[4..].parse().unwrap();
            assert_eq!(number[2..4].parse::<i64>().unwrap(), (12 + 3 * (siren % 97)) % 97);
        }
        for number in numbers("PL") {
            let all = plain(&number);
            assert_eq!(sum(&all[..9], &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11, all[9]);
        }
        assert!(numbers("CN").iter().all(|n| n.len() == 18 && n.starts_with("91")));
    }
}
