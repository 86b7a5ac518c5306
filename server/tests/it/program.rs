//! Starting the program and talking plain HTTP to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A running server with a data folder of its own.
pub(crate) struct Attune {
    process: Child,
    address: String,
    data: Data,
}

/// Its data folder: one of its own, or one that outlives it.
enum Data {
    Own(TempDir),
    Given(PathBuf),
}

/// What the server answered.
pub(crate) struct HttpResponse {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl HttpResponse {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

impl Attune {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut attune = Self::start_in(folder.path(), &[]);
        attune.data = Data::Own(folder);
        attune
    }

    pub(crate) fn start_in(data: &Path, environment: &[(&str, &str)]) -> Self {
        Self::start_by(Self::command(data), data, environment)
    }

    /// Starts the server by a command that works on `data`.
    pub(crate) fn start_by(
        mut command: Command,
        data: &Path,
        environment: &[(&str, &str)],
    ) -> Self {
        let mut process =
            command.envs(environment.iter().copied()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next());
        let address = address.unwrap_or_else(|| panic!("it said: {line}")).to_owned();
        Self { process, address, data: Data::Given(data.to_owned()) }
    }

    /// The program with no model but the demo model.
    pub(crate) fn command(data: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_attune"));
        command.env_clear().env("OLLAMA_HOST", "127.0.0.1:9").arg("--data").arg(data);
        command.env("ATTUNE_LOG", "warn").env("ATTUNE_ADDR", "127.0.0.1:0");
        command
    }

    pub(crate) fn address(&self) -> String {
        self.address.clone()
    }

    /// What it writes to standard error, where that was piped.
    pub(crate) fn stderr(&mut self) -> ChildStderr {
        self.process.stderr.take().unwrap()
    }

    pub(crate) fn data(&self) -> &Path {
        match &self.data {
            Data::Own(folder) => folder.path(),
            Data::Given(path) => path,
        }
    }

    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> HttpResponse {
        request(&self.address, "GET", path, headers, "").and_then(read).unwrap()
    }

    pub(crate) fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> HttpResponse {
        request(&self.address, "POST", path, headers, body).and_then(read).unwrap()
    }

    /// Waits until the newest run of a prompt has output.
    pub(crate) fn wait_for_output(&self, prompt: i64) {
        let started = Instant::now();
        let body = format!(r#"{{"id":{prompt}}}"#);
        while started.elapsed() < Duration::from_secs(10) {
            let json = [("content-type", "application/json")];
            let workbench = self.post("/api/workbench/load", &json, &body);
            if !workbench.body.contains(r#""output":"""#) {
                return;
            }
            std::thread::park_timeout(Duration::from_millis(50));
        }
        panic!("no output came");
    }

    /// Ends it at once (SIGKILL), as a crash does.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Sends SIGTERM and waits for the end.
    pub(crate) fn terminate(&mut self) -> ExitStatus {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.process.wait().unwrap()
    }
}

impl Drop for Attune {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Sends a request and leaves the answer in the stream.
pub(crate) fn request(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> std::io::Result<TcpStream> {
    let mut stream = TcpStream::connect(address)?;
    let mut head = format!("{method} {path} HTTP/1.0\r\nhost: {address}\r\n");
    for (name, value) in headers {
        head += &[name, ": ", value, "\r\n"].concat();
    }
    head += &["content-length: ", &body.len().to_string(), "\r\n\r\n"].concat();
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    Ok(stream)
}

/// Lets time pass, all of it.
pub(crate) fn pause(time: Duration) {
    let started = Instant::now();
    while let Some(rest) = time.checked_sub(started.elapsed()).filter(|rest| !rest.is_zero()) {
        std::thread::park_timeout(rest);
    }
}

/// Reads an answer to its end. One that breaks off is an error.
pub(crate) fn read(mut stream: TcpStream) -> std::io::Result<HttpResponse> {
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    parse(&text).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
}

fn parse(text: &str) -> Option<HttpResponse> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let answer = HttpResponse { status, headers, body: body.to_owned() };
    let promised = answer.header("content-length").and_then(|length| length.parse().ok());
    promised.is_none_or(|length: usize| length == body.len()).then_some(answer)
}
