//! Stories of whole imports, on both databases: given a file and a mapping, then records and a report.

use std::io::Write as _;
use std::path::PathBuf;

use kernel::testing::both;
use kernel::{Module, ObjectSource};
use serde_json::json;

use super::*;
use crate::import::report::Report;

static MODULE: Module = Module {
    name: "shop",
    objects: &[
        ObjectSource {
            toml: r#"name = "firm"
            searched = true
            owned = true
            unique = ["domain"]
            [fields]
            name = { type = "text", required = true, search = true, sort = true }
            domain = { type = "text" }
            known_as = { type = "texts" }
            sector = { type = "choice", options = [{ code = "technology", aliases = ["technolgy"] }, "retail"] }
            employees = { type = "integer", min = 0 }
            revenue = { type = "money" }
            address = { type = "address" }
            city = { type = "text", alias_of = "address.city" }
            emails = { type = "emails" }
            email = { type = "email", alias_of = "emails.address" }
            parent = { type = "link", to = "firm" }
            labels = { type = "links", to = "label" }
            [access.representative]
            read = 'owner == me()'
            create = true
            update = 'owner == me()'
            delete = 'owner == me()'
            "#,
        },
        ObjectSource {
            toml: "name = \"label\"\n[fields]\nname = { type = \"text\", required = true, unique = true }\n[access.representative]\nread = 'true'\ncreate = true\nupdate = 'true'\ndelete = 'false'\n",
        },
        ObjectSource {
            toml: "name = \"line\"\n[fields]\nname = { type = \"text\", required = true }\ndefault = { type = \"boolean\" }\n[access.representative]\nread = 'true'\ncreate = false\nupdate = 'false'\ndelete = 'false'\n",
        },
        ObjectSource {
            toml: "name = \"step\"\n[fields]\nname = { type = \"text\", required = true }\nline = { type = \"link\", to = \"line\", required = true }\n[access.representative]\nread = 'true'\ncreate = false\nupdate = 'false'\ndelete = 'false'\n",
        },
        ObjectSource {
            toml: "name = \"item\"\n[fields]\nname = { type = \"text\", required = true }\nsale = { type = \"link\", to = \"sale\", required = true }\nprice = { type = \"money\" }\n",
        },
        ObjectSource {
            toml: r#"name = "sale"
            owned = true
            [fields]
            name = { type = "text" }
            firm = { type = "link", to = "firm" }
            line = { type = "link", to = "line" }
            step = { type = "link", to = "step", track = true }
            amount = { type = "money" }
            closed_at = { type = "instant", computed = true, origin = true }
            items = { type = "reverse", to = "item", by = "sale" }
            "#,
        },
        ObjectSource { toml: "name = \"contact\"\n[fields]\nname = { type = \"text\", required = true }\n" },
        ObjectSource { toml: include_str!("object.toml") },
    ],
    ..Module::EMPTY
};
static MODULES: &[&Module] = &[&MODULE];

/// A file on disk that goes away with the test.
struct Sheet(PathBuf);

impl Sheet {
    fn new(name: &str, content: &str) -> Sheet {
        let path = std::env::temp_dir().join(format!("legame-{}-{name}", base::Id::new()));
        std::fs::File::create(&path).unwrap().write_all(content.as_bytes()).unwrap();
        Sheet(path)
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn import(ctx: &kernel::Ctx, object: &str, content: &str, map: &str, match_by: Option<&str>, policy: Option<&str>) -> Report {
    let sheet = Sheet::new("x.csv", content);
    let options = FileOptions { object, map: Some(map), match_by, policy, ..FileOptions::default() };
    from_file(ctx, &sheet.0, &options).unwrap_or_else(|e| panic!("{e:?}")).1
}

fn told(report: &Report) -> Vec<String> {
    std::iter::once(report.counts()).chain(report.groups.iter().map(|g| g.sentence())).collect()
}

#[test]
fn rows_become_records_and_what_is_wrong_is_told_by_row_and_value() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        let content = "Account;Sector;Staff;Turnover;City\nRossi Srl;technolgy;12;1,5;Rimini\nBianchi;Retial;4;0,25;Forlì\nVerdi;retail;many;2;\n;retail;1;;\n";
        let report =
            import(&admin, "firm", content, "Account=name,Sector=sector,Staff=employees,Turnover=revenue*1000000,City=city", None, None);
        assert_eq!(
            told(&report),
            [
                "created 1, updated 0, skipped 0, rejected 3",
                "Sector: \"Retial\" is not an option; did you mean \"retail\"? (line 3); nearest: Retail",
                "Staff: \"many\" is not a number; write one such as 1250,50 (line 4)",
                "Account: Name is required (line 5)",
            ]
        );
        let firm = desk.list(&admin, "firm", "", "name").remove(0);
        assert_eq!(
            (firm["name"].as_str(), firm["sector"].as_str(), firm["employees"].as_i64()),
            (Some("Rossi Srl"), Some("technology"), Some(12))
        );
        assert_eq!(firm["revenue"], json!({"amount": "1500000.00", "currency": "EUR"}));
        assert_eq!(firm["address"]["city"], "Rimini");
    });
}

