//! Accepting connections. `axum::serve` waits for ever for a client that sends half a request, and
//! takes any number of them; so the loop is ours, with hyper's HTTP/1.1 below it.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

use super::clients::{Clients, Full, Place};
use super::limits;

/// How long to wait after a failed accept, e.g. because the process may open no more files.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a client that is refused has to read the reason.
const GOODBYE: Duration = Duration::from_secs(1);

/// Where a request came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Serves connections until `shutdown` completes, then waits for those that are open. Idle ones are
/// closed at once.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    let clients = Clients::new(limits::MAX_CONNECTIONS, limits::MAX_CONNECTIONS_PER_CLIENT);
    let open = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, peer)) => meet(stream, peer, &router, &clients, &open),
            Err(error) => rest(&error).await,
        }
    }
    drop(listener);
    open.shutdown().await;
}

/// A client that leaves before it is accepted is not an error. After any other error accepting pauses
/// for a moment, in which e.g. an open file may become free.
async fn rest(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "could not accept a connection");
        sleep(PAUSE).await;
    }
}

fn meet(
    stream: TcpStream,
    peer: SocketAddr,
    router: &Router,
    clients: &Clients,
    open: &GracefulShutdown,
) {
    // Small writes (an event, a header) leave at once instead of waiting for an ACK.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "could not set TCP_NODELAY");
    }
    let address = peer.ip().to_canonical();
    let place =
        if address.is_loopback() { clients.enter_exempt(address) } else { clients.enter(address) };
    match place {
        Ok(place) => talk(stream, peer, router.clone(), place, open),
        Err(full) => {
            tracing::warn!(%address, "turned a connection away: too many are open");
            tokio::spawn(timeout(GOODBYE, turn_away(stream, full)));
        }
    }
}

fn talk(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    place: Place,
    open: &GracefulShutdown,
) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        let answer = router.clone().oneshot(request);
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits::HEAD_TIME)
        .max_headers(limits::MAX_HEADERS)
        .max_buf_size(limits::MAX_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let connection = open.watch(connection);
    tokio::spawn(async move {
        let _place = place;
        if let Err(error) = connection.await {
            // Clients leave in the middle, send what is no HTTP, or take too long: all of it theirs.
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

/// Says why, and reads on for a moment: closing a connection with unread data discards the answer.
async fn turn_away(mut stream: TcpStream, full: Full) -> io::Result<()> {
    let sentence = match full {
        Full::Client => "Too many connections from this address are open. Close some of them.\n",
        Full::Server => "Too many connections are open. Try again in a moment.\n",
    };
    let status =
        if full == Full::Client { "429 Too Many Requests" } else { "503 Service Unavailable" };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {}\r\n\
         retry-after: 2\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\n\
         content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n\
         connection: close\r\n\r\n",
        sentence.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(sentence.as_bytes()).await?;
    stream.shutdown().await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    Ok(())
}
