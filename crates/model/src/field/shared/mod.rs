//! What several types share: text rules, numbers and dates as people write them, JSON.

pub mod amount;
pub mod choose;
pub mod clean;
pub mod contact_row;
pub mod json;
pub mod list;
pub mod moment;
pub mod number;
pub mod schema;
pub mod wrong;
