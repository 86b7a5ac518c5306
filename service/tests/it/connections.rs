//! Connections that are made on the page: their keys stay where they belong.

use align::model::ModelRef;
use align::record::{Connection, ConnectionInput, ExtraHeader, ProviderKind};
use loopback::Loopback;
use models::{Config, Models};
use service::{Caller, Secrets, ServiceError, Studio, UseCases};
use store::{Existing, Keys, Store};
use tempfile::TempDir;

const KEY: &str = "test-key-0123456789";

struct Lab {
    folder: TempDir,
    server: Loopback,
    studio: Studio,
    people: UseCases,
}

impl Lab {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = Loopback::start().await.unwrap();
        let studio = open(folder.path()).await;
        let people = studio.by(Caller::local());
        Self { folder, server, studio, people }
    }

    fn input(&self) -> ConnectionInput {
        ConnectionInput {
            kind: ProviderKind::Compatible,
            label: "Lab cluster".into(),
            base_url: format!("{}/v1?api-version=1", self.server.base_url()),
            key: Some(KEY.into()),
            headers: vec![header("x-team", Some("planted-header"))],
        }
    }

    async fn added(&self) -> Connection {
        self.people.add_connection(self.input()).await.unwrap()
    }

    /// The provider of this name, as the lists show it: how many models, or what is wrong.
    async fn listed(&self, name: &str) -> Option<Result<usize, String>> {
        let providers = self.people.models().await.unwrap();
        let info = providers.into_iter().find(|info| info.id == name)?;
        Some(info.problem.map_or(Ok(info.models.len()), |problem| Err(problem.hint)))
    }
}

fn header(name: &str, value: Option<&str>) -> ExtraHeader {
    ExtraHeader { name: name.into(), value: value.map(str::to_owned) }
}

async fn open(folder: &std::path::Path) -> Studio {
    let store = Store::open(folder).await.unwrap();
    Studio::open(store, Models::connect(Config::default()).await.unwrap()).await.unwrap()
}

fn refusal<T>(outcome: Result<T, ServiceError>) -> String {
    match outcome.err() {
        Some(ServiceError::Invalid { message, hint }) => format!("{message} {hint}"),
        other => panic!("not refused as it should be: {other:?}"),
    }
}

#[tokio::test]
async fn a_connection_is_used_at_once_and_after_a_restart() {
    let lab = Lab::new().await;
    let added = lab.added().await;
    assert_eq!((added.name.as_str(), added.key_ending.as_deref()), ("lab-cluster", Some("6789")));
    assert_eq!(added.headers, ["x-team"]);
    assert_eq!(lab.listed("lab-cluster").await, Some(Ok(3)));
    let preferred = lab.people.preferred_model().await.unwrap();
    assert_eq!(preferred, ModelRef::new("lab-cluster", "echo"));
    assert!(lab.server.requests().iter().all(|it| it.header("x-team") == Some("planted-header")));
    assert_eq!(lab.added().await.name, "lab-cluster-2", "names are unique");

    lab.studio.shutdown(std::time::Duration::from_secs(2)).await;
    let studio = open(lab.folder.path()).await.by(Caller::local());
    let infos = studio.models().await.unwrap();
    assert!(infos.iter().any(|info| info.id == "lab-cluster" && info.models.len() == 3));
}

#[tokio::test]
async fn changes_and_removal_hold_at_once() {
    let lab = Lab::new().await;
    let id = lab.added().await.id;
    let renamed = ConnectionInput {
        label: "Other".into(),
        key: None,
        headers: vec![header("X-Team", None)],
        ..lab.input()
    };
    let changed = lab.people.change_connection(id, renamed.clone()).await.unwrap();
    assert_eq!((changed.label.as_str(), changed.name.as_str()), ("Other", "lab-cluster"));
    assert_eq!(lab.listed("lab-cluster").await, Some(Ok(3)), "the key is kept");
    let wrong = ConnectionInput { key: Some("wrong-key".into()), ..renamed };
    lab.people.change_connection(id, wrong).await.unwrap();
    let hint = "Enter its key again under Settings → Models.".to_owned();
    assert_eq!(lab.listed("lab-cluster").await, Some(Err(hint)));
    lab.people.remove_connection(id).await.unwrap();
    assert_eq!(lab.listed("lab-cluster").await, None);
    assert_eq!(lab.people.connections().await.unwrap(), []);
    lab.people.remove_connection(id).await.unwrap();
}

