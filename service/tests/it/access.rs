//! Callers: a use case that the caller may not use is refused, writes nothing and tells nobody.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use align::Feedback;
use align::guidelines::Tone;
use align::prompt::{Prompt, Values};
use align::record::{
    ConnectionId, ConnectionInput, ConsultationId, DraftId, Evidence, FeedbackId,
    GuidelineChangeId, GuidelineId, GuidelineSetId, PromptId, PromptModels, PromptQuery,
    ProviderKind, Replace, RunId, RunQuery, WorkingCopy,
};
use expect_test::expect;
use futures_util::{FutureExt, StreamExt};
use models::testing::Script;
use service::{
    AcceptDraft, Caller, CreatePrompt, Permission, Permissions, SaveVersion, ServiceError,
    StartRun, UseCases,
};

use crate::bench::{Bench, TEXT, reply, scissors};
use crate::consultations;

/// Something of each kind that a use case can be about.
struct Scene {
    bench: Bench,
    run: RunId,
    feedback: FeedbackId,
    draft: DraftId,
    guideline: GuidelineId,
    change: GuidelineChangeId,
    set: GuidelineSetId,
    consultation: ConsultationId,
    connection: ConnectionId,
}

impl Scene {
    async fn new() -> Self {
        let bench = Bench::new([
            Script::text("Cut paper."),
            reply("Give three surprising uses for: {item}"),
            consultations::reply("add", "none", "Surprise."),
        ])
        .await;
        let (studio, prompt) = (&bench.studio, bench.prompt);
        let run = bench.run(TEXT).await.unwrap().run.id;
        bench.ended_run(run).await;
        let feedback = Feedback::whole("Surprise me.");
        let feedback = studio.add_feedback(run, &feedback).await.unwrap().id;
        let draft = bench.draft(TEXT, "Surprise me.").await.unwrap().id;
        bench.ended_draft(1, draft).await;
        let guideline = bench.guidelines(&["Be brief."]).await[0].id;
        let consultation = bench.learn(run).await.id;
        let change = studio.guideline_changes(prompt, None).await.unwrap()[0].id;
        let sets = studio.save_guideline_set("House", prompt, Replace::Never).await.unwrap();
        let set = sets[0].id;
        let input = ConnectionInput {
            label: "Lab".into(),
            base_url: "http://127.0.0.1:9".into(),
            key: Some("planted-key".into()),
            ..ConnectionInput::default()
        };
        let connection = studio.add_connection(input).await.unwrap().id;
        Self { bench, run, feedback, draft, guideline, change, set, consultation, connection }
    }

    fn prompt(&self) -> PromptId {
        self.bench.prompt
    }

    /// Plays every use case; answers the names of those that were refused, and of all.
    async fn play(&self, studio: &UseCases) -> (BTreeSet<&'static str>, BTreeSet<&'static str>) {
        let outcomes = [
            self.prompts(studio).await,
            self.versions(studio).await,
            self.runs(studio).await,
            self.drafts(studio).await,
            self.guidelines(studio).await,
            self.consultations(studio).await,
            self.connections(studio).await,
        ]
        .concat();
        let refused = outcomes.iter().filter(|(_, is_refused)| *is_refused).map(|(name, _)| *name);
        (refused.collect(), outcomes.iter().map(|(name, _)| *name).collect())
    }

    async fn prompts(&self, studio: &UseCases) -> Vec<Outcome> {
        let id = self.prompt();
        let copy = WorkingCopy { prompt: Prompt::new("Typed."), ..WorkingCopy::default() };
        let models = PromptModels::default();
        let new = CreatePrompt { title: "New".into(), ..CreatePrompt::default() };
        vec![
            outcome("list_prompts", studio.list_prompts(&PromptQuery::default()).await),
            outcome("create_prompt", studio.create_prompt(new).await),
            outcome("rename_prompt", studio.rename_prompt(id, "Other").await),
            outcome("set_tags", studio.set_tags(id, &["tag".to_owned()]).await),
            outcome("set_models", studio.set_models(id, models).await),
            outcome("duplicate_prompt", studio.duplicate_prompt(id).await),
            outcome("delete_prompt", studio.delete_prompt(id).await),
            outcome("undelete_prompt", studio.undelete_prompt(id).await),
            outcome("head", studio.head(id).await),
            outcome("workbench", studio.workbench(id).await),
            outcome("working_copy", studio.working_copy(id).await),
            outcome("save_working_copy", studio.save_working_copy(id, "page", copy).await),
            outcome("subscribe", studio.subscribe(id, None).map(drop)),
            outcome("models", studio.models().await),
            outcome("preferred_model", studio.preferred_model().await),
            outcome("list_models_again", studio.list_models_again().await),
        ]
    }

