//! Rule 4: language and formatting style stay.

use super::languages::{language, script};
use super::markdown::Markdown;
use super::{Asked, Shown, whole};
use crate::direct::finding::{Finding, FindingKind};
use crate::prompt::Prompt;
use crate::record::Source;
use crate::template::{Segment, Template};
use crate::words::lower_words;

/// Stems of words by which feedback asks for another form.
const FORM: [&str; 25] = [
    "markdown",
    "heading",
    "headline",
    "bold",
    "bullet",
    "list",
    "table",
    "format",
    "section",
    "structur",
    "layout",
    "step",
    "überschrift",
    "fett",
    "tabelle",
    "gliedere",
    "titre",
    "gras",
    "puce",
    "tableau",
    "encabezado",
    "negrita",
    "tabla",
    "列表",
    "标题",
];

/// Stems of words by which feedback asks for another language.
const LANGUAGE: [&str; 33] = [
    "language",
    "translat",
    "english",
    "german",
    "french",
    "spanish",
    "italian",
    "portuguese",
    "dutch",
    "turkish",
    "chinese",
    "japanese",
    "korean",
    "russian",
    "arabic",
    "hebrew",
    "hindi",
    "sprache",
    "übersetz",
    "englisch",
    "deutsch",
    "langue",
    "tradui",
    "anglais",
    "français",
    "idioma",
    "traduc",
    "inglés",
    "español",
    "英",
    "中文",
    "日本語",
    "язык",
];

pub(super) fn check(
    base: &Prompt,
    draft: &Prompt,
    asked: &Asked,
    shown: &Shown<'_>,
) -> Vec<Finding> {
    let (old, new) = (whole(base), whole(draft));
    let mut findings = Vec::new();
    let finding = |message| Finding::new(FindingKind::StyleChanged, message);
    if !asked.is_about(&FORM)
        && let Some(mark) = Markdown::of(&new).introduced(Markdown::of(&old))
    {
        let message = format!("The draft has {mark}; the prompt was plain text.");
        findings.push(finding(message).asked_by(asks_for_form(&old, &new, shown)));
    }
    if !asked.is_about(&LANGUAGE) {
        findings.extend(other_language(base, draft).map(finding));
    }
    findings
}

/// What asks for the new form, if all of it stands in lines that somebody asked for.
fn asks_for_form(old: &str, new: &str, shown: &Shown<'_>) -> Option<Source> {
    let behind = |line: &str| shown.written.iter().find(|trace| line.contains(&trace.quote));
    let (asked, rest): (Vec<_>, Vec<_>) = new.lines().partition(|line| behind(line).is_some());
    let is_left = Markdown::of(&rest.join("\n")).introduced(Markdown::of(old)).is_some();
    let is_it = |line: &&&str| Markdown::of(line).is_used();
    let first = asked.iter().find(is_it).and_then(|line| behind(line))?;
    (!is_left).then_some(first.source)
}

/// Whether it is a translation, asked for or not.
pub(super) fn is_translated(base: &Prompt, draft: &Prompt, asked: &Asked) -> bool {
    asked.is_about(&LANGUAGE) || other_language(base, draft).is_some()
}

fn other_language(base: &Prompt, draft: &Prompt) -> Option<String> {
    let (old, new) = (prose(base), prose(draft));
    let (old_script, new_script) = (script(&old)?, script(&new)?);
    if old_script != new_script {
        return Some("The draft is written in another script than the prompt.".to_owned());
    }
    let (old, new) = (language(&lower_words(&old))?, language(&lower_words(&new))?);
    (old != new).then(|| format!("The draft is in {new}; the prompt was in {old}."))
}

/// The text without its variables, whose names are often English.
fn prose(prompt: &Prompt) -> String {
    let text = whole(prompt);
    let template = Template::parse(&text, &prompt.plain_names);
    let texts = template.segments().iter().filter_map(|segment| match segment {
        Segment::Text(text) => Some(*text),
        Segment::Variable(_) => None,
    });
    texts.collect()
}
