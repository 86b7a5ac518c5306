//! The sentences people read when a call failed. Each kind reads differently.

use std::time::Duration;

use super::{BlockedPart, Cause, Limit, Missing, ModelError, Parameter};
use crate::http::Credential;

impl ModelError {
    /// The cause, with the provider's own words where it said some, and how often it was tried.
    pub(super) fn message(&self) -> String {
        let cause = self.first_message();
        if self.tries > 1 { format!("{cause} It was tried {} times.", self.tries) } else { cause }
    }

    /// One sentence naming the cause, with the provider's own words where it said some.
    pub(crate) fn first_message(&self) -> String {
        let label = &self.peer.label;
        match &self.cause {
            Cause::Authentication { status: None, said } => {
                with_words(format!("{label} got no credentials"), said.as_deref())
            }
            Cause::Authentication { status, said } => {
                let what = match status {
                    Some(403) => "the key is not allowed to do this",
                    _ => "it does not accept the key",
                };
                self.answered(*status, what, said.as_deref())
            }
            Cause::RateLimit { status, said, .. } => self.rate_limit(*status, said.as_deref()),
            Cause::NoCredit { status, said } => {
                self.answered(*status, "no credit left", said.as_deref())
            }
            Cause::Ended { reason } => format!("{label} ended the answer early: {reason}."),
            Cause::UnknownModel { status, model, said } => self.answered(
                *status,
                &format!("it does not know the model “{model}”"),
                said.as_deref(),
            ),
            Cause::InvalidRequest { status, said } => {
                self.answered(*status, refusal(*status), said.as_deref())
            }
            Cause::Refused { parameter, status, said } => {
                let what = format!("this model does not take {}", parameter.name());
                self.answered(*status, &what, said.as_deref())
            }
            Cause::TooLong { limit_tokens, said } => too_long(*limit_tokens, said.as_deref()),
            Cause::Blocked { part, reason } => {
                format!("{label} blocked the {part}: {}.", reason.trim_end_matches('.'))
            }
            Cause::NoText(missing) => format!("{label} {}.", missing.verdict()),
            Cause::NoAnswer => format!("{label} closed the connection before it answered."),
            Cause::CutShort => format!("The answer of {label} broke off before its end."),
            Cause::Provider { status, said, .. } => {
                self.answered(*status, provider_failure(*status), said.as_deref())
            }
            Cause::Unreachable { address, reason, .. } => {
                let reason = with_reason(reason);
                format!("{label} cannot be reached at {address}{reason}.")
            }
            Cause::Certificate { address, reason } => {
                format!("The certificate of {label} at {address} is not accepted: {reason}.")
            }
            Cause::Proxy { address, proxy, reason } => {
                let reason = with_reason(reason);
                format!("{label} at {address} cannot be reached through the proxy {proxy}{reason}.")
            }
            Cause::Timeout { limit, after } => {
                format!("{label} {} {} s.", limit.verdict(), seconds(*after))
            }
            Cause::Malformed { what } => {
                format!("{label} answered {what} instead of a model's answer.")
            }
            Cause::NotConnected => format!("“{label}” is not connected."),
        }
    }

