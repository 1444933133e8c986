//! The workspace's own settings: few, typed, read at start and after each change.

use base::Currency;

#[derive(Clone, Debug)]
pub struct Settings {
    /// The company's name.
    pub name: String,
    /// The workspace's currency (D5).
    pub currency: Currency,
    pub language: String,
    /// IANA name; days of reports begin here.
    pub time_zone: String,
    /// ISO 3166, for national phone numbers and addresses.
    pub country: String,
    /// Has the first administrator been made?
    pub is_set_up: bool,
    /// Was the sample company loaded?
    pub has_sample: bool,
}
