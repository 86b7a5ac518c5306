//! wasm-opt, which shrinks modules; what it did before is kept in `target/wasm-opt`.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::ffi::OsString;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use anyhow::Context;

use super::node::{NPM_LOCK, wasm_opt};
use crate::command::{execute, root, say, target_dir};

/// What shortens a file may lengthen the download: brotli knows a call that it saw before, but not the
/// same code woven into different surroundings; it knows locals that are set and got in the same way
/// everywhere, and functions that look like their neighbours. The part of the workbench is 12 KiB smaller
/// over the wire than with `-Oz`. The stack fills the low memory, so no address is as low as an offset.
const FLAGS: &[&str] = &[
    "-O1",
    "-s",
    "1",
    "--skip-pass=simplify-locals",
    "--reorder-functions-by-name",
    "--low-memory-unused",
    "--always-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Shrinks the modules where wasm-opt can be had, and says so where it cannot.
pub(super) fn all(modules: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<bool> {
    let Some(wasm_opt) = wasm_opt() else {
        say("node is not installed: the wasm stays a quarter larger (install node to shrink it)");
        return Ok(false);
    };
    let kept = target_dir().join("wasm-opt");
    fs::create_dir_all(&kept)?;
    let lock = fs::read(root().join(NPM_LOCK))?;
    let results: Vec<_> = modules
        .values()
        .map(|module| kept.join(format!("{:016x}.wasm", key(module, &lock))))
        .collect();
    let mut missing: Vec<_> =
        modules.values().zip(&results).filter(|(_, result)| !result.exists()).collect();
    if !missing.is_empty() {
        say("optimising the wasm");
        // The largest first, so that none of them is begun late.
        missing.sort_by_key(|(module, _)| module.len());
        run(&wasm_opt, missing)?;
    }
    for (module, result) in modules.values_mut().zip(&results) {
        *module = fs::read(result)?;
    }
    forget_others(&kept, &results)?;
    Ok(true)
}

/// Tells results apart: the same module, flags and wasm-opt give the same.
fn key(module: &[u8], lock: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (module, FLAGS, lock).hash(&mut hasher);
    hasher.finish()
}

/// Takes the jobs from the end of the list, one for each processor at a time.
fn run(wasm_opt: &Command, jobs: Vec<(&Vec<u8>, &PathBuf)>) -> anyhow::Result<()> {
    let jobs = Mutex::new(jobs);
    let next = || jobs.lock().ok()?.pop();
    let work = || -> anyhow::Result<()> {
        while let Some((module, result)) = next() {
            optimise(wasm_opt, module, result)?;
        }
        Ok(())
    };
    let processors = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("a worker does not panic"))
    })
}

fn optimise(wasm_opt: &Command, module: &[u8], result: &Path) -> anyhow::Result<()> {
    let [input, output] = ["in", "out"].map(|extension| result.with_extension(extension));
    fs::write(&input, module)?;
    let mut command = Command::new(wasm_opt.get_program());
    execute(
        command
            .args(wasm_opt.get_args())
            .args(FLAGS)
            .args([OsString::from(&input), "-o".into(), OsString::from(&output)])
            .stdout(Stdio::null()),
    )?;
    fs::remove_file(input)?;
    // Only a whole file gets the name that is looked for.
    fs::rename(output, result).context("could not keep what wasm-opt wrote")
}

fn forget_others(folder: &Path, needed: &[PathBuf]) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !needed.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
