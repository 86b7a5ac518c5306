//! Cutting out of the wasm what the framework carries along and Attune never calls.

use anyhow::Context;
use walrus::ir::Instr;
use walrus::{FunctionKind, Module, ModuleConfig};

/// Functions that are never called, by a part of their names. Leptos keeps their addresses
/// beside those of functions that are called, so the linker cannot tell. A call would end in a trap
/// that the browser tests notice: they fail on any error of a page.
///
/// - `hydrate_async` waits for views that load their own wasm. Only `hydrate_lazy` begins it; the
///   front end calls `hydrate_body`.
/// - `hydrate_from_template` belongs to views that are cloned from templates, which Leptos builds
///   for the nightly compiler only.
const NEVER_CALLED: &[&str] = &["::hydrate_async", "::hydrate_from_template"];

/// Destructors also bear the names of the functions that made a value. They stay: equal ones are
/// merged under one of their names, which may be any.
const DESTRUCTOR: &str = "drop_in_place";

/// Empties the functions that are never called, and takes the names away, which told them.
pub(crate) fn trim(wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse(wasm).context("the front end is no valid wasm")?;
    for pattern in NEVER_CALLED {
        anyhow::ensure!(
            empty(&mut module, pattern) > 0,
            "no function of the front end is called like `{pattern}` any more: \
             bring xtask/src/build/trim.rs up to date"
        );
    }
    Ok(module.emit_wasm())
}

/// Turns the functions into traps, so that wasm-opt drops all that only they used.
fn empty(module: &mut Module, pattern: &str) -> usize {
    let mut found = 0;
    for function in module.funcs.iter_mut() {
        let FunctionKind::Local(local) = &mut function.kind else { continue };
        let name = function.name.as_deref().unwrap_or_default();
        if name.contains(pattern) && !name.contains(DESTRUCTOR) {
            let entry = local.entry_block();
            let body = &mut local.block_mut(entry).instrs;
            let location = body.first().map(|(_, location)| *location).unwrap_or_default();
            *body = vec![(Instr::Unreachable(walrus::ir::Unreachable {}), location)];
            found += 1;
        }
    }
    found
}
