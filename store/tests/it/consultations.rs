//! Consultations: what is added at once, what waits for a person, what is decided once.

use align::Feedback;
use align::guidelines::Tone;
use align::model::{Failure, FailureKind, ModelRef, Usage};
use align::record::{
    Answer, ChangeKind, Consultation, ConsultationState, Evidence, EvidenceKind, GuidelineId,
    GuidelineOrigin, PromptId, Question, RunId,
};
use store::{ConsultationEnd, Consulted, GuidelineEdit, NewConsultation, Outcome, StoreError};

use crate::fixture::{ANN, Fixture, NOW, shown};

async fn scene() -> (Fixture, PromptId, RunId, GuidelineId) {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    let run = fixture.done(id, 1, "1. Cut paper").await.id;
    let guideline = fixture.guideline(id, "Be brief.").await;
    (fixture, id, run, guideline)
}

fn critique(said: &str) -> Question {
    Question::Distil { evidence: Evidence::Critique(Feedback::whole(said)) }
}

fn question(prompt_id: PromptId, run_id: RunId, question: Question) -> NewConsultation {
    let model = ModelRef::new("demo", "demo");
    NewConsultation {
        prompt_id,
        run_id,
        author: ANN.into(),
        model,
        question,
        again: None,
        now: NOW,
    }
}

fn end(of: &Consultation, outcome: Outcome) -> ConsultationEnd {
    let usage = Some(Usage::default());
    ConsultationEnd { id: of.id, outcome, tries: 2, usage, duration_ms: 40, now: NOW + 1 }
}

fn add(text: &str) -> Outcome {
    Outcome::Add { text: text.into(), reason: "Because.".into(), findings: Vec::new() }
}

fn edit(guideline_id: GuidelineId, before: &str, after: &str) -> Outcome {
    Outcome::Answered(Answer::Edit {
        guideline_id,
        before: before.into(),
        after: after.into(),
        reason: "Because.".into(),
        findings: Vec::new(),
    })
}

fn remove(guideline_id: GuidelineId, before: &str) -> Outcome {
    let (before, reason) = (before.into(), String::new());
    Outcome::Answered(Answer::Remove { guideline_id, before, reason })
}

impl Fixture {
    async fn ask(&self, id: PromptId, run: RunId, asked: Question) -> Consultation {
        self.store.insert_consultation(question(id, run, asked)).await.unwrap().consultation
    }

    /// Asks and keeps this outcome.
    async fn consult(&self, id: PromptId, run: RunId, outcome: Outcome) -> Consulted {
        let asked = self.ask(id, run, critique("Too long.")).await;
        self.store.finish_consultation(&end(&asked, outcome)).await.unwrap()
    }

    async fn open(&self, id: PromptId) -> Vec<ConsultationState> {
        let open = self.store.open_consultations(id, 20).await.unwrap();
        open.iter().map(|it| it.state).collect()
    }

    async fn kinds(&self, id: PromptId) -> Vec<ChangeKind> {
        let changes = self.store.guideline_changes(id, None, 9).await.unwrap();
        changes.iter().map(|it| it.kind).collect()
    }

    async fn listed(&self, id: PromptId) -> String {
        shown(&self.store.guidelines(id).await.unwrap())
    }
}

#[tokio::test]
async fn an_addition_is_applied_with_its_answer() {
    let (fixture, id, run, _) = scene().await;
    let asked = fixture.ask(id, run, critique("No prices.")).await;
    assert_eq!((asked.state, asked.tries), (ConsultationState::Working, 1));
    let outcome = end(&asked, add("Name a price."));
    let Consulted { consultation, list } =
        fixture.store.finish_consultation(&outcome).await.unwrap();
    assert_eq!((consultation.state, consultation.tries), (ConsultationState::Accepted, 2));
    assert_eq!(shown(&list.unwrap().guidelines), "Be brief., Name a price.");
    let listed = fixture.store.guidelines(id).await.unwrap();
    let origin = GuidelineOrigin::Distilled {
        consultation_id: asked.id,
        run_id: run,
        evidence: EvidenceKind::Critique,
        said: "No prices.".into(),
    };
    assert_eq!(listed[1].origin, origin);
    assert_eq!(fixture.open(id).await, []);
    let entry = fixture.store.guideline_changes(id, None, 1).await.unwrap().remove(0);
    assert_eq!((entry.kind, entry.consultation_id), (ChangeKind::Added, Some(asked.id)));
    fixture.store.undo_guideline_change(entry.id, ANN, NOW).await.unwrap();
    assert_eq!(fixture.listed(id).await, "Be brief.");
    let again = fixture.store.finish_consultation(&outcome).await.unwrap_err();
    assert!(matches!(again, StoreError::NotEditable { .. }), "{again:?}");
}

