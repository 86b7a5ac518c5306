//! Providers that are connected while the server runs.

use std::sync::Arc;

use align::model::{ModelRef, Settings};
use align::record::ProviderKind;
use futures_util::StreamExt;
use loopback::Loopback;
use models::{ApiKey, BaseUrl, Config, ConfigError, Models, Named, Provider, StreamEvent};

use crate::fixture::{KEY, conversation};

/// Models with nothing but the demo model.
async fn models() -> Models {
    Models::connect(Config::default()).await.unwrap()
}

fn named(id: &str, kind: ProviderKind, base_url: &str, key: &str) -> Named {
    Named {
        id: id.into(),
        kind,
        label: format!("My {id}"),
        base_url: BaseUrl::parse("Base URL", base_url).unwrap(),
        key: Some(ApiKey::new("API key", key).unwrap()),
        headers: models::extra_headers([("x-team", "blue")]).unwrap(),
    }
}

fn provider(models: &Models, id: &str, base_url: &str) -> Arc<dyn Provider> {
    models.provider(named(id, ProviderKind::Compatible, base_url, KEY)).unwrap()
}

async fn ids(models: &Models) -> Vec<String> {
    models.providers().await.into_iter().map(|info| info.id).collect()
}

#[tokio::test]
async fn providers_come_and_go_without_a_restart() {
    let (models, server) = (models().await, Loopback::start().await.unwrap());
    assert_eq!(ids(&models).await, ["demo"]);
    let lab = provider(&models, "lab", &server.base_url());
    models.replace(vec![lab.clone()]);
    assert_eq!(ids(&models).await, ["lab", "demo"]);
    assert_eq!(models.preferred().await.to_string(), "lab/echo");
    assert_eq!(models.fixed(), ["demo"]);

    // Only what is new is asked for its models.
    let listings = || server.requests().iter().filter(|it| it.path.ends_with("/models")).count();
    assert_eq!(listings(), 1);
    models.replace(vec![lab, provider(&models, "shed", &server.base_url())]);
    assert_eq!(ids(&models).await, ["lab", "shed", "demo"]);
    assert_eq!(listings(), 2);
    models.replace(Vec::new());
    assert_eq!(ids(&models).await, ["demo"]);
}

#[tokio::test]
async fn a_call_goes_on_with_the_provider_it_began_with() {
    let (models, server) = (models().await, Loopback::start().await.unwrap());
    models.replace(vec![provider(&models, "lab", &server.base_url())]);
    let model = ModelRef::new("lab", "paced-300");
    let mut answer = models.stream(&model, conversation(), Settings::default());
    let first = tokio::time::timeout(std::time::Duration::from_millis(100), answer.next()).await;
    assert!(first.is_err(), "it is on its way");
    models.replace(Vec::new());
    let events: Vec<_> = answer.map(Result::unwrap).collect().await;
    assert!(matches!(events.last(), Some(StreamEvent::Done { .. })), "{events:?}");
    let next = models.stream(&model, conversation(), Settings::default()).next().await;
    assert!(next.unwrap().is_err(), "the next one finds nobody");
}

#[tokio::test]
async fn every_kind_is_tried_with_its_key_and_its_headers() {
    let models = models().await;
    for kind in [
        ProviderKind::OpenAi,
        ProviderKind::Gemini,
        ProviderKind::Anthropic,
        ProviderKind::Ollama,
        ProviderKind::LlamaCpp,
        ProviderKind::Compatible,
    ] {
        let server = Loopback::start().await.unwrap();
        let trial = |key| models.provider(named("mine", kind, &server.base_url(), key)).unwrap();
        let tested = Models::test(trial(KEY)).await;
        assert_eq!(tested.problem, None, "{kind}");
        assert_eq!(tested.asked, Some(ModelRef::new("mine", "echo")), "{kind}");
        assert_eq!(tested.listed, 3, "{kind}");
        let requests = server.requests();
        let calls = requests.iter().filter(|it| it.method == "POST").count();
        assert_eq!(calls, 1, "{kind}");
        assert!(requests.iter().all(|it| it.header("x-team") == Some("blue")), "{kind}");
        let wrong = Models::test(trial("wrong-key")).await.problem.unwrap();
        assert!(wrong.message.contains("does not accept the key"), "{}", wrong.message);
        assert_eq!(wrong.hint, "Enter its key again under Settings → Models.");
    }
}

#[tokio::test]
async fn what_cannot_be_reached_says_so_and_keeps_its_models() {
    let models = models().await;
    let server = Loopback::start().await.unwrap();
    let base_url = server.base_url();
    models.replace(vec![provider(&models, "lab", &base_url)]);
    let listed = models.providers().await[0].models.len();
    drop(server);
    let lab = models.list_again().await.remove(0);
    assert!(lab.problem.unwrap().message.contains("cannot be reached"));
    assert_eq!(lab.models.len(), listed);
    let tested = Models::test(provider(&models, "lab", &base_url)).await;
    assert!(tested.problem.unwrap().message.contains("cannot be reached"));
}

#[tokio::test]
async fn a_provider_without_its_key_asks_for_it() {
    let models = models().await;
    models.replace(vec![Models::locked("lab", "Lab", "http://host/v1?team=blue")]);
    let lab = models.providers().await.remove(0);
    assert_eq!(lab.base_url.as_deref(), Some("http://host/v1"));
    assert_eq!(lab.problem.unwrap().hint, "Enter its key again under Settings → Models.");
    assert_eq!(models.preferred().await.provider, "demo");
}

#[test]
fn headers_that_cannot_be_sent_are_refused_without_their_values() {
    for (name, value) in [("Host", "hush"), ("a b", "hush"), ("x", "hush\nmore")] {
        let error = models::extra_headers([(name, value)]).unwrap_err();
        assert!(matches!(error, ConfigError::InvalidValue { .. }));
        assert!(!error.to_string().contains("hush"), "{error}");
    }
    let headers = models::extra_headers([("api-key", "hush")]).unwrap();
    assert!(!format!("{headers:?}").contains("hush"));
}

#[tokio::test]
async fn usual_servers_are_found_by_what_they_are() {
    let server = Loopback::start().await.unwrap();
    let at = |kind| (kind, BaseUrl::parse("here", &server.base_url()).unwrap());
    let usual_servers = vec![at(ProviderKind::Ollama), at(ProviderKind::LlamaCpp)];
    let config = Config { usual_servers, ..Config::default() };
    let models = Models::connect(config).await.unwrap();
    let found = models.local_servers().await;
    // The loopback server does not call itself llama.cpp.
    assert_eq!(found.iter().map(|it| it.kind).collect::<Vec<_>>(), [ProviderKind::Ollama]);
    assert_eq!((found[0].base_url.as_str(), found[0].listed), (server.base_url().as_str(), 3));
    models.replace(vec![provider(&models, "mine", &server.base_url())]);
    assert_eq!(models.local_servers().await, []);
}
