//! An exact amount in a currency (ISO 4217).

use std::fmt;

use crate::{Error, Number, Result};

/// Decimals that a money column keeps, whatever the currency.
pub const MONEY_SCALE: u32 = 4;

/// Three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Accepts any case; only the shape is checked here, the list of currencies stands in `model`.
    pub fn parse(text: &str) -> Result<Self> {
        let upper = text.trim().to_ascii_uppercase();
        match <[u8; 3]>::try_from(upper.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Currency(letters)),
            _ => Err(Error::invalid(format!("\"{}\" is not a currency; write three letters like EUR", crate::text::shorten(text, 20)))),
        }
    }
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}
impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Money {
    pub amount: Number,
    pub currency: Currency,
    /// The amount in the workspace's currency (D5); `None` while no rate is known. Comparisons use it.
    pub base: Option<Number>,
}
