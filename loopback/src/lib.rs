#![doc = include_str!("../README.md")]

mod alignment;
mod behaviour;
mod connection;
mod fault;
mod named;
mod play;
mod received;
mod recorded;
mod replay;
mod server;
mod state;
mod wire;

pub use behaviour::{Behaviour, Fault, FaultKind, Finish, ScriptedAnswer, Status, Usage};
pub use connection::ClosedPort;
pub use received::Received;
pub use replay::Replay;
pub use server::{Loopback, Options};
