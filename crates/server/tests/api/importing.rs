//! A sales team's file, as it has it: Italian headers and figures, names that nobody knows, broken rows.

use serde_json::{Value, json};

use crate::app::{App, Client, both, id, items, multipart};

const SHEET: &str = "Nome;Azienda;Fase;Importo;Chiusura prevista;Proprietario
Forni Rossi;Rossi Srl;Offerta;1.250,50;31/12/2026;admin
Vetrine Bianchi;Gelateria Bianchi;Proposta;2.000,00;15/01/2027;Carla Conti
Banchi Verdi;Bar Verdi;Proposta;980,00;30/01/2027;Carla Conti
Banchi Verdi due;Bar Verdi;Proposta;1.020,00;28/02/2027;Carla Conti
Errata;Rossi Srl;Offerta;molto;31/02/2027;
Corta;Rossi Srl
";

/// A pipeline with two stages and one of the companies.
fn prepare(app: &App) -> (Value, Value) {
    let admin = app.admin();
    let pipeline = admin.create("pipelines", json!({"name": "Vendite"}));
    admin.create("stages", json!({"name": "Contatto", "pipeline": pipeline["id"]}));
    let offer = admin.create("stages", json!({"name": "Offerta", "pipeline": pipeline["id"]}));
    admin.create("companies", json!({"name": "Rossi S.r.l."}));
    (pipeline, offer)
}

fn start(client: &Client<'_>, sheet: &str) -> Value {
    let (content_type, body) = multipart(&[("object", None, b"deal"), ("file", Some("trattative.csv"), sheet.as_bytes())]);
    client.send("POST", "/api/v1/imports", &[("content-type", &content_type)], body).expect(201)
}

fn verb(client: &Client<'_>, import: &Value, verb: &str) -> Value {
    client.post(&format!("/api/v1/imports/{}/actions/{verb}", id(import)), &json!({})).expect(200)
}

fn counts(import: &Value) -> [i64; 2] {
    ["created", "rejected"].map(|name| import[name].as_i64().unwrap())
}

/// The group of a value in the report.
fn group<'a>(import: &'a Value, value: &str) -> &'a Value {
    let groups = import["report"]["groups"].as_array().unwrap();
    groups.iter().find(|g| g["value"] == value).unwrap_or_else(|| panic!("{value} in {groups:?}"))
}

/// The proposed mapping with more said of a column.
fn decide(mapping: &mut Value, header: &str, more: Value) {
    let column = mapping["columns"].as_array_mut().unwrap().iter_mut().find(|c| c["header"] == header).unwrap();
    column.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
}

