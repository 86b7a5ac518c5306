//! What fuzzing found and began with, replayed: docs/fuzzing.md says how to look for more.

#[path = "../../../fuzz/src/events.rs"]
mod events;

#[test]
fn seeds_of_events() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds/events");
    let seeds: Vec<_> = std::fs::read_dir(folder).unwrap().collect();
    assert!(!seeds.is_empty());
    for seed in seeds {
        events::check(&std::fs::read(seed.unwrap().path()).unwrap());
    }
}