    /// One sentence naming the next step.
    pub(super) fn hint(&self) -> String {
        match &self.cause {
            Cause::Authentication { .. } => self.peer.credential.hint(),
            Cause::NoCredit { .. } => {
                "Add credit at the provider, or choose another model.".to_owned()
            }
            Cause::RateLimit { retry_after, .. } | Cause::Provider { retry_after, .. } => {
                try_again(*retry_after)
            }
            Cause::UnknownModel { .. } => {
                "Check the spelling of the model's name, or choose one from the list.".to_owned()
            }
            Cause::InvalidRequest { status: Some(413), .. } | Cause::TooLong { .. } => {
                "Shorten the prompt or its values, or choose a model that takes more.".to_owned()
            }
            Cause::Refused { parameter: Parameter::Setting(setting), .. } => {
                format!("Run without {}, or choose another model.", setting.label())
            }
            Cause::InvalidRequest { status: Some(300..=399), .. } => {
                format!("Set {} to the address it redirects to.", self.address_setting())
            }
            Cause::InvalidRequest { .. } | Cause::Refused { .. } => {
                "Change the settings or the prompt, or choose another model.".to_owned()
            }
            Cause::Blocked { part: BlockedPart::Prompt, .. } => {
                "Reword the prompt or its values, or choose another model.".to_owned()
            }
            Cause::Blocked { part: BlockedPart::Answer, .. } => {
                "Reword the prompt and try again, or choose another model.".to_owned()
            }
            Cause::NoText(missing) => format!("{}, or choose another model.", missing.remedy()),
            Cause::CutShort | Cause::Timeout { limit: Limit::Silence, .. } => {
                "Try again; what has arrived is kept.".to_owned()
            }
            Cause::Ended { .. } | Cause::NoAnswer => {
                "Try again, or choose another model.".to_owned()
            }
            Cause::Unreachable { .. } | Cause::Timeout { limit: Limit::Connect, .. } => format!(
                "Check that it is running and that {} is right, then try again.",
                self.address_setting()
            ),
            Cause::Certificate { reason, .. } => certificate_hint(reason).to_owned(),
            Cause::Proxy { .. } => "Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, or name the host \
                in NO_PROXY, and start Attune again."
                .to_owned(),
            Cause::Timeout { limit: Limit::FirstToken, .. } => "Try again or choose a faster \
                model; for one that thinks longer, set ATTUNE_FIRST_TOKEN_TIMEOUT higher."
                .to_owned(),
            Cause::Malformed { .. } => {
                format!("Check that {} is right, and any proxy on the way.", self.address_setting())
            }
            Cause::NotConnected => {
                "Choose another model, or connect it as Settings describes.".to_owned()
            }
        }
    }

    fn rate_limit(&self, status: Option<u16>, said: Option<&str>) -> String {
        let label = &self.peer.label;
        with_words(
            match status {
                Some(status) => format!("{label} answered: rate limit reached ({status})"),
                None => format!("{label} broke off: rate limit reached"),
            },
            said,
        )
    }

    fn answered(&self, status: Option<u16>, what: &str, said: Option<&str>) -> String {
        let label = &self.peer.label;
        let cause = match status {
            Some(status) => format!("{label} answered {status}: {what}"),
            None => format!("{label} broke off: {what}"),
        };
        with_words(cause, said)
    }

    fn address_setting(&self) -> &str {
        self.peer.address_setting.as_deref().unwrap_or("its address")
    }
}

impl Credential {
    fn hint(&self) -> String {
        match self {
            Self::Variable(name) => format!("Check {name} and start Attune again."),
            Self::MissingVariable(name) => format!("Set {name} and start Attune again."),
            Self::File => "Check its key in the models file and start Attune again.".to_owned(),
            Self::Page => "Enter its key again under Settings → Models.".to_owned(),
            Self::ApplicationDefault => "Sign in with “gcloud auth application-default login”, \
                and check that the account may use Vertex AI in this project."
                .to_owned(),
            Self::None => "Check its key and start Attune again.".to_owned(),
        }
    }
}

impl Missing {
    /// What the model did.
    fn verdict(self) -> &'static str {
        match self {
            Self::ToolCall => "asked for a tool instead of answering with text",
            Self::Refused => "declined to answer",
            Self::OnlyThoughts => "sent only its thoughts, and no answer after them",
        }
    }

    /// What may help.
    fn remedy(self) -> &'static str {
        match self {
            Self::ToolCall => "Say in the prompt to answer without tools",
            Self::Refused => "Reword the prompt and run it again",
            Self::OnlyThoughts => "Raise Max output tokens and run it again",
        }
    }
}

impl Limit {
    /// What did not happen, up to the time.
    fn verdict(self) -> &'static str {
        match self {
            Self::Connect => "did not connect within",
            Self::FirstToken => "did not begin to answer within",
            Self::Silence => "fell silent: nothing more of the answer for",
        }
    }
}

/// A reason after a colon, if it is known.
fn with_reason(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": {reason}") }
}

fn too_long(limit_tokens: Option<u32>, said: Option<&str>) -> String {
    let what = "The prompt is longer than the model's context window";
    match limit_tokens {
        Some(limit) => format!("{what} ({} tokens).", grouped(limit)),
        None => with_words(what.to_owned(), said),
    }
}

