//! The loop that accepts connections, and the end of it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::ConnectInfo;
use axum::http::Request;
use base::Result;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use kernel::workspace::layer;
use kernel::{Engine, setting};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast::error::RecvError;
use tower::ServiceExt;

use crate::app::{App, Options, Shared};
use crate::door;
use crate::router::router;

/// After an error that is not of one connection, such as too many open files.
const REST: Duration = Duration::from_millis(500);

/// Serves until `shutdown` is done, then lets requests in hand end. Prints nothing.
pub async fn serve(engine: Arc<Engine>, listener: TcpListener, options: Options, shutdown: impl Future<Output = ()>) -> Result<()> {
    let app = App::new(engine, options);
    let routes = router(Arc::clone(&app));
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(app.options.header_time_limit);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(200).keep_alive_interval(Some(Duration::from_secs(30)));
    let graceful = GracefulShutdown::new();
    let following = tokio::spawn(follow_workspace(Arc::clone(&app)));
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let service = service(routes.clone(), peer);
                let connection = builder.serve_connection_with_upgrades(io(stream), service).into_owned();
                let connection = graceful.watch(connection);
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended early");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(REST).await;
            }
        }
    }
    drop(listener);
    app.live.stop();
    following.abort();
    if tokio::time::timeout(app.options.stop_time_limit, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time and were broken off");
    }
    Ok(())
}

fn io(stream: TcpStream) -> TokioIo<TcpStream> {
    // Small answers must not wait for more to send with them; where it cannot be set, they are only slower.
    let _ = stream.set_nodelay(true);
    TokioIo::new(stream)
}

type Service = hyper_util::service::TowerToHyperService<
    tower::util::BoxCloneService<Request<Incoming>, axum::response::Response, std::convert::Infallible>,
>;

fn service(routes: Router, peer: std::net::SocketAddr) -> Service {
    let service = tower::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        routes.clone().oneshot(request)
    });
    hyper_util::service::TowerToHyperService::new(tower::util::BoxCloneService::new(service))
}

/// Another process may change the workspace's settings and declarations.
async fn follow_workspace(app: Shared) {
    let mut notices = app.engine.store().subscribe();
    loop {
        match notices.recv().await {
            Ok(notice) if [setting::CHANNEL, layer::CHANNEL, store::RECONNECTED].contains(&notice.channel.as_str()) => {}
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
            Ok(_) => continue,
        }
        match app.engine.store().read_async(setting::load).await {
            Ok(settings) => app.engine.set_settings(settings),
            Err(error) => tracing::warn!(%error, "changed settings could not be read"),
        }
        let engine = Arc::clone(&app.engine);
        if let Err(error) = door::blocking(move || layer::reload(&engine)).await {
            tracing::warn!(%error, "changed declarations could not be read");
        }
    }
}
