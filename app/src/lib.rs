#![doc = include_str!("../README.md")]
#![recursion_limit = "256"]
#![expect(
    clippy::must_use_candidate,
    clippy::needless_pass_by_value,
    unreachable_pub,
    reason = "components take their props by value, and the macro writes `pub` functions"
)]

pub mod api;
mod browser;
mod caller;
mod components;
mod error;
mod gallery;
mod pages;
mod routes;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "hydrate")]
mod start;
mod state;
mod sync;
mod typed_titles;
mod wire;

pub use error::{AppError, ErrorKind};
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::{AssetNames, shell};
#[cfg(feature = "hydrate")]
pub use start::load_open_page;
