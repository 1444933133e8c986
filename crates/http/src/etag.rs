//! Entity tags: a record's is its version (`"7"`), a list's follows from its bytes.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use base::{Error, Result};
use sha2::{Digest, Sha256};

/// The tag of a record.
pub fn of_version(version: i64) -> String {
    format!("\"{version}\"")
}

/// A weak tag of written bytes, for answers without a version.
pub fn of_bytes(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let short: String = digest.iter().take(12).map(|b| format!("{b:02x}")).collect();
    format!("W/\"{short}\"")
}

/// The version that an `If-Match` names; `*` and nothing at all name none. `Malformed` for what is no version.
pub fn version(if_match: Option<&str>) -> Result<Option<i64>> {
    let Some(text) = if_match.map(str::trim).filter(|t| *t != "*") else { return Ok(None) };
    let tag = text.strip_prefix("W/").unwrap_or(text);
    let plain = tag.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(tag);
    plain.parse().map(Some).map_err(|_| Error::malformed("If-Match names a version, such as \"7\""))
}

/// Turns an answer that the caller has already into `304`.
pub fn unless_known(response: Response, if_none_match: Option<&str>) -> Response {
    let (Some(known), Some(tag)) = (if_none_match, response.headers().get(header::ETAG)) else { return response };
    if !response.status().is_success() || !matches(known, tag) {
        return response;
    }
    let mut same = Response::new(Body::empty());
    *same.status_mut() = StatusCode::NOT_MODIFIED;
    for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
        if let Some(value) = response.headers().get(&name) {
            same.headers_mut().insert(name, value.clone());
        }
    }
    same
}

fn matches(known: &str, tag: &HeaderValue) -> bool {
    let weak = |t: &str| t.trim().trim_start_matches("W/").to_string();
    let Ok(tag) = tag.to_str() else { return false };
    known.split(',').any(|k| k.trim() == "*" || weak(k) == weak(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn if_match_names_a_version() {
        assert_eq!(version(None).unwrap(), None);
        assert_eq!(version(Some("*")).unwrap(), None);
        assert_eq!(version(Some("\"7\"")).unwrap(), Some(7));
        assert_eq!(version(Some("W/\"7\"")).unwrap(), Some(7));
        assert_eq!(version(Some("\"abc\"")).unwrap_err().code(), base::Code::Malformed);
    }

    fn answer(tag: &str) -> Response {
        Response::builder().header(header::ETAG, tag).body(Body::from("x")).unwrap()
    }

    #[test]
    fn what_the_caller_has_is_not_sent_again() {
        let status = |known, tag| unless_known(answer(tag), known).status();
        assert_eq!(status(Some("\"7\""), "\"7\""), StatusCode::NOT_MODIFIED);
        assert_eq!(status(Some("\"6\", W/\"7\""), "\"7\""), StatusCode::NOT_MODIFIED);
        assert_eq!(status(Some("*"), "\"7\""), StatusCode::NOT_MODIFIED);
        assert_eq!(status(Some("\"8\""), "\"7\""), StatusCode::OK);
        assert_eq!(status(None, "\"7\""), StatusCode::OK);
    }

    #[test]
    fn the_tag_of_bytes_changes_with_them() {
        assert_eq!(of_bytes(b"a"), of_bytes(b"a"));
        assert_ne!(of_bytes(b"a"), of_bytes(b"b"));
    }
}
