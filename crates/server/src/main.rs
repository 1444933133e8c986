//! The program: one binary for serving, operating and asking Legame.
//!
//! Names the modules (`modules.rs`), reads the command line (`config.rs`) and hands over to `commands`; no logic of
//! its own. A new command is a file in `commands/` and a line in `config.rs` and below.

mod commands;
mod config;
mod imports;
mod modules;

use std::process::ExitCode;

use clap::Parser;
use config::{Cli, Command, TokenCommand, UserCommand};

/// Records are many small values; a fifth of the time of a write went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("legame: {error}");
            if let Some(cause) = error.cause() {
                eprintln!("  because: {cause}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> base::Result<()> {
    let place = &cli.place;
    match &cli.command {
        Command::Serve(options) => commands::serve::run(place, options),
        Command::User { command: UserCommand::Add(options) } => commands::user::add(place, options),
        Command::User { command: UserCommand::Link(options) } => commands::user::link(place, options),
        Command::Token { command: TokenCommand::Create(options) } => commands::token::create(place, options),
        Command::Import(options) => commands::import::run(place, options),
        Command::Export(options) => commands::export::run(place, options),
        Command::Query(options) => commands::query::run(place, options),
        Command::Action(options) => commands::action::run(place, options),
        Command::Doctor => commands::doctor::run(place),
        Command::Bench(options) => commands::bench::run(place, options),
    }
}
