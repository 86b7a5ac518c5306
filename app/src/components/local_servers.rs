//! Model servers that were found on this machine, to be connected with one click.

use align::record::{ConnectionInput, LocalServer};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Button;
use crate::api;
use crate::error::AppError;
use crate::wire;

/// The servers that were found; nothing where there are none.
#[component]
pub(crate) fn LocalServers(
    /// Called with what came of it once somebody connected one.
    #[prop(into)]
    on_connected: Callback<Result<(), AppError>>,
) -> impl IntoView {
    let found = wire::resource(|| (), |()| api::local_servers());
    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                let found = found.await.unwrap_or_default();
                (!found.is_empty()).then(|| {
                    let rows = found.into_iter().map(|server| view! { <li><Found server on_connected/></li> });
                    view! { <ul class="found" aria-label="Found on this machine">{rows.collect_view()}</ul> }
                })
            })}
        </Transition>
    }
}

#[component]
fn Found(server: LocalServer, on_connected: Callback<Result<(), AppError>>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let name = server.kind.label();
    let models = if server.listed == 1 { "model" } else { "models" };
    let words = format!("{name} answers at {} ({} {models}).", server.base_url, server.listed);
    let connect = move |()| {
        let input = ConnectionInput {
            kind: server.kind,
            label: name.to_owned(),
            base_url: server.base_url.clone(),
            ..ConnectionInput::default()
        };
        busy.set(true);
        spawn_local(async move {
            on_connected.try_run(api::add_connection(input).await.map(drop));
            busy.try_set(false);
        });
    };
    view! {
        <p class="row">
            <span>{words}</span>
            <Button disabled=busy on_press=connect>"Connect "{name}</Button>
        </p>
    }
}
