//! Cutting out of the wasm what the framework carries along and Attune never calls.

use std::collections::HashSet;

use anyhow::{Context, ensure};
use walrus::ir::{Call, Instr, InstrLocId, Unreachable, Visitor, dfs_in_order};
use walrus::{FunctionId, FunctionKind, Module, ModuleConfig};

use super::{glue, locations};

/// Functions that are never called, by a part of their names: the ways into waiting for views that
/// load their own wasm. Only Leptos' `hydrate_lazy` takes them, and the front end calls
/// `hydrate_body`. Leptos keeps their addresses beside those of functions that are called, so the
/// linker cannot tell.
///
/// Equal functions are merged under one of their names, so a name alone proves nothing. These are
/// equal to each other at most: each makes or is the future of one type of view, and nothing else
/// does. What lies deeper (closures within, destructors) is left to wasm-opt, which follows calls.
const NEVER_CALLED: &str = "::into_any::hydrate_async";

/// Destructors bear the names of what they destroy.
const DESTRUCTOR: &str = "drop_in_place";

/// Turns the functions that are never called into traps, so that wasm-opt drops all that only they
/// used, and takes the names away, which told them. A trap that was reached would fail the browser
/// tests: they tolerate no error of a page. Returns the wasm and its shortened JavaScript.
pub(crate) fn trim(wasm: &[u8], js: &str) -> anyhow::Result<(Vec<u8>, String)> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse(wasm).context("the front end is no valid wasm")?;
    for id in never_called(&module)? {
        if let FunctionKind::Local(function) = &mut module.funcs.get_mut(id).kind {
            let entry = function.entry_block();
            function.block_mut(entry).instrs =
                vec![(Instr::Unreachable(Unreachable {}), InstrLocId::default())];
        }
    }
    ensure!(
        locations::forget(&mut module) > 0,
        "no place of a panic was found: bring xtask/src/build/locations.rs up to date"
    );
    let js = glue::shorten(&mut module, js)?;
    Ok((module.emit_wasm(), js))
}

/// The functions of that name. It is an error if there is none, or if another function calls one.
fn never_called(module: &Module) -> anyhow::Result<HashSet<FunctionId>> {
    let mut called = Called::default();
    let mut named = HashSet::new();
    for (id, function) in module.funcs.iter_local() {
        let name = module.funcs.get(id).name.as_deref().unwrap_or_default();
        if name.contains(NEVER_CALLED) && !name.contains(DESTRUCTOR) {
            named.insert(id);
        } else {
            dfs_in_order(&mut called, function, function.entry_block());
        }
    }
    ensure!(
        !named.is_empty() && named.is_disjoint(&called.0),
        "`{NEVER_CALLED}` is not what it was in Leptos: bring xtask/src/build/trim.rs up to date"
    );
    Ok(named)
}

/// What functions call directly.
#[derive(Default)]
struct Called(HashSet<FunctionId>);

impl Visitor<'_> for Called {
    fn visit_call(&mut self, call: &Call) {
        self.0.insert(call.func);
    }
}
