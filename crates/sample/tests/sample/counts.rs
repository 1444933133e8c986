//! How many there are of what.

use crate::desk::full;

#[track_caller]
fn counts(found: &std::collections::BTreeMap<String, i64>, wanted: &[(&str, i64)]) {
    for (name, count) in wanted {
        assert_eq!(found.get(*name).copied().unwrap_or(0), *count, "{name} of {found:?}");
    }
}

#[test]
fn sixteen_people_work_here_and_one_has_left() {
    let desk = full();
    counts(&desk.by("user", "true", "status"), &[("active", 16), ("deactivated", 1)]);
    let roles = desk.texts("select r.name, u.name from user__roles x join role r on r.id = x.target join \"user\" u on u.id = x.record where u.status = 'active'", 2);
    let of = |role: &str| roles.iter().filter(|row| row[0] == role).count();
    assert_eq!((of("administrator"), of("manager"), of("representative"), of("read_only")), (1, 5, 9, 1));
    assert_eq!(desk.count("team", "true"), 7);
    for (email, name, _) in sample::SIGN_INS {
        assert_eq!(desk.count("user", &format!("email == \"{email}\" && name == \"{name}\" && status == \"active\"")), 1, "{email}");
    }
}

#[test]
fn three_hundred_companies_by_country_and_by_what_they_are_to_us() {
    let desk = full();
    let by = desk.by("company", "true", "country");
    let sum = |codes: &[&str]| codes.iter().map(|c| by.get(*c).copied().unwrap_or(0)).sum::<i64>();
    assert_eq!(desk.count("company", "true"), 300);
    // The one in Barcelona counts with France.
    assert_eq!(
        [sum(&["IT"]), sum(&["DE", "AT", "CH"]), sum(&["CN", "HK"]), sum(&["FR", "ES"]), sum(&["GB", "IE"]), sum(&["PL", "CZ"])],
        [148, 52, 40, 24, 22, 14]
    );
    let is = |code: &str| desk.count("company", &format!("\"{code}\" in relationships"));
    assert_eq!(
        [is("customer"), is("prospect"), is("former_customer"), is("partner"), is("supplier"), is("competitor")],
        [126, 104, 24, 14, 12, 8]
    );
    assert_eq!(is("authority") + is("press"), 12);
    assert_eq!(desk.count("company", "has(parent)"), 31);
    assert_eq!(desk.number("select count(distinct parent) from company where parent is not null"), 9);
}

#[test]
fn fifteen_hundred_people() {
    let desk = full();
    assert_eq!(desk.count("contact", "true"), 1_500);
    assert_eq!(desk.count("contact", "!has(company)"), 120, "private");
    assert_eq!(desk.count("contact", "has(native_name) && has(phonetic_name)"), 210);
    let held = "select count(*) from (select contact from position where ended_on is null and deleted_at is null group by contact having count(*) > 1) x";
    assert_eq!(desk.number(held), 40, "two positions");
    assert_eq!(desk.number("select count(distinct contact) from position where ended_on is not null"), 12, "changed employer");
}

#[test]
fn the_usual_dirt_is_there() {
    let desk = full();
    let unreachable = desk.count("contact", "!has(email) || !has(phone)");
    assert_eq!(unreachable, 210, "14 %");
    assert_eq!(desk.number("select count(distinct record) from contact__phones where state = 'wrong'"), 23);
    assert_eq!(desk.count("contact", "!has(last_touch_at) || last_touch_at < now() - days(548)"), 31);
    for name in ["O'Hara", "D'Angelo", "Müller-Lüdenscheidt", "欧阳"] {
        assert!(desk.count("contact", &format!("last_name == \"{name}\"")) >= 1, "{name}");
    }
}

#[test]
fn leads_by_status() {
    let desk = full();
    let wanted = [("new", 18), ("working", 46), ("nurturing", 61), ("qualified", 9), ("converted", 168), ("disqualified", 118)];
    counts(&desk.by("lead", "true", "status"), &wanted);
    assert_eq!(desk.count("lead", "true"), 420);
    assert_eq!(desk.count("lead", "status == \"converted\" && !has(contact)"), 0);
}

