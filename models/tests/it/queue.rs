//! Waiting for one's turn.

use std::time::Duration;

use align::model::{ModelRef, Settings};
use align::record::Waiting;
use futures_util::{StreamExt, future};
use loopback::Loopback;
use models::{BaseUrl, Config, ModelStream, Models, Ollama, Priority, StreamEvent};
use tokio::time::timeout;

use crate::fixture::{KEY, config, conversation, written};

/// A server and an Ollama on it that answers one call at once, as it does unless it is told.
async fn ollama(model: &str) -> (Loopback, Models, ModelRef) {
    let server = Loopback::start().await.unwrap();
    let host = BaseUrl::parse("OLLAMA_HOST", &server.base_url()).unwrap();
    let config = Config { ollama: Ollama::At(host), ..Config::default() };
    (server, Models::connect(config).await.unwrap(), ModelRef::new("ollama", model))
}

/// The next event, which says the place in the line.
async fn place(answer: &mut ModelStream) -> u32 {
    let event = timeout(Duration::from_secs(5), answer.next()).await.unwrap();
    match event {
        Some(Ok(StreamEvent::Waiting(Waiting::Turn { place, provider }))) => {
            assert_eq!(provider, "Ollama");
            place
        }
        event => panic!("no place: {event:?}"),
    }
}

#[tokio::test]
async fn calls_wait_in_line_and_move_up() {
    let (server, models, model) = ollama("slow").await;
    let call = || models.stream(&model, conversation(), Settings::default());
    let mut first = call();
    assert!(matches!(first.next().await, Some(Ok(StreamEvent::Text(_)))));
    let (mut second, mut third, mut fourth) = (call(), call(), call());
    assert_eq!(place(&mut second).await, 1);
    assert_eq!(place(&mut third).await, 2);
    assert_eq!(place(&mut fourth).await, 3);
    // One that is stopped frees its place.
    drop(third);
    assert_eq!(place(&mut fourth).await, 2);
    drop(first);
    assert_eq!(place(&mut fourth).await, 1);
    assert!(matches!(second.next().await, Some(Ok(StreamEvent::Asking))));
    assert!(matches!(second.next().await, Some(Ok(StreamEvent::Text(_)))));
    let posts = server.requests().iter().filter(|request| request.method == "POST").count();
    assert_eq!(posts, 2, "who waits sends nothing");
}

#[tokio::test]
async fn a_person_goes_before_a_thousand_bulk_calls() {
    let (server, models, model) = ollama("slow").await;
    let bulk = || models.stream_at(Priority::Bulk, &model, conversation(), Settings::default());
    let mut first = bulk();
    assert!(matches!(first.next().await, Some(Ok(StreamEvent::Text(_)))));
    let mut waiting: Vec<_> = (0..1_000).map(|_| bulk()).collect();
    assert_eq!(place(&mut waiting[999]).await, 1_000);
    let mut person = models.stream(&model, conversation(), Settings::default());
    assert_eq!(place(&mut person).await, 1);
    drop(first);
    assert!(matches!(person.next().await, Some(Ok(StreamEvent::Asking))));
    assert!(matches!(person.next().await, Some(Ok(StreamEvent::Text(_)))));
    drop(person);
    assert!(matches!(waiting[0].next().await, Some(Ok(StreamEvent::Text(_)))));
    let posts = server.requests().iter().filter(|request| request.method == "POST").count();
    assert_eq!(posts, 3, "who waits sends nothing");
}

#[tokio::test]
async fn everyone_is_served_in_the_end() {
    let (_server, models, model) = ollama("echo").await;
    let answers =
        (0..20).map(|_| written(models.stream(&model, conversation(), Settings::default())));
    for answer in future::join_all(answers).await {
        assert!(answer.ends_with("Echo: Name it.|Stop Some((7, 3, 0))"), "{answer}");
    }
}

#[tokio::test]
async fn two_hundred_calls_stream_at_once_where_nothing_else_is_set() {
    let server = Loopback::start().await.unwrap();
    let models = Models::connect(config(&server.base_url(), KEY)).await.unwrap();
    let model = ModelRef::new("openai", "slow");
    let mut answers: Vec<_> =
        (0..200).map(|_| models.stream(&model, conversation(), Settings::default())).collect();
    let firsts = future::join_all(answers.iter_mut().map(StreamExt::next)).await;
    assert!(firsts.iter().all(|first| matches!(first, Some(Ok(StreamEvent::Text(_))))));
}
