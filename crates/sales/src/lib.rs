//! Sales: from first interest to an order.
//!
//! Start with `deal`; `pipeline` and `stage` are the way that it goes, `lead` is what comes before it, `deal_line` what it
//! is about. Knows nothing of how people are kept or what activities are like: it asks for activities by name and reads
//! from the log what was done. The next object is a room beside these and a line below.

mod activity;
pub mod deal;
mod deal_company;
mod deal_contact;
mod deal_line;
mod lead;
pub mod pipeline;
mod product;
mod stage;

use kernel::Module;

pub static MODULE: Module = Module {
    name: "sales",
    objects: &[
        lead::OBJECT,
        deal::OBJECT,
        deal_line::OBJECT,
        deal_contact::OBJECT,
        deal_company::OBJECT,
        product::OBJECT,
        pipeline::OBJECT,
        stage::OBJECT,
    ],
    locales: &[("it", include_str!("../locales/it.toml")), ("zh", include_str!("../locales/zh.toml"))],
    rules: &[
        &deal::place::Place,
        &deal::gate::Gate,
        &deal::reason::Why,
        &deal::probability::FollowsStage,
        &deal::forecast::FollowsStage,
        &deal::amount::FromLines,
        &deal::company::OfContact,
        &deal::name::FromParties,
        &deal::slip::Counts,
        &deal::temperature::AtWriting,
        &deal::people::Primary,
        &deal::plan::OnEntry,
        &deal_line::price::Priced,
        &deal_line::sums::ToDeal,
        &deal_contact::primary::OnePrimary,
        &lead::person::Somebody,
        &lead::status::Earned,
        &lead::stamps::Stamps,
        &pipeline::default::OneDefault,
        &stage::ends::KeepsEnds,
        &stage::promises::Compiles,
        &deal::temperature::OfStage,
    ],
    actions: &[
        &deal::close::Close,
        &deal::reopen::Reopen,
        &deal::duplicate::Duplicate,
        &lead::convert::Convert,
        &lead::disqualify::Disqualify,
        &lead::requalify::Requalify,
        &pipeline::retire::Retire,
        &stage::retire::Retire,
    ],
    readers: &[&deal::temperature::Activities, &deal::sums::DealSums, &lead::answer::FirstAnswer],
    jobs: &[&deal::temperature::Days, &deal::sums::Year],
    begin: &[pipeline::begin],
    templates: &[&pipeline::SALES, &pipeline::RENEWALS, &pipeline::SIMPLE],
};

#[cfg(test)]
mod testing;
