//! What a test of a connection found, in a sentence.

use align::record::ConnectionTest;
use leptos::prelude::*;

use crate::error::AppError;

/// A test: not yet made, going on, or ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Test {
    /// Not yet made.
    #[default]
    None,
    /// It goes on.
    Going,
    /// What it found, or why it was not made.
    Ended(Result<ConnectionTest, AppError>),
}

/// Always in the page, so that screen readers notice what comes.
#[component]
pub(super) fn Tested(
    /// The test.
    test: RwSignal<Test>,
) -> impl IntoView {
    view! {
        <div role="status" class="tested">
            {move || match test.get() {
                Test::None => ().into_any(),
                Test::Going => view! { <p class="loading">"Testing…"</p> }.into_any(),
                Test::Ended(Err(error)) => wrong(error.message, error.hint),
                Test::Ended(Ok(ConnectionTest { problem: Some(problem), .. })) => {
                    wrong(problem.message, problem.hint)
                }
                Test::Ended(Ok(tested)) => {
                    view! { <p class="good-news">{words(&tested)}</p> }.into_any()
                }
            }}
        </div>
    }
}

fn wrong(message: String, hint: String) -> AnyView {
    view! { <div class="alert"><p><strong>{message}</strong>" "{hint}</p></div> }.into_any()
}

fn words(tested: &ConnectionTest) -> String {
    let models =
        if tested.listed == 1 { "1 model".to_owned() } else { format!("{} models", tested.listed) };
    match &tested.asked {
        Some(model) => format!("It works: {models} listed, and {} answered.", model.model),
        None => {
            "It answers, but lists no models. Type the name of a model in the workbench.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use align::model::ModelRef;

    use super::*;

    #[test]
    fn a_test_that_went_well_says_what_was_tried() {
        let asked = Some(ModelRef::new("lab", "gemma"));
        let tested = ConnectionTest { listed: 3, asked, problem: None };
        assert_eq!(words(&tested), "It works: 3 models listed, and gemma answered.");
        let silent = ConnectionTest { listed: 0, asked: None, problem: None };
        assert!(words(&silent).contains("lists no models"));
    }
}
