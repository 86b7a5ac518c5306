//! Secrets at rest, also where a rotation of the key is stopped in the middle.

use align::record::{ConnectionId, ProviderKind};
use secrecy::ExposeSecret;
use store::{NewConnection, Store};

use super::*;

const URL: &str = "https://one.example/v1";
const KEY_A: &str = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=";
const KEY_B: &str = "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=";

fn plain(key: &str) -> Plain {
    Plain { key: Some(key.into()), headers: vec![("api-key".into(), "hush".into())] }
}

fn binding(id: i64, base_url: &str) -> Binding<'_> {
    Binding { id: ConnectionId(id), base_url }
}

fn key_of(plain: &Plain) -> &str {
    plain.key.as_ref().unwrap().expose_secret()
}

#[test]
fn secrets_are_read_in_their_own_place_only() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Secrets::open(folder.path(), None).unwrap();
    assert!(!secrets.key_file().exists(), "nothing is made before it is needed");
    let sealed = secrets.seal(&plain("sk-1"), binding(1, URL)).unwrap();
    assert!(!format!("{sealed:?}").contains("sk-1"));

    let again = Secrets::open(folder.path(), None).unwrap();
    let read = again.unseal(&sealed, binding(1, "https://one.example/v1?api-version=2")).unwrap();
    assert_eq!((key_of(&read), read.headers[0].1.expose_secret()), ("sk-1", "hush"));
    for elsewhere in [binding(2, URL), binding(1, "https://two.example/v1")] {
        let refused = again.unseal(&sealed, elsewhere).unwrap_err();
        assert!(matches!(refused, SecretsError::Unreadable), "{refused}");
    }
    let mut changed = sealed.clone();
    changed.ciphertext[0] ^= 1;
    assert!(again.unseal(&changed, binding(1, URL)).is_err());
    let other = tempfile::tempdir().unwrap();
    let refused =
        Secrets::open(other.path(), None).unwrap().unseal(&sealed, binding(1, URL)).unwrap_err();
    assert!(matches!(refused, SecretsError::NoKey), "{refused}");
}

#[cfg(unix)]
#[test]
fn the_key_file_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let secrets = Secrets::open(folder.path(), None).unwrap();
    secrets.seal(&plain("sk-1"), binding(1, URL)).unwrap();
    let mode = std::fs::metadata(secrets.key_file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_key_file_that_holds_none_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["", "# nothing\n", "1:short\n"] {
        std::fs::write(folder.path().join("attune.key"), text).unwrap();
        let refused = Secrets::open(folder.path(), None).unwrap_err();
        assert!(matches!(refused, SecretsError::InvalidFile { .. }), "{refused}");
    }
}

#[test]
fn given_keys_need_no_file_and_the_first_encrypts() {
    let folder = tempfile::tempdir().unwrap();
    let open = |given: &str| Secrets::open(folder.path(), Some(given)).unwrap();
    let old = open(KEY_A).seal(&plain("sk-1"), binding(1, URL)).unwrap();
    assert!(!folder.path().join("attune.key").exists());
    let both = open(&format!("2:{KEY_B},1:{KEY_A}"));
    assert_eq!(key_of(&both.unseal(&old, binding(1, URL)).unwrap()), "sk-1");
    assert_eq!(both.seal(&plain("sk-2"), binding(1, URL)).unwrap().key_version, 2);
    // Another key under the same version does not decrypt.
    assert!(open(KEY_B).unseal(&old, binding(1, URL)).is_err());
    for wrong in ["secret", "1:QUFB", "x:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="] {
        let refused = Secrets::open(folder.path(), Some(wrong)).unwrap_err().to_string();
        assert!(refused.contains("openssl rand") && !refused.contains(wrong), "{refused}");
    }
}

/// A store with two connections that have keys.
async fn filled(folder: &Path) -> (Store, Secrets) {
    let store = Store::open(folder).await.unwrap();
    let secrets = Secrets::open(folder, None).unwrap();
    for key in ["sk-1", "sk-2"] {
        let new = NewConnection {
            kind: ProviderKind::Compatible,
            label: "Lab".into(),
            base_url: URL.into(),
            key_ending: None,
            headers: vec!["api-key".into()],
        };
        let seal =
            |id: ConnectionId| secrets.seal(&plain(key), Binding { id, base_url: URL }).map(Some);
        store.add_connection(&new, ("lab", &[]), seal, 1).await.unwrap();
    }
    (store, secrets)
}

/// The keys of all connections, as a server that starts now reads them, and the versions they have.
async fn read_all(store: &Store, folder: &Path) -> (Vec<String>, Vec<i64>) {
    let secrets = Secrets::open(folder, None).unwrap();
    let (mut keys, mut versions) = (Vec::new(), Vec::new());
    for stored in store.connections().await.unwrap() {
        let sealed = stored.sealed.unwrap();
        let plain = secrets.unseal(&sealed, binding(stored.connection.id.0, URL)).unwrap();
        keys.push(key_of(&plain).to_owned());
        versions.push(sealed.key_version);
    }
    (keys, versions)
}

#[tokio::test]
async fn a_rotation_can_end_after_any_of_its_steps() {
    let folder = tempfile::tempdir().unwrap();
    let (store, secrets) = filled(folder.path()).await;
    let check = async |versions: [i64; 2], in_file: usize| {
        let (keys, found) = read_all(&store, folder.path()).await;
        assert_eq!(
            (keys.as_slice(), found.as_slice()),
            (&["sk-1", "sk-2"].map(String::from)[..], &versions[..])
        );
        let text = std::fs::read_to_string(folder.path().join("attune.key")).unwrap();
        assert_eq!(text.lines().filter(|line| !line.starts_with('#')).count(), in_file);
    };
    check([1, 1], 1).await;
    secrets.begin_rotation().unwrap();
    check([1, 1], 2).await;
    assert_eq!(secrets.reseal_all(&store).await.unwrap(), 2);
    check([2, 2], 2).await;
    secrets.end_rotation().unwrap();
    check([2, 2], 1).await;

    // One that was stopped is made whole by the next.
    secrets.begin_rotation().unwrap();
    let again = Secrets::open(folder.path(), None).unwrap();
    assert_eq!(rotate_key(&store, &again).await.unwrap(), 2);
    check([4, 4], 1).await;
}

#[tokio::test]
async fn a_given_key_takes_over_from_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = filled(folder.path()).await;
    let given = Secrets::open(folder.path(), Some(&format!("7:{KEY_A}"))).unwrap();
    assert_eq!(rotate_key(&store, &given).await.unwrap(), 2);
    assert!(!given.key_file().exists());
    let stored = store.connections().await.unwrap();
    assert!(stored.iter().all(|it| it.sealed.as_ref().unwrap().key_version == 7));
}
