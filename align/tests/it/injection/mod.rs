//! Prompt injection: texts that try to be more than data in an alignment request, and the replies of
//! models that fell for them. Every case goes through building the request, reading the reply and the
//! rewrite contract; it ends in the draft that was meant, or in a finding that a person sees.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod planted;
mod taken_in;

use align::direct::{FindingKind, Mark, Request, read_reply, read_request};
use align::model::FinishReason;
use align::{Feedback, Prompt, Span, Values};

/// The mark before it is made safe. Attackers are given it, as if they could guess 64 random bits.
const GUESSED: &str = "5a5a5a5a5a5a5a5a";

const TEXT: &str = "Summarise for {reader}: {text}\nAnswer in three sentences.";
const GOOD: &str =
    "Summarise for {reader}: {text}\nAnswer in three sentences. Say what follows from it.";
const VALUE: &str = "Revenue rose to 4,211 thousand in the north while the vault code stayed \
                     amber-kestrel-77 as agreed with the auditors last spring.";
const OUTPUT: &str = "Revenue rose to 4,211 thousand, and nothing else changed in the north at all \
                      during the whole of the last quarter.";

/// Where a hostile text stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    Output,
    Value,
    Feedback,
    Quote,
    Prompt,
    System,
}

/// What has to become of a reply.
#[derive(Clone, Copy, Debug)]
enum Becomes {
    /// The draft [`GOOD`], without findings.
    Good,
    /// A draft that holds these words as text, without findings.
    Text(&'static str),
    /// A finding; a grave one asks for confirmation.
    Grave(fn(FindingKind) -> bool),
    /// A finding that is shown beside the draft.
    Light(fn(FindingKind) -> bool),
    /// The base stays, with the reason the model gave.
    Unchanged,
    /// Nothing of it is used; the sentence holds these words.
    Unusable(&'static str),
}

/// One row: a text, where it stands, what the model answers, and what must become of that. `MARK`
/// stands for the mark that the request really uses, `GUESSED` for the one an attacker knows.
struct Case {
    name: &'static str,
    place: Place,
    text: &'static str,
    reply: &'static str,
    becomes: Becomes,
}

fn check(cases: &[Case]) {
    for case in cases {
        let guessed = |text: &str| text.replace("GUESSED", GUESSED);
        let text = guessed(case.text);
        let (mut prompt, mut output) = (Prompt::new(TEXT), OUTPUT.to_owned());
        let mut values =
            Values::from([("reader".into(), "a colleague".into()), ("text".into(), VALUE.into())]);
        let mut feedback = Feedback::whole("Say what follows from it.");
        match case.place {
            Place::Output => output += &text,
            Place::Value => values.insert("text".into(), format!("{VALUE}{text}")).map_or((), drop),
            Place::Feedback => feedback.text += &text,
            Place::Quote => {
                output += &text;
                feedback.span =
                    Some(Span { exact: text.clone(), prefix: text.clone(), suffix: text });
            }
            Place::Prompt => prompt.text += &text,
            Place::System => prompt.system_instructions = text,
        }
        let feedback = [feedback];
        let mark = Mark::from_bytes([0x5a; 8]);
        let request = Request {
            prompt: &prompt,
            values: &values,
            output: Some(&output),
            feedback: &feedback,
            guidelines: &[],
            variant: None,
            mark: &mark,
        };
        let used = parts_hold(case.name, &request);
        let reply = case.reply.replace("MARK", &used).replace("GUESSED", GUESSED);
        becomes(case, &request, &reply);
    }
}

/// The request reads back as exactly what went into it, and no text in it holds its mark. Gives the
/// mark that it uses.
fn parts_hold(name: &str, request: &Request<'_>) -> String {
    let conversation = request.conversation();
    assert_eq!(conversation.messages.len(), 1, "{name}");
    let message = &conversation.messages[0].text;
    let used = message.split_once('-').unwrap().1.split_once('>').unwrap().0.to_owned();
    let read = read_request(&conversation).unwrap_or_else(|| panic!("{name}: no request"));
    assert_eq!(read.material.text, request.prompt.text, "{name}");
    assert_eq!(read.material.system_instructions, request.prompt.system_instructions, "{name}");
    assert_eq!(read.material.variables, request.prompt.variables(), "{name}");
    assert_eq!(&read.material.values, request.values, "{name}");
    assert_eq!(read.material.output.as_deref(), request.output, "{name}");
    assert_eq!(read.feedback.len(), 1, "{name}");
    assert_eq!(read.feedback[0].text, request.feedback[0].text, "{name}");
    let texts =
        [&request.prompt.text, &request.prompt.system_instructions, &request.feedback[0].text];
    let texts = texts.into_iter().map(String::as_str).chain(request.output);
    for text in texts.chain(request.values.values().map(String::as_str)) {
        assert!(!text.contains(&used), "{name}: a text holds the mark");
    }
    // Two for each part: nothing opened or closed one more.
    let span = request.feedback[0].span.as_ref();
    let is_ambiguous =
        span.is_some_and(|span| request.output.unwrap().matches(&span.exact).count() > 1);
    let parts = 6
        + usize::from(!request.prompt.system_instructions.is_empty())
        + usize::from(span.is_some())
        + 2 * usize::from(is_ambiguous);
    assert_eq!(message.matches(used.as_str()).count(), 2 * parts, "{name}: {message}");
    used
}

fn becomes(case: &Case, request: &Request<'_>, reply: &str) {
    let name = case.name;
    let reading = read_reply(request, reply, FinishReason::Stop);
    let proposal = match (&reading, case.becomes) {
        (Err(unusable), Becomes::Unusable(words)) => {
            assert!(unusable.to_string().contains(words), "{name}: {unusable}");
            return;
        }
        (Ok(proposal), becomes) if !matches!(becomes, Becomes::Unusable(_)) => proposal,
        _ => panic!("{name}: {reading:?}"),
    };
    let findings = &proposal.findings;
    match case.becomes {
        Becomes::Good => {
            assert_eq!((proposal.prompt.text.as_str(), &findings[..]), (GOOD, &[][..]), "{name}");
        }
        Becomes::Text(words) => {
            assert!(proposal.prompt.text.contains(words), "{name}: {proposal:?}");
            assert!(findings.is_empty(), "{name}: {findings:?}");
        }
        Becomes::Grave(is_it) => {
            assert!(
                findings.iter().any(|it| it.is_grave() && is_it(it.kind)),
                "{name}: {proposal:?}"
            );
        }
        Becomes::Light(is_it) => {
            assert!(
                findings.iter().any(|it| !it.is_grave() && is_it(it.kind)),
                "{name}: {proposal:?}"
            );
        }
        Becomes::Unchanged => assert!(
            proposal.unchanged && proposal.prompt == *request.prompt,
            "{name}: {proposal:?}"
        ),
        Becomes::Unusable(_) => unreachable!(),
    }
}

#[test]
fn there_are_enough_cases() {
    assert!(planted::CASES.len() + taken_in::CASES.len() >= 40);
}
