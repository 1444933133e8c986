//! PostgreSQL: a pool of connections, used by blocking threads through the runtime's handle.
//!
//! A workspace is a schema; every connection of its pool is set to it when it is made, and belongs to no other.

mod bind;
mod error;
mod listen;
mod numeric;
pub(crate) mod read;
mod session;
mod tls;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base::{Code, Error, Id, Result};
use deadpool_postgres::{Client, Hook, HookError, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime as PoolRuntime};
use tokio::runtime::{Handle, Runtime};
use tokio::task::JoinHandle;

pub(crate) use session::Session;

use crate::notice::{Hub, Notice};
use crate::tx::Session as AnySession;
use crate::worker::guarded;
use crate::{Dialect, Options, Param, Sql, Tx};
use error::{cannot_connect, from_pool, translate};
use listen::Listener;
use tls::Address;

/// How long to wait for a free connection.
const PATIENCE: Duration = Duration::from_secs(30);
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// Statements that a connection keeps prepared before it forgets all.
const STATEMENTS: usize = 500;
const OLDEST_VERSION: u32 = 150_000;

pub(crate) struct Database {
    pool: Pool,
    address: Address,
    handle: Handle,
    /// Ours, where none was given.
    runtime: Mutex<Option<Runtime>>,
    listener: JoinHandle<()>,
    channel: String,
    sender: String,
    hub: Hub,
    limit: Duration,
}

impl Database {
    pub fn open(url: &str, options: &Options, hub: Hub) -> Result<Self> {
        let mut address = Address::parse(url)?;
        address.config.application_name("legame").connect_timeout(CONNECT_LIMIT);
        let runtime = if options.runtime.is_none() { Some(own_runtime()?) } else { None };
        let handle = options.runtime.clone().or_else(|| runtime.as_ref().map(|r| r.handle().clone())).ok_or_else(crate::worker::closed)?;
        let workspace = &options.workspace;
        let channel = format!("lg_{workspace}");
        let sender = Id::new().to_string();
        let (pool, listener) = handle.block_on(async {
            prepare_schema(&address, workspace).await?;
            let pool = pool(&address, options)?;
            let listener = Listener { address: address.clone(), channel: channel.clone(), sender: sender.clone(), hub: hub.clone() };
            Ok::<_, Error>((pool, listener.start().await?))
        })?;
        Ok(Database { pool, address, handle, runtime: Mutex::new(runtime), listener, channel, sender, hub, limit: options.read_limit })
    }

    pub fn read<T>(&self, f: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let mut tx = self.take(Some(self.limit))?;
        let outcome = guarded(|| f(&mut tx));
        self.give_back(tx, true);
        outcome
    }

    pub fn write<T>(&self, f: &mut impl FnMut(&mut Tx) -> Result<T>) -> Result<T> {
        let mut tx = self.take(None)?;
        let outcome = guarded(|| {
            tx.execute_later(vec![Sql::raw(Dialect::Postgres, "begin isolation level read committed")])?;
            f(&mut tx)
        });
        let outcome = tx.ended(outcome).and_then(|value| self.tell(&mut tx).map(|()| value));
        let outcome = outcome.and_then(|value| if is_gone(&tx) { Err(lost()) } else { Ok(value) });
        if outcome.is_err() {
            let is_sound = control(&mut tx, "rollback").is_ok();
            self.give_back(tx, is_sound);
            return outcome;
        }
        let committed = control(&mut tx, "commit").map_err(unsure);
        let notices = std::mem::take(&mut tx.notices);
        self.give_back(tx, committed.is_ok());
        committed?;
        self.hub.publish(notices);
        outcome
    }

    /// Sends the notices with the transaction: PostgreSQL delivers them when it commits.
    fn tell(&self, tx: &mut Tx) -> Result<()> {
        if tx.notices.is_empty() {
            return Ok(());
        }
        let packed: Vec<String> = tx.notices.iter().map(|notice: &Notice| listen::pack(&self.sender, notice)).collect();
        let text = "select pg_notify(?1, payload) from unnest(?2::text[]) as payload";
        tx.each(&Sql::fill(Dialect::Postgres, text, [Param::from(self.channel.as_str()), packed.into()]), &mut |_| Ok(()))
    }

    /// Outside a transaction, as `concurrently` wants it. What a broken attempt left behind is dropped first.
    pub fn build_index(&self, name: &str, drop: &Sql, create: &Sql) -> Result<()> {
        let find = Sql::fill(Dialect::Postgres, include_str!("broken_index.sql"), [name.into()]);
        let mut tx = self.take(None)?;
        let outcome = guarded(|| {
            if tx.first(&find, |_| Ok(()))?.is_some() {
                tx.define(drop)?;
            }
            tx.define(create).inspect_err(|_| {
                // The error is told; a broken index that could not be dropped is found the next time.
                let _ = control(&mut tx, drop.text());
            })
        });
        self.give_back(tx, true);
        outcome
    }

