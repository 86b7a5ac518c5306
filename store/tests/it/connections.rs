//! Connections with their encrypted secrets.

use align::record::{ConnectionId, ProviderKind};
use store::{NewConnection, Sealed, StoreError, StoredConnection};

use crate::fixture::{Fixture, NOW};

fn new(label: &str) -> NewConnection {
    NewConnection {
        kind: ProviderKind::LlamaCpp,
        label: label.into(),
        base_url: "http://127.0.0.1:8080".into(),
        key_ending: Some("6789".into()),
        headers: vec!["x-team".into()],
    }
}

fn sealed(text: &str) -> Sealed {
    Sealed { key_version: 3, nonce: vec![0, 1, 2], ciphertext: text.as_bytes().to_vec() }
}

impl Fixture {
    async fn connection(&self, label: &str) -> StoredConnection {
        let seal = |id: ConnectionId| Ok::<_, StoreError>(Some(sealed(&format!("of {id}"))));
        let taken = ["demo".to_owned()];
        self.store.add_connection(&new(label), ("lab", &taken), seal, NOW).await.unwrap()
    }
}

#[tokio::test]
async fn what_is_kept_is_read_after_a_restart() {
    let fixture = Fixture::new().await;
    let added = fixture.connection("Lab").await;
    assert_eq!(added.sealed, Some(sealed("of 1")), "the identifier is known when it is encrypted");
    let fixture = fixture.reopened().await;
    assert_eq!(fixture.store.connections().await.unwrap(), std::slice::from_ref(&added));
    assert_eq!(fixture.store.connection(added.connection.id).await.unwrap(), added);
}

#[tokio::test]
async fn names_are_unique_and_stay() {
    let fixture = Fixture::new().await;
    let first = fixture.connection("Lab").await.connection;
    let second = fixture.connection("Lab").await.connection;
    assert_eq!((first.name.as_str(), second.name.as_str()), ("lab", "lab-2"));
    let seal = |_| Ok::<_, StoreError>(None);
    let taken = ["demo".to_owned(), "demo-2".to_owned()];
    let (demo, other) = (new("Demo"), new("Other"));
    let third = fixture.store.add_connection(&demo, ("demo", &taken), seal, NOW).await.unwrap();
    assert_eq!(third.connection.name, "demo-3");
    let changed = fixture.store.change_connection(second.id, &other, None, NOW + 1).await.unwrap();
    assert_eq!((changed.connection.name.as_str(), changed.sealed), ("lab-2", None));
    assert_eq!(changed.connection.updated_at, NOW + 1);
}

#[tokio::test]
async fn what_cannot_be_encrypted_is_not_kept() {
    let fixture = Fixture::new().await;
    let fails = |id| Err(StoreError::NotFound { noun: store::Noun::Connection(id) });
    let refused = fixture.store.add_connection(&new("Lab"), ("lab", &[]), fails, NOW).await;
    assert!(refused.is_err());
    assert_eq!(fixture.store.connections().await.unwrap(), []);
    fixture.connection("Lab").await;
    fixture.connection("Lab").await;
    let before = fixture.store.connections().await.unwrap();
    let fails_late = |stored: &StoredConnection| match stored.connection.name.as_str() {
        "lab" => Ok(Some(sealed("anew"))),
        _ => Err(StoreError::GuidelineGone),
    };
    assert!(fixture.store.reseal_connections(fails_late).await.is_err());
    assert_eq!(fixture.store.connections().await.unwrap(), before, "all or none");
    let all = |_: &StoredConnection| Ok::<_, StoreError>(Some(sealed("anew")));
    assert_eq!(fixture.store.reseal_connections(all).await.unwrap(), 2);
}

#[tokio::test]
async fn removing_is_final_and_may_be_repeated() {
    let fixture = Fixture::new().await;
    let id = fixture.connection("Lab").await.connection.id;
    for _ in 0..2 {
        fixture.store.remove_connection(id).await.unwrap();
    }
    let gone = fixture.store.connection(id).await.unwrap_err();
    assert!(matches!(gone, StoreError::NotFound { .. }), "{gone:?}");
    let gone = fixture.store.change_connection(id, &new("Lab"), None, NOW).await.unwrap_err();
    assert!(matches!(gone, StoreError::NotFound { .. }), "{gone:?}");
    assert!(fixture.connection("Lab").await.connection.id > id, "identifiers are not used again");
}
