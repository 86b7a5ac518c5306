//! Connections that cannot be used now: why, and trying again.

use align::model::{FailureKind, ProviderInfo};
use leptos::prelude::*;

use super::super::use_workbench;
use crate::components::{Button, ButtonKind};

/// Why the models of a provider cannot be used now, in short. One that answers and only does not list
/// them may well run them.
pub(super) fn out_of_use(provider: &ProviderInfo) -> Option<&'static str> {
    match provider.problem.as_ref()?.kind {
        FailureKind::Unreachable => Some("cannot be reached"),
        FailureKind::Timeout => Some("does not answer"),
        FailureKind::Authentication => Some("does not accept the key"),
        _ => None,
    }
}

/// What is wrong with each of them.
#[component]
pub(super) fn OutOfUse() -> impl IntoView {
    let page = use_workbench().page;
    let problems = Memo::new(move |_| {
        page.models().with(|models| {
            let providers = models.iter().flat_map(|all| &all.providers);
            let out_of_use = providers.filter(|it| out_of_use(it).is_some());
            out_of_use.filter_map(|it| it.problem.clone()).collect::<Vec<_>>()
        })
    });
    move || {
        let problems = problems.get();
        (!problems.is_empty()).then(|| {
            let reasons = problems.into_iter().map(|problem| {
                view! { <li>{problem.message}" "{problem.hint}</li> }
            });
            view! {
                <div class="out-of-use">
                    <ul aria-label="Connections that cannot be used now">{reasons.collect_view()}</ul>
                    <Button kind=ButtonKind::Quiet on_press=move |()| page.list_models_again()>"Try again"</Button>
                </div>
            }
        })
    }
}
