//! Headers that keep a browser from doing what a foreign text inside our pages might ask of it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// For everything but the pages of the web front end, which bring their own with a nonce: nothing may be loaded.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

const ALWAYS: &[(&str, &str)] =
    &[("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin")];

/// What browsers heed in pages only; scripts and figures, of which a page asks for dozens, go without.
const PAGES: &[(&str, &str)] = &[
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(self), payment=(), usb=()"),
];

/// Adds what a response does not say itself.
pub fn protect(headers: &mut HeaderMap) {
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let more = if is_page { PAGES } else { &[] };
    for (name, value) in ALWAYS.iter().chain(more) {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NOTHING));
}

/// The policy of a page of the web front end. Scripts come from files only; styles also from elements that carry the
/// nonce, which the component library needs.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
         object-src 'none'; frame-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_may_load_nothing_and_be_framed_by_nobody() {
        let mut headers = HeaderMap::new();
        protect(&mut headers);
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers[header::REFERRER_POLICY], "same-origin");
    }

    #[test]
    fn a_page_runs_scripts_of_files_only() {
        let policy = page_policy("abc");
        let script = policy.split("; ").find(|p| p.starts_with("script-src")).unwrap();
        assert_eq!(script, "script-src 'self'");
        assert!(policy.contains("style-src 'self' 'nonce-abc'"));
        assert!(!policy.contains("unsafe"));
    }

    #[test]
    fn a_page_keeps_its_own_policy() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&page_policy("n")).unwrap());
        protect(&mut headers);
        assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("nonce-n"));
        assert_eq!(headers["x-frame-options"], "DENY");
    }
}
