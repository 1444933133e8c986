//! Who may do what with which object, from real requests, as one table beside this file.
//!
//! A change of rights shows as a change of `matrix.txt`; `UPDATE_EXPECT=1` writes it anew.

use expect_test::expect_file;
use serde_json::{Value, json};

use crate::app::{Answer, App, Client, both, id};
use crate::maker::Maker;

const ROLES: &[&str] = &["administrator", "manager", "representative", "read_only"];
const NOBODY: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

struct Person<'a> {
    role: &'static str,
    client: Client<'a>,
    id: String,
    /// Somebody else in his team, and somebody in none.
    mate: String,
    other: String,
}

impl<'a> Person<'a> {
    fn new(app: &'a App, admin: &Client<'_>, role: &'static str) -> Person<'a> {
        let team = admin.create("teams", json!({"name": format!("Team of {role}")}));
        let hire = |name: &str, team: Value| {
            let user = app.hire(&format!("{name}.{role}@acme.example"), &[role]);
            admin.patch(&format!("/api/v1/users/{user}"), &json!({"team": team})).expect(200);
            user
        };
        let (me, mate, other) = (hire("me", team["id"].clone()), hire("mate", team["id"].clone()), hire("other", Value::Null));
        Person { role, client: app.bearer(&app.token_of(me, &[])), id: me.to_string(), mate: mate.to_string(), other: other.to_string() }
    }

    /// `rud` on one record: may read, update, delete; `-` where he may not, `.` where he may not even know, `!` where a
    /// rule of the object says no to everybody.
    fn rights(&self, object: &Value, record: &Value) -> String {
        let path = format!("/api/v1/{}/{}", object["path"].as_str().unwrap(), id(record));
        let read = self.client.get(&path);
        let update = self.client.patch(&path, &self.change(object));
        let delete = self.client.delete(&path);
        [(read, 'r'), (update, 'u'), (delete, 'd')].iter().map(|(answer, letter)| mark(answer, *letter)).collect()
    }

    /// Another value of a plain field that he may write.
    fn change(&self, object: &Value) -> Value {
        let fields = object["fields"].as_array().unwrap();
        let plain = fields.iter().find(|f| f["type"] == "long_text" && f["writable"] == true && f["name"] != "mapping");
        plain.or_else(|| fields.iter().find(|f| f["type"] == "boolean" && f["writable"] == true && f["name"] == "active")).map_or(
            json!({}),
            |f| {
                if f["type"] == "boolean" {
                    json!({f["name"].as_str().unwrap(): true})
                } else {
                    json!({f["name"].as_str().unwrap(): "Changed"})
                }
            },
        )
    }

    fn row(&self, maker: &Maker<'_>, object: &Value) -> String {
        let (name, path) = (object["name"].as_str().unwrap(), object["path"].as_str().unwrap());
        let list = yes(&self.client.get(&format!("/api/v1/{path}")));
        let create = yes(&maker.ask(&self.client, name, &self.id));
        let rights: Vec<String> =
            [&self.id, &self.mate, &self.other].iter().map(|owner| self.rights(object, &maker.make(name, owner))).collect();
        let export = yes(&self.client.post("/api/v1/exports", &json!({"object": name, "format": "jsonl"})));
        let operations: Vec<Value> = (0..101).map(|_| json!({"op": "update", "id": NOBODY, "values": {}})).collect();
        let bulk = self.client.post(&format!("/api/v1/{path}/batch"), &json!({"atomic": true, "operations": operations}));
        // Whoever may is told that there is no such record.
        let bulk = match bulk.status.as_u16() {
            404 => "yes",
            403 => "-",
            405 => ".",
            status => panic!("{status}: {}", bulk.text()),
        };
        format!("  {:<15}{list:<6}{create:<8}{:<5}{:<6}{:<7}{export:<8}{bulk}\n", self.role, rights[0], rights[1], rights[2])
    }
}

fn mark(answer: &Answer, letter: char) -> char {
    match answer.status.as_u16() {
        200 | 204 => letter,
        403 => '-',
        404 => '.',
        409 | 422 => '!',
        status => panic!("{status}: {}", answer.text()),
    }
}

fn yes(answer: &Answer) -> &'static str {
    match answer.status.as_u16() {
        200 | 201 => "yes",
        403 => "-",
        404 => ".",
        status => panic!("{status}: {}", answer.text()),
    }
}

/// Fields that somebody may not read or not write though the administrator may.
fn fields(people: &[Person<'_>], maker: &Maker<'_>) -> String {
    let mut out = String::from("\nfields\n");
    for person in people {
        let model = person.client.get("/api/v1/model").expect(200);
        for theirs in model["objects"].as_array().unwrap() {
            let find = |name: &Value| theirs["fields"].as_array().unwrap().iter().find(|f| f["name"] == *name).cloned();
            for field in maker.object(theirs["name"].as_str().unwrap())["fields"].as_array().unwrap() {
                let seen = find(&field["name"]);
                let word = match seen {
                    None => "unknown",
                    Some(seen) if seen["writable"] != field["writable"] => "read only",
                    Some(_) => continue,
                };
                out.push_str(&format!(
                    "  {}.{} is {word} to {}\n",
                    theirs["name"].as_str().unwrap(),
                    field["name"].as_str().unwrap(),
                    person.role
                ));
            }
        }
    }
    out
}

#[test]
fn every_role_may_do_with_every_object_what_the_table_says() {
    both(|app| {
        let admin = app.admin();
        let maker = Maker::new(app);
        let people: Vec<Person<'_>> = ROLES.iter().map(|role| Person::new(app, &admin, role)).collect();
        let mut table = String::from(
            "What each role may do. Of one record: r read, u update, d delete; - may not, . may not know of it, ! a rule refuses.\n\
             Records are one's own, of one's team, or of others.\n\n",
        );
        for object in maker.objects() {
            table.push_str(&format!(
                "{:<17}{:<6}{:<8}{:<5}{:<6}{:<7}{:<8}{}\n",
                object["name"].as_str().unwrap(),
                "list",
                "create",
                "own",
                "team",
                "other",
                "export",
                "bulk"
            ));
            people.iter().for_each(|person| table.push_str(&person.row(&maker, object)));
        }
        table.push_str(&fields(&people, &maker));
        expect_file!["./matrix.txt"].assert_eq(&table);
    });
}
