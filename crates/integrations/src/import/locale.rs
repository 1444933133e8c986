//! How a file writes numbers and dates: found column by column, said so where it cannot be known.
//!
//! A column's own proof counts first, then what the person says, then what the file's other columns prove, and at
//! last the custom of the workspace's country.

use serde::Serialize;

use super::cell::date::{self, DateOrder};
use super::cell::number::{self, Decimal};
use super::mapping::Habits;

/// What the cells of a column prove.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "as")]
pub enum Finding<T> {
    /// Nothing in the column asks the question.
    #[default]
    Nothing,
    Certain(T),
    /// Every cell can be read either way.
    Ambiguous,
    /// Some cells can only be read one way, some only the other.
    Mixed,
}

impl<T: PartialEq + Copy> Finding<T> {
    fn learn(&mut self, certain: Option<T>) {
        *self = match (*self, certain) {
            (Finding::Nothing | Finding::Ambiguous, Some(told)) => Finding::Certain(told),
            (Finding::Certain(known), Some(told)) if known != told => Finding::Mixed,
            (Finding::Nothing, None) => Finding::Ambiguous,
            (known, _) => known,
        };
    }
    pub fn certain(self) -> Option<T> {
        if let Finding::Certain(told) = self { Some(told) } else { None }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Findings {
    pub decimal: Finding<Decimal>,
    pub dates: Finding<DateOrder>,
}

impl Findings {
    pub fn learn(&mut self, cell: &str) {
        if !cell.bytes().any(|b| b.is_ascii_digit() || b >= 0x80) {
            return;
        }
        match date::evidence(cell) {
            date::Evidence::Certain(order) => return self.dates.learn(Some(order)),
            date::Evidence::Ambiguous => return self.dates.learn(None),
            date::Evidence::None => {}
        }
        match number::evidence(cell) {
            number::Evidence::Certain(decimal) => self.decimal.learn(Some(decimal)),
            number::Evidence::Ambiguous(_) => self.decimal.learn(None),
            number::Evidence::None => {}
        }
    }
}

/// How the cells of one column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Custom {
    pub decimal: Decimal,
    pub date_order: DateOrder,
}

/// What holds where nothing is known of the file itself.
pub fn of_country(country: &str) -> Custom {
    const MONTH_FIRST: &[&str] = &["US", "PH", "FM", "MH", "PW", "BZ"];
    const YEAR_FIRST: &[&str] = &["CN", "TW", "JP", "KR", "KP", "HU", "LT", "MN", "SE"];
    const POINT: &[&str] = &[
        "US", "GB", "IE", "CA", "AU", "NZ", "CN", "TW", "HK", "MO", "SG", "JP", "KR", "IN", "PK", "BD", "LK", "TH", "PH", "MY", "MX", "IL",
        "EG", "NG", "KE", "ZW", "CH", "LI", "MT", "AE", "SA", "SM",
    ];
    let within = |list: &[&str]| list.iter().any(|c| c.eq_ignore_ascii_case(country));
    let date_order = match () {
        () if within(MONTH_FIRST) => DateOrder::Mdy,
        () if within(YEAR_FIRST) => DateOrder::Ymd,
        () => DateOrder::Dmy,
    };
    let decimal = if within(POINT) && !country.eq_ignore_ascii_case("SM") { Decimal::Point } else { Decimal::Comma };
    Custom { decimal, date_order }
}

/// The custom of every column.
pub fn settle(columns: &[Findings], said: &Habits, country: &str) -> Vec<Custom> {
    let country = of_country(said.country.as_deref().unwrap_or(country));
    let only = |mut proofs: Vec<Option<DateOrder>>| {
        proofs.retain(|p| p.is_some_and(|o| o != DateOrder::Ymd));
        proofs.first().copied().flatten().filter(|first| proofs.iter().all(|p| *p == Some(*first)))
    };
    let file_order = only(columns.iter().map(|c| c.dates.certain()).collect());
    let decimals: Vec<Decimal> = columns.iter().filter_map(|c| c.decimal.certain()).collect();
    let file_decimal = decimals.first().copied().filter(|first| decimals.iter().all(|d| d == first));
    // A column with a year in front proves nothing about the others; those are never year first where it stands last.
    let usual = if country.date_order == DateOrder::Ymd { DateOrder::Dmy } else { country.date_order };
    columns
        .iter()
        .map(|column| Custom {
            decimal: column.decimal.certain().or(said.decimal).or(file_decimal).unwrap_or(country.decimal),
            date_order: column.dates.certain().or(said.date_order).or(file_order).unwrap_or(usual),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cells: &[&str]) -> Findings {
        let mut findings = Findings::default();
        cells.iter().for_each(|c| findings.learn(c));
        findings
    }

    #[test]
    fn one_proof_settles_a_column() {
        assert_eq!(found(&["1/2/2020", "10/25/2016", "3/4/2020"]).dates, Finding::Certain(DateOrder::Mdy));
        assert_eq!(found(&["1/2/2020", "3/4/2020"]).dates, Finding::Ambiguous);
        assert_eq!(found(&["25/2/2020", "2/25/2020"]).dates, Finding::Mixed);
        assert_eq!(found(&["1.250", "12,5", "x"]).decimal, Finding::Certain(Decimal::Comma));
        assert_eq!(found(&["1.250", "1.300"]).decimal, Finding::Ambiguous);
        assert_eq!(found(&["1250", "Rossi", ""]), Findings::default());
    }

    #[test]
    fn what_a_column_does_not_prove_is_taken_from_the_others_and_then_from_the_country() {
        let sure = found(&["25/2/2020", "1.234,50"]);
        let unsure = found(&["1/2/2020", "1.234"]);
        let told = |columns: &[Findings], said: &Habits, country: &str| settle(columns, said, country).last().copied().unwrap();
        let wanted = Custom { decimal: Decimal::Comma, date_order: DateOrder::Dmy };
        assert_eq!(told(&[sure, unsure], &Habits::default(), "US"), wanted);
        assert_eq!(told(&[unsure], &Habits::default(), "IT"), wanted);
        assert_eq!(told(&[unsure], &Habits::default(), "US"), Custom { decimal: Decimal::Point, date_order: DateOrder::Mdy });
        let said = Habits { date_order: Some(DateOrder::Mdy), decimal: Some(Decimal::Point), ..Habits::default() };
        assert_eq!(told(&[unsure], &said, "IT"), Custom { decimal: Decimal::Point, date_order: DateOrder::Mdy });
        assert_eq!(told(&[sure], &said, "IT"), wanted);
    }
}
