//! The client: one HTTP/1.1 connection that is kept, and as little work per answer as possible.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// How long a connection may be idle. The server closes idle ones, too; a request that is sent at that
/// moment would get no answer.
const IDLE: Duration = Duration::from_secs(2);

/// A connection that is kept while it is in use, and opened again after a pause.
pub(crate) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    address: String,
    /// When the last request was sent.
    used: Instant,
}

impl Connection {
    /// Connects to `host:port`.
    pub(crate) async fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            // Whoever waits for an answer sees the error, too.
            let _ = connection.await;
        });
        Ok(Self { sender, address: address.to_owned(), used: Instant::now() })
    }

    /// Reads `path` as a browser asks for it; returns the whole body, as it came over the wire.
    pub(crate) async fn get(&mut self, path: &str) -> anyhow::Result<Bytes> {
        let request = self.begin("GET", path).header(header::ACCEPT, "text/html");
        let response = self.send(request.body(Full::default())?).await?;
        Ok(response.into_body().collect().await?.to_bytes())
    }

    /// Sends JSON to `path`; returns the whole answer.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        body: impl Into<Bytes>,
    ) -> anyhow::Result<Bytes> {
        let response = self.start_post(path, body).await?;
        Ok(response.into_body().collect().await?.to_bytes())
    }

    /// Sends JSON to `path` as a program does, which takes no compression; returns what is answered.
    pub(crate) async fn ask(&mut self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self.begin("POST", path).header(header::ACCEPT, "application/json");
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let mut request = request.body(Full::new(body.to_string().into()))?;
        request.headers_mut().remove(header::ACCEPT_ENCODING);
        let response = self.send(request).await?;
        Ok(serde_json::from_slice(&response.into_body().collect().await?.to_bytes())?)
    }

    /// Sends JSON to `path`; returns the answer when its headers are there.
    pub(crate) async fn start_post(
        &mut self,
        path: &str,
        body: impl Into<Bytes>,
    ) -> anyhow::Result<Response<Incoming>> {
        let request = self.begin("POST", path).header(header::ACCEPT, "application/json");
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Full::new(body.into()))?).await
    }

    /// Opens an event stream for one of many people: the bench is the proxy that they all come
    /// through, and says who it is, because the server limits the streams of each.
    pub(crate) async fn events(mut self, path: &str, person: u32) -> anyhow::Result<Events> {
        let address = Ipv4Addr::from_bits(Ipv4Addr::new(10, 0, 0, 1).to_bits() + person);
        let request = self
            .begin("GET", path)
            .header(header::ACCEPT, "text/event-stream")
            .header("x-forwarded-for", address.to_string());
        let response = self.send(request.body(Full::default())?).await?;
        Ok(Events { body: response.into_body(), _connection: self })
    }

    fn begin(&self, method: &str, path: &str) -> hyper::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.address)
            .header(header::ACCEPT_ENCODING, "gzip, deflate, br")
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> anyhow::Result<Response<Incoming>> {
        let path = request.uri().to_string();
        if self.used.elapsed() > IDLE || self.sender.ready().await.is_err() {
            *self = Self::open(&self.address).await?;
        }
        self.used = Instant::now();
        let response = self.sender.send_request(request).await.with_context(|| path.clone())?;
        if response.status() != StatusCode::OK {
            let status = response.status();
            let body = response.into_body().collect().await?.to_bytes();
            bail!("{path} answered {status}: {}", String::from_utf8_lossy(&body));
        }
        Ok(response)
    }
}

/// An open event stream. Its connection closes when it is dropped.
pub(crate) struct Events {
    pub(crate) body: Incoming,
    _connection: Connection,
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// A server that closes each connection after one answer.
    async fn serve(listener: TcpListener) -> std::io::Result<()> {
        loop {
            let (mut stream, _) = listener.accept().await?;
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).await?;
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await?;
        }
    }

    #[tokio::test]
    async fn a_connection_that_the_server_closed_is_opened_again() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(serve(listener));
        let mut connection = Connection::open(&address).await.unwrap();
        for _ in 0..3 {
            assert_eq!(connection.get("/").await.unwrap(), "ok");
            while connection.sender.ready().await.is_ok() {
                tokio::task::yield_now().await;
            }
        }
    }
}
