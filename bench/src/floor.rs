//! The floor: bare handlers, in a process of their own like the server.

use std::io::Write;

use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use axum::{Json, Router};
use serde_json::Value;
use tokio::net::TcpListener;

/// Prints its address and serves until it is ended.
pub(crate) async fn serve() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let router = Router::new().route("/bytes/{size}", get(bytes)).route("/json", post(json));
    Ok(axum::serve(listener, router).await?)
}

/// As many bytes as asked for.
async fn bytes(Path(size): Path<usize>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], vec![b' '; size])
}

/// Reads JSON and answers it.
async fn json(Json(body): Json<Value>) -> Json<Value> {
    Json(body)
}
