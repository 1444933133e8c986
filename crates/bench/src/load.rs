//! Drives a running server with several clients and takes the times.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant as Clock};

use base::{Error, Result};
use serde_json::Value as Json;
use ureq::Agent;

/// Times of one kind of request.
pub struct Times {
    /// Ascending.
    micros: Vec<u128>,
    elapsed: Duration,
    pub failures: usize,
}

impl Times {
    pub fn of(mut micros: Vec<u128>, elapsed: Duration, failures: usize) -> Times {
        micros.sort_unstable();
        Times { micros, elapsed, failures }
    }
    /// The time that this share of the requests stayed under, in milliseconds.
    pub fn percentile_ms(&self, percent: usize) -> f64 {
        let at = (self.micros.len().saturating_mul(percent) / 100).min(self.micros.len().saturating_sub(1));
        let micros = self.micros.get(at).copied().unwrap_or(0);
        f64::from(u32::try_from(micros).unwrap_or(u32::MAX)) / 1_000.0
    }
    pub fn count(&self) -> usize {
        self.micros.len()
    }
    pub fn per_second(&self) -> f64 {
        let count = f64::from(u32::try_from(self.micros.len()).unwrap_or(u32::MAX));
        count / self.elapsed.as_secs_f64().max(0.001)
    }
}

/// A server and the token to talk to it with.
#[derive(Clone)]
pub struct Target {
    pub url: String,
    pub token: String,
}

/// One request of a case, by its running number.
pub struct Call {
    pub method: &'static str,
    pub path: String,
    pub body: Option<Json>,
}

impl Target {
    pub fn agent() -> Agent {
        Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(60))).build().new_agent()
    }

    /// Sends one request; answers its status and text.
    pub fn send(&self, agent: &Agent, call: &Call) -> Result<(u16, String)> {
        let url = format!("{}{}", self.url, call.path);
        let bearer = format!("Bearer {}", self.token);
        let outcome = match (&call.body, call.method) {
            (Some(body), "PATCH") => {
                agent.patch(&url).header("authorization", &bearer).header("content-type", "application/json").send(body.to_string())
            }
            (Some(body), _) => {
                agent.post(&url).header("authorization", &bearer).header("content-type", "application/json").send(body.to_string())
            }
            (None, _) => agent.get(&url).header("authorization", &bearer).call(),
        };
        let mut response = outcome.map_err(|e| Error::invalid(format!("{url} does not answer: {e}")))?;
        let text = response.body_mut().read_to_string().map_err(|e| Error::invalid(format!("{url}: {e}")))?;
        Ok((response.status().as_u16(), text))
    }

    pub fn json(&self, call: &Call) -> Result<Json> {
        let (status, text) = self.send(&Self::agent(), call)?;
        if status >= 400 {
            return Err(Error::invalid(format!("{} {} answered {status}: {text}", call.method, call.path)));
        }
        Ok(serde_json::from_str(&text)?)
    }

    pub fn get(&self, path: &str) -> Result<Json> {
        self.json(&Call { method: "GET", path: path.to_string(), body: None })
    }

    /// `clients` at once, for `seconds` or `most` requests, whichever ends first; the first of each client warms up and
    /// does not count.
    pub fn run(&self, clients: usize, seconds: u64, most: usize, make: &(dyn Fn(usize) -> Call + Sync)) -> Times {
        let next = AtomicUsize::new(0);
        let started = Clock::now();
        let until = started + Duration::from_secs(seconds);
        let parts: Vec<(Vec<u128>, usize)> = std::thread::scope(|scope| {
            let handles: Vec<_> = (0..clients).map(|_| scope.spawn(|| self.client(&next, until, most, make))).collect();
            handles.into_iter().filter_map(|h| h.join().ok()).collect()
        });
        let elapsed = started.elapsed();
        let failures = parts.iter().map(|(_, f)| f).sum();
        Times::of(parts.into_iter().flat_map(|(m, _)| m).collect(), elapsed, failures)
    }

    fn client(&self, next: &AtomicUsize, until: Clock, most: usize, make: &(dyn Fn(usize) -> Call + Sync)) -> (Vec<u128>, usize) {
        let agent = Self::agent();
        let (mut times, mut failures, mut is_warm) = (Vec::new(), 0, false);
        while Clock::now() < until {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= most {
                break;
            }
            let call = make(number);
            let began = Clock::now();
            match self.send(&agent, &call) {
                Ok((status, _)) if status < 400 => {
                    if is_warm {
                        times.push(began.elapsed().as_micros());
                    }
                }
                _ => failures += 1,
            }
            is_warm = true;
        }
        (times, failures)
    }
}
