//! Configuration: environment variables, each with a flag.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand};
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use store::{Existing, Keys};

use crate::http::{Authority, Hosts};

/// Attune: write a prompt, run it, say what should change, accept the rewrite.
///
/// Models are connected by the environment: GEMINI_API_KEY, OPENAI_API_KEY, ANTHROPIC_API_KEY, each
/// with a …_BASE_URL for proxies and gateways; GOOGLE_CLOUD_PROJECT and GOOGLE_CLOUD_LOCATION for
/// Gemini on Vertex AI with application default credentials; OLLAMA_HOST, or an Ollama on its usual
/// port (OLLAMA_HOST=off does not look for it). More OpenAI-compatible endpoints go into the file
/// that --models-file names. Others are connected on the page Settings, without a restart; their keys
/// are stored encrypted, with a key that is made beside the database (attune.key) or that
/// ATTUNE_SECRET_KEY gives: 32 random bytes in base64. With none of them the built-in demo model runs
/// the whole loop.
///
/// How models are called is set by the environment, too. In seconds: ATTUNE_CONNECT_TIMEOUT (10),
/// ATTUNE_FIRST_TOKEN_TIMEOUT (300), ATTUNE_SILENCE_TIMEOUT (120), ATTUNE_RETRY_PAUSE (2) and
/// ATTUNE_RETRY_LIMIT (60). Tries of a call, 1 to never repeat: ATTUNE_TRIES (4). Calls at once, for
/// all providers and by name: ATTUNE_CONCURRENCY (256,ollama=1).
#[derive(Parser)]
#[command(name = "attune", version)]
pub(crate) struct Config {
    /// Without a command, the studio is served.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Address to listen on; port 0 takes a free one, the real address is printed.
    #[arg(long, env = "ATTUNE_ADDR", default_value = "127.0.0.1:3000")]
    pub(crate) addr: SocketAddr,

    /// Let other machines in: needed for an address that is not this machine's own (loopback). There
    /// are no accounts yet, so whoever reaches the address reads and changes everything.
    #[arg(long, env = "ATTUNE_ALLOW_REMOTE", value_parser = FalseyValueParser::new())]
    pub(crate) allow_remote: bool,

    /// A further host, or host:port, under which people reach Attune, e.g. the name that a reverse
    /// proxy has; may be given several times, in the variable with commas between.
    #[arg(long = "host", env = "ATTUNE_HOSTS", value_delimiter = ',', value_name = "HOST")]
    hosts: Vec<String>,

    /// Folder of the SQLite file, created where missing [default: the platform's data folder].
    #[arg(long, env = "ATTUNE_DATA", global = true)]
    data: Option<PathBuf>,

    /// What is logged to standard error: error, warn, info, debug, trace, or a filter such as
    /// `info,models=debug`.
    #[arg(long, env = "ATTUNE_LOG", default_value = "info")]
    pub(crate) log: String,

    /// File that names further OpenAI-compatible endpoints [default: models.toml in the data
    /// folder, where it exists].
    #[arg(long, env = "ATTUNE_MODELS_FILE")]
    models_file: Option<PathBuf>,

    /// Open the studio in the browser.
    #[arg(long, env = "ATTUNE_OPEN", value_parser = FalseyValueParser::new())]
    pub(crate) open: bool,
}

/// What `attune` does besides serving.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Copies everything Attune keeps into FILE, also while a server works.
    ///
    /// The copy is complete, as of one moment, checked, and readable by its owner only. It appears
    /// under its name when it is whole. Keys of connected models are not in it unless --with-keys is
    /// given, and never readable by themselves.
    Backup(Backup),

    /// Puts the backup FILE in place of the data; no server may use the folder.
    ///
    /// FILE is checked first, from the first page to the last. A backup of an older version is
    /// brought up to date by the next start.
    Restore(Copying),

    /// Encrypts the stored keys of connected models with a new secret key; no server may use the folder.
    ///
    /// The new key is made in the key file beside the database. Where keys are given by
    /// ATTUNE_SECRET_KEY, put the new one first, before the old one, with versions and a comma between
    /// (2:NEW,1:OLD), and leave the old one out afterwards. It can be stopped at any moment.
    RotateKey,
}

/// What a backup is to hold, and where.
#[derive(Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    pub(crate) copying: Copying,

    /// Include the keys of connected models, encrypted as they are. To read them after a restore, the
    /// secret key is needed as well: the file attune.key of the data folder, or ATTUNE_SECRET_KEY. Keep
    /// that apart from the backup.
    #[arg(long)]
    with_keys: bool,
}

impl Backup {
    /// What happens to keys.
    pub(crate) fn keys(&self) -> Keys {
        if self.with_keys { Keys::Include } else { Keys::LeaveOut }
    }
}

