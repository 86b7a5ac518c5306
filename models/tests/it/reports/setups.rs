//! Addresses, certificates and proxies as people set them up.

use std::io;
use std::process::Command;
use std::sync::Arc;

use align::model::{ModelRef, Settings};
use expect_test::expect;
use futures_util::StreamExt;
use loopback::{Loopback, Options};
use models::{Config, Models};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::body;
use crate::fixture::{conversation, failure, written};

/// Models of one endpoint.
async fn endpoint(entry: &str) -> Models {
    let mut config = Config { retries: models::Retries::none(), ..Config::default() };
    config
        .read_endpoints(&format!("[[endpoint]]\nname = 'lab'\nlabel = 'Lab cluster'\n{entry}"))
        .unwrap();
    Models::connect(config).await.unwrap()
}

async fn answer(models: &Models) -> String {
    written(models.stream(&ModelRef::new("lab", "m-1"), conversation(), Settings::default())).await
}

#[tokio::test]
async fn report_15_models_are_listed_as_a_bare_array() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let list = String::from_utf8(body("15-models-bare-array.json")).unwrap();
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let _ = connection.read(&mut [0; 4096]).await;
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
            let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{list}", list.len());
            let _ = connection.write_all(answer.as_bytes()).await;
        }
    });
    let models = endpoint(&format!("base_url = 'http://{address}'")).await;
    let lab = models.providers().await.remove(0);
    assert_eq!(lab.problem, None);
    let names: Vec<_> = lab.models.iter().map(|info| info.model.to_string()).collect();
    assert_eq!(names, ["lab/org/model-a", "lab/org/model-b"]);
}

#[tokio::test]
async fn report_15_slashes_belong_to_the_name() {
    let options = Options { models: vec!["org/model-a".to_owned()], ..Options::default() };
    let server = Loopback::start_with(options).await.unwrap();
    let models = endpoint(&format!("base_url = '{}'", server.base_url())).await;
    models.providers().await;
    let typed = "org/model-a".parse().unwrap();
    written(models.stream(&typed, conversation(), Settings::default())).await;
    let requests = server.requests();
    assert_eq!(requests.last().unwrap().body["model"], "org/model-a");
}

#[tokio::test]
async fn report_18_azure_has_parameters_and_a_header_of_its_own() {
    let server = Loopback::start().await.unwrap();
    let address = server.base_url();
    let base_url = format!("{address}/openai/deployments/dep?api-version=2024-10-21");
    let models = endpoint(&format!("base_url = '{base_url}'\napi_key = 'azure-key'")).await;
    assert_eq!(answer(&models).await, "Echo: Name it.|Stop Some((7, 3, 0))");
    let lab = models.providers().await.remove(0);
    assert_eq!(lab.models[0].model.to_string(), "lab/dep");
    assert!(!lab.base_url.unwrap().contains("api-version"));
    let request = server.requests().pop().unwrap();
    assert_eq!(request.path, "/openai/deployments/dep/chat/completions");
    assert_eq!(request.query, "api-version=2024-10-21");
    assert_eq!(request.header("api-key"), Some("azure-key"));
    assert_eq!(request.header("authorization"), None);
}

#[tokio::test]
async fn report_21_a_base_url_may_be_the_address_of_a_call() {
    for path in ["", "/", "/v1", "/v1/", "/v1/chat/completions", "/v1/models"] {
        let server = Loopback::start().await.unwrap();
        let models = endpoint(&format!("base_url = '{}{path}'", server.base_url())).await;
        assert_eq!(answer(&models).await, "Echo: Name it.|Stop Some((7, 3, 0))", "{path}");
        assert_eq!(server.requests().pop().unwrap().path, "/v1/chat/completions");
    }
}

