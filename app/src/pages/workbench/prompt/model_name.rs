//! The name of a model as a person typed it: which model is meant, or what to ask.

use align::model::{ModelRef, ProviderInfo};

/// How many similar names are offered.
const OFFERED: usize = 3;

/// What a typed name comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// One model is meant.
    Model(ModelRef),
    /// No provider lists that name, or several do.
    Unclear(Unclear),
}

/// The models that a typed name may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unclear {
    /// The name as it was typed.
    pub(super) name: String,
    /// Listed models with that name or a similar one, the most similar first.
    pub(super) near: Vec<ModelRef>,
    /// The very name, at each provider that may know it without listing it.
    pub(super) unlisted: Vec<ModelRef>,
}

/// Reads a typed name. `provider/model` names a connected provider; every other name, slashes included,
/// is looked for at all of them and is given to none unasked.
pub(super) fn read(text: &str, providers: &[ProviderInfo]) -> Option<Named> {
    let name = text.trim();
    let explicit = name.parse::<ModelRef>().ok();
    let provider = explicit.as_ref().and_then(|it| of(providers, &it.provider));
    let all = || providers.iter().flat_map(|it| &it.models).map(|info| &info.model);
    let is_meant = |it: &&ModelRef| Some(*it) == explicit.as_ref() || it.model == name;
    let meant: Vec<_> = all().filter(is_meant).collect();
    match (&meant[..], &explicit) {
        _ if name.is_empty() => None,
        ([model], _) => Some(Named::Model((*model).clone())),
        // Where nothing is listed, there is nothing to compare with.
        ([], Some(model)) if providers.is_empty() || provider.is_some_and(lists_nothing) => {
            Some(Named::Model(model.clone()))
        }
        _ => {
            let name_there = explicit.as_ref().filter(|_| provider.is_some());
            let near = near(name_there.map_or(name, |it| &it.model), all());
            let unlisted =
                if meant.is_empty() { unlisted(name, explicit, providers) } else { Vec::new() };
            Some(Named::Unclear(Unclear { name: name.to_owned(), near, unlisted }))
        }
    }
}

/// The connected provider with that identifier.
pub(super) fn of<'a>(providers: &'a [ProviderInfo], id: &str) -> Option<&'a ProviderInfo> {
    providers.iter().find(|it| it.id == id)
}

fn lists_nothing(provider: &ProviderInfo) -> bool {
    provider.models.is_empty()
}

/// Where a name that nobody lists may be known.
fn unlisted(name: &str, explicit: Option<ModelRef>, providers: &[ProviderInfo]) -> Vec<ModelRef> {
    let is_connected = explicit.as_ref().is_some_and(|it| of(providers, &it.provider).is_some());
    let real = providers.iter().filter(|it| !is_connected && it.id != "demo");
    let there = real.map(|it| ModelRef::new(&*it.id, name));
    there.chain(explicit).collect()
}

/// The models whose names are most like `name`.
fn near<'a>(name: &str, all: impl Iterator<Item = &'a ModelRef>) -> Vec<ModelRef> {
    let name = name.to_lowercase();
    let mut near: Vec<_> = all
        .map(|model| (distance(&name, &model.model.to_lowercase()), model))
        .filter(|(distance, _)| *distance <= name.chars().count().div_ceil(3))
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(OFFERED).map(|(_, model)| model.clone()).collect()
}

/// How many characters differ; a name that holds the other one counts as nearly the same.
fn distance(a: &str, b: &str) -> usize {
    if a == b {
        return 0;
    }
    if b.contains(a) || a.contains(b) {
        return 1;
    }
    strsim::levenshtein(a, b)
}

#[cfg(test)]
mod tests {
    use align::model::ModelInfo;

    use super::*;

    fn provider(id: &str, models: &[&str]) -> ProviderInfo {
        let info =
            |name: &&str| ModelInfo { model: ModelRef::new(id, *name), label: (*name).to_owned() };
        ProviderInfo {
            id: id.to_owned(),
            label: id.to_owned(),
            base_url: None,
            models: models.iter().map(info).collect(),
            problem: None,
        }
    }

    /// The meant model, or the offered ones, before and after a bar.
    fn check(text: &str, expected: &str) {
        let providers = [
            provider("openai", &["gpt-5", "gpt-5-mini"]),
            provider("lab", &["org/gemma-3", "gpt-5"]),
            provider("bare", &[]),
            provider("demo", &["demo-1"]),
        ];
        let shown = |models: Vec<ModelRef>| {
            models.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        let found = match read(text, &providers) {
            None => "nothing".to_owned(),
            Some(Named::Model(model)) => model.to_string(),
            Some(Named::Unclear(it)) => format!("{}|{}", shown(it.near), shown(it.unlisted)),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_listed_name_is_found_wherever_it_is_listed() {
        check(" gpt-5-mini ", "openai/gpt-5-mini");
        check("org/gemma-3", "lab/org/gemma-3");
        check("lab/org/gemma-3", "lab/org/gemma-3");
        check("openai/gpt-5", "openai/gpt-5");
        check("  ", "nothing");
    }

    #[test]
    fn a_name_that_several_list_is_asked_about() {
        check("gpt-5", "openai/gpt-5 lab/gpt-5 openai/gpt-5-mini|");
    }

    #[test]
    fn a_name_that_nobody_lists_is_given_to_no_provider_unasked() {
        check("gtp-5", "openai/gpt-5 lab/gpt-5|openai/gtp-5 lab/gtp-5 bare/gtp-5");
        check("openai/gpt-6", "openai/gpt-5 lab/gpt-5|openai/gpt-6");
        check("llama-4", "|openai/llama-4 lab/llama-4 bare/llama-4");
        check("org/x", "|openai/org/x lab/org/x bare/org/x org/x");
    }

    #[test]
    fn a_provider_that_lists_nothing_takes_any_name() {
        check("bare/any", "bare/any");
        assert_eq!(read("lab/x", &[]), Some(Named::Model(ModelRef::new("lab", "x"))));
    }
}
