//! Limits of what people can give, each with its sentence.

use align::model::Settings;
use align::record::{PromptModels, PromptQuery, Reworded, Rewording, WorkingCopy};
use align::{Feedback, Prompt, Values, hidden};

use crate::error::ServiceError;

mod connections;
mod evidence;
mod guidelines;

pub(crate) use connections::connection;
pub(crate) use evidence::{answered, evidence};
pub(crate) use guidelines::{guideline, more_guidelines, set_name, some_guidelines, some_to_save};

const MAX_TITLE_CHARS: usize = 200;
const MAX_TAGS: usize = 20;
const MAX_TAG_CHARS: usize = 60;
const MAX_NOTE_CHARS: usize = 2_000;
const MAX_SEARCH_CHARS: usize = 1_000;
const MAX_MODEL_CHARS: usize = 300;
const MAX_STOP_SEQUENCES: usize = 16;
const MAX_STOP_SEQUENCE_CHARS: usize = 200;
const MAX_PROMPT_BYTES: usize = 1 << 20;
const MAX_VALUES: usize = 1_000;
const MAX_VALUES_BYTES: usize = 4 << 20;
const MAX_FEEDBACK_BYTES: usize = 64 << 10;

/// Drafts that are asked for together.
const MAX_CANDIDATES: u8 = 3;

/// Pieces of feedback that one draft answers, and that one run keeps.
const MAX_FEEDBACK_PIECES: usize = 50;
/// Every guideline and every piece of a run at once.
const MAX_REWORDINGS: usize = guidelines::MAX_GUIDELINES + MAX_FEEDBACK_PIECES;

/// The longest output that a run keeps, in bytes. A model that goes on is stopped there.
pub(crate) const MAX_OUTPUT_BYTES: usize = 4 << 20;

/// A title without white space around it and without characters that hide: it stands beside others
/// and names what a button acts on.
pub(crate) fn title(title: &str) -> Result<String, ServiceError> {
    let title = one_line(title);
    if title.is_empty() {
        return Err(ServiceError::invalid("A title cannot be empty.", "Give the prompt a name."));
    }
    characters(&title, "The title", MAX_TITLE_CHARS)?;
    Ok(title)
}

/// The note of a version.
pub(crate) fn note(note: &str) -> Result<(), ServiceError> {
    no_null("The note", &[note])?;
    characters(note, "The note", MAX_NOTE_CHARS)
}

/// What is searched for.
pub(crate) fn search(query: &PromptQuery) -> Result<(), ServiceError> {
    search_words(&query.search)?;
    characters(query.tag.as_deref().unwrap_or_default(), "The tag", MAX_SEARCH_CHARS)
}

/// Words to search for.
pub(crate) fn search_words(words: &str) -> Result<(), ServiceError> {
    characters(words, "The search", MAX_SEARCH_CHARS)
}

/// The models of a prompt and their settings.
pub(crate) fn models(models: &PromptModels) -> Result<(), ServiceError> {
    for model in [&models.model, &models.alignment_model].into_iter().flatten() {
        characters(&model.to_string(), "The name of the model", MAX_MODEL_CHARS)?;
    }
    settings(&models.settings)
}

/// A text of at most `most` characters; `what` names it at the beginning of a sentence.
fn characters(text: &str, what: &str, most: usize) -> Result<(), ServiceError> {
    if text.chars().nth(most).is_none() {
        return Ok(());
    }
    let most = if most < 1_000 { most.to_string() } else { format!("{},000", most / 1_000) };
    Err(ServiceError::invalid(format!("{what} is longer than {most} characters."), "Shorten it."))
}

/// Not more tags than a row can show, and without characters that hide.
pub(crate) fn tags(tags: &[String]) -> Result<Vec<String>, ServiceError> {
    if tags.len() > MAX_TAGS {
        return Err(ServiceError::invalid(
            format!("There are {} tags; the limit is {MAX_TAGS}.", tags.len()),
            "Keep the ones that help to find the prompt.",
        ));
    }
    tags.iter().try_for_each(|tag| characters(tag, "A tag", MAX_TAG_CHARS))?;
    Ok(tags.iter().map(|tag| hidden::without(tag)).collect())
}

/// A prompt that is small enough to be kept.
pub(crate) fn prompt(prompt: &Prompt) -> Result<(), ServiceError> {
    no_null("The prompt", &[&prompt.text, &prompt.system_instructions])?;
    let size = prompt.text.len() + prompt.system_instructions.len();
    if size > MAX_PROMPT_BYTES {
        return Err(ServiceError::invalid(
            format!("The prompt is {} KB long; the limit is 1,024 KB.", size / 1024),
            "Shorten it, or put the long part into a variable.",
        ));
    }
    Ok(())
}

/// Null characters end a text early in databases, in pages and at providers.
fn no_null(what: &str, texts: &[&str]) -> Result<(), ServiceError> {
    if texts.iter().any(|text| text.contains('\0')) {
        return Err(ServiceError::invalid(
            format!("{what} holds a null character (U+0000), which no model can read."),
            "Remove it, or paste the text without it.",
        ));
    }
    Ok(())
}

