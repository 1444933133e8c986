//! What one cell of a file may mean: numbers and amounts, dates and moments, and the shape of any text.
//!
//! Pure: text and the file's habits in, a value out. Nothing here knows fields or records.

pub mod date;
pub mod number;
pub mod person;
pub mod shape;

/// Spaces of all widths, which files use to group digits and to pad cells.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{FEFF}')
}
