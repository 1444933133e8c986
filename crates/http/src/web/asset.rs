//! Files of the front end, compressed ahead where the build did so.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use base::Result;
use rust_embed::{Embed, EmbeddedFile};

use crate::etag;

/// Read from disk while developing, part of the program in a release.
#[derive(Embed)]
#[folder = "../../web/dist"]
struct Files;

/// Kept by browsers for good: their names change with their content.
const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "public, no-cache";

/// A file as it is, such as the page before it is prepared.
pub fn get(name: &str) -> Option<EmbeddedFile> {
    Files::get(name)
}

/// The file of this name in the best form that the caller takes; absent when there is none.
pub fn answer(name: &str, headers: &HeaderMap) -> Result<Option<Response>> {
    if name.is_empty() || name.starts_with('.') || name.contains("/.") || name.ends_with(".br") || name.ends_with(".gz") {
        return Ok(None);
    }
    let Some(plain) = Files::get(name) else { return Ok(None) };
    let tag = tag(&plain);
    let (file, encoding) = best(name, plain, headers);
    let mut response = Response::new(Body::from(file.data.into_owned()));
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    out.insert(header::ETAG, HeaderValue::from_str(&tag)?);
    out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    let caching = if name.starts_with("assets/") { FOREVER } else { ASK_AGAIN };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    *response.status_mut() = StatusCode::OK;
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    Ok(Some(etag::unless_known(response, known)))
}

fn best(name: &str, plain: EmbeddedFile, headers: &HeaderMap) -> (EmbeddedFile, Option<&'static str>) {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        if accepts(accepted, encoding)
            && let Some(packed) = Files::get(&format!("{name}.{ending}"))
        {
            return (packed, Some(encoding));
        }
    }
    (plain, None)
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        name.trim() == encoding && weight.trim() != "q=0"
    })
}

fn tag(file: &EmbeddedFile) -> String {
    let hash: String = file.metadata.sha256_hash().iter().take(12).map(|b| format!("{b:02x}")).collect();
    format!("W/\"{hash}\"")
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_chosen_by_what_the_caller_takes() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("gzip;q=0.5", "gzip"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("", "gzip"));
    }

    #[test]
    fn hidden_files_and_packed_ones_are_not_served_under_their_own_name() {
        for name in [".vite/manifest.json", "assets/x.js.br", "a/.b", ""] {
            assert!(answer(name, &HeaderMap::new()).unwrap().is_none(), "{name}");
        }
    }
}
