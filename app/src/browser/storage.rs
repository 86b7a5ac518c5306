//! The browser's own memory, for what the server has not confirmed yet.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::wire;

/// Reads what was kept under `key`; `None` where nothing, or nothing readable, is there.
pub(crate) fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = storage()?.get_item(key).ok()??;
    wire::from_str(&text).ok()
}

/// Keeps `value` under `key`. A full or forbidden storage is no failure: the server keeps it too.
pub(crate) fn write<T: Serialize>(key: &str, value: &T) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(value)) {
        let _ = storage.set_item(key, &text);
    }
}

/// Forgets what was kept under `key`.
pub(crate) fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Notes `key` for this tab, across reloads. False if it is noted already, or cannot be.
pub(crate) fn note_in_tab(key: &str) -> bool {
    tab_storage().is_some_and(|storage| {
        storage.get_item(key).ok().flatten().is_none() && storage.set_item(key, "noted").is_ok()
    })
}

/// Forgets a note of this tab; whether it was there.
pub(crate) fn take_from_tab(key: &str) -> bool {
    tab_storage().is_some_and(|storage| {
        storage.get_item(key).ok().flatten().is_some() && storage.remove_item(key).is_ok()
    })
}

fn tab_storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The keys that are `key` or continue it after a colon.
pub(crate) fn keys(key: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let all = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok()?);
    let is_of =
        |it: &String| it.strip_prefix(key).is_some_and(|it| it.is_empty() || it.starts_with(':'));
    all.filter(is_of).collect()
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
