//! Contacts and companies that a lead may already be: proposed, never taken by itself.

use base::{Id, Result, text};
use kernel::{Ctx, Record, record};
use serde_json::{Value as Json, json};
use store::{Param, Sql, Tx};

/// Candidates of one kind at most.
const MOST: usize = 5;

/// `{"companies": [{id, title, by}], "contacts": […]}`, the surest first; `by` says what they have in common: `email`,
/// `phone`, `domain` or `name`. Only what the caller may see.
pub fn of(ctx: &Ctx, tx: &mut Tx, lead: &Record) -> Result<Json> {
    let mut contacts = Found::default();
    for address in parts(lead, "emails", "address") {
        contacts.add(tx, "email", "select record from contact__emails where address__fold = ?1 limit 20", [text::fold(&address).into()])?;
    }
    for number in parts(lead, "phones", "number") {
        contacts.add(tx, "phone", "select record from contact__phones where number = ?1 limit 20", [number.into()])?;
    }
    if let Some(name) = lead.text("name").filter(|_| lead.has("last_name")) {
        contacts.add(
            tx,
            "name",
            "select id from contact where name__fold = ?1 and deleted_at is null limit 20",
            [text::fold(name).into()],
        )?;
    }
    let mut companies = Found::default();
    for domain in domains(lead) {
        companies.add(tx, "domain", "select record from company__domains where text__fold = ?1 limit 20", [text::fold(&domain).into()])?;
    }
    if let Some(name) = lead.text("company_name") {
        let text = "select id from company where name__fold = ?1 and deleted_at is null limit 20";
        companies.add(tx, "name", text, [text::fold(name).into()])?;
    }
    Ok(json!({"companies": companies.shown(ctx, tx, "company")?, "contacts": contacts.shown(ctx, tx, "contact")?}))
}

#[derive(Default)]
struct Found(Vec<(Id, &'static str)>);

impl Found {
    fn add(&mut self, tx: &mut Tx, by: &'static str, text: &str, params: [Param; 1]) -> Result<()> {
        for id in tx.all(&Sql::fill(tx.dialect(), text, params), |row| row.must_id(0))? {
            if !self.0.iter().any(|(known, _)| *known == id) {
                self.0.push((id, by));
            }
        }
        Ok(())
    }

    fn shown(self, ctx: &Ctx, tx: &mut Tx, object: &str) -> Result<Vec<Json>> {
        let Some(object) = ctx.model.object(object) else { return Ok(Vec::new()) };
        let ids: Vec<Id> = self.0.iter().map(|(id, _)| *id).collect();
        let titles = record::titles(ctx, tx, object, &ids)?;
        let one = |(id, by): &(Id, &'static str)| {
            let (_, title) = titles.iter().find(|(known, _)| known == id)?;
            Some(json!({"id": id.to_string(), "title": title, "by": by}))
        };
        Ok(self.0.iter().filter_map(one).take(MOST).collect())
    }
}

fn parts(lead: &Record, list: &str, part: &str) -> Vec<String> {
    lead.get(list).as_list().iter().filter_map(|row| row.part(part).as_text().map(str::to_string)).collect()
}

/// The domains of the lead's mail and website; a provider of everybody matches no company's domains anyway.
fn domains(lead: &Record) -> Vec<String> {
    let mail = parts(lead, "emails", "address").into_iter().filter_map(|a| a.rsplit_once('@').map(|(_, d)| d.to_lowercase()));
    let site = lead.text("website").map(|url| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default().to_lowercase();
        host.strip_prefix("www.").unwrap_or(&host).to_string()
    });
    let mut all: Vec<String> = Vec::new();
    for domain in mail.chain(site) {
        if !all.contains(&domain) {
            all.push(domain);
        }
    }
    all
}
