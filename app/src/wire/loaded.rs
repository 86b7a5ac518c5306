//! Data that comes with the page, and is loaded again when what it depends on changes.

use std::any::Any;
use std::convert::Infallible;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::from_str;
use crate::AppError;

/// Data that the server loads with the page, and the browser when its source changes.
///
/// One kind of resource carries it, whatever the type: the framework compiles its own for each
/// (docs/decisions/0020).
pub(crate) struct Loaded<T> {
    parcel: Resource<Parcel, Packing>,
    holds: PhantomData<fn() -> T>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

/// Loads data with `load` for what `source` holds.
pub(crate) fn load<T, S, Fut>(
    source: Memo<S>,
    load: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Loaded<T>
where
    T: Serialize + Send + Sync + 'static,
    S: Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
{
    // Looking, not only tracking: what was never looked at changes when it is looked at first.
    let follow = Box::new(move || source.with(|_| ()));
    let load = Box::new(move || packed(load(source.get_untracked())));
    Loaded { parcel: deliver(follow, load), holds: PhantomData }
}

/// Loads data that depends on nothing that changes.
pub(crate) fn load_once<T, Fut>(load: impl Fn() -> Fut + Send + Sync + 'static) -> Loaded<T>
where
    T: Serialize + Send + Sync + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let load = Box::new(move || packed(load()));
    Loaded { parcel: deliver(Box::new(|| ()), load), holds: PhantomData }
}

impl<T: DeserializeOwned + Send + Sync + 'static> Loaded<T> {
    /// Reads what is there and follows its changes; `None` before anything is.
    pub(crate) fn with<R>(self, read: impl FnOnce(Option<&Result<T, AppError>>) -> R) -> R {
        self.parcel.with(|parcel| read(parcel.as_ref().and_then(Parcel::open)))
    }

    /// Waits until it is there.
    pub(crate) async fn wait(self) -> Result<T, AppError>
    where
        T: Clone,
    {
        self.parcel.await.open().cloned().unwrap_or_else(|| Err(AppError::unreadable()))
    }

    /// Follows its changes.
    pub(crate) fn track(self) {
        self.parcel.track();
    }

    /// Loads it again.
    pub(crate) fn refetch(self) {
        self.parcel.refetch();
    }

    /// Whether the page it belongs to is gone.
    pub(crate) fn is_disposed(self) -> bool {
        self.parcel.is_disposed()
    }
}

type Loading = Pin<Box<dyn Future<Output = Parcel> + Send>>;

/// Not generic, so that the resource is compiled once.
fn deliver(
    follow: Box<dyn Fn() + Send + Sync>,
    load: Box<dyn Fn() -> Loading + Send + Sync>,
) -> Resource<Parcel, Packing> {
    // Every change of what is followed counts, whatever it is.
    let changes = AtomicU64::new(0);
    let source = move || {
        follow();
        changes.fetch_add(1, Ordering::Relaxed)
    };
    Resource::new_with_options(source, move |_| load(), false)
}

fn packed<T: Serialize + Send + Sync + 'static>(
    loading: impl Future<Output = Result<T, AppError>> + Send + 'static,
) -> Loading {
    Box::pin(async move { Parcel::of(loading.await) })
}

/// Data on its way to the browser, or there.
#[derive(Clone)]
struct Parcel(Arc<Content>);

struct Content {
    /// How it travels; empty where the browser loaded it itself.
    json: String,
    /// What it is, read once.
    read: OnceLock<Box<dyn Any + Send + Sync>>,
}

impl Parcel {
    fn of<T: Serialize + Send + Sync + 'static>(outcome: Result<T, AppError>) -> Self {
        // Records are maps of strings and numbers: writing them cannot fail.
        #[cfg(feature = "ssr")]
        let json = serde_json::to_string(&outcome).unwrap_or_default();
        #[cfg(not(feature = "ssr"))]
        let json = String::new();
        let read: Box<dyn Any + Send + Sync> = Box::new(outcome);
        Self(Arc::new(Content { json, read: OnceLock::from(read) }))
    }

    fn open<T: DeserializeOwned + Send + Sync + 'static>(&self) -> Option<&Result<T, AppError>> {
        let Content { json, read } = &*self.0;
        let read = read.get_or_init(|| {
            let outcome = from_str::<Result<T, AppError>>(json);
            Box::new(outcome.unwrap_or_else(|_| Err(AppError::unreadable())))
        });
        read.downcast_ref()
    }
}

/// How a page carries its data from the server to the browser.
struct Packing;

impl Encoder<Parcel> for Packing {
    type Error = Infallible;
    type Encoded = String;

    fn encode(parcel: &Parcel) -> Result<String, Infallible> {
        Ok(parcel.0.json.clone())
    }
}

impl Decoder<Parcel> for Packing {
    type Error = Infallible;
    type Encoded = str;

    fn decode(json: &str) -> Result<Parcel, Infallible> {
        Ok(Parcel(Arc::new(Content { json: json.to_owned(), read: OnceLock::new() })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{"Ok":["a"]}"#;

    #[test]
    fn what_was_loaded_here_and_what_arrived_are_the_same() {
        let loaded = Parcel::of(Ok::<_, AppError>(vec!["a".to_owned()]));
        let Ok(arrived) = Packing::decode(JSON);
        for parcel in [loaded, arrived] {
            assert_eq!(parcel.open::<Vec<String>>(), Some(&Ok(vec!["a".to_owned()])));
        }
    }

    #[test]
    #[cfg(feature = "ssr")]
    fn the_server_sends_what_it_loaded() {
        let loaded = Parcel::of(Ok::<_, AppError>(vec!["a".to_owned()]));
        assert_eq!(Packing::encode(&loaded), Ok(JSON.to_owned()));
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let Ok(arrived) = Packing::decode("{");
        assert_eq!(arrived.open::<String>(), Some(&Err(AppError::unreadable())));
    }
}
