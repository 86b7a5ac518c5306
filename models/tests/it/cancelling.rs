//! Dropping an answer cancels the call.

use std::time::Duration;

use futures_util::StreamExt;
use tokio::time::timeout;

use crate::fixture::{Fixture, PROVIDERS};

#[tokio::test]
async fn the_server_notices_when_an_answer_is_dropped() {
    let fixture = Fixture::new().await;
    for (count, provider) in (1..).zip(PROVIDERS) {
        let mut answer = fixture.stream(provider, "slow");
        assert!(answer.next().await.unwrap().is_ok());
        drop(answer);
        let noticed = fixture.server.wait_for_disconnects(count);
        timeout(Duration::from_secs(5), noticed).await.unwrap();
    }
}
