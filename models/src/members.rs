//! Who is connected: providers with the line in front of each, and how their models are asked.

use std::sync::Arc;

use crate::form::Forms;
use crate::line::Line;
use crate::provider::Provider;

/// One connected provider.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) provider: Arc<dyn Provider>,
    pub(crate) line: Line,
    pub(crate) forms: Forms,
    /// Connected at the start, and so there until the end.
    is_fixed: bool,
}

impl Member {
    fn new(provider: Arc<dyn Provider>, at_once: impl Fn(&str) -> usize, is_fixed: bool) -> Self {
        let line = Line::new(at_once(provider.id()));
        Self { provider, line, forms: Forms::default(), is_fixed }
    }

    fn is_demo(&self) -> bool {
        self.provider.id() == demo::ID
    }
}

/// All connected providers, in the order in which they are shown.
pub(crate) struct Members(Vec<Member>);

impl Members {
    /// Providers that are there from the start.
    pub(crate) fn new(providers: Vec<Arc<dyn Provider>>, at_once: impl Fn(&str) -> usize) -> Self {
        let members = providers.into_iter().map(|it| Member::new(it, &at_once, true));
        Self(members.collect())
    }

    /// The same with these providers in the place of all that were not there from the start. A provider
    /// that stays keeps its line. The demo model stays the last.
    pub(crate) fn with(
        &self,
        providers: Vec<Arc<dyn Provider>>,
        at_once: impl Fn(&str) -> usize,
    ) -> Self {
        let (last, first): (Vec<_>, Vec<_>) =
            self.0.iter().filter(|it| it.is_fixed).cloned().partition(Member::is_demo);
        let added = providers.into_iter().map(|provider| {
            let known = self.0.iter().find(|it| Arc::ptr_eq(&it.provider, &provider));
            known.cloned().unwrap_or_else(|| Member::new(provider, &at_once, false))
        });
        Self(first.into_iter().chain(added).chain(last).collect())
    }

    /// The member of this identifier; the first, should there be several.
    pub(crate) fn find(&self, id: &str) -> Option<&Member> {
        self.0.iter().find(|it| it.provider.id() == id)
    }

    pub(crate) fn providers(&self) -> impl Iterator<Item = &Arc<dyn Provider>> {
        self.0.iter().map(|it| &it.provider)
    }

    /// Those that are there from the start.
    pub(crate) fn fixed(&self) -> impl Iterator<Item = &Arc<dyn Provider>> {
        self.0.iter().filter(|it| it.is_fixed).map(|it| &it.provider)
    }
}
