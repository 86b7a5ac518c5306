//! The connected models together.

use std::sync::Arc;

use align::model::{Conversation, Message, Settings};
use models::demo;
use models::testing::{Script, ScriptedProvider};
use models::{Config, Models};

use crate::fixture::written;

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
    let models = Models::new(vec![Arc::new(demo::Demo::new(0)), Arc::new(scripted.clone())]);
    assert_eq!(models.preferred().await, scripted.model());
}

#[tokio::test]
async fn calls_reach_the_provider_they_name() {
    let scripted = ScriptedProvider::new("real", [Script::text("Done.")]);
    let models = Models::new(vec![Arc::new(scripted.clone())]);
    let conversation = Conversation {
        system_instructions: String::new(),
        messages: vec![Message::user("Do it.")],
    };
    let answer = models.stream(&scripted.model(), conversation, Settings::default()).await;
    assert_eq!(written(answer.unwrap()).await, "Done.|Stop None");
    assert_eq!(scripted.calls()[0].conversation.messages[0].text, "Do it.");
}
