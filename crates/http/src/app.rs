//! What all handlers share, and the settings of a server.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{Id, Instant, Result};
use kernel::user::Users;
use kernel::{Ctx, Engine};
use serde_json::Value as Json;
use store::Notice;
use tokio::sync::Semaphore;
use tokio::sync::broadcast::{Receiver, error::TryRecvError};

use crate::imports::Imports;
use crate::live::Hub;
use crate::probe::Metrics;

/// Passwords that are hashed at once; each takes 19 MiB.
const HASHING: usize = 4;

#[derive(Clone)]
pub struct Options {
    /// Bytes of a JSON body.
    pub json_limit: usize,
    /// Bytes of an uploaded file or import.
    pub upload_limit: u64,
    /// A request that is not answered by then is `unavailable`.
    pub time_limit: Duration,
    /// The same for uploads.
    pub upload_time_limit: Duration,
    /// The header of a request must be there by then.
    pub header_time_limit: Duration,
    /// After the signal to stop, requests in hand have so long to end.
    pub stop_time_limit: Duration,
    /// What the import routes call; without it there are none.
    pub imports: Option<&'static Imports>,
    /// What takes the sample company away; without it there is no such route.
    pub remove_sample: Option<fn(&Ctx) -> Result<Json>>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            json_limit: 1 << 20,
            upload_limit: 100 << 20,
            time_limit: Duration::from_secs(30),
            upload_time_limit: Duration::from_secs(600),
            header_time_limit: Duration::from_secs(10),
            stop_time_limit: Duration::from_secs(20),
            imports: None,
            remove_sample: None,
        }
    }
}

pub struct App {
    pub engine: Arc<Engine>,
    pub options: Options,
    pub metrics: Metrics,
    pub live: Hub,
    /// Permits for work that is heavy by design, such as checking a password.
    pub hashing: Semaphore,
    /// Tells this process from others and from itself after a new start.
    born: Id,
    users: Users,
    notices: Mutex<Receiver<Notice>>,
}

pub type Shared = Arc<App>;

impl App {
    /// Changes with every change that any listener could hear of; the same word at two moments says that nothing has
    /// changed between them.
    pub fn pulse(&self) -> String {
        format!("{}-{}", self.born, self.engine.store().told())
    }

    pub fn new(engine: Arc<Engine>, options: Options) -> Shared {
        let notices = Mutex::new(engine.store().subscribe());
        Arc::new(App {
            metrics: Metrics::default(),
            live: Hub::new(&engine),
            hashing: Semaphore::new(HASHING),
            born: Id::new(),
            users: Users::default(),
            notices,
            options,
            engine,
        })
    }

    /// The known people, after everything that was told of them so far.
    pub fn users(&self) -> &Users {
        let mut notices = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match notices.try_recv() {
                Ok(notice) => self.users.heard(&notice),
                Err(TryRecvError::Lagged(_)) => self.users.clear(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return &self.users,
            }
        }
    }

    pub fn now(&self) -> Instant {
        Instant::now()
    }
}