#[tokio::test]
async fn a_key_is_never_sent_to_an_address_it_was_not_entered_for() {
    let lab = Lab::new().await;
    let id = lab.added().await.id;
    let stranger = Loopback::start().await.unwrap();
    let moved = |key: Option<&str>, value: Option<&str>| ConnectionInput {
        base_url: stranger.base_url(),
        key: key.map(str::to_owned),
        headers: vec![header("x-team", value)],
        ..lab.input()
    };
    for (key, value) in [(None, None), (None, Some("new")), (Some(KEY), None)] {
        let said = refusal(lab.people.change_connection(id, moved(key, value)).await);
        assert!(said.contains("for another address"), "{said}");
        let said = refusal(lab.people.test_connection(Some(id), moved(key, value)).await);
        assert!(said.contains("for another address"), "{said}");
    }
    assert_eq!(stranger.requests().len(), 0);
    // The same key in another kind of header counts as moved, too.
    let kind = ProviderKind::Gemini;
    let other = ConnectionInput { kind, key: None, headers: Vec::new(), ..lab.input() };
    refusal(lab.people.change_connection(id, other).await);
    lab.people.change_connection(id, moved(Some(KEY), Some("new"))).await.unwrap();
    assert_eq!(lab.listed("lab-cluster").await, Some(Ok(3)));
    assert!(stranger.requests().iter().all(|it| it.header("x-team") == Some("new")));
    // Another parameter is the same address.
    let base_url = format!("{}?api-version=2", stranger.base_url());
    let input = ConnectionInput { base_url, ..moved(None, None) };
    lab.people.change_connection(id, input).await.unwrap();
}

