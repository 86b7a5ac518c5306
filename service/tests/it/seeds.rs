//! What fuzzing found and began with, replayed: docs/fuzzing.md says how to look for more.

#[path = "../../../fuzz/src/working_copy.rs"]
mod working_copy;

#[test]
fn seeds_of_working_copy() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds/working_copy");
    let seeds: Vec<_> = std::fs::read_dir(folder).unwrap().collect();
    assert!(!seeds.is_empty());
    for seed in seeds {
        working_copy::check(&std::fs::read(seed.unwrap().path()).unwrap());
    }
}
