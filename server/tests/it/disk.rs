//! Small real file systems, mounted where only the test and its servers see them: in a mount
//! namespace of their own, which goes with the process that holds it.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::program::Attune;

/// A mounted file system.
pub(crate) struct Disk {
    /// Keeps the mount until its standard input closes.
    holder: Child,
    /// Where it is mounted, inside the namespace.
    folder: TempDir,
}

impl Disk {
    /// A file system in memory of a few megabytes.
    pub(crate) fn small(megabytes: u32) -> Option<Self> {
        Self::mounted(&format!("mount -t tmpfs -o size={megabytes}m,mode=0777 attune \"$1\""))
    }

    /// A disk that turns read-only by itself when it finds an error, as disks of servers do.
    pub(crate) fn failing() -> Option<Self> {
        Self::mounted(
            "dd if=/dev/zero of=\"$1/image\" bs=1M count=32 status=none &&
            mkfs.ext4 -q -F \"$1/image\" && mkdir \"$1/disk\" &&
            mount -o loop,errors=remount-ro \"$1/image\" \"$1/disk\" &&
            mount --bind \"$1/disk\" \"$1\" &&
            test -w /sys/fs/ext4/$(basename $(findmnt -n -o SOURCE \"$1\"))/trigger_fs_error",
        )
    }

    /// Mounts by a script that finds the folder in `$1`. `None`, and a loud word about it, where
    /// this system does not let us.
    fn mounted(script: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let script = format!("{{ {script}; }} && echo mounted && read end");
        let mut unshare = Command::new("unshare");
        // Inside a user namespace nobody is a stranger; loop devices want the real root.
        unshare.args(if is_root() {
            ["--mount"].as_slice()
        } else {
            &["--user", "--map-root-user", "--mount"]
        });
        let holder = unshare.args(["sh", "-c", &script, "sh"]).arg(folder.path());
        let holder = holder.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut holder = holder.spawn().ok()?;
        let mut line = String::new();
        BufReader::new(holder.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if line == "mounted\n" {
            return Some(Self { holder, folder });
        }
        let output = holder.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let mut all = std::io::stderr();
        writeln!(all, "\nNOT TESTED HERE: this system mounts no file system for us: {said}")
            .unwrap();
        None
    }

    /// The data folder as the server names it.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The folder of the disk as this process reaches it.
    pub(crate) fn path(&self) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.holder.id()));
        root.join(self.folder.path().strip_prefix("/").unwrap())
    }

    /// A copy of the database with its log, as a crash left them: SQLite, which follows links to
    /// their ends, cannot read them from outside.
    pub(crate) fn crashed(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        for name in ["attune.sqlite3", "attune.sqlite3-wal"] {
            let file = self.path().join("data").join(name);
            if file.exists() {
                std::fs::copy(file, copy.path().join(name)).unwrap();
            }
        }
        copy
    }

    /// Starts a server whose data are on the disk.
    pub(crate) fn start(&self, environment: &[(&str, &str)]) -> Attune {
        Attune::start_by(self.attune(&self.data(), &[]), &self.data(), environment)
    }

    /// The program, where it sees the disk.
    pub(crate) fn attune(&self, data: &Path, arguments: &[&str]) -> Command {
        let attune = Attune::command(data);
        let mut command = self.inside();
        command.arg(attune.get_program()).args(attune.get_args()).args(arguments).env_clear();
        command.envs(attune.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        command
    }

    /// Runs a script where it sees the disk, whose folder it finds in `$1`.
    pub(crate) fn shell(&self, script: &str) -> bool {
        let mut command = self.inside();
        command.args(["sh", "-c", script, "sh"]).arg(self.folder.path()).status().unwrap().success()
    }

    fn inside(&self) -> Command {
        let mut command = Command::new("nsenter");
        command.args(["--target", &self.holder.id().to_string(), "--mount"]);
        if !is_root() {
            command.args(["--user", "--preserve-credentials"]);
        }
        command.arg("--");
        command
    }

    /// The path of the disk, for programs that see it.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the room there is.
    pub(crate) fn fill(&self) {
        let mut filler = std::fs::File::create(self.path().join("filler")).unwrap();
        for size in [1 << 16, 1 << 12, 1] {
            while filler.write_all(&vec![b'x'; size]).is_ok() {}
        }
    }

    /// Gives the room back.
    pub(crate) fn free(&self) {
        std::fs::remove_file(self.path().join("filler")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Its input closes with it; the namespace and its mounts go.
        drop(self.holder.stdin.take());
        let _ = self.holder.wait();
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|this| this.uid() == 0)
}

/// Lets only reading into a folder.
pub(crate) fn make_read_only(folder: &Path) {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o555)).unwrap();
}
