//! Which files a page of the front end will ask for first, so that a browser can fetch them all at once.
//!
//! Vite's manifest says which files belong to a module; the table below, which modules stand at an address (the same
//! as in `web/src/app/router.tsx`). An address that is not in it, or a build without manifest, is only slower.

use std::collections::BTreeSet;

use model::{Model, Object};
use serde_json::{Map, Value as Json};

use super::asset;

const MANIFEST: &str = ".vite/manifest.json";
const ENTRY: &str = "index.html";

/// First part of the address, how many parts follow it, and the modules.
const ROUTES: &[(&str, usize, &[&str])] = &[
    ("", 0, &["src/features/today/TodayPage.tsx"]),
    ("o", 1, &["src/app/ListRoute.tsx"]),
    ("o", 2, &["src/app/RecordRoute.tsx", "src/objects/record/later.ts", "src/features/activity/index.ts"]),
    ("dashboard", 0, &["src/features/dashboard/DashboardPage.tsx"]),
    ("calendar", 0, &["src/features/calendar/CalendarPage.tsx"]),
    ("import", 0, &["src/features/import/ImportPage.tsx"]),
    ("bin", 0, &["src/features/bin/BinPage.tsx"]),
    ("settings", 0, &["src/features/settings/SettingsScreen.tsx"]),
    ("settings", 1, &["src/features/settings/SettingsScreen.tsx"]),
    ("sign-in", 0, &["src/features/signin/SignInPage.tsx"]),
    ("setup", 0, &["src/features/signin/SetupPage.tsx"]),
    ("join", 0, &["src/features/signin/JoinPage.tsx"]),
];

/// What a list draws as a board; a table comes with the list itself.
const BOARD: &str = "src/objects/board/Board.tsx";

/// Elements for the head of the page at an address, for a person with what the page knows of him (the document of his
/// session); somebody who is not signed in will see the sign-in page.
pub fn links(path: &str, person: Option<(&Model, &Json)>, language: &str) -> String {
    let Some(file) = asset::get(MANIFEST) else { return String::new() };
    let Ok(Json::Object(manifest)) = serde_json::from_slice(&file.data) else { return String::new() };
    let path = if person.is_some() || matches!(path, "/setup" | "/join") { path } else { "/sign-in" };
    let board = person.filter(|(model, boot)| is_board(path, model, boot)).map(|_| BOARD);
    let texts = format!("src/locales/{language}.json");
    of_modules(&manifest, modules(path).iter().copied().chain(board).chain([texts.as_str()]))
}

/// Whether a list will open as a board, as its first view or the person's last look says.
fn is_board(path: &str, model: &Model, boot: &Json) -> bool {
    let Some(object) = path.strip_prefix("/o/").and_then(|path| model.object_by_path(path)) else { return false };
    let kept = boot.pointer(&format!("/user/preferences/list.{}", object.name));
    let word = |name: &str| kept.and_then(|k| k.get(name)).and_then(Json::as_str);
    word("shape").or_else(|| shape(object, word("view"))) == Some("board")
}

fn shape<'a>(object: &'a Object, view: Option<&str>) -> Option<&'a str> {
    let named = object.views.iter().find(|v| Some(v.name.as_str()) == view);
    named.or(object.views.first()).map(|v| v.shape.as_str())
}

fn modules(path: &str) -> &'static [&'static str] {
    let mut parts = path.trim_matches('/').split('/');
    let first = parts.next().unwrap_or_default();
    let rest = parts.count();
    ROUTES.iter().find(|(name, count, _)| *name == first && *count == rest).map_or(&[], |(_, _, modules)| *modules)
}

fn of_modules<'a>(manifest: &Map<String, Json>, modules: impl Iterator<Item = &'a str>) -> String {
    let mut known = BTreeSet::new();
    gather(manifest, ENTRY, &mut known);
    let mut wanted = BTreeSet::new();
    for module in modules {
        // A module may be named with a query behind it (`it.json?lingui`).
        let key = manifest.keys().find(|k| *k == module || k.strip_prefix(module).is_some_and(|rest| rest.starts_with('?')));
        if let Some(key) = key {
            gather(manifest, key, &mut wanted);
        }
    }
    wanted.difference(&known).map(|file| element(file)).collect()
}

