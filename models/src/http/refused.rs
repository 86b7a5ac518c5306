//! What a refusal of a request is about: a parameter that the model does not take, or a prompt that is too
//! long for it. Providers say it in words, so words are looked for.

use align::model::Setting;

use super::written::Written;
use crate::error::Parameter;

/// Words that say that something is not taken, in lower case.
const REFUSALS: [&str; 20] = [
    "not support",
    "n't support",
    "unsupported",
    "not permitted",
    "not allowed",
    "unrecognized",
    "unknown",
    "not enabled",
    "not available",
    "not accept",
    "not implemented",
    "deprecated",
    "unexpected keyword",
    "extra_forbidden",
    "extra fields",
    "cannot both",
    "no longer",
    "incompatible",
    "invalid role",
    "not a valid",
];

/// Names of parameters in lower case, and what they are.
const NAMES: [(&str, Parameter); 17] = [
    ("stream_options", Parameter::StreamOptions),
    ("include_usage", Parameter::StreamOptions),
    ("max_completion_tokens", Parameter::Setting(Setting::MaxOutputTokens)),
    ("max_output_tokens", Parameter::Setting(Setting::MaxOutputTokens)),
    ("max_tokens", Parameter::Setting(Setting::MaxOutputTokens)),
    ("maxoutputtokens", Parameter::Setting(Setting::MaxOutputTokens)),
    ("temperature", Parameter::Setting(Setting::Temperature)),
    ("top_p", Parameter::Setting(Setting::TopP)),
    ("topp", Parameter::Setting(Setting::TopP)),
    ("stop_sequences", Parameter::Setting(Setting::StopSequences)),
    ("stopsequences", Parameter::Setting(Setting::StopSequences)),
    ("'stop'", Parameter::Setting(Setting::StopSequences)),
    ("stop:", Parameter::Setting(Setting::StopSequences)),
    ("seed", Parameter::Setting(Setting::Seed)),
    ("safety_settings", Parameter::Setting(Setting::Safety)),
    ("safetysettings", Parameter::Setting(Setting::Safety)),
    ("system_instruction", Parameter::SystemInstructions),
];

/// Ways to say that there is no place for system instructions, beyond naming them in a refusal.
const NO_SYSTEM: [&str; 4] = [
    "roles must alternate",
    "only user and assistant roles",
    "only user, assistant",
    "messages[0].role",
];

/// The parameter that a refusal names, if it says that the parameter itself is not taken rather than its
/// value.
pub(super) fn parameter(written: &Written) -> Option<Parameter> {
    let message = written.message.as_deref().unwrap_or_default().to_lowercase();
    let named = written.parameter.as_deref().unwrap_or_default().to_lowercase();
    if NO_SYSTEM.iter().any(|words| message.contains(words) || named.contains(words)) {
        return Some(Parameter::SystemInstructions);
    }
    let is_refusal = REFUSALS.iter().any(|words| message.contains(words))
        || written.names.iter().any(|name| REFUSALS.iter().any(|words| name.contains(words)));
    if !is_refusal {
        return None;
    }
    let of = |text: &str| {
        let found = NAMES.iter().filter_map(|(name, it)| Some((text.find(name)?, *it)));
        found.min_by_key(|(place, _)| *place).map(|(_, parameter)| parameter)
    };
    let is_stop = named == "stop";
    of(&named)
        .or_else(|| is_stop.then_some(Parameter::Setting(Setting::StopSequences)))
        .or_else(|| of(&message))
        .or_else(|| names_system(&message).then_some(Parameter::SystemInstructions))
}

/// Whether a refusal speaks of system instructions, as Gemini, vLLM and others call them.
fn names_system(message: &str) -> bool {
    let kinds = ["role", "instruction", "message", "prompt"];
    let near = |word: &str| {
        message.match_indices(word).any(|(place, _)| {
            let after = &message[place + word.len()..];
            let after: String = after.chars().take(16).collect();
            kinds.iter().any(|kind| after.contains(kind))
        })
    };
    near("system")
        || near("developer")
        || message.contains("role: system")
        || message.contains("role 'system'")
}

