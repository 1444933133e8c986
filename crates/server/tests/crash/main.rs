//! A server that is killed at any moment: see `killed`.

#[cfg(test)]
mod killed;
