//! Preview: exactly what Run would send now.

use align::model::{Conversation, Message, ModelRef, Role, SafetyThreshold, Settings};
use leptos::prelude::*;

use super::use_workbench;
use crate::components::modal::{Modal, ModalKind};
use crate::components::{Button, ButtonKind};

/// Opens the sheet.
#[component]
pub(super) fn PreviewButton() -> impl IntoView {
    let page = use_workbench().page;
    view! {
        <Button kind=ButtonKind::Quiet on_press=move |()| page.show_preview(true)>"Preview"</Button>
    }
}

/// The sheet with the model, the settings, and every text that is sent. It follows what is typed.
#[component]
pub(super) fn PreviewSheet() -> impl IntoView {
    let page = use_workbench().page;
    let close = move |()| page.show_preview(false);
    view! {
        <Modal
            title="Preview"
            kind=ModalKind::Sheet
            is_open=Signal::derive(move || page.is_showing_preview())
            on_close=close
        >
            {move || page.is_showing_preview().then(|| view! { <Sent/> })}
        </Modal>
    }
}

#[component]
fn Sent() -> impl IntoView {
    let prompt = use_workbench().prompt;
    let sent = Memo::new(move |_| prompt.sent());
    let to = move || prompt.head().with(|head| to(prompt.model(), &head.models.settings));
    let empty = Memo::new(move |_| prompt.editor().without_value());
    view! {
        <p class="muted">"This is what Run sends now, every character of it."</p>
        <p class="preview-to">{to}</p>
        {move || empty.with(|names| (!names.is_empty()).then(|| view! {
            <p class="notice">{without_value(names)}</p>
        }))}
        {move || sent.with(|sent| sent.as_ref().map(texts).unwrap_or_default()).into_iter().map(|(heading, text)| view! {
            <section class="preview-text" aria-label=heading>
                <h3>{heading}</h3>
                {if text.is_empty() {
                    view! { <p class="muted">"None"</p> }.into_any()
                } else {
                    view! { <pre class="raw">{text}</pre> }.into_any()
                }}
            </section>
        }).collect_view()}
    }
}

/// The model and the settings that were chosen, e.g. "demo/demo-1 · temperature 0.4".
fn to(model: Option<ModelRef>, settings: &Settings) -> String {
    let Settings { temperature, top_p, max_output_tokens, stop_sequences, seed, safety } = settings;
    let mut parts: Vec<_> = model.iter().map(ToString::to_string).collect();
    parts.extend(temperature.map(|it| format!("temperature {it}")));
    parts.extend(top_p.map(|it| format!("top-p {it}")));
    parts.extend(max_output_tokens.map(|it| format!("up to {it} output tokens")));
    parts.extend(seed.map(|it| format!("seed {it}")));
    parts.extend(stop_sequences.iter().map(|it| format!("stops at “{it}”")));
    parts.extend(safety.map(|it| format!("safety: {}", safety_words(it))));
    parts.join(" · ")
}

fn safety_words(threshold: SafetyThreshold) -> &'static str {
    match threshold {
        SafetyThreshold::BlockLowAndAbove => "block low and above",
        SafetyThreshold::BlockMediumAndAbove => "block medium and above",
        SafetyThreshold::BlockOnlyHigh => "block only high",
        SafetyThreshold::BlockNone => "block none",
        SafetyThreshold::Off => "off",
    }
}

/// The texts of a conversation in the order in which they are sent, with what each is.
fn texts(sent: &Conversation) -> Vec<(&'static str, String)> {
    let system = ("System instructions", sent.system_instructions.clone());
    let message = |Message { role, text }: &Message| {
        let heading = match role {
            Role::User => "User message",
            Role::Model => "Model message",
        };
        (heading, text.clone())
    };
    [system].into_iter().chain(sent.messages.iter().map(message)).collect()
}

/// "Nothing stands in place of {x}: it has no value."
fn without_value(names: &[String]) -> String {
    let braced: Vec<_> = names.iter().map(|name| format!("{{{name}}}")).collect();
    let rest = if names.len() == 1 { "it has no value" } else { "they have no value" };
    format!("Nothing stands in place of {}: {rest}.", braced.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_shown_with_what_it_is() {
        let settings = Settings {
            temperature: Some(0.4),
            stop_sequences: vec!["END".to_owned()],
            ..Settings::default()
        };
        let model = Some(ModelRef::new("demo", "demo-1"));
        assert_eq!(to(model, &settings), "demo/demo-1 · temperature 0.4 · stops at “END”");
        let sent = Conversation {
            system_instructions: String::new(),
            messages: vec![Message::user("Hello"), Message::model("Hi")],
        };
        let shown: Vec<_> = texts(&sent);
        assert_eq!(
            shown,
            [
                ("System instructions", String::new()),
                ("User message", "Hello".to_owned()),
                ("Model message", "Hi".to_owned()),
            ]
        );
        assert!(without_value(&["x".to_owned()]).contains("{x}: it has"));
    }
}
