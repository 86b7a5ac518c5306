//! The key file beside the database, for its owner only. It is replaced in one step.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::SecretsError;
use super::key::SecretKey;

const NAME: &str = "attune.key";

/// What a person reads who opens it.
const HEAD: &str = "# The secret key that encrypts the keys of connected models in attune.sqlite3.
# Keep it secret, and keep a copy of it apart from backups. Without it, the keys have to be entered again.
";

#[derive(Debug)]
pub(super) struct KeyFile {
    path: PathBuf,
}

impl KeyFile {
    /// The key file of a data folder.
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join(NAME) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The keys in it; none if it does not exist.
    pub(super) fn read(&self) -> Result<Vec<SecretKey>, SecretsError> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(self.failed(source)),
        };
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys: Option<Vec<_>> = lines.map(SecretKey::parse).collect();
        // An empty file would have a new key made over what the lost one encrypted.
        keys.filter(|keys| !keys.is_empty())
            .ok_or_else(|| SecretsError::InvalidFile { path: self.path.clone() })
    }

    /// Replaces the keys in it. When this returns, they are on the disk.
    pub(super) fn write(&self, keys: &[SecretKey]) -> Result<(), SecretsError> {
        self.try_write(keys).map_err(|source| self.failed(source))
    }

    /// Removes the file.
    pub(super) fn remove(&self) -> Result<(), SecretsError> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.failed(error)),
            _ => Ok(()),
        }
    }

    fn try_write(&self, keys: &[SecretKey]) -> io::Result<()> {
        let lines = keys.iter().map(|key| key.written() + "\n");
        let text = HEAD.to_owned() + &lines.collect::<String>();
        let new = self.path.with_extension("key.new");
        let mut file = private(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &self.path)?;
        match self.path.parent() {
            Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
            _ => Ok(()),
        }
    }

    fn failed(&self, source: io::Error) -> SecretsError {
        SecretsError::File { path: self.path.clone(), source }
    }
}

/// An empty file that only its owner can read.
fn private(path: &Path) -> io::Result<File> {
    // One that a crash left behind may have been made readable meanwhile.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
