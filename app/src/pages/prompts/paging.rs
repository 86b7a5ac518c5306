//! Links to the pages before and after this one.

use align::record::{PromptList, PromptQuery};
use leptos::prelude::*;

use super::{address, use_prompts};

/// Previous and next, where there is more than one page.
#[component]
pub(super) fn Paging() -> impl IntoView {
    let prompts = use_prompts();
    let pages = Memo::new(move |_| pages(prompts.of_list(|list| list.total).unwrap_or_default()));
    move || {
        let query = prompts.query.get();
        let pages = pages.get();
        let link = |page: u32, label: &'static str| {
            let to = address::print(&PromptQuery { page, ..query.clone() });
            view! { <a class="button" href=to>{label}</a> }
        };
        let previous = query.page.checked_sub(1).map(|page| link(page, "Previous"));
        let next = (query.page + 1 < pages).then(|| link(query.page + 1, "Next"));
        (pages > 1).then(|| {
            view! {
                <nav class="row paging" aria-label="Pages">
                    {previous}
                    <span class="muted">{format!("Page {} of {pages}", query.page + 1)}</span>
                    {next}
                </nav>
            }
        })
    }
}

fn pages(total: u32) -> u32 {
    total.div_ceil(PromptList::PAGE_SIZE)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_last_page_may_be_short() {
        assert_eq!([0, 1, 50, 51].map(super::pages), [0, 1, 1, 2]);
    }
}
