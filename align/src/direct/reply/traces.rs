//! Which words of a draft follow which feedback or guideline, as a reply says.

use crate::direct::request::Request;
use crate::exchange::label::Kind;
use crate::record::{Source, Trace};

/// How a reply says that it did not follow a guideline.
const NOT: [&str; 6] = ["not followed", "not reflected", "not met", "none", "n/a", "conflict"];

/// Reads lines such as `G1: "the exact words"`, with several labels or several quotes, or quotes on the lines
/// below a label. Lines about things that were not offered, and words that are neither in the draft nor in
/// its base, are checked by [`recheck`](crate::direct::recheck) and by whoever shows them.
pub(super) fn read(request: &Request<'_>, lines: &str) -> Vec<Trace> {
    let mut traces = Vec::new();
    let mut heading = Vec::new();
    for line in lines.lines() {
        let (label, rest) = line.split_once(':').unwrap_or((line, ""));
        let named = sources(request, label);
        let (sources, words) = match (named.is_empty(), rest.trim_matches(['*', ' ']).is_empty()) {
            (false, true) => {
                heading = named;
                continue;
            }
            (false, false) => (&named, rest),
            (true, _) => (&heading, line.trim_start_matches(['-', '*', '•', ' '])),
        };
        for quote in quotes(words) {
            let trace = |source: &Source| Trace { source: *source, quote: quote.to_owned() };
            traces.extend(sources.iter().map(trace));
        }
        if !named.is_empty() {
            heading.clear();
        }
    }
    traces
}

/// The words of a line: one text, or several in quotation marks; of `"old" → "new"` the new ones.
fn quotes(words: &str) -> impl Iterator<Item = &str> {
    const ARROWS: [&str; 4] = ["\" → \"", "\" -> \"", "” → “", "” -> “"];
    const BETWEEN: [&str; 2] = ["\"; \"", "”; “"];
    let separator = BETWEEN.into_iter().find(|it| words.contains(it)).unwrap_or("\n");
    words.split(separator).filter_map(|quote| {
        let new = ARROWS.into_iter().find_map(|arrow| quote.split_once(arrow));
        let quote = new.map_or(quote, |(_, new)| new);
        let quote = quote.trim().trim_matches(['"', '“', '”', '`', '*']).trim();
        let starts = quote.to_lowercase();
        let says_no = NOT.iter().any(|not| starts.starts_with(not));
        (!quote.is_empty() && !says_no).then_some(quote)
    })
}

/// What a label names, each once: `G1`, `**F1**`, `Feedback F1`, `F1, G2`.
fn sources(request: &Request<'_>, label: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    for word in label.split([',', ' ', '&', '+', '/']) {
        sources.extend(source(request, word).filter(|source| !sources.contains(source)));
    }
    sources
}

fn source(request: &Request<'_>, label: &str) -> Option<Source> {
    if let Some(place) = Kind::Guideline.place(label) {
        return request.guidelines.get(place).map(|it| Source::Guideline(it.id));
    }
    let place = Kind::Feedback.place(label).filter(|place| *place < request.feedback.len())?;
    Some(Source::Feedback(u32::try_from(place).ok()?))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::exchange::mark::Mark;
    use crate::feedback::Feedback;
    use crate::guidelines::Offered;
    use crate::prompt::{Prompt, Values};
    use crate::record::GuidelineId;

    fn check(lines: &str, expected: &Expect) {
        let request = Request {
            prompt: &Prompt::new("Give three uses for: {item}"),
            values: &Values::new(),
            output: None,
            feedback: &[Feedback::whole("Shorter."), Feedback::whole("Kinder.")],
            guidelines: &[Offered { id: GuidelineId(7), text: "Number the uses." }],
            variant: None,
            mark: &Mark::from_bytes([7; 8]),
        };
        let said = |trace: &Trace| match trace.source {
            Source::Feedback(place) => format!("F{}: {}\n", place + 1, trace.quote),
            Source::Guideline(id) => format!("guideline {id}: {}\n", trace.quote),
        };
        expected.assert_eq(&read(&request, lines).iter().map(said).collect::<String>());
    }

    #[test]
    fn lines_are_read_as_models_write_them() {
        check(
            "F1: \"Be brief.\"\n- **F2**: Be kind.\nG1: not followed, it does not fit\nF9: no",
            &expect![[r"
                F1: Be brief.
                F2: Be kind.
            "]],
        );
        check(
            "F1, G1: \"Number: one line each\"\nF2: \"old words\" → \"new words\"",
            &expect![[r"
                F1: Number: one line each
                guideline 7: Number: one line each
                F2: new words
            "]],
        );
        check(
            "F1:\n- \"Be brief.\"\n- “Lane: A”\nG1: “one”; “two”\nThat is all.",
            &expect![[r"
                F1: Be brief.
                F1: Lane: A
                guideline 7: one
                guideline 7: two
            "]],
        );
    }
}