#[test]
fn deals_by_pipeline_and_stage() {
    let desk = full();
    counts(&desk.by("deal", "true", "status"), &[("open", 170), ("won", 787), ("lost", 1_043)]);
    let open = |pipeline: &str| desk.by("deal", &format!("status == \"open\" && pipeline == \"{pipeline}\""), "stage");
    counts(&open("Equipment"), &[("Qualify", 24), ("Discovery", 19), ("Proposal", 29), ("Negotiation", 15), ("Verbal yes", 9)]);
    counts(&open("Renewals"), &[("Due", 20), ("Contacted", 12), ("Offer sent", 11), ("Agreed", 5)]);
    counts(&open("China 渠道"), &[("初步接触", 8), ("样机测试", 7), ("商务条款", 5), ("认证", 4), ("首单", 2)]);
    for (pipeline, won, lost) in [("Equipment", 255, 889), ("Renewals", 509, 83), ("China 渠道", 23, 71)] {
        counts(&desk.by("deal", &format!("pipeline == \"{pipeline}\""), "status"), &[("won", won), ("lost", lost)]);
    }
}

#[test]
fn stages_have_their_chances_and_usual_days() {
    let desk = full();
    let wanted = [
        ("Qualify", 10, 7),
        ("Discovery", 25, 14),
        ("Proposal", 50, 12),
        ("Negotiation", 70, 10),
        ("Verbal yes", 90, 7),
        ("Due", 60, 30),
        ("Contacted", 70, 14),
        ("Offer sent", 80, 14),
        ("Agreed", 95, 7),
        ("初步接触", 10, 21),
        ("样机测试", 25, 45),
        ("商务条款", 50, 30),
        ("认证", 75, 60),
        ("首单", 90, 20),
    ];
    for (name, probability, days) in wanted {
        let filter = format!("name == \"{name}\" && probability == {probability} && usual_days == {days}");
        assert_eq!(desk.count("stage", &filter), 1, "{name}");
    }
    let entered = desk.number("select count(*) from stage where kind in ('won', 'lost')");
    assert_eq!(entered, 6, "every pipeline can be won and lost in");
}

#[test]
fn closed_equipment_by_source() {
    let desk = full();
    let closed = desk.by("deal", "pipeline == \"Equipment\" && status != \"open\"", "source");
    let won = desk.by("deal", "pipeline == \"Equipment\" && status == \"won\"", "source");
    let all = [
        ("existing_customer", 275),
        ("web_form", 252),
        ("trade_fair", 183),
        ("advertising", 137),
        ("referral", 103),
        ("partner", 103),
        ("cold_call", 91),
    ];
    counts(&closed, &all);
    counts(
        &won,
        &[
            ("existing_customer", 85),
            ("web_form", 45),
            ("trade_fair", 46),
            ("advertising", 4),
            ("referral", 45),
            ("partner", 25),
            ("cold_call", 5),
        ],
    );
}

#[test]
fn lost_deals_by_reason() {
    let wanted = [
        ("price", 282),
        ("no_decision", 250),
        ("competitor", 177),
        ("no_answer", 125),
        ("missing_feature", 83),
        ("delivery_time", 73),
        ("sponsor_left", 31),
        ("duplicate", 22),
    ];
    counts(&full().by("deal", "status == \"lost\"", "lost_reason"), &wanted);
}

#[test]
fn deals_by_currency() {
    let rows = full().texts("select amount__currency, cast(count(*) as text) from deal group by 1 order by 1", 2);
    let found: Vec<(&str, &str)> = rows.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
    assert_eq!(found, [("CNY", "160"), ("EUR", "1720"), ("GBP", "100"), ("USD", "20")]);
}

#[test]
fn forty_two_products_in_their_price_ranges() {
    let desk = full();
    assert_eq!(desk.count("product", "true"), 42);
    let wanted = [
        ("Cold cabinets", 8, 3_200, 14_800),
        ("Gelato machines", 9, 4_900, 32_000),
        ("Probes and gateways", 7, 89, 640),
        ("Monitoring", 4, 6, 14),
        ("Maintenance", 4, 480, 2_900),
        ("Services", 4, 280, 890),
        ("Spare parts", 6, 12, 180),
    ];
    for (family, count, least, most) in wanted {
        let within = format!("family == \"{family}\" && price >= {least} && price <= {most}");
        assert_eq!((desk.count("product", &format!("family == \"{family}\"")), desk.count("product", &within)), (count, count), "{family}");
    }
}

#[test]
fn activities_by_kind_and_what_is_planned() {
    let desk = full();
    counts(
        &desk.by("activity", "has(done_at)", "kind"),
        &[("call", 5_533), ("email", 4_514), ("note", 2_038), ("meeting", 1_893), ("task", 582)],
    );
    assert_eq!(desk.count("activity", "true"), 15_000);
    assert_eq!(desk.count("activity", "!has(done_at)"), 440);
    assert_eq!(desk.count("activity", "!has(done_at) && due_on < today()"), 31);
    assert_eq!(desk.count("activity", "!has(done_at) && due_on == today()"), 27);
    assert_eq!(desk.number("select count(*) from activity where subject is null or subject = ''"), 0, "every subject says something");
}