#[test]
fn a_file_of_deals_comes_in_with_each_unknown_value_decided_once() {
    both(|app| {
        let (_, offer) = prepare(app);
        let admin = app.admin().with("accept-language", "it");
        let import = start(&admin, SHEET);
        let targets: Vec<&str> = import["mapping"]["columns"].as_array().unwrap().iter().map(|c| c["to"].as_str().unwrap_or("")).collect();
        assert_eq!(targets, ["name", "company", "stage", "amount", "expected_close", "owner"]);

        let tried = verb(&admin, &import, "check");
        assert_eq!(counts(&tried), [1, 5]);
        // Companies would be made and owners left out, as proposed; all of it is told before anything is written.
        let now = |value: &str| group(&tried, value)["remedy"]["now"].clone();
        assert_eq!([now("Bar Verdi"), now("Carla Conti"), now("Proposta")], ["create", "empty", "refuse"]);
        let remedy = |value: &str| group(&tried, value)["remedy"].clone();
        assert_eq!(
            remedy("Bar Verdi"),
            json!({"object": "deal", "field": "company", "may": ["map", "create", "empty", "refuse"], "now": "create"})
        );
        assert_eq!(remedy("Proposta")["may"], json!(["map", "create", "empty", "refuse"]));
        assert_eq!(remedy("Carla Conti")["may"], json!(["map", "empty", "refuse"]), "no name alone makes a user");
        assert_eq!((&group(&tried, "Proposta")["rows"], &remedy("molto")), (&json!(3), &Value::Null));
        assert_eq!(group(&tried, "Bar Verdi")["message"], "azienda \"Bar Verdi\" non esiste; si crea");
        assert_eq!(app.number("select count(*) from deal"), 0, "a trial writes nothing");

        let mut mapping = import["mapping"].clone();
        decide(&mut mapping, "Azienda", json!({"unknown": "refuse", "unknowns": {"Gelateria Bianchi": "create", "BAR VERDI": "create"}}));
        decide(&mut mapping, "Fase", json!({"values": {"Proposta": offer["id"]}}));
        decide(&mut mapping, "Proprietario", json!({"unknown": "refuse", "unknowns": {"Carla Conti": "empty"}}));
        admin.patch(&format!("/api/v1/imports/{}", id(&import)), &json!({"mapping": mapping})).expect(200);
        assert_eq!(counts(&verb(&admin, &import, "check")), [4, 2]);
        assert_eq!(counts(&verb(&admin, &import, "run")), [4, 2]);

        let deals = admin.list("deals", &[("sort", "name"), ("expand", "company,stage,owner")]);
        let told = |deal: &Value| {
            let title = |link: &str| deal[link]["title"].as_str().unwrap_or_default().to_string();
            format!(
                "{} {} {} {} {}",
                title("company"),
                title("stage"),
                deal["amount"]["amount"].as_str().unwrap(),
                deal["expected_close"].as_str().unwrap(),
                title("owner")
            )
        };
        assert_eq!(
            items(&deals).iter().map(told).collect::<Vec<_>>(),
            [
                "Bar Verdi Offerta 980.00 2027-01-30 ",
                "Bar Verdi Offerta 1020.00 2027-02-28 ",
                "Rossi S.r.l. Offerta 1250.50 2026-12-31 admin",
                "Gelateria Bianchi Offerta 2000.00 2027-01-15 ",
            ]
        );
        assert_eq!(app.number("select count(*) from company where deleted_at is null"), 3, "each was made once");

        let rejected = admin.get(&format!("/api/v1/imports/{}/rows?state=rejected&format=csv", id(&import))).text();
        let lines: Vec<&str> = rejected.lines().collect();
        assert_eq!(lines.len(), 3, "{rejected}");
        assert!(lines[1].contains("Errata") && lines[1].contains("non è un numero") && lines[1].contains("non è una data"), "{rejected}");
        assert!(lines[2].contains("La riga ha 2 celle, l'intestazione ne ha 6"), "{rejected}");

        // What somebody changed since stays.
        let kept = items(&deals)[2]["id"].as_str().unwrap();
        admin.patch(&format!("/api/v1/deals/{kept}"), &json!({"name": "Forni di Rossi"})).expect(200);
        let undone = verb(&admin, &import, "undo");
        assert_eq!((&undone["state"], undone["refused"].as_array().unwrap().len()), (&json!("undone"), 1));
        assert!(undone["refused"][0]["reason"].as_str().unwrap().starts_with("È stato modificato di nuovo"), "{undone}");
        assert_eq!(items(&admin.list("deals", &[])).len(), 1);
        assert_eq!(app.number("select count(*) from company where deleted_at is null"), 1);
    });
}

