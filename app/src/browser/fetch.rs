//! HTTP requests to our own server.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestCache, RequestInit, Response};

/// What the server answered.
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The body as text.
    pub(crate) body: String,
}

/// Posts JSON to `path`. `None` where no whole answer came back.
pub(crate) async fn post(path: &str, json: &str) -> Option<Answer> {
    // Whatever fails here, the browser says no more than that the request failed.
    try_post(path, json).await.ok()
}

/// The HTTP status of what is at `path`, past every cache. `None` where no answer came back.
pub(crate) async fn status(path: &str) -> Option<u16> {
    let request = RequestInit::new();
    request.set_method("HEAD");
    request.set_cache(RequestCache::NoStore);
    let answer = web_sys::window()?.fetch_with_str_and_init(path, &request);
    let response: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    Some(response.status())
}

async fn try_post(path: &str, json: &str) -> Result<Answer, JsValue> {
    let headers = Headers::new()?;
    headers.set("Content-Type", "application/json")?;
    headers.set("Accept", "application/json")?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_headers(&headers);
    request.set_body(&json.into());
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(path, &request)).await?;
    let response: Response = response.dyn_into()?;
    let body = JsFuture::from(response.text()?).await?;
    Ok(Answer { status: response.status(), body: body.as_string().unwrap_or_default() })
}
