//! One company's Legame: its database, its declarations, its settings, and what runs beside requests.
//!
//! [`Engine::open`] brings the database to the shape that the declarations ask for and answers an engine that every
//! door shares. It starts no thread of its own; `reader::start` does, for a server.

mod apply;
pub(crate) mod code;
mod describe;
mod first;
pub mod layer;
mod open;
pub mod option;
mod reasons;
mod rights;
pub mod roles;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use base::{Error, Result};
use model::{Field, Model, Object, expression};
use store::{Store, Tx};

use crate::action::Action;
use crate::ctx::Ctx;
use crate::job::Job;
use crate::module::{Module, Template};
use crate::reader::Reader;
use crate::record::{Formula, Rule};
use crate::role::{Reach, ReachKey};
use crate::setting::Settings;

pub use describe::describe;
pub use open::{Options, declared};
pub use reasons::reasons;
pub use rights::rights;

pub struct Engine {
    store: Store,
    model: RwLock<Arc<Model>>,
    settings: RwLock<Arc<Settings>>,
    modules: &'static [&'static Module],
    rules: HashMap<&'static str, Vec<&'static dyn Rule>>,
    reaches: Mutex<HashMap<ReachKey, Reach>>,
    /// Held by who changes the declarations: one change is whole before the next is looked at.
    editing: Mutex<()>,
    /// Compiled formulas by object and field, of the present model.
    formulas: Mutex<HashMap<(i64, String, String), Formula>>,
    files: PathBuf,
    /// Serving the sample company: sign-in by one click is offered.
    demo: bool,
}

impl Engine {
    pub fn store(&self) -> &Store {
        &self.store
    }
    /// The declarations as they are now; a piece of work keeps the one it began with.
    pub fn model(&self) -> Arc<Model> {
        Arc::clone(&self.model.read().unwrap_or_else(PoisonError::into_inner))
    }
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner))
    }
    /// After the settings were written to the database.
    pub fn set_settings(&self, settings: Settings) {
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(settings);
    }
    /// After the declarations were changed in the database.
    pub fn set_model(&self, model: Model) {
        *self.model.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(model);
        self.reaches().clear();
    }
    /// The compiled formula of a field, if it has one.
    pub(crate) fn formula(&self, model: &Model, object: &Object, field: &Field) -> Result<Option<Formula>> {
        let Some(text) = &field.formula else { return Ok(None) };
        let key = (model.version, object.name.clone(), field.name.clone());
        let mut formulas = self.formulas.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = formulas.get(&key) {
            return Ok(Some(Arc::clone(known)));
        }
        let compiled = expression::compile_value(model, object, text, &|_, _| true)
            .map_err(|problems| Error::internal(format!("formula of {}.{}: {problems:?}", object.name, field.name)))?;
        let compiled = Arc::new(compiled);
        formulas.insert(key, Arc::clone(&compiled));
        Ok(Some(compiled))
    }
    pub(crate) fn reaches(&self) -> MutexGuard<'_, HashMap<ReachKey, Reach>> {
        self.reaches.lock().unwrap_or_else(PoisonError::into_inner)
    }
    pub(crate) fn editing(&self) -> MutexGuard<'_, ()> {
        self.editing.lock().unwrap_or_else(PoisonError::into_inner)
    }
    pub(crate) fn modules(&self) -> &'static [&'static Module] {
        self.modules
    }
    /// The rules of an object in the order in which modules list them.
    pub fn rules(&self, object: &str) -> &[&'static dyn Rule] {
        self.rules.get(object).map_or(&[], Vec::as_slice)
    }
    pub fn actions(&self) -> impl Iterator<Item = &'static dyn Action> + '_ {
        self.modules.iter().flat_map(|m| m.actions.iter().copied())
    }
    /// The action of an object, or one of every object.
    pub fn action(&self, object: &str, name: &str) -> Option<&'static dyn Action> {
        self.actions().find(|a| a.name() == name && (a.object() == object || a.object() == "any"))
    }
    /// What the caller's language calls an action of an object.
    pub fn action_label(&self, object: &str, action: &dyn Action, language: &str) -> String {
        let model = self.model();
        let translated = model.object(object).and_then(|o| o.action_labels.get(action.name())).and_then(|l| l.other.get(language));
        translated.cloned().unwrap_or_else(|| action.label().to_string())
    }
    pub fn readers(&self) -> impl Iterator<Item = &'static dyn Reader> + '_ {
        self.modules.iter().flat_map(|m| m.readers.iter().copied())
    }
    pub fn jobs(&self) -> impl Iterator<Item = &'static dyn Job> + '_ {
        self.modules.iter().flat_map(|m| m.jobs.iter().copied())
    }
    /// The shapes in which a new workspace may begin.
    pub fn templates(&self) -> impl Iterator<Item = &'static dyn Template> + '_ {
        self.modules.iter().flat_map(|m| m.templates.iter().copied())
    }
    /// Puts into a new workspace what its modules begin with, such as a first pipeline, and names its roles in the
    /// language of the context.
    pub fn begin(&self, ctx: &Ctx, tx: &mut Tx, template: Option<&dyn Template>) -> Result<()> {
        first::name_roles(ctx, tx)?;
        if let Some(template) = template {
            template.make(ctx, tx)?;
        }
        self.modules.iter().flat_map(|m| m.begin).try_for_each(|begin| begin(ctx, tx))
    }
    /// The folder of uploaded files.
    pub fn files(&self) -> &PathBuf {
        &self.files
    }
    pub fn is_demo(&self) -> bool {
        self.demo
    }
    /// Proves that the database is whole (integrity check of the file; counts of events against records).
    pub fn check(&self) -> Result<()> {
        self.store.backup_check()
    }
}
