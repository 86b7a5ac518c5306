//! Connections to providers of models that are made on the page. Keys go to the server and never come
//! back.

use align::model::ProviderInfo;
use align::record::{Connection, ConnectionId, ConnectionInput, ConnectionTest, LocalServer};
use leptos::prelude::*;

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// The connections that were made on the page.
#[server(endpoint = "connections/list", protocol = Post)]
pub async fn connections() -> Result<Vec<Connection>, AppError> {
    answer(studio()?.connections().await)
}

/// Connects a provider.
#[server(endpoint = "connections/add", protocol = Post)]
pub async fn add_connection(input: ConnectionInput) -> Result<Connection, AppError> {
    answer(studio()?.add_connection(input).await)
}

/// Changes a connection. Another base URL needs the key again.
#[server(endpoint = "connections/change", protocol = Post)]
pub async fn change_connection(
    id: ConnectionId,
    input: ConnectionInput,
) -> Result<Connection, AppError> {
    answer(studio()?.change_connection(id, input).await)
}

/// Lists the models of a connection and asks one of them for a few tokens; keeps nothing.
#[server(endpoint = "connections/test", protocol = Post)]
pub async fn test_connection(
    id: Option<ConnectionId>,
    input: ConnectionInput,
) -> Result<ConnectionTest, AppError> {
    answer(studio()?.test_connection(id, input).await)
}

/// Removes a connection and its key.
#[server(endpoint = "connections/remove", protocol = Post)]
pub async fn remove_connection(id: ConnectionId) -> Result<(), AppError> {
    answer(studio()?.remove_connection(id).await)
}

/// Model servers that answer on this machine and are not connected.
#[server(endpoint = "connections/local", protocol = Post)]
pub async fn local_servers() -> Result<Vec<LocalServer>, AppError> {
    answer(studio()?.local_servers().await)
}

/// Asks all providers for their models again.
#[server(endpoint = "models/list-again", protocol = Post)]
pub async fn list_models_again() -> Result<Vec<ProviderInfo>, AppError> {
    answer(studio()?.list_models_again().await)
}
