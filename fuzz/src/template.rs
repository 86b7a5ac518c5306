//! What must hold of every template. The input is a template in UTF-8.

use std::collections::BTreeSet;
use std::time::Duration;

use align::template::{Segment, Template};
use align::{Prompt, Values};

use super::clock::Clock;

/// Texts are repeated up to this size to see that the time grows with it and not faster.
const LARGE_BYTES: usize = 64 << 10;

/// Far more than a linear pass over [`LARGE_BYTES`] takes, far less than a quadratic one.
const LARGE_LIMIT: Duration = Duration::from_secs(2);

pub(crate) fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let template = Template::parse(text, &BTreeSet::new());
    assert_eq!(template.to_string(), text, "printing gives the text back");
    segments_are_sound(template.segments());
    rendering_replaces_variables_alone(text, &template);
    plain_names_are_text(text, &template);
    prompts_say_what_they_miss(text, &template);
    // One in sixteen is enough for a property that needs a hundred times as long.
    if data.len().is_multiple_of(16) {
        parsing_is_linear(text);
    }
}

fn segments_are_sound(segments: &[Segment<'_>]) {
    for pair in segments.windows(2) {
        assert!(!matches!(pair, [Segment::Text(_), Segment::Text(_)]), "texts are joined");
    }
    for segment in segments {
        match segment {
            Segment::Text(text) => assert!(!text.is_empty()),
            Segment::Variable(name) => {
                assert!(name.starts_with(|c: char| c.is_alphabetic() || c == '_'), "{name:?}");
                let is_mark = |c: char| c.is_ascii_punctuation() && c != '_';
                let is_foreign = |c: char| c.is_whitespace() || c.is_control() || is_mark(c);
                assert!(!name.contains(is_foreign), "{name:?}");
            }
        }
    }
}

/// Values stand as they are, also where they look like variables themselves.
fn rendering_replaces_variables_alone(text: &str, template: &Template<'_>) {
    let same: Values =
        template.variables().map(|it| (it.to_owned(), format!("{{{it}}}"))).collect();
    assert_eq!(template.render(&same), text);
    assert_eq!(template.render(&Values::new()), text, "a variable without a value stays");
    let value = "{x}}{{y";
    let values: Values = template.variables().map(|it| (it.to_owned(), value.to_owned())).collect();
    let expected: String = template
        .segments()
        .iter()
        .map(|segment| match segment {
            Segment::Text(text) => *text,
            Segment::Variable(_) => value,
        })
        .collect();
    assert_eq!(template.render(&values), expected);
}

fn plain_names_are_text(text: &str, template: &Template<'_>) {
    let names: BTreeSet<String> = template.variables().map(str::to_owned).collect();
    let plain = Template::parse(text, &names);
    assert_eq!(plain.variables().count(), 0);
    assert_eq!(plain.segments().len(), usize::from(!text.is_empty()));
}

fn prompts_say_what_they_miss(text: &str, template: &Template<'_>) {
    let prompt = Prompt { system_instructions: text.to_owned(), ..Prompt::new(text) };
    let names = prompt.variables();
    let distinct: BTreeSet<&str> = template.variables().collect();
    assert_eq!(names.iter().map(String::as_str).collect::<BTreeSet<_>>(), distinct);
    assert_eq!(names.len(), distinct.len(), "each name once");
    match prompt.render(&Values::new()) {
        Ok(rendered) => assert!(names.is_empty() && rendered.text == text),
        Err(missing) => assert_eq!(missing.names, names),
    }
    let values: Values = names.into_iter().map(|name| (name, String::new())).collect();
    let rendered = prompt.render(&values).expect("every variable has a value");
    assert_eq!(rendered.text, rendered.system_instructions);
}

fn parsing_is_linear(text: &str) {
    if text.is_empty() {
        return;
    }
    let large = text.repeat(LARGE_BYTES / text.len() + 1);
    let started = Clock::start();
    let template = Template::parse(&large, &BTreeSet::new());
    assert!(started.elapsed() < LARGE_LIMIT, "{:?} for {} bytes", started.elapsed(), large.len());
    assert_eq!(template.to_string().len(), large.len());
}
