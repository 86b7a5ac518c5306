//! The HTML document around the application, written by the server only.

use std::collections::HashMap;

use leptos::hydration::AutoReload;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;
use serde::Deserialize;

use crate::pages::Page;
use crate::{App, caller};

/// Names of the files a page loads, relative to the root, as the build wrote them.
#[derive(Clone, Debug, Deserialize)]
pub struct AssetNames {
    /// The main wasm module.
    pub wasm: String,
    /// Its JavaScript glue.
    pub js: String,
    /// The style sheet.
    pub css: String,
    /// The further parts of the wasm that a page needs to become live, in one file, by the page's name.
    #[serde(default)]
    pub packs: HashMap<String, String>,
}

impl AssetNames {
    /// The names that `cargo leptos watch --split` uses.
    pub fn unhashed() -> Self {
        Self {
            wasm: "pkg/attune.wasm".to_owned(),
            js: "pkg/attune.js".to_owned(),
            css: "pkg/attune.css".to_owned(),
            packs: HashMap::new(),
        }
    }
}

/// The document: head, the application, and the script that makes it live.
pub fn shell(options: LeptosOptions, assets: &AssetNames) -> impl IntoView + use<> {
    set_content_security_policy();
    let [wasm, js, css] = [&assets.wasm, &assets.js, &assets.css].map(|name| format!("/{name}"));
    let pack = open_page().and_then(|page| assets.packs.get(page.part()));
    let pack = pack.map(|name| preload(format!("/{name}")));
    let nonce = use_nonce();
    let start = format!(
        "import('{js}').then(m=>m.default({{module_or_path:'{wasm}'}}).then(()=>m.hydrate()))"
    );
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme() data-caller=caller::name()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=css/>
                <link rel="modulepreload" href=js nonce=nonce.clone()/>
                {preload(wasm)}
                {pack}
                <AutoReload options/>
                <MetaTags/>
                <script type="module" nonce=nonce>{start}</script>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Tells the browser to load wasm at once, not when the JavaScript asks for it.
fn preload(address: String) -> impl IntoView {
    view! { <link rel="preload" href=address r#as="fetch" crossorigin=""/> }
}

/// The page that was asked for.
fn open_page() -> Option<Page> {
    let request = use_context::<http::request::Parts>()?;
    Page::at(request.uri.path())
}

/// Scripts run with this response's nonce only; nothing is loaded from elsewhere.
fn set_content_security_policy() {
    let (Some(nonce), Some(response)) =
        (use_nonce(), use_context::<leptos_axum::ResponseOptions>())
    else {
        return;
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = http::HeaderValue::from_str(&policy) {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The theme a person chose (a cookie, so that the first paint is right); `None` follows the system.
fn theme() -> Option<&'static str> {
    let request = use_context::<http::request::Parts>()?;
    let cookies = request.headers.get(http::header::COOKIE)?.to_str().ok()?;
    cookies.split(';').find_map(|cookie| match cookie.trim() {
        "theme=light" => Some("light"),
        "theme=dark" => Some("dark"),
        _ => None,
    })
}
