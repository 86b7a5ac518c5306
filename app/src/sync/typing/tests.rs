//! Each case is a line: what happens to a page, and what it does about the last of it.
//!
//! A page begins with the text `a` in revision 1. `a/f` is the prompt text `a` and the feedback `f`;
//! `@1` names a revision.

use align::Prompt;

use super::super::typed::{Boxes, PromptText, Typed};
use super::{Effect, Event, Kept, Notice, Typing};
use crate::error::{AppError, ErrorKind};
use crate::sync::Side;

fn check(story: &str, expected: &str) {
    assert_eq!(played(story).1, expected, "{story}");
}

/// The page after a story, and what it does about the last of it.
fn played(story: &str) -> (Typing<Typed>, String) {
    let mut page = Typing::new(typed("a"), 1);
    let mut done = String::new();
    for step in story.split(" | ") {
        let effects = page.on(event(step, page.turn));
        done = effects.iter().map(said).collect::<Vec<_>>().join(", ");
    }
    (page, done)
}

#[test]
fn typing_is_kept_here_at_once_and_sent_after_a_pause() {
    check("type a", "");
    check("type b", "keep b@1, wait 300");
    check("type b | type c", "keep c@1");
    check("type b | wake", "keep b@1 sent b, send b@1");
    check("type b | flush", "keep b@1 sent b, send b@1");
    check("type b | late wake", "");
    check("type b | flush | wake", "");
    check("type b | type a | wake", "forget");
    check("flush", "");
}

#[test]
fn an_answer_confirms_what_was_sent() {
    check("type b | wake | sent 2", "forget");
    check("type b | wake | type c", "keep c@1 sent b");
    check("type b | wake | type c | sent 2", "keep c@2, wait 300");
    check("type b | wake | type c | sent 2 | wake", "keep c@2 sent c, send c@2");
    check("type b | wake | sent 2 | sent 2", "");
    check("type b | wake | late sent 2", "");
}

#[test]
fn what_may_have_arrived_is_sent_again_as_it_was() {
    check("type b | wake | offline", "wait 2000");
    check("type b | wake | offline | type c | wake", "keep c@1 sent b, send b@1");
    check("type b | wake | offline | connected", "keep b@1 sent b, send b@1");
    check("type b | wake | offline | wake | conflict", "load");
    check("type b | wake | offline | wake | conflict | loaded b@2", "forget");
    check("type b | wake | offline | type c | wake | conflict | loaded b@2", "keep c@2, wait 300");
    check("type b | wake | conflict | load fails", "wait 2000");
}

#[test]
fn a_refusal_is_told_once_and_so_is_its_end() {
    check("type b | wake | full", "refused, wait 2000");
    check("type b | wake | full | wake | full", "wait 2000");
    check("type b | wake | full | type c | wake", "keep c@1 sent c, send c@1");
    check("type b | wake | full | wake | sent 2", "saved, forget");
    check("type b | wake | full | type a | wake", "saved, forget");
}

#[test]
fn what_the_server_will_never_take_waits_for_other_text() {
    check("type b | wake | unfit", "refused");
    check("type b | wake | unfit | flush", "");
    check("type b | wake | unfit | type c", "keep c@1, wait 300");
    check("type b | wake | type c | unfit", "refused, wait 300");
    check("type b | wake | unfit | replace b by v", "show v, keep v@1, wait 300");
}

#[test]
fn a_quiet_page_follows_what_another_one_saved() {
    check("elsewhere 2", "load");
    check("elsewhere 1", "");
    check("elsewhere 2 | loaded b@2", "show b, forget");
    check("elsewhere 2 | elsewhere 3", "load");
    check("elsewhere 2 | loaded a@1", "");
    check("elsewhere 2 | load fails", "wait 2000");
    check("elsewhere 2 | load fails | wake", "load");
    check("elsewhere 2 | type c | late loaded b@2", "");
    check("type b | elsewhere 2", "");
    check("type b | wake | elsewhere 3 | sent 2", "forget, load");
    check("reloaded b@2", "show b, forget");
    check("reloaded a@1", "");
    check("reloaded b@1", "show b, forget");
    check("type b | reloaded c@2", "");
}

