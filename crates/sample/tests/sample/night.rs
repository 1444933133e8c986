//! The passes of the day are taken for done when the company is loaded: nobody waits for them in the first minute.

use kernel::{Ctx, job};
use store::Sql;

use crate::desk::Desk;

/// The passes of the first day find nothing to do in a company just loaded.
pub fn nothing_is_left_for_the_passes(desk: &Desk) {
    let loaded = standing(desk);
    assert!(loaded.len() > 200);
    let passes = || rows(desk, "select name from job_pass where is_over");
    assert!(passes().len() > 2, "they are taken for done");
    desk.engine.store().write(|tx| tx.execute(&Sql::raw(tx.dialect(), "delete from job_pass"))).unwrap();
    job::run_due(&Ctx::system(&desk.engine), &|| true);
    assert!(passes().len() > 2, "they have run");
    assert_eq!(standing(desk), loaded);
}

/// What the passes keep true.
fn standing(desk: &Desk) -> Vec<String> {
    let deals = "select coalesce(temperature, '') || ' ' || coalesce(pulse, '') || ' ' || version from deal order by id";
    let companies = "select coalesce(pulse, '') || ' ' || coalesce(cast(open_deals as text), '') || ' ' \
                     || coalesce(cast(won_last_12m__base as text), '') || ' ' || version from company order by id";
    [deals, companies].into_iter().flat_map(|text| rows(desk, text)).collect()
}

fn rows(desk: &Desk, text: &'static str) -> Vec<String> {
    desk.engine.store().read(|tx| tx.all(&Sql::raw(tx.dialect(), text), |row| Ok(row.text(0)?.unwrap_or_default().to_string()))).unwrap()
}