#[tokio::test]
async fn endpoints_have_headers_and_parameters_of_their_own() {
    let server = Loopback::start().await.unwrap();
    let base_url = server.openai_base_url();
    let entry = format!(
        "base_url = '{base_url}'\nheaders = {{ x-team = 'writing' }}\nquery = {{ v = 'a b' }}"
    );
    let models = endpoint(&entry).await;
    answer(&models).await;
    models.providers().await;
    for request in server.requests() {
        assert_eq!(request.header("x-team"), Some("writing"));
        assert_eq!(request.query, "v=a+b");
    }
}

/// A server on 127.0.0.1 with a certificate of `tests/certificates`; gives its port.
async fn secure(certificate: &str) -> u16 {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/certificates");
    let chain = CertificateDer::from_pem_file(format!("{folder}/{certificate}.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(format!("{folder}/{certificate}-key.pem")).unwrap();
    let config = rustls::ServerConfig::builder().with_no_client_auth();
    let acceptor = TlsAcceptor::from(Arc::new(config.with_single_cert(vec![chain], key).unwrap()));
    let server = Loopback::start().await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut secured) = acceptor.accept(stream).await else { continue };
            let mut plain = TcpStream::connect(server.address()).await.unwrap();
            let _ = copy_bidirectional(&mut secured, &mut plain).await;
        }
    });
    port
}

/// What a call over TLS comes to, without its port.
async fn call_secure(certificate: &str, ca_file: Option<&str>) -> String {
    let port = secure(certificate).await;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/certificates");
    let mut config = Config {
        ca_file: ca_file.map(|file| format!("{folder}/{file}.pem").into()),
        retries: models::Retries::none(),
        ..Config::default()
    };
    let entry = format!(
        "[[endpoint]]\nname = 'lab'\nlabel = 'Lab cluster'\nbase_url = 'https://127.0.0.1:{port}'"
    );
    config.read_endpoints(&entry).unwrap();
    let models = Models::connect(config).await.unwrap();
    answer(&models).await.replace(&port.to_string(), "PORT")
}

#[tokio::test]
async fn report_20_a_certificate_that_nobody_trusts_is_named_and_can_be_trusted() {
    expect!["!Unreachable The certificate of Lab cluster at 127.0.0.1:PORT is not accepted: nobody that this machine trusts has signed it. Install the certificates of authorities (the package ca-certificates), or name the file (PEM) of the one that signed it in ATTUNE_CA_FILE, and start Attune again."].assert_eq(&call_secure("signed", None).await);
    expect!["!Unreachable The certificate of Lab cluster at 127.0.0.1:PORT is not accepted: it is one of an authority (CA:TRUE), not of a server. Give the server a certificate of its own (CA:FALSE), signed by that authority, and name the authority's file (PEM) in ATTUNE_CA_FILE."].assert_eq(&call_secure("own", Some("own")).await);
    assert_eq!(
        call_secure("signed", Some("authority")).await,
        "Echo: Name it.|Stop Some((7, 3, 0))"
    );
}

#[tokio::test]
async fn a_file_of_certificates_that_is_none_is_named() {
    let config = |file: &str| Config { ca_file: Some(file.into()), ..Config::default() };
    let error = Models::connect(config("/nowhere/ca.pem")).await.err().unwrap();
    assert!(
        error.to_string().starts_with("ATTUNE_CA_FILE: /nowhere/ca.pem cannot be read"),
        "{error}"
    );
    let error = Models::connect(config(file!())).await.err().unwrap();
    assert!(error.to_string().contains("ATTUNE_CA_FILE: "), "{error}");
}

/// Runs a test again as a process of its own with these variables. False in that process.
fn in_own_process(test: &str, variables: &[(&str, &str)]) -> bool {
    if std::env::var_os("ATTUNE_TEST_PROCESS").is_some() {
        return false;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("reports::setups::{test}"), "--nocapture"]);
    command.env("ATTUNE_TEST_PROCESS", "1").envs(variables.iter().copied());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