#[test]
fn different_boxes_are_put_together() {
    let story = "type a/f | wake | conflict | loaded b@2";
    check(story, "show b/f, keep b/f@2, wait 300");
    check(&format!("{story} | wake"), "keep b/f@2 sent b/f, send b/f@2");
    check("type b | wake | conflict | loaded b/f@2", "show b/f, forget");
}

#[test]
fn one_box_typed_in_twice_is_a_question_and_the_loser_a_version() {
    let asked = "type b | wake | conflict | loaded c@2";
    check(asked, "keep b@1");
    check(&format!("{asked} | flush"), "");
    check(&format!("{asked} | type bb"), "keep bb@1");
    check(&format!("{asked} | type c"), "keep c@1, forget");
    check(&format!("{asked} | elsewhere 3"), "load");
    check(&format!("{asked} | elsewhere 3 | loaded d@3 | choose here"), "version d");
    check(&format!("{asked} | elsewhere 3 | loaded a@3"), "keep b@3, wait 300");

    check(&format!("{asked} | choose here"), "version c");
    check(&format!("{asked} | choose here | version 5"), "kept as 5, keep b@2, wait 300");
    check(&format!("{asked} | choose theirs"), "version b");
    check(&format!("{asked} | choose theirs | version 5"), "kept as 5, show c, forget");
    check(&format!("{asked} | choose theirs | type bb"), "keep bb@1");
    check(&format!("{asked} | choose theirs | type bb | version 5"), "kept as 5");
    check(&format!("{asked} | choose theirs | type bb | version 5 | choose theirs"), "version bb");
    check(
        &format!("{asked} | choose theirs | type b/f | version 5"),
        "kept as 5, show c/f, keep c/f@2, wait 300",
    );
    check(&format!("{asked} | choose theirs | version fails"), "not kept");
    check(&format!("{asked} | choose theirs | version fails | choose here"), "version c");
    check(&format!("{asked} | choose theirs | late version 5"), "");
}

#[test]
fn of_other_boxes_nothing_is_dropped_until_a_person_chose() {
    let asked = "type a/f | wake | conflict | loaded a/g@2";
    check(asked, "keep a/f@1");
    check(&format!("{asked} | choose here"), "keep a/f@2, wait 300");
    check(&format!("{asked} | choose theirs"), "show a/g, forget");
    let both = "type b/f | wake | conflict | loaded a/g@2";
    check(&format!("{both} | choose theirs"), "show b/g, keep b/g@2, wait 300");
}

#[test]
fn what_an_earlier_page_left_behind_is_taken_up() {
    check("found", "forget");
    check("found a@1", "forget");
    check("found b@1", "show b, keep b@1, wait 300");
    check("found b@0 sent a", "show b, keep b@1, wait 300");
    check("found b@0", "show b, keep b@0");
    check("found b@0 | choose here", "version a");
    check("found b@0 | choose theirs", "version b");
    check("found b@0 | choose theirs | version 5", "kept as 5, show a, forget");
    check("type c | found b@1", "keep c@1 behind b");
    check("type c | found b@1 | wake | sent 2", "show b, keep b@1");
}

#[test]
fn a_version_takes_the_place_of_what_it_was_made_for() {
    check("replace a by v", "show v, load");
    check("replace a by v | loaded v@2", "forget");
    check("replace a by v | loaded b@1", "show b, forget");
    check("replace a by v | type w", "keep w@1, wait 300");
    check("type b | replace b by v", "show v, keep v@1");
    check("type b | replace b by v | wake", "forget, load");
    check("type b | wake | replace b by v | sent 2", "keep v@2, wait 300");
    check("type b/f | replace b by v", "show v/f, keep v/f@1");
    check("type b | type bb | replace b by v", "");
}

#[test]
fn a_page_says_whether_what_is_typed_is_safe() {
    let says = |story: &str| {
        let page = played(story).0;
        (page.is_saving(), page.is_unreached(), page.is_refused())
    };
    assert_eq!(says("type a"), (false, false, false));
    assert_eq!(says("type b"), (true, false, false));
    assert_eq!(says("type b | wake | offline"), (true, true, false));
    assert_eq!(says("type b | wake | full"), (true, false, true));
    assert_eq!(says("type b | wake | full | wake | sent 2"), (false, false, false));
    assert_eq!(says("type b | wake | conflict | loaded c@2"), (false, false, false));
}