/// A prompt that says something.
pub(crate) fn not_blank(given: &Prompt) -> Result<(), ServiceError> {
    prompt(given)?;
    if given.text.trim().is_empty() {
        return Err(ServiceError::invalid(
            "The prompt is empty.",
            "Write into the box “Prompt” what the model should do.",
        ));
    }
    Ok(())
}

/// Values that are small enough to be sent.
pub(crate) fn values(values: &Values) -> Result<(), ServiceError> {
    if values.len() > MAX_VALUES {
        return Err(ServiceError::invalid(
            format!("There are {} values; the limit is 1,000.", values.len()),
            "Use fewer variables.",
        ));
    }
    for (name, value) in values {
        no_null("A value", &[name, value])?;
    }
    let size: usize = values.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > MAX_VALUES_BYTES {
        return Err(ServiceError::invalid(
            format!("The values are {} KB long; the limit is 4,096 KB.", size / 1024),
            "Shorten them.",
        ));
    }
    Ok(())
}

/// Settings within the ranges that providers know.
pub(crate) fn settings(settings: &Settings) -> Result<(), ServiceError> {
    let temperature = settings.temperature.is_none_or(|value| (0.0..=2.0).contains(&value));
    let top_p = settings.top_p.is_none_or(|value| (0.0..=1.0).contains(&value));
    let tokens = settings.max_output_tokens.is_none_or(|value| value > 0);
    let wrong = match (temperature, top_p, tokens) {
        (false, ..) => "Temperature goes from 0 to 2.",
        (_, false, _) => "Top-p goes from 0 to 1.",
        (.., false) => "Max output tokens is at least 1.",
        _ => return stop_sequences(&settings.stop_sequences),
    };
    Err(ServiceError::invalid(wrong, "Correct it, or leave it empty for the model's default."))
}

fn stop_sequences(sequences: &[String]) -> Result<(), ServiceError> {
    if sequences.len() > MAX_STOP_SEQUENCES {
        return Err(ServiceError::invalid(
            format!(
                "There are {} stop sequences; the limit is {MAX_STOP_SEQUENCES}.",
                sequences.len()
            ),
            "Keep the ones that matter.",
        ));
    }
    sequences.iter().try_for_each(|it| characters(it, "A stop sequence", MAX_STOP_SEQUENCE_CHARS))
}

/// What is typed: a prompt, its values, and what stands in the boxes, which may still be empty.
pub(crate) fn typed(copy: &WorkingCopy) -> Result<(), ServiceError> {
    prompt(&copy.prompt)?;
    values(&copy.values)?;
    feedback_size(&Feedback::whole(copy.feedback.as_str()))?;
    guidelines::typed_guideline(&copy.guideline)?;
    rewordings(&copy.rewordings)?;
    copy.comment.as_ref().map_or(Ok(()), feedback_size)?;
    copy.correction.as_ref().map_or(Ok(()), |it| evidence::correction_size(&it.text))
}

/// Other words that are typed; each may still be empty.
fn rewordings(all: &[Rewording]) -> Result<(), ServiceError> {
    if all.len() > MAX_REWORDINGS {
        return Err(ServiceError::invalid(
            format!(
                "{} texts are being changed at once; the limit is {MAX_REWORDINGS}.",
                all.len()
            ),
            "Save or cancel some of the changes.",
        ));
    }
    all.iter().try_for_each(|it| {
        [&it.before, &it.text].into_iter().try_for_each(|text| match it.of {
            Reworded::Guideline(_) => guidelines::typed_guideline(text),
            Reworded::Feedback(_) => feedback_size(&Feedback::whole(text.as_str())),
        })
    })
}

/// One more piece beside the `kept` ones of a run.
pub(crate) fn one_more_piece(kept: usize) -> Result<(), ServiceError> {
    if kept >= MAX_FEEDBACK_PIECES {
        return Err(ServiceError::invalid(
            format!("This run has {kept} pieces of feedback; the limit is {MAX_FEEDBACK_PIECES}."),
            "Draft a rewrite from them, or remove the less important ones.",
        ));
    }
    Ok(())
}

/// One piece of feedback with words in it.
pub(crate) fn feedback(feedback: &Feedback) -> Result<(), ServiceError> {
    if feedback.text.trim().is_empty() {
        return Err(ServiceError::invalid(
            "The feedback is empty.",
            "Say in plain words what the output should have done differently.",
        ));
    }
    feedback_size(feedback)
}

fn feedback_size(feedback: &Feedback) -> Result<(), ServiceError> {
    no_null("The feedback", &[&feedback.text])?;
    let span = feedback.span.as_ref();
    let span = span.map_or(0, |it| it.exact.len() + it.prefix.len() + it.suffix.len());
    if feedback.text.len() + span > MAX_FEEDBACK_BYTES {
        return Err(ServiceError::invalid(
            "The feedback is longer than 64 KB.",
            "Say it in fewer words, or select a shorter part.",
        ));
    }
    Ok(())
}

