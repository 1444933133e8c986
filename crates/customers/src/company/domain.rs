//! The domains by which mail and new contacts are matched to a company.

use base::{Result, Value};
use kernel::{Ctx, Draft, Rule};
use store::Tx;

/// Mail providers of everybody: an address there says nothing about the employer.
const FREE_MAIL: &[&str] = &[
    "126.com",
    "163.com",
    "alice.it",
    "aol.com",
    "aruba.it",
    "bluewin.ch",
    "email.it",
    "fastmail.com",
    "foxmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "hotmail.de",
    "hotmail.fr",
    "hotmail.it",
    "icloud.com",
    "inwind.it",
    "laposte.net",
    "legalmail.it",
    "libero.it",
    "live.com",
    "live.it",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "o2.pl",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "outlook.it",
    "pec.it",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "sfr.fr",
    "sina.cn",
    "sina.com",
    "sohu.com",
    "t-online.de",
    "tim.it",
    "tin.it",
    "tiscali.it",
    "virgilio.it",
    "vodafone.it",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yahoo.it",
    "yandex.ru",
    "yeah.net",
];

/// Takes the domains from the website and the company's own mail addresses while none were given, and writes those that
/// were given as a mail server would (`https://www.Rossi.it/chi-siamo` is `rossi.it`).
pub struct FromAddresses;

impl Rule for FromAddresses {
    fn object(&self) -> &'static str {
        "company"
    }

    fn before(&self, _ctx: &Ctx, _tx: &mut Tx, draft: &mut Draft) -> Result<()> {
        if draft.changed("domains") {
            let clean = distinct(draft.get("domains").as_list().iter().filter_map(Value::as_text).map(host));
            draft.set("domains", clean);
        }
        let is_empty = draft.get("domains").as_list().is_empty();
        if is_empty && !draft.is_written("domains") && (draft.changed("website") || draft.changed("emails")) {
            let site = draft.get("website").as_text().map(host);
            let mail = draft
                .get("emails")
                .as_list()
                .iter()
                .filter_map(|row| row.part("address").as_text()?.rsplit_once('@'))
                .map(|(_, d)| host(d));
            let found = distinct(site.into_iter().chain(mail).filter(|d| !FREE_MAIL.contains(&d.as_str())));
            draft.set("domains", found);
        }
        Ok(())
    }
}

fn distinct(domains: impl Iterator<Item = String>) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for domain in domains.filter(|d| !d.is_empty()) {
        let value = Value::Text(domain);
        if !all.contains(&value) {
            all.push(value);
        }
    }
    if all.is_empty() { Value::Null } else { Value::List(all) }
}

/// The host of an address as people type it, without `www.`.
fn host(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let rest = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let rest = rest.split(':').next().unwrap_or_default().trim_end_matches('.');
    rest.strip_prefix("www.").unwrap_or(rest).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_what_a_mail_server_is_called() {
        for (typed, host) in [
            ("https://www.Rossi.it/chi-siamo?x=1", "rossi.it"),
            ("info@shop.rossi.it", "shop.rossi.it"),
            (" ROSSI.IT. ", "rossi.it"),
            ("http://rossi.it:8080", "rossi.it"),
            ("", ""),
        ] {
            assert_eq!(super::host(typed), host, "{typed}");
        }
    }

    #[test]
    fn free_mail_is_sorted_so_that_nobody_lists_a_provider_twice() {
        assert!(FREE_MAIL.is_sorted());
    }
}
