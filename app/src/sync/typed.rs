//! What is typed in a workbench: the prompt text, and the boxes beside it.

use std::convert::Infallible;

use align::record::{Correction, Rewording, VersionNumber, WorkingCopy};
use align::{Feedback, Prompt, Values};

use super::merge::{Merged, Payload, keyed, one};

/// Everything typed. The two parts are kept by one machine now; each can have its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Typed {
    /// The prompt.
    pub(crate) text: PromptText,
    /// Everything else.
    pub(crate) boxes: Boxes,
}

/// The prompt as typed. It is one text: a version is made of all of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PromptText {
    /// System instructions and text.
    pub(crate) prompt: Prompt,
    /// The version the typing started from. It belongs to the text.
    pub(crate) base: Option<VersionNumber>,
}

/// The boxes beside the prompt text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Boxes {
    /// Values of the variables; each is a box of its own.
    pub(crate) values: Values,
    /// The Feedback box.
    pub(crate) feedback: String,
    /// A comment on a selection.
    pub(crate) comment: Option<Feedback>,
    /// The output as it is being corrected.
    pub(crate) correction: Option<Correction>,
    /// The New guideline box.
    pub(crate) guideline: String,
    /// Other words for guidelines and feedback; each is a box of its own.
    pub(crate) rewordings: Vec<Rewording>,
}

impl From<WorkingCopy> for Typed {
    fn from(copy: WorkingCopy) -> Self {
        Self {
            text: PromptText { prompt: copy.prompt, base: copy.base },
            boxes: Boxes {
                values: copy.values,
                feedback: copy.feedback,
                comment: copy.comment,
                correction: copy.correction,
                guideline: copy.guideline,
                rewordings: copy.rewordings,
            },
        }
    }
}

impl Typed {
    /// The working copy that says this, to be saved as the successor of `revision`.
    pub(crate) fn into_copy(self, revision: u64) -> WorkingCopy {
        let Self { text, boxes } = self;
        WorkingCopy {
            prompt: text.prompt,
            base: text.base,
            values: boxes.values,
            feedback: boxes.feedback,
            comment: boxes.comment,
            correction: boxes.correction,
            guideline: boxes.guideline,
            rewordings: boxes.rewordings,
            revision,
            updated_at: 0,
        }
    }
}

impl Payload for Typed {
    type Version = PromptText;

    fn merge(base: Option<&Self>, here: &Self, theirs: &Self) -> Merged<Self> {
        let text = PromptText::merge(base.map(|it| &it.text), &here.text, &theirs.text);
        let boxes = Boxes::merge(base.map(|it| &it.boxes), &here.boxes, &theirs.boxes);
        Merged {
            here: Self { text: text.here, boxes: boxes.here },
            theirs: Self { text: text.theirs, boxes: boxes.theirs },
        }
    }

    fn losing(&self, chosen: &Self) -> Option<PromptText> {
        self.text.losing(&chosen.text)
    }
}

impl Payload for PromptText {
    type Version = Self;

    fn merge(base: Option<&Self>, here: &Self, theirs: &Self) -> Merged<Self> {
        let prompts = one(base.map(|it| &it.prompt), &here.prompt, &theirs.prompt);
        let whole = |prompt: Prompt| {
            let base = if prompt == theirs.prompt { theirs.base } else { here.base };
            Self { prompt, base }
        };
        Merged { here: whole(prompts.here), theirs: whole(prompts.theirs) }
    }

    fn losing(&self, chosen: &Self) -> Option<Self> {
        (self.prompt != chosen.prompt && !self.prompt.is_blank()).then(|| self.clone())
    }
}

impl Payload for Boxes {
    /// The boxes never become versions: a person sees both texts and chooses.
    type Version = Infallible;

