//! The real router over a real database, with a handful of declarations of its own: what must hold for any model.

#[cfg(test)]
mod exports;
#[cfg(test)]
mod files;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod live;
#[cfg(test)]
mod model;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod page;
#[cfg(test)]
mod records;
#[cfg(test)]
mod session;
#[cfg(test)]
mod strict;
#[cfg(test)]
mod tokens;
