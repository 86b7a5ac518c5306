//! The connected providers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use align::model::{Conversation, Failure, ModelInfo, ModelRef, ProviderInfo, Settings};
use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use tokio::sync::Mutex;
use tokio::time::timeout;
use tracing::info;

use crate::anthropic::Anthropic;
use crate::call::{Call, ModelStream, Priority};
use crate::calling;
use crate::config::{Config, ConfigError};
use crate::demo::Demo;
use crate::error::{Cause, Limit, ModelError};
use crate::form::{Form, Forms};
use crate::gemini::Gemini;
use crate::http::Clients;
use crate::line::Line;
use crate::ollama;
use crate::openai::OpenAi;
use crate::provider::Provider;
use crate::retries::Retries;
use crate::vertex::Vertex;

/// How long one provider may take to list its models.
const LISTING_LIMIT: Duration = Duration::from_secs(4);

/// How many calls a provider gets at once unless it is set otherwise: more than people start, and
/// an end to what a fault of ours could start.
const AT_ONCE: usize = 256;

/// How long listed models are taken for current.
const FRESH: Duration = Duration::from_mins(1);

/// The same when a provider could not list: it may be back soon.
const FRESH_WITH_PROBLEM: Duration = Duration::from_secs(10);

/// The connected providers of models. Cheap to clone.
#[derive(Clone)]
pub struct Models {
    shared: Arc<Shared>,
}

struct Shared {
    providers: Vec<Arc<dyn Provider>>,
    /// The line in front of each provider, in the same order.
    lines: Vec<Line>,
    /// How the models of each provider are asked, in the same order.
    forms: Vec<Forms>,
    retries: Retries,
    /// What was listed last. Held while the first listing runs, so that all wait for one.
    listed: Mutex<Option<Listed>>,
}

struct Listed {
    at: Instant,
    providers: Vec<ProviderInfo>,
}

impl Models {
    /// Models of exactly these providers, each called once per call and many times at once.
    pub fn new(providers: Vec<Arc<dyn Provider>>) -> Self {
        Self::with(providers, Retries::none(), |_| AT_ONCE)
    }

    /// Models of exactly these providers; `at_once` says how many calls each gets at once.
    pub fn with(
        providers: Vec<Arc<dyn Provider>>,
        retries: Retries,
        at_once: impl Fn(&str) -> usize,
    ) -> Self {
        let lines = providers.iter().map(|provider| Line::new(at_once(provider.id()))).collect();
        let forms = providers.iter().map(|_| Forms::default()).collect();
        let listed = Mutex::default();
        Self { shared: Arc::new(Shared { providers, lines, forms, retries, listed }) }
    }

    /// Connects what `config` names, and the demo model last. Waits for no request but the short
    /// probe for an Ollama; listing the models begins in the background.
    pub async fn connect(config: Config) -> Result<Self, ConfigError> {
        let clients = Clients::new(config.limits, config.ca_file.as_deref())?;
        config.concurrency.check(&config.endpoints)?;
        let mut providers: Vec<Arc<dyn Provider>> = Vec::new();
        if let Some(connection) = config.gemini {
            providers.push(Arc::new(Gemini::new(&clients, connection)));
        }
        if let Some(vertex) = config.vertex {
            providers.push(Arc::new(Vertex::new(&clients, vertex)));
        }
        if let Some(connection) = config.anthropic {
            providers.push(Arc::new(Anthropic::new(&clients, connection)));
        }
        if let Some(connection) = config.openai {
            providers.push(Arc::new(OpenAi::new(&clients, connection)));
        }
        for endpoint in config.endpoints {
            providers.push(Arc::new(OpenAi::endpoint(&clients, endpoint)));
        }
        if let Some(ollama) = ollama::find(&clients, config.ollama).await {
            providers.push(Arc::new(ollama));
        }
        providers.push(Arc::new(Demo::new(config.demo_delay_ms)));
        let ids: Vec<_> = providers.iter().map(|provider| provider.id()).collect();
        info!(providers = ids.join(", "), "connected models");
        let (concurrency, parallel) = (config.concurrency, config.ollama_parallel);
        let at_once = |id: &str| match id {
            ollama::ID => concurrency.of(id, parallel.unwrap_or(ollama::AT_ONCE)),
            id => concurrency.of(id, AT_ONCE),
        };
        let models = Self::with(providers, config.retries, at_once);
        let listing = models.clone();
        tokio::spawn(async move { listing.providers().await });
        Ok(models)
    }

