//! Opening the studio in the person's browser.

use std::process::{Command, Stdio};

/// Asks the desktop to open `url`. A failure is ignored, because the address was printed.
pub(crate) fn in_browser(url: &str) {
    let (program, args): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let opened = Command::new(program)
        .args(args)
        .arg(url)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if opened.is_err() {
        tracing::debug!("no program opens addresses here");
    }
}
