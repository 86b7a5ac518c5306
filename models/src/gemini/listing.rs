//! The models Gemini lists.

use align::model::{ModelInfo, ModelRef};
use reqwest::RequestBuilder;
use serde::Deserialize;

use crate::error::ModelError;
use crate::http::{Http, PAGES_LIMIT};

/// What to suggest where nothing is listed.
const DEFAULT_MODEL: &str = "gemini-2.5-flash";

/// Kinds of models that do not chat.
const OTHER_KINDS: [&str; 7] =
    ["-image", "-tts", "-audio", "-live", "-embedding", "-robotics", "-computer-use"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    models: Vec<Model>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Model {
    name: String,
    display_name: Option<String>,
    #[serde(default)]
    supported_generation_methods: Vec<String>,
}

/// Reads all pages; `request` makes the request of a page.
pub(crate) async fn list(
    http: &Http,
    request: impl Fn(Option<&str>) -> RequestBuilder,
) -> Result<Vec<ModelInfo>, ModelError> {
    let mut models = Vec::new();
    let mut token: Option<String> = None;
    for _ in 0..PAGES_LIMIT {
        let page: Page = http.json(request(token.as_deref())).await?;
        models.extend(page.models.into_iter().filter_map(info));
        token = page.next_page_token.filter(|token| !token.is_empty());
        if token.is_none() {
            break;
        }
    }
    Ok(models)
}

fn info(model: Model) -> Option<ModelInfo> {
    let generates = model.supported_generation_methods.iter().any(|it| it == "generateContent");
    let name = model.name.strip_prefix("models/").unwrap_or(&model.name);
    let label = model.display_name.unwrap_or_else(|| name.to_owned());
    generates.then(|| ModelInfo { model: ModelRef::new(super::ID, name), label })
}

/// A fast general model, as new as the list tells.
pub(crate) fn default_model(listed: &[ModelInfo]) -> String {
    let names: Vec<_> = listed.iter().map(|info| info.model.model.as_str()).collect();
    if names.is_empty() {
        return DEFAULT_MODEL.to_owned();
    }
    let wanted = [DEFAULT_MODEL, "gemini-flash-latest"];
    let known = wanted.into_iter().find(|name| names.contains(name));
    let is_flash = |name: &&str| {
        name.contains("flash")
            && !name.contains("lite")
            && !OTHER_KINDS.iter().any(|kind| name.contains(kind))
    };
    let found = known.or_else(|| names.iter().copied().rfind(is_flash));
    found.unwrap_or(names[0]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_flash_model_is_the_default() {
        let check = |names: &[&str], expected: &str| {
            let listed: Vec<_> = names
                .iter()
                .map(|name| ModelInfo {
                    model: ModelRef::new("gemini", *name),
                    label: String::new(),
                })
                .collect();
            assert_eq!(default_model(&listed), expected);
        };
        check(&[], DEFAULT_MODEL);
        check(&["gemini-9-pro", "gemini-2.5-flash"], "gemini-2.5-flash");
        check(
            &[
                "gemini-9-pro",
                "gemini-8-flash",
                "gemini-9-flash",
                "gemini-9-flash-lite",
                "gemini-9-flash-image",
            ],
            "gemini-9-flash",
        );
        check(&["gemma-9"], "gemma-9");
    }
}