#[test]
fn rows_find_records_that_exist_and_do_with_them_what_the_policy_says() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        let map = "Name=name,Site=domain,Staff=employees,Mail=email";
        let first = "Name,Site,Staff,Mail\nRossi,rossi.example,10,info@rossi.example\nBianchi,bianchi.example,5,\n";
        assert_eq!(import(&admin, "firm", first, map, Some("domain"), None).counts(), "created 2, updated 0, skipped 0, rejected 0");
        let second = "Name,Site,Staff,Mail\nRossi Srl,ROSSI.example,11,sales@rossi.example\nBianchi,bianchi.example,,\nVerdi,verdi.example,1,\nVerdi,verdi.example,2,\n";
        let report = import(&admin, "firm", second, map, Some("domain"), Some("update"));
        assert_eq!((report.counts().as_str(), report.unchanged), ("created 1, updated 3, skipped 0, rejected 0", 1));
        let firms = desk.list(&admin, "firm", "", "name");
        assert_eq!(firms.iter().map(|f| f["employees"].as_i64().unwrap()).collect::<Vec<_>>(), [5, 11, 2]);
        let addresses: Vec<_> = firms[1]["emails"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| (e["address"].as_str().unwrap(), e["primary"].as_bool().unwrap()))
            .collect();
        assert_eq!(addresses, [("info@rossi.example", false), ("sales@rossi.example", true)]);
        assert_eq!(
            import(&admin, "firm", second, map, Some("domain"), Some("skip")).counts(),
            "created 0, updated 0, skipped 4, rejected 0"
        );
        let again = import(&admin, "firm", "Name\nRossi Srl\n", "Name=name", Some("name"), Some("create"));
        assert_eq!(again.counts(), "created 1, updated 0, skipped 0, rejected 0");
        let report = import(&admin, "firm", "Name,Staff\nRossi Srl,3\n", "Name=name,Staff=employees", Some("name"), Some("update"));
        assert_eq!(report.rejected, 1);
        assert!(report.groups[0].message.contains("means several firms"), "{:?}", report.groups);
    });
}

#[test]
fn ids_of_other_systems_join_files() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        import(&admin, "firm", "Id,Name\n77,Rossi\n78,Bianchi\n", "Id=external.old,Name=name", Some("external.old"), None);
        let report = import(&admin, "sale", "Deal,Firm\nBig,77\nSmall,99\n", "Deal=name,Firm=firm.external.old", None, None);
        assert_eq!(told(&report), ["created 1, updated 0, skipped 0, rejected 1", "Firm: There is no firm \"99\" (line 3)"]);
        let again = import(&admin, "firm", "Id,Name\n77,Rossi & Figli\n", "Id=external.old,Name=name", Some("external.old"), None);
        assert_eq!(again.counts(), "created 0, updated 1, skipped 0, rejected 0");
        assert_eq!(desk.column(&admin, "sale", "", "name", "name"), [json!("Big")]);
    });
}

