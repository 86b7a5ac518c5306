//! Emptying functions that the framework carries along and that are never called.
//!
//! Leptos keeps, for each kind of view, the addresses of the ways to build it, to change it and to take
//! it over from the server, and the linker cannot tell which of them are called. In the part of the workbench
//! they are 11 KiB over the wire.

use std::collections::{BTreeMap, HashSet};

use anyhow::{Context, ensure};
use walrus::ir::{Call, Instr, InstrLocId, Unreachable, Visitor, dfs_in_order};
use walrus::{FunctionId, FunctionKind, Module};

/// A part of the names of functions that are never called: the ways into hydration that waits for
/// views. Only `hydrate_lazy` takes them, and the front end calls `hydrate_body`.
///
/// Equal functions are merged under one of their names, so a name alone proves nothing. These can be
/// equal to each other only: each makes or is the future of one kind of view, and nothing else does.
/// What lies deeper is left to wasm-opt, which follows calls.
const NEVER_CALLED: &str = "8into_any13hydrate_async";

/// Destructors bear the names of what they destroy.
const DESTRUCTOR: &str = "drop_in_place";

/// Turns the functions that are never called into traps, so that wasm-opt drops what only they used. A
/// trap that was reached would fail the browser tests: they tolerate no error of a page.
pub(super) fn empty(modules: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let mut count = 0;
    for (name, bytes) in modules {
        let mut module =
            Module::from_buffer(bytes).with_context(|| format!("{name} is no valid wasm"))?;
        let functions = never_called(&module)?;
        if functions.is_empty() {
            continue;
        }
        count += functions.len();
        for id in functions {
            if let FunctionKind::Local(function) = &mut module.funcs.get_mut(id).kind {
                let entry = function.entry_block();
                function.block_mut(entry).instrs =
                    vec![(Instr::Unreachable(Unreachable {}), InstrLocId::default())];
            }
        }
        *bytes = module.emit_wasm();
    }
    ensure!(
        count > 0,
        "no function is called `{NEVER_CALLED}` any more: bring xtask/src/build/unreached.rs up to date"
    );
    Ok(())
}

/// The functions of that name. It is an error if another function calls one.
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
        named.is_disjoint(&called.0),
        "`{NEVER_CALLED}` is called after all: bring xtask/src/build/unreached.rs up to date"
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

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, ModuleConfig};

    use super::*;

    /// A module with a function of the name, and one that may call it.
    fn module(is_called: bool) -> BTreeMap<String, Vec<u8>> {
        let mut module = Module::with_config(ModuleConfig::new());
        let mut named = FunctionBuilder::new(&mut module.types, &[], &[]);
        named.name(format!("_ZN{NEVER_CALLED}17h0E"));
        let named = named.finish(Vec::new(), &mut module.funcs);
        let mut caller = FunctionBuilder::new(&mut module.types, &[], &[]);
        if is_called {
            caller.func_body().call(named);
        }
        let caller = caller.finish(Vec::new(), &mut module.funcs);
        module.exports.add("named", named);
        module.exports.add("caller", caller);
        BTreeMap::from([("main".to_owned(), module.emit_wasm())])
    }

    #[test]
    fn what_is_never_called_becomes_a_trap() {
        let mut modules = module(false);
        empty(&mut modules).expect("nothing calls it");
        let module = Module::from_buffer(&modules["main"]).expect("valid");
        let traps = module.funcs.iter_local().filter(|(_, function)| {
            let entry = function.block(function.entry_block());
            matches!(entry.instrs[..], [(Instr::Unreachable(_), _)])
        });
        assert_eq!(traps.count(), 1);
    }

    #[test]
    fn what_is_called_or_not_there_fails_the_build() {
        assert!(empty(&mut module(true)).is_err());
        assert!(empty(&mut BTreeMap::new()).is_err());
    }
}
