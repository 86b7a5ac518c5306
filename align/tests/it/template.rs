//! Templates: every real prompt, and texts nobody would write.

use std::collections::BTreeSet;

use align::template::{Segment, Template};
use align::{Prompt, Values};
use expect_test::expect;
use proptest::prelude::*;

use crate::prompts::prompts;

#[test]
fn every_real_prompt_prints_back_and_renders() {
    for text in prompts() {
        let plain = BTreeSet::new();
        let template = Template::parse(&text, &plain);
        assert_eq!(template.to_string(), text);
        assert_eq!(template.render(&Values::new()), text);
        let values: Values =
            template.variables().map(|name| (name.to_owned(), format!("<{name}>"))).collect();
        assert!(Prompt::new(&*text).render(&values).is_ok());
    }
}

#[test]
fn only_these_real_prompts_hold_variables() {
    let found: Vec<String> = prompts()
        .into_iter()
        .map(|text| Prompt::new(text).variables().join(" "))
        .filter(|names| !names.is_empty())
        .collect();
    expect![[r#"
        name n
        character series
        Android ReactJS"#]]
    .assert_eq(&found.join("\n"));
}

#[test]
fn missing_values_are_named_before_anything_is_rendered() {
    let prompt = Prompt {
        system_instructions: "Speak {language}.".into(),
        text: "About {topic} and {language}: {n}".into(),
        plain_names: BTreeSet::from(["n".to_owned()]),
    };
    let values = Values::from([("topic".into(), String::new())]);
    expect!["no value for language"].assert_eq(&prompt.render(&values).unwrap_err().to_string());
}

/// Texts in which braces, dollars and names are frequent.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec!["{", "}", "{{", "}}", "$", "${", "{x}", "{{x}}", "{a_1}", "\n"])
            .prop_map(str::to_owned),
        "[a-z_]{1,3}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn parsing_and_printing_give_the_text_back(text in texts(), plain in "[a-z]") {
        let plain = BTreeSet::from([plain]);
        let template = Template::parse(&text, &plain);
        prop_assert_eq!(template.to_string(), &*text);
        let is_text = |segment: &Segment| matches!(segment, Segment::Text(_));
        prop_assert!(!template.segments().windows(2).any(|pair| pair.iter().all(is_text)));
        prop_assert!(!template.segments().contains(&Segment::Text("")));
    }

    #[test]
    fn values_are_inserted_once_and_never_scanned(text in texts(), value in texts()) {
        let plain = BTreeSet::new();
        let template = Template::parse(&text, &plain);
        let values = template.variables().map(|name| (name.to_owned(), value.clone())).collect();
        let expected: String = template
            .segments()
            .iter()
            .map(|segment| match segment {
                Segment::Text(text) => *text,
                Segment::Variable(_) => &value,
            })
            .collect();
        prop_assert_eq!(template.render(&values), expected);
    }

    #[test]
    fn any_text_is_a_template(text in any::<String>()) {
        prop_assert!(Prompt::new(text.clone()).render(&Values::new()).is_ok() == Prompt::new(text).variables().is_empty());
    }
}
