//! Consultations: what each answer does, the second try, Stop, the end of the server.

use std::time::Duration;

use align::Feedback;
use align::guidelines::Tone;
use align::model::FailureKind;
use align::record::{
    Answer, Consultation, ConsultationId, ConsultationState, Event, Evidence, GuidelineOrigin,
    RunId,
};
use expect_test::expect;
use models::testing::Script;
use service::ServiceError;

use crate::bench::{Bench, TEXT, until};
use crate::guidelines::said;

const OUTPUT: &str = "1. Cut the paper neatly along the dotted line. 2. Open letters.";

/// A bench with a run that answered [`OUTPUT`] and one guideline, then these replies.
pub(crate) async fn bench(replies: impl IntoIterator<Item = Script>) -> (Bench, RunId) {
    let scripts = [Script::text(OUTPUT)].into_iter().chain(replies).collect::<Vec<_>>();
    let bench = Bench::new(scripts).await;
    let run = bench.run(TEXT).await.unwrap().run.id;
    bench.ended_run(run).await;
    bench.guidelines(&["Be brief."]).await;
    (bench, run)
}

/// A reply as an alignment model gives it.
pub(crate) fn reply(decision: &str, target: &str, guideline: &str) -> Script {
    Script::text(format!(
        "<decision>{decision}</decision><target>{target}</target>\
        <guideline>{guideline}</guideline><reason>Because.</reason>"
    ))
}

fn critique() -> Evidence {
    Evidence::Critique(Feedback::whole("Everybody knows these."))
}

impl Bench {
    async fn distil(&self, run: RunId, evidence: Evidence) -> Result<Consultation, ServiceError> {
        self.studio.distil(run, evidence, Some(self.model.model())).await
    }

