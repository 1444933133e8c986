//! Customers: people and organisations, what they are to each other, and what is done with them.
//!
//! Start with `contact` and `company`; `activity` is what happens between them and us, and `touch` reads from the log
//! what is left of it (last touch, Pulse, next activity). Knows nothing of pipelines and amounts: deals and leads appear
//! here only as records that an activity may be about. The next object is a room beside these and a line below.

mod activity;
mod company;
mod contact;
mod position;
mod relation;
mod tag;
mod touch;

use kernel::Module;

pub static MODULE: Module = Module {
    name: "customers",
    objects: &[company::OBJECT, contact::OBJECT, position::OBJECT, relation::OBJECT, activity::OBJECT, tag::OBJECT],
    locales: &[("it", include_str!("../locales/it.toml")), ("zh", include_str!("../locales/zh.toml"))],
    rules: &[
        &company::domain::FromAddresses,
        &company::since::CustomerSince,
        &company::size::Band,
        &company::vat::ByCountry,
        &company::group::Tree,
        &contact::reachable::OneOfThree,
        &contact::language::FromCompany,
        &contact::employer::PrimaryPosition,
        &position::primary::OnePrimary,
        &relation::parties::TwoParties,
        &activity::outcome::Done,
        &activity::due::Dates,
        &activity::about::Derived,
        &activity::status::FollowsDates,
        &activity::subject::FromText,
        &activity::repeat::Repeats,
    ],
    actions: &[&activity::complete::Complete, &activity::reopen::Reopen, &activity::snooze::Snooze, &activity::cancel::Cancel],
    readers: &[&touch::Touches],
    jobs: &[&activity::overdue::Overdue, &touch::roll::Weeks],
    ..Module::EMPTY
};

#[cfg(test)]
mod testing {
    use kernel::testing::Desk;

    /// Customers and sales know each other's objects, and are checked together.
    static MODULES: &[&kernel::Module] = &[&crate::MODULE, &sales::MODULE];

    pub fn both(test: impl Fn(&Desk)) {
        kernel::testing::both(MODULES, test);
    }
}