/// What a prompt that is too long is called, in lower case.
const TOO_LONG: [&str; 14] = [
    "context length",
    "context window",
    "context size",
    "context limit",
    "maximum context",
    "exceeds the context",
    "the context holds",
    "prompt is too long",
    "input is too long",
    "prompt too long",
    "maximum number of tokens allowed",
    "exceeds the maximum number of tokens",
    "reduce the length of the messages",
    "too many input tokens",
];

/// Names of the same error.
const TOO_LONG_NAMES: [&str; 3] =
    ["context_length_exceeded", "exceed_context_size_error", "model_max_prompt_tokens_exceeded"];

/// What stands right before the size of the context window.
const BEFORE_LIMIT: [&str; 14] = [
    "context length is",
    "context length of",
    "context window is",
    "context window of",
    "context size is",
    "context size of",
    "context size (",
    "the context holds",
    "the context (",
    "context window (",
    "tokens allowed (",
    "tokens >",
    " > ",
    "limit of",
];

/// A prompt that is too long.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong {
    /// The size of the context window in tokens, where it is said.
    pub(super) limit_tokens: Option<u32>,
}

/// Whether a prompt was refused because it is too long.
pub(super) fn too_long(written: &Written) -> Option<TooLong> {
    let message = written.message.as_deref().unwrap_or_default().to_lowercase();
    let is_named = written.names.iter().any(|name| TOO_LONG_NAMES.contains(&name.as_str()));
    let is_said = TOO_LONG.iter().any(|words| message.contains(words));
    let limit_tokens = written.context_tokens.or_else(|| limit(&message));
    (is_named || is_said).then_some(TooLong { limit_tokens })
}

fn limit(message: &str) -> Option<u32> {
    BEFORE_LIMIT.iter().find_map(|words| {
        let (_, after) = message.split_once(words)?;
        let digits = after.trim_start_matches([' ', ':', '(', '=']);
        let digits = digits.strip_prefix("only ").unwrap_or(digits);
        let end = digits.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(digits.len());
        digits[..end].replace(',', "").parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(message: &str) -> Written {
        Written { message: Some(message.to_owned()), ..Written::default() }
    }

    fn check(message: &str, expected: Option<Parameter>) {
        assert_eq!(parameter(&written(message)), expected, "{message}");
    }

    #[test]
    fn refused_parameters_are_recognised() {
        let setting = |setting| Some(Parameter::Setting(setting));
        let system = Some(Parameter::SystemInstructions);
        check("Developer instruction is not enabled for models/gemma-3-27b-it", system);
        check("System role not supported", system);
        check("'messages[0].role' does not support 'system' with this model.", system);
        check("Conversation roles must alternate user/assistant/user/assistant/...", system);
        check("Unknown name \"system_instruction\": Cannot find field.", system);
        check(
            "Unrecognized request argument supplied: stream_options",
            Some(Parameter::StreamOptions),
        );
        check(
            "Unsupported parameter: 'max_tokens'; use 'max_completion_tokens'.",
            setting(Setting::MaxOutputTokens),
        );
        check("`temperature` is deprecated for this model.", setting(Setting::Temperature));
        check("This model does not support the parameter top_p", setting(Setting::TopP));
        check("seed: Extra inputs are not permitted", setting(Setting::Seed));
    }

    #[test]
    fn values_that_are_refused_are_no_parameters() {
        check("temperature must be between 0 and 2", None);
        check("max_tokens is too large: 99999. At most 4096 are possible.", None);
        check("The request is not valid.", None);
    }

    #[test]
    fn prompts_that_are_too_long_are_recognised() {
        let check = |message, expected| {
            let found = too_long(&written(message)).map(|it| it.limit_tokens);
            assert_eq!(found, expected, "{message}");
        };
        check(
            "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens",
            Some(Some(4096)),
        );
        check("This model's maximum context length is only 4,096 tokens", Some(Some(4096)));
        check("prompt is too long: 208310 tokens > 200000 maximum", Some(Some(200_000)));
        check(
            "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
            Some(Some(1_048_576)),
        );
        check(
            "the request exceeds the available context size (4096 tokens), try increasing it",
            Some(Some(4096)),
        );
        check("the prompt has 19185 tokens, the context holds 16384", Some(Some(16_384)));
        check("the request (19185 tokens) exceeds the context (16384 tokens)", Some(Some(16_384)));
        check("Please reduce the length of the messages or completion.", Some(None));
        check("The request is not valid.", None);
    }
}
