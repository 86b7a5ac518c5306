//! The models Anthropic lists, newest first.

use align::model::{ModelInfo, ModelRef};
use reqwest::RequestBuilder;
use serde::Deserialize;

use crate::error::ModelError;
use crate::http::{Http, PAGES_LIMIT};

/// What to suggest where nothing is listed.
const DEFAULT_MODEL: &str = "claude-sonnet-4-5";

#[derive(Deserialize)]
struct Page {
    data: Vec<Model>,
    #[serde(default)]
    has_more: bool,
    last_id: Option<String>,
}

#[derive(Deserialize)]
struct Model {
    id: String,
    display_name: Option<String>,
}

/// Reads all pages; `request` makes the request of the page after a model.
pub(super) async fn list(
    http: &Http,
    request: impl Fn(Option<&str>) -> RequestBuilder,
) -> Result<Vec<ModelInfo>, ModelError> {
    let mut models = Vec::new();
    let mut last: Option<String> = None;
    for _ in 0..PAGES_LIMIT {
        let page: Page = http.json(request(last.as_deref())).await?;
        models.extend(page.data.into_iter().map(info));
        last = page.last_id.filter(|_| page.has_more);
        if last.is_none() {
            break;
        }
    }
    Ok(models)
}

fn info(model: Model) -> ModelInfo {
    let label = model.display_name.unwrap_or_else(|| model.id.clone());
    ModelInfo { model: ModelRef::new(super::ID, model.id), label }
}

/// The newest model of the middle size.
pub(super) fn default_model(listed: &[ModelInfo]) -> String {
    let names = || listed.iter().map(|info| info.model.model.as_str());
    let found = names().find(|name| name.contains("sonnet")).or_else(|| names().next());
    found.unwrap_or(DEFAULT_MODEL).to_owned()
}
