//! A server of our own, started as a user starts it.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant as Clock};

use base::{Error, Result};

/// What `legame serve` is started with.
pub struct Place {
    pub program: PathBuf,
    pub arguments: Vec<String>,
}

pub struct Server {
    child: Child,
    pub url: String,
    /// From the start of the program to its first answer.
    pub start_ms: u128,
}

impl Server {
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
    pub fn stop(mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let until = Clock::now() + Duration::from_secs(10);
        while Clock::now() < until {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
    }
}

pub fn start(place: &Place) -> Result<Server> {
    let began = Clock::now();
    let mut child = Command::new(&place.program)
        .arg("serve")
        .args(["--listen", "127.0.0.1:0"])
        .args(&place.arguments)
        .env("LEGAME_LOG", "error")
        .stdout(Stdio::piped())
        .spawn()?;
    let output = child.stdout.take().ok_or_else(|| Error::internal("the server has no output"))?;
    for line in BufReader::new(output).lines() {
        if let Some(url) = line?.strip_prefix("listening on ") {
            let url = url.trim().to_string();
            ureq::get(format!("{url}/readyz")).call().map_err(|e| Error::invalid(format!("the server does not answer: {e}")))?;
            return Ok(Server { child, url, start_ms: began.elapsed().as_millis() });
        }
    }
    Err(Error::invalid("The server ended before it listened; start it by hand to see why"))
}
