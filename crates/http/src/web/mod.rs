//! The web front end: files embedded in the program, and its one page for every address that is not a file.
//!
//! Start with [`serve`]. [`asset`] answers files, [`page`] prepares `index.html` for the person who asks, [`preload`]
//! names what his page will need.

mod asset;
mod page;
mod preload;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::IntoResponse;
use base::Error;

use crate::app::Shared;
use crate::context::Call;
use crate::error::{Reply, no_such_route};

/// Everything that no route is for.
pub async fn serve(State(app): State<Shared>, call: Call, request: Request) -> Reply {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(no_such_route(path));
    }
    let name = path.trim_start_matches('/');
    if name == "index.html" {
        return page::answer(&app, call, path, request.headers()).await;
    }
    if let Some(response) = asset::answer(name, request.headers())? {
        return Ok(response.into_response());
    }
    if is_file(name) {
        return Err(Error::not_found("There is no such file").into());
    }
    page::answer(&app, call, path, request.headers()).await
}

/// What looks like a file is never answered with the page: a script that is gone must not become HTML.
fn is_file(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    name.starts_with("assets/") || last.contains('.')
}

#[cfg(test)]
mod tests {
    use super::is_file;

    #[test]
    fn addresses_of_the_front_end_are_pages_and_others_files() {
        for page in ["", "deals", "deals/018f-aa", "settings/model"] {
            assert!(!is_file(page), "{page}");
        }
        for file in ["assets/index-abc.js", "assets/gone", "favicon.ico", "a/b.css"] {
            assert!(is_file(file), "{file}");
        }
    }
}