#[test]
fn an_unknown_stage_is_made_in_the_pipeline_of_the_row_by_who_may_make_stages() {
    both(|app| {
        let (pipeline, _) = prepare(app);
        let admin = app.admin();
        let other = admin.create("pipelines", json!({"name": "Rinnovi"}));
        admin.create("stages", json!({"name": "In scadenza", "pipeline": other["id"]}));
        let bring = |client: &Client<'_>, sheet: &str, stage: &str| {
            let import = start(client, sheet);
            let mut mapping = import["mapping"].clone();
            decide(&mut mapping, "Fase", json!({"unknowns": {stage: "create"}}));
            client.patch(&format!("/api/v1/imports/{}", id(&import)), &json!({"mapping": mapping})).expect(200);
            import
        };
        let sheet = "Nome;Fase;Pipeline\nUno;Firma;Rinnovi\nDue;Firma;Rinnovi\n";
        let manager = app.person("giulia@acme.example", "manager");
        let import = start(&manager, sheet);
        assert_eq!(group(&verb(&manager, &import, "check"), "Firma")["remedy"]["may"], json!(["map", "empty", "refuse"]));
        assert_eq!(counts(&verb(&manager, &bring(&manager, sheet, "Firma"), "check"))[1], 2);
        for (sheet, stage) in [(sheet, "Firma"), ("Nome;Fase\nTre;Visita\nQuattro;Visita\n", "Visita")] {
            let import = bring(&admin, sheet, stage);
            assert_eq!(counts(&verb(&admin, &import, "check")), [2, 0], "{stage}");
            assert_eq!(counts(&verb(&admin, &import, "run")), [2, 0], "{stage}");
        }
        let of = |stage: &str| admin.list("stages", &[("filter", &format!("name == \"{stage}\""))]);
        let pipelines = |stage: &str| items(&of(stage)).iter().map(|s| s["pipeline"].clone()).collect::<Vec<_>>();
        assert_eq!((pipelines("Firma"), pipelines("Visita")), (vec![other["id"].clone()], vec![pipeline["id"].clone()]));
    });
}

#[test]
fn one_new_name_in_two_pipelines_makes_a_stage_in_each() {
    both(|app| {
        let (pipeline, _) = prepare(app);
        let admin = app.admin();
        let other = admin.create("pipelines", json!({"name": "Rinnovi"}));
        admin.create("stages", json!({"name": "In scadenza", "pipeline": other["id"]}));
        let sheet = "Nome;Fase;Pipeline
Uno;Visita;Vendite
Due;Visita;Rinnovi
Tre;Visita;Vendite
Quattro;Visita;Rinnovi
Cinque;In scadenza;Vendite
Sei;In scadenza;Rinnovi
";
        let import = start(&admin, sheet);
        let mut mapping = import["mapping"].clone();
        decide(&mut mapping, "Fase", json!({"unknowns": {"Visita": "create", "In scadenza": "create"}}));
        admin.patch(&format!("/api/v1/imports/{}", id(&import)), &json!({"mapping": mapping})).expect(200);
        assert_eq!(counts(&verb(&admin, &import, "check")), [6, 0]);
        let run = verb(&admin, &import, "run");
        assert_eq!(counts(&run), [6, 0], "{run}");
        for stage in ["Visita", "In scadenza"] {
            let stages = admin.list("stages", &[("filter", &format!("name == \"{stage}\""))]);
            let mut pipelines: Vec<String> = items(&stages).iter().map(|s| s["pipeline"].to_string()).collect();
            pipelines.sort();
            let mut expected = vec![pipeline["id"].to_string(), other["id"].to_string()];
            expected.sort();
            assert_eq!(pipelines, expected, "{stage}");
        }
        for deal in items(&admin.list("deals", &[("expand", "stage,pipeline"), ("limit", "20")])) {
            let stage = admin.get(&format!("/api/v1/stages/{}", deal["stage"]["id"].as_str().unwrap())).expect(200);
            assert_eq!(stage["pipeline"], deal["pipeline"]["id"], "{deal}");
        }
    });
}

