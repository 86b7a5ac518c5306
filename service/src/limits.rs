//! Limits of what people can give, each with its sentence.

use align::model::Settings;
use align::{Feedback, Prompt, Values};

use crate::error::ServiceError;

const MAX_TITLE_CHARS: usize = 200;
const MAX_TAGS: usize = 20;
const MAX_PROMPT_BYTES: usize = 1 << 20;
const MAX_VALUES_BYTES: usize = 4 << 20;
const MAX_FEEDBACK_BYTES: usize = 64 << 10;
const MAX_FEEDBACK_PIECES: usize = 50;

/// The longest output that a run keeps, in bytes. A model that goes on is stopped there.
pub(crate) const MAX_OUTPUT_BYTES: usize = 4 << 20;

/// A title without white space around it.
pub(crate) fn title(title: &str) -> Result<String, ServiceError> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return Err(ServiceError::invalid("A title cannot be empty.", "Give the prompt a name."));
    }
    if title.chars().count() > MAX_TITLE_CHARS {
        return Err(ServiceError::invalid(
            format!("The title is longer than {MAX_TITLE_CHARS} characters."),
            "Shorten it.",
        ));
    }
    Ok(title)
}

/// Not more tags than a row can show.
pub(crate) fn tags(tags: &[String]) -> Result<(), ServiceError> {
    if tags.len() > MAX_TAGS {
        return Err(ServiceError::invalid(
            format!("There are {} tags; the limit is {MAX_TAGS}.", tags.len()),
            "Keep the ones that help to find the prompt.",
        ));
    }
    Ok(())
}

/// A prompt that is small enough to be kept.
pub(crate) fn prompt(prompt: &Prompt) -> Result<(), ServiceError> {
    let size = prompt.text.len() + prompt.system_instructions.len();
    if size > MAX_PROMPT_BYTES {
        return Err(ServiceError::invalid(
            format!("The prompt is {} KB long; the limit is 1,024 KB.", size / 1024),
            "Shorten it, or put the long part into a variable.",
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
        _ => return Ok(()),
    };
    Err(ServiceError::invalid(wrong, "Correct it, or leave it empty for the model's default."))
}

/// One piece of feedback with words in it.
pub(crate) fn feedback(feedback: &Feedback) -> Result<(), ServiceError> {
    let span = feedback.span.as_ref().map_or(0, |span| span.exact.len());
    if feedback.text.trim().is_empty() {
        return Err(ServiceError::invalid(
            "The feedback is empty.",
            "Say in plain words what the output should have done differently.",
        ));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_one_line_with_words() {
        assert_eq!(title("  Creative \n uses ").unwrap(), "Creative uses");
        assert!(title(" \t ").is_err());
        assert!(title(&"x".repeat(201)).is_err());
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
