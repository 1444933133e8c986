//! The tenth that tests load.

use crate::desk::{near, small};

#[test]
fn a_tenth_has_the_same_people_and_pipelines() {
    let desk = small();
    assert_eq!((desk.count("user", "true"), desk.count("stage", "true"), desk.count("product", "true")), (17, 20, 42));
    near(desk.count("deal", "true") as f64, 200.0, 15.0, "deals");
    near(desk.count("activity", "true") as f64, 1_500.0, 15.0, "activities");
    near(desk.count("contact", "true") as f64, 150.0, 10.0, "contacts");
    near(desk.count("company", "true") as f64, 40.0, 15.0, "companies");
    near(desk.count("lead", "true") as f64, 42.0, 4.0, "leads");
    assert!(desk.by("deal", "status == \"open\"", "stage").len() >= 13, "no column is empty");
}

#[test]
fn the_stories_that_screens_show_first_are_there() {
    let desk = small();
    assert_eq!(desk.count("deal", "name == \"Winter season contract\""), 1);
    assert_eq!(desk.count("company", "name == \"Kestrel Hotels\""), 1);
    assert_eq!(desk.count("deal", "company == \"江南鲜配\" && close_slips == 4"), 1);
    assert!(desk.count("lead", "status == \"new\" && score == 80") >= 1);
}
