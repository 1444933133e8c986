//! The product through its front door: real router, real databases.

#[path = "../../src/modules.rs"]
mod modules;

#[path = "../../src/imports.rs"]
mod imports;

#[cfg(test)]
mod access_coverage;
#[cfg(test)]
mod app;
#[cfg(test)]
mod bin;
#[cfg(test)]
mod concurrency;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod importing;
#[cfg(test)]
mod invitation;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod live;
#[cfg(test)]
mod maker;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod reach;
#[cfg(test)]
mod records;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod selling;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod sight;
#[cfg(test)]
mod signin;
#[cfg(test)]
mod vehicle;
#[cfg(test)]
mod workspace;
