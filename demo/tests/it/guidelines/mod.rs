//! The guideline workflow on the demo model: it suggests, distils, rewrites, and follows what it wrote.

#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes snapshots with them")]

mod distilling;
mod rewriting;
mod stories;
mod suggesting;

use align::model::{Conversation, Settings};
use align::record::Proposal;

use crate::desk::{Desk, Model};

struct DemoModel;

impl Model for DemoModel {
    fn ask(&self, conversation: &Conversation) -> String {
        ask(conversation)
    }

    /// "No change" alone is the format; the demo model also says what already asks for everything.
    fn check_unchanged(&self, proposal: &Proposal) {
        let says_so = proposal.rationale.starts_with("The prompt already asks for");
        assert!(says_so, "{}", proposal.rationale);
        assert!(!proposal.traces.is_empty());
    }
}

fn ask(conversation: &Conversation) -> String {
    demo::reply(conversation, &Settings::default()).text()
}

fn new_desk(text: &str) -> Desk<DemoModel> {
    Desk::of(DemoModel, text)
}
