//! What kind of content bytes are, by looking at them; names and claims of senders are not believed.

/// First bytes of formats that are told apart for certain.
const SIGNS: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
];

/// Formats that are a ZIP file inside, by the ending of their name.
const ZIPPED: &[(&str, &str)] = &[
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
];

/// Texts that a program may want to know apart; never HTML, SVG or scripts, which stay plain text.
const TEXTS: &[(&str, &str)] = &[("csv", "text/csv"), ("vcf", "text/vcard"), ("ics", "text/calendar"), ("json", "application/json")];

/// The media type of a content by its first bytes.
pub fn sniff(head: &[u8], name: &str) -> &'static str {
    if let Some((_, mime)) = SIGNS.iter().find(|(sign, _)| head.starts_with(sign)) {
        return mime;
    }
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let by_ending = |list: &[(&str, &'static str)]| list.iter().find(|(e, _)| *e == ending).map(|(_, mime)| *mime);
    if head.starts_with(b"PK\x03\x04") {
        return by_ending(ZIPPED).unwrap_or("application/zip");
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return "image/webp";
    }
    if head.get(4..8) == Some(b"ftyp") {
        return if head.get(8..12) == Some(b"avif") { "image/avif" } else { "video/mp4" };
    }
    if is_text(head) { by_ending(TEXTS).unwrap_or("text/plain") } else { "application/octet-stream" }
}

/// Pictures that a browser can show without danger; everything else is only ever downloaded.
pub fn is_shown_inline(mime: &str) -> bool {
    matches!(mime, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif")
}

/// UTF-8, perhaps cut within the last character, without control characters other than white space.
fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(e) if e.error_len().is_none() => head.get(..e.valid_up_to()).and_then(|h| std::str::from_utf8(h).ok()).unwrap_or_default(),
        Err(_) => return false,
    };
    !valid.is_empty() && valid.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_is_what_it_is_and_not_what_it_is_called() {
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n....", "invoice.pdf"), "image/png");
        assert_eq!(sniff(b"<html><script>alert(1)</script>", "picture.png"), "text/plain");
        assert_eq!(sniff(b"<svg onload='x()'/>", "logo.svg"), "text/plain");
        assert_eq!(sniff(b"a,b\n1,2\n", "list.CSV"), "text/csv");
        assert_eq!(sniff(b"PK\x03\x04...", "list.xlsx"), ZIPPED[0].1);
        assert_eq!(sniff(b"PK\x03\x04...", "x.exe"), "application/zip");
        assert_eq!(sniff(b"\x00\x01\x02", "x.txt"), "application/octet-stream");
        assert_eq!(sniff(b"", "x.txt"), "application/octet-stream");
    }

    #[test]
    fn a_text_cut_within_a_character_is_still_text() {
        let cut = &"王晓明".as_bytes()[..8];
        assert_eq!(sniff(cut, "x"), "text/plain");
    }

    #[test]
    fn only_pictures_are_shown_in_the_browser() {
        assert!(is_shown_inline("image/png"));
        for mime in ["text/html", "image/svg+xml", "application/pdf", "text/plain"] {
            assert!(!is_shown_inline(mime), "{mime}");
        }
    }
}