    fn merge(base: Option<&Self>, here: &Self, theirs: &Self) -> Merged<Self> {
        let values = {
            let pairs = |it: &Self| it.values.clone().into_iter().collect::<Vec<_>>();
            let base = base.map(pairs);
            keyed(|(name, _)| name.clone(), base.as_deref(), &pairs(here), &pairs(theirs))
        };
        let feedback = one(base.map(|it| &it.feedback), &here.feedback, &theirs.feedback);
        let comment = one(base.map(|it| &it.comment), &here.comment, &theirs.comment);
        let correction = one(base.map(|it| &it.correction), &here.correction, &theirs.correction);
        let guideline = one(base.map(|it| &it.guideline), &here.guideline, &theirs.guideline);
        let rewordings = {
            let base = base.map(|it| &*it.rewordings);
            keyed(|it| it.of, base, &here.rewordings, &theirs.rewordings)
        };
        Merged {
            here: Self {
                values: values.here.into_iter().collect(),
                feedback: feedback.here,
                comment: comment.here,
                correction: correction.here,
                guideline: guideline.here,
                rewordings: rewordings.here,
            },
            theirs: Self {
                values: values.theirs.into_iter().collect(),
                feedback: feedback.theirs,
                comment: comment.theirs,
                correction: correction.theirs,
                guideline: guideline.theirs,
                rewordings: rewordings.theirs,
            },
        }
    }

    fn losing(&self, _chosen: &Self) -> Option<Infallible> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(prompt: &str, base: u32, feedback: &str, guideline: &str) -> Typed {
        let text = PromptText { prompt: Prompt::new(prompt), base: Some(base) };
        let boxes = Boxes {
            feedback: feedback.to_owned(),
            guideline: guideline.to_owned(),
            ..Boxes::default()
        };
        Typed { text, boxes }
    }

    #[test]
    fn a_working_copy_says_all_that_is_typed() {
        let copy = WorkingCopy {
            values: Values::from([("item".to_owned(), "a kite".to_owned())]),
            revision: 7,
            ..typed("Sing.", 1, "Louder.", "Be brief.").into_copy(0)
        };
        assert_eq!(Typed::from(copy.clone()).into_copy(7), copy);
    }

    #[test]
    fn changes_of_different_boxes_are_put_together() {
        let base = typed("Sing.", 1, "Louder.", "");
        let here = typed("Sing.", 1, "Louder.", "Be brief.");
        let theirs = typed("Sing loudly.", 2, "", "");
        let merged = Typed::merge(Some(&base), &here, &theirs);
        assert!(!merged.is_conflict());
        assert_eq!(merged.here, typed("Sing loudly.", 2, "", "Be brief."));
    }

    #[test]
    fn the_base_goes_with_the_text() {
        let base = |here: &str, theirs: &str| {
            let here = typed(here, 1, "", "");
            Typed::merge(Some(&typed("Sing.", 1, "", "")), &here, &typed(theirs, 2, "", "")).here
        };
        assert_eq!(base("Sing loudly.", "Sing.").text.base, Some(1));
        assert_eq!(base("Sing.", "Sing loudly.").text.base, Some(2));
        assert_eq!(base("Sing loudly.", "Sing loudly.").text.base, Some(2));
    }

    #[test]
    fn a_choice_about_one_box_leaves_the_others_alone() {
        let base = typed("Sing.", 1, "", "");
        let here = typed("Sing.", 1, "Softer.", "Be brief.");
        let theirs = typed("Sing loudly.", 1, "Louder.", "");
        let merged = Typed::merge(Some(&base), &here, &theirs);
        assert_eq!(merged.here, typed("Sing loudly.", 1, "Softer.", "Be brief."));
        assert_eq!(merged.theirs, typed("Sing loudly.", 1, "Louder.", "Be brief."));
        assert_eq!(merged.here.losing(&merged.theirs), None);
    }

    #[test]
    fn a_prompt_text_that_loses_becomes_a_version_unless_it_is_blank() {
        let [one, other, blank] = ["Sing.", "Shout.", " \n"].map(|it| typed(it, 1, "", ""));
        assert_eq!(one.losing(&other), Some(one.text.clone()));
        assert_eq!(one.losing(&one), None);
        assert_eq!(blank.losing(&one), None);
    }
}