    async fn connections(&self, studio: &UseCases) -> Vec<Outcome> {
        // Nothing listens there: what is tried is refused at once.
        let input = ConnectionInput {
            kind: ProviderKind::Compatible,
            label: "Lab".into(),
            base_url: "http://127.0.0.1:9".into(),
            ..ConnectionInput::default()
        };
        let id = self.connection;
        vec![
            outcome("connections", studio.connections().await),
            outcome("add_connection", studio.add_connection(input.clone()).await),
            outcome("change_connection", studio.change_connection(id, input.clone()).await),
            outcome("test_connection", studio.test_connection(None, input).await),
            outcome("remove_connection", studio.remove_connection(id).await),
            outcome("local_servers", studio.local_servers().await),
        ]
    }

    async fn versions(&self, studio: &UseCases) -> Vec<Outcome> {
        let id = self.prompt();
        let save = SaveVersion {
            prompt_id: id,
            prompt: Prompt::new("Saved."),
            base: Some(1),
            note: String::new(),
        };
        vec![
            outcome("versions", studio.versions(id, None, 10).await),
            outcome("version", studio.version(id, 1).await),
            outcome("newest_version", studio.newest_version(id).await),
            outcome("save_version", studio.save_version(save).await),
            outcome("restore_version", studio.restore_version(id, 1, None).await),
        ]
    }

    async fn runs(&self, studio: &UseCases) -> Vec<Outcome> {
        let start = StartRun {
            prompt_id: self.prompt(),
            prompt: Prompt::new("Give one use for: {item}"),
            base: Some(1),
            values: scissors(),
            models: self.bench.models(),
        };
        let feedback = Feedback::whole("More.");
        let (run, piece) = (self.run, self.feedback);
        vec![
            outcome("start_run", studio.start_run(start).await),
            outcome("stop_run", studio.stop_run(run).await),
            outcome("run", studio.run(run).await),
            outcome("open_run", studio.open_run(run).await),
            outcome("run_history", studio.run_history(self.prompt(), &RunQuery::default()).await),
            outcome("add_feedback", studio.add_feedback(run, &feedback).await),
            outcome(
                "change_feedback",
                studio.change_feedback(piece, "Surprise me.", "Amaze me.").await,
            ),
            outcome("remove_feedback", studio.remove_feedback(piece).await),
        ]
    }

    async fn drafts(&self, studio: &UseCases) -> Vec<Outcome> {
        let id = self.draft;
        let order = self.bench.order("Give one use for: {item}", "More.");
        let known = Prompt::new("Give three surprising uses for: {item}");
        let edited = Some(Prompt::new("Give four uses for: {item}"));
        let accept = AcceptDraft { draft_id: id, seen: None, confirmed: true };
        vec![
            outcome("start_draft", studio.start_draft(order).await),
            outcome("stop_draft", studio.stop_draft(id).await),
            outcome("drafts_of_version", studio.drafts_of_version(self.prompt(), 1).await),
            outcome("edit_draft", studio.edit_draft(id, &known, edited).await),
            outcome("choose_hunks", studio.choose_hunks(id, vec![0]).await),
            outcome("reject_draft", studio.reject_draft(id).await),
            outcome("accept_draft", studio.accept_draft(accept).await),
        ]
    }

    async fn guidelines(&self, studio: &UseCases) -> Vec<Outcome> {
        let (id, prompt, set) = (self.guideline, self.prompt(), self.set);
        let saved = studio.save_guideline_set("Other", prompt, Replace::Never).await;
        vec![
            outcome("add_guideline", studio.add_guideline(prompt, "Say why.").await),
            outcome("edit_guideline", studio.edit_guideline(id, "Be brief.", "Be short.").await),
            outcome("switch_guideline", studio.switch_guideline(id, false).await),
            outcome("move_guideline", studio.move_guideline(id, 9).await),
            outcome("remove_guideline", studio.remove_guideline(id).await),
            outcome("guideline_changes", studio.guideline_changes(prompt, None).await),
            outcome("undo_guideline_change", studio.undo_guideline_change(self.change).await),
            outcome("guideline_sets", studio.guideline_sets().await),
            outcome("save_guideline_set", saved),
            outcome("apply_guideline_set", studio.apply_guideline_set(set, prompt).await),
            outcome("delete_guideline_set", studio.delete_guideline_set(set).await),
        ]
    }

    async fn consultations(&self, studio: &UseCases) -> Vec<Outcome> {
        let (id, run, model) = (self.consultation, self.run, Some(self.bench.model.model()));
        let evidence = Evidence::Critique(Feedback::whole("Everybody knows these."));
        vec![
            outcome("distil", studio.distil(run, evidence, model.clone()).await),
            outcome("suggest", studio.suggest(run, Tone::Kudos, model.clone()).await),
            outcome("ask_again", studio.ask_again(id, model).await),
            outcome("stop_consultation", studio.stop_consultation(id).await),
            outcome("consultation", studio.consultation(id).await),
            outcome("accept_consultation", studio.accept_consultation(id).await),
            outcome("dismiss_consultation", studio.dismiss_consultation(id).await),
        ]
    }
}

