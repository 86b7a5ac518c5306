//! The server over a bare connection, so that nothing but HTTP stands between it and the test.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io;
use std::net::SocketAddr;
use std::time::Instant;

use loopback::{ClosedPort, FaultKind, Loopback, Options, ScriptedAnswer, Status};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends one request and reads the whole response.
async fn send(address: SocketAddr, head: &str, body: &Value) -> String {
    exchange(address, head, body).await.0
}

/// Sends one request and reads the response, and how the connection ended.
async fn exchange(address: SocketAddr, head: &str, body: &Value) -> (String, io::Result<usize>) {
    let body = body.to_string();
    let request = format!(
        "{head} HTTP/1.1\r\nhost: loopback\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len(),
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = Vec::new();
    // A cut connection is an error here; what came before it counts.
    let end = stream.read_to_end(&mut response).await;
    (String::from_utf8_lossy(&response).into_owned(), end)
}

/// Asks a model for a stream in OpenAI's format.
async fn stream(server: &Loopback, model: &str) -> (String, io::Result<usize>) {
    let mut body = openai(model);
    body["stream"] = json!(true);
    exchange(server.address(), "POST /v1/chat/completions", &body).await
}

/// The JSON of a response.
fn document(response: &str) -> Value {
    serde_json::from_str(response.split_once("\r\n\r\n").unwrap().1).unwrap()
}

fn openai(model: &str) -> Value {
    json!({"model": model, "messages": [{"role": "user", "content": "Hello"}]})
}

#[tokio::test]
async fn all_formats_answer_in_one_document_too() {
    let server = Loopback::start().await.unwrap();
    let address = server.address();
    let response = send(address, "POST /v1/chat/completions", &openai("echo")).await;
    assert_eq!(document(&response)["choices"][0]["message"]["content"], "Echo: Hello");

    let body = json!({"contents": [{"parts": [{"text": "Hello"}]}]});
    let response = send(address, "POST /v1beta/models/echo:generateContent", &body).await;
    let answer = document(&response);
    assert_eq!(answer["candidates"][0]["content"]["parts"][0]["text"], "Echo: Hello");

    let response = send(address, "POST /v1/messages", &openai("echo")).await;
    assert_eq!(document(&response)["content"][0]["text"], "Echo: Hello");
}

#[tokio::test]
async fn the_queue_comes_before_the_model_and_its_name() {
    let server = Loopback::start().await.unwrap();
    server.answer_model("echo", ScriptedAnswer::text("Of the model."));
    server.answer_next(Status::error(503));
    let send = async || send(server.address(), "POST /v1/chat/completions", &openai("echo")).await;
    assert!(send().await.starts_with("HTTP/1.1 503"));
    assert!(send().await.contains("Of the model."));
    assert_eq!(server.requests().len(), 2);
    assert_eq!(server.requests()[0].body["model"], "echo");
}

#[tokio::test]
async fn a_cut_stream_keeps_what_was_sent_and_has_no_end() {
    let server = Loopback::start().await.unwrap();
    server.answer_next(ScriptedAnswer::text("One two three").with_fault(2, FaultKind::Cut));
    let mut body = openai("echo");
    body["stream"] = json!(true);
    let response = send(server.address(), "POST /v1/chat/completions", &body).await;
    assert!(response.contains("two ") && !response.contains("three"), "{response}");
    assert!(!response.contains("[DONE]") && !response.ends_with("0\r\n\r\n"));
    assert_eq!(server.disconnects(), 0);
}

#[tokio::test]
async fn options_set_the_number_of_tokens() {
    let options = Options { tokens: Some(5), ..Options::default() };
    let server = Loopback::start_with(options).await.unwrap();
    let response = send(server.address(), "POST /v1/messages", &openai("anything")).await;
    assert_eq!(document(&response)["content"][0]["text"], "token1 token2 token3 token4 token5 ");
}

#[tokio::test]
async fn wrong_keys_and_unknown_paths_are_refused() {
    let server = Loopback::start().await.unwrap();
    let head = "POST /v1/messages HTTP/1.1\r\nx-api-key: wrong\r\nx-more:";
    assert!(send(server.address(), head, &openai("echo")).await.starts_with("HTTP/1.1 401"));
    assert!(send(server.address(), "GET /elsewhere", &json!({})).await.starts_with("HTTP/1.1 404"));
}

#[tokio::test]
async fn a_reset_is_a_real_one() {
    let server = Loopback::start().await.unwrap();
    let (response, end) = stream(&server, "reset").await;
    assert_eq!(end.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    assert_eq!(response, "");
    let (response, end) = stream(&server, "reset-later").await;
    assert_eq!(end.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    assert!(response.contains("three") && !response.contains("four"), "{response}");
}

#[tokio::test]
async fn a_closed_connection_ends_after_its_headers() {
    let server = Loopback::start().await.unwrap();
    let (response, end) = stream(&server, "closed").await;
    assert!(end.is_ok(), "an end in order, but for HTTP");
    assert!(response.starts_with("HTTP/1.1 200") && response.ends_with("\r\n\r\n"), "{response}");
}

#[tokio::test]
async fn a_closed_port_refuses() {
    let port = ClosedPort::take().unwrap();
    let address = port.base_url().replace("http://", "");
    let error = TcpStream::connect(address).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn flaky_models_answer_in_the_end_and_fail_anew() {
    let server = Loopback::start().await.unwrap();
    let mut heads = Vec::new();
    for _ in 0..4 {
        let (response, _) = stream(&server, "flaky-2-429-after-3").await;
        let wait = response.contains("retry-after: 3\r\n");
        heads.push((response[9..12].to_owned(), wait));
    }
    let (bad, good) = (("429".to_owned(), true), ("200".to_owned(), false));
    assert_eq!(heads, [bad.clone(), bad.clone(), good, bad]);
}

#[tokio::test]
async fn waits_are_only_asked_for_where_they_are_named() {
    let server = Loopback::start().await.unwrap();
    let body = json!({"contents": [{"parts": [{"text": "Hello"}]}]});
    let error = async |model: &str| {
        let head = format!("POST /v1beta/models/{model}:streamGenerateContent?alt=sse");
        send(server.address(), &head, &body).await
    };
    let bare = error("error-429").await;
    assert!(!bare.contains("retry-after") && !bare.contains("RetryInfo"), "{bare}");
    let asking = error("error-429-after-7").await;
    assert!(asking.contains("retry-after: 7\r\n") && asking.contains(r#""retryDelay":"7s""#));
}

#[tokio::test]
async fn what_is_huge_is_50_mb() {
    let server = Loopback::start().await.unwrap();
    for model in ["huge", "huge-event"] {
        let (response, _) = stream(&server, model).await;
        assert!((50 << 20..60 << 20).contains(&response.len()), "{model}: {}", response.len());
    }
}

#[tokio::test]
async fn paced_models_answer_all_at_once_in_their_time() {
    let server = Loopback::start().await.unwrap();
    let started = Instant::now();
    let (response, _) = stream(&server, "paced-60").await;
    assert!(started.elapsed().as_millis() >= 60, "{:?}", started.elapsed());
    assert!(response.contains("Echo: ") && response.contains("[DONE]"), "{response}");
    let message = "<current_prompt-abab>\nName uses.\n</current_prompt-abab>\n\n\
        <critique-abab>\nBe kind.\n</critique-abab>\n\nDecide.\n";
    let body = json!({"model": "paced-1", "messages": [{"role": "user", "content": message}]});
    let response = send(server.address(), "POST /v1/chat/completions", &body).await;
    let text = document(&response)["choices"][0]["message"]["content"].to_string();
    assert!(text.contains("<decision-abab>\\nadd\\n"), "{text}");
}

#[tokio::test]
async fn recorded_answers_come_in_every_format() {
    let server = Loopback::start().await.unwrap();
    let (address, model) = (server.address(), "recorded-stories");
    let prompt = "Make a shopping list for shrimp scampi.";
    let mut body = openai(model);
    body["messages"][0]["content"] = prompt.into();
    for path in ["POST /v1/chat/completions", "POST /v1/messages"] {
        assert!(send(address, path, &body).await.contains("Crusty bread"), "{path}");
    }
    let body = json!({"contents": [{"parts": [{"text": prompt}]}]});
    let path = format!("POST /v1beta/models/{model}:streamGenerateContent?alt=sse");
    let response = send(address, &path, &body).await;
    assert!(response.contains(r#""thought":true"#) && response.contains("Crusty "), "{response}");
    let body = json!({"contents": [{"parts": [{"text": "Something else"}]}]});
    assert!(send(address, &path, &body).await.contains("Echo: "));
}
