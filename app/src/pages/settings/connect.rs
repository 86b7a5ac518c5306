//! How to connect a model: environment variables and the models file.

use leptos::prelude::*;

/// A provider, the variables that connect it, and what else there is to know.
struct Way {
    provider: &'static str,
    variables: &'static [&'static str],
    note: &'static str,
}

const WAYS: &[Way] = &[
    Way {
        provider: "Gemini",
        variables: &["GEMINI_API_KEY"],
        note: "GEMINI_BASE_URL sends requests to a proxy or gateway.",
    },
    Way {
        provider: "Gemini on Vertex AI",
        variables: &["GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_LOCATION"],
        note: "Uses application default credentials; gcloud auth application-default login makes them. The location is global unless set.",
    },
    Way {
        provider: "OpenAI",
        variables: &["OPENAI_API_KEY"],
        note: "OPENAI_BASE_URL names any server that speaks the same protocol; such a server needs a key only if it asks for one.",
    },
    Way {
        provider: "Anthropic",
        variables: &["ANTHROPIC_API_KEY"],
        note: "ANTHROPIC_BASE_URL sends requests to a proxy or gateway.",
    },
    Way {
        provider: "Ollama",
        variables: &["OLLAMA_HOST"],
        note: "Found by itself on its usual port of this machine. Set the variable if it is elsewhere, or to off.",
    },
];

const MODELS_FILE: &str = r#"[[endpoint]]
# Its models are then called lab/…
name = "lab"
label = "Lab server"
base_url = "http://10.0.0.5:8000/v1"
# The variable that holds the key; leave it out for a server that needs none.
api_key_env = "LAB_API_KEY"
"#;

/// What to set so that a model is connected at the next start.
#[component]
pub(super) fn Connect() -> impl IntoView {
    let rows = WAYS.iter().map(|way| {
        let variables = way.variables.iter().map(|name| view! { <code>{*name}</code>" " });
        view! {
            <tr>
                <th scope="row">{way.provider}</th>
                <td class="names">{variables.collect_view()}</td>
                <td>{way.note}</td>
            </tr>
        }
    });
    view! {
        <section class="stack" aria-labelledby="connect-title">
            <h2 id="connect-title">"Connections from the environment"</h2>
            <p>
                "Models can also be connected before Attune starts. Set the variables of a provider in the environment, then start Attune again; these keys are never shown, stored or logged."
            </p>
            <pre class="prompt-text" tabindex="0">"GEMINI_API_KEY=… attune"</pre>
            <table class="ways">
                    <thead>
                        <tr>
                            <th scope="col">"Provider"</th>
                            <th scope="col">"Set"</th>
                            <th scope="col">"Good to know"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
            </table>
            <h3>"Other connections"</h3>
            <p>
                "Servers that speak OpenAI's protocol, as many as you like, go into the file "
                <code>"models.toml"</code>" in Attune's data folder, or into the file that "
                <code>"ATTUNE_MODELS_FILE"</code>" names:"
            </p>
            <pre class="prompt-text" tabindex="0">{MODELS_FILE}</pre>
        </section>
    }
}