fn certificate_hint(reason: &str) -> &'static str {
    if reason.contains("CA:TRUE") {
        "Give the server a certificate of its own (CA:FALSE), signed by that authority, and name \
         the authority's file (PEM) in ATTUNE_CA_FILE."
    } else {
        "Install the certificates of authorities (the package ca-certificates), or name the file \
         (PEM) of the one that signed it in ATTUNE_CA_FILE, and start Attune again."
    }
}

impl Parameter {
    /// What people call it.
    fn name(self) -> &'static str {
        match self {
            Self::SystemInstructions => "system instructions",
            Self::StreamOptions => "stream options",
            Self::Setting(setting) => setting.label(),
        }
    }
}

/// A number with commas between thousands.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn with_words(cause: String, said: Option<&str>) -> String {
    match said {
        Some(said) => format!("{cause}. It says: “{said}”"),
        None => cause + ".",
    }
}

fn refusal(status: Option<u16>) -> &'static str {
    match status {
        Some(413) => "the request is too large",
        Some(300..=399) => "it has moved, and redirects are not followed",
        _ => "it refuses the request",
    }
}

fn provider_failure(status: Option<u16>) -> &'static str {
    match status {
        Some(503 | 529) => "it is overloaded",
        Some(502 | 504) => "a gateway on the way failed",
        _ => "internal error at the provider",
    }
}

/// Whole seconds as such, shorter times with a fraction.
fn seconds(time: Duration) -> String {
    let is_whole = time.subsec_millis() == 0;
    if is_whole { time.as_secs().to_string() } else { format!("{:.1}", time.as_secs_f64()) }
}

fn try_again(retry_after: Option<Duration>) -> String {
    let when = match retry_after.map(|wait| wait.as_secs_f64().ceil()) {
        None => "in a minute".to_owned(),
        Some(seconds) if seconds <= 120.0 => format!("in {seconds} s"),
        Some(seconds) => format!("in {} min", (seconds / 60.0).ceil()),
    };
    format!("Try again {when}, or choose another model.")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(cause: Cause, expected: &Expect) {
        let failure = ModelError::new("Gemini", cause).failure();
        expected.assert_eq(&format!("{} {}", failure.message, failure.hint));
    }

    #[test]
    fn a_used_up_quota_says_when_to_come_back() {
        let quota = |status, retry_after| Cause::RateLimit { status, retry_after, said: None };
        check(
            quota(Some(429), Some(Duration::from_millis(31_200))),
            &expect![
                "Gemini answered: rate limit reached (429). Try again in 32 s, or choose another model."
            ],
        );
        check(
            quota(Some(429), Some(Duration::from_secs(3601))),
            &expect![
                "Gemini answered: rate limit reached (429). Try again in 61 min, or choose another model."
            ],
        );
        check(
            quota(None, None),
            &expect![
                "Gemini broke off: rate limit reached. Try again in a minute, or choose another model."
            ],
        );
        check(
            Cause::NoCredit { status: Some(402), said: None },
            &expect![
                "Gemini answered 402: no credit left. Add credit at the provider, or choose another model."
            ],
        );
    }

    #[test]
    fn the_providers_own_words_are_quoted() {
        check(
            Cause::InvalidRequest {
                status: Some(400),
                said: Some("temperature must be below 2.".into()),
            },
            &expect![
                "Gemini answered 400: it refuses the request. It says: “temperature must be below 2.” Change the settings or the prompt, or choose another model."
            ],
        );
    }

    #[test]
    fn blocked_and_silent_answers_read_differently() {
        let blocked = |part| Cause::Blocked { part, reason: "harassment".into() };
        check(
            blocked(BlockedPart::Prompt),
            &expect![
                "Gemini blocked the prompt: harassment. Reword the prompt or its values, or choose another model."
            ],
        );
        check(
            blocked(BlockedPart::Answer),
            &expect![
                "Gemini blocked the answer: harassment. Reword the prompt and try again, or choose another model."
            ],
        );
        check(
            Cause::Timeout { limit: Limit::Silence, after: Duration::from_mins(2) },
            &expect![
                "Gemini fell silent: nothing more of the answer for 120 s. Try again; what has arrived is kept."
            ],
        );
        check(
            Cause::CutShort,
            &expect![
                "The answer of Gemini broke off before its end. Try again; what has arrived is kept."
            ],
        );
    }
}
