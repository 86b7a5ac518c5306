//! Prompts to start from: good examples of what a prompt can be, each ready to run.

use align::prompt::{Prompt, Values};

/// A prompt with everything that makes it run at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Example {
    /// Its title.
    pub(crate) title: &'static str,
    /// What it does, in one sentence.
    pub(crate) summary: &'static str,
    /// Its tags.
    pub(crate) tags: &'static [&'static str],
    system_instructions: &'static str,
    text: &'static str,
    values: &'static [(&'static str, &'static str)],
}

impl Example {
    /// Its template.
    pub(crate) fn prompt(&self) -> Prompt {
        Prompt {
            system_instructions: self.system_instructions.to_owned(),
            text: self.text.to_owned(),
            ..Prompt::default()
        }
    }

    /// A sample value for each of its variables.
    pub(crate) fn values(&self) -> Values {
        self.values.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// Its tags as a prompt keeps them.
    pub(crate) fn tags(&self) -> Vec<String> {
        self.tags.iter().map(|&tag| tag.to_owned()).collect()
    }
}

/// The examples, the simplest first.
pub(crate) const EXAMPLES: &[Example] = &[
    Example {
        title: "Creative uses",
        summary: "Three uses for any item. Run it, then say what the answers lack.",
        tags: &["brainstorming"],
        system_instructions: "",
        text: "Give three uses for the following item: {item}",
        values: &[("item", "scissors")],
    },
    Example {
        title: "Extract an order as JSON",
        summary: "Reads an e-mail and answers with JSON only. Literal braces stay as they are.",
        tags: &["extraction", "json"],
        system_instructions: "You extract data. You never guess: what the text does not say is null.",
        text: r#"Extract the order from the e-mail below.

Answer with JSON only, in exactly this shape:
{"customer": "…", "items": [{"name": "…", "quantity": 1}], "deliver_by": "YYYY-MM-DD"}

E-mail:
{email}"#,
        values: &[(
            "email",
            "Hello, this is Mara Lindqvist from the Harbour Café. Please send us 12 bags of the dark \
             roast and two boxes of paper filters, latest by 14 March 2027. Thank you!",
        )],
    },
    Example {
        title: "Reply to a customer",
        summary: "A support reply in the tone you choose.",
        tags: &["support", "writing"],
        system_instructions: "You answer customers of a small online shop for garden tools. You are \
                              honest, you promise nothing that was not promised to you, and you \
                              never blame the customer.",
        text: "Write a reply to the message below. Tone: {tone}.\n\n\
               Name the problem in one sentence, say what happens next, and end with one question \
               that helps us solve it. At most 120 words.\n\n\
               Message:\n{customer_message}",
        values: &[
            ("tone", "warm and brief"),
            (
                "customer_message",
                "The hedge trimmer I ordered two weeks ago arrived yesterday, but the blade guard \
                 is cracked. I need it this weekend. What now?",
            ),
        ],
    },
    Example {
        title: "Summary for a reader",
        summary: "The same text, summarized for whoever reads it.",
        tags: &["summary", "writing"],
        system_instructions: "",
        text: "Summarize the text below for {audience} in three bullet points.\n\
               Keep numbers and names. Leave out what this reader does not need.\n\n\
               Text:\n{text}",
        values: &[
            ("audience", "a busy city council member"),
            (
                "text",
                "From May on, the ferry line 4 runs every 15 minutes instead of every 30. The city \
                 pays 1.2 million euros a year for two more boats, both electric. In a trial last \
                 autumn the number of passengers rose by 38 percent, and 1,100 fewer cars a day \
                 crossed the old bridge. Residents of the north quay complained about noise in the \
                 early morning; the operator will replace the horn signals by lights before 7 a.m.",
            ),
        ],
    },
    Example {
        title: "Product description",
        summary: "Turns dry facts into a paragraph that sells without shouting.",
        tags: &["marketing", "writing"],
        system_instructions: "You write for a shop whose customers distrust advertising.",
        text: "Write a product description of 60 to 80 words for {product}.\n\n\
               Use these facts and no others:\n{facts}\n\n\
               No exclamation marks, no superlatives. Start with what the product is good for.",
        values: &[
            ("product", "a folding kitchen scale"),
            (
                "facts",
                "weighs up to 5 kg in steps of 1 g; folds to the size of a pencil case; two AA \
                 batteries last about two years; glass plate that can be washed",
            ),
        ],
    },
    Example {
        title: "Review a change",
        summary: "Code review that finds what matters and says where.",
        tags: &["code", "review"],
        system_instructions: "You are a senior engineer. You care about correctness first, then \
                              clarity. You do not comment on formatting.",
        text: "Review this change to a {language} project.\n\n\
               List at most three problems, the worst first, one per line, as\n\
               line: problem: what to do instead\n\
               If there is none, answer with “Looks good.” and nothing else.\n\n\
               {diff}",
        values: &[
            ("language", "Rust"),
            (
                "diff",
                " fn mean(values: &[f64]) -> f64 {\n\
                 -    values.iter().sum::<f64>() / values.len() as f64\n\
                 +    let mut sum = 0.0;\n\
                 +    for i in 0..=values.len() {\n\
                 +        sum += values[i];\n\
                 +    }\n\
                 +    sum / values.len() as f64\n \
                 }",
            ),
        ],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_example_runs_as_it_is() {
        for example in EXAMPLES {
            let variables: BTreeSet<_> = example.prompt().variables().into_iter().collect();
            let values: BTreeSet<_> = example.values().into_keys().collect();
            assert_eq!(variables, values, "{}", example.title);
            assert!(!variables.is_empty(), "{}", example.title);
        }
    }

    #[test]
    fn braces_of_json_are_literal() {
        let rendered = EXAMPLES[1].prompt().render(&EXAMPLES[1].values()).unwrap();
        assert!(rendered.text.contains(r#""items": [{"name": "…", "quantity": 1}]"#));
    }

    #[test]
    fn titles_tell_them_apart_and_tags_are_sorted() {
        let titles: BTreeSet<_> = EXAMPLES.iter().map(|example| example.title).collect();
        assert_eq!(titles.len(), EXAMPLES.len());
        assert!(EXAMPLES.iter().all(|example| example.tags.is_sorted()));
    }
}
