//! The demo model as distiller: what a person says about one output becomes a guideline for all of
//! them.

mod compare;
mod dropped;
mod own_words;

use align::Feedback;
use align::guidelines::{Decision, ReadDistil, ReadEvidence};

use super::prompt::things;
use super::text::{sentences, words};
use super::wish::{Things, Wish, find_in_feedback, find_in_guideline};

/// The reply to a request to distil.
pub(super) fn reply(request: &ReadDistil) -> String {
    let (decision, reason) = decide(request);
    request.reply(&decision, &reason)
}

fn decide(request: &ReadDistil) -> (Decision, String) {
    match &request.evidence {
        ReadEvidence::Critique(feedback) => match dropped::guideline(request, feedback) {
            Some(place) => {
                let reason = format!("You no longer want what {} asks for.", label(place));
                (Decision::Remove(place), reason)
            }
            None => taught(request, &wishes(request, feedback), "You ask for"),
        },
        ReadEvidence::Kudos(feedback) => {
            taught(request, &wishes(request, feedback), "What you like should stay:")
        }
        ReadEvidence::CorrectedOutput(corrected) => {
            let original = request.material.output.as_deref().unwrap_or_default();
            let wishes = compare::wishes(original, corrected);
            if wishes.is_empty() {
                let reason = "Your version is built like the original; what differs are facts of \
                              this one output.";
                return (Decision::Nothing, reason.to_owned());
            }
            taught(request, &wishes, "Your version shows that you want")
        }
    }
}

/// What a piece of feedback asks for. What is not understood is kept in the person's own words.
fn wishes(request: &ReadDistil, feedback: &Feedback) -> Vec<Wish> {
    let wishes = find_in_feedback(feedback).into_iter().map(|wish| match wish {
        Wish::Other(_) => Wish::Other(own_words::guideline(feedback, &request.material.values)),
        known => known,
    });
    wishes.collect()
}

/// What wishes mean for the guidelines: none where each is there, else an edit of one about the same,
/// else a new one.
fn taught(request: &ReadDistil, wishes: &[Wish], lead: &str) -> (Decision, String) {
    let things = things_of(request);
    let new: Vec<_> = wishes.iter().filter(|wish| place_of(request, wish).is_none()).collect();
    if new.is_empty() {
        let place = wishes.first().and_then(|wish| place_of(request, wish)).unwrap_or_default();
        return (Decision::Nothing, format!("{} already asks for it.", label(place)));
    }
    let asked: Vec<_> = new.iter().map(|wish| wish.summary(&things)).collect();
    let asked = asked.join(" and ");
    let older = request.guidelines.iter().enumerate().find(|(_, guideline)| {
        let old = find_in_guideline(guideline);
        new.iter().any(|wish| old.iter().any(|old| wish.replaces(old)))
    });
    if let Some((place, guideline)) = older {
        let text = edited(guideline, &new, &things);
        let reason = format!("{lead} {asked}, and {} is about the same.", label(place));
        return (Decision::Edit(place, text), reason);
    }
    let texts: Vec<_> = new.iter().map(|wish| guideline(wish, &things)).collect();
    (Decision::Add(texts.join(" ")), format!("{lead} {asked}, and no guideline says it yet."))
}

/// The guideline that asks for a wish already.
fn place_of(request: &ReadDistil, wish: &Wish) -> Option<usize> {
    request.guidelines.iter().position(|guideline| match wish {
        Wish::Other(text) => words(guideline) == words(text),
        wish => find_in_guideline(guideline).contains(wish),
    })
}

/// The guideline with what its replaced sentences say now.
fn edited(guideline_text: &str, new: &[&Wish], things: &Things) -> String {
    let is_kept = |sentence: &&str| {
        let old = find_in_guideline(sentence);
        !new.iter().any(|wish| old.iter().any(|old| wish.replaces(old)))
    };
    let kept = sentences(guideline_text).into_iter().filter(is_kept).map(str::to_owned);
    kept.chain(new.iter().map(|wish| guideline(wish, things))).collect::<Vec<_>>().join(" ")
}

/// A wish as a guideline says it.
fn guideline(wish: &Wish, things: &Things) -> String {
    match wish {
        Wish::Other(text) => text.clone(),
        wish => wish.instruction(things),
    }
}

fn things_of(request: &ReadDistil) -> Things {
    things(&format!("{}\n{}", request.material.system_instructions, request.material.text))
}

fn label(place: usize) -> String {
    ReadDistil::label(place)
}
