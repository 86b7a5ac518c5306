//! The kinds of providers that can be connected on the page.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Who is at the other end of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// OpenAI itself.
    #[default]
    OpenAi,
    /// Gemini's own API.
    Gemini,
    /// Anthropic.
    Anthropic,
    /// An Ollama.
    Ollama,
    /// A server of llama.cpp.
    LlamaCpp,
    /// Any other server that speaks OpenAI's protocol.
    Compatible,
}

/// The text names no kind of provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this names no kind of provider")]
pub struct UnknownProvider;

impl ProviderKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::OpenAi,
        Self::Gemini,
        Self::Anthropic,
        Self::Ollama,
        Self::LlamaCpp,
        Self::Compatible,
    ];

    /// Its written form.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "open_ai",
            Self::Gemini => "gemini",
            Self::Anthropic => "anthropic",
            Self::Ollama => "ollama",
            Self::LlamaCpp => "llama_cpp",
            Self::Compatible => "compatible",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::OpenAi => "OpenAI",
            Self::Gemini => "Gemini",
            Self::Anthropic => "Anthropic",
            Self::Ollama => "Ollama",
            Self::LlamaCpp => "llama.cpp",
            Self::Compatible => "OpenAI-compatible server",
        }
    }

    /// Where its API usually is; empty if that differs for everyone.
    pub fn usual_base_url(self) -> &'static str {
        match self {
            Self::OpenAi => "https://api.openai.com/v1",
            Self::Gemini => "https://generativelanguage.googleapis.com",
            Self::Anthropic => "https://api.anthropic.com",
            Self::Ollama => "http://127.0.0.1:11434",
            Self::LlamaCpp => "http://127.0.0.1:8080",
            Self::Compatible => "",
        }
    }
}

impl fmt::Display for ProviderKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ProviderKind {
    type Err = UnknownProvider;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(UnknownProvider)
    }
}

#[cfg(test)]
mod tests {
    use super::ProviderKind;

    #[test]
    fn names_are_read_as_they_are_written() {
        for kind in ProviderKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        }
        assert!("vertex".parse::<ProviderKind>().is_err());
    }
}
