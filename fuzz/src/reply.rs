//! What must hold of every reply of an alignment model. The input is up to seven texts with
//! U+001F between them: the reply (in which `MARK` stands for the mark of the request), the prompt,
//! system instructions, a value, an output, a piece of feedback, a guideline.

use align::direct::{Mark, Problem, Request, better_of, partial, read_reply, read_request};
use align::guidelines::Offered;
use align::model::FinishReason;
use align::record::{GuidelineId, Proposal, Source};
use align::{Feedback, Prompt, Values};

pub(crate) fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut texts = text.split('\u{1f}');
    let mut next = |otherwise: &'static str| texts.next().unwrap_or(otherwise);
    let reply = next("");
    let prompt = Prompt {
        text: next("Give three uses for: {item}").to_owned(),
        system_instructions: next("").to_owned(),
        ..Prompt::default()
    };
    let value = next("scissors");
    let values: Values =
        prompt.variables().into_iter().map(|name| (name, value.to_owned())).collect();
    let output = next("1. Cutting paper.");
    let feedback = [Feedback::whole(next("Write whole sentences."))];
    let guidelines = [
        Offered { id: GuidelineId(41), text: next("Number the steps.") },
        Offered { id: GuidelineId(7), text: "Be brief." },
    ];
    let mark = Mark::from_bytes([0x5a; 8]);
    let request = Request {
        prompt: &prompt,
        values: &values,
        output: Some(output),
        feedback: &feedback,
        guidelines: &guidelines,
        variant: None,
        mark: &mark,
    };
    requests_read_back_as_they_were(&request);
    let mark = mark_of(&request);
    let reply = reply.replace("MARK", &mark);
    replies_are_sound(&request, &reply);
    what_streams_in_can_be_shown(&reply);
}

/// Nothing in the texts closes a part or adds one.
fn requests_read_back_as_they_were(request: &Request<'_>) {
    let read = read_request(&request.conversation()).expect("it is a request");
    assert_eq!(read.material.text, request.prompt.text);
    assert_eq!(read.material.system_instructions, request.prompt.system_instructions);
    assert_eq!(read.material.variables, request.prompt.variables());
    assert_eq!(&read.material.values, request.values);
    assert_eq!(read.material.output.as_deref(), request.output);
    assert_eq!(read.feedback, request.feedback);
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let guidelines: Vec<_> = request.guidelines.iter().map(|it| one_line(it.text)).collect();
    assert_eq!(read.guidelines, guidelines);
    assert!(!read.is_second_try);
}

/// The mark that the request really uses, from its first tag.
fn mark_of(request: &Request<'_>) -> String {
    let conversation = request.conversation();
    let (_, rest) = conversation.messages[0].text.split_once('-').expect("a tag comes first");
    rest.split_once('>').expect("a tag ends").0.to_owned()
}

fn replies_are_sound(request: &Request<'_>, reply: &str) {
    for finish in [FinishReason::Stop, FinishReason::Length] {
        let reading = read_reply(request, reply, finish);
        match &reading {
            Ok(proposal) => proposal_is_sound(request, proposal),
            Err(unusable) => {
                assert!(!unusable.to_string().is_empty() && !unusable.hint().is_empty());
            }
        }
        if let Some(problem) = Problem::of(&reading) {
            let second = request.second_try(reply, &problem);
            let read = read_request(&second).expect("a second try holds the request");
            assert!(read.is_second_try);
            assert_eq!(read.material.text, request.prompt.text);
        }
        assert_eq!(better_of(reading.clone(), reading.clone()), reading);
    }
}

fn proposal_is_sound(request: &Request<'_>, proposal: &Proposal) {
    let base = request.prompt;
    assert_eq!(proposal.prompt.plain_names, base.plain_names);
    only_what_was_asked_for_is_named(request, proposal);
    if proposal.unchanged {
        assert_eq!(proposal.prompt, *base);
        assert!(proposal.findings.is_empty());
        return;
    }
    let is_clean = !proposal.findings.iter().any(align::direct::Finding::is_grave);
    if is_clean {
        assert!(!proposal.prompt.is_blank() || base.is_blank(), "an empty draft is a finding");
        let mark = mark_of(request);
        let whole = format!("{}{}", proposal.prompt.system_instructions, proposal.prompt.text);
        assert!(!whole.contains(&mark), "the mark in a draft is a finding");
    }
    for finding in &proposal.findings {
        assert!(!finding.message.is_empty());
    }
}

/// A label that was not offered is no guideline.
fn only_what_was_asked_for_is_named(request: &Request<'_>, proposal: &Proposal) {
    let is_offered = |id: &GuidelineId| request.guidelines.iter().any(|it| it.id == *id);
    for trace in &proposal.traces {
        assert!(match &trace.source {
            Source::Feedback(place) => (*place as usize) < request.feedback.len(),
            Source::Guideline(id) => is_offered(id),
        });
    }
    for conflict in &proposal.conflicts {
        assert!(conflict.guidelines.len() > 1 && conflict.guidelines.iter().all(is_offered));
    }
}

/// At every point of its way, and never with half a character.
fn what_streams_in_can_be_shown(reply: &str) {
    let ends = reply.char_indices().map(|(at, _)| at).chain([reply.len()]);
    let step = reply.chars().count() / 64 + 1;
    for end in ends.step_by(step) {
        let shown = partial(&reply[..end]);
        assert!(shown.text.len() <= end && shown.rationale.len() <= end);
        assert!(shown.diagnosis.len() <= end);
    }
}
