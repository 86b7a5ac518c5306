//! What the parts share: the programs, a folder to work in, the full database.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::process::Process;
use crate::seed::{self, Full};

/// Everything a part needs.
pub(crate) struct Setup {
    /// The root of the workspace.
    pub(crate) root: PathBuf,
    /// The server.
    pub(crate) attune: PathBuf,
    /// The model server.
    pub(crate) loopback: PathBuf,
    folder: TempDir,
    /// Counts what was made in the folder.
    made: u32,
    floor: Option<Process>,
    full: Option<Full>,
}

impl Setup {
    /// Prepares a folder on the disk of the workspace: what is measured there is a real disk and
    /// not the memory that a system may keep its temporary files in.
    pub(crate) fn new(
        root: &Path,
        attune: Option<PathBuf>,
        loopback: Option<PathBuf>,
    ) -> anyhow::Result<Self> {
        // The browser's scripts run in another folder.
        let root = root.canonicalize()?;
        let target = root.join("target");
        let built = |name: &str| {
            target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
        };
        std::fs::create_dir_all(&target)?;
        let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(&target)?;
        let attune = attune.unwrap_or_else(|| built("attune"));
        let loopback = loopback.unwrap_or_else(|| built("loopback"));
        Ok(Self { root, attune, loopback, folder, made: 0, floor: None, full: None })
    }

    /// The folder everything is made in; removed at the end.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the folder where nothing is yet.
    pub(crate) fn fresh(&mut self, name: &str) -> PathBuf {
        self.made += 1;
        self.folder.path().join(format!("{:02}-{name}", self.made))
    }

    /// A database with 10,000 prompts, made once.
    pub(crate) async fn full(&mut self) -> anyhow::Result<Full> {
        if let Some(full) = &self.full {
            return Ok(full.clone());
        }
        let folder = self.fresh("full");
        Ok(self.full.insert(seed::full(&folder).await?).clone())
    }

    /// The address of the bare handlers, started once.
    pub(crate) fn floor(&mut self) -> anyhow::Result<String> {
        if self.floor.is_none() {
            let log = self.fresh("floor.log");
            let this = std::env::current_exe()?;
            self.floor = Some(Process::start(&this, &["floor"], &[], &log)?);
        }
        Ok(self.floor.as_ref().map(|floor| floor.address.clone()).unwrap_or_default())
    }

    /// Starts the server on `data`, with its defaults but for `env`.
    pub(crate) fn server(
        &mut self,
        data: &Path,
        env: &[(&'static str, String)],
    ) -> anyhow::Result<Process> {
        let log = self.fresh("attune.log");
        let mut all = vec![
            ("ATTUNE_ADDR", "127.0.0.1:0".to_owned()),
            ("ATTUNE_DATA", data.display().to_string()),
            ("HOME", self.folder.path().display().to_string()),
        ];
        all.extend_from_slice(env);
        Process::start(&self.attune, &[], &all, &log)
    }

    /// Starts the model server with this timing, in milliseconds, and as many tokens per answer.
    pub(crate) fn model(&mut self, timing: Timing) -> anyhow::Result<Process> {
        let Timing { first_token_ms, token_ms, tokens } = timing;
        let args = [first_token_ms, token_ms, tokens].map(|number| number.to_string());
        let [first_token_ms, token_ms, tokens] = args.each_ref().map(String::as_str);
        let args =
            [["--first-token-ms", first_token_ms], ["--token-ms", token_ms], ["--tokens", tokens]];
        self.loopback(args.as_flattened())
    }

    /// Starts the model server whose models answer as their names say.
    pub(crate) fn named_models(&mut self) -> anyhow::Result<Process> {
        self.loopback(&[])
    }

    fn loopback(&mut self, args: &[&str]) -> anyhow::Result<Process> {
        let log = self.fresh("loopback.log");
        Process::start(&self.loopback, args, &[], &log)
    }
}

/// How the model server answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timing {
    /// Pause before the first token.
    pub(crate) first_token_ms: u32,
    /// Pause before each further token.
    pub(crate) token_ms: u32,
    /// Tokens of an answer.
    pub(crate) tokens: u32,
}

/// The variables that connect the server to a model server, and to nothing else.
pub(crate) fn connected_to(model: &Process) -> Vec<(&'static str, String)> {
    vec![
        ("OPENAI_BASE_URL", format!("http://{}/v1", model.address)),
        ("OPENAI_API_KEY", "bench".to_owned()),
        ("OLLAMA_HOST", "off".to_owned()),
    ]
}

/// The variables that connect it to nothing.
pub(crate) fn alone() -> Vec<(&'static str, String)> {
    vec![("OLLAMA_HOST", "off".to_owned())]
}
