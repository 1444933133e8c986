//! For those who run the server: is it alive, is it ready, what has it done.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::Error;
use store::Sql;

use crate::app::Shared;
use crate::context::Call;
use crate::door;
use crate::error::Reply;

/// Upper bounds of the classes of duration, in microseconds.
const BOUNDS: [u64; 10] = [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 10_000_000];

/// Counters since the start, in the shape that Prometheus reads.
pub struct Metrics {
    started: Instant,
    /// By the first digit of the status, reads and writes apart.
    requests: [[AtomicU64; 6]; 2],
    buckets: [AtomicU64; BOUNDS.len()],
    micros: AtomicU64,
    total: AtomicU64,
}

impl Default for Metrics {
    fn default() -> Self {
        Metrics {
            started: Instant::now(),
            requests: Default::default(),
            buckets: Default::default(),
            micros: AtomicU64::new(0),
            total: AtomicU64::new(0),
        }
    }
}

impl Metrics {
    pub fn count(&self, method: &Method, status: StatusCode, took: Duration) {
        let kind = usize::from(!method.is_safe());
        let class = usize::from(status.as_u16() / 100);
        if let Some(counter) = self.requests.get(kind).and_then(|c| c.get(class)) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        for (bound, bucket) in BOUNDS.iter().zip(&self.buckets) {
            if micros <= *bound {
                bucket.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.micros.fetch_add(micros, Ordering::Relaxed);
        self.total.fetch_add(1, Ordering::Relaxed);
    }

    fn text(&self, listeners: usize) -> String {
        let mut out = String::new();
        let load = |a: &AtomicU64| a.load(Ordering::Relaxed);
        line(&mut out, "# TYPE legame_requests_total counter");
        for (kind, classes) in ["read", "write"].iter().zip(&self.requests) {
            for (class, count) in classes.iter().enumerate().skip(2) {
                line(&mut out, &format!("legame_requests_total{{kind=\"{kind}\",status=\"{class}xx\"}} {}", load(count)));
            }
        }
        line(&mut out, "# TYPE legame_request_seconds histogram");
        for (bound, count) in BOUNDS.iter().zip(&self.buckets) {
            let seconds = Duration::from_micros(*bound).as_secs_f64();
            line(&mut out, &format!("legame_request_seconds_bucket{{le=\"{seconds}\"}} {}", load(count)));
        }
        line(&mut out, &format!("legame_request_seconds_bucket{{le=\"+Inf\"}} {}", load(&self.total)));
        line(&mut out, &format!("legame_request_seconds_sum {}", Duration::from_micros(load(&self.micros)).as_secs_f64()));
        line(&mut out, &format!("legame_request_seconds_count {}", load(&self.total)));
        line(&mut out, "# TYPE legame_live_listeners gauge");
        line(&mut out, &format!("legame_live_listeners {listeners}"));
        line(&mut out, "# TYPE legame_uptime_seconds gauge");
        line(&mut out, &format!("legame_uptime_seconds {}", self.started.elapsed().as_secs()));
        out
    }
}

fn line(out: &mut String, text: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(out, "{text}");
}

/// `GET /healthz`: the process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers, too.
pub async fn readyz(State(app): State<Shared>) -> Reply {
    let asked = app.engine.store().read_async(|tx| tx.first(&Sql::raw(tx.dialect(), "select 1"), |row| row.int(0)));
    asked.await.map_err(|e| Error::new(base::Code::Unavailable, "The database does not answer").with_source(e.to_string()))?;
    Ok("ready\n".into_response())
}

/// `GET /metrics`, for administrators.
pub async fn metrics(State(app): State<Shared>, call: Call) -> Reply {
    let caller = door::identify(&app, call).await?;
    caller.ctx.require_administrator()?;
    let text = app.metrics.text(app.live.listeners());
    let response: Response = ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response();
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_kind_status_and_duration() {
        let metrics = Metrics::default();
        metrics.count(&Method::GET, StatusCode::OK, Duration::from_micros(900));
        metrics.count(&Method::POST, StatusCode::CONFLICT, Duration::from_millis(20));
        let text = metrics.text(3);
        for line in [
            "legame_requests_total{kind=\"read\",status=\"2xx\"} 1",
            "legame_requests_total{kind=\"write\",status=\"4xx\"} 1",
            "legame_request_seconds_bucket{le=\"0.001\"} 1",
            "legame_request_seconds_bucket{le=\"0.025\"} 2",
            "legame_request_seconds_count 2",
            "legame_live_listeners 3",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} is not in\n{text}");
        }
    }
}
