//! Our few components over native elements.

pub(crate) mod alert;
pub(crate) mod button;
pub(crate) mod choice;
pub(crate) mod diff;
pub(crate) mod escape;
pub(crate) mod header;
pub(crate) mod live;
mod local_servers;
pub(crate) mod markdown;
pub(crate) mod modal;
pub(crate) mod segmented;
pub(crate) mod text_area;
pub(crate) mod time;
pub(crate) mod waiting;

pub(crate) use alert::Alert;
pub(crate) use button::{Button, ButtonKind};
pub(crate) use choice::Choice;
pub(crate) use header::Header;
pub(crate) use local_servers::LocalServers;
pub(crate) use text_area::TextArea;
