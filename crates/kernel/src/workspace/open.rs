//! Opening: declarations read and checked, the database brought to their shape, settings loaded.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use base::Result;
use model::fault::{Fault, refuse};
use model::{Model, Object, check, list, load};
use store::{Location, Store};

use super::{Engine, apply, first};
use crate::module::{Module, ObjectSource};
use crate::record::Rule;
use crate::setting;

/// What an engine is opened with.
pub struct Options {
    pub location: Location,
    /// Folder of the uploaded files.
    pub files: PathBuf,
    pub modules: &'static [&'static Module],
    pub demo: bool,
    pub store: store::Options,
}

/// Objects of the engine itself.
const OBJECTS: &[ObjectSource] = &[
    ObjectSource { toml: include_str!("../user/object.toml") },
    ObjectSource { toml: include_str!("../team/object.toml") },
    ObjectSource { toml: include_str!("../team_member/object.toml") },
    ObjectSource { toml: include_str!("../role/object.toml") },
    ObjectSource { toml: include_str!("../file/object.toml") },
    ObjectSource { toml: include_str!("../currency/object.toml") },
    ObjectSource { toml: include_str!("../exchange_rate/object.toml") },
];
const LOCALES: &[(&str, &str)] = &[("it", include_str!("../../locales/it.toml")), ("zh", include_str!("../../locales/zh.toml"))];

impl Engine {
    /// Opens a workspace and brings its database to the declared shape. Every fault of the declarations is told at
    /// once; nothing is dropped from the database.
    pub fn open(options: &Options) -> Result<Arc<Engine>> {
        let mut model = declared(options.modules)?;
        let store = Store::open(&options.location, &options.store)?;
        model.version = apply::apply(&store, &model)?;
        let settings = store.write(|tx| setting::load(tx))?;
        let mut rules: HashMap<&'static str, Vec<&'static dyn Rule>> = HashMap::new();
        for rule in options.modules.iter().flat_map(|m| m.rules.iter().copied()) {
            rules.entry(rule.object()).or_default().push(rule);
        }
        let engine = Arc::new(Engine {
            store,
            model: RwLock::new(Arc::new(model)),
            settings: RwLock::new(Arc::new(settings)),
            modules: options.modules,
            rules,
            reaches: Mutex::default(),
            formulas: Mutex::default(),
            files: options.files.clone(),
            demo: options.demo,
        });
        first::roles(&engine)?;
        Ok(engine)
    }
}

/// Reads and checks all declarations of the engine and the modules.
pub fn declared(modules: &[&Module]) -> Result<Model> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut objects: Vec<Object> = Vec::new();
    for source in OBJECTS.iter().chain(modules.iter().flat_map(|m| m.objects)) {
        match load::object(source.toml) {
            Ok(object) => objects.push(object),
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        return Err(refuse(&faults));
    }
    for (language, text) in LOCALES.iter().chain(modules.iter().flat_map(|m| m.locales)) {
        faults.extend(load::translate(&mut objects, language, text));
    }
    let model = Model::new(objects, list::all());
    faults.extend(check::check(&model));
    if faults.is_empty() { Ok(model) } else { Err(refuse(&faults)) }
}
