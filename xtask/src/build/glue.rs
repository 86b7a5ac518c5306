//! Making the JavaScript between browser and wasm short: wasm-bindgen writes it for people, with a hash
//! in each of its two hundred names that stands in the wasm again.

use std::collections::HashMap;

use anyhow::ensure;
use walrus::Module;

/// Gives the imports of `module` short names, in the module and in `js`, which provides them.
pub(super) fn shorten(module: &mut Module, js: &str) -> anyhow::Result<String> {
    let mut names = HashMap::new();
    for (number, import) in module.imports.iter_mut().enumerate() {
        let short = format!("i{number}");
        names.insert(std::mem::replace(&mut import.name, short.clone()), (short, false));
    }
    let js = renamed(js, &mut names);
    let missing: Vec<_> = names.iter().filter(|(_, (_, is_there))| !is_there).collect();
    ensure!(missing.is_empty(), "the JavaScript does not provide {missing:?}");
    without_comments(&js)
}

/// `js` with other names, and a note on which were there.
fn renamed(js: &str, names: &mut HashMap<String, (String, bool)>) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(js.len());
    let mut rest = js;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        match names.get_mut(name) {
            Some((short, is_there)) => {
                *is_there = true;
                out.push_str(short);
            }
            None => out.push_str(name),
        }
        let end = after.find(is_name).unwrap_or(after.len());
        out.push_str(&after[..end]);
        rest = &after[end..];
    }
    out
}

/// `js` without lines that are comments, and without indentation. Text over several lines would lose
/// its indentation, so it is an error.
fn without_comments(js: &str) -> anyhow::Result<String> {
    let is_comment = |line: &&str| !["/*", "* ", "*/", "//"].iter().any(|it| line.starts_with(it));
    let lines: Vec<_> =
        js.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "*").collect();
    ensure!(
        lines.iter().all(|line| line.matches('`').count() % 2 == 0),
        "the JavaScript has text over several lines: bring xtask/src/build/glue.rs up to date"
    );
    Ok(lines.into_iter().filter(is_comment).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use walrus::ModuleConfig;

    use super::*;

    /// A module that imports functions of these names.
    fn module(names: &[&str]) -> Module {
        let mut module = Module::with_config(ModuleConfig::new());
        let kind = module.types.add(&[], &[]);
        for name in names {
            module.add_import_func("./attune_bg.js", name, kind);
        }
        module
    }

    #[test]
    fn names_become_short_in_both() {
        let mut module = module(&["__wbg_add_01ab", "__wbg_add_01abc"]);
        let js = "/**\n * Adds.\n */\nconst a = {\n  __wbg_add_01ab: function() {},\n  __wbg_add_01abc: $f,\n};\n";
        let short = shorten(&mut module, js).expect("both are provided");
        assert_eq!(short, "const a = {\ni0: function() {},\ni1: $f,\n};");
        let names: Vec<_> = module.imports.iter().map(|import| import.name.as_str()).collect();
        assert_eq!(names, ["i0", "i1"]);
    }

    #[test]
    fn what_is_not_understood_fails_the_build() {
        assert!(shorten(&mut module(&["missing"]), "const a = {};").is_err());
        assert!(shorten(&mut module(&[]), "const a = `one\n  two`;").is_err());
    }
}
