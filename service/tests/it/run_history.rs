//! The history of runs: found again, opened with what belongs to them.

use align::record::{RunQuery, RunState};
use align::{Feedback, Values};
use models::testing::Script;
use service::{ServiceError, StartRun};

use crate::bench::{Bench, TEXT};

impl Bench {
    async fn ran(&self, text: &str, item: &str) -> align::record::Run {
        let start = StartRun {
            prompt_id: self.prompt,
            prompt: align::Prompt::new(text),
            base: Some(1),
            values: Values::from([("item".to_owned(), item.to_owned())]),
            models: self.models(),
        };
        let id = self.studio.start_run(start).await.unwrap().run.id;
        self.ended_run(id).await
    }
}

#[tokio::test]
async fn a_run_is_found_by_a_word_of_its_output_and_opened_with_its_feedback() {
    let texts = ["Cut confetti.", "Ring it.", "Ring twice."].map(Script::text);
    let bench = Bench::new(texts).await;
    let scissors = bench.ran(TEXT, "scissors").await;
    bench.studio.add_feedback(scissors.id, &Feedback::whole("Shorter.")).await.unwrap();
    bench.ran(TEXT, "a bell").await;
    let newest = bench.ran("Give one use for: {item}", "a bell").await;

    let query = RunQuery { search: "confet".into(), ..RunQuery::default() };
    let found = bench.studio.run_history(bench.prompt, &query).await.unwrap();
    assert_eq!(found.runs.len(), 1);
    let row = &found.runs[0];
    assert_eq!((row.id, row.state, row.feedback_count), (scissors.id, RunState::Done, 1));
    let opened = bench.studio.open_run(row.id).await.unwrap();
    assert_eq!(opened.run, scissors);
    assert_eq!(opened.feedback[0].feedback.text, "Shorter.");
    let before = bench.studio.open_run(newest.id).await.unwrap().before.unwrap();
    assert_eq!(before.output, "Ring it.");
}

#[tokio::test]
async fn a_search_longer_than_anybody_types_is_refused() {
    let bench = Bench::new([]).await;
    let query = RunQuery { search: "x".repeat(2_000), ..RunQuery::default() };
    let refused = bench.studio.run_history(bench.prompt, &query).await;
    assert!(matches!(refused, Err(ServiceError::Invalid { .. })));
}