#[test]
fn links_are_found_however_they_are_written_and_made_where_that_is_wanted() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        import(&admin, "firm", "Name,Also\nGTX Pro,Professional edition\nCittà di Castello,\n", "Name=name,Also=known_as", None, None);
        let content = "Sale,Firm\na,GTXPro\nb,citta di castello\nc,professional EDITION\nd,GTX Prx\n";
        let report = import(&admin, "sale", content, "Sale=name,Firm=firm.name", None, None);
        assert_eq!(
            told(&report),
            ["created 3, updated 0, skipped 0, rejected 1", "Firm: There is no firm \"GTX Prx\" (line 5); nearest: GTX Pro"]
        );
        let sheet = Sheet::new("map.toml", "[columns]\nSale = \"name\"\nFirm = { to = \"firm\", unknown = \"create\" }\n");
        let report = import(&admin, "sale", "Sale,Firm\ne,Neue GmbH\nf,neue gmbh\n", &sheet.0.to_string_lossy(), None, None);
        assert_eq!(report.created, 2);
        assert_eq!(desk.list(&admin, "firm", "name == \"Neue GmbH\"", "").len(), 1);
        let report = import(&admin, "firm", "Name,Labels\nA,vip; fair\nB,\"fair, new\"\n", "Name=name,Labels=labels", None, None);
        assert_eq!(report.created, 2);
        assert_eq!(desk.column(&admin, "label", "", "name", "name"), [json!("fair"), json!("new"), json!("vip")]);
    });
}

#[test]
fn a_row_may_link_to_one_further_down() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        let report = import(&admin, "firm", "Name,Of\nBranch,Holding\nHolding,\nLost,Nobody\n", "Name=name,Of=parent.name", None, None);
        assert_eq!(
            told(&report),
            ["created 3, updated 0, skipped 0, rejected 0", "Of: There is no firm \"Nobody\"; the record was written without it (line 4)"]
        );
        let firms = desk.list(&admin, "firm", "", "name");
        assert_eq!(firms[0]["parent"], firms[1]["id"]);
    });
}

#[test]
fn a_history_comes_along() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        let line = desk.create(&admin, "line", json!({"name": "Usual", "default": true}));
        let other = desk.create(&admin, "line", json!({"name": "Other"}));
        for (line, names) in [(line, ["Talks", "Won"]), (other, ["Talks", "Won"])] {
            for name in names {
                desk.create(&admin, "step", json!({"name": name, "line": line}));
            }
        }
        let map =
            "Id=external.old,Began=created_at,Began=step@Talks,Ended=closed_at,Step=step,Value=amount,What=items.name,Value=items.price";
        let content = "Id,Began,Ended,Step,Value,What\n1,10/20/2016,3/1/2017,Won,$1054,Chair\n2,10/25/2016,,Talks,,Desk\n";
        let report = import(&admin, "sale", content, map, Some("external.old"), None);
        assert_eq!(told(&report), ["created 2, updated 0, skipped 0, rejected 0"]);
        let sale = desk.list(&admin, "sale", "", "created_at").remove(0);
        assert_eq!(sale["created_at"], "2016-10-19T22:00:00Z");
        assert_eq!(sale["closed_at"], "2017-02-28T23:00:00Z");
        assert_eq!(sale["amount"], json!({"amount": "1054.00", "currency": "USD"}));
        let items = desk.list(&admin, "item", "", "name");
        assert_eq!((items[0]["name"].as_str(), items[0]["sale"].as_str()), (Some("Chair"), sale["id"].as_str()));
        let stays = desk.engine.store().read(|tx| {
            let sql = store::Sql::raw(tx.dialect(), "select s.name, y.entered_at, y.left_at from stay y join sale d on d.id = y.record join step s on y.value = cast(s.id as text) order by y.entered_at");
            tx.all(&sql, |row| Ok((row.text(0)?.unwrap_or_default().to_string(), row.instant(1)?, row.instant(2)?)))
        });
        if let Ok(stays) = stays
            && desk.engine.store().dialect() == store::Dialect::Postgres
        {
            let shown: Vec<String> =
                stays.iter().map(|(n, a, b)| format!("{n} {} {}", a.unwrap(), b.map(|b| b.to_string()).unwrap_or_default())).collect();
            assert_eq!(
                shown,
                ["Talks 2016-10-19T22:00:00Z 2017-02-28T23:00:00Z", "Talks 2016-10-24T22:00:00Z ", "Won 2017-02-28T23:00:00Z "]
            );
        }
        let again = import(&admin, "sale", content, map, Some("external.old"), None);
        assert_eq!((again.updated, again.unchanged, desk.list(&admin, "item", "", "").len()), (2, 2, 2));
    });
}

