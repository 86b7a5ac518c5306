//! What the server remembers.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::behaviour::Behaviour;
use crate::named;
use crate::received::Received;
use crate::server::Options;
use crate::wire::{Asked, Format};

/// The most requests that are kept; a bench makes many.
const KEPT_REQUESTS: usize = 1_000;

pub(crate) struct State {
    pub(crate) options: Options,
    kept: Mutex<Kept>,
    /// How many answers their readers gave up before the end.
    pub(crate) disconnects: watch::Sender<usize>,
}

#[derive(Default)]
struct Kept {
    next: VecDeque<Behaviour>,
    of_model: HashMap<String, Behaviour>,
    /// How often a flaky model has failed since it last answered, in each wire format.
    failed: HashMap<(Format, String), u32>,
    requests: VecDeque<Received>,
}

impl State {
    pub(crate) fn new(options: Options) -> Self {
        Self { options, kept: Mutex::default(), disconnects: watch::Sender::new(0) }
    }

    pub(crate) fn answer_next(&self, behaviour: Behaviour) {
        self.kept().next.push_back(behaviour);
    }

    pub(crate) fn answer_model(&self, model: &str, behaviour: Behaviour) {
        self.kept().of_model.insert(model.to_owned(), behaviour);
    }

    pub(crate) fn keep(&self, request: Received) {
        let requests = &mut self.kept().requests;
        requests.push_back(request);
        if requests.len() > KEPT_REQUESTS {
            requests.pop_front();
        }
    }

    pub(crate) fn requests(&self) -> Vec<Received> {
        self.kept().requests.iter().cloned().collect()
    }

    /// What comes next: the queue first, then what was set for the model, then what its name says.
    pub(crate) fn behaviour(&self, format: Format, asked: &Asked) -> Behaviour {
        let mut kept = self.kept();
        if let Some(next) = kept.next.pop_front() {
            return next;
        }
        if let Some(known) = kept.of_model.get(&asked.model) {
            return known.clone();
        }
        if let Some(flaky) = named::flaky(&asked.model) {
            let failed = kept.failed.entry((format, asked.model.clone())).or_default();
            if *failed < flaky.times {
                *failed += 1;
                return flaky.fault;
            }
            // From the beginning, for whoever asks next.
            *failed = 0;
        }
        match named::behaviour(asked) {
            Behaviour::ScriptedAnswer(answer) => {
                Behaviour::ScriptedAnswer(self.options.apply(answer))
            }
            other => other,
        }
    }

    /// A poisoned lock means that a test has failed already; its data is whole.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
