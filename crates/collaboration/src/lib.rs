//! Collaboration: what people keep for themselves and each other, and what they are told.
//!
//! Start with `saved_view` and `notification`; `following` and `recovery` are verbs of every record, `handover` one of people. Knows objects in
//! general and none of other modules in particular, except that activities may mention somebody.

mod following;
mod handover;
mod notification;
mod recovery;
mod saved_view;

use kernel::Module;

pub static MODULE: Module = Module {
    name: "collaboration",
    objects: &[saved_view::OBJECT, notification::OBJECT],
    locales: &[("it", include_str!("../locales/it.toml")), ("zh", include_str!("../locales/zh.toml"))],
    rules: &[&saved_view::valid::Valid, &saved_view::reach::SharedWith],
    actions: &[&recovery::Restore, &following::Follow, &following::Unfollow, &handover::HandOver],
    readers: &[&notification::assigned::Assigned, &notification::mentioned::Mentioned],
    jobs: &[&notification::reminded::Reminders, &recovery::empty::Empty],
    ..Module::EMPTY
};

#[cfg(test)]
mod testing {
    use kernel::testing::Desk;

    static MODULES: &[&kernel::Module] = &[&customers::MODULE, &sales::MODULE, &crate::MODULE];

    pub fn both(test: impl Fn(&Desk)) {
        kernel::testing::both(MODULES, test);
    }
}
