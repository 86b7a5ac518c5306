//! What was found, or why there is nothing to show.

use align::record::{PromptList, PromptQuery};
use leptos::prelude::*;

use super::examples::Examples;
use super::paging::Paging;
use super::row::Row;
use super::{address, use_prompts};
use crate::components::Button;
use crate::error::AppError;

/// What there is to show.
#[derive(Clone, Debug, PartialEq)]
enum Found {
    /// Not known yet.
    Waiting,
    /// The list could not be had.
    Failed(AppError),
    /// There is no prompt at all.
    FirstVisit,
    /// Nothing matches.
    Nothing,
    /// There are matches, but not on this page.
    BeyondEnd,
    /// Rows.
    Rows,
}

/// The list of prompts in all its states.
#[component]
pub(super) fn Results() -> impl IntoView {
    let prompts = use_prompts();
    let found = Memo::new(move |_| {
        prompts.query.with(|query| prompts.list.with(|list| found(query, list.as_ref())))
    });
    move || match found.get() {
        Found::Waiting => ().into_any(),
        Found::Failed(error) => view! { <Failed error/> }.into_any(),
        Found::FirstVisit => view! { <FirstVisit/> }.into_any(),
        Found::Nothing => view! { <Nothing/> }.into_any(),
        Found::BeyondEnd => view! { <BeyondEnd/> }.into_any(),
        Found::Rows => view! { <Rows/> }.into_any(),
    }
}

fn found(query: &PromptQuery, list: Option<&Result<PromptList, AppError>>) -> Found {
    match list {
        None => Found::Waiting,
        Some(Err(error)) => Found::Failed(error.clone()),
        Some(Ok(list)) if !list.prompts.is_empty() => Found::Rows,
        Some(Ok(list)) if list.total > 0 => Found::BeyondEnd,
        Some(Ok(_)) if query.search.is_empty() && query.tag.is_none() => Found::FirstVisit,
        Some(Ok(_)) => Found::Nothing,
    }
}

#[component]
fn Rows() -> impl IntoView {
    let prompts = use_prompts();
    let ids = move || {
        let ids = prompts.of_list(|list| list.prompts.iter().map(|row| row.id).collect::<Vec<_>>());
        ids.unwrap_or_default()
    };
    let count = move || {
        let total = prompts.of_list(|list| list.total).unwrap_or_default();
        prompts.query.with(|query| count(query, total))
    };
    view! {
        <p class="muted" role="status">{count}</p>
        <ul class="prompt-list" aria-label="Prompts">
            <For each=ids key=|id| *id let(id)>
                <Row id/>
            </For>
        </ul>
        <Paging/>
        <details class="more-examples">
            <summary>"Start from an example"</summary>
            <Examples/>
        </details>
    }
}

/// How many prompts match, in words.
fn count(query: &PromptQuery, total: u32) -> String {
    let noun = if total == 1 { "prompt" } else { "prompts" };
    let found = if query.search.is_empty() { "" } else { " found" };
    format!("{total} {noun}{found}")
}

#[component]
fn FirstVisit() -> impl IntoView {
    view! {
        <section class="first-visit" aria-labelledby="first-visit-title">
            <h2 id="first-visit-title">"Start with an example, or with an empty page"</h2>
            <p class="lead">
                "Attune runs a prompt, takes what you say about the answer in your own words, and drafts a better prompt. You see every change before you take it, and every version is kept."
            </p>
            <Examples/>
        </section>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let query = use_prompts().query;
    let text = move || query.with(nothing);
    view! {
        <div class="empty">
            <p role="status">{text}</p>
            <a class="button" href="/">"Show all prompts"</a>
        </div>
    }
}

/// What was looked for in vain.
fn nothing(query: &PromptQuery) -> String {
    match (query.search.as_str(), &query.tag) {
        ("", Some(tag)) => format!("No prompt has the tag “{tag}”."),
        (search, Some(tag)) => format!("No prompt with the tag “{tag}” matches “{search}”."),
        (search, None) => format!("No prompt matches “{search}”."),
    }
}

#[component]
fn BeyondEnd() -> impl IntoView {
    let query = use_prompts().query;
    let first =
        move || query.with(|query| address::print(&PromptQuery { page: 0, ..query.clone() }));
    view! {
        <div class="empty">
            <p role="status">"There are fewer pages than that by now."</p>
            <a class="button" href=first>"First page"</a>
        </div>
    }
}

#[component]
fn Failed(error: AppError) -> impl IntoView {
    let prompts = use_prompts();
    view! {
        <div class="alert" role="alert">
            <p><strong>{error.message}</strong>" "{error.hint}</p>
            <Button on_press=move |()| prompts.reload()>"Try again"</Button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn query(search: &str, tag: Option<&str>) -> PromptQuery {
        PromptQuery { search: search.to_owned(), tag: tag.map(str::to_owned), page: 0 }
    }

    fn check(query: &PromptQuery, total: u32, expected: Found) {
        let list = Ok(PromptList { prompts: Vec::new(), total, tags: Vec::new() });
        assert_eq!(found(query, Some(&list)), expected);
    }

    #[test]
    fn every_kind_of_emptiness_reads_differently() {
        assert_eq!(found(&query("", None), None), Found::Waiting);
        check(&query("", None), 0, Found::FirstVisit);
        check(&query("x", None), 0, Found::Nothing);
        check(&query("", Some("x")), 0, Found::Nothing);
        check(&query("", None), 7, Found::BeyondEnd);
        let error = AppError::new(ErrorKind::Internal, "a", "b");
        assert_eq!(found(&query("", None), Some(&Err(error.clone()))), Found::Failed(error));
    }

    #[test]
    fn counts_and_failures_to_find_are_said_in_words() {
        assert_eq!(count(&query("", None), 1), "1 prompt");
        assert_eq!(count(&query("x", None), 12), "12 prompts found");
        assert_eq!(
            nothing(&query("cat", Some("json"))),
            "No prompt with the tag “json” matches “cat”."
        );
        assert_eq!(nothing(&query("", Some("json"))), "No prompt has the tag “json”.");
    }
}