#[test]
fn an_amount_that_a_file_names_holds_beside_the_lines_that_it_brings() {
    both(|app| {
        prepare(app);
        let admin = app.admin().with("accept-language", "it");
        admin.create("products", json!({"name": "Cella 200", "price": {"amount": "6000", "currency": "EUR"}}));
        let import = start(&admin, "Nome;Fase;Importo;Prodotto\nSconto;Offerta;5.400,00;Cella 200\nListino;Offerta;;Cella 200\n");
        assert_eq!(counts(&verb(&admin, &import, "run")), [2, 0]);
        let deals = admin.list("deals", &[("sort", "name")]);
        let told = |deal: &Value| (deal["amount"]["amount"].clone(), deal["lines_amount"]["amount"].clone(), deal["amount_manual"].clone());
        let expected = [(json!("6000.00"), json!("6000.00"), json!(false)), (json!("5400.00"), json!("6000.00"), json!(true))];
        assert_eq!(items(&deals).iter().map(told).collect::<Vec<_>>(), expected);
    });
}

#[test]
fn a_row_without_content_is_none_and_the_others_keep_their_numbers() {
    both(|app| {
        prepare(app);
        let admin = app.admin();
        let import = start(&admin, "Nome;Fase;Importo\nUno;Offerta;100\n;;\n ; ;\nDue;Offerta;molto\n;;;;;\n");
        let tried = verb(&admin, &import, "check");
        assert_eq!((&tried["rows"], counts(&tried), &tried["report"]["groups"][0]["line"]), (&json!(2), [1, 1], &json!(5)), "{tried}");
        assert_eq!(counts(&verb(&admin, &import, "run")), [1, 1]);
        assert_eq!(app.number("select count(*) from deal"), 1);
    });
}

/// A file with each company, contact and stage made, and owners as decided.
fn bring(client: &Client<'_>, sheet: &str, owners: &str) -> Value {
    let import = start(client, sheet);
    let mut mapping = import["mapping"].clone();
    for column in mapping["columns"].as_array_mut().unwrap() {
        let is_owner = column["to"] == "owner";
        column["unknown"] = json!(if is_owner { owners } else { "create" });
    }
    client.patch(&format!("/api/v1/imports/{}", id(&import)), &json!({"mapping": mapping})).expect(200);
    import
}

#[test]
fn a_deal_that_has_ended_ends_on_the_only_date_that_its_file_tells() {
    both(|app| {
        let (pipeline, _) = prepare(app);
        let admin = app.admin();
        admin.create("stages", json!({"name": "Vinta", "kind": "won", "pipeline": pipeline["id"]}));
        let import = start(&admin, "Nome;Fase;Chiusura prevista\nUno;Vinta;03/02/2026\nDue;Vinta;03/02/2099\nTre;Offerta;03/02/2026\n");
        assert_eq!(import["mapping"]["columns"][2]["to"], "expected_close");
        assert_eq!(counts(&verb(&admin, &import, "run")), [3, 0]);
        let deals = admin.list("deals", &[("sort", "name")]);
        let days: Vec<Option<&str>> = items(&deals).iter().map(|d| d["closed_at"].as_str().map(|at| &at[..10])).collect();
        let today = base::Instant::now().to_string();
        assert_eq!(days, [Some(&today[..10]), None, Some("2026-02-03")], "{deals}");
    });
}

#[test]
fn an_owner_left_empty_is_empty_for_who_sees_what_is_nobodys_and_else_told_to_be_his() {
    both(|app| {
        prepare(app);
        let admin = app.admin();
        let sheet = "Nome;Fase;Proprietario\nUno;Offerta;Carla Conti\nDue;Offerta;\n";
        let manager = app.person("giulia@acme.example", "manager");
        let of = |client: &Client<'_>| {
            let import = bring(client, sheet, "empty");
            let told = group(&verb(client, &import, "check"), "Carla Conti").clone();
            assert_eq!(counts(&verb(client, &import, "run")), [2, 0]);
            let deals = client.list("deals", &[("sort", "name"), ("expand", "owner")]);
            let owners: Vec<Value> = items(&deals).iter().map(|d| d["owner"]["title"].clone()).collect();
            verb(client, &import, "undo");
            (told["message"].clone(), told["remedy"]["is_yours"].clone(), owners)
        };
        let (message, is_yours, owners) = of(&admin);
        assert_eq!((message, is_yours), (json!("There is no user \"Carla Conti\"; left empty"), Value::Null));
        assert_eq!(owners[1], Value::Null);
        assert_ne!(owners[0], Value::Null, "of an empty cell nothing is decided: it is the importer's");
        let (message, is_yours, owners) = of(&manager);
        assert_eq!((message, is_yours), (json!("There is no user \"Carla Conti\"; it is yours"), json!(true)));
        assert_eq!(owners[0], owners[1]);
        assert_eq!(app.number("select count(*) from deal where deleted_at is null"), 0, "both could take it back");
    });
}

