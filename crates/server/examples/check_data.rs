//! Brings the real data set `crm-maven` in by Legame's own import and compares every figure with its files.
//!
//! `bin/check-data DIR` runs it; `DIR` holds the folder `crm-maven`. On SQLite, and on PostgreSQL where
//! `TEST_POSTGRES_URL` is set. What is expected is counted here from the files, by nothing of Legame's.

#[path = "../src/modules.rs"]
mod modules;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use base::{Currency, Error, Result};
use integrations::import::{FileOptions, from_file};
use kernel::query::{ListRequest, list, report};
use kernel::workspace::Options;
use kernel::{Ctx, Engine, setting};
use serde_json::{Value as Json, json};
use store::Location;

fn main() -> ExitCode {
    match run() {
        Ok((passed, 0)) => {
            println!("{passed} passed, 0 failed");
            ExitCode::SUCCESS
        }
        Ok((passed, failed)) => {
            println!("{passed} passed, {failed} failed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("check-data: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(usize, usize)> {
    let folder = std::env::args().nth(1).ok_or_else(|| Error::invalid("Say where the data sets are: bin/check-data DIR"))?;
    let set = Path::new(&folder).join("crm-maven");
    let maps = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bin/check-data.d/crm-maven");
    let scratch = std::env::temp_dir().join(format!("legame_check_data_{}", std::process::id()));
    let mut places = vec![("SQLite", Location::Folder(scratch.clone()))];
    // The variable is the one by which all tests find PostgreSQL.
    if let Some(url) = std::env::vars().find(|(name, _)| name == "TEST_POSTGRES_URL").map(|(_, url)| url) {
        places.push(("PostgreSQL", Location::Postgres(url)));
    }
    let (mut passed, mut failed) = (0, 0);
    for (name, location) in places {
        println!("crm-maven on {name}");
        let engine = open(location, &scratch)?;
        import(&engine, &set, &maps)?;
        let expected = Expected::count(&set)?;
        for (what, is_right) in compare(&engine, &expected)? {
            println!("  {} {what}", if is_right { "ok  " } else { "FAIL" });
            if is_right { passed += 1 } else { failed += 1 }
        }
        engine.store().close();
    }
    let _ = std::fs::remove_dir_all(&scratch);
    Ok((passed, failed))
}

fn open(location: Location, scratch: &Path) -> Result<Arc<Engine>> {
    let workspace = match location {
        Location::Postgres(_) => format!("check_data_{}", std::process::id()),
        Location::Folder(_) => "main".to_string(),
    };
    let store = store::Options { workspace, ..store::Options::default() };
    let engine = Engine::open(&Options { location, files: scratch.join("files"), modules: modules::MODULES, demo: false, store })?;
    let mut settings = (*engine.settings()).clone();
    settings.currency = Currency::parse("USD")?;
    settings.is_set_up = true;
    let written = settings.clone();
    engine.store().write(move |tx| setting::save(tx, &written))?;
    engine.set_settings(settings);
    Ok(engine)
}

/// The mapping files in the order of their numbers; those that are CSV are files of ours.
fn import(engine: &Arc<Engine>, set: &Path, maps: &Path) -> Result<()> {
    let source = |step: &str| match step {
        "7-products.toml" => "products.csv",
        "8-accounts.toml" => "accounts.csv",
        "9-deals.toml" => "sales_pipeline.csv",
        _ => "sales_teams.csv",
    };
    let mut steps: Vec<PathBuf> = std::fs::read_dir(maps)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    steps.retain(|p| p.extension().is_some_and(|e| e == "toml" || e == "csv"));
    steps.sort();
    for step in steps {
        let name = step.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let is_ours = name.ends_with(".csv");
        let object = match name.split(['-', '.']).nth(1).unwrap_or_default() {
            "managers" | "agents" => "users",
            "offices" | "teams" => "teams",
            "pipeline" => "pipelines",
            "stages" => "stages",
            "products" => "products",
            "accounts" => "companies",
            _ => "deals",
        };
        let (file, map) = if is_ours { (step.clone(), None) } else { (set.join(source(&name)), Some(step.to_string_lossy().into_owned())) };
        let options = FileOptions { object, map: map.as_deref(), match_by: None, policy: None, is_trial: false, rejects: None };
        let began = std::time::Instant::now();
        let (_, told) = from_file(&Ctx::system(engine), &file, &options)?;
        println!("  {name}: {} in {:.1} s", told.counts(), began.elapsed().as_secs_f32());
        for group in told.groups.iter().take(5) {
            println!("      {}", group.sentence());
        }
    }
    kernel::reader::catch_up(engine)
}

/// Counts and sums in whole dollars, by whatever names them.
type Sums = BTreeMap<String, i64>;

#[derive(Default)]
struct Expected {
    by_stage: Sums,
    won_by_agent: Sums,
    won_by_manager: Sums,
    won_by_quarter: Sums,
    won_by_sector: Sums,
    /// Opportunities of each account.
    of_account: BTreeMap<String, BTreeSet<String>>,
    parents: BTreeMap<String, String>,
}

type Rows = Vec<BTreeMap<String, String>>;

/// A plain reading of a plain CSV file: no quotes, no line breaks in cells.
fn rows(path: &Path) -> Result<Rows> {
    let text = std::fs::read_to_string(path)?;
    let mut lines = text.lines().map(|l| l.trim_end_matches('\r'));
    let headers: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let row = |line: &str| headers.iter().map(|h| h.to_string()).zip(line.split(',').map(str::to_string)).collect();
    Ok(lines.filter(|l| !l.is_empty()).map(row).collect())
}

fn cell<'a>(row: &'a BTreeMap<String, String>, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}

impl Expected {
    fn count(set: &Path) -> Result<Expected> {
        let mut expected = Expected::default();
        let managers: BTreeMap<String, String> = rows(&set.join("sales_teams.csv"))?
            .iter()
            .map(|r| (cell(r, "sales_agent").to_string(), cell(r, "manager").to_string()))
            .collect();
        let mut sectors = BTreeMap::new();
        for account in rows(&set.join("accounts.csv"))? {
            // What the set misspells or names otherwise.
            let sector = match cell(&account, "sector") {
                "technolgy" => "technology",
                "medical" => "healthcare",
                other => other,
            };
            sectors.insert(cell(&account, "account").to_string(), sector.to_string());
            if !cell(&account, "subsidiary_of").is_empty() {
                expected.parents.insert(cell(&account, "account").to_string(), cell(&account, "subsidiary_of").to_string());
            }
        }
        for deal in rows(&set.join("sales_pipeline.csv"))? {
            *expected.by_stage.entry(cell(&deal, "deal_stage").to_string()).or_default() += 1;
            let account = cell(&deal, "account").to_string();
            if !account.is_empty() {
                expected.of_account.entry(account.clone()).or_default().insert(cell(&deal, "opportunity_id").to_string());
            }
            if cell(&deal, "deal_stage") != "Won" {
                continue;
            }
            let value: i64 = cell(&deal, "close_value").parse()?;
            let agent = cell(&deal, "sales_agent").to_string();
            *expected.won_by_manager.entry(managers.get(&agent).cloned().unwrap_or_default()).or_default() += value;
            *expected.won_by_agent.entry(agent).or_default() += value;
            *expected.won_by_quarter.entry(quarter(cell(&deal, "close_date"))?).or_default() += value;
            *expected.won_by_sector.entry(sectors.get(&account).cloned().unwrap_or_default()).or_default() += value;
        }
        Ok(expected)
    }
}

/// `3/1/2017` → `2017-Q1`.
fn quarter(date: &str) -> Result<String> {
    let parts: Vec<i64> = date.split('/').map(str::parse).collect::<std::result::Result<_, _>>()?;
    match parts.as_slice() {
        [month, _, year] => Ok(format!("{year}-Q{}", (month - 1) / 3 + 1)),
        _ => Err(Error::invalid(format!("{date} is not a date"))),
    }
}

type Outcome = (String, bool);

fn compare(engine: &Arc<Engine>, expected: &Expected) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    let mut check = |what: &str, is_right: bool| outcomes.push((what.to_string(), is_right));
    let stages = sums(engine, "stage", None, "has(stage)", "count")?;
    check("8,800 opportunities", stages.values().sum::<i64>() == 8_800);
    check("counts by stage", stages == expected.by_stage);
    let won = r#"status == "won""#;
    check("won value by sales agent", sums(engine, "owner", None, won, "sum")? == expected.won_by_agent);
    check("won value by manager", sums(engine, "owner.manager", None, won, "sum")? == expected.won_by_manager);
    check("won value by quarter", sums(engine, "closed_at", Some("quarter"), won, "sum")? == expected.won_by_quarter);
    let by_sector = sums(engine, "company.sector", None, won, "sum")?;
    check("won value by sector", by_sector == expected.won_by_sector);
    for (account, ids) in &expected.of_account {
        let filter = format!("company.name == \"{account}\"");
        let found = items(engine, "deal", &filter, "name")?.len();
        if found != ids.len() {
            check(&format!("the {} opportunities of {account}: {found}", ids.len()), false);
        }
    }
    check(&format!("the opportunities of each of {} accounts", expected.of_account.len()), true);
    let mut parents = BTreeMap::new();
    for company in items(engine, "company", "has(parent)", "name,parent")? {
        let text = |json: &Json| json.as_str().unwrap_or_default().to_string();
        let (Some(name), Some(parent)) = (company.get("name"), company.pointer("/parent/title")) else { continue };
        parents.insert(text(name), text(parent));
    }
    check("parent and subsidiary", parents == expected.parents);
    Ok(outcomes)
}

/// A report by one group, with titles of links as names; absent groups under an empty name.
fn sums(engine: &Arc<Engine>, group: &str, bucket: Option<&str>, filter: &str, measure: &str) -> Result<Sums> {
    let measures = if measure == "count" { json!([{"fn": "count"}]) } else { json!([{"fn": "sum", "field": "amount"}]) };
    let asked = json!({"object": "deals", "filter": filter, "group_by": [{"field": group, "bucket": bucket}], "measures": measures});
    let request = serde_json::from_value(asked)?;
    let ctx = Ctx::system(engine);
    let answer = engine.store().read(|tx| report(&ctx, tx, &request))?;
    let mut sums = Sums::new();
    for row in answer.get("rows").and_then(Json::as_array).into_iter().flatten() {
        let name = row.get(group).map_or(String::new(), |g| g.get("title").unwrap_or(g).as_str().unwrap_or_default().to_string());
        let value = match row.get("count").and_then(Json::as_i64) {
            Some(count) => count,
            None => row.pointer("/sum_amount/amount").and_then(Json::as_str).and_then(|a| a.strip_suffix(".00")).unwrap_or("0").parse()?,
        };
        sums.insert(name, value);
    }
    Ok(sums)
}

fn items(engine: &Arc<Engine>, object: &str, filter: &str, fields: &str) -> Result<Vec<Json>> {
    let expand = fields.contains("parent").then(|| "parent".to_string());
    let request = ListRequest {
        object: object.to_string(),
        filter: Some(filter.to_string()),
        fields: Some(fields.to_string()),
        expand,
        limit: 500,
        ..ListRequest::default()
    };
    let ctx = Ctx::system(engine);
    let mut bytes = Vec::new();
    engine.store().read(|tx| list(&ctx, tx, &request, &mut bytes))?;
    let page: Json = serde_json::from_slice(&bytes)?;
    Ok(page.get("items").and_then(Json::as_array).cloned().unwrap_or_default())
}
