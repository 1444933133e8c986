//! `GET /api/v1/live`: server-sent events of what the caller may see, as it happens.
//!
//! Every commit tells the store's subscribers; a listener gathers what came within a moment, asks the database once
//! which of those records its person may see (see [`filter`]), and passes those on. Who was away resumes from the log
//! ([`resume`]). A listener whose session ended is let go with the next event, at the latest with the next ping.

mod filter;
mod resume;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::{Id, Result};
use futures_util::{StreamExt, stream};
use kernel::Engine;
use kernel::workspace::layer;
use serde_json::{Value as Json, json};
use store::{Notice, RECONNECTED};
use tokio::sync::broadcast::{Receiver, error::RecvError, error::TryRecvError};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, Interval, interval, sleep};

use crate::app::Shared;
use crate::context::Call;
use crate::door;
use crate::error::Reply;
use crate::parameter;

const CHANNEL: &str = "change";
/// The kind of a change that no event tells: values that are computed anew.
const KEPT: &str = "record.kept";
/// The kind of a change that took a record out of the listener's sight.
const GONE: &str = "record.gone";
/// What comes within this is looked at together.
const GATHER: Duration = Duration::from_millis(25);
/// Changes of one look.
const BATCH: usize = 200;
const PING: Duration = Duration::from_secs(15);
/// Bytes that wait for a slow listener, in pieces; a slower one is let go and comes back.
const WAITING: usize = 64;

/// All listeners of this process.
pub struct Hub {
    count: Arc<AtomicUsize>,
    stop: watch::Sender<bool>,
}

impl Hub {
    pub fn new(_: &Arc<Engine>) -> Self {
        Hub { count: Arc::default(), stop: watch::channel(false).0 }
    }
    pub fn listeners(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }
    /// Lets all listeners go, so that a server can end.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

/// One commit's word about one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub event: Option<String>,
    pub object: String,
    pub id: Id,
    pub kind: String,
    /// Names of the changed fields.
    pub fields: Vec<String>,
    /// The other members as they go to the listener: version, actor, at, correlation.
    pub rest: serde_json::Map<String, Json>,
}

impl Change {
    /// Absent for what no listener is told of.
    fn parse(payload: &str) -> Option<Change> {
        let Ok(Json::Object(mut map)) = serde_json::from_str(payload) else { return None };
        let text = |value: Option<Json>| value.and_then(|v| v.as_str().map(str::to_string));
        let event = text(map.remove("event"));
        let object = text(map.remove("object"))?;
        let id = text(map.remove("id"))?.parse().ok()?;
        let kind = text(map.remove("kind"))?;
        let fields = map.remove("fields").and_then(|f| Some(f.as_array()?.iter().filter_map(|n| n.as_str().map(str::to_string)).collect()));
        let fields: Vec<String> = fields.unwrap_or_default();
        Some(Change { event, object, id, kind, fields, rest: map })
    }

    fn write(&self, out: &mut String) {
        let mut data = json!({"object": self.object, "id": self.id.to_string(), "kind": self.kind, "fields": self.fields});
        if let Some(map) = data.as_object_mut() {
            map.extend(self.rest.clone());
        }
        if let Some(event) = &self.event {
            out.push_str(&format!("id: {event}\n"));
        }
        out.push_str(&format!("event: change\ndata: {data}\n\n"));
    }
}

