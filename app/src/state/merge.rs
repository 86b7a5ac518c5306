//! Putting together what was typed here and what another page, or an accepted draft, made of it.

use align::record::WorkingCopy;

/// `here` and `theirs`, which both were `saved` once, with the changes of both; `None` where they changed
/// the same text to different ones.
pub(super) fn merge(
    saved: &WorkingCopy,
    here: &WorkingCopy,
    theirs: &WorkingCopy,
) -> Option<WorkingCopy> {
    let prompt = one(&saved.prompt, &here.prompt, &theirs.prompt)?;
    // The version that the typing started from belongs to the text.
    let base = if prompt == theirs.prompt { theirs.base } else { here.base };
    Some(WorkingCopy {
        prompt,
        base,
        values: one(&saved.values, &here.values, &theirs.values)?,
        feedback: one(&saved.feedback, &here.feedback, &theirs.feedback)?,
        comment: one(&saved.comment, &here.comment, &theirs.comment)?,
        correction: one(&saved.correction, &here.correction, &theirs.correction)?,
        guideline: one(&saved.guideline, &here.guideline, &theirs.guideline)?,
        rewordings: one(&saved.rewordings, &here.rewordings, &theirs.rewordings)?,
        ..theirs.clone()
    })
}

fn one<T: PartialEq + Clone>(saved: &T, here: &T, theirs: &T) -> Option<T> {
    if here == saved || here == theirs {
        Some(theirs.clone())
    } else {
        (theirs == saved).then(|| here.clone())
    }
}

#[cfg(test)]
mod tests {
    use align::Prompt;

    use super::*;

    fn copy(prompt: &str, base: u32, feedback: &str, guideline: &str) -> WorkingCopy {
        WorkingCopy {
            prompt: Prompt::new(prompt),
            base: Some(base),
            feedback: feedback.to_owned(),
            guideline: guideline.to_owned(),
            ..WorkingCopy::default()
        }
    }

    #[test]
    fn changes_of_different_texts_are_put_together() {
        let saved = copy("Sing.", 1, "Louder.", "");
        let here = copy("Sing.", 1, "Louder.", "Be brief.");
        let theirs = WorkingCopy { revision: 7, ..copy("Sing loudly.", 2, "", "") };
        let merged = merge(&saved, &here, &theirs).unwrap();
        let expected = WorkingCopy { revision: 7, ..copy("Sing loudly.", 2, "", "Be brief.") };
        assert_eq!(merged, expected);
    }

    #[test]
    fn the_base_goes_with_the_text() {
        let saved = copy("Sing.", 1, "", "");
        let here = copy("Sing loudly.", 1, "", "");
        let theirs = copy("Sing.", 2, "", "");
        assert_eq!(merge(&saved, &here, &theirs).unwrap().base, Some(1));
    }

    #[test]
    fn the_same_change_on_both_sides_is_one() {
        let (saved, both) = (copy("Sing.", 1, "", ""), copy("Sing loudly.", 1, "", ""));
        assert_eq!(merge(&saved, &both, &both), Some(both));
    }

    #[test]
    fn different_changes_of_one_text_are_for_a_person() {
        let guideline = |text| copy("Sing.", 1, "", text);
        assert_eq!(merge(&guideline(""), &guideline("Be brief."), &guideline("Be kind.")), None);
    }
}
