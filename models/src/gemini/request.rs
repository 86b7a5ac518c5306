//! What is sent to Gemini.

use align::model::{Message, Role, SafetyThreshold, Settings};
use serde::Serialize;

use crate::call::Call;

/// The adjustable harm categories. Civic integrity is left out: models refuse it by turns.
const HARM_CATEGORIES: [&str; 4] = [
    "HARM_CATEGORY_HARASSMENT",
    "HARM_CATEGORY_HATE_SPEECH",
    "HARM_CATEGORY_SEXUALLY_EXPLICIT",
    "HARM_CATEGORY_DANGEROUS_CONTENT",
];

/// The body of a request.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    system_instruction: Option<Content<'a>>,
    contents: Vec<Content<'a>>,
    #[serde(skip_serializing_if = "GenerationConfig::is_empty")]
    generation_config: GenerationConfig<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    safety_settings: Vec<SafetySetting>,
}

#[derive(Serialize)]
struct Content<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    parts: [Part<'a>; 1],
}

#[derive(Serialize)]
struct Part<'a> {
    text: &'a str,
}

#[derive(Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct GenerationConfig<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stop_sequences: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<i64>,
}

#[derive(Serialize)]
struct SafetySetting {
    category: &'static str,
    threshold: SafetyThreshold,
}

impl GenerationConfig<'_> {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The body that asks for `call`.
pub(crate) fn body(call: &Call) -> Body<'_> {
    let system_instructions = &call.conversation.system_instructions;
    let system_instruction = (!system_instructions.trim().is_empty())
        .then(|| Content { role: None, parts: [Part { text: system_instructions }] });
    Body {
        system_instruction,
        contents: call.conversation.messages.iter().map(content).collect(),
        generation_config: generation_config(&call.settings),
        safety_settings: call.settings.safety.map(safety_settings).unwrap_or_default(),
    }
}

fn content(message: &Message) -> Content<'_> {
    let role = match message.role {
        Role::User => "user",
        Role::Model => "model",
    };
    Content { role: Some(role), parts: [Part { text: &message.text }] }
}

fn generation_config(settings: &Settings) -> GenerationConfig<'_> {
    GenerationConfig {
        temperature: settings.temperature,
        top_p: settings.top_p,
        max_output_tokens: settings.max_output_tokens,
        stop_sequences: crate::call::stop_sequences(settings),
        seed: settings.seed,
    }
}

fn safety_settings(threshold: SafetyThreshold) -> Vec<SafetySetting> {
    HARM_CATEGORIES.map(|category| SafetySetting { category, threshold }).into()
}