    fn take(&self, limit: Option<Duration>) -> Result<Tx> {
        let client: Client = self.handle.block_on(self.pool.get()).map_err(from_pool)?;
        if client.statement_cache.size() > STATEMENTS {
            client.statement_cache.clear();
        }
        let session = AnySession::Postgres(Session {
            client,
            runtime: self.handle.clone(),
            limit,
            tls: self.address.tls.clone(),
            is_broken: false,
            waiting: Vec::new(),
        });
        Ok(if limit.is_some() { Tx::reading(session) } else { Tx::writing(session) })
    }

    /// A connection in doubt is closed instead.
    fn give_back(&self, tx: Tx, is_sound: bool) {
        if let AnySession::Postgres(session) = tx.session
            && (!is_sound || session.is_broken)
        {
            drop(Object::take(session.client));
        }
    }

    pub fn close(&self) {
        self.listener.abort();
        self.pool.close();
        if let Some(runtime) = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take() {
            runtime.shutdown_background();
        }
    }
}

fn control(tx: &mut Tx, text: &str) -> Result<()> {
    match &mut tx.session {
        AnySession::Postgres(session) => session.control(text),
        AnySession::Sqlite(_) => Err(Error::internal("the pool of PostgreSQL has another connection")),
    }
}

fn is_gone(tx: &Tx) -> bool {
    matches!(&tx.session, AnySession::Postgres(session) if session.client.is_closed())
}

/// Before the commit was sent, so that nothing was saved.
fn lost() -> Error {
    Error::new(Code::Unavailable, "The connection to the database was lost; please try again").retryable()
}

/// When the connection breaks during a commit nobody knows whether it took place, so it is not simply run again.
fn unsure(error: Error) -> Error {
    if error.cause().and_then(|c| c.downcast_ref::<tokio_postgres::Error>()).is_some_and(|e| e.as_db_error().is_some()) {
        return error;
    }
    let message = "The connection to the database was lost; the change may or may not have been saved, please look before you repeat it";
    Error::new(Code::Unavailable, message).with_source(format!("{error:?}"))
}

fn own_runtime() -> Result<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).thread_name("store-postgres").enable_all().build()?)
}

/// Makes the schema where it is missing; several processes may do so at once.
async fn prepare_schema(address: &Address, workspace: &str) -> Result<()> {
    let (client, connection) = address.config.connect(address.tls.clone()).await.map_err(cannot_connect)?;
    let link = tokio::spawn(connection);
    let text = format!(
        "begin;
        select pg_advisory_xact_lock(hashtext('legame schema'));
        do $$ begin
          if not exists (select from pg_namespace where nspname = '{workspace}') then
            create schema \"{workspace}\";
          end if;
        end $$;
        commit"
    );
    let version = client.query_one("select current_setting('server_version_num')::int", &[]).await.map_err(|e| translate(e, "version"))?;
    let version = u32::try_from(version.try_get::<_, i32>(0)?).unwrap_or(0);
    if version < OLDEST_VERSION {
        return Err(Error::new(Code::Unavailable, format!("PostgreSQL 15 or newer is needed; this server is {}", version / 10_000)));
    }
    client.batch_execute(&text).await.map_err(|e| translate(e, &text))?;
    drop(client);
    // It ends with the client; how does not matter.
    let _ = link.await;
    Ok(())
}

fn pool(address: &Address, options: &Options) -> Result<Pool> {
    let manager =
        Manager::from_config(address.config.clone(), address.tls.clone(), ManagerConfig { recycling_method: RecyclingMethod::Fast });
    // Many ask at once, so workers that help one with a middling question cost more than they give.
    let settings = format!(
        "set search_path to \"{}\";
        set timezone to 'UTC';
        set client_min_messages to warning;
        set jit to off;
        set parallel_setup_cost to 20000;
        set idle_in_transaction_session_timeout to '5min'",
        options.workspace
    );
    let prepare = Hook::async_fn(move |client: &mut deadpool_postgres::ClientWrapper, _| {
        let settings = settings.clone();
        Box::pin(async move { client.batch_execute(&settings).await.map_err(HookError::Backend) })
    });
    Pool::builder(manager)
        .max_size(options.connections.max(1))
        .runtime(PoolRuntime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(CONNECT_LIMIT))
        .post_create(prepare)
        .build()
        .map_err(|e| Error::internal(e.to_string()))
}
