//! Statements outside `src/sqlite` use what SQLite and PostgreSQL share.

use std::path::{Path, PathBuf};

/// What only SQLite reads or has, and what only its driver knows.
const SQLITE_ONLY: &[&str] = &[
    "?1",
    "AUTOINCREMENT",
    "GLOB ",
    "INSERT OR ",
    "MATCH ",
    "PRAGMA",
    "Sqlite",
    "group_concat",
    "iif(",
    "instr(",
    "json_array(",
    "json_each(",
    "json_extract(",
    "json_group_",
    "json_object(",
    "last_insert_rowid",
    "pragma_",
    "rowid",
    "sqlx::sqlite",
    "sqlx::types::Json",
    "strftime(",
];

#[test]
fn statements_outside_of_the_sqlite_module_are_shared() {
    let (mut found, mut in_sqlite) = (Vec::new(), 0);
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let is_sqlite = file.components().any(|part| part.as_os_str() == "sqlite");
        let text = std::fs::read_to_string(&file).unwrap();
        for word in SQLITE_ONLY.iter().filter(|word| text.contains(**word)) {
            if is_sqlite {
                in_sqlite += 1;
            } else {
                found.push(format!("{word} in {}", file.display()));
            }
        }
    }
    assert!(in_sqlite > 5, "the words are looked for in the wrong way");
    assert_eq!(found, [""; 0]);
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}