#[test]
fn a_value_that_the_mapping_turns_into_nothing_leaves_the_owner_empty_or_says_whose_it_is() {
    both(|app| {
        prepare(app);
        let admin = app.admin();
        let sheet = "Nome;Fase;Proprietario\nUno;Offerta;Carla Conti\nDue;Offerta;\n";
        let manager = app.person("giulia@acme.example", "manager");
        let of = |client: &Client<'_>| {
            let import = start(client, sheet);
            let mut mapping = import["mapping"].clone();
            decide(&mut mapping, "Proprietario", json!({"values": {"carla conti": ""}}));
            client.patch(&format!("/api/v1/imports/{}", id(&import)), &json!({"mapping": mapping})).expect(200);
            let groups = verb(client, &import, "check")["report"]["groups"].clone();
            assert_eq!(counts(&verb(client, &import, "run")), [2, 0]);
            let deals = client.list("deals", &[("sort", "name")]);
            let owners: Vec<Value> = items(&deals).iter().map(|d| d["owner"].clone()).collect();
            verb(client, &import, "undo");
            (groups.as_array().unwrap().iter().map(|g| g["message"].clone()).collect::<Vec<_>>(), owners)
        };
        assert_eq!(of(&admin), (vec![], vec![json!(admin.me()), Value::Null]));
        let yours = json!("Nobody is meant by \"Carla Conti\"; it is yours");
        assert_eq!(of(&manager), (vec![yours], vec![json!(manager.me()), json!(manager.me())]));
    });
}

#[test]
fn a_contact_that_a_deal_makes_works_at_the_company_of_its_row() {
    both(|app| {
        prepare(app);
        let admin = app.admin();
        admin.create("contacts", json!({"first_name": "Sara", "last_name": "Conti"}));
        let sheet = "Nome;Contatto;Azienda;Fase\nUno;Milena Neri;Bar Centrale;Offerta\nDue;Luca Moro;Rossi S.r.l.;Offerta\nTre;Sara Conti;Bar Centrale;Offerta\n";
        let import = bring(&admin, sheet, "refuse");
        assert_eq!(counts(&verb(&admin, &import, "check")), [3, 0]);
        assert_eq!(counts(&verb(&admin, &import, "run")), [3, 0]);
        let contacts = admin.list("contacts", &[("sort", "name"), ("expand", "company")]);
        let employers: Vec<Value> = items(&contacts).iter().map(|c| json!([c["name"], c["company"]["title"]])).collect();
        let expected = json!([["Luca Moro", "Rossi S.r.l."], ["Milena Neri", "Bar Centrale"], ["Sara Conti", null]]);
        assert_eq!(json!(employers), expected, "who was known before is left alone");
        assert_eq!(app.number("select count(*) from position where deleted_at is null"), 2);
    });
}

