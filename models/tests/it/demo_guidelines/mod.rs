//! The guideline workflow on the demo model: it suggests, distils, rewrites, and follows what it wrote.

#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes snapshots with them")]

mod distilling;
mod rewriting;
mod stories;
mod suggesting;

use align::direct::{Mark, Request, read_reply};
use align::guidelines::{
    Change, Distil, Distillation, Evidence, Offered, Suggest, Tone, read_distillation,
    read_suggestions,
};
use align::model::{Conversation, FinishReason, Settings};
use align::record::{GuidelineId, Proposal, Source};
use align::{Feedback, Prompt, Values};

use crate::demo::{answer, answer_to};

/// A prompt that is being worked on.
struct Desk {
    prompt: Prompt,
    values: Values,
    guidelines: Vec<String>,
    /// The newest output.
    output: String,
}

impl Desk {
    async fn new(text: &str) -> Self {
        let values = Values::from([("item".to_owned(), "scissors".to_owned())]);
        let prompt = Prompt::new(text);
        let output = answer(&prompt, &values).await;
        Self { prompt, values, guidelines: Vec::new(), output }
    }

    fn with(mut self, guidelines: &[&str]) -> Self {
        self.guidelines.extend(guidelines.iter().map(|it| (*it).to_owned()));
        self
    }

    fn offered(&self) -> Vec<Offered<'_>> {
        let places = (1..).zip(&self.guidelines);
        places.map(|(id, text)| Offered { id: GuidelineId(id), text }).collect()
    }

    async fn suggest(&self, tone: Tone, said: &[&str]) -> Vec<String> {
        let (prompt, values, output) = (&self.prompt, &self.values, &self.output);
        let mark = Mark::from_bytes([7; 8]);
        let request = Suggest { prompt, values, output, tone, said, mark: &mark };
        let reply = ask(request.conversation()).await;
        read_suggestions(&request, &reply, FinishReason::Stop).unwrap_or_default()
    }

    /// What the evidence means for the guidelines. Nothing in it may be copied from the run.
    async fn distil(&self, evidence: Evidence<'_>) -> Distillation {
        let (prompt, values, output) = (&self.prompt, &self.values, &self.output);
        let (mark, guidelines) = (Mark::from_bytes([7; 8]), self.offered());
        let request =
            Distil { prompt, values, output, guidelines: &guidelines, evidence, mark: &mark };
        let reply = ask(request.conversation()).await;
        let distillation = read_distillation(&request, &reply, FinishReason::Stop).unwrap();
        assert_eq!(distillation.findings, [], "{reply}");
        distillation
    }

    /// Distils a critique and takes what comes of it, as a person would.
    async fn learn(&mut self, critique: &str) -> String {
        let feedback = Feedback::whole(critique);
        let distillation = self.distil(Evidence::Critique(&feedback)).await;
        let change = described(&distillation.change);
        let place = |id: GuidelineId| usize::try_from(id.0).unwrap() - 1;
        match distillation.change {
            Change::Add { text } => self.guidelines.push(text),
            Change::Edit { id, text } => self.guidelines[place(id)] = text,
            Change::Remove { id } => {
                self.guidelines.remove(place(id));
            }
            Change::Nothing => {}
        }
        format!("{change}\n({})", distillation.reason)
    }

    /// A draft as a person would accept it: the contract must find nothing.
    async fn rewrite(&self, feedback: &[Feedback]) -> Proposal {
        let (prompt, values, output) = (&self.prompt, &self.values, Some(&*self.output));
        let (mark, guidelines) = (Mark::from_bytes([7; 8]), self.offered());
        let request =
            Request { prompt, values, output, feedback, guidelines: &guidelines, mark: &mark };
        let reply = ask(request.conversation()).await;
        let proposal = read_reply(&request, &reply, FinishReason::Stop).unwrap();
        assert_eq!(proposal.findings, [], "{reply}");
        proposal
    }

    /// Takes a rewrite and runs it. A rewrite after it must change nothing.
    async fn accept(&mut self, feedback: &[Feedback]) -> String {
        let proposal = self.rewrite(feedback).await;
        self.prompt = proposal.prompt.clone();
        self.output = answer(&self.prompt, &self.values).await;
        let again = self.rewrite(feedback).await;
        assert!(again.unchanged, "{}", again.prompt.text);
        assert_eq!(sources(&again), sources(&proposal));
        format!("{}\n---\n{}\n---\n{}", proposal.rationale, self.prompt.text, self.output)
    }
}

async fn ask(conversation: Conversation) -> String {
    answer_to(conversation, Settings::default()).await
}

fn described(change: &Change) -> String {
    match change {
        Change::Add { text } => format!("add: {text}"),
        Change::Edit { id, text } => format!("edit G{id}: {text}"),
        Change::Remove { id } => format!("remove G{id}"),
        Change::Nothing => "nothing".to_owned(),
    }
}

fn sources(proposal: &Proposal) -> Vec<Source> {
    let mut sources: Vec<_> = proposal.traces.iter().map(|trace| trace.source).collect();
    sources.dedup();
    sources
}

/// Which words follow what, one per line.
fn traces(proposal: &Proposal) -> String {
    let lines = proposal.traces.iter().map(|trace| match trace.source {
        Source::Feedback(place) => format!("F{}: {}\n", place + 1, trace.quote),
        Source::Guideline(id) => format!("G{id}: {}\n", trace.quote),
    });
    lines.collect()
}
