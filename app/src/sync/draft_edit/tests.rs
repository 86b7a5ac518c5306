//! Each case is a line: what happens to the edit of a draft that says `a`, and what is done about the
//! last of it.

use align::Prompt;
use align::record::DraftId;

use super::{DraftEditing, Edit, Effect, Event, Heard, Notice};
use crate::error::{AppError, ErrorKind};
use crate::sync::Side;

fn check(story: &str, expected: &str) {
    let mut page = DraftEditing::new();
    let mut done = String::new();
    for step in story.split(" | ") {
        let effects = page.on(event(step, page.turn));
        done = effects.iter().map(said).collect::<Vec<_>>().join(", ");
    }
    if let Some(edit) = page.edit() {
        done = format!("[{}] {done}", edit.typed.text);
    }
    if let Some(edit) = page.left_over() {
        done = format!("{{{}}} {done}", edit.typed.text);
    }
    assert_eq!(done.trim(), expected, "{story}");
}

#[test]
fn typing_is_kept_here_at_once_and_sent_after_a_pause() {
    check("open a", "[a]");
    check("open a | type a", "[a]");
    check("open a | type b", "[b] keep b, wait 400");
    check("open a | type b | type c", "[c] keep c");
    check("open a | type b | wake", "[b] send a>b");
    check("open a | type b | wake | ok", "[b] forget");
    check("open a | type b | wake | type c | ok", "[c] keep c, wait 400");
    check("open a | type b | wake | type c | ok | wake", "[c] send b>c");
    check("open a | type b | wake | late ok", "[b]");
    check("open a | type b | type a | wake", "[a] forget");
}

#[test]
fn before_a_decision_the_server_has_what_is_typed() {
    check("open a | flush", "[a] flushed");
    check("open a | type b | flush", "[b] send a>b");
    check("open a | type b | flush | ok", "[b] forget, flushed");
    check("open a | type b | wake | flush", "[b]");
    check("open a | type b | wake | flush | ok", "[b] forget, flushed");
    check("open a | type b | flush | type c | ok", "[c] keep c, send b>c");
    check("open a | type b | flush | offline", "[b] wait 2000, not flushed, refused");
    check("open a | type b | heard c | flush", "[b] not flushed");
}

#[test]
fn what_is_not_taken_is_sent_again_and_told_once() {
    check("open a | type b | wake | offline", "[b] wait 2000, refused");
    check("open a | type b | wake | offline | wake | offline", "[b] wait 2000");
    check("open a | type b | wake | offline | type c | wake", "[c] send a>b");
    check("open a | type b | wake | full | type c | wake", "[c] send a>c");
    check("open a | type b | wake | offline | heard b", "[b] forget, over");
    check("open a | type b | wake | offline | type c | heard b", "[c] keep c, over, wait 400");
    check("open a | type b | wake | offline | wake | ok", "[b] forget, over");
}

#[test]
fn an_edit_follows_another_page_unless_something_is_typed() {
    check("open a | heard b", "[b]");
    check("open a | heard b | type c | wake", "[c] send b>c");
    check("open a | type b | heard a", "[b]");
    check("open a | type b | heard b", "[b] forget");
    check("open a | type b | wake | heard b | ok", "[b] forget");
    check("open a | type b | wake | heard a | ok", "[b] forget");
    check("open a | type b | wake | heard c | ok", "[c] forget");
}

#[test]
fn two_texts_are_a_question() {
    check("open a | type b | heard c", "[b]");
    check("open a | type b | heard c | wake", "[b]");
    check("open a | type b | heard c | type d", "[d] keep d");
    check("open a | type b | heard c | type c", "[c] keep c, forget");
    check("open a | type b | heard c | heard a", "[b] wait 400");
    check("open a | type b | heard c | heard d | choose here", "[b] keep b, send d>b");
    check("open a | type b | heard c | choose here", "[b] keep b, send c>b");
    check("open a | type b | heard c | choose theirs", "[c] forget");
    check("open a | type b | wake | full | heard c | choose theirs", "[c] forget, over");
}

#[test]
fn what_a_decision_leaves_out_is_left_over() {
    check("open a | decided a", "forget");
    check("open a | type b | decided b", "forget");
    check("open a | type b | decided a", "{b} forget, keep b");
    check("open a | type b | wake | decided a", "[b]");
    check(
        "open a | type b | wake | decided a | full",
        "{b} wait 2000, refused, forget, over, keep b",
    );
    check("open a | type b | wake | decided b | ok", "forget, forget");
    check("open a | type b | decided a | settle", "forget");
}

#[test]
fn what_an_earlier_page_left_behind_is_taken_up() {
    check("found a>b ready a", "[b] keep b, wait 400");
    check("found a>b ready b", "forget");
    check("found a>b ready c", "[b] keep b, wait 400");
    check("found a>b ready c | choose here", "[b] keep b, send c>b");
    check("found a>b decided a", "{b} keep b");
    check("found a>b gone", "{b} keep b");
    check("found a>b gone | found a>c gone", "{b}");
    check("open a | found a>b ready a", "[a]");
}

#[test]
fn text_boxes_close_once_the_server_has_what_is_typed() {
    check("open a | close", "forget");
    check("open a | type b | close", "[b]");
    check("open a | type b | discard", "forget");
}

fn event(step: &str, turn: u64) -> Event {
    let (is_late, step) = match step.strip_prefix("late ") {
        Some(step) => (true, step),
        None => (false, step),
    };
    let turn = if is_late { turn - 1 } else { turn };
    let (name, rest) = step.split_once(' ').unwrap_or((step, ""));
    match name {
        "open" => Event::Opened(edit(rest, rest)),
        "type" => Event::Typed(Prompt::new(rest)),
        "wake" => Event::Woke(turn),
        "flush" => Event::Flush,
        "ok" => Event::Sent(turn, Ok(())),
        "offline" => Event::Sent(turn, Err(AppError::offline())),
        "full" => Event::Sent(turn, Err(AppError::new(ErrorKind::Unavailable, "full", ""))),
        "heard" => Event::Heard(heard(rest, true)),
        "decided" => Event::Heard(heard(rest, false)),
        "choose" if rest == "here" => Event::Chosen(Side::Here),
        "choose" => Event::Chosen(Side::Theirs),
        "close" => Event::Closed,
        "discard" => Event::Discarded,
        "settle" => Event::Settled(DraftId(1)),
        "found" => {
            let (texts, state) = rest.split_once(' ').unwrap();
            let (known, typed) = texts.split_once('>').unwrap();
            let heard = state.split_once(' ').map(|(state, text)| heard(text, state == "ready"));
            Event::Found(edit(known, typed), heard)
        }
        _ => panic!("{step}"),
    }
}

fn said(effect: &Effect) -> String {
    match effect {
        Effect::Keep(edit) => format!("keep {}", edit.typed.text),
        Effect::Forget(_) => "forget".into(),
        Effect::Send { edit, .. } => format!("send {}>{}", edit.known.text, edit.typed.text),
        Effect::Wait(_, milliseconds) => format!("wait {milliseconds}"),
        Effect::Flushed(Ok(())) => "flushed".into(),
        Effect::Flushed(Err(_)) => "not flushed".into(),
        Effect::Tell(Notice::Refused(_)) => "refused".into(),
        Effect::Tell(Notice::Over(_)) => "over".into(),
    }
}

fn edit(known: &str, typed: &str) -> Edit {
    Edit { id: DraftId(1), known: Prompt::new(known), typed: Prompt::new(typed) }
}

fn heard(text: &str, is_ready: bool) -> Heard {
    Heard { id: DraftId(1), text: Prompt::new(text), is_ready }
}
