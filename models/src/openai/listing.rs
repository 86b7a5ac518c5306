//! The models an OpenAI-compatible server lists.

use align::model::{ModelInfo, ModelRef};
use serde_json::Value;

use super::Dialect;
use crate::http::json::{elements, text};

/// What to suggest at OpenAI, the first that is listed.
const OPENAI_DEFAULTS: [&str; 4] = ["gpt-5-mini", "gpt-4.1-mini", "gpt-4o-mini", "gpt-4o"];

/// Parts of names of models that do not chat.
const OTHER_KINDS: [&str; 12] = [
    "embed",
    "whisper",
    "tts",
    "audio",
    "realtime",
    "transcribe",
    "image",
    "dall-e",
    "moderation",
    "instruct",
    "sora",
    "rerank",
];

/// The listed models. OpenAI lists all its kinds in no order, so there they are chosen and sorted.
pub(super) fn infos(page: &Value, provider: &str, dialect: Dialect) -> Vec<ModelInfo> {
    let listed = ["data", "models"].iter().map(|key| &page[*key]).find(|it| it.is_array());
    let mut ids: Vec<_> = elements(listed.unwrap_or(page)).iter().filter_map(id).collect();
    if dialect == Dialect::OpenAi {
        ids.retain(|id| chats(id));
        ids.sort_unstable();
    }
    ids.into_iter().map(|id| info(id.to_owned(), provider)).collect()
}

/// A model as people choose it.
pub(super) fn info(id: String, provider: &str) -> ModelInfo {
    ModelInfo { model: ModelRef::new(provider, &*id), label: id }
}

/// The name of a listed model, in whichever field it stands.
fn id(model: &Value) -> Option<&str> {
    let fields = ["id", "name", "model"].into_iter().find_map(|key| text(model, key));
    fields.or_else(|| model.as_str()).filter(|id| !id.is_empty())
}

fn chats(id: &str) -> bool {
    let families = ["gpt-", "chatgpt-", "o1", "o3", "o4", "ft:"];
    families.iter().any(|family| id.starts_with(family)) && !is_other_kind(id)
}

fn is_other_kind(id: &str) -> bool {
    OTHER_KINDS.iter().any(|kind| id.contains(kind))
}

pub(super) fn default_model(listed: &[ModelInfo], dialect: Dialect) -> Option<String> {
    let names = || listed.iter().map(|info| info.model.model.as_str());
    let default = match dialect {
        Dialect::OpenAi if listed.is_empty() => Some(OPENAI_DEFAULTS[0]),
        Dialect::OpenAi => {
            OPENAI_DEFAULTS.into_iter().find(|wanted| names().any(|name| name == *wanted))
        }
        // Instruction-tuned models are what chats elsewhere.
        Dialect::Compatible => {
            names().find(|name| name.contains("instruct") || !is_other_kind(name))
        }
    };
    default.or_else(|| names().next()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(names: &[&str], dialect: Dialect) -> Vec<ModelInfo> {
        let data: Vec<_> = names.iter().map(|id| serde_json::json!({"id": id})).collect();
        infos(&serde_json::json!({"data": data}), "p", dialect)
    }

    #[test]
    fn openais_models_that_chat_are_sorted_out() {
        let listed = listed(
            &["whisper-1", "gpt-4o", "gpt-4o-mini-tts", "gpt-4.1-mini", "text-embedding-3-small"],
            Dialect::OpenAi,
        );
        let names: Vec<_> = listed.iter().map(|info| &*info.label).collect();
        assert_eq!(names, ["gpt-4.1-mini", "gpt-4o"]);
        assert_eq!(default_model(&listed, Dialect::OpenAi).unwrap(), "gpt-4.1-mini");
    }

    #[test]
    fn lists_have_several_shapes() {
        let page = |text| serde_json::from_str(text).unwrap();
        for text in [
            r#"[{"id": "org/a"}, {"id": "org/b", "type": "chat"}]"#,
            r#"{"data": [{"id": "org/a"}, {"id": null}, {"id": "org/b"}], "object": 7}"#,
            r#"{"models": [{"name": "org/a"}, {"model": "org/b"}]}"#,
            r#"["org/a", "org/b"]"#,
        ] {
            let listed = infos(&page(text), "p", Dialect::Compatible);
            let names: Vec<_> = listed.iter().map(|info| info.model.to_string()).collect();
            assert_eq!(names, ["p/org/a", "p/org/b"], "{text}");
        }
        assert_eq!(infos(&page("{\"data\": null}"), "p", Dialect::Compatible), []);
    }

    #[test]
    fn elsewhere_everything_is_listed_and_an_embedding_model_is_no_default() {
        let listed = listed(&["nomic-embed-text", "gemma3:4b"], Dialect::Compatible);
        assert_eq!(listed.len(), 2);
        assert_eq!(default_model(&listed, Dialect::Compatible).unwrap(), "gemma3:4b");
        assert_eq!(default_model(&[], Dialect::Compatible), None);
    }
}
