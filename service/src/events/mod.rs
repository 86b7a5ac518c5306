//! Events: what changed, told to everyone who follows its topic.

mod encoded;
mod hub;
mod ring;
mod topic;

pub use encoded::EncodedEvent;
pub use hub::EventStream;
pub(crate) use hub::Hub;
pub use topic::Topic;
