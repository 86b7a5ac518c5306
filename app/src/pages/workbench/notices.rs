//! Notices about the whole workbench: typed elsewhere, deleted, what was done last.

use leptos::prelude::*;

use super::use_workbench;
use crate::components::diff::Diff;
use crate::components::{Button, Choice};
use crate::sync::Side;
use crate::sync::merge::Merged;
use crate::sync::typed::Typed;

/// The notices there are.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let workbench = use_workbench();
    view! {
        <p class="visually-hidden" role="status">{workbench.page.notice()}</p>
        {move || workbench.page.is_deleted().then(|| view! {
            <div class="notice" role="note">
                <p>"This prompt was deleted. What you typed is kept with it."</p>
                <Button on_press=move |()| workbench.prompt.undelete()>"Undo"</Button>
            </div>
        })}
        {move || workbench.discarded_elsewhere().map(|words| view! {
            <Choice
                words=format!("What you were typing in place of “{}” was put away on another page: “{}”", words.before, words.text)
                first="Go on with it"
                second="Let it go"
                on_choice=move |go_on| workbench.prompt.settle_discarded(go_on)
            />
        })}
        <TypedTwice/>
    }
}

/// The question which of two texts to go on with.
#[component]
fn TypedTwice() -> impl IntoView {
    let prompt = use_workbench().prompt;
    let question =
        Memo::new(move |_| prompt.typed_twice().map(|texts| (words(&texts), other_boxes(&texts))));
    let differing = Memo::new(move |_| prompt.typed_twice().map_or(0, |it| differing(&it).len()));
    move || {
        let (words, text) = question.get()?;
        let choose =
            move |keep: bool| prompt.decide_typed(if keep { Side::Here } else { Side::Theirs });
        let (first, second) = ("Keep what is here", "Take the other text");
        Some(view! {
            <Choice words first second on_choice=choose>
                {text.map(|text| view! { <pre class="diff">{text}</pre> })}
                {move || (differing.get() > 0).then(|| view! { <Compare/> })}
            </Choice>
        })
    }
}

/// Both prompt texts as one comparison: what stands here beside what the other page holds.
#[component]
fn Compare() -> impl IntoView {
    let workbench = use_workbench();
    let diffs = move || {
        let texts = workbench.prompt.typed_twice().map(|texts| differing(&texts));
        let diffs = texts.unwrap_or_default().into_iter().map(|(name, theirs, here)| {
            view! {
                <p class="muted">{name}": what only the other page holds is struck through, what only stands here is underlined."</p>
                <Diff old=theirs new=here layout=workbench.refine.layout()/>
            }
        });
        diffs.collect_view()
    };
    view! { <details><summary>"Compare"</summary>{diffs}</details> }
}

/// The parts of the prompt that differ, by their names: as the other page holds them, then as they stand
/// here.
fn differing(texts: &Merged<Typed>) -> Vec<(&'static str, String, String)> {
    let (theirs, here) = (&texts.theirs.text.prompt, &texts.here.text.prompt);
    let parts = [
        ("System instructions", &theirs.system_instructions, &here.system_instructions),
        ("Prompt", &theirs.text, &here.text),
    ];
    let differs = parts.into_iter().filter(|(_, theirs, here)| theirs != here);
    differs.map(|(name, theirs, here)| (name, theirs.clone(), here.clone())).collect()
}

fn words(texts: &Merged<Typed>) -> String {
    let mut words =
        "This prompt was also typed in on another page, and the texts differ. ".to_owned();
    words.push_str(if texts.here.text.prompt == texts.theirs.text.prompt {
        "Nothing is lost yet: choose which to go on with."
    } else {
        "Choose which to go on with; the other prompt text is kept as a version."
    });
    words
}

/// What the other page holds in the boxes beside the prompt that differ, by their names.
fn other_boxes(texts: &Merged<Typed>) -> Option<String> {
    let here = boxes(&texts.here);
    let differing = boxes(&texts.theirs).into_iter().filter(|it| !here.contains(it));
    let lines: Vec<_> = differing.map(|(name, text)| format!("{name}: {text}")).collect();
    (!lines.is_empty()).then(|| lines.join("\n\n"))
}

/// All that is typed in boxes beside the prompt, with their names.
fn boxes(typed: &Typed) -> Vec<(String, String)> {
    let boxes = &typed.boxes;
    let one = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let mut all = vec![
        one("Feedback", &boxes.feedback),
        one("New guideline", &boxes.guideline),
        one("Comment", boxes.comment.as_ref().map_or("", |comment| &comment.text)),
        one("Corrected output", boxes.correction.as_ref().map_or("", |it| &it.text)),
    ];
    all.extend(boxes.values.iter().map(|(name, value)| one(name, value)));
    all.extend(
        boxes.rewordings.iter().map(|it| one(&format!("In place of “{}”", it.before), &it.text)),
    );
    all
}