#[tokio::test]
async fn report_04_certificates_are_needed_by_https_alone() {
    let name = "report_04_certificates_are_needed_by_https_alone";
    let nowhere = "/nonexistent";
    if in_own_process(name, &[("SSL_CERT_FILE", nowhere), ("SSL_CERT_DIR", nowhere)]) {
        return;
    }
    let server = Loopback::start().await.unwrap();
    let models = endpoint(&format!("base_url = '{}'", server.base_url())).await;
    assert_eq!(answer(&models).await, "Echo: Name it.|Stop Some((7, 3, 0))");
    let refused = call_secure("signed", None).await;
    assert_eq!(
        refused,
        "!Unreachable The certificate of Lab cluster at 127.0.0.1:PORT is not accepted: this machine has no \
         certificates of authorities to check it with. Install the certificates of authorities (the package \
         ca-certificates), or name the file (PEM) of the one that signed it in ATTUNE_CA_FILE, and start Attune \
         again."
    );
}

#[tokio::test]
async fn report_22_a_dead_proxy_is_named() {
    let name = "report_22_a_dead_proxy_is_named";
    if in_own_process(
        name,
        &[
            ("HTTP_PROXY", "http://me:secret@127.0.0.1:9"),
            ("http_proxy", "http://me:secret@127.0.0.1:9"),
        ],
    ) {
        return;
    }
    let models = endpoint("base_url = 'http://provider.example'").await;
    assert_eq!(
        answer(&models).await,
        "!Unreachable Lab cluster at provider.example:80 cannot be reached through the proxy 127.0.0.1:9: \
         connection refused. Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, or name the host in NO_PROXY, and \
         start Attune again."
    );
}

/// A SOCKS proxy that takes every client to one server, whatever host it names.
async fn socks(listener: std::net::TcpListener, server: std::net::SocketAddr) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (mut client, _) = listener.accept().await?;
        let mut greeting = [0; 2];
        client.read_exact(&mut greeting).await?;
        client.read_exact(&mut vec![0; usize::from(greeting[1])]).await?;
        client.write_all(&[5, 0]).await?;
        let mut request = [0; 5];
        client.read_exact(&mut request).await?;
        assert_eq!(request[3], 3, "the proxy looks the name up");
        client.read_exact(&mut vec![0; usize::from(request[4]) + 2]).await?;
        client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
        let mut plain = TcpStream::connect(server).await?;
        tokio::spawn(async move { copy_bidirectional(&mut client, &mut plain).await });
    }
}

#[tokio::test]
async fn report_22_socks_proxies_are_followed() {
    let name = "report_22_socks_proxies_are_followed";
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = match std::env::var("ATTUNE_TEST_SOCKS") {
        Ok(port) => port.parse().unwrap(),
        Err(_) => listener.local_addr().unwrap().port(),
    };
    let proxy = format!("socks5h://127.0.0.1:{port}");
    if std::env::var_os("ATTUNE_TEST_PROCESS").is_none() {
        // The port is free again for the other process.
        drop(listener);
        let variables = [("ALL_PROXY", &*proxy), ("ATTUNE_TEST_SOCKS", &*port.to_string())];
        assert!(in_own_process(name, &variables));
        return;
    }
    let server = Loopback::start().await.unwrap();
    let listener = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
    tokio::spawn(socks(listener, server.address()));
    let models = endpoint("base_url = 'http://provider.example'").await;
    assert_eq!(answer(&models).await, "Echo: Name it.|Stop Some((7, 3, 0))");
}

#[tokio::test]
async fn a_listing_that_fails_names_the_certificate_too() {
    let port = secure("signed").await;
    let models = endpoint(&format!("base_url = 'https://127.0.0.1:{port}'")).await;
    let problem = models.providers().await.remove(0).problem.unwrap();
    assert!(problem.message.contains("is not accepted"), "{}", problem.message);
    let mut stream = models.stream(&ModelRef::new("lab", "m"), conversation(), Settings::default());
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(failure(&error).contains("ATTUNE_CA_FILE"));
}
