#![doc = include_str!("../README.md")]

mod anthropic;
mod call;
mod calling;
mod config;
mod connected;
mod demo;
mod error;
mod form;
mod gemini;
mod http;
mod line;
mod listed;
mod members;
mod named;
mod ollama;
mod openai;
mod provider;
mod retries;
pub mod testing;
mod vertex;

pub use self::demo::Demo;
pub use call::{Call, ModelStream, Priority, StreamEvent};
pub use config::{
    ApiKey, BaseUrl, Concurrency, Config, ConfigError, Connection, Endpoint, Ollama, VertexConfig,
};
pub use connected::Models;
pub use error::{BlockedPart, Cause, Limit, Missing, ModelError, Parameter};
pub use form::Form;
pub use http::Limits;
pub use named::{Named, extra_headers};
pub use provider::Provider;
pub use retries::Retries;