    pub(crate) async fn consulted(&self, id: ConsultationId) -> Consultation {
        for _ in 0..400 {
            let consultation = self.studio.consultation(id).await.unwrap();
            if consultation.state != ConsultationState::Working {
                return consultation;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the consultation does not end");
    }

    /// Distils a critique and waits for what comes of it.
    pub(crate) async fn learn(&self, run: RunId) -> Consultation {
        let asked = self.distil(run, critique()).await.unwrap();
        self.consulted(asked.id).await
    }

    /// What the guidelines say.
    pub(crate) async fn listed(&self) -> Vec<String> {
        let list = self.guidelines(&[]).await;
        list.into_iter().map(|guideline| guideline.text).collect()
    }
}

/// Whether an event says that a consultation came to this state.
pub(crate) fn is_over(event: &Event, state: ConsultationState) -> bool {
    matches!(event, Event::Consultation(it) if it.state == state)
}

#[tokio::test]
async fn a_critique_becomes_a_guideline() {
    let (bench, run) = bench([reply("add", "none", "Name uses that surprise.")]).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let learnt = bench.learn(run).await;
    assert_eq!((learnt.state, learnt.tries), (ConsultationState::Accepted, 1));
    assert!(matches!(learnt.answer, Some(Answer::Add { .. })));
    assert_eq!(bench.listed().await, ["Be brief.", "Name uses that surprise."]);
    let told = until(events, |event| is_over(event, ConsultationState::Accepted)).await;
    assert!(told.iter().any(|it| matches!(&it.event, Event::Guidelines(list) if list.len() == 2)));
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    assert_eq!(page.consultations, [], "what was applied needs nobody's attention");
    let GuidelineOrigin::Distilled { run_id, said, .. } = &page.guidelines[1].origin else {
        panic!()
    };
    assert_eq!((*run_id, said.as_str()), (run, "Everybody knows these."));
    let asked = &bench.model.calls()[1].conversation.messages[0].text;
    for words in [OUTPUT, "Everybody knows these.", "Be brief.", "{item}", "scissors"] {
        assert!(asked.contains(words), "{words} is missing");
    }
}

#[tokio::test]
async fn nothing_to_change_says_why() {
    let (bench, run) = bench([reply("none", "none", "")]).await;
    let learnt = bench.learn(run).await;
    assert_eq!(learnt.state, ConsultationState::Ready);
    assert_eq!(learnt.answer, Some(Answer::Nothing { reason: "Because.".into() }));
    let refused = bench.studio.accept_consultation(learnt.id).await;
    expect!["This proposal is not in a state for that. Look at its state; it may have changed on another page."].assert_eq(&said(refused));
}

#[tokio::test]
async fn a_choice_that_was_not_offered_is_sent_back_once() {
    let replies = [reply("edit", "G7", "x"), reply("add", "none", "Name uses that surprise.")];
    let (bench, run) = bench(replies).await;
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    let learnt = bench.learn(run).await;
    assert_eq!((learnt.state, learnt.tries), (ConsultationState::Accepted, 2));
    until(events, |event| matches!(event, Event::Consultation(it) if it.tries == 2)).await;
    let second = &bench.model.calls()[2].conversation.messages;
    assert!(second.last().unwrap().text.contains("G7"), "the second try names what was wrong");
}

#[tokio::test]
async fn words_of_the_run_are_sent_back_once_and_then_shown() {
    let copied = "Cut the paper neatly along the dotted line.";
    let replies = [reply("add", "none", copied), Script::text("no idea")];
    let (bench, run) = bench(replies).await;
    let learnt = bench.learn(run).await;
    let Some(Answer::Add { findings, .. }) = learnt.answer else { panic!("{learnt:?}") };
    assert_eq!((learnt.tries, findings.len()), (2, 1));
}

#[tokio::test]
async fn a_failure_is_kept_with_its_question_and_asked_again() {
    let replies = [Script::text("Hm."), Script::text("Hm."), reply("add", "none", "Surprise.")];
    let (bench, run) = bench(replies).await;
    let failed = bench.learn(run).await;
    assert_eq!(failed.state, ConsultationState::Failed);
    assert_eq!(failed.failure.as_ref().unwrap().kind, FailureKind::Unusable);
    assert_eq!(bench.model.calls().len(), 3, "one second try, not more");
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    assert_eq!(page.consultations, std::slice::from_ref(&failed));
    let again = bench.studio.ask_again(failed.id, None).await.unwrap();
    assert_eq!((&again.question, &again.model), (&failed.question, &failed.model));
    assert_eq!(bench.consulted(again.id).await.state, ConsultationState::Accepted);
    assert_eq!(bench.consulted(failed.id).await.state, ConsultationState::Dismissed);
    let twice = bench.studio.ask_again(failed.id, None).await;
    assert!(matches!(twice, Err(ServiceError::Conflict { .. })));
}

#[tokio::test]
async fn stop_ends_the_call() {
    let (bench, run) = bench([Script::empty().hang()]).await;
    let asked = bench.distil(run, critique()).await.unwrap();
    bench.studio.stop_consultation(asked.id).await.unwrap();
    assert_eq!(bench.consulted(asked.id).await.state, ConsultationState::Stopped);
    bench.studio.stop_consultation(asked.id).await.expect("one that ended is no failure");
    bench.studio.dismiss_consultation(asked.id).await.unwrap();
    assert_eq!(bench.listed().await, ["Be brief."]);
}

#[tokio::test]
async fn the_end_of_the_server_interrupts() {
    let (bench, run) = bench([Script::empty().hang()]).await;
    let asked = bench.distil(run, critique()).await.unwrap();
    let events = bench.studio.subscribe(bench.prompt, None).unwrap();
    bench.server.shutdown(Duration::from_secs(2)).await;
    until(events, |event| is_over(event, ConsultationState::Interrupted)).await;
    let bench = bench.reopened().await;
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    let states: Vec<_> = page.consultations.iter().map(|it| (it.id, it.state)).collect();
    assert_eq!(states, [(asked.id, ConsultationState::Interrupted)]);
}

#[tokio::test]
async fn a_crash_in_the_middle_interrupts() {
    let (bench, run) = bench([Script::empty().hang()]).await;
    let asked = bench.distil(run, critique()).await.unwrap();
    let bench = bench.crashed().await;
    assert_eq!(bench.consulted(asked.id).await.state, ConsultationState::Interrupted);
    bench.model.push(reply("add", "none", "Surprise."));
    let again = bench.studio.ask_again(asked.id, None).await.unwrap();
    assert_eq!(bench.consulted(again.id).await.state, ConsultationState::Accepted);
}

#[tokio::test]
async fn suggestions_wait_until_newer_ones_come() {
    let suggestions = |text: &str| Script::text(format!("<suggestion>{text}</suggestion>"));
    let (bench, run) = bench([suggestions("It is dull."), suggestions("It is long.")]).await;
    let suggest = || bench.studio.suggest(run, Tone::Critiques, Some(bench.model.model()));
    let first = suggest().await.unwrap().id;
    let answer = Some(Answer::Suggestions(vec!["It is dull.".into()]));
    assert_eq!(bench.consulted(first).await.answer, answer);
    let second = suggest().await.unwrap().id;
    bench.consulted(second).await;
    let asked = &bench.model.calls()[2].conversation.messages[0].text;
    assert!(asked.contains("It is dull.") && asked.contains("Be brief."), "nothing comes twice");
    let page = bench.studio.workbench(bench.prompt).await.unwrap();
    let ids: Vec<_> = page.consultations.iter().map(|it| it.id).collect();
    assert_eq!(ids, [second]);
}

#[tokio::test]
async fn what_teaches_nothing_is_refused_before_any_call() {
    let (bench, run) = bench([Script::empty().hang()]).await;
    let corrected = |text: &str| Evidence::CorrectedOutput(text.to_owned());
    let mut told = Vec::new();
    for evidence in [
        corrected(&format!("\n{OUTPUT} ")),
        corrected(" "),
        corrected("a\0"),
        corrected(&"x".repeat((4 << 20) + 1)),
        Evidence::Kudos(Feedback::whole(" ")),
    ] {
        told.push(said(bench.distil(run, evidence).await));
    }
    let going = bench.run("Go on.").await.unwrap().run.id;
    told.push(said(bench.distil(going, critique()).await));
    bench.studio.stop_run(going).await.unwrap();
    bench.ended_run(going).await;
    told.push(said(bench.distil(going, critique()).await));
    expect![[r"
        The corrected output is the same as the output. Change what should have been different, then learn from it.
        The corrected output is empty. Write the output as it should have been.
        The corrected output holds a null character (U+0000), which no model can read. Remove it, or paste the text without it.
        The corrected output is longer than 4 MB. Shorten it.
        The feedback is empty. Say in plain words what the output should have done differently.
        The run goes on; its output is not complete. Wait until it is, or stop it.
        This run has no output to learn from. Run the prompt again, then say what is good or wrong about the output."]].assert_eq(&told.join("\n"));
    assert_eq!(bench.model.calls().len(), 2);
}