    /// What is connected, with the models each provider lists; a provider that cannot list is there
    /// with its problem. Takes at most 4 seconds the first time. Later it answers at once from
    /// memory, and lists again in the background when that is a minute old.
    pub async fn providers(&self) -> Vec<ProviderInfo> {
        let mut listed = self.shared.listed.lock().await;
        if let Some(known) = &mut *listed {
            if known.is_old() {
                known.at = Instant::now();
                let models = self.clone();
                tokio::spawn(async move { models.refresh().await });
            }
            return known.providers.clone();
        }
        listed.insert(self.list().await).providers.clone()
    }

    /// The model to suggest to someone who did not choose one: of the first real provider that lists
    /// its models, else of the first that has a usual one, else the demo model.
    pub async fn preferred(&self) -> ModelRef {
        let infos = self.providers().await;
        let real = || {
            let pairs = self.shared.providers.iter().zip(&infos);
            pairs.filter(|(provider, _)| provider.id() != demo::ID)
        };
        let default = |(provider, info): (&Arc<dyn Provider>, &ProviderInfo)| {
            Some(ModelRef::new(provider.id(), provider.default_model(&info.models)?))
        };
        let listing = real().filter(|(_, info)| info.problem.is_none()).find_map(default);
        listing.or_else(|| real().find_map(default)).unwrap_or_else(demo::model)
    }

    /// Calls a model for a person who waits for the answer: when it is this call's turn, and again
    /// where that may help. What fails, fails in the stream. Dropping the stream ends the call, or
    /// leaves the line.
    pub fn stream(
        &self,
        model: &ModelRef,
        conversation: Conversation,
        settings: Settings,
    ) -> ModelStream {
        self.stream_at(Priority::Interactive, model, conversation, settings)
    }

    /// The same for a call of any priority.
    pub fn stream_at(
        &self,
        priority: Priority,
        model: &ModelRef,
        conversation: Conversation,
        settings: Settings,
    ) -> ModelStream {
        let providers = &self.shared.providers;
        if let Some(index) = providers.iter().position(|it| it.id() == model.provider) {
            return self.call(index, priority, &model.model, conversation, settings);
        }
        let (models, model) = (self.clone(), model.clone());
        let found = async move {
            let Some((index, model)) = models.listed_as(&model.to_string()).await else {
                let error = ModelError::new(&*model.provider, Cause::NotConnected);
                return stream::iter([Err(error)]).boxed();
            };
            models.call(index, priority, &model, conversation, settings)
        };
        Box::pin(stream::once(found).flatten())
    }

    fn call(
        &self,
        index: usize,
        priority: Priority,
        model: &str,
        conversation: Conversation,
        settings: Settings,
    ) -> ModelStream {
        let Shared { providers, lines, forms, retries, .. } = self.shared.as_ref();
        let form = Form::default();
        let call = Call { model: model.to_owned(), conversation, settings, form };
        let (provider, seat) = (providers[index].clone(), lines[index].join(priority));
        calling::call(provider, seat, *retries, forms[index].clone(), call)
    }

    /// The provider that lists a model under this whole name, if it is the only one: the slash of
    /// `org/model-a` may belong to the name.
    async fn listed_as(&self, name: &str) -> Option<(usize, String)> {
        let infos = self.providers().await;
        let lists = |info: &ProviderInfo| info.models.iter().any(|it| it.model.model == name);
        let mut found = infos.iter().enumerate().filter(|(_, info)| lists(info));
        let (index, _) = found.next()?;
        found.next().is_none().then(|| (index, name.to_owned()))
    }

    async fn refresh(&self) {
        let fresh = self.list().await;
        *self.shared.listed.lock().await = Some(fresh);
    }

    async fn list(&self) -> Listed {
        let infos = self.shared.providers.iter().map(|provider| list(provider.as_ref()));
        let providers = join_all(infos).await;
        Listed { at: Instant::now(), providers }
    }
}

impl Listed {
    fn is_old(&self) -> bool {
        let has_problem = self.providers.iter().any(|info| info.problem.is_some());
        self.at.elapsed() > if has_problem { FRESH_WITH_PROBLEM } else { FRESH }
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
