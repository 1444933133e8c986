//! Shares, medians and seasons that reports are to show.

use base::{Date, Instant};
use jiff::ToSpan;

use crate::desk::{full, near, rome, today};

const DAY: f64 = 86_400_000_000.0;

fn median(mut all: Vec<i64>) -> f64 {
    all.sort_unstable();
    all[all.len() / 2] as f64
}

fn pipeline(name: &str) -> String {
    format!("pipeline = (select id from pipeline where name = '{name}')")
}

#[test]
fn deals_are_worth_what_each_pipeline_usually_brings() {
    let desk = full();
    let amounts = |name: &str, more: &str, column: &str| {
        desk.numbers(&format!("select {column} / 10000 from deal where {} and {more}", pipeline(name)))
    };
    let equipment = amounts("Equipment", "status <> 'open'", "amount__base");
    near(median(equipment.clone()), 9_000.0, 450.0, "median of Equipment");
    near(equipment.iter().sum::<i64>() as f64 / equipment.len() as f64, 12_400.0, 800.0, "mean of Equipment");
    let greatest = *equipment.iter().max().unwrap() as f64;
    assert!((80_000.0..=92_000.0).contains(&greatest), "tail to 90k: {greatest}");
    near(median(amounts("Renewals", "kind = 'renewal' and status = 'won'", "amount__base")), 2_100.0, 200.0, "median of Renewals");
    near(median(amounts("China 渠道", "status <> 'open'", "amount")), 300_000.0, 45_000.0, "median of China");
}

#[test]
fn lines_per_deal() {
    let desk = full();
    near(desk.number("select count(*) * 100 / 2000 from deal_line") as f64 / 100.0, 1.9, 0.06, "lines");
    assert_eq!(desk.number("select count(*) from deal where amount is null"), 0);
    let differs = "select count(*) from deal d where d.amount <> (select sum(l.total) from deal_line l where l.deal = d.id)";
    assert_eq!(desk.number(differs), 0, "the amount is the sum of the lines");
}

#[test]
fn deals_that_are_won_take_their_usual_time() {
    let desk = full();
    for (name, days, tolerance) in [("Equipment", 41.0, 5.0), ("Renewals", 38.0, 4.0), ("China 渠道", 150.0, 20.0)] {
        let kind = if name == "Renewals" { " and kind = 'renewal'" } else { "" };
        let all = desk.numbers(&format!("select closed_at - created_at from deal where status = 'won' and {}{kind}", pipeline(name)));
        near(median(all) / DAY, days, tolerance, name);
    }
}

#[test]
fn stays_tell_how_many_went_on() {
    let desk = full();
    let reached = |stage: &str| {
        let text = format!(
            "select count(distinct s.record) from stay s join deal d on d.id = s.record join stage g on g.name = '{stage}' and s.value = {}
             where d.status <> 'open' and d.{}",
            "lower(substr(hex(g.id), 1, 8) || '-' || substr(hex(g.id), 9, 4) || '-' || substr(hex(g.id), 13, 4) || '-' || substr(hex(g.id), 17, 4) || '-' || substr(hex(g.id), 21))",
            pipeline("Equipment")
        );
        desk.number(&text) as f64
    };
    let [qualify, discovery, proposal, negotiation, verbal] =
        ["Qualify", "Discovery", "Proposal", "Negotiation", "Verbal yes"].map(reached);
    assert_eq!(qualify, 1_144.0);
    near(discovery / qualify, 0.68, 0.005, "reach Discovery");
    near(proposal / qualify, 0.50, 0.005, "reach Proposal");
    near(negotiation / proposal, 0.60, 0.005, "Proposal to Negotiation");
    near(verbal / negotiation, 0.80, 0.005, "Negotiation to Verbal yes");
    near(255.0 / verbal, 0.93, 0.005, "Verbal yes to won");
    assert_eq!(desk.number("select count(*) from stay where left_at < entered_at"), 0, "nobody leaves before he came");
}

#[test]
fn months_add_up_to_quarters_and_years() {
    let desk = full();
    let by = |bucket: &str| {
        let request = serde_json::json!({"object": "deal", "filter": "status == \"won\"", "group_by": [{"field": "closed_at", "bucket": bucket}], "measures": [{"fn": "sum", "field": "amount"}, {"fn": "count"}]});
        let rows = desk.report(request);
        let sum: f64 = rows.iter().map(|r| crate::desk::amount(&r["sum_amount"])).sum();
        (rows.len(), (sum * 100.0).round() as i64, rows.iter().map(|r| r["count"].as_i64().unwrap()).sum::<i64>())
    };
    let (months, quarters, years) = (by("month"), by("quarter"), by("year"));
    // Each sum is rounded to cents by itself.
    assert!((months.1 - quarters.1).abs() <= 20 && (months.1 - years.1).abs() <= 20, "{months:?} {quarters:?} {years:?}");
    assert_eq!([months.2, quarters.2, years.2], [787; 3]);
    assert!(months.0 >= 36, "36 months of past: {}", months.0);
}

/// Days of wins in Europe, without the supplies that are bought again and again.
fn won_days() -> Vec<Date> {
    let filter = "pipeline <> (select id from pipeline where name = 'China 渠道') and (kind = 'renewal' or pipeline = (select id from pipeline where name = 'Equipment'))";
    let rows = full().numbers(&format!("select closed_at from deal where status = 'won' and {filter}"));
    rows.into_iter().map(|at| Instant::from_micros(at).date_in(&rome())).collect()
}