/// The files of a module and of everything that it imports at once.
fn gather(manifest: &Map<String, Json>, key: &str, files: &mut BTreeSet<String>) {
    let Some(chunk) = manifest.get(key) else { return };
    let texts = |name: &str| chunk.get(name).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    let Some(file) = chunk.get("file").and_then(Json::as_str) else { return };
    if !files.insert(file.to_string()) {
        return;
    }
    files.extend(texts("css").map(str::to_string));
    for import in texts("imports") {
        gather(manifest, import, files);
    }
}

fn element(file: &str) -> String {
    if file.ends_with(".css") {
        format!("<link rel=\"stylesheet\" crossorigin href=\"/{file}\">")
    } else {
        format!("<link rel=\"modulepreload\" crossorigin href=\"/{file}\">")
    }
}

#[cfg(test)]
mod tests {
    use model::View;
    use serde_json::json;

    use super::*;

    #[test]
    fn each_module_of_the_table_is_a_file_of_the_front_end() {
        let web = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
        for module in ROUTES.iter().flat_map(|(_, _, modules)| modules.iter().copied()).chain([BOARD]) {
            assert!(web.join(module).is_file(), "{module}");
        }
    }

    #[test]
    fn an_address_leads_to_its_modules() {
        assert_eq!(modules("/"), ["src/features/today/TodayPage.tsx"]);
        assert_eq!(modules("/o/deals"), ["src/app/ListRoute.tsx"]);
        assert_eq!(modules("/o/deals/018f").first(), Some(&"src/app/RecordRoute.tsx"));
        assert!(modules("/o/deals/018f/x").is_empty());
    }

    #[test]
    fn a_list_brings_the_board_along_where_it_will_open_as_one() {
        let view = |name: &str, shape: &str| View { name: name.into(), shape: shape.into(), ..View::default() };
        let views = vec![view("all", "board"), view("closing", "table")];
        let mut deal = Object::default();
        (deal.name, deal.path, deal.views) = ("deal".into(), "deals".into(), views);
        let model = Model::new(vec![deal], [].into());
        let after = |kept: Json| json!({"user": {"preferences": {"list.deal": kept}}});
        assert!(is_board("/o/deals", &model, &json!({})));
        assert!(!is_board("/o/deals", &model, &after(json!({"view": "closing"}))));
        assert!(is_board("/o/deals", &model, &after(json!({"view": "closing", "shape": "board"}))));
        assert!(!is_board("/o/deals", &model, &after(json!({"shape": "table"}))));
        assert!(!is_board("/o/deals/018f", &model, &json!({})) && !is_board("/dashboard", &model, &json!({})));
    }

    #[test]
    fn only_files_that_the_page_does_not_name_itself_are_added() {
        let manifest = json!({
            "index.html": {"file": "assets/index.js", "imports": ["_shared.js"]},
            "_shared.js": {"file": "assets/shared.js"},
            "src/app/ListRoute.tsx": {"file": "assets/list.js", "imports": ["_shared.js", "_grid.js"], "css": ["assets/list.css"]},
            "_grid.js": {"file": "assets/grid.js", "imports": ["src/app/ListRoute.tsx"]},
            "src/locales/it.json?lingui": {"file": "assets/it.js"},
        });
        let links = of_modules(manifest.as_object().unwrap(), ["src/app/ListRoute.tsx", "src/locales/it.json", "gone"].into_iter());
        assert_eq!(links.matches("modulepreload").count(), 3);
        assert!(links.contains("stylesheet\" crossorigin href=\"/assets/list.css\"") && links.contains("/assets/it.js"));
        assert!(!links.contains("shared.js"));
    }
}
