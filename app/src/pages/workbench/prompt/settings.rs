//! Settings of a run.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the boxes refuse what is not whole or out of bounds"
)]

use align::model::{SafetyThreshold, Setting, Settings};
use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::escape::element_text;
use crate::components::live::use_live;

/// Temperature and Max output tokens, and the rest on demand.
#[component]
pub(super) fn RunSettings() -> impl IntoView {
    view! {
        <div class="pair">
            <NumberField label=Setting::Temperature.label() min="0" max="2" step="0.1" field=TEMPERATURE/>
            <NumberField label=Setting::MaxOutputTokens.label() min="1" max="1000000" step="1" field=MAX_OUTPUT_TOKENS/>
        </div>
        <details class="more">
            <summary>"More settings"</summary>
            <div class="pair">
                <NumberField label=Setting::TopP.label() min="0" max="1" step="0.05" field=TOP_P/>
                <NumberField label=Setting::Seed.label() min="0" max="2147483647" step="1" field=SEED/>
            </div>
            <StopSequences/>
            <Safety/>
        </details>
    }
}

/// How a setting is shown as text, and written from a number that its box found valid; none leaves
/// the choice to the provider.
#[derive(Clone, Copy)]
struct Field {
    read: fn(&Settings) -> String,
    write: fn(&mut Settings, Option<f64>),
}

const TEMPERATURE: Field = Field {
    read: |settings| shown_decimal(settings.temperature),
    write: |settings, number| settings.temperature = number,
};
const TOP_P: Field = Field {
    read: |settings| shown_decimal(settings.top_p),
    write: |settings, number| settings.top_p = number,
};
const MAX_OUTPUT_TOKENS: Field = Field {
    read: |settings| shown(settings.max_output_tokens),
    write: |settings, number| settings.max_output_tokens = number.map(|number| number as u32),
};
const SEED: Field = Field {
    read: |settings| shown(settings.seed),
    write: |settings, number| settings.seed = number.map(|number| number as i64),
};

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Writes decimals with `serde_json`, which the page needs anyway: the standard library's formatter
/// would add its tables, which do not compress.
fn shown_decimal(value: Option<f64>) -> String {
    let text = value.and_then(|value| serde_json::to_string(&value).ok()).unwrap_or_default();
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// A number that may be left empty.
#[component]
fn NumberField(
    label: &'static str,
    min: &'static str,
    max: &'static str,
    step: &'static str,
    field: Field,
) -> impl IntoView {
    let prompt = use_workbench().prompt;
    let live = use_live();
    let value = Memo::new(move |_| prompt.head().with(|head| (field.read)(&head.models.settings)));
    let wrong = move || prompt.is_wrong_setting(label);
    let change = move |event: leptos::ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let is_wrong = !input.check_validity();
        prompt.check_setting(label, is_wrong);
        if !is_wrong {
            let number = Some(input.value_as_number()).filter(|number| !number.is_nan());
            prompt.change_models(|models| (field.write)(&mut models.settings, number));
        }
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type="number"
                min=min
                max=max
                step=step
                inputmode="decimal"
                placeholder="default"
                readonly=Signal::derive(move || !live.get())
                value=value.get_untracked()
                prop:value=Signal::derive(move || value.get())
                aria-invalid=Signal::derive(move || wrong().to_string())
                on:change=change
            />
            {move || wrong().then(|| view! {
                <span class="field-error" role="alert">{format!("{label} goes from {min} to {max}, or stays empty.")}</span>
            })}
        </label>
    }
}

/// Texts that end the answer, one a line.
#[component]
fn StopSequences() -> impl IntoView {
    let prompt = use_workbench().prompt;
    let live = use_live();
    let value = Memo::new(move |_| {
        prompt.head().with(|head| head.models.settings.stop_sequences.join("\n"))
    });
    let change = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        let lines = text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        prompt.change_models(|models| models.settings.stop_sequences = lines);
    };
    view! {
        <label class="field">
            <span>{Setting::StopSequences.label()}</span>
            <textarea
                rows="2"
                placeholder="One a line"
                readonly=Signal::derive(move || !live.get())
                prop:value=Signal::derive(move || value.get())
                on:change=change
            >
                {element_text(value.get_untracked())}
            </textarea>
        </label>
    }
}

const THRESHOLDS: &[(&str, Option<SafetyThreshold>)] = &[
    ("Gemini's default", None),
    ("Block low and above", Some(SafetyThreshold::BlockLowAndAbove)),
    ("Block medium and above", Some(SafetyThreshold::BlockMediumAndAbove)),
    ("Block only high", Some(SafetyThreshold::BlockOnlyHigh)),
    ("Block none", Some(SafetyThreshold::BlockNone)),
    ("Off", Some(SafetyThreshold::Off)),
];

/// Gemini's safety threshold.
#[component]
fn Safety() -> impl IntoView {
    let prompt = use_workbench().prompt;
    let live = use_live();
    let chosen = Memo::new(move |_| prompt.head().with(|head| head.models.settings.safety));
    let change = move |event: leptos::ev::Event| {
        let index = event_target_value(&event).parse::<usize>().unwrap_or_default();
        let threshold = THRESHOLDS.get(index).and_then(|(_, threshold)| *threshold);
        prompt.change_models(|models| models.settings.safety = threshold);
    };
    let options = THRESHOLDS.iter().enumerate().map(|(index, (label, threshold))| {
        view! {
            <option value=index.to_string() selected=Signal::derive(move || chosen.get() == *threshold)>{*label}</option>
        }
    });
    view! {
        <label class="field">
            <span>{Setting::Safety.label()}</span>
            <select disabled=Signal::derive(move || !live.get()) on:change=change>{options.collect_view()}</select>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn numbers_read_as_they_are_typed() {
        let check = |value, expected| assert_eq!(shown(value), expected);
        check(None, "");
        check(Some(1.0), "1");
        check(Some(0.7), "0.7");
        check(Some(0.05), "0.05");
        assert_eq!(shown(Some(2_147_483_647_i64)), "2147483647");
    }
}
