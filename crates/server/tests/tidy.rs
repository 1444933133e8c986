//! House rules that a test can see: direction of crates, sizes, docs, banned names, dependencies with a reason.

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn files(folder: &Path, extension: &str, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | "dist" | ".git" | "test-results") {
            files(&path, extension, out);
        } else if path.extension().is_some_and(|e| e == extension) {
            out.push(path);
        }
    }
}

fn sources(extension: &str) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    files(&root(), extension, &mut paths);
    paths.sort();
    let shown = |p: &Path| p.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
    paths.iter().map(|p| (shown(p), fs::read_to_string(p).unwrap())).collect()
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("tests.rs") || path.contains(".test.") || path.contains("/e2e/")
}

/// Dependencies of a crate on crates of ours.
fn own_dependencies(name: &str) -> Vec<String> {
    let manifest: toml::Table = fs::read_to_string(root().join(format!("crates/{name}/Cargo.toml"))).unwrap().parse().unwrap();
    let ours: Vec<String> =
        fs::read_dir(root().join("crates")).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    let table = manifest["dependencies"].as_table().unwrap();
    table.keys().filter(|k| ours.contains(k)).cloned().collect()
}

#[test]
fn crates_depend_only_on_what_lies_below() {
    let below = |allowed: &[&str], name: &str| {
        for dependency in own_dependencies(name) {
            assert!(allowed.contains(&dependency.as_str()), "{name} may not depend on {dependency}");
        }
    };
    below(&[], "base");
    below(&["base"], "store");
    below(&["base", "store"], "model");
    below(&["base", "store", "model"], "kernel");
    for module in ["customers", "sales", "collaboration", "analytics", "integrations", "sample", "bench", "http"] {
        below(&["base", "store", "model", "kernel"], module);
    }
}

#[test]
fn only_the_dialect_asks_which_database_it_is() {
    // Reading the log in the order of commits differs by nature (ARCHITECTURE.md, 7).
    let known = ["crates/kernel/src/reader/run.rs", "crates/kernel/src/record/keep.rs"];
    for (path, text) in
        sources("rs").into_iter().filter(|(p, _)| !p.starts_with("crates/store/") && !is_test(p) && !known.contains(&p.as_str()))
    {
        let code = text.split("#[cfg(test)]").next().unwrap();
        assert!(!code.contains("Dialect::Sqlite") && !code.contains("Dialect::Postgres"), "{path} asks which database it is");
    }
}

#[test]
fn files_stay_small() {
    for (path, text) in sources("rs").into_iter().chain(sources("ts")).chain(sources("tsx")) {
        if is_test(&path) || path.contains(".gen.") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap();
        assert!(code.lines().count() <= 500, "{path} has {} lines", code.lines().count());
    }
}

#[test]
fn rooms_open_with_what_they_are_for() {
    for (path, text) in sources("rs").into_iter().filter(|(p, _)| p.ends_with("lib.rs") || p.ends_with("mod.rs") || p.ends_with("main.rs"))
    {
        assert!(text.starts_with("//!"), "{path} does not say what it is for");
    }
}

#[test]
fn nothing_is_called_by_a_name_that_says_nothing() {
    let banned = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "handler", "processor", "data", "info"];
    for (path, _) in sources("rs") {
        let name = Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
        assert!(!banned.contains(&name.as_str()), "{path}");
    }
}

#[test]
fn no_test_is_ignored_and_no_lint_is_allowed() {
    let marks = [["#[", "ignore"].concat(), ["#[", "allow("].concat(), ["#![", "allow("].concat()];
    for (path, text) in sources("rs") {
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{path} has {mark}");
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let reasons = fs::read_to_string(root().join("docs/decisions/dependencies.md")).unwrap();
    let table = manifest["workspace"]["dependencies"].as_table().unwrap();
    let missing: Vec<&String> =
        table.iter().filter(|(_, v)| v.get("path").is_none()).map(|(k, _)| k).filter(|k| !reasons.contains(&format!("`{k}`"))).collect();
    assert!(missing.is_empty(), "no reason for {missing:?} in docs/decisions/dependencies.md");
}

/// Where a refusal is put into words.
const REFUSALS: &[&str] = &[
    "Error::invalid(",
    "Error::conflict(",
    "Error::forbidden(",
    "Error::not_found(",
    "Error::malformed(",
    "Error::field(",
    "Error::new(",
    "Problem::new(",
    ".problem(",
    "left_out(",
];

/// The texts in the brackets of a call, as they will be said, with a word for what changes in them.
fn texts_of(call: &str) -> Vec<String> {
    let (mut depth, mut texts, mut chars) = (1, Vec::new(), call.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '\'' => {
                chars.next_if_eq(&'\\');
                chars.next();
                chars.next_if_eq(&'\'');
            }
            '"' => {
                let mut text = String::new();
                while let Some(c) = chars.next().filter(|c| *c != '"') {
                    match (c, chars.peek()) {
                        ('\\', Some('\n')) => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                        ('\\', Some(_)) => text.extend(chars.next()),
                        _ => text.push(c),
                    }
                }
                texts.push(text);
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    texts
}

/// A format with a word in every place; hints at its end are sentences of their own.
fn filled(format: &str) -> String {
    let (mut said, mut rest) = (String::new(), format);
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        said.push_str(before);
        // Doubled in a format; before a quote or alone it stands for itself.
        let doubled = from.starts_with("{{") || from.starts_with("}}");
        if from.starts_with("{\"") || from.starts_with('}') && !doubled {
            said.push_str(&from[..1]);
            rest = &from[1..];
            continue;
        }
        let end = if doubled { 1 } else { from.find('}').unwrap_or(0) };
        if doubled {
            said.push_str(&from[..1]);
        } else if !from[..end].contains("hint") {
            said.push_str("Xyz");
        }
        rest = &from[end + 1..];
    }
    said + rest
}

#[test]
fn every_refusal_is_said_in_every_language() {
    let model = model::Model::new(Vec::new(), Default::default());
    let spoken = ["http", "kernel", "integrations", "customers", "sales", "collaboration", "analytics"];
    let is_sentence = |text: &str| text.split(' ').count() > 2 && text.starts_with(|c: char| c.is_uppercase() || c == '{' || c == '"');
    let mut english = Vec::new();
    for (path, text) in sources("rs") {
        if !spoken.iter().any(|name| path.starts_with(&format!("crates/{name}/src/"))) || is_test(&path) || path.ends_with("testing.rs") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap();
        for call in REFUSALS.iter().flat_map(|mark| code.match_indices(mark).map(|(at, mark)| &code[at + mark.len()..])) {
            for text in texts_of(call).iter().map(|t| filled(t)).filter(|t| is_sentence(t)) {
                for language in ["it", "zh"] {
                    let speech = kernel::Speech { language, model: &model };
                    if speech.say(&text) == text {
                        english.push(format!("{path}: {text}"));
                    }
                }
            }
        }
    }
    english.dedup();
    assert!(english.is_empty(), "in crates/kernel/sentences nobody says\n{}", english.join("\n"));
}
