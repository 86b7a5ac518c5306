//! What the connected providers list, remembered for a while.

use std::sync::Arc;
use std::time::{Duration, Instant};

use align::model::{Failure, ModelInfo, ProviderInfo};
use futures_util::future::join_all;
use tokio::time::timeout;

use crate::error::{Cause, Limit, ModelError};
use crate::members::Members;
use crate::provider::Provider;

/// How long one provider may take to list its models.
const LISTING_LIMIT: Duration = Duration::from_secs(4);

/// How long listed models are taken for current.
const FRESH: Duration = Duration::from_mins(1);

/// The same when a provider could not list: it may be back soon.
const FRESH_WITH_PROBLEM: Duration = Duration::from_secs(10);

/// What was listed, and when.
pub(crate) struct Listed {
    members: Arc<Members>,
    at: Instant,
    listings: Vec<Listing>,
}

struct Listing {
    provider: Arc<dyn Provider>,
    info: ProviderInfo,
}

/// Which providers to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// All of them.
    Everything,
    /// Those that were not connected before.
    WhatIsNew,
}

/// Asks providers for their models, all at once.
pub(crate) async fn list_all(
    members: &Arc<Members>,
    known: Option<&Listed>,
    again: Again,
) -> Listed {
    let known_info = |provider: &Arc<dyn Provider>| {
        let known = known.filter(|_| again == Again::WhatIsNew)?;
        known.listing_of(provider).map(|listing| listing.info.clone())
    };
    let listings = members.providers().map(async |provider| {
        let info = match known_info(provider) {
            Some(info) => info,
            None => list(provider.as_ref()).await,
        };
        Listing { provider: provider.clone(), info }
    });
    let listings = join_all(listings).await;
    let at = known.filter(|_| again == Again::WhatIsNew).map_or_else(Instant::now, |it| it.at);
    Listed { members: members.clone(), at, listings }
}

impl Listed {
    /// Whether it is about these very providers.
    pub(crate) fn is_of(&self, members: &Arc<Members>) -> bool {
        Arc::ptr_eq(&self.members, members)
    }

    pub(crate) fn is_old(&self) -> bool {
        let has_problem = self.listings.iter().any(|it| it.info.problem.is_some());
        self.at.elapsed() > if has_problem { FRESH_WITH_PROBLEM } else { FRESH }
    }

    /// Counts as current while somebody lists again.
    pub(crate) fn begin_again(&mut self) {
        self.at = Instant::now();
    }

    pub(crate) fn infos(&self) -> Vec<ProviderInfo> {
        self.listings.iter().map(|it| it.info.clone()).collect()
    }

    /// A provider that does not answer any more keeps the models that it listed before, so that people
    /// see what is missing.
    pub(crate) fn keeping_models_of(mut self, before: Option<Listed>) -> Self {
        let Some(before) = before else { return self };
        for listing in self.listings.iter_mut().filter(|it| it.info.problem.is_some()) {
            if let Some(known) = before.listing_of(&listing.provider) {
                listing.info.models.clone_from(&known.info.models);
            }
        }
        self
    }

    fn listing_of(&self, provider: &Arc<dyn Provider>) -> Option<&Listing> {
        self.listings.iter().find(|it| Arc::ptr_eq(&it.provider, provider))
    }
}

async fn list(provider: &dyn Provider) -> ProviderInfo {
    let (models, problem) = match timeout(LISTING_LIMIT, provider.list_models()).await {
        Ok(Ok(models)) => (models, None),
        Ok(Err(error)) => (Vec::new(), Some(error.failure())),
        Err(_) => (Vec::new(), Some(too_slow(provider))),
    };
    info_of(provider, models, problem)
}

fn too_slow(provider: &dyn Provider) -> Failure {
    let cause = Cause::Timeout { limit: Limit::FirstToken, after: LISTING_LIMIT };
    ModelError::new(provider.label(), cause).failure()
}

fn info_of(
    provider: &dyn Provider,
    models: Vec<ModelInfo>,
    problem: Option<Failure>,
) -> ProviderInfo {
    ProviderInfo {
        id: provider.id().to_owned(),
        label: provider.label().to_owned(),
        base_url: provider.base_url().map(str::to_owned),
        models,
        problem,
    }
}
