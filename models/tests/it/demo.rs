//! The demo model as a provider.

use std::time::Instant;

use align::model::{Conversation, Message, Settings};
use futures_util::StreamExt;
use models::{Call, Demo, Provider, StreamEvent};

#[tokio::test]
async fn it_streams_in_small_pieces_and_in_time() {
    let conversation = Conversation {
        system_instructions: String::new(),
        messages: vec![Message::user("Give twelve uses for a brick, with examples and reasons")],
    };
    let call = Call {
        model: "demo-1".to_owned(),
        conversation,
        settings: Settings::default(),
        form: models::Form::default(),
    };
    let started = Instant::now();
    let answer = Demo::new(2).stream(&call).await.unwrap();
    let events: Vec<_> = answer.map(Result::unwrap).collect().await;
    assert!((20..=91).contains(&events.len()), "{}", events.len());
    assert!(started.elapsed().as_millis() >= 40);
    assert!(matches!(events.last(), Some(StreamEvent::Done { .. })));
}
