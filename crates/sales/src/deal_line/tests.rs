use crate::testing::{Way, both};
use serde_json::{Value, json};

fn eur(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

#[test]
fn a_line_takes_the_products_terms_and_keeps_its_own() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let deal = desk.create(&admin, "deal", json!({}));
        let product = desk.create(
            &admin,
            "product",
            json!({"name": "Cabinet", "code": "C1", "price": eur("4000"), "unit": "piece", "cost": eur("2500")}),
        );
        let line = desk.create(&admin, "deal_line", json!({"deal": deal, "product": product, "quantity": "2.5"}));
        let shown = desk.get(&admin, "deal_line", line);
        assert_eq!((&shown["name"], &shown["unit_price"], &shown["list_price"]), (&json!("Cabinet"), &eur("4000.00"), &eur("4000.00")));
        assert_eq!((&shown["total"], &shown["position"], &shown["mrr"]), (&eur("10000.00"), &json!(0), &json!(null)));

        let special =
            desk.create(&admin, "deal_line", json!({"deal": deal, "product": product, "unit_price": eur("3800"), "name": "Cabinet, used"}));
        let shown = desk.get(&admin, "deal_line", special);
        assert_eq!(
            (&shown["name"], &shown["unit_price"], &shown["list_price"], &shown["position"]),
            (&json!("Cabinet, used"), &eur("3800.00"), &eur("4000.00"), &json!(1))
        );
        desk.update(&admin, "deal_line", special, json!({"free": true}));
        assert_eq!(desk.get(&admin, "deal_line", special)["total"], eur("0.00"));
        assert_eq!(desk.refused(&admin, "deal_line", json!({"deal": deal})), ["name: required"]);
    });
}

#[test]
fn recurring_lines_count_their_periods() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let deal = desk.create(&admin, "deal", json!({"term_months": 24}));
        let line = |input: Value| {
            let mut all = json!({"deal": deal, "name": "Monitoring", "unit_price": eur("120")});
            all.as_object_mut().unwrap().extend(input.as_object().unwrap().clone());
            let made = desk.create(&admin, "deal_line", all);
            let shown = desk.get(&admin, "deal_line", made);
            (shown["periods"].clone(), shown["total"].clone(), shown["mrr"].clone())
        };
        assert_eq!(line(json!({"billing_period": "monthly"})), (json!(24), eur("2880.00"), eur("120.00")), "the deal's term");
        assert_eq!(line(json!({"billing_period": "quarterly", "periods": 2})), (json!(2), eur("240.00"), eur("40.00")));
        let dates = json!({"billing_period": "yearly", "starts_on": "2026-01-01", "ends_on": "2028-12-31"});
        assert_eq!(line(dates), (json!(3), eur("360.00"), eur("10.00")));
        assert_eq!(line(json!({"billing_period": "one_off"})), (json!(null), eur("120.00"), json!(null)));
    });
}

#[test]
fn lines_of_two_currencies_are_summed_in_the_workspaces() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let cny = desk.create(&admin, "currency", json!({"code": "CNY"}));
        desk.create(&admin, "exchange_rate", json!({"currency": cny, "on": "2020-01-01", "rate": "0.125"}));
        let deal = desk.create(&admin, "deal", json!({}));
        desk.create(&admin, "deal_line", json!({"deal": deal, "name": "A", "unit_price": {"amount": "800", "currency": "CNY"}}));
        assert_eq!(desk.get(&admin, "deal", deal)["amount"], json!({"amount": "800.00", "currency": "CNY"}));
        desk.create(&admin, "deal_line", json!({"deal": deal, "name": "B", "unit_price": eur("50")}));
        assert_eq!(desk.get(&admin, "deal", deal)["amount"], eur("150.00"));
    });
}

#[test]
fn products_have_codes_of_their_own() {
    both(|desk| {
        let admin = desk.admin();
        desk.create(&admin, "product", json!({"name": "Cabinet", "code": "C-1"}));
        assert_eq!(desk.refused(&admin, "product", json!({"name": "Other", "code": "c-1"})), ["code: not_unique"]);
    });
}

#[test]
fn the_sum_of_the_lines_is_told_while_the_amount_is_set_by_hand() {
    both(|desk| {
        let admin = desk.admin();
        Way::open(desk);
        let deal = desk.create(&admin, "deal", json!({}));
        let line = desk.create(&admin, "deal_line", json!({"deal": deal, "name": "Cabinet", "unit_price": eur("4000")}));
        desk.update(&admin, "deal", deal, json!({"amount": eur("3500")}));
        desk.update(&admin, "deal_line", line, json!({"quantity": 2}));
        let shown = desk.get(&admin, "deal", deal);
        assert_eq!((&shown["amount"], &shown["lines_amount"], &shown["amount_manual"]), (&eur("3500.00"), &eur("8000.00"), &json!(true)));
        desk.update(&admin, "deal", deal, json!({"amount_manual": false}));
        assert_eq!(desk.get(&admin, "deal", deal)["amount"], eur("8000.00"), "the lines drive it again");
        desk.delete(&admin, "deal_line", line);
        let shown = desk.get(&admin, "deal", deal);
        assert_eq!((&shown["amount"], &shown["lines_amount"]), (&eur("8000.00"), &json!(null)));
    });
}