/// A file to write or to read, and what happens to what is in the way.
#[derive(Args)]
pub(crate) struct Copying {
    /// The backup: one SQLite file.
    pub(crate) file: PathBuf,

    /// Replace what is there. A replaced database is kept in the data folder under a name with the
    /// date; a replaced backup is not kept.
    #[arg(long)]
    force: bool,
}

impl Copying {
    /// What happens to what is in the way.
    pub(crate) fn existing(&self) -> Existing {
        if self.force { Existing::Replace } else { Existing::Keep }
    }
}

/// The secret key that encrypts stored keys, where the environment gives one. There is no flag for it:
/// other people of a machine can read flags.
pub(crate) fn secret_key() -> Option<String> {
    std::env::var("ATTUNE_SECRET_KEY").ok()
}

impl Config {
    /// Refuses to listen where other machines could come in, unless that was asked for.
    pub(crate) fn check_address(&self) -> anyhow::Result<()> {
        if self.is_remote() && !self.allow_remote {
            bail!(
                "{} can be reached from other machines, and there are no accounts yet: whoever \
                 reaches it would read and change everything, and use your models. Listen on \
                 127.0.0.1:{} with a proxy in front that asks who is there, or start with \
                 ATTUNE_ALLOW_REMOTE=1 (--allow-remote) if that is what you want",
                self.addr,
                self.addr.port()
            );
        }
        Ok(())
    }

    /// What to say at the start when other machines can come in.
    pub(crate) fn remote_warning(&self) -> Option<String> {
        self.is_remote().then(|| {
            format!(
                "warning: other machines can reach {}, and there are no accounts yet: whoever \
                 reaches it reads and changes everything, and uses your models",
                self.addr
            )
        })
    }

    /// The names under which the server, listening at `addr`, answers.
    pub(crate) fn hosts(&self, addr: SocketAddr) -> anyhow::Result<Hosts> {
        let named = self.hosts.iter().map(|host| host.trim()).filter(|host| !host.is_empty());
        let named = named.map(|host| {
            Authority::parse(host).with_context(|| {
                format!(
                    "“{host}” is not a host; give a name such as attune.example or \
                     attune.example:8443, without https:// and without a path"
                )
            })
        });
        Ok(Hosts::new(addr, named.collect::<anyhow::Result<_>>()?))
    }

    fn is_remote(&self) -> bool {
        !self.addr.ip().to_canonical().is_loopback()
    }

    /// The folder that holds everything Attune keeps.
    pub(crate) fn data_folder(&self) -> anyhow::Result<PathBuf> {
        if let Some(data) = &self.data {
            return Ok(data.clone());
        }
        let strategy = choose_app_strategy(AppStrategyArgs {
            top_level_domain: String::new(),
            author: String::new(),
            app_name: "attune".to_owned(),
        })
        .context("there is no home folder; name a data folder with --data")?;
        Ok(strategy.data_dir())
    }

    /// Which models to connect.
    pub(crate) fn models(&self, data: &Path) -> anyhow::Result<models::Config> {
        let mut config = models::Config::from_env(|name| std::env::var(name).ok())?;
        if let Some(text) = self.endpoints_file(data)? {
            config.read_endpoints(&text)?;
        }
        Ok(config)
    }

    fn endpoints_file(&self, data: &Path) -> anyhow::Result<Option<String>> {
        let path = self.models_file.clone().unwrap_or_else(|| data.join("models.toml"));
        if self.models_file.is_none() && !path.exists() {
            return Ok(None);
        }
        std::fs::read_to_string(&path)
            .map(Some)
            .with_context(|| format!("could not read the models file {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_override_defaults() {
        let config = Config::parse_from(["attune", "--addr", "127.0.0.1:0", "--data", "/x"]);
        assert_eq!(config.addr.port(), 0);
        assert_eq!(config.data_folder().unwrap(), Path::new("/x"));
    }

    #[test]
    fn flags_stand_before_or_after_a_command() {
        for arguments in [
            ["attune", "--data", "/x", "backup", "file"],
            ["attune", "backup", "file", "--data", "/x"],
        ] {
            let config = Config::parse_from(arguments);
            assert_eq!(config.data_folder().unwrap(), Path::new("/x"));
            let Some(Command::Backup(backup)) = config.command else { panic!("no backup") };
            assert_eq!(backup.copying.existing(), Existing::Keep);
            assert_eq!(backup.keys(), Keys::LeaveOut);
        }
    }

    #[test]
    fn a_named_models_file_must_exist() {
        let config = Config::parse_from(["attune", "--models-file", "/nowhere/models.toml"]);
        let error = config.endpoints_file(Path::new("/x")).unwrap_err();
        assert!(error.to_string().contains("/nowhere/models.toml"));
    }
}
