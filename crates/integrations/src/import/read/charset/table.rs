//! Code pages of one byte a character that browsers never knew, but files from DOS and from terminals use.

/// The characters of the bytes 0x80 to 0xFF, in order.
#[derive(PartialEq)]
pub struct Page {
    pub name: &'static str,
    high: &'static str,
}

/// DOS Cyrillic.
pub const IBM855: Page = Page {
    name: "IBM855",
    high: "ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»░▒▓│┤хХиИ╣║╗╝йЙ┐└┴┬├─┼кК╚╔╩╦╠═╬¤лЛмМнНоОп┘┌█▄Пя▀ЯрРсСтТуУжЖвВьЬ№\u{AD}ыЫзЗшШэЭщЩчЧ§■\u{A0}",
};
/// DOS Western European: what a Windows terminal still writes.
pub const IBM850: Page = Page {
    name: "IBM850",
    high: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}",
};
/// DOS of the United States.
pub const IBM437: Page = Page {
    name: "IBM437",
    high: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}",
};

impl Page {
    pub fn char(&self, byte: u8) -> char {
        match byte.checked_sub(0x80) {
            None => char::from(byte),
            Some(at) => self.high.chars().nth(usize::from(at)).unwrap_or(char::REPLACEMENT_CHARACTER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_complete() {
        for page in [&IBM855, &IBM850, &IBM437] {
            assert_eq!(page.high.chars().count(), 128, "{}", page.name);
            assert_eq!(page.char(b'A'), 'A');
            assert_eq!(page.char(0xFF), '\u{A0}');
        }
        assert_eq!(IBM850.char(0x85), 'à');
    }
}
