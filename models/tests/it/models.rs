//! The connected models together.

use std::sync::Arc;

use align::model::{Conversation, Message, ModelRef, Settings};
use futures_util::StreamExt;
use loopback::Loopback;
use models::testing::{Script, ScriptedProvider};
use models::{BaseUrl, Config, Demo, Models, Ollama};

use crate::fixture::{conversation, written};

#[tokio::test]
async fn with_nothing_connected_there_is_the_demo_model() {
    let models = Models::connect(Config::default()).await.unwrap();
    let providers = models.providers().await;
    assert_eq!(providers.len(), 1);
    assert_eq!(providers[0].label, "Demo model – not a language model");
    assert_eq!(providers[0].base_url, None);
    assert_eq!(models.preferred().await, demo::model());
}

#[tokio::test]
async fn a_connected_model_is_preferred_to_the_demo_model() {
    let scripted = ScriptedProvider::new("real", []);
    let models = Models::new(vec![Arc::new(Demo::new(0)), Arc::new(scripted.clone())]);
    assert_eq!(models.preferred().await, scripted.model());
}

#[tokio::test]
async fn an_ollama_is_found_where_it_answers() {
    let server = Loopback::start().await.unwrap();
    let host = BaseUrl::parse("OLLAMA_HOST", &server.base_url()).unwrap();
    let config = Config { ollama: Ollama::Probe(host), ..Config::default() };
    let models = Models::connect(config).await.unwrap();
    let model = models.preferred().await;
    assert_eq!(model.to_string(), "ollama/echo");
    let answer = models.stream(&model, conversation(), Settings::default());
    assert_eq!(written(answer).await, "Echo: Name it.|Stop Some((7, 3, 0))");
}

#[tokio::test]
async fn an_ollama_that_does_not_answer_is_only_there_if_it_was_named() {
    let host = || BaseUrl::parse("OLLAMA_HOST", "http://127.0.0.1:9").unwrap();
    let ids = async |ollama| {
        let models = Models::connect(Config { ollama, ..Config::default() }).await.unwrap();
        models.providers().await.into_iter().map(|info| info.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(Ollama::Probe(host())).await, ["demo"]);
    assert_eq!(ids(Ollama::At(host())).await, ["ollama", "demo"]);
}

#[tokio::test]
async fn endpoints_of_the_models_file_are_providers_of_their_own() {
    let server = Loopback::start().await.unwrap();
    let mut config = Config::default();
    let entry = |name: &str, key: &str| {
        let base_url = server.openai_base_url();
        format!("[[endpoint]]\nname = '{name}'\nbase_url = '{base_url}'\napi_key = '{key}'\n")
    };
    config.read_endpoints(&(entry("lab", "lab-key") + &entry("other", "wrong"))).unwrap();
    let models = Models::connect(config).await.unwrap();
    assert_eq!(models.preferred().await.to_string(), "lab/echo");
    let other = ModelRef::new("other", "m-1");
    let mut answer = models.stream(&other, conversation(), Settings::default());
    let error = answer.next().await.unwrap().unwrap_err();
    assert_eq!(error.failure().hint, "Check its key in the models file and start Attune again.");
    assert!(
        server.requests().iter().any(|it| it.header("authorization") == Some("Bearer lab-key"))
    );
}

#[tokio::test]
async fn calls_reach_the_provider_they_name() {
    let scripted = ScriptedProvider::new("real", [Script::text("Done.")]);
    let models = Models::new(vec![Arc::new(scripted.clone())]);
    let conversation = Conversation {
        system_instructions: String::new(),
        messages: vec![Message::user("Do it.")],
    };
    let answer = models.stream(&scripted.model(), conversation, Settings::default());
    assert_eq!(written(answer).await, "Done.|Stop None");
    assert_eq!(scripted.calls()[0].conversation.messages[0].text, "Do it.");
}
