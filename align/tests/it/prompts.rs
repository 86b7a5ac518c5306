//! The real prompts of `tests/data/prompts.csv`.

/// Every row's prompt.
pub(crate) fn prompts() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/prompts.csv");
    let mut reader = csv::Reader::from_path(path).expect("the file is part of the crate");
    let prompts: Vec<String> =
        reader.records().map(|row| row.expect("it is valid CSV")[1].to_owned()).collect();
    assert_eq!(prompts.len(), 394);
    prompts
}
