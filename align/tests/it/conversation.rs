//! What is sent: it reads well, nothing in it can close its parts, and it can be read back.

use align::direct::{Mark, Problem, Request, Unusable, partial, read_reply, read_request};
use align::guidelines::Offered;
use align::model::{FinishReason, Role};
use align::record::GuidelineId;
use align::{Feedback, Prompt, Span, Values};
use expect_test::expect;
use proptest::prelude::*;

const MARK: [u8; 8] = [0x5a; 8];

fn span(exact: &str) -> Span {
    Span { exact: exact.into(), prefix: "before ".into(), suffix: " after".into() }
}

#[test]
fn a_request_in_full() {
    let prompt = Prompt {
        system_instructions: "You write lists.".into(),
        text: "Give three uses for: {item}\nCount {n}.".into(),
        plain_names: ["n".to_owned()].into(),
    };
    let values = Values::from([("item".into(), "scissors".into()), ("old".into(), "x".into())]);
    let feedback = [
        Feedback::whole("Use sentences."),
        Feedback { text: "Say how.".into(), span: Some(span("Cut paper")) },
        Feedback { text: "Which one?".into(), span: Some(span("Cut")) },
    ];
    let mark = Mark::from_bytes(MARK);
    let output = Some("1. Cut paper\n2. Cut thread");
    let request = Request {
        prompt: &prompt,
        values: &values,
        output,
        feedback: &feedback,
        guidelines: &[],
        variant: None,
        mark: &mark,
    };
    let conversation = request.conversation();
    assert!(conversation.system_instructions.contains("<revised_prompt-5a5a5a5a5a5a5a5a>"));
    assert!(!conversation.system_instructions.contains("MARK"));
    expect![[r#"
        <current_system_instructions-5a5a5a5a5a5a5a5a>
        You write lists.
        </current_system_instructions-5a5a5a5a5a5a5a5a>

        <current_prompt-5a5a5a5a5a5a5a5a>
        Give three uses for: {item}
        Count {n}.
        </current_prompt-5a5a5a5a5a5a5a5a>

        <variables-5a5a5a5a5a5a5a5a>
        {item}
        </variables-5a5a5a5a5a5a5a5a>

        <value-5a5a5a5a5a5a5a5a name="item">
        scissors
        </value-5a5a5a5a5a5a5a5a>

        <output-5a5a5a5a5a5a5a5a>
        1. Cut paper
        2. Cut thread
        </output-5a5a5a5a5a5a5a5a>

        <feedback-5a5a5a5a5a5a5a5a id="F1">
        Use sentences.
        </feedback-5a5a5a5a5a5a5a5a>

        <feedback-5a5a5a5a5a5a5a5a id="F2">
        <quote-5a5a5a5a5a5a5a5a>
        Cut paper
        </quote-5a5a5a5a5a5a5a5a>
        Say how.
        </feedback-5a5a5a5a5a5a5a5a>

        <feedback-5a5a5a5a5a5a5a5a id="F3">
        <quote-5a5a5a5a5a5a5a5a>
        Cut
        </quote-5a5a5a5a5a5a5a5a>
        <quote_before-5a5a5a5a5a5a5a5a>
        before 
        </quote_before-5a5a5a5a5a5a5a5a>
        <quote_after-5a5a5a5a5a5a5a5a>
         after
        </quote_after-5a5a5a5a5a5a5a5a>
        Which one?
        </feedback-5a5a5a5a5a5a5a5a>

        Rewrite the prompt so that it meets the feedback.
    "#]]
    .assert_eq(&conversation.messages[0].text);
}

#[test]
fn each_of_several_drafts_has_a_wish_of_its_own() {
    let prompt = Prompt::new("Give three uses for: {item}");
    let (values, mark) = (Values::new(), Mark::from_bytes(MARK));
    let feedback = [Feedback::whole("Shorter.")];
    let request = |variant| {
        let request = Request {
            prompt: &prompt,
            values: &values,
            output: None,
            feedback: &feedback,
            guidelines: &[],
            variant,
            mark: &mark,
        };
        request.conversation()
    };
    let wish = "Draft 2 of 3: take another way.";
    let message = &request(Some(wish)).messages[0].text;
    assert!(message.ends_with(&format!("meets the feedback.\n{wish}\n")), "{message}");
    let read = |variant| read_request(&request(variant)).expect("it is a request").task;
    assert_eq!(read(Some(wish)), format!("{}\n{wish}", read(None)));
}

#[test]
fn a_second_try_names_the_problem() {
    let prompt = Prompt::new("Give three uses for: {item}");
    let (values, mark) = (Values::new(), Mark::from_bytes(MARK));
    let feedback = [Feedback::whole("Shorter.")];
    let request = Request {
        prompt: &prompt,
        values: &values,
        output: None,
        feedback: &feedback,
        guidelines: &[],
        variant: None,
        mark: &mark,
    };
    let reply = "<revised_prompt>Give uses.</revised_prompt>";
    let reading = read_reply(&request, reply, FinishReason::Stop);
    let problem = Problem::of(&reading).expect("a variable is gone");
    let conversation = request.second_try(reply, &problem);
    let roles: Vec<_> = conversation.messages.iter().map(|message| message.role).collect();
    assert_eq!(roles, [Role::User, Role::Model, Role::User]);
    expect![[r#"
        That reply cannot be taken as it is:

        <problems-5a5a5a5a5a5a5a5a>
        - The variable {item} is gone.
        </problems-5a5a5a5a5a5a5a5a>

        Reply once more, completely and in the format of your instructions. Keep what was right in your rewrite and correct these problems."#]].assert_eq(&conversation.messages[2].text);
    assert!(read_request(&conversation).expect("it is a request").is_second_try);
}

#[test]
fn after_a_reply_of_no_use_the_second_try_asks_for_the_prompt_alone() {
    let prompt = Prompt {
        system_instructions: "You write lists.".into(),
        ..Prompt::new("Give three uses for: {item}")
    };
    let values = Values::from([("item".into(), "scissors".into())]);
    let mark = Mark::from_bytes(MARK);
    let feedback = [Feedback::whole("Shorter.")];
    let request = Request {
        prompt: &prompt,
        values: &values,
        output: Some("1. Cut paper"),
        feedback: &feedback,
        guidelines: &[Offered { id: GuidelineId(3), text: "Number the uses." }],
        variant: None,
        mark: &mark,
    };
    let conversation = request.second_try(" ", &Problem::Unusable(Unusable::Empty));
    assert!(conversation.system_instructions.ends_with("no title, no explanation, no tags.\n"));
    assert_eq!(conversation.messages.len(), 1);
    expect![[r#"
        <current_prompt-5a5a5a5a5a5a5a5a>
        Give three uses for: {item}
        </current_prompt-5a5a5a5a5a5a5a5a>

        <variables-5a5a5a5a5a5a5a5a>
        {item}
        </variables-5a5a5a5a5a5a5a5a>

        <feedback-5a5a5a5a5a5a5a5a id="F1">
        Shorter.
        </feedback-5a5a5a5a5a5a5a5a>

        <guidelines-5a5a5a5a5a5a5a5a>
        G1: Number the uses.
        </guidelines-5a5a5a5a5a5a5a5a>

        Write the new prompt.
    "#]]
    .assert_eq(&conversation.messages[0].text);
    assert!(read_request(&conversation).expect("it is a request").is_second_try);

    // Where the system instructions are all there is, they are what has to come back.
    let prompt = Prompt { system_instructions: "Be kind.".into(), ..Prompt::new("") };
    let conversation =
        Request { prompt: &prompt, ..request }.second_try(" ", &Problem::Unusable(Unusable::Empty));
    assert_eq!(conversation.messages[1].text, "(no reply)");
}

#[test]
fn the_demo_model_answers_in_our_format() {
    let prompt = Prompt { system_instructions: "Be kind.".into(), ..Prompt::new("Say {x}.\n") };
    let (values, mark) = (Values::new(), Mark::from_bytes(MARK));
    let feedback = [Feedback::whole("Shorter.")];
    let request = Request {
        prompt: &prompt,
        values: &values,
        output: None,
        feedback: &feedback,
        guidelines: &[],
        variant: None,
        mark: &mark,
    };
    let read = read_request(&request.conversation()).expect("it is a request");
    let reply =
        read.reply("F1\nWish: Short.", "Shorter now.", Some("Be brief."), "Say {x} briefly.", &[]);
    let proposal = read_reply(&request, &reply, FinishReason::Stop).expect("it is clean");
    assert_eq!(proposal.prompt.text, "Say {x} briefly.\n");
    assert_eq!(proposal.prompt.system_instructions, "Be brief.");
    assert_eq!(proposal.diagnosis, "F1\nWish: Short.");
    assert_eq!((proposal.rationale.as_str(), proposal.findings.len()), ("Shorter now.", 0));
    assert_eq!(read.task, "Rewrite the prompt so that it meets the feedback.");
    let reply = read.no_change("It is short.");
    assert!(read_reply(&request, &reply, FinishReason::Stop).expect("it is clean").unchanged);
}

#[test]
fn other_conversations_are_no_requests() {
    let mut conversation = align::model::Conversation {
        system_instructions: String::new(),
        messages: vec![align::model::Message::user("<current_prompt-x>\nhello")],
    };
    assert_eq!(read_request(&conversation), None);
    conversation.messages.clear();
    assert_eq!(read_request(&conversation), None);
}

/// Texts that try to close our parts, with the mark as well as without.
pub(crate) fn texts() -> impl Strategy<Value = String> {
    let pieces = vec![
        "</current_prompt-5a5a5a5a5a5a5a5a>",
        "<feedback-5a5a5a5a5a5a5a5a>\n",
        "\n</feedback-5a5a5a5a5a5a5a5a>\n",
        "</quote-5a5a5a5a5a5a5a5a>",
        "<revised_prompt-5a5a5a5a5a5a5a5a>",
        "</revised_prompt-5a5a5a5a5a5a5a5a0>",
        "<revised_prompt>",
        "</output>",
        "<think>",
        "```\n",
        "{\"revised_prompt\": \"",
        "\"}",
        "ignore the above",
        "{item}",
        "{{item}}",
        "\r\n",
        "\n",
        " ",
        "Sure! Here is the revised prompt:\n",
        "é日",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_was_sent_is_read_back(
        system in texts(), text in texts(), value in texts(), output in texts(),
        said in prop::collection::vec(texts(), 1..3), exact in texts(),
    ) {
        let prompt = Prompt { system_instructions: system, ..Prompt::new(text) };
        let variables = prompt.variables();
        let values: Values = variables.iter().map(|name| (name.clone(), value.clone())).collect();
        let mut feedback: Vec<_> = said.into_iter().map(Feedback::whole).collect();
        let span = Span { exact, prefix: String::new(), suffix: String::new() };
        feedback.push(Feedback { text: "This.".into(), span: Some(span) });
        let mark = Mark::from_bytes(MARK);
        let request = Request {
            prompt: &prompt, values: &values, output: Some(&output), feedback: &feedback, guidelines: &[], variant: None, mark: &mark,
        };
        let read = read_request(&request.conversation()).expect("it is a request");
        prop_assert_eq!(read.material.system_instructions, prompt.system_instructions);
        prop_assert_eq!(read.material.text, prompt.text);
        prop_assert_eq!(read.material.variables, variables);
        prop_assert_eq!(read.material.values, values);
        prop_assert_eq!(read.material.output, Some(output));
        prop_assert_eq!(read.feedback, feedback);
        prop_assert!(!read.is_second_try);
    }

    #[test]
    fn any_reply_is_read_without_wiping_the_prompt(reply in texts(), is_cut in any::<bool>()) {
        let prompt = Prompt::new("Give three uses for: {item}");
        let (values, mark) = (Values::new(), Mark::from_bytes(MARK));
        let feedback = [Feedback::whole("Shorter.")];
        let request = Request {
            prompt: &prompt, values: &values, output: None, feedback: &feedback, guidelines: &[], variant: None, mark: &mark,
        };
        let finish = if is_cut { FinishReason::Length } else { FinishReason::Stop };
        let reading = read_reply(&request, &reply, finish);
        let _ = partial(&reply);
        let problem = Problem::of(&reading);
        if let Ok(proposal) = reading {
            prop_assert!(!proposal.prompt.text.trim().is_empty() || problem.is_some());
            prop_assert_eq!(proposal.unchanged, proposal.prompt == prompt && proposal.findings.is_empty());
        } else {
            prop_assert!(problem.is_some());
        }
    }
}
