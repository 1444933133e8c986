//! Stories of files and the mappings proposed for them, over the declarations of the product.

use super::*;
use crate::import::read::tests::reader;

fn model() -> Model {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../");
    let files = [
        "customers/src/contact",
        "customers/src/company",
        "customers/src/activity",
        "sales/src/deal",
        "sales/src/deal_line",
        "sales/src/lead",
        "sales/src/product",
        "sales/src/stage",
        "sales/src/pipeline",
        "kernel/src/user",
        "kernel/src/team",
        "customers/src/tag",
    ];
    let load = |f: &&str| {
        let text = std::fs::read_to_string(format!("{root}{f}/object.toml")).unwrap();
        model::load::object(&text).unwrap()
    };
    Model::new(files.iter().map(load).collect(), Default::default())
}

/// Header → target (confidence), one a line, then what rows are matched by.
fn told(object: &str, content: &str) -> Vec<String> {
    let model = model();
    let object = model.object(object).unwrap();
    let proposed = propose(reader(content, "x.csv").unwrap(), &model, object).unwrap();
    let show = |p: &Proposal| match p.confidence {
        0..ACCEPTED => format!("{} → ?", p.seen.header),
        _ => format!("{} → {}", p.seen.header, p.column.to.as_deref().unwrap_or("?")),
    };
    let mut lines: Vec<String> = proposed.columns.iter().map(show).collect();
    lines.push(format!("{} by {}", proposed.system.unwrap_or("nobody"), proposed.match_by.as_deref().unwrap_or("nothing")));
    lines
}

#[test]
fn words_of_people_are_understood_in_their_language() {
    assert_eq!(
        told(
            "company",
            "Ragione sociale;Settore;Fatturato;Dipendenti;Città;P.IVA;Cliente dal;Colore\nRossi Srl;Retail;1.250.000,50;12;Rimini;IT01234567890;01/02/2019;blu\nBianchi Spa;Software;300,00;4;Forlì;IT09876543210;13/02/2019;rosso\n"
        ),
        [
            "Ragione sociale → name",
            "Settore → sector",
            "Fatturato → annual_revenue",
            "Dipendenti → employees",
            "Città → address.city",
            "P.IVA → vat_number",
            "Cliente dal → customer_since",
            "Colore → ?",
            "nobody by name",
        ]
    );
    assert_eq!(
        told("contact", "姓名,公司,手机,邮箱\n王晓明,光明书店,+86 138 0013 8000,wang@example.com\n"),
        ["姓名 → name", "公司 → company", "手机 → phones.mobile", "邮箱 → email", "nobody by email"]
    );
}

#[test]
fn exports_of_known_systems_are_recognised() {
    assert_eq!(
        told(
            "contact",
            "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Associated Company ID,Create Date,Lifecycle Stage\n51,Ada,Rossi,ada@example.com,+39 0541 1,Bo Li,77,2024-01-02 10:00,customer\n"
        ),
        [
            "Record ID → external.hubspot",
            "First Name → first_name",
            "Last Name → last_name",
            "Email → email",
            "Phone Number → phone",
            "Contact owner → owner",
            "Primary Associated Company ID → company.external.hubspot",
            "Create Date → created_at",
            "Lifecycle Stage → phase",
            "hubspot by external.hubspot",
        ]
    );
    assert_eq!(
        told(
            "deal",
            "Id,AccountId,Name,StageName,Amount,CloseDate,Probability,OwnerId,CreatedDate\n006A,001A,Big,Prospecting,12.5,2024-05-01,10,005A,2024-01-02 10:00:00\n"
        ),
        [
            "Id → external.salesforce",
            "AccountId → company.external.salesforce",
            "Name → name",
            "StageName → stage",
            "Amount → amount",
            "CloseDate → expected_close",
            "Probability → probability",
            "OwnerId → owner.external.salesforce",
            "CreatedDate → created_at",
            "salesforce by external.salesforce",
        ]
    );
}

#[test]
fn a_first_import_does_not_fail_by_people_who_are_no_users_here() {
    let model = model();
    let object = model.object("lead").unwrap();
    let content = "LEADID,Last Name,Company,Lead Owner,Lead Owner Id,Email\n1,Denson,Acme,David Love,1007,g@example.com\n";
    let proposed = propose(reader(content, "x.csv").unwrap(), &model, object).unwrap();
    let shown: Vec<String> =
        proposed.columns.iter().map(|p| format!("{} {:?}", p.column.to.as_deref().unwrap_or("?"), p.column.unknown)).collect();
    assert_eq!(shown, ["external.zoho None", "last_name None", "company_name None", "owner Some(Empty)", "? None", "email None"]);
}

#[test]
fn cells_speak_where_the_header_does_not() {
    assert_eq!(
        told(
            "contact",
            "A,B,C,D\nada@example.com,+39 0541 123456,www.example.com,hello\nbo@example.com,+39 0541 123457,www.example.org,there\n"
        ),
        ["A → email", "B → phone", "C → website", "D → ?", "nobody by email"]
    );
}

#[test]
fn cells_speak_against_a_header_that_promises_something_else() {
    let lines = told("contact", "Name,Phone\nAda Rossi,2024-01-02\nBo Li,2024-02-03\n");
    assert_eq!(lines, ["Name → name", "Phone → ?", "nobody by name"]);
}

#[test]
fn our_own_export_comes_back_by_its_ids() {
    let lines = told("company", "id,name,address.city,domain\n0190a2b4-7c5d-7e8f-9a0b-1c2d3e4f5a6b,Rossi,Rimini,rossi.example\n");
    assert_eq!(lines, ["id → id", "name → name", "address.city → address.city", "domain → domain", "nobody by id"]);
}

#[test]
fn two_columns_do_not_fill_one_field() {
    let lines = told("contact", "Email,E-mail,Mobile,Cell phone\na@example.com,b@example.com,+39 333 1234567,+39 333 7654321\n");
    assert_eq!(
        lines,
        ["Email → email", "E-mail → emails.other", "Mobile → phones.mobile", "Cell phone → phones.mobile", "nobody by email"]
    );
}
