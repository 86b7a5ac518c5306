//! HTTP byte by byte, for requests that no client library would send.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::program::Attune;

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Reply {
    /// 0 when the connection was closed without an answer.
    pub(crate) status: u16,
    /// The headers, in lower case, one a line.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Opens a connection.
pub(crate) fn connect(attune: &Attune) -> TcpStream {
    let stream = TcpStream::connect(attune.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    stream
}

/// Sends `bytes` and reads until the server closes.
pub(crate) fn talk(attune: &Attune, bytes: impl AsRef<[u8]>) -> Reply {
    let mut stream = connect(attune);
    // The server may answer, and close, before it has everything.
    let _ = stream.write_all(bytes.as_ref());
    read(&mut stream)
}

/// Reads an answer to its end.
pub(crate) fn read(stream: &mut TcpStream) -> Reply {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    // A connection that is reset ends the answer as well.
    while let Ok(count @ 1..) = stream.read(&mut piece) {
        bytes.extend_from_slice(&piece[..count]);
    }
    parse(&String::from_utf8_lossy(&bytes))
}

/// Reads the head of an answer that goes on.
pub(crate) fn read_head(stream: &mut TcpStream) -> Reply {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        bytes.push(byte[0]);
    }
    parse(&String::from_utf8_lossy(&bytes))
}

fn parse(text: &str) -> Reply {
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    let head = head.lines().map(|line| match line.split_once(':') {
        Some((name, value)) => format!("{}:{value}\n", name.to_lowercase()),
        None => format!("{line}\n"),
    });
    Reply { status, head: head.collect(), body: body.to_owned() }
}

/// A request with these headers, to be answered and closed.
pub(crate) fn request(method: &str, target: &str, headers: &[&str], body: &str) -> String {
    let mut text = format!("{method} {target} HTTP/1.1\r\n");
    for header in headers {
        text += header;
        text += "\r\n";
    }
    text + &format!("connection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// Calls a server function as our own page does.
pub(crate) fn call(attune: &Attune, function: &str, body: &str) -> Reply {
    let host = format!("host: {}", attune.address());
    let headers = [&*host, "content-type: application/json", "accept: application/json"];
    talk(attune, request("POST", &format!("/api/{function}"), &headers, body))
}

/// Makes a prompt with this text and answers its number.
pub(crate) fn create(attune: &Attune, text: &str) -> i64 {
    let prompt = serde_json::json!({"system_instructions": "", "text": text, "plain_names": []});
    let body = serde_json::json!(
        {"title": "T", "tags": [], "prompt": prompt, "values": {}, "note": ""}
    );
    let made = call(attune, "prompts/create", &body.to_string());
    assert_eq!(made.status, 200, "{made:?}");
    let head: serde_json::Value = serde_json::from_str(&made.body).unwrap();
    head["id"].as_i64().unwrap()
}
