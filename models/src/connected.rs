//! The connected providers.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use align::model::{Conversation, ModelRef, ProviderInfo, Settings};
use align::record::ProviderKind;
use futures_util::{StreamExt, stream};
use tokio::sync::Mutex;
use tracing::info;

use crate::anthropic::Anthropic;
use crate::call::{Call, ModelStream, Priority};
use crate::calling;
use crate::config::{BaseUrl, Config, ConfigError};
use crate::demo::Demo;
use crate::error::{Cause, ModelError};
use crate::form::Form;
use crate::gemini::Gemini;
use crate::http::{Clients, Limits};
use crate::listed::{Again, Listed, list_all};
use crate::members::{Member, Members};
use crate::ollama;
use crate::openai::OpenAi;
use crate::provider::Provider;
use crate::retries::Retries;
use crate::vertex::Vertex;

/// How many calls a provider gets at once unless it is set otherwise: more than people start, and
/// an end to what a fault of ours could start.
const AT_ONCE: usize = 256;

/// The connected providers of models. Cheap to clone.
#[derive(Clone)]
pub struct Models {
    shared: Arc<Shared>,
}

struct Shared {
    /// Replaced as a whole. Calls that go on keep what they began with.
    members: RwLock<Arc<Members>>,
    at_once: Box<dyn Fn(&str) -> usize + Send + Sync>,
    retries: Retries,
    /// What was listed last. Held while the first listing runs, so that all wait for one.
    listed: Mutex<Option<Listed>>,
    /// Made when something is connected for the first time.
    clients: OnceLock<Clients>,
    limits: Limits,
    ca_file: Option<PathBuf>,
    /// Where servers of models are looked for on this machine.
    usual_servers: Vec<(ProviderKind, BaseUrl)>,
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
        at_once: impl Fn(&str) -> usize + Send + Sync + 'static,
    ) -> Self {
        let config = Config { retries, ..Config::default() };
        Self::of(providers, config, OnceLock::new(), Box::new(at_once))
    }

    fn of(
        providers: Vec<Arc<dyn Provider>>,
        config: Config,
        clients: OnceLock<Clients>,
        at_once: Box<dyn Fn(&str) -> usize + Send + Sync>,
    ) -> Self {
        let members = Members::new(providers, &at_once);
        let shared = Shared {
            members: RwLock::new(Arc::new(members)),
            at_once,
            retries: config.retries,
            listed: Mutex::default(),
            clients,
            limits: config.limits,
            ca_file: config.ca_file,
            usual_servers: config.usual_servers,
        };
        Self { shared: Arc::new(shared) }
    }

    /// Connects what `config` names, and the demo model last. Waits for no request but the short
    /// probe for an Ollama; listing the models begins in the background.
    pub async fn connect(mut config: Config) -> Result<Self, ConfigError> {
        let clients = Clients::new(config.limits, config.ca_file.as_deref())?;
        config.concurrency.check(&config.endpoints)?;
        let mut providers: Vec<Arc<dyn Provider>> = Vec::new();
        if let Some(connection) = config.gemini.take() {
            providers.push(Arc::new(Gemini::new(&clients, connection)));
        }
        if let Some(vertex) = config.vertex.take() {
            providers.push(Arc::new(Vertex::new(&clients, vertex)));
        }
        if let Some(connection) = config.anthropic.take() {
            providers.push(Arc::new(Anthropic::new(&clients, connection)));
        }
        if let Some(connection) = config.openai.take() {
            providers.push(Arc::new(OpenAi::new(&clients, connection)));
        }
        for endpoint in std::mem::take(&mut config.endpoints) {
            providers.push(Arc::new(OpenAi::endpoint(&clients, endpoint)));
        }
        if let Some(ollama) = ollama::find(&clients, config.ollama.clone()).await {
            providers.push(Arc::new(ollama));
        }
        providers.push(Arc::new(Demo::new(config.demo_delay_ms)));
        let ids: Vec<_> = providers.iter().map(|provider| provider.id()).collect();
        info!(providers = ids.join(", "), "connected models");
        let (concurrency, parallel) = (config.concurrency.clone(), config.ollama_parallel);
        let at_once = move |id: &str| match id {
            ollama::ID => concurrency.of(id, parallel.unwrap_or(ollama::AT_ONCE)),
            id => concurrency.of(id, AT_ONCE),
        };
        let models = Self::of(providers, config, OnceLock::from(clients), Box::new(at_once));
        let listing = models.clone();
        tokio::spawn(async move { listing.providers().await });
        Ok(models)
    }

    /// Puts these providers in the place of those that were put here before. What `connect` and `new`
    /// connected stays; calls that go on end with the provider that they began with.
    pub fn replace(&self, providers: Vec<Arc<dyn Provider>>) {
        let mut members = self.shared.members.write().unwrap_or_else(PoisonError::into_inner);
        *members = Arc::new(members.with(providers, &self.shared.at_once));
    }

    /// Identifiers of the providers that `connect` and `new` connected.
    pub fn fixed(&self) -> Vec<String> {
        self.members().fixed().map(|it| it.id().to_owned()).collect()
    }

    /// What is connected, with the models each provider lists; a provider that cannot list is there
    /// with its problem. Takes at most 4 seconds the first time. Later it answers at once from
    /// memory, and lists again in the background when that is a minute old.
    pub async fn providers(&self) -> Vec<ProviderInfo> {
        let mut listed = self.shared.listed.lock().await;
        let members = self.members();
        if let Some(known) = &mut *listed
            && known.is_of(&members)
        {
            if known.is_old() {
                known.begin_again();
                let models = self.clone();
                tokio::spawn(async move { models.refresh().await });
            }
            return known.infos();
        }
        // Others are connected now: only the new ones are asked.
        let fresh = list_all(&members, listed.as_ref(), Again::WhatIsNew).await;
        listed.insert(fresh).infos()
    }

    /// Asks all providers for their models again, and answers as [`Models::providers`] does.
    pub async fn list_again(&self) -> Vec<ProviderInfo> {
        self.refresh().await;
        self.providers().await
    }

    /// The model to suggest to someone who did not choose one: of the first real provider that lists
    /// its models, else of the first that has a usual one, else the demo model.
    pub async fn preferred(&self) -> ModelRef {
        let infos = self.providers().await;
        let members = self.members();
        let real = || infos.iter().filter(|info| info.id != demo::ID);
        let default = |info: &ProviderInfo| {
            let provider = &members.find(&info.id)?.provider;
            Some(ModelRef::new(&*info.id, provider.default_model(&info.models)?))
        };
        let listing = real().filter(|info| info.problem.is_none()).find_map(default);
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
        if let Some(member) = self.members().find(&model.provider) {
            return self.call(member, priority, &model.model, conversation, settings);
        }
        let (models, model) = (self.clone(), model.clone());
        let found = async move {
            let members = models.members();
            let name = model.to_string();
            let provider = models.listed_as(&name).await;
            let Some(member) = provider.and_then(|id| members.find(&id)) else {
                let error = ModelError::new(&*model.provider, Cause::NotConnected);
                return stream::iter([Err(error)]).boxed();
            };
            models.call(member, priority, &name, conversation, settings)
        };
        Box::pin(stream::once(found).flatten())
    }

    fn call(
        &self,
        member: &Member,
        priority: Priority,
        model: &str,
        conversation: Conversation,
        settings: Settings,
    ) -> ModelStream {
        let form = Form::default();
        let call = Call { model: model.to_owned(), conversation, settings, form };
        let seat = member.line.join(priority);
        let (provider, forms) = (member.provider.clone(), member.forms.clone());
        calling::call(provider, seat, self.shared.retries, forms, call)
    }

    /// The provider that lists a model under this whole name, if it is the only one: the slash of
    /// `org/model-a` may belong to the name.
    async fn listed_as(&self, name: &str) -> Option<String> {
        let infos = self.providers().await;
        let lists = |info: &&ProviderInfo| info.models.iter().any(|it| it.model.model == name);
        let mut found = infos.iter().filter(lists);
        let id = found.next()?.id.clone();
        found.next().is_none().then_some(id)
    }

    async fn refresh(&self) {
        let members = self.members();
        let fresh = list_all(&members, None, Again::Everything).await;
        let mut listed = self.shared.listed.lock().await;
        // Where others were connected meanwhile, the next who asks lists what is new.
        let known = listed.take();
        *listed = Some(fresh.keeping_models_of(known));
    }

    pub(crate) fn members(&self) -> Arc<Members> {
        self.shared.members.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The HTTP clients that everything shares.
    pub(crate) fn clients(&self) -> Result<&Clients, ConfigError> {
        if let Some(clients) = self.shared.clients.get() {
            return Ok(clients);
        }
        let clients = Clients::new(self.shared.limits, self.shared.ca_file.as_deref())?;
        Ok(self.shared.clients.get_or_init(|| clients))
    }

    /// Where servers of models are looked for on this machine.
    pub(crate) fn usual_servers(&self) -> &[(ProviderKind, BaseUrl)] {
        &self.shared.usual_servers
    }
}