#[test]
fn taking_back_tells_first_what_goes_and_spares_what_others_work_with() {
    both(|app| {
        prepare(app);
        let admin = app.admin().with("accept-language", "it");
        let sheet = "Nome;Contatto;Azienda;Fase\nUno;Milena Neri;Bar Centrale;Offerta\nDue;Luca Moro;Rossi S.r.l.;Offerta\nTre;Ada Riva;Bar Verdi;Offerta\n";
        let import = bring(&admin, sheet, "refuse");
        assert_eq!(counts(&verb(&admin, &import, "run")), [3, 0]);
        let deals = admin.list("deals", &[("sort", "name")]);
        let of = |name: &str| items(&deals).iter().find(|d| d["name"] == name).unwrap()["id"].clone();
        admin.create(
            "activities",
            json!({"kind": "call", "subject": "Chiamata", "done_at": "2026-01-10T09:00:00Z", "about": [{"object": "deal", "id": of("Uno")}]}),
        );
        let path = format!("/api/v1/imports/{}/actions/undo", id(&import));
        let told = admin.post(&format!("{path}?dry_run=true"), &json!({})).expect(200);
        let fates = |told: &Value| -> Vec<(String, [u64; 3])> {
            let all = told["fates"].as_array().unwrap().iter();
            let count = |f: &Value| ["gone", "put_back", "stay"].map(|n| f[n].as_u64().unwrap());
            let mut all: Vec<_> = all.map(|f| (f["object"].as_str().unwrap().to_string(), count(f))).collect();
            all.sort();
            all
        };
        // What stays keeps what it needs and its parts.
        let objects =
            [("company", [1, 0, 1]), ("contact", [2, 0, 1]), ("deal", [2, 0, 1]), ("deal_contact", [2, 0, 1]), ("position", [2, 0, 1])];
        let expected = objects.map(|(object, counts)| (object.to_string(), counts));
        assert_eq!(fates(&told), expected, "{told}");
        assert_eq!(items(&admin.list("deals", &[])).len(), 3, "nothing is done yet");
        let reasons: Vec<&str> = told["refused"].as_array().unwrap().iter().map(|r| r["reason"].as_str().unwrap()).collect();
        assert!(reasons.contains(&"Da allora vi è stato aggiunto qualcosa: attività"), "{reasons:?}");

        let undone = admin.post(&path, &json!({})).expect(200);
        assert_eq!((&undone["state"], fates(&undone)), (&json!("undone"), expected.to_vec()));
        let later = admin.get(&format!("/api/v1/imports/{}", id(&import))).expect(200);
        let kept: Value = serde_json::from_str(later["fates"].as_str().unwrap()).unwrap();
        assert_eq!(fates(&json!({"fates": kept})), expected, "told at every later visit, too");
        let left = admin.list("deals", &[("expand", "contact,company")]);
        assert_eq!((items(&left).len(), &items(&left)[0]["company"]["title"]), (1, &json!("Bar Centrale")));
        assert_eq!(items(&left)[0]["contact"]["title"], "Milena Neri");
        assert_eq!(app.number("select count(*) from deal where version > 1 and deleted_at is null"), 0, "it was left alone");
        admin.post(&format!("{path}?dry_run=true"), &json!({})).expect(409);
    });
}

#[test]
fn a_row_that_stands_twice_in_a_file_is_mentioned_and_taken() {
    both(|app| {
        prepare(app);
        let admin = app.admin().with("accept-language", "it");
        let import = start(
            &admin,
            "Nome;Fase;Importo\nUno;Offerta;100\nDue;Offerta;100\n;;\nUno;Offerta; 100\nErrata;Offerta;x\nErrata;Offerta;x\n",
        );
        let tried = verb(&admin, &import, "check");
        assert_eq!(counts(&tried), [3, 2]);
        let groups = tried["report"]["groups"].as_array().unwrap();
        let told: Vec<Value> = groups.iter().filter(|g| g["code"] == "repeated").map(|g| json!([g["line"], g["message"]])).collect();
        assert_eq!(told, [json!([5, "La riga è uguale alla riga 2"])], "{groups:?}");
        assert_eq!(counts(&verb(&admin, &import, "run")), [3, 2]);
    });
}
