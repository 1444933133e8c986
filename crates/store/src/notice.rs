//! Short messages that travel after a commit.

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
pub(crate) struct Hub(broadcast::Sender<Notice>);

impl Hub {
    pub fn new() -> Self {
        Hub(broadcast::channel(KEPT).0)
    }
    pub fn subscribe(&self) -> broadcast::Receiver<Notice> {
        self.0.subscribe()
    }
    pub fn publish(&self, notices: impl IntoIterator<Item = Notice>) {
        for notice in notices {
            // Nobody listening is no error.
            let _ = self.0.send(notice);
        }
    }
}
