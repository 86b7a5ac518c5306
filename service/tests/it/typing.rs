//! What is typed, and restoring.

use align::record::{Correction, RunId, SeenText, WorkingCopy};
use align::{Prompt, Values};
use service::{CreatePrompt, ServiceError};

use crate::bench::{Bench, TEXT};

#[tokio::test]
async fn a_new_prompt_opens_with_its_text_and_values() {
    let bench = Bench::new([]).await;
    let new = CreatePrompt {
        title: " From  the gallery ".into(),
        prompt: Some(Prompt::new(TEXT)),
        values: Values::from([("item".into(), "scissors".into())]),
        ..CreatePrompt::default()
    };
    let head = bench.studio.create_prompt(new).await.unwrap();
    assert_eq!(head.title, "From the gallery");
    let workbench = bench.studio.workbench(head.id).await.unwrap();
    assert_eq!(workbench.working_copy.prompt.text, TEXT);
    assert_eq!(workbench.working_copy.values["item"], "scissors");
    assert_eq!(workbench.newest.unwrap().summary.number, 1);
}

#[tokio::test]
async fn an_older_copy_never_overwrites_a_newer_one() {
    let bench = Bench::new([]).await;
    let copy = bench.studio.working_copy(bench.prompt).await.unwrap();
    let typed = WorkingCopy { feedback: "typed here".into(), ..copy.clone() };
    let save = |copy| bench.studio.save_working_copy(bench.prompt, "page", copy);
    let revision = save(typed).await.unwrap();
    let late = save(WorkingCopy { feedback: "typed there".into(), ..copy.clone() }).await;
    assert!(matches!(late, Err(ServiceError::Conflict { .. })));
    let kept = bench.studio.working_copy(bench.prompt).await.unwrap();
    assert_eq!((kept.feedback.as_str(), kept.revision), ("typed here", revision));
}

#[tokio::test]
async fn a_correction_and_a_guideline_are_kept_while_they_are_typed() {
    let bench = Bench::new([]).await;
    let copy = bench.studio.working_copy(bench.prompt).await.unwrap();
    let typed = WorkingCopy {
        correction: Some(Correction { run_id: RunId(1), text: "1. A bell for a kite.".into() }),
        guideline: "Name uses for mak".into(),
        ..copy
    };
    let save = |copy| bench.studio.save_working_copy(bench.prompt, "page", copy);
    save(typed.clone()).await.unwrap();
    let kept = bench.studio.working_copy(bench.prompt).await.unwrap();
    assert_eq!((&kept.correction, &kept.guideline), (&typed.correction, &typed.guideline));

    let too_long = WorkingCopy { guideline: "x".repeat((64 << 10) + 1), ..kept.clone() };
    assert!(matches!(save(too_long).await, Err(ServiceError::Invalid { .. })));
    assert_eq!(bench.studio.working_copy(bench.prompt).await.unwrap(), kept);
}

#[tokio::test]
async fn restoring_makes_a_version_and_keeps_what_was_typed() {
    let bench = Bench::new([]).await;
    let seen = Some(SeenText { prompt: Prompt::new("Half typed"), revision: 0 });
    let restored = bench.studio.restore_version(bench.prompt, 1, seen).await.unwrap().version;
    assert_eq!((restored.summary.number, restored.prompt.text.as_str()), (3, TEXT));
    assert_eq!(restored.summary.origin.label(), "restored");
    let kept = bench.studio.version(bench.prompt, 2).await.unwrap();
    assert_eq!(kept.prompt.text, "Half typed");
}

#[tokio::test]
async fn a_deleted_prompt_is_gone_until_it_is_undeleted() {
    let bench = Bench::new([]).await;
    bench.studio.delete_prompt(bench.prompt).await.unwrap();
    let gone = bench.studio.workbench(bench.prompt).await;
    assert!(matches!(&gone, Err(ServiceError::NotFound { what }) if what == "prompt"));
    bench.studio.undelete_prompt(bench.prompt).await.unwrap();
    assert!(bench.studio.workbench(bench.prompt).await.is_ok());
}
