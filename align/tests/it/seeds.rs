//! What fuzzing found and began with, replayed: `fuzz/` has the properties, docs/fuzzing.md says how
//! to look for more.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../../../fuzz/src/clock.rs"]
mod clock;
#[path = "../../../fuzz/src/diff.rs"]
mod diff;
#[path = "../../../fuzz/src/reply.rs"]
mod reply;
#[path = "../../../fuzz/src/template.rs"]
mod template;

/// Checks every seed of a target.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds/").to_owned() + target;
    let mut count = 0;
    for seed in std::fs::read_dir(folder).unwrap() {
        check(&std::fs::read(seed.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 0, "there are no seeds");
}

#[test]
fn seeds_of_template() {
    replay("template", template::check);
}

#[test]
fn seeds_of_reply() {
    replay("reply", reply::check);
}

#[test]
fn seeds_of_diff() {
    replay("diff", diff::check);
}