pub async fn live(State(app): State<Shared>, call: Call) -> Reply {
    let receiver = app.engine.store().subscribe();
    let pulse = app.pulse();
    door::identify(&app, call.clone()).await?;
    parameter::none(call.query.as_deref())?;
    let (sender, outgoing) = mpsc::channel::<Bytes>(WAITING);
    let listener = Listener { stop: app.live.stop.subscribe(), counted: Counted::new(&app.live.count), app, call, receiver, pulse, sender };
    tokio::spawn(listener.run());
    let pieces = stream::unfold(outgoing, |mut outgoing| async move {
        outgoing.recv().await.map(|piece| (Ok::<_, std::convert::Infallible>(piece), outgoing))
    });
    let mut response = Response::new(Body::from_stream(pieces.fuse()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Counts a listener for as long as it lives.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Counted(Arc::clone(count))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Listener {
    /// Goes before the line does, so that whoever is let go is counted no more.
    #[expect(dead_code, reason = "counts until it is dropped")]
    counted: Counted,
    app: Shared,
    call: Call,
    receiver: Receiver<Notice>,
    /// As it was when the receiver began to hear.
    pulse: String,
    sender: mpsc::Sender<Bytes>,
    stop: watch::Receiver<bool>,
}

/// What was gathered, or that something may have been missed.
enum Gathered {
    /// With whether the declarations changed, too.
    Changes(Vec<Change>, bool),
    Missed,
    Closed,
}

impl Listener {
    async fn run(mut self) {
        if self.greet().await.is_err() {
            return;
        }
        let mut ping = interval(PING);
        ping.reset();
        loop {
            let woken = self.wait(&mut ping).await;
            let alive = match woken {
                Woken::By(first) => {
                    let gathered = gather(first, &mut self.receiver).await;
                    self.pass_on(gathered).await
                }
                Woken::Ping => self.ping().await,
                Woken::End => return,
            };
            if alive.is_err() {
                return;
            }
        }
    }

    /// Nothing that was received is lost here: each branch can be given up without a trace.
    async fn wait(&mut self, ping: &mut Interval) -> Woken {
        tokio::select! {
            first = self.receiver.recv() => Woken::By(first),
            _ = ping.tick() => Woken::Ping,
            _ = self.stop.wait_for(|stop| *stop) => Woken::End,
            () = self.sender.closed() => Woken::End,
        }
    }

    /// The first word, and what was missed since the last visit.
    async fn greet(&mut self) -> Result<(), ()> {
        let missed = match &self.call.last_event_id {
            Some(id) => resume::since(&self.app, id).await,
            None => None,
        };
        self.hello(missed.is_some()).await?;
        match missed {
            Some(changes) => self.pass_on(Gathered::Changes(changes, false)).await,
            None => Ok(()),
        }
    }

    /// `resumed: false` tells the client to look at everything anew.
    async fn hello(&mut self, resumed: bool) -> Result<(), ()> {
        let data = json!({"resumed": resumed, "at": self.app.now().to_string(), "pulse": self.pulse});
        self.send(format!("retry: 2000\nevent: hello\ndata: {data}\n\n")).await
    }

    async fn pass_on(&mut self, gathered: Gathered) -> Result<(), ()> {
        match gathered {
            Gathered::Closed => Err(()),
            Gathered::Missed => self.hello(false).await,
            Gathered::Changes(changes, has_new_model) => {
                let mut text = String::new();
                if has_new_model {
                    text.push_str("event: model\ndata: {}\n\n");
                }
                let seen =
                    if changes.is_empty() { Vec::new() } else { filter::visible(&self.app, &self.call, changes).await.map_err(|_| ())? };
                seen.iter().for_each(|change| change.write(&mut text));
                if text.is_empty() { Ok(()) } else { self.send(text).await }
            }
        }
    }

    async fn ping(&mut self) -> Result<(), ()> {
        door::identify(&self.app, self.call.clone()).await.map_err(|_| ())?;
        // An event and no comment: only so does a browser's page notice a line that has died without a word.
        self.send("event: ping\ndata: {}\n\n".to_string()).await
    }

    async fn send(&mut self, text: String) -> Result<(), ()> {
        self.sender.send(Bytes::from(text)).await.map_err(|_| ())
    }
}

enum Woken {
    By(Result<Notice, RecvError>),
    Ping,
    End,
}

/// After the first notice, waits a moment for others.
async fn gather(first: Result<Notice, RecvError>, receiver: &mut Receiver<Notice>) -> Gathered {
    let mut changes = Vec::new();
    let mut has_new_model = false;
    match first {
        Ok(notice) if notice.channel == RECONNECTED => return Gathered::Missed,
        Ok(notice) if notice.channel == layer::CHANNEL => has_new_model = true,
        Ok(notice) => add(&mut changes, notice),
        Err(RecvError::Lagged(_)) => return Gathered::Missed,
        Err(RecvError::Closed) => return Gathered::Closed,
    }
    let until = Instant::now() + GATHER;
    while changes.len() < BATCH {
        match receiver.try_recv() {
            Ok(notice) if notice.channel == RECONNECTED => return Gathered::Missed,
            Ok(notice) if notice.channel == layer::CHANNEL => has_new_model = true,
            Ok(notice) => add(&mut changes, notice),
            Err(TryRecvError::Lagged(_)) => return Gathered::Missed,
            Err(_) if changes.is_empty() && !has_new_model || Instant::now() >= until => break,
            Err(_) => sleep(GATHER / 5).await,
        }
    }
    Gathered::Changes(changes, has_new_model)
}

/// Counts that several readers brought up to date for one record are one piece of news.
fn add(changes: &mut Vec<Change>, notice: Notice) {
    let Some(change) = Some(notice).filter(|n| n.channel == CHANNEL).and_then(|n| Change::parse(&n.payload)) else { return };
    let same = |c: &&mut Change| c.kind == KEPT && change.kind == KEPT && c.id == change.id;
    match changes.iter_mut().find(same) {
        Some(known) => known.fields.extend(change.fields),
        None => changes.push(change),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(object: &str, fields: &[&str]) -> String {
        json!({"object": object, "id": Id::new().to_string(), "version": 3, "kind": "record.updated", "fields": fields,
               "actor": {"kind": "user", "id": null, "name": "Anna"}, "at": "2026-01-01T00:00:00Z", "event": "e-1"})
        .to_string()
    }

    #[test]
    fn a_change_goes_out_as_one_event_with_the_id_to_resume_from() {
        let change = Change::parse(&notice("deal", &["stage"])).unwrap();
        let mut text = String::new();
        change.write(&mut text);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "id: e-1");
        assert_eq!(lines[1], "event: change");
        let data: Json = serde_json::from_str(lines[2].strip_prefix("data: ").unwrap()).unwrap();
        assert_eq!(
            (&data["object"], &data["version"], &data["fields"], &data["actor"]["name"]),
            (&json!("deal"), &json!(3), &json!(["stage"]), &json!("Anna"))
        );
        assert!(text.ends_with("\n\n"));
    }

    #[test]
    fn counts_of_one_record_are_told_together() {
        let id = Id::new();
        let kept = |field: &str| {
            Notice::new(CHANNEL, json!({"object": "deal", "id": id.to_string(), "kind": KEPT, "fields": [field]}).to_string())
        };
        let mut changes = Vec::new();
        add(&mut changes, kept("open_deals"));
        add(&mut changes, Notice::new(CHANNEL, notice("deal", &["stage"])));
        add(&mut changes, kept("won_amount"));
        add(&mut changes, Notice::new("setting", "{}"));
        assert_eq!(changes.iter().map(|c| c.fields.len()).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn what_is_no_change_of_a_record_is_told_to_nobody() {
        assert!(Change::parse(&notice("user", &["name"])).is_some());
        assert_eq!(Change::parse("nonsense"), None);
    }
}