#[tokio::test]
async fn what_is_said_already_is_not_added_twice() {
    let (fixture, id, run, _) = scene().await;
    let consulted = fixture.consult(id, run, add("be brief")).await;
    assert_eq!((consulted.consultation.state, consulted.list), (ConsultationState::Ready, None));
    let reason = "“Be brief.” says it already.".to_owned();
    assert_eq!(consulted.consultation.answer, Some(Answer::Nothing { reason }));
}

#[tokio::test]
async fn a_corrected_output_is_carried_in_part() {
    let (fixture, id, run, _) = scene().await;
    let evidence = Evidence::CorrectedOutput("long ".repeat(1_000));
    let asked = fixture.ask(id, run, Question::Distil { evidence }).await;
    fixture.store.finish_consultation(&end(&asked, add("New."))).await.unwrap();
    let listed = fixture.store.guidelines(id).await.unwrap();
    let GuidelineOrigin::Distilled { said, evidence, .. } = &listed[1].origin else { panic!() };
    assert_eq!((said.len(), *evidence), (600, EvidenceKind::CorrectedOutput));
}

#[tokio::test]
async fn a_proposal_changes_nothing_until_it_is_accepted() {
    for (changes, after, kind) in
        [(true, "Be very brief.", ChangeKind::Edited), (false, "", ChangeKind::Removed)]
    {
        let (fixture, id, run, guideline) = scene().await;
        let outcome = if changes {
            edit(guideline, "Be brief.", after)
        } else {
            remove(guideline, "Be brief.")
        };
        let proposed = fixture.consult(id, run, outcome).await.consultation;
        assert!(proposed.is_proposal());
        assert_eq!(fixture.listed(id).await, "Be brief.");
        let accept = || fixture.store.accept_consultation(proposed.id, "bob", NOW + 2);
        let accepted = accept().await.unwrap();
        assert_eq!(accepted.consultation.state, ConsultationState::Accepted);
        assert_eq!(shown(&accepted.list.unwrap().guidelines), after);
        assert_eq!(fixture.kinds(id).await, [kind, ChangeKind::Proposed, ChangeKind::Added]);
        assert_eq!(accept().await.unwrap().list, None, "a second accept is no failure");
        let dismissed = fixture.store.dismiss_consultation(proposed.id, NOW).await.unwrap_err();
        assert!(matches!(dismissed, StoreError::ConsultationDecided { .. }), "{dismissed:?}");
        let entry = fixture.store.guideline_changes(id, None, 1).await.unwrap().remove(0);
        assert_eq!((entry.author.as_str(), entry.consultation_id), ("bob", Some(proposed.id)));
        fixture.store.undo_guideline_change(entry.id, ANN, NOW).await.unwrap();
        assert_eq!(fixture.listed(id).await, "Be brief.");
    }
}

#[tokio::test]
async fn a_dismissed_proposal_stays_dismissed() {
    let (fixture, id, run, guideline) = scene().await;
    let proposed = fixture.consult(id, run, remove(guideline, "Be brief.")).await.consultation;
    for _ in 0..2 {
        let dismissed = fixture.store.dismiss_consultation(proposed.id, NOW).await.unwrap();
        assert_eq!(dismissed.state, ConsultationState::Dismissed);
    }
    let accepted = fixture.store.accept_consultation(proposed.id, ANN, NOW).await.unwrap_err();
    assert!(matches!(accepted, StoreError::ConsultationDecided { .. }), "{accepted:?}");
    assert_eq!((fixture.open(id).await, fixture.listed(id).await), (vec![], "Be brief.".into()));
    assert!(fixture.store.guideline_changes(id, None, 1).await.unwrap()[0].undone);
}

