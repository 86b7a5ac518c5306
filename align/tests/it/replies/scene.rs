//! Prompts with their runs and feedback.

use align::{Feedback, Prompt, Span, Values};

/// What a request is about.
pub(super) struct Scene {
    pub(super) prompt: Prompt,
    pub(super) values: Values,
    pub(super) output: Option<String>,
    pub(super) feedback: Vec<Feedback>,
}

impl Scene {
    fn new(text: &str, values: &[(&str, &str)], output: &str, feedback: &str) -> Self {
        Self {
            prompt: Prompt::new(text),
            values: values
                .iter()
                .map(|&(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            output: Some(output.to_owned()),
            feedback: vec![Feedback::whole(feedback)],
        }
    }

    pub(super) fn with_system(mut self, system_instructions: &str) -> Self {
        self.prompt.system_instructions = system_instructions.into();
        self
    }

    pub(super) fn with_feedback(mut self, text: &str) -> Self {
        self.feedback = vec![Feedback::whole(text)];
        self
    }

    pub(super) fn with_quote(mut self, exact: &str) -> Self {
        self.feedback[0].span =
            Some(Span { exact: exact.to_owned(), prefix: String::new(), suffix: String::new() });
        self
    }
}

pub(super) fn scissors() -> Scene {
    Scene::new(
        "Give three uses for: {item}",
        &[("item", "scissors")],
        "1. Cutting paper into shapes for school projects and crafts.\n2. Trimming loose threads \
         from clothes.\n3. Opening parcels without tearing what is inside.",
        "Write one sentence for each use and do not number them.",
    )
}

pub(super) fn lawnmower() -> Scene {
    Scene::new(
        "How do I change the oil in my lawnmower?",
        &[],
        "Run the engine for a few minutes to warm the oil. Turn it off and disconnect the spark plug \
         wire. Tilt the mower with the air filter facing up and drain the old oil into a pan. Refill \
         with SAE 30 oil up to the mark on the dipstick.",
        "Too technical. I have never opened a machine.",
    )
}

pub(super) fn json() -> Scene {
    Scene::new(
        "Extract the item from: {text}\nAnswer as {\"item\": \"{like this}\", \"count\": 1} and nothing else.",
        &[("text", "Two pairs of red scissors, please.")],
        "{\"item\": \"scissors\", \"count\": 2}",
        "Colours should be part of the item.",
    )
}

pub(super) fn foreign() -> Scene {
    Scene::new(
        "Write to {{customer.name}} about ${order:none}. Use the tone {tone} and end with {like this}.",
        &[("tone", "cheerful and light")],
        "Dear Ms Long, your parcel is on its way!",
        "Say sorry for the delay first.",
    )
}

pub(super) fn few_shot() -> Scene {
    Scene::new(
        "Classify the sentiment.\n\nText: The food was cold.\nSentiment: negative\n\nText: Lovely \
         staff!\nSentiment: positive\n\nText: {review}\nSentiment:",
        &[("review", "Not bad at all")],
        "negative",
        "Understatements like this one are positive.",
    )
}

pub(super) fn fenced() -> Scene {
    Scene::new(
        "Explain this code:\n```rust\nfn main() {}\n```\nUse the words of a {audience}.",
        &[("audience", "child")],
        "The main function does nothing.",
        "Begin with what the program does.",
    )
}

pub(super) fn in_tags() -> Scene {
    Scene::new(
        "You test prompts. Read <prompt> and </prompt>, then answer in <revised_prompt> tags and \
         close with </revised_prompt>.\nTopic: {topic}",
        &[("topic", "tea")],
        "<revised_prompt>Brew tea.</revised_prompt>",
        "Ask for at most ten words.",
    )
}

pub(super) fn long() -> Scene {
    let rules: Vec<String> = (1..=12)
        .map(|n| format!("Rule {n}: the answer about {{topic}} respects the reader number {n}."))
        .collect();
    let text = format!("You write columns.\n{}\nEnd with a question.", rules.join("\n"));
    Scene::new(&text, &[("topic", "rivers")], "Rivers flow. Why?", "More humour.")
}
