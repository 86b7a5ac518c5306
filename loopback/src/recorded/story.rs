//! A recorded answer: a head that says what it answers, a line `---`, and the answer.

use super::scene::Scene;

/// One recorded answer.
pub(super) struct Story<'a> {
    /// What it answers: `run`, `rewrite`, `critique`, `suggest kudos` and so on.
    asks: &'a str,
    conditions: Vec<Condition<'a>>,
    /// What the model thought before.
    pub(super) thoughts: Vec<&'a str>,
    pub(super) body: &'a str,
}

/// `PLACE has: WORDS` or `PLACE lacks: WORDS`, with alternatives between bars.
struct Condition<'a> {
    place: &'a str,
    is_there: bool,
    words: &'a str,
}

impl<'a> Story<'a> {
    /// Reads a file. One without a head answers nothing.
    pub(super) fn read(text: &'a str) -> Self {
        let (head, body) = text.split_once("\n---\n").unwrap_or_default();
        let mut story = Self { asks: "", conditions: Vec::new(), thoughts: Vec::new(), body };
        for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
            match name.split_once(' ') {
                None if name == "asks" => story.asks = value,
                None if name == "thought" => story.thoughts.push(value),
                Some((place, verb)) => {
                    let is_there = verb == "has";
                    story.conditions.push(Condition { place, is_there, words: value });
                }
                None => {}
            }
        }
        story
    }

    pub(super) fn fits(&self, scene: &Scene<'_>) -> bool {
        let holds = |condition: &Condition<'_>| {
            let words = scene.words_in(condition.place);
            let mut alternatives = condition.words.split('|');
            alternatives.any(|it| words.contains(&it.to_lowercase())) == condition.is_there
        };
        self.asks == scene.kind && self.conditions.iter().all(holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_choose_the_answer() {
        let text = "asks: rewrite\nthought: Hm.\nprompt has: cat|dog\nguidelines lacks: \
                    brief\n---\nLABEL[kind]: x-MARK\nLABEL[tall]: y\n";
        let story = Story::read(text);
        let message = |prompt: &str, guideline: &str| {
            format!(
                "<current_prompt-abab>\n{prompt}\n</current_prompt-abab>\n\n<guidelines-abab>\nG1: \
                 {guideline}\nG2: Be kind.\n</guidelines-abab>\n"
            )
        };
        let fits = |message: &str| story.fits(&Scene::new(message));
        assert!(fits(&message("A Dog", "Be long.")));
        assert!(!fits(&message("A Dog", "Be brief.")));
        assert!(!fits(&message("A bird", "Be long.")));
        assert!(!fits("A dog"));
        assert_eq!(story.thoughts, ["Hm."]);
        assert_eq!(Scene::new(&message("A dog", "Be")).filled(story.body), "G2: x-abab");
    }

    #[test]
    fn every_file_has_a_head() {
        for text in super::super::kept::STORIES {
            let story = Story::read(text);
            assert!(!story.asks.is_empty() && !story.body.trim().is_empty(), "{text}");
        }
    }
}
