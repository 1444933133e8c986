//! A text made of cells: `{First} {Last}`, `{Agent|slug}@example.com`.

use crate::import::mapping::Piece;

pub fn compose<'c>(pieces: &[Piece], cell: impl Fn(usize) -> &'c str) -> String {
    let mut filled = !pieces.iter().any(|p| matches!(p, Piece::Cell { .. }));
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Plain(plain) => text.push_str(plain),
            Piece::Cell { column, slug } => {
                let value = cell(*column).trim();
                filled |= !value.is_empty();
                text.push_str(&if *slug { slugged(value) } else { value.to_string() });
            }
        }
    }
    if filled { text.trim().to_string() } else { String::new() }
}

/// Letters and digits of the Latin alphabet, with points between words: `Ann-Marie D'Angelo` is `ann.marie.d.angelo`.
fn slugged(text: &str) -> String {
    let folded = base::text::fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(".")
}