#[tokio::test]
async fn a_test_says_what_is_wrong_and_keeps_nothing() {
    let lab = Lab::new().await;
    let tested = lab.people.test_connection(None, lab.input()).await.unwrap();
    assert_eq!((tested.listed, tested.problem), (3, None));
    let wrong = ConnectionInput { key: Some("wrong-key".into()), ..lab.input() };
    let problem = lab.people.test_connection(None, wrong).await.unwrap().problem.unwrap();
    assert!(problem.message.contains("Lab cluster answered 401"), "{}", problem.message);
    assert_eq!(lab.people.connections().await.unwrap(), []);
    let id = lab.added().await.id;
    let kept = ConnectionInput { key: None, headers: vec![header("x-team", None)], ..lab.input() };
    let tested = lab.people.test_connection(Some(id), kept).await.unwrap();
    assert_eq!(tested.problem, None, "what is kept is used");
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_without_its_secrets() {
    let lab = Lab::new().await;
    let given = |change: &dyn Fn(&mut ConnectionInput)| {
        let mut input = lab.input();
        change(&mut input);
        input
    };
    let inputs = [
        given(&|it| it.label = "\u{202e} ".into()),
        given(&|it| it.base_url = "ftp://host".into()),
        given(&|it| it.base_url = "file:///etc/passwd".into()),
        given(&|it| it.base_url = "http://host/?api_key=planted".into()),
        given(&|it| it.base_url = "http://me:planted@host".into()),
        given(&|it| it.key = Some("planted key with spaces".into())),
        given(&|it| it.headers = vec![header("Host", Some("planted"))]),
        given(&|it| it.headers = vec![header("x-team", Some("planted\nmore"))]),
        given(&|it| it.headers = vec![header("x-team", None)]),
        given(&|it| it.headers = vec![header("x", Some("planted")); 21]),
    ];
    for input in inputs {
        let said = refusal(lab.people.add_connection(input).await);
        assert!(!said.contains("planted"), "{said}");
    }
    assert_eq!(lab.people.connections().await.unwrap(), []);
}

#[tokio::test]
async fn without_its_secret_key_a_connection_waits_for_its_key() {
    let lab = Lab::new().await;
    let id = lab.added().await.id;
    lab.studio.shutdown(std::time::Duration::from_secs(2)).await;
    std::fs::remove_file(lab.folder.path().join("attune.key")).unwrap();
    let studio = open(lab.folder.path()).await;
    let lab = Lab { people: studio.by(Caller::local()), studio, ..lab };
    let hint = "Enter its key again under Settings → Models.".to_owned();
    assert_eq!(lab.listed("lab-cluster").await, Some(Err(hint)));
    let same = ConnectionInput { key: None, ..lab.input() };
    assert!(refusal(lab.people.change_connection(id, same).await).contains("cannot be read"));
    lab.people.change_connection(id, lab.input()).await.unwrap();
    assert_eq!(lab.listed("lab-cluster").await, Some(Ok(3)));
}

#[tokio::test]
async fn a_row_that_was_given_anothers_secrets_does_not_decrypt() {
    let lab = Lab::new().await;
    let (first, second) = (lab.added().await, lab.added().await);
    lab.studio.shutdown(std::time::Duration::from_secs(2)).await;
    let store = Store::open(lab.folder.path()).await.unwrap();
    let stolen = store.connection(first.id).await.unwrap().sealed;
    let mut swapped = Vec::new();
    let reseal = |stored: &store::StoredConnection| {
        swapped.push(stored.connection.id);
        Ok::<_, store::StoreError>(stolen.clone())
    };
    store.reseal_connections(reseal).await.unwrap();
    store.close().await.unwrap();
    assert_eq!(swapped, [first.id, second.id]);
    let studio = open(lab.folder.path()).await;
    let lab = Lab { people: studio.by(Caller::local()), studio, ..lab };
    assert_eq!(lab.listed(&first.name).await, Some(Ok(3)));
    assert!(lab.listed(&second.name).await.unwrap().is_err());
}

#[tokio::test]
async fn backups_hold_keys_only_where_that_was_asked_for() {
    let lab = Lab::new().await;
    lab.added().await;
    let sealed = {
        let copy = lab.folder.path().join("with");
        store::backup(lab.folder.path(), &copy, Existing::Keep, Keys::Include).await.unwrap();
        restored(&lab, &copy, Some(Ok(3))).await;
        std::fs::read(&copy).unwrap()
    };
    let copy = lab.folder.path().join("without");
    store::backup(lab.folder.path(), &copy, Existing::Keep, Keys::LeaveOut).await.unwrap();
    let hint = "Enter its key again under Settings → Models.".to_owned();
    restored(&lab, &copy, Some(Err(hint))).await;
    let bare = std::fs::read(&copy).unwrap();
    let secrets = read_secrets(&lab).await;
    let holds = |bytes: &[u8]| bytes.windows(secrets.len()).any(|it| it == secrets);
    assert!(holds(&sealed) && !holds(&bare));
}

/// The encrypted secrets of the only connection.
async fn read_secrets(lab: &Lab) -> Vec<u8> {
    lab.studio.shutdown(std::time::Duration::from_secs(2)).await;
    let store = Store::open(lab.folder.path()).await.unwrap();
    let stored = store.connections().await.unwrap().remove(0);
    stored.sealed.unwrap().ciphertext
}

/// Checks what a studio on a restored backup lists, given the same secret key.
async fn restored(lab: &Lab, backup: &std::path::Path, expected: Option<Result<usize, String>>) {
    let folder = tempfile::tempdir().unwrap();
    store::restore(folder.path(), backup, Existing::Keep, 0).await.unwrap();
    let key_file = Secrets::open(lab.folder.path(), None).unwrap().key_file();
    std::fs::copy(key_file, folder.path().join("attune.key")).unwrap();
    let studio = open(folder.path()).await;
    let server = Loopback::start().await.unwrap();
    let people = studio.by(Caller::local());
    let lab = Lab { folder, server, studio, people };
    assert_eq!(lab.listed("lab-cluster").await, expected);
}
