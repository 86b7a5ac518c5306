//! The tags in use, to show only prompts with one of them.

use align::record::PromptQuery;
use leptos::prelude::*;

use super::{address, use_prompts};

/// Tags shown before the rest is folded away.
const SHOWN: usize = 12;

/// Links that show all prompts or those with one tag.
#[component]
pub(super) fn TagFilter() -> impl IntoView {
    let prompts = use_prompts();
    let tags = Memo::new(move |_| prompts.of_list(|list| list.tags.clone()).unwrap_or_default());
    move || {
        let tags = tags.get();
        let query = prompts.query.get();
        if tags.is_empty() && query.tag.is_none() {
            return None;
        }
        let (first, rest) = split(tags, query.tag.as_deref());
        let link = |(tag, count): (String, u32)| {
            let is_chosen = query.tag.as_ref() == Some(&tag);
            let to = PromptQuery { tag: Some(tag.clone()), page: 0, ..query.clone() };
            tag_link(address::print(&to), is_chosen, tag, Some(count))
        };
        let all = address::print(&PromptQuery { tag: None, page: 0, ..query.clone() });
        let first = first.into_iter().map(&link).collect_view();
        let rest = (!rest.is_empty()).then(|| {
            view! {
                <details>
                    <summary>"More tags"</summary>
                    <div class="row">{rest.into_iter().map(&link).collect_view()}</div>
                </details>
            }
        });
        Some(view! {
            <nav class="row tags" aria-label="Tags">
                {tag_link(all, query.tag.is_none(), "All".to_owned(), None)}
                {first}
                {rest}
            </nav>
        })
    }
}

fn tag_link(to: String, is_chosen: bool, tag: String, count: Option<u32>) -> impl IntoView {
    view! {
        <a class="tag" href=to aria-current=is_chosen.then_some("true")>
            {tag}
            {count.map(|count| view! { <span class="count">" "{count}</span> })}
        </a>
    }
}

type Tags = Vec<(String, u32)>;

/// The tags shown at once, the chosen one always among them, and the rest.
fn split(mut tags: Tags, chosen: Option<&str>) -> (Tags, Tags) {
    if let Some(chosen) = chosen {
        match tags.iter().position(|(tag, _)| tag == chosen) {
            Some(place) if place >= SHOWN => {
                let tag = tags.remove(place);
                tags.insert(SHOWN - 1, tag);
            }
            Some(_) => {}
            None => tags.insert(0, (chosen.to_owned(), 0)),
        }
    }
    let rest = tags.split_off(tags.len().min(SHOWN));
    (tags, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(tags: &Tags) -> Vec<&str> {
        tags.iter().map(|(tag, _)| tag.as_str()).collect()
    }

    #[test]
    fn the_chosen_tag_is_always_shown() {
        let tags: Tags = (0..20).map(|number| (format!("t{number}"), 1)).collect();
        let (first, rest) = split(tags.clone(), Some("t15"));
        assert_eq!(first.len(), SHOWN);
        assert!(names(&first).contains(&"t15") && !names(&rest).contains(&"t15"));
        let (first, rest) = split(tags, Some("gone"));
        assert_eq!(first[0], ("gone".to_owned(), 0));
        assert_eq!(first.len() + rest.len(), 21);
    }

    #[test]
    fn few_tags_are_shown_at_once() {
        let (first, rest) = split(vec![("json".to_owned(), 2)], None);
        assert_eq!((names(&first), rest), (vec!["json"], vec![]));
    }
}
