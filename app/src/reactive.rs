//! Reactive values and views of one kind each. The framework compiles its own anew for every closure,
//! and the browser downloads them all (`docs/decisions/0020`).

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use leptos::prelude::*;

/// A value that is computed again when what it reads changes.
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(
    value: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    boxed(Box::new(value))
}

fn boxed<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| value())
}

/// Does something in the browser, and again when what it reads changes.
pub(crate) fn effect(deed: impl FnMut() + 'static) {
    boxed_effect(Box::new(deed));
}

fn boxed_effect(mut deed: Box<dyn FnMut()>) {
    Effect::new(move |_| deed());
}

/// A view that is made again when what it reads changes.
pub(crate) fn dynamic<V: IntoView + 'static>(
    view: impl Fn() -> V + Send + Sync + 'static,
) -> AnyView {
    any(Box::new(move || view().into_any()))
}

fn any(view: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    (move || view()).into_any()
}

/// A view that is waited for, and made again when what it reads changes.
pub(crate) fn awaited<F>(view: impl Fn() -> F + Send + Sync + 'static) -> AnyView
where
    F: Future<Output = AnyView> + Send + 'static,
{
    suspended(Box::new(move || Box::pin(view())))
}

type Awaited = Pin<Box<dyn Future<Output = AnyView> + Send>>;

fn suspended(view: Box<dyn Fn() -> Awaited + Send + Sync>) -> AnyView {
    any(Box::new(move || Suspend::new(view()).into_any()))
}

/// Shows its children while a condition holds.
#[component]
pub(crate) fn Show(
    /// The condition.
    #[prop(into)]
    when: Signal<bool>,
    /// What is shown.
    children: ChildrenFn,
) -> impl IntoView {
    let when = memo(move || when.get());
    dynamic(move || when.get().then(|| children()))
}

/// Looking at a value through a guard: `With` is compiled anew for every closure, guards are not.
pub(crate) trait Look {
    /// What the guard gives access to.
    type Value: ?Sized;

    /// Looks at the value and follows its changes.
    fn look<R>(&self, look: impl FnOnce(&Self::Value) -> R) -> R;

    /// Looks at the value as it is now.
    fn look_untracked<R>(&self, look: impl FnOnce(&Self::Value) -> R) -> R;
}

impl<S> Look for S
where
    S: Track + ReadUntracked,
    <S as ReadUntracked>::Value: Deref,
{
    type Value = <<S as ReadUntracked>::Value as Deref>::Target;

    fn look<R>(&self, look: impl FnOnce(&Self::Value) -> R) -> R {
        self.track();
        look(&self.read_untracked())
    }

    fn look_untracked<R>(&self, look: impl FnOnce(&Self::Value) -> R) -> R {
        look(&self.read_untracked())
    }
}

/// Changing a value through a guard, for the same reason.
pub(crate) trait Change {
    /// What the guard gives access to.
    type Value;

    /// Changes the value and tells who follows it.
    fn change<R>(&self, change: impl FnOnce(&mut Self::Value) -> R) -> R;
}

impl<S: Write> Change for S {
    type Value = <S as Write>::Value;

    fn change<R>(&self, change: impl FnOnce(&mut Self::Value) -> R) -> R {
        change(&mut self.write())
    }
}

/// What hears an event. Handlers of one kind of event are of one kind themselves.
pub(crate) fn hear<E: 'static>(handler: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(handler)
}