#[test]
fn a_trial_tells_everything_and_writes_nothing() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        let sheet = Sheet::new(
            "x.csv",
            "Name,Site,Of,Staff\nHolding,h.example,,5\nBranch,b.example,Holding,x\nShop,s.example,Holding,1\nShop,s.example,Branch,1\n",
        );
        let options = FileOptions {
            object: "firms",
            map: Some("Name=name,Site=domain,Of=parent,Staff=employees"),
            match_by: Some("domain"),
            is_trial: true,
            ..FileOptions::default()
        };
        let (id, report) = from_file(&admin, &sheet.0, &options).unwrap();
        assert_eq!(id, None);
        assert_eq!(
            told(&report),
            [
                "created 2, updated 1, skipped 0, rejected 1",
                "Staff: \"x\" is not a number; write one such as 1250,50 (line 3)",
                "Of: There is no firm \"Branch\" (line 5)"
            ]
        );
        assert_eq!(desk.list(&admin, "firm", "", "").len(), 0);
        assert_eq!(desk.list(&admin, "import", "", "").len(), 0);
    });
}

#[test]
fn rejected_rows_can_be_mended_and_brought_again() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        let sheet = Sheet::new("x.csv", "Name,Staff,Note\nA,1,x\nB,-5,=1+1\nC,two,z\n");
        let rejects = Sheet::new("rejects.csv", "");
        let options =
            FileOptions { object: "firm", map: Some("Name=name,Staff=employees"), rejects: Some(&rejects.0), ..FileOptions::default() };
        from_file(&admin, &sheet.0, &options).unwrap();
        let text = std::fs::read_to_string(&rejects.0).unwrap();
        assert!(text.starts_with("Name,Staff,Note,import_line,import_problem\nB,-5,'=1+1,3,"), "{text}");
        std::fs::write(&rejects.0, text.replace("-5", "5").replace("two", "2")).unwrap();
        let (_, report) = from_file(&admin, &rejects.0, &FileOptions { rejects: None, ..options }).unwrap();
        assert_eq!(report.counts(), "created 2, updated 0, skipped 0, rejected 0");
    });
}

#[test]
fn an_import_goes_from_upload_to_undo() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        let stored = kernel::file::store(desk.engine.files(), "firms.csv", "Name,Staff\nRossi,12\nBianchi,x\n".as_bytes()).unwrap();
        let made = start(&desk.again(&admin), "firms", "firms.csv", &stored).unwrap();
        let id: base::Id = made["id"].as_str().unwrap().parse().unwrap();
        assert_eq!((made["state"].as_str(), made["match"].as_str(), made["format"].as_str()), (Some("mapping"), Some("name"), Some("csv")));
        assert_eq!(made["proposal"]["columns"][0]["samples"], json!(["Rossi", "Bianchi"]));
        let input = json!({"mapping": {"columns": [{"header": "Name", "to": "name"}, {"header": "Staff", "to": "employes"}]}});
        let error = change(&admin, id, input.as_object().unwrap()).unwrap_err();
        assert_eq!(error.problems()[0].message, "Firm has no field \"employes\"; did you mean \"employees\"?");
        let input =
            json!({"mapping": {"columns": [{"header": "Name", "to": "name"}, {"header": "Staff", "to": "employees"}]}, "policy": "skip"});
        assert_eq!(change(&admin, id, input.as_object().unwrap()).unwrap()["policy"], "skip");
        let checked = check(&desk.again(&admin), id).unwrap();
        assert_eq!(
            (checked["state"].as_str(), checked["created"].as_i64(), checked["rejected"].as_i64()),
            (Some("checked"), Some(1), Some(1))
        );
        assert_eq!(desk.list(&admin, "firm", "", "").len(), 0);
        let done = run(&desk.again(&admin), id).unwrap();
        assert_eq!(
            (done["state"].as_str(), done["created"].as_i64(), done["report"]["rejected"].as_i64()),
            (Some("done"), Some(1), Some(1))
        );
        assert_eq!(run(&admin, id).unwrap_err().code(), base::Code::Conflict);
        let page = rows(&admin, id, &RowsRequest { state: Some("rejected".into()), ..RowsRequest::default() }).unwrap();
        assert_eq!(page["items"][0]["cells"], json!(["Bianchi", "x"]));
        assert_eq!(page["items"][0]["problems"][0]["header"], "Staff");
        let first = rows(&admin, id, &RowsRequest { limit: Some(1), ..RowsRequest::default() }).unwrap();
        let next = RowsRequest { limit: Some(1), cursor: first["next_cursor"].as_str().map(str::to_string), ..RowsRequest::default() };
        assert_eq!(
            (first["items"][0]["state"].as_str(), rows(&admin, id, &next).unwrap()["items"][0]["line"].as_i64()),
            (Some("created"), Some(3))
        );
        let csv =
            String::from_utf8(rows_csv(&admin, id, &RowsRequest { state: Some("rejected".into()), ..RowsRequest::default() }).unwrap())
                .unwrap();
        assert!(csv.starts_with("Name,Staff,import_line,import_problem\nBianchi,x,3,"), "{csv}");
        let undone = undo(&desk.again(&admin), id, false).unwrap();
        assert_eq!((undone["state"].as_str(), undone["restored"].as_i64()), (Some("undone"), Some(1)));
        assert_eq!(desk.list(&admin, "firm", "", "").len(), 0);
    });
}

