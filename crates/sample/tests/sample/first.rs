use crate::desk::{full, number};

#[test]
fn loads() {
    let engine = full();
    for object in ["company", "contact", "position", "relation", "lead", "deal", "deal_line", "deal_contact", "deal_company", "activity", "event"] {
        println!("{object}: {}", number(&engine, &format!("select count(*) from {object}")));
    }
}
