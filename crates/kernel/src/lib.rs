//! The engine: knows objects in general and none in particular.
//!
//! Start with [`Ctx`] (who acts, when, why), then `record` (the one pipeline of writes), `event` (the log),
//! `query` (lists and reports) and `role` (who may). Modules bring objects, rules, actions and readers through
//! [`Module`]; nothing here names one of them. Blocking throughout; the asynchronous edge is `http`.

pub mod action;
pub mod alike;
pub mod ctx;
pub mod event;
pub mod file;
pub mod idempotency;
pub mod invitation;
pub mod job;
mod message;
pub mod module;
pub mod query;
pub mod reader;
pub mod record;
pub mod role;
pub mod search;
pub mod session;
pub mod setting;
mod speech;
pub mod testing;
pub mod token;
pub mod user;
pub mod workspace;

pub use action::{Action, Input};
pub use ctx::{Actor, ActorKind, Ctx, Origin, User};
pub use event::Event;
pub use job::Job;
pub use module::{Module, ObjectSource, Template};
pub use reader::Reader;
pub use record::{Change, Draft, Record, Rule};
pub use speech::Speech;
pub use workspace::Engine;
