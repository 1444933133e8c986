//! Opening: declarations read and checked, the database brought to their shape, settings loaded.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use base::Result;
use model::fault::{Fault, refuse};
use model::{Model, Object, check, list, load, merge};
use store::{Location, Store};

use super::{Engine, apply, first, layer};
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
        let store = Store::open(&options.location, &options.store)?;
        let layers = store.read(layer::load)?;
        let mut model = declared(options.modules, &layers).map_err(|faults| refuse(&faults))?;
        model.version = apply::apply(&store, &model)?;
        let settings = store.write(setting::load)?;
        let mut rules: HashMap<&'static str, Vec<&'static dyn Rule>> = HashMap::new();
        let of_modules = options.modules.iter().flat_map(|m| m.rules.iter());
        for rule in crate::user::RULES.iter().chain(of_modules).copied() {
            rules.entry(rule.object()).or_default().push(rule);
        }
        let engine = Arc::new(Engine {
            store,
            model: RwLock::new(Arc::new(model)),
            settings: RwLock::new(Arc::new(settings)),
            modules: options.modules,
            rules,
            reaches: Mutex::default(),
            editing: Mutex::default(),
            formulas: Mutex::default(),
            files: options.files.clone(),
            demo: options.demo,
        });
        first::roles(&engine)?;
        Ok(engine)
    }
}

/// Reads and checks all declarations of the engine, the modules and the customer's layers.
pub fn declared(modules: &[&Module], layers: &[(String, toml::Table)]) -> Result<Model, Vec<Fault>> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut objects: Vec<Object> = Vec::new();
    let mut built_in = HashSet::new();
    for source in OBJECTS.iter().chain(modules.iter().flat_map(|m| m.objects)) {
        match layered(source.toml, layers) {
            Ok(object) => objects.push(object),
            Err(found) => faults.extend(found),
        }
        built_in.extend(name_of(source.toml));
    }
    for (_, layer) in layers.iter().filter(|(name, _)| !built_in.contains(name)) {
        match load::object_of(layer) {
            Ok(object) => objects.push(object),
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    for (language, text) in LOCALES.iter().chain(modules.iter().flat_map(|m| m.locales)) {
        faults.extend(load::translate(&mut objects, language, text));
    }
    for object in &mut objects {
        if let Some((_, layer)) = layers.iter().find(|(name, _)| *name == object.name) {
            merge::relabel(object, layer);
        }
    }
    let model = Model::new(objects, list::all());
    faults.extend(check::check(&model));
    if faults.is_empty() { Ok(model) } else { Err(faults) }
}

fn name_of(text: &str) -> Option<String> {
    load::table(text).ok()?.get("name")?.as_str().map(str::to_string)
}

fn layered(text: &str, layers: &[(String, toml::Table)]) -> Result<Object, Vec<Fault>> {
    let mut table = load::table(text)?;
    let name = table.get("name").and_then(toml::Value::as_str).unwrap_or_default().to_string();
    if let Some((_, layer)) = layers.iter().find(|(of, _)| *of == name) {
        merge::merge(&mut table, layer);
    }
    let mut object = load::object_of(&table)?;
    object.about = load::leading_comment(text);
    Ok(object)
}
