//! `legame bench`.

use base::Result;

use crate::config::{Bench, Place};

pub fn run(place: &Place, options: &Bench) -> Result<()> {
    if let (Some(url), Some(token)) = (&options.url, &options.token) {
        return bench::run_against(&bench::Target { url: url.trim_end_matches('/').to_string(), token: token.clone() });
    }
    let mut arguments = vec!["--data".to_string(), place.data.to_string_lossy().into_owned()];
    if let Some(database) = &place.database {
        arguments.extend(["--database".to_string(), database.clone()]);
    }
    let served = bench::Place { program: std::env::current_exe()?, arguments };
    bench::run(&|| super::open(place, false), &served, options.records)
}
