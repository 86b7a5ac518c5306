//! Reading JSON in the browser, with little code per type.
//!
//! `serde_json` reads a type straight from text: fast, but its parser is compiled into the reading
//! of each type, together with sentences about everything that may be wrong. The browser reads what
//! our own server wrote, shows none of those sentences, and downloads every byte of that code. Here
//! `serde_json` parses a text into a tree once, and types are read from the tree, with one error
//! that says nothing. For all types that travel this is 42 KiB over the wire instead of 71, and
//! `serde_json::Value` as the tree would be 70 (docs/decisions/0020). The server reads with
//! `serde_json` itself.

mod node;
mod read;
mod resource;

use serde::de::DeserializeOwned;

use node::Node;
pub(crate) use resource::{PageResource, resource};

/// The text is not what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text could not be read")]
pub(crate) struct Unreadable;

/// Reads a value from JSON.
pub(crate) fn from_str<T: DeserializeOwned>(json: &str) -> Result<T, Unreadable> {
    T::deserialize(parse(json)?)
}

/// Not generic, so that the parser is compiled once.
fn parse(json: &str) -> Result<Node, Unreadable> {
    serde_json::from_str(json).map_err(|_| Unreadable)
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use align::model::Settings;
    use align::record::{Draft, Event, PromptList, Version};
    use serde::de::DeserializeOwned;

    use super::{Unreadable, from_str};
    use crate::AppError;

    /// What is read is what `serde_json` reads.
    fn check<T: DeserializeOwned + PartialEq + Debug>(json: &str) {
        let expected = serde_json::from_str::<T>(json).expect("the example is right");
        assert_eq!(from_str::<T>(json), Ok(expected));
    }

    const DRAFT: &str = r#"{"id":3,"prompt_id":1,"number":2,"base":4,"run_id":null,"author":"local",
        "model":"demo/demo","feedback":[{"text":"shorter \u00e9 \ud83d\ude00",
        "span":{"exact":"a","prefix":"","suffix":"b"}}],"state":{"accepted":{"version":5}},"reply":"",
        "tries":1,"proposal":{"prompt":{"system_instructions":"","text":"{a}","plain_names":["b"]},
        "rationale":"","unchanged":false,"findings":[]},"edited":null,"failure":null,"usage":null,
        "started_at":1790000000000,"duration_ms":12}"#;

    const VERSION: &str = r#"{"summary":{"prompt_id":1,"number":2,"parent":1,"author":"local",
        "origin":{"draft_accepted":{"draft":9}},"note":"","created_at":-5},
        "prompt":{"system_instructions":"s","text":"t","plain_names":[]}}"#;

    #[test]
    fn records_are_read_as_they_are_written() {
        check::<Draft>(DRAFT);
        check::<Draft>(&DRAFT.replace(r#"{"accepted":{"version":5}}"#, r#""drafting""#));
        check::<Version>(VERSION);
        check::<Version>(&VERSION.replace(r#"{"draft_accepted":{"draft":9}}"#, r#""typed""#));
        check::<PromptList>(r#"{"prompts":[],"total":2,"tags":[["mail",2]]}"#);
        check::<Settings>(r#"{"temperature":1,"top_p":0.95,"stop_sequences":["\n"]}"#);
    }

    #[test]
    fn events_and_answers_are_read_as_they_are_written() {
        check::<Event>(r#""deleted""#);
        check::<Event>(r#"{"working_copy":{"page":"p","revision":18446744073709551615}}"#);
        check::<Event>(&format!(r#"{{"draft":{DRAFT}}}"#));
        check::<Result<Option<u64>, AppError>>(r#"{"Ok":null}"#);
        check::<Result<(), AppError>>(
            r#"{"Err":{"kind":"needs_confirmation","message":"m","hint":"","findings":[
                {"kind":{"rule":"variable_lost","detail":"a"},"message":"m"}]}}"#,
        );
    }

    #[test]
    fn what_is_wrong_is_refused() {
        let refused =
            |json: String| assert_eq!(from_str::<Version>(&json), Err(Unreadable), "{json}");
        refused(String::new());
        refused("{}".to_owned());
        refused("[1]".to_owned());
        refused(VERSION.replace(r#""number":2"#, r#""number":-2"#));
        refused(VERSION.replace(r#""number":2"#, r#""number":"2""#));
        refused(VERSION[..VERSION.len() - 1].to_owned());
        assert_eq!(from_str::<Option<bool>>("1"), Err(Unreadable));
    }
}
