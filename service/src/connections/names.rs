//! The name of a connection, which stands before the slash of its models' names.

use align::record::ProviderKind;

/// Names of providers that the environment can connect at the next start.
const RESERVED: [&str; 6] = ["gemini", "vertex", "anthropic", "openai", "ollama", "demo"];

/// A name from a label: small letters, digits and single hyphens.
pub(super) fn stem(label: &str, kind: ProviderKind) -> String {
    let words = label.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut stem = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    if stem.is_empty() {
        stem = kind.name().replace('_', "-");
    }
    if RESERVED.contains(&stem.as_str()) { format!("my-{stem}") } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_labels() {
        for (label, expected) in [
            ("Lab cluster", "lab-cluster"),
            ("  GPU / box #2 ", "gpu-box-2"),
            ("OpenAI", "my-openai"),
            ("Küche", "k-che"),
            ("模型", "llama-cpp"),
        ] {
            assert_eq!(stem(label, ProviderKind::LlamaCpp), expected);
        }
        assert_eq!(stem("…", ProviderKind::Gemini), "my-gemini");
    }
}
