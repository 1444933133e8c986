//! `index.html` for the person who asks: language, theme, a nonce for styles, and what the front end needs to begin.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use base::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::session;
use model::Model;
use serde_json::{Value as Json, json};

use super::{asset, preload};
use crate::app::Shared;
use crate::context::{Call, Credential, cookie_value};
use crate::error::Reply;
use crate::middleware::security::page_policy;
use crate::session::document;

const MISSING: &str = "<!doctype html><html lang=\"en\"><title>Legame</title><p>The web front end is not part of this build. \
                       Build it with <code>bin/build</code> and start again. The interface for programs is at <code>/api/v1</code>.</p>";
const BOOT: &str = "<script type=\"application/json\" id=\"boot\">";
const NONCE: &str = "name=\"csp-nonce\" content=\"";
const THEMES: &[&str] = &["light", "dark"];

/// What is known of the person.
struct Person {
    /// The document of the session, `null` for nobody.
    boot: Json,
    /// What the workspace knows of; absent for nobody.
    model: Option<Arc<Model>>,
    language: String,
    theme: Option<String>,
}

pub async fn answer(app: &Shared, call: Call, path: &str, headers: &HeaderMap) -> Reply {
    let theme = cookie_value(headers, "theme").filter(|t| THEMES.contains(&t.as_str()));
    let person = person(app, call, theme).await?;
    let nonce = STANDARD.encode(rand::random::<[u8; 16]>());
    let Some(file) = asset::get("index.html") else { return Ok(html(StatusCode::SERVICE_UNAVAILABLE, MISSING.to_string(), &nonce)?) };
    let links = preload::links(path, person.model.as_deref().map(|model| (model, &person.boot)), &person.language);
    let page = prepare(&String::from_utf8_lossy(&file.data), &person, &nonce, &links);
    Ok(html(StatusCode::OK, page, &nonce)?)
}

/// Anybody gets the page; who is signed in finds himself in it.
async fn person(app: &Shared, call: Call, theme: Option<String>) -> Result<Person> {
    let nobody = Person { boot: Json::Null, model: None, language: call.language(None, true), theme: theme.clone() };
    let Credential::Cookie(key) = call.credential.clone() else { return Ok(nobody) };
    let inside = Arc::clone(app);
    let found = app.engine.store().read_async(move |tx| {
        let Ok(caller) = call.identify(&inside, tx) else { return Ok(None) };
        let mut boot = document(&caller.ctx, tx, Some(&session::csrf(&key)))?;
        if let Some(map) = boot.as_object_mut() {
            map.insert("pulse".to_string(), json!(inside.pulse()));
            map.insert("model".to_string(), json!(caller.ctx.model.version.to_string()));
        }
        Ok(Some((boot, Some(Arc::clone(&caller.ctx.model)), caller.ctx.language)))
    });
    let Some((boot, model, language)) = found.await? else { return Ok(nobody) };
    Ok(Person { theme, language, model, boot })
}

fn prepare(page: &str, person: &Person, nonce: &str, links: &str) -> String {
    let theme = person.theme.as_ref().map_or_else(String::new, |t| format!(" data-mantine-color-scheme=\"{t}\""));
    let page = page.replacen("<html lang=\"en\"", &format!("<html lang=\"{}\"{theme}", person.language), 1);
    let page = page.replacen(NONCE, &format!("{NONCE}{nonce}"), 1);
    let page = page.replacen("</head>", &format!("{links}</head>"), 1);
    if person.boot.is_null() {
        return page;
    }
    // A data block is never run; escaping keeps a text in it from ending the element.
    let data = person.boot.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    page.replacen(BOOT, &format!("{BOOT}{data}"), 1)
}

fn html(status: StatusCode, page: String, nonce: &str) -> Result<Response> {
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("Cookie, Accept-Language"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&page_policy(nonce))?);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html lang="en"><head><meta name="csp-nonce" content="" /></head><body><script type="application/json" id="boot"></script></body></html>"#;

    #[test]
    fn the_page_speaks_the_persons_language_and_holds_his_session() {
        let person = Person { boot: json!({"user": {"name": "Anna"}}), model: None, language: "it".into(), theme: Some("dark".into()) };
        let page = prepare(PAGE, &person, "abc", "");
        assert!(page.contains(r#"<html lang="it" data-mantine-color-scheme="dark">"#));
        assert!(page.contains(r#"content="abc""#));
        assert!(page.contains(r#"id="boot">{"user":{"name":"Anna"}}</script>"#));
    }

    #[test]
    fn a_name_cannot_end_the_data_block() {
        let person = Person {
            boot: json!({"user": {"name": "</script><script>alert(1)</script>"}}),
            model: None,
            language: "en".into(),
            theme: None,
        };
        let page = prepare(PAGE, &person, "abc", "");
        assert_eq!(page.matches("<script").count(), 1);
    }

    #[test]
    fn nobody_gets_an_empty_page_to_sign_in_from() {
        let person = Person { boot: Json::Null, model: None, language: "zh".into(), theme: None };
        assert!(prepare(PAGE, &person, "n", "").contains(r#"id="boot"></script>"#));
    }
}
