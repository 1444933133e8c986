//! The command line and its environment, as `docs/how-to/command-line.md` tells users.

use std::path::PathBuf;

use base::Result;
use clap::{Args, Parser, Subcommand};
use store::Location;

#[derive(Parser)]
#[command(name = "legame", version, about = "A complete CRM in one program", propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub command: Command,
}

/// Which workspace, and how answers are printed.
#[derive(Args)]
pub struct Place {
    /// Folder of the database and the uploaded files
    #[arg(long, global = true, env = "LEGAME_DATA", default_value = "./legame-data", value_name = "DIR")]
    pub data: PathBuf,
    /// A PostgreSQL database instead of the embedded one: postgres://user:password@host/name
    #[arg(long, global = true, env = "LEGAME_DATABASE", value_name = "URL")]
    pub database: Option<String>,
    /// Print results for programs
    #[arg(long, global = true)]
    pub json: bool,
}

impl Place {
    pub fn location(&self) -> Result<Location> {
        match &self.database {
            Some(url) => Location::parse(url),
            None => Location::parse(&self.data.to_string_lossy()),
        }
    }
    /// The folder of uploaded files.
    pub fn files(&self) -> PathBuf {
        self.data.join("files")
    }
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve the workspace to browsers and programs
    Serve(Serve),
    /// People who sign in
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Keys for programs
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Bring in a file of records
    Import(Import),
    /// Write records to a file
    Export(Export),
    /// A report: counts and sums by groups
    Query(Query),
    /// Do any action on a record
    Action(ActionOptions),
    /// Tell what is wrong and how to mend it
    Doctor,
    /// Measure speed on this machine
    Bench(Bench),
}

#[derive(Args)]
pub struct Serve {
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: String,
    /// Load the sample company into an empty workspace and offer its sign-ins; "small" loads a tenth of it
    #[arg(long, num_args = 0..=1, default_missing_value = "full", value_parser = ["full", "small"], value_name = "SIZE")]
    pub demo: Option<String>,
}

#[derive(Subcommand)]
pub enum UserCommand {
    /// Add a person; without a password, a link by which they set one is printed
    Add(UserAdd),
    /// Print a link by which somebody sets a new password
    Link(UserLink),
}

#[derive(Args)]
pub struct UserAdd {
    #[arg(long)]
    pub email: String,
    #[arg(long)]
    pub name: String,
    /// administrator, manager, representative or read_only
    #[arg(long)]
    pub role: String,
    /// Read the password (at least 12 characters) from standard input
    #[arg(long)]
    pub password_stdin: bool,
    /// Where people open Legame, for the link
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub url: String,
}

#[derive(Args)]
pub struct UserLink {
    #[arg(long)]
    pub email: String,
    /// Where people open Legame, for the link
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub url: String,
}

#[derive(Subcommand)]
pub enum TokenCommand {
    /// Print a new token; it is shown this once
    Create(TokenCreate),
}

#[derive(Args)]
pub struct TokenCreate {
    /// E-mail of the person in whose name it acts
    #[arg(long)]
    pub user: String,
    /// read, write, deals:read, deals:write or deals.close; repeat for several
    #[arg(long)]
    pub scope: Vec<String>,
    /// How long it lives: 90d, 12h; without it, for ever
    #[arg(long)]
    pub expires: Option<String>,
}

#[derive(Args)]
pub struct Import {
    pub file: PathBuf,
    #[arg(long)]
    pub object: String,
    /// A mapping file, or "Header=field,Other header=field"
    #[arg(long)]
    pub map: Option<String>,
    /// The field by which rows find records that exist
    #[arg(long = "match", value_name = "FIELD")]
    pub matching: Option<String>,
    /// What becomes of a row whose record exists: update (where rows are matched), skip or create
    #[arg(long)]
    pub policy: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    /// Write rejected rows with their reasons here
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
}

#[derive(Args)]
pub struct Export {
    #[arg(long)]
    pub object: String,
    #[arg(long)]
    pub filter: Option<String>,
    /// csv, jsonl or xlsx
    #[arg(long, default_value = "csv")]
    pub format: String,
    #[arg(long)]
    pub out: PathBuf,
}

#[derive(Args)]
pub struct Query {
    #[arg(long)]
    pub object: String,
    /// field or field:bucket; repeat or separate by commas
    #[arg(long, value_delimiter = ',')]
    pub group_by: Vec<String>,
    /// count, or function:field such as sum:amount
    #[arg(long, value_delimiter = ',')]
    pub measure: Vec<String>,
    #[arg(long)]
    pub filter: Option<String>,
    #[arg(long, value_delimiter = ',')]
    pub sort: Vec<String>,
    #[arg(long)]
    pub limit: Option<usize>,
}

#[derive(Args)]
pub struct ActionOptions {
    pub name: String,
    #[arg(long)]
    pub object: String,
    #[arg(long)]
    pub id: String,
    #[arg(long)]
    pub input: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Args)]
pub struct Bench {
    /// How many contacts and as many deals
    #[arg(long, default_value_t = 100_000)]
    pub records: usize,
    /// Measure a running server instead of one of our own
    #[arg(long, requires = "token")]
    pub url: Option<String>,
    #[arg(long)]
    pub token: Option<String>,
}