#[test]
fn europe_has_its_season_and_grows() {
    let days = won_days();
    let year = |back: i32| days.iter().filter(|d| (today().days() - d.days()) / 365 == back).count() as f64;
    let growth = (year(0) / year(2)).sqrt() - 1.0;
    near(growth, 0.14, 0.04, &format!("growth a year of {:?}", [year(0), year(1), year(2)]));
    let of_month = |wanted: i8| days.iter().filter(|d| d.civil().month() == wanted).count() as f64;
    let mean = days.len() as f64 / 12.0;
    for (month, share) in [(1, 0.7), (3, 1.5), (4, 1.5), (8, 0.4), (10, 1.3), (12, 0.7)] {
        near(of_month(month) / mean, share, 0.2, &format!("month {month}"));
    }
}

#[test]
fn two_fifths_of_a_quarter_come_in_its_last_ten_days() {
    let rows = full().texts("select cast(closed_at as text), cast(amount__base / 10000 as text) from deal where status = 'won' and pipeline <> (select id from pipeline where name = 'China 渠道')", 2);
    let quarter = |day: Date| day.civil().year() * 4 + i16::from((day.civil().month() - 1) / 3);
    let begin = Date::from_civil(today().civil().checked_sub(36.months()).unwrap());
    // The first day of the figures begins a quarter at best; the one that is under way has no end yet.
    let first = quarter(begin) + i16::from(quarter(begin.plus_days(-1)) == quarter(begin));
    let (mut last, mut all) = (0, 0);
    for row in rows {
        let day = Instant::from_micros(row[0].parse().unwrap()).date_in(&rome());
        let date = day.civil();
        if (first..quarter(today())).contains(&quarter(day)) {
            let amount: i64 = row[1].parse().unwrap();
            all += amount;
            last += if date.month() % 3 == 0 && date.day() > date.days_in_month() - 10 { amount } else { 0 };
        }
    }
    near(last as f64 / all as f64, 0.40, 0.06, "share of the last ten days");
}

#[test]
fn china_rests_at_spring_festival_and_in_the_first_week_of_october() {
    let rows = full().texts("select cast(closed_at as text), status from deal where status <> 'open' and pipeline = (select id from pipeline where name = 'China 渠道')", 2);
    let days: Vec<jiff::civil::Date> =
        rows.iter().map(|row| Instant::from_micros(row[0].parse().unwrap()).date_in(&rome()).civil()).collect();
    let october = days.iter().filter(|d| d.month() == 10 && d.day() <= 7).count();
    let february = days.iter().filter(|d| d.month() == 2).count();
    let peaks = days.iter().filter(|d| matches!(d.month(), 4 | 11)).count();
    assert!(october <= 3, "first week of October: {october}");
    assert!(peaks * 6 > days.len() && february * 12 < days.len() * 2, "peaks {peaks}, February {february} of {}", days.len());
}

#[test]
fn what_drives_winning_shows_and_what_does_not_does_not() {
    let desk = full();
    let contacts = |status: &str| {
        desk.number(&format!("select count(*) * 100 / count(distinct c.deal) from deal_contact c join deal d on d.id = c.deal where d.status = '{status}' and d.{}", pipeline("Equipment"))) as f64 / 100.0
    };
    let (won, lost) = (contacts("won"), contacts("lost"));
    assert!(won > 1.9 && lost * 1.5 < won, "several contacts: {won} against {lost}");
    let answer = |status: &str| {
        median(desk.numbers(&format!("select l.first_response_minutes from lead l join deal d on d.id = l.deal where d.status = '{status}' and l.source <> 'trade_fair' and l.first_response_minutes is not null")))
    };
    let (fast, slow) = (answer("won"), answer("lost"));
    assert!(fast <= 60.0 && slow > fast, "first answer within the hour: {fast} against {slow} minutes");
    let planned = |status: &str| {
        let text = format!(
            "select sum(a.due_on is not null) * 1000 / count(*) from activity a join activity__about b on b.record = a.id join deal d on d.id = b.target
             where a.done_at is not null and d.status = '{status}' and d.{}", pipeline("Equipment"));
        desk.number(&text)
    };
    let (won, lost) = (planned("won"), planned("lost"));
    assert!(won > lost * 2, "a next step is planned: {won} against {lost} per mille");
    let weekdays = desk.texts("select cast(closed_at as text), status from deal where status <> 'open' and kind <> 'renewal'", 2);
    let rate = |wanted: i8| {
        let of_day: Vec<&str> = weekdays
            .iter()
            .filter(|r| Instant::from_micros(r[0].parse().unwrap()).date_in(&rome()).civil().weekday().to_monday_one_offset() == wanted)
            .map(|r| r[1].as_str())
            .collect();
        of_day.iter().filter(|s| **s == "won").count() as f64 / of_day.len() as f64
    };
    let rates: Vec<f64> = (1..=5).map(rate).collect();
    let (least, most) = (rates.iter().copied().fold(1.0, f64::min), rates.iter().copied().fold(0.0, f64::max));
    assert!(most - least < 0.14, "the weekday says nothing: {rates:?}");
}

#[test]
fn this_month_stands_twelve_percent_above_the_same_days_of_the_last() {
    let now = today().civil();
    let begin = now.first_of_month();
    let rows = full().texts("select cast(closed_at as text), cast(amount__base / 100 as text) from deal where status = 'won'", 2);
    let sum = |from: jiff::civil::Date, to: jiff::civil::Date| -> i64 {
        let within = |row: &&Vec<String>| (from..=to).contains(&Instant::from_micros(row[0].parse().unwrap()).date_in(&rome()).civil());
        rows.iter().filter(within).map(|row| row[1].parse::<i64>().unwrap()).sum()
    };
    let this = sum(begin, now);
    let last = sum(begin.checked_sub(1.month()).unwrap(), now.checked_sub(1.month()).unwrap());
    // In the first days of a month there is too little to compare.
    if now.day() > 8 {
        near(this as f64 / last as f64, 1.12, 0.02, &format!("{this} against {last}"));
    }
}
