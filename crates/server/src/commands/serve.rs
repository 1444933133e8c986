//! `legame serve`.

use std::sync::Arc;

use base::{Error, Result};
use kernel::Engine;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{Place, Serve};

pub fn run(place: &Place, options: &Serve) -> Result<()> {
    start_logging();
    let demo = options.demo.as_deref();
    let store = store::Options { is_server: true, ..store::Options::default() };
    let engine = super::open_with(place, demo.is_some(), store)?;
    if let Some(size) = demo.filter(|_| !engine.settings().is_set_up) {
        if size == "small" { sample::load_small(&engine)? } else { sample::load(&engine)? }
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build()?;
    let readers = kernel::reader::start(&engine)?;
    let served = runtime.block_on(listen(Arc::clone(&engine), options));
    readers.stop();
    engine.store().close();
    served
}

async fn listen(engine: Arc<Engine>, options: &Serve) -> Result<()> {
    let listener = TcpListener::bind(&options.listen)
        .await
        .map_err(|e| Error::invalid(format!("Cannot listen on {}: {e}. Choose another address with --listen", options.listen)))?;
    let address = listener.local_addr()?;
    if options.demo.is_some() {
        tokio::task::block_in_place(|| super::welcome::print(&engine, address))?;
    }
    println!("listening on http://{address}");
    let options = http::Options {
        imports: Some(&crate::imports::IMPORTS),
        remove_sample: Some(crate::imports::remove_sample),
        ..http::Options::default()
    };
    http::serve(engine, listener, options, stopped()).await
}

/// Ends when the operator asks for it.
async fn stopped() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
}

fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("LEGAME_LOG").unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