/// A use case and whether it was refused.
type Outcome = (&'static str, bool);

fn outcome<T>(name: &'static str, outcome: Result<T, ServiceError>) -> Outcome {
    (name, matches!(outcome.err(), Some(ServiceError::Forbidden { .. })))
}

/// The public methods of `UseCases` with their bodies, as they stand in the sources.
fn methods() -> Vec<(String, String)> {
    let mut methods = Vec::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(file).unwrap();
        let blocks = text.split("\nimpl UseCases {\n").skip(1);
        for block in blocks.map(|block| block.split("\n}\n").next().unwrap()) {
            for method in block.split("\n    }\n") {
                let Some((_, public)) = method.split_once("    pub ") else { continue };
                let (name, body) = public.trim_start_matches("async ").split_once('(').unwrap();
                methods.push((name.trim_start_matches("fn ").to_owned(), body.to_owned()));
            }
        }
    }
    // Whoever calls may ask who that is.
    methods.retain(|(name, _)| name != "caller");
    methods
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// `start_run` as the table names it: `StartRun`.
fn in_the_table(name: &str) -> String {
    let words = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]);
    words.collect()
}

#[test]
fn every_use_case_asks_for_its_own_line_of_the_table_first() {
    let methods = methods();
    assert!(methods.len() > 50, "the sources are read: {}", methods.len());
    for (name, body) in methods {
        let (_, body) = body.split_once("{\n").unwrap();
        let asks = format!("self.allow(UseCase::{})?", in_the_table(&name));
        let first: String = body.split(';').next().unwrap().split_whitespace().collect();
        let asks: String = asks.split_whitespace().collect();
        assert!(first.contains(&asks), "{name} does not ask for its permission first");
    }
}

#[tokio::test]
async fn a_caller_without_permissions_is_refused_everything_and_nothing_changes() {
    let scene = Scene::new().await;
    let all: BTreeSet<_> = methods().into_iter().map(|(name, _)| name).collect();
    let events = scene.bench.studio.subscribe(scene.prompt(), None).unwrap();
    let before = scene.bench.files();
    let nobody = scene.bench.server.by(Caller::new("nobody", Permissions::NONE));
    let (refused, played) = scene.play(&nobody).await;
    assert_eq!(refused, all.iter().map(String::as_str).collect(), "every use case is refused");
    assert_eq!(played, refused);
    assert!(before == scene.bench.files(), "nothing was written");
    let mut events = std::pin::pin!(events);
    assert!(events.next().now_or_never().is_none(), "nobody was told anything");
}

#[tokio::test]
async fn a_viewer_sees_everything_and_changes_nothing() {
    let scene = Scene::new().await;
    let before = scene.bench.files();
    let viewer = Permissions::NONE.with(Permission::Read);
    let viewer = scene.bench.server.by(Caller::new("viewer", viewer));
    let (refused, played) = scene.play(&viewer).await;
    let allowed: Vec<_> = played.difference(&refused).copied().collect();
    expect![[r"
        consultation
        drafts_of_version
        guideline_changes
        guideline_sets
        head
        list_models_again
        list_prompts
        models
        newest_version
        open_run
        preferred_model
        run
        run_history
        subscribe
        version
        versions
        workbench
        working_copy"]]
    .assert_eq(&allowed.join("\n"));
    assert!(before == scene.bench.files(), "nothing was written");
}

#[tokio::test]
async fn what_a_caller_does_bears_the_callers_name() {
    let scene = Scene::new().await;
    let ana = scene.bench.server.by(Caller::new("ana", Permissions::ALL));
    assert_eq!(ana.caller().name(), "ana");
    let start = StartRun {
        prompt_id: scene.prompt(),
        prompt: Prompt::new("Say hello"),
        base: Some(1),
        values: Values::new(),
        models: scene.bench.models(),
    };
    let started = ana.start_run(start).await.unwrap();
    assert_eq!(
        (started.run.author.as_str(), started.version.summary.author.as_str()),
        ("ana", "ana")
    );
    let list = ana.add_guideline(scene.prompt(), "Say why.").await.unwrap();
    assert_eq!(list.last().unwrap().author, "ana");
    // What is typed is each caller's own.
    let copy = WorkingCopy { prompt: Prompt::new("Ana types."), ..WorkingCopy::default() };
    ana.save_working_copy(scene.prompt(), "page", copy).await.unwrap();
    let local = scene.bench.studio.working_copy(scene.prompt()).await.unwrap();
    assert_ne!(local.prompt.text, "Ana types.");
}
