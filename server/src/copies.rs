//! `attune backup` and `attune restore`.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Error, anyhow};
use store::{BackupError, Contents, Keys, Restored, StoreError};

use crate::config::{Backup, Config, Copying};
use crate::{say, trouble};

/// Copies the database into a file.
pub(crate) async fn backup(config: &Config, backup: &Backup) -> anyhow::Result<()> {
    let data = config.data_folder()?;
    let Backup { copying, .. } = backup;
    let file = &copying.file;
    let contents = store::backup(&data, file, copying.existing(), backup.keys()).await;
    let contents = contents.map_err(|error| match error {
        BackupError::Missing { .. } => anyhow!(
            "there is nothing to back up in {}; name the folder that the server uses with --data",
            data.display()
        ),
        BackupError::Exists { file } if file.is_dir() => {
            anyhow!("{} is a folder; name a file in it", file.display())
        }
        BackupError::Exists { file } => {
            anyhow!(
                "{} exists already; name another file, or replace it with --force",
                file.display()
            )
        }
        error => describe(error, &data),
    })?;
    let keys = match backup.keys() {
        Keys::LeaveOut => "",
        Keys::Include => {
            ". Keys of connected models are in it, encrypted: keep attune.key of the data folder, or \
            ATTUNE_SECRET_KEY, to read them"
        }
    };
    say(&format!("Backed up {} to {}{keys}", words(contents), file.display()))
}

/// Puts a backup in place of the database.
pub(crate) async fn restore(config: &Config, copying: &Copying) -> anyhow::Result<()> {
    let data = config.data_folder()?;
    let file = &copying.file;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let now = i64::try_from(now.as_millis())?;
    let restored = store::restore(&data, file, copying.existing(), now).await;
    let Restored { contents, replaced } = restored.map_err(|error| match error {
        BackupError::Exists { .. } => anyhow!(
            "{} holds data already; choose an empty folder with --data, or replace the data with \
            --force (they are kept beside the new ones)",
            data.display()
        ),
        error => describe(error, &data),
    })?;
    let kept = replaced.map_or_else(String::new, |replaced| {
        format!("; what was there is kept as {}", replaced.display())
    });
    let restored = words(contents);
    say(&format!("Restored {restored} from {} into {}{kept}", file.display(), data.display()))
}

fn describe(error: BackupError, data: &Path) -> Error {
    match error {
        BackupError::Missing { file } => {
            anyhow!("there is no file {}; check the name", file.display())
        }
        BackupError::NotAttune { file } => anyhow!(
            "{} is not a backup of Attune; name a file that `attune backup` made",
            file.display()
        ),
        BackupError::Damaged { file, finding } => anyhow!(
            "{} is damaged or cut off ({}); take an older backup",
            file.display(),
            finding.lines().next().unwrap_or_default()
        ),
        BackupError::NewerSchema { file, version } => anyhow!(
            "{} was made by a newer version of Attune (schema {version}); update Attune first",
            file.display()
        ),
        BackupError::Unwritable {
            folder,
            source: StoreError::Unavailable { obstacle, source },
        } => {
            anyhow!(
                "could not write to {}: {source}. {}, or name another place",
                folder.display(),
                trouble::next_step(obstacle)
            )
        }
        BackupError::Folder { source } => trouble::describe(source, data),
        error => Error::new(error),
    }
}

fn words(contents: Contents) -> String {
    let Contents { size_bytes, prompts, versions } = contents;
    format!(
        "{} and {} ({})",
        counted(prompts, "prompt"),
        counted(versions, "version"),
        size(size_bytes)
    )
}

fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A size as people read it, rounded up to a tenth.
fn size(bytes: u64) -> String {
    let (unit, name) = if bytes < 1_000_000 { (1_000, "kB") } else { (1_000_000, "MB") };
    let tenths = bytes.div_ceil(unit / 10);
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_one_phrase() {
        let contents = |prompts, versions, size_bytes| Contents { size_bytes, prompts, versions };
        assert_eq!(words(contents(1, 12, 212_992)), "1 prompt and 12 versions (213.0 kB)");
        assert_eq!(words(contents(0, 1, 1_234_567)), "0 prompts and 1 version (1.3 MB)");
    }
}