/// All feedback of one draft.
pub(crate) fn all_feedback(all: &[Feedback]) -> Result<(), ServiceError> {
    if all.is_empty() {
        return Err(ServiceError::invalid(
            "There is no feedback to draft from.",
            "Say in plain words what the output should have done differently.",
        ));
    }
    if all.len() > MAX_FEEDBACK_PIECES {
        return Err(ServiceError::invalid(
            format!(
                "There are {} pieces of feedback; the limit is {MAX_FEEDBACK_PIECES}.",
                all.len()
            ),
            "Remove the less important ones.",
        ));
    }
    all.iter().try_for_each(feedback)
}

/// How many drafts are asked for together.
pub(crate) fn candidates(count: u8) -> Result<(), ServiceError> {
    if (1..=MAX_CANDIDATES).contains(&count) {
        return Ok(());
    }
    Err(ServiceError::invalid(
        format!("{count} drafts were asked for; 1 to {MAX_CANDIDATES} can be."),
        "Ask for one draft, or for three.",
    ))
}

/// Without characters that hide, and with single spaces for all white space.
fn one_line(text: &str) -> String {
    hidden::without(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use align::record::{Correction, GuidelineId, RunId};

    use super::*;

    #[test]
    fn titles_are_one_line_with_words() {
        assert_eq!(title("  Creative \n uses ").unwrap(), "Creative uses");
        assert!(title(" \t ").is_err());
        assert!(title(&"x".repeat(201)).is_err());
    }

    #[test]
    fn characters_that_hide_leave_titles_and_tags() {
        assert_eq!(title("Tur\u{202E}ning\0").unwrap(), "Turning");
        assert!(title("\u{200B}\u{2060}").is_err());
        assert_eq!(tags(&["x\u{2067}".to_owned()]).unwrap(), ["x"]);
    }

    #[test]
    fn null_characters_are_refused() {
        assert!(prompt(&Prompt::new("a\0b")).is_err());
        assert!(values(&Values::from([("x".into(), "\0".into())])).is_err());
        assert!(feedback(&Feedback::whole("shorter\0")).is_err());
        assert!(note("\0").is_err());
    }

    #[test]
    fn what_is_typed_has_limits_in_every_box() {
        let guideline = |guideline: String| WorkingCopy { guideline, ..WorkingCopy::default() };
        let correction = |text: String| {
            let correction = Some(Correction { run_id: RunId(1), text });
            WorkingCopy { correction, ..WorkingCopy::default() }
        };
        assert!(typed(&guideline("x".repeat(MAX_FEEDBACK_BYTES))).is_ok());
        assert!(typed(&correction("x".repeat(MAX_OUTPUT_BYTES))).is_ok());
        let rewordings = |count: usize, text: String| {
            let of = Reworded::Guideline(GuidelineId(1));
            let one = Rewording { of, before: "Be brief.".into(), text };
            WorkingCopy { rewordings: vec![one; count], ..WorkingCopy::default() }
        };
        assert!(typed(&rewordings(MAX_REWORDINGS, String::new())).is_ok());
        for (copy, says) in [
            (
                rewordings(151, String::new()),
                "151 texts are being changed at once; the limit is 150.",
            ),
            (
                rewordings(1, "x".repeat(MAX_FEEDBACK_BYTES + 1)),
                "The guideline is longer than 64 KB.",
            ),
            (guideline("x".repeat(MAX_FEEDBACK_BYTES + 1)), "The guideline is longer than 64 KB."),
            (
                guideline("\0".into()),
                "The guideline holds a null character (U+0000), which no model can read.",
            ),
            (
                correction("x".repeat(MAX_OUTPUT_BYTES + 1)),
                "The corrected output is longer than 4 MB.",
            ),
            (
                correction("\0".into()),
                "The corrected output holds a null character (U+0000), which no model can read.",
            ),
        ] {
            assert_eq!(typed(&copy).unwrap_err().to_string(), says);
        }
    }

    #[test]
    fn settings_have_ranges() {
        let with = |temperature| Settings { temperature, ..Settings::default() };
        assert!(settings(&with(None)).is_ok() && settings(&with(Some(2.0))).is_ok());
        assert!(settings(&with(Some(99.0))).is_err() && settings(&with(Some(f64::NAN))).is_err());
    }

    #[test]
    fn sizes_have_an_end() {
        assert!(prompt(&Prompt::new("x".repeat(1 << 20))).is_ok());
        assert!(prompt(&Prompt::new("x".repeat((1 << 20) + 1))).is_err());
        assert!(not_blank(&Prompt::new(" \n")).is_err());
        assert!(tags(&vec![String::from("tag"); 21]).is_err());
        assert!(all_feedback(&[]).is_err());
        assert!(all_feedback(&vec![Feedback::whole("shorter"); 51]).is_err());
        assert!(all_feedback(&[Feedback::whole(" ")]).is_err());
    }
}
