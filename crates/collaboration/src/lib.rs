//! Collaboration: saved views and notifications.



use kernel::{Module, ObjectSource};

pub static MODULE: Module = Module {
    name: "collaboration",
    objects: &[
        ObjectSource { toml: include_str!("saved_view/object.toml") },
        ObjectSource { toml: include_str!("notification/object.toml") },
    ],
    locales: &[("it", include_str!("../locales/it.toml")), ("zh", include_str!("../locales/zh.toml"))],
    ..Module::EMPTY
};
