#![doc = include_str!("../README.md")]

mod alignment;
mod behaviour;
mod connection;
mod fault;
mod named;
mod play;
mod received;
mod recorded;
mod server;
mod state;
mod wire;

pub use behaviour::{Answer, Behaviour, Fault, FaultKind, Finish, Status, Usage};
pub use connection::ClosedPort;
pub use received::Received;
pub use server::{Loopback, Options};
