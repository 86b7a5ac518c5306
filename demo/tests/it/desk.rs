//! A prompt on a desk: run it, say something, learn, rewrite. What a person does, without the page.

use align::direct::{Mark, Problem, Request, read_reply};
use align::guidelines::{
    Change, Distil, Distillation, Evidence, Offered, Suggest, Tone, read_distillation,
    read_suggestions,
};
use align::model::{Conversation, FinishReason, Message};
use align::record::{GuidelineId, Proposal, Source};
use align::{Feedback, Prompt, Values};

/// The model that is asked everything.
pub(crate) trait Model {
    /// Its whole reply.
    fn ask(&self, conversation: &Conversation) -> String;

    /// Panics unless this is how it says that nothing has to change.
    fn check_unchanged(&self, proposal: &Proposal);
}

/// A prompt that is being worked on.
pub(crate) struct Desk<M> {
    model: M,
    pub(crate) prompt: Prompt,
    pub(crate) values: Values,
    pub(crate) guidelines: Vec<String>,
    /// The newest output.
    pub(crate) output: String,
}

impl<M: Model> Desk<M> {
    /// A prompt with its first output.
    pub(crate) fn of(model: M, text: &str) -> Self {
        let values = Values::from([("item".to_owned(), "scissors".to_owned())]);
        let (prompt, guidelines) = (Prompt::new(text), Vec::new());
        let mut desk = Self { model, prompt, values, guidelines, output: String::new() };
        desk.run();
        desk
    }

    fn run(&mut self) {
        let rendered = self.prompt.render(&self.values).unwrap();
        self.output = self.model.ask(&Conversation {
            system_instructions: rendered.system_instructions,
            messages: vec![Message::user(rendered.text)],
        });
    }

    pub(crate) fn with(mut self, guidelines: &[&str]) -> Self {
        self.guidelines.extend(guidelines.iter().map(|it| (*it).to_owned()));
        self
    }

    pub(crate) fn offered(&self) -> Vec<Offered<'_>> {
        let places = (1..).zip(&self.guidelines);
        places.map(|(id, text)| Offered { id: GuidelineId(id), text }).collect()
    }

    pub(crate) fn suggest(&self, tone: Tone, said: &[&str]) -> Vec<String> {
        let (prompt, values, output) = (&self.prompt, &self.values, &self.output);
        let mark = Mark::from_bytes([7; 8]);
        let request = Suggest { prompt, values, output, tone, said, mark: &mark };
        let reply = self.model.ask(&request.conversation());
        read_suggestions(&request, &reply, FinishReason::Stop).unwrap_or_default()
    }

    /// What the evidence means for the guidelines. Nothing in it may be copied from the run.
    pub(crate) fn distil(&self, evidence: Evidence<'_>) -> Distillation {
        let (prompt, values, output) = (&self.prompt, &self.values, &self.output);
        let (mark, guidelines) = (Mark::from_bytes([7; 8]), self.offered());
        let request =
            Distil { prompt, values, output, guidelines: &guidelines, evidence, mark: &mark };
        let reply = self.model.ask(&request.conversation());
        let distillation = read_distillation(&request, &reply, FinishReason::Stop).unwrap();
        assert_eq!(distillation.findings, [], "{reply}");
        distillation
    }

    /// Distils a critique and takes what comes of it, as a person would.
    pub(crate) fn learn(&mut self, critique: &str) -> String {
        let feedback = Feedback::whole(critique);
        let distillation = self.distil(Evidence::Critique(&feedback));
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
    pub(crate) fn rewrite(&self, feedback: &[Feedback]) -> Proposal {
        let (prompt, values, output) = (&self.prompt, &self.values, Some(&*self.output));
        let (mark, guidelines) = (Mark::from_bytes([7; 8]), self.offered());
        let request = Request {
            prompt,
            values,
            output,
            feedback,
            guidelines: &guidelines,
            variant: None,
            mark: &mark,
        };
        let reply = self.model.ask(&request.conversation());
        let mut reading = read_reply(&request, &reply, FinishReason::Stop);
        if let Some(problem) = Problem::of(&reading) {
            let again = self.model.ask(&request.second_try(&reply, &problem));
            reading = read_reply(&request, &again, FinishReason::Stop);
        }
        let proposal = reading.unwrap();
        assert_eq!(proposal.findings, [], "{reply}");
        proposal
    }

    /// Takes a rewrite and runs it. A rewrite after it must change nothing.
    pub(crate) fn accept(&mut self, feedback: &[Feedback]) -> String {
        let proposal = self.rewrite(feedback);
        self.prompt = proposal.prompt.clone();
        self.run();
        let again = self.rewrite(feedback);
        assert!(again.unchanged, "{}", again.prompt.text);
        assert!(again.traces.is_empty() || sources(&again) == sources(&proposal));
        self.model.check_unchanged(&again);
        format!("{}\n---\n{}\n---\n{}", proposal.rationale, self.prompt.text, self.output)
    }
}

pub(crate) fn described(change: &Change) -> String {
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
