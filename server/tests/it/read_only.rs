//! A data folder that is read-only: at the start, and from one moment on.

use std::process::Command;

use crate::database::Database;
use crate::disk::{Disk, make_read_only};
use crate::full_disk::Desk;
use crate::program::Attune;

/// The start of a server on a folder that it may not write to ends with one clear line.
fn refuses(mut command: Command, words: &[&str]) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    for word in words {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn a_read_only_disk_is_named_at_the_start() {
    let Some(disk) = Disk::small(4) else { return };
    disk.start(&[]).terminate();
    assert!(disk.shell("mount -o remount,bind,ro \"$1\""));
    refuses(disk.attune(&disk.data(), &[]), &["read-only", "Make it writable", "--data"]);
    // Now people want a backup most.
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("backup");
    let backup = ["backup", file.to_str().unwrap()];
    let output = disk.attune(&disk.data(), &backup).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Database::read(&file).is_sound();
    assert!(disk.shell("mount -o remount,bind,rw \"$1\""));
    let attune = disk.start(&[]);
    assert_eq!(attune.get("/healthz", &[]).status, 200);
}

#[test]
fn a_folder_without_permission_is_named_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    make_read_only(&data);
    let Some(command) = as_somebody_else(&data) else { return };
    refuses(command, &["may not use the data folder", "--data"]);
}

/// Root may write anywhere: it starts the program as nobody. `None` where that cannot be done.
fn as_somebody_else(data: &std::path::Path) -> Option<Command> {
    if std::fs::write(data.join("probe"), "").is_err() {
        return Some(Attune::command(data));
    }
    std::fs::remove_file(data.join("probe")).unwrap();
    // Nobody has to reach the data and the program: the folders above may be private.
    let program = data.parent()?.join("attune");
    std::fs::copy(env!("CARGO_BIN_EXE_attune"), &program).unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(data.parent()?, open).unwrap();
    let attune = Attune::command(data);
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]);
    command.arg(program).args(attune.get_args());
    Some(command)
}

/// A disk that finds an error turns itself read-only, under a server that has its files open.
#[test]
fn a_disk_that_turns_read_only_in_the_middle_loses_nothing_acknowledged() {
    let Some(disk) = Disk::failing() else { return };
    let mut attune = disk.start(&[("ATTUNE_DEMO_DELAY_MS", "30")]);
    let desk = Desk::new(&attune);
    desk.type_text(0, "typed before").unwrap();
    let run = desk.run("List ten colours.");
    attune.wait_for_output(desk.prompt);
    disk.shell("echo 1 > /sys/fs/ext4/$(basename $(findmnt -n -o SOURCE \"$1\"))/trigger_fs_error");
    let refused = desk.type_text(1, "typed after").unwrap_err().says(503);
    assert!(
        refused.contains("read-only") && refused.contains("stays in this browser"),
        "{refused}"
    );
    let bench = desk.look();
    assert_eq!(bench["working_copy"]["prompt"]["text"], "typed before");
    let ended = desk.look_until(|bench| bench["run"]["state"] != "running");
    assert!(ended["run"]["failure"]["message"].as_str().unwrap().contains("not saved yet"));
    assert!(attune.terminate().success(), "it ends in order all the same");
    drop(attune);

    // What a person does then: repair the disk and mount it again.
    assert!(disk.shell(
        "device=$(findmnt -n -o SOURCE \"$1\"); umount \"$1\"; umount \"$1/disk\";
        e2fsck -fy $device > /dev/null 2>&1 || e2fsck -fy \"$1/image\" > /dev/null 2>&1;
        mount -o loop \"$1/image\" \"$1/disk\" && mount --bind \"$1/disk\" \"$1\""
    ));
    Database::read(&disk.crashed().path().join("attune.sqlite3")).is_sound();
    let attune = disk.start(&[]);
    let desk = Desk { address: attune.address(), prompt: desk.prompt };
    let bench = desk.look();
    assert_eq!(bench["working_copy"]["prompt"]["text"], "typed before");
    assert_eq!(
        (bench["run"]["id"].as_i64(), bench["run"]["state"].as_str()),
        (Some(run), Some("interrupted"))
    );
    assert_eq!(desk.type_text(1, "typed after").unwrap(), 2);
}