#[test]
fn a_person_imports_what_that_person_may() {
    both(MODULES, |desk| {
        let rep = desk.person("Bo Li", "representative");
        let sheet = Sheet::new("x.csv", "Name,Began,Of\nA,2020-01-01,\n");
        let map = |map| FileOptions { object: "firm", map: Some(map), ..FileOptions::default() };
        let error = from_file(&rep, &sheet.0, &map("Name=name,Began=created_at")).unwrap_err();
        assert_eq!(error.problems()[0].message, "You may not set created_at, which tells when it really began");
        let error =
            from_file(&rep, &sheet.0, &FileOptions { object: "step", map: Some("Name=name"), ..FileOptions::default() }).unwrap_err();
        assert_eq!(error.code(), base::Code::Forbidden);
        desk.create(&desk.admin(), "firm", json!({"name": "Hidden", "domain": "x.example"}));
        let report = import(&rep, "firm", "Name,Of\nA,Hidden\nB,A\n", "Name=name,Of=parent", None, None);
        assert_eq!(told(&report)[1], "Of: There is no firm \"Hidden\"; the record was written without it (line 2)");
        assert_eq!(desk.column(&rep, "firm", "", "name", "name"), [json!("A"), json!("B")]);
    });
}

#[test]
fn what_an_import_wrote_tells_so() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        import(&admin, "firm", "Name\nRossi\n", "Name=name", None, None);
        let id = desk.list(&admin, "firm", "", "")[0]["id"].as_str().unwrap().parse().unwrap();
        let events = desk.timeline(&admin, "firm", kernel::testing::Made(id));
        assert_eq!((events[0]["origin"]["kind"].as_str(), events[0]["actor"]["name"].as_str()), (Some("import"), Some("Nadia Ricci")));
        assert!(events[0]["origin"]["name"].as_str().unwrap().ends_with("x.csv"));
    });
}

#[test]
fn a_broken_file_leaves_a_failed_import_and_says_why() {
    both(MODULES, |desk| {
        let admin = desk.admin();
        let sheet = Sheet::new("x.csv", "");
        let error =
            from_file(&admin, &sheet.0, &FileOptions { object: "firm", map: Some("a=name"), ..FileOptions::default() }).unwrap_err();
        assert_eq!(error.message(), "The file is empty");
        let sheet = Sheet::new("x.csv", "b\n1\n");
        let error =
            from_file(&admin, &sheet.0, &FileOptions { object: "firm", map: Some("a=name"), ..FileOptions::default() }).unwrap_err();
        assert_eq!(error.problems()[0].message, "The file has no column \"a\"; did you mean \"b\"?");
        assert!(desk.list(&admin, "import", "", "").is_empty());
    });
}
