//! How a page calls a server function: one request for all of them.

use std::future::Future;
use std::pin::Pin;

use http::Method;
use leptos::server_fn::client::Client;
use leptos::server_fn::codec::Json;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::server::Server;
use leptos::server_fn::{Http, Protocol};
use send_wrapper::SendWrapper;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::AppError;
use crate::browser::fetch;
use crate::wire;

/// JSON in, JSON out, as the framework's own protocol does it: on the server it is that protocol.
/// In the browser that one is compiled anew for every function; here only the reading of the answer
/// is, which keeps 22 KB away (docs/decisions/0020). And where an answer breaks off on its way, the
/// server counts as out of reach; the framework's client would call the answer unreadable.
pub struct Post;

impl<Input, Output, C, S> Protocol<Input, Output, C, S, AppError> for Post
where
    Http<Json, Json>: Protocol<Input, Output, C, S, AppError>,
    Input: Serialize,
    Output: DeserializeOwned,
    C: Client<AppError>,
    S: Server<AppError>,
{
    const METHOD: Method = Method::POST;

    fn run_server<F, Fut>(
        request: S::Request,
        server_fn: F,
    ) -> impl Future<Output = Result<S::Response, AppError>> + Send
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<Output, AppError>> + Send,
    {
        <Http<Json, Json> as Protocol<Input, Output, C, S, AppError>>::run_server(
            request, server_fn,
        )
    }

    fn run_client(
        path: &str,
        input: Input,
    ) -> impl Future<Output = Result<Output, AppError>> + Send {
        let answer = send(path, serde_json::to_string(&input));
        async move { wire::from_str(&answer.await?).map_err(|_| AppError::unreadable()) }
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<String, AppError>> + Send>>;

/// Sends a request and waits for the body of its answer; an answer that is an error becomes one.
fn send(path: &str, body: serde_json::Result<String>) -> Answer {
    let path = path.to_owned();
    Box::pin(SendWrapper::new(async move {
        let body = body.map_err(|error| {
            AppError::from_server_fn_error(ServerFnErrorErr::Serialization(error.to_string()))
        })?;
        let fetch::Answer { status, body } =
            fetch::post(&path, &body).await.ok_or_else(AppError::offline)?;
        if status < 400 {
            return Ok(body);
        }
        Err(wire::from_str(&body).unwrap_or_else(|_| AppError::unreadable()))
    }))
}