fn event(step: &str, turn: u64) -> Event<Typed> {
    let (is_late, step) = match step.strip_prefix("late ") {
        Some(step) => (true, step),
        None => (false, step),
    };
    let turn = if is_late { turn - 1 } else { turn };
    let (name, rest) = step.split_once(' ').unwrap_or((step, ""));
    let failed = |kind| AppError::new(kind, step, "");
    match (name, rest) {
        ("type", text) => Event::Typed(typed(text)),
        ("wake", _) => Event::Woke(turn),
        ("flush", _) => Event::Flush,
        ("connected", _) => Event::Connected,
        ("sent", revision) => Event::Sent(turn, Ok(Some(revision.parse().unwrap()))),
        ("conflict", _) => Event::Sent(turn, Ok(None)),
        ("offline", _) => Event::Sent(turn, Err(AppError::offline())),
        ("full", _) => Event::Sent(turn, Err(failed(ErrorKind::Unavailable))),
        ("unfit", _) => Event::Sent(turn, Err(failed(ErrorKind::Invalid))),
        ("loaded", copy) => Event::Loaded(turn, Ok(at(copy))),
        ("load", _) => Event::Loaded(turn, Err(AppError::offline())),
        ("elsewhere", revision) => Event::SavedElsewhere(revision.parse().unwrap()),
        ("reloaded", copy) => Event::Reloaded(at(copy).0, at(copy).1),
        ("choose", "here") => Event::Chosen(Side::Here),
        ("choose", _) => Event::Chosen(Side::Theirs),
        ("version", "fails") => Event::VersionSaved(turn, Err(AppError::offline())),
        ("version", number) => Event::VersionSaved(turn, Ok(number.parse().unwrap())),
        ("found", "") => Event::Found(Vec::new()),
        ("found", kept) => {
            let (copy, sent) = kept.split_once(" sent ").unwrap_or((kept, ""));
            let (text, revision) = at(copy);
            let sent = (!sent.is_empty()).then(|| typed(sent));
            Event::Found(vec![Kept { text, revision, sent, left_behind: Vec::new() }])
        }
        ("replace", words) => {
            let (seen, by) = words.split_once(" by ").unwrap();
            Event::Replaced { seen: typed(seen), by: typed(by) }
        }
        _ => panic!("{step}"),
    }
}

fn said(effect: &Effect<Typed>) -> String {
    match effect {
        Effect::Keep(kept) => {
            let sent = kept.sent.iter().map(|sent| format!(" sent {}", short(sent)));
            let behind = kept.left_behind.iter().map(|it| format!(" behind {}", short(&it.text)));
            let more: String = sent.chain(behind).collect();
            format!("keep {}@{}{more}", short(&kept.text), kept.revision)
        }
        Effect::Forget => "forget".into(),
        Effect::Show(text) => format!("show {}", short(text)),
        Effect::Send { text, revision, .. } => format!("send {}@{revision}", short(text)),
        Effect::Load(_) => "load".into(),
        Effect::SaveVersion(_, text) => format!("version {}", text.prompt.text),
        Effect::Wait(_, milliseconds) => format!("wait {milliseconds}"),
        Effect::Tell(Notice::Refused(_)) => "refused".into(),
        Effect::Tell(Notice::Saved(_)) => "saved".into(),
        Effect::Tell(Notice::KeptAs(number)) => format!("kept as {number}"),
        Effect::Tell(Notice::NotKept(_)) => "not kept".into(),
    }
}

fn at(copy: &str) -> (Typed, u64) {
    let (text, revision) = copy.split_once('@').unwrap();
    (typed(text), revision.parse().unwrap())
}

fn typed(text: &str) -> Typed {
    let (prompt, feedback) = text.split_once('/').unwrap_or((text, ""));
    Typed {
        text: PromptText { prompt: Prompt::new(prompt), base: None },
        boxes: Boxes { feedback: feedback.to_owned(), ..Boxes::default() },
    }
}

fn short(typed: &Typed) -> String {
    let (prompt, feedback) = (&typed.text.prompt.text, &typed.boxes.feedback);
    if feedback.is_empty() { prompt.clone() } else { format!("{prompt}/{feedback}") }
}
