//! Short messages that travel after a commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::broadcast;

/// The channel of the notice that a subscriber gets when messages of other processes may have been missed.
pub const RECONNECTED: &str = "reconnected";

/// At most 7,500 bytes in both parts together; say what changed, not how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub channel: String,
    pub payload: String,
}

impl Notice {
    pub fn new(channel: impl Into<String>, payload: impl Into<String>) -> Self {
        Notice { channel: channel.into(), payload: payload.into() }
    }
}

/// PostgreSQL takes 8,000 bytes, some of which carry the sender.
pub(crate) const MAX_BYTES: usize = 7_500;
/// A subscriber that falls further behind is told that it lagged.
const KEPT: usize = 4_096;

#[derive(Clone)]
pub(crate) struct Hub {
    sender: broadcast::Sender<Notice>,
    told: Arc<AtomicU64>,
}

impl Hub {
    pub fn new() -> Self {
        Hub { sender: broadcast::channel(KEPT).0, told: Arc::default() }
    }
    pub fn subscribe(&self) -> broadcast::Receiver<Notice> {
        self.sender.subscribe()
    }
    pub fn told(&self) -> u64 {
        self.told.load(Ordering::SeqCst)
    }
    pub fn publish(&self, notices: impl IntoIterator<Item = Notice>) {
        for notice in notices {
            // Counted first: who subscribes between the two would else neither hear of it nor see it counted.
            self.told.fetch_add(1, Ordering::SeqCst);
            // Nobody listening is no error.
            let _ = self.sender.send(notice);
        }
    }
}
