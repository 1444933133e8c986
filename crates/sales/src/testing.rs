//! What the tests of sales begin with.

use kernel::testing::{Desk, Made};

/// Sales and customers know each other's objects, and are checked together.
static MODULES: &[&kernel::Module] = &[&customers::MODULE, &crate::MODULE];

pub fn both(test: impl Fn(&Desk)) {
    kernel::testing::both(MODULES, test);
}

/// A pipeline of the usual template, and its stages by name.
pub struct Way {
    pub pipeline: Made,
    stages: Vec<(String, Made)>,
}

impl Way {
    pub fn open(desk: &Desk) -> Way {
        let ctx = desk.system();
        let pipeline = Made(desk.write(move |tx| crate::pipeline::create_default(&ctx, tx).map(|p| p.id)).unwrap());
        Way::of(desk, pipeline)
    }
    pub fn of(desk: &Desk, pipeline: Made) -> Way {
        let stages = desk.list(&desk.system(), "stage", &format!("pipeline == \"{pipeline}\""), "position");
        let named = stages.iter().map(|s| (s["name"].as_str().unwrap().to_string(), Made(s["id"].as_str().unwrap().parse().unwrap())));
        Way { pipeline, stages: named.collect() }
    }
    #[track_caller]
    pub fn stage(&self, name: &str) -> Made {
        self.stages.iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("no stage {name} in {:?}", self.stages)).1
    }
}