#[tokio::test]
async fn undoing_a_proposal_that_waits_dismisses_it() {
    let (fixture, id, run, guideline) = scene().await;
    let proposed = fixture.consult(id, run, remove(guideline, "Be brief.")).await.consultation;
    let entry = fixture.store.guideline_changes(id, None, 1).await.unwrap().remove(0);
    let undone = fixture.store.undo_guideline_change(entry.id, ANN, NOW).await.unwrap();
    assert_eq!(undone.dismissed, Some(proposed.id));
    let again = fixture.store.undo_guideline_change(entry.id, ANN, NOW).await.unwrap_err();
    assert!(matches!(again, StoreError::UndoneBefore), "{again:?}");

    let proposed = fixture.consult(id, run, edit(guideline, "Be brief.", "B")).await.consultation;
    let entry = fixture.store.guideline_changes(id, None, 1).await.unwrap().remove(0);
    fixture.store.accept_consultation(proposed.id, ANN, NOW).await.unwrap();
    let refused = fixture.store.undo_guideline_change(entry.id, ANN, NOW).await.unwrap_err();
    assert!(matches!(refused, StoreError::ConsultationDecided { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_proposal_about_what_changed_since_stays_a_proposal() {
    let (fixture, id, run, guideline) = scene().await;
    let proposed = fixture.consult(id, run, edit(guideline, "Be brief.", "B")).await.consultation;
    let change = |edit| fixture.store.change_guideline(guideline, edit, ANN, NOW);
    change(GuidelineEdit::Text { before: "Be brief.".into(), after: "Be kind.".into() })
        .await
        .unwrap();
    let accept = || fixture.store.accept_consultation(proposed.id, ANN, NOW);
    let refused = accept().await.unwrap_err();
    assert!(matches!(refused, StoreError::GuidelineChanged), "{refused:?}");
    change(GuidelineEdit::Remove).await.unwrap();
    let refused = accept().await.unwrap_err();
    assert!(matches!(refused, StoreError::GuidelineGone), "{refused:?}");
    assert_eq!(fixture.open(id).await, [ConsultationState::Ready]);
    fixture.store.dismiss_consultation(proposed.id, NOW).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_accept_at_once_both_see_it_accepted_once() {
    let (fixture, id, run, guideline) = scene().await;
    for round in 0..20 {
        let before = fixture.listed(id).await;
        let after = format!("Be brief {round}.");
        let proposed =
            fixture.consult(id, run, edit(guideline, &before, &after)).await.consultation;
        let accepts = [0, 1].map(|_| {
            let (store, id) = (fixture.store.clone(), proposed.id);
            tokio::spawn(async move { store.accept_consultation(id, ANN, NOW).await.unwrap() })
        });
        let mut changed = 0;
        for accept in accepts {
            let accepted = accept.await.unwrap();
            assert_eq!(accepted.consultation.state, ConsultationState::Accepted);
            changed += u32::from(accepted.list.is_some());
        }
        assert_eq!((changed, fixture.listed(id).await), (1, after));
    }
}

#[tokio::test]
async fn new_suggestions_take_the_place_of_old_ones_of_their_tone() {
    let (fixture, id, run, _) = scene().await;
    let suggest = |tone| question(id, run, Question::Suggest { tone });
    for tone in [Tone::Critiques, Tone::Kudos] {
        let asked = fixture.store.insert_consultation(suggest(tone)).await.unwrap().consultation;
        let texts = Answer::Suggestions(vec!["Too long.".into()]);
        fixture.store.finish_consultation(&end(&asked, Outcome::Answered(texts))).await.unwrap();
    }
    let ready = ConsultationState::Ready;
    assert_eq!(fixture.open(id).await, [ready, ready]);
    let started = fixture.store.insert_consultation(suggest(Tone::Critiques)).await.unwrap();
    let dismissed: Vec<_> = started.dismissed.iter().map(|it| (it.id.0, it.state)).collect();
    assert_eq!(dismissed, [(1, ConsultationState::Dismissed)]);
    assert_eq!(fixture.open(id).await, [ready, ConsultationState::Working]);
}

#[tokio::test]
async fn what_found_no_answer_is_asked_again() {
    let (fixture, id, run, _) = scene().await;
    let failure = Failure {
        kind: FailureKind::Unusable,
        message: "No.".into(),
        hint: "Again.".into(),
        retry_after_ms: None,
    };
    let outcome = Outcome::Ended(ConsultationState::Failed, Some(failure.clone()));
    let failed = fixture.consult(id, run, outcome).await.consultation;
    assert_eq!((failed.failure, failed.duration_ms), (Some(failure), Some(40)));
    let again =
        || NewConsultation { again: Some(failed.id), ..question(id, run, critique("Too long.")) };
    let started = fixture.store.insert_consultation(again()).await.unwrap();
    assert_eq!(started.dismissed[0].id, failed.id);
    assert_eq!(fixture.open(id).await, [ConsultationState::Working]);
    let twice = fixture.store.insert_consultation(again()).await.unwrap_err();
    assert!(matches!(twice, StoreError::NotEditable { .. }), "{twice:?}");
}

#[tokio::test]
async fn the_end_of_the_server_interrupts() {
    let (fixture, id, run, _) = scene().await;
    let asked = fixture.ask(id, run, critique("Too long.")).await;
    let going = fixture.store.dismiss_consultation(asked.id, NOW).await.unwrap_err();
    assert!(matches!(going, StoreError::NotEditable { .. }), "{going:?}");
    let fixture = fixture.reopened().await;
    assert_eq!(fixture.store.interrupt_unfinished(NOW).await.unwrap().consultations.len(), 1);
    assert_eq!(fixture.open(id).await, [ConsultationState::Interrupted]);
    fixture.store.dismiss_consultation(asked.id, NOW).await.unwrap();
    assert_eq!(fixture.open(id).await, []);
}
