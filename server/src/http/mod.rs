//! HTTP: the router, and serving until a signal.

mod assets;
mod authority;
mod caller;
mod clients;
mod events;
mod guard;
mod headers;
mod health;
mod hosts;
mod limits;
mod listen;
mod refusal;
mod versions;

use std::future::Future;
use std::time::Duration;

use app::{App, AssetNames, shell};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use leptos::config::LeptosOptions;
use leptos::context::provide_context;
use leptos::prelude::{AnyView, IntoAny};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use service::Studio;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

pub(crate) use authority::Authority;
use clients::Clients;
pub(crate) use hosts::Hosts;

/// How long open requests may take to end after a signal.
const REQUEST_LIMIT: Duration = Duration::from_millis(2500);

/// What every handler can reach.
#[derive(Clone)]
pub(crate) struct AppState {
    studio: Studio,
    options: LeptosOptions,
    assets: AssetNames,
    /// Who listens to events.
    streams: Clients,
    /// Turns true when the server ends, so that endless responses end too.
    ending: watch::Receiver<bool>,
}

impl axum::extract::FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.options.clone()
    }
}

/// Serves the studio on `listener`, under the names in `hosts`, until `shutdown` completes and open
/// requests ended.
pub(crate) async fn serve(
    listener: TcpListener,
    hosts: Hosts,
    studio: Studio,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let (end, ending) = watch::channel(false);
    let options = LeptosOptions::builder().output_name("attune").build();
    let streams = Clients::new(limits::MAX_STREAMS, limits::MAX_STREAMS_PER_CLIENT);
    let assets = assets::names()?;
    let state = AppState { studio, options, assets, streams, ending: ending.clone() };
    let server = listen::serve(listener, router(state, hosts), async move {
        shutdown.await;
        // Nobody listens any more when all connections are gone already.
        let _ = end.send(true);
    });
    tokio::select! {
        () = server => {}
        () = overdue(ending) => tracing::warn!("some requests did not end in time"),
    }
    Ok(())
}

/// Completes when the time that requests have to end is over.
async fn overdue(mut ending: watch::Receiver<bool>) {
    if ending.wait_for(|ending| *ending).await.is_err() {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(REQUEST_LIMIT).await;
}

fn router(state: AppState, hosts: Hosts) -> Router {
    let routes = generate_route_list(App);
    let (context, document) = (state.context(), state.document());
    let uncompressed = NotForContentType::const_new("text/event-stream");
    Router::new()
        .route("/healthz", get(health::check))
        .route("/api/prompts/{id}/events", get(events::stream))
        .route("/api/prompts/{id}/versions/newest", get(versions::newest))
        .leptos_routes_with_context(&state, routes, context, document)
        .fallback(file_or_page)
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(1024).and(uncompressed)))
        .layer(DefaultBodyLimit::max(limits::MAX_BODY_BYTES))
        .layer(middleware::from_fn(limits::check))
        .layer(middleware::from_fn_with_state(hosts, guard::check))
        .layer(middleware::from_fn(headers::set))
        .with_state(state)
}

impl AppState {
    /// What pages and server functions find in their context.
    fn context(&self) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
        let state = self.clone();
        move || provide_context(state.use_cases())
    }

    /// The document of every page.
    fn document(&self) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static + use<> {
        let (options, assets) = (self.options.clone(), self.assets.clone());
        move || shell(options.clone(), &assets).into_any()
    }
}

/// A static file, or the page that says there is nothing at this address.
async fn file_or_page(State(state): State<AppState>, request: Request<Body>) -> Response {
    if let Some(file) = assets::find(&request) {
        return file;
    }
    let page = render_app_async_with_context(state.context(), state.document());
    page(request).await.into_response()
}
