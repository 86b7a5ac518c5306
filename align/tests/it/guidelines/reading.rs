//! Requests about guidelines are read back as they were, and answered in our format.

use align::direct::{Mark, read_request};
use align::guidelines::{
    Change, Decision, Distil, Evidence, Offered, ReadEvidence, Suggest, Tone, Unusable,
    read_distil_request, read_distillation, read_suggest_request, read_suggestions,
};
use align::model::FinishReason;
use align::record::GuidelineId;
use align::{Feedback, Prompt, Span, Values};
use proptest::prelude::*;

use super::{GUIDELINES, OUTPUT, distil};
use crate::conversation::texts;

#[test]
fn decisions_are_written_as_they_are_read() {
    let critique = Feedback::whole("None of these are creative.");
    let check = |decision: Decision, expected: Change| {
        distil(&GUIDELINES, Evidence::Critique(&critique), |request| {
            let read = read_distil_request(&request.conversation()).expect("it is a request");
            let reply = read.reply(&decision, "Because G2 is so.");
            let distillation = read_distillation(request, &reply, FinishReason::Stop);
            let distillation = distillation.expect("it is in our format");
            assert_eq!(distillation.change, expected);
            assert_eq!(distillation.reason, "Because “Number the uses.” is so.");
        });
    };
    let text = || "Surprise the reader.".to_owned();
    check(Decision::Add(text()), Change::Add { text: text() });
    check(Decision::Edit(1, text()), Change::Edit { id: GuidelineId(7), text: text() });
    check(Decision::Remove(0), Change::Remove { id: GuidelineId(41) });
    check(Decision::Nothing, Change::Nothing);
}

#[test]
fn suggestions_are_written_as_they_are_read() {
    let (prompt, values) = (Prompt::new("Give uses for {item}"), Values::new());
    let (prompt, values, mark) = (&prompt, &values, &Mark::from_bytes([0x5a; 8]));
    for (tone, said) in [(Tone::Critiques, &["It is long."][..]), (Tone::Kudos, &[])] {
        let request = Suggest { prompt, values, output: OUTPUT, tone, said, mark };
        let read = read_suggest_request(&request.conversation()).expect("it is a request");
        assert_eq!((read.tone, read.said.len()), (tone, said.len()));
        let statements = ["One.", "Two.", "Three."].map(str::to_owned);
        let found = read_suggestions(&request, &read.reply(&statements), FinishReason::Stop);
        assert_eq!(found, Ok(statements.to_vec()));
        let second = request.second_try("hm", &Unusable::NoSuggestions);
        assert!(read_suggest_request(&second).expect("it is a request").is_second_try);
        assert_eq!(read_distil_request(&second), None);
        assert_eq!(read_request(&second), None);
    }
}

proptest! {
    #[test]
    fn distillations_are_read_back(
        system in texts(), text in texts(), value in texts(), output in texts(),
        guidelines in prop::collection::vec(texts(), 0..3), said in texts(), exact in texts(),
        kind in 0..4,
    ) {
        let prompt = Prompt { system_instructions: system, ..Prompt::new(text) };
        let variables = prompt.variables();
        let values: Values = variables.iter().map(|name| (name.clone(), value.clone())).collect();
        let offered: Vec<_> =
            guidelines.iter().map(|text| Offered { id: GuidelineId(1), text }).collect();
        let span = Span { exact, prefix: String::new(), suffix: String::new() };
        let whole = Feedback::whole(said.clone());
        let of_span = Feedback { text: said.clone(), span: Some(span) };
        let (evidence, expected) = match kind {
            0 => (Evidence::Critique(&of_span), ReadEvidence::Critique(of_span.clone())),
            1 => (Evidence::Kudos(&of_span), ReadEvidence::Kudos(of_span.clone())),
            2 => (Evidence::Kudos(&whole), ReadEvidence::Kudos(whole.clone())),
            _ => (Evidence::CorrectedOutput(&said), ReadEvidence::CorrectedOutput(said.clone())),
        };
        let mark = Mark::from_bytes([0x5a; 8]);
        let request = Distil {
            prompt: &prompt, values: &values, output: &output, guidelines: &offered, evidence, mark: &mark,
        };
        let conversation = request.conversation();
        let read = read_distil_request(&conversation).expect("it is a request");
        prop_assert_eq!(read.material.system_instructions, prompt.system_instructions);
        prop_assert_eq!(read.material.text, prompt.text);
        prop_assert_eq!(read.material.values, values);
        prop_assert_eq!(read.material.output, Some(output));
        prop_assert_eq!(read.guidelines, on_one_line(&guidelines));
        prop_assert_eq!(read.evidence, expected);
        prop_assert_eq!(read_request(&conversation), None);
        prop_assert_eq!(read_suggest_request(&conversation), None);
    }

    #[test]
    fn requests_for_suggestions_are_read_back(
        text in texts(), output in texts(), said in prop::collection::vec(texts(), 1..3),
        is_kudos in any::<bool>(),
    ) {
        let (prompt, values) = (Prompt::new(text), Values::new());
        let tone = if is_kudos { Tone::Kudos } else { Tone::Critiques };
        let said: Vec<_> = said.iter().map(|text| format!("It says: {text}")).collect();
        let lines: Vec<_> = said.iter().map(String::as_str).collect();
        let mark = Mark::from_bytes([0x5a; 8]);
        let request = Suggest {
            prompt: &prompt, values: &values, output: &output, tone, said: &lines, mark: &mark,
        };
        let read = read_suggest_request(&request.conversation()).expect("it is a request");
        prop_assert_eq!(read.material.text, prompt.text);
        prop_assert_eq!(read.material.output, Some(output));
        prop_assert_eq!(read.tone, tone);
        prop_assert_eq!(read.said, on_one_line(&said));
    }
}

/// A line break inside a statement would let it pose as two.
fn on_one_line(texts: &[String]) -> Vec<String> {
    let line = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    texts.iter().map(line).collect()
}
