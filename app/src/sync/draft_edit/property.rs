//! Two pages edit one draft over a network that delays, mixes up and loses answers, until one of them
//! decides on it. Whatever happens, every typed character is on a page, in the browser's storage or in
//! the draft.

use align::Prompt;
use align::record::DraftId;
use proptest::prelude::*;

use super::{DraftEditing, Edit, Effect, Event, Heard, Phase};
use crate::error::{AppError, ErrorKind};
use crate::sync::Side;

const ID: DraftId = DraftId(1);

/// Something that happens on a page.
#[derive(Clone, Copy, Debug)]
enum Step {
    Open,
    Type,
    Wake,
    /// A request arrives at the server.
    Arrive,
    /// A request gets lost, and the browser says so.
    LoseRequest,
    Answer,
    /// An answer gets lost, and the browser says so.
    LoseAnswer,
    /// The next event of the server arrives.
    Hear,
    Flush,
    Close,
    Choose(Side),
    /// The page is loaded again.
    Reload,
    /// A person decides on the draft, once the server has what is typed there.
    Decide,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Open),
        8 => Just(Step::Type),
        6 => Just(Step::Wake),
        8 => Just(Step::Arrive),
        1 => Just(Step::LoseRequest),
        8 => Just(Step::Answer),
        1 => Just(Step::LoseAnswer),
        6 => Just(Step::Hear),
        1 => Just(Step::Flush),
        1 => Just(Step::Close),
        3 => prop_oneof![Just(Step::Choose(Side::Here)), Just(Step::Choose(Side::Theirs))],
        1 => Just(Step::Reload),
        1 => prop_oneof![9 => Just(Step::Flush), 1 => Just(Step::Decide)],
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_typed_character_is_lost(steps in prop::collection::vec((0..2_usize, step()), 1..100)) {
        let mut world = World::new();
        for (page, step) in steps {
            world.play(page, step);
            prop_assert_eq!(world.lost(), "", "after {:?} on page {}", step, page);
        }
        for _ in 0..100 {
            for page in [0, 1] {
                for step in [Step::Choose(Side::Here), Step::Wake, Step::Arrive, Step::Answer, Step::Hear] {
                    world.play(page, step);
                }
            }
        }
        prop_assert_eq!(world.lost(), "", "at the end");
        for page in &world.pages {
            prop_assert_eq!(&page.editing.phase, &Phase::Quiet);
            if let Some(edit) = page.editing.edit() {
                prop_assert_eq!(&edit.known, &world.server.text);
            }
        }
    }
}

struct World {
    server: Heard,
    pages: [Page; 2],
    storage: Vec<(u32, Edit)>,
    typed: u32,
    /// What a person saw and chose to let go of.
    let_go: String,
    names: u32,
}

struct Page {
    name: u32,
    editing: DraftEditing,
    requests: Vec<(u64, Edit)>,
    answers: Vec<(u64, Result<(), AppError>)>,
    news: Vec<Heard>,
    timers: Vec<u64>,
}

impl World {
    fn new() -> Self {
        let server = Heard { id: ID, text: Prompt::default(), is_ready: true };
        let pages = [1, 2].map(Page::new);
        Self { server, pages, storage: Vec::new(), typed: 0, let_go: String::new(), names: 2 }
    }

    fn play(&mut self, at: usize, step: Step) {
        let page = &mut self.pages[at];
        match step {
            Step::Open if page.editing.edit().is_none() && self.server.is_ready => {
                let text = self.server.text.clone();
                self.feed(at, Event::Opened(Edit { id: ID, known: text.clone(), typed: text }));
            }
            Step::Type => self.type_one(at),
            Step::Wake => {
                if let Some(turn) = page.timers.pop() {
                    self.feed(at, Event::Woke(turn));
                }
            }
            Step::Arrive => {
                if let Some((turn, edit)) = first(&mut page.requests) {
                    let answer = self.save(edit);
                    self.pages[at].answers.push((turn, answer));
                }
            }
            Step::LoseRequest => {
                let lost = first(&mut page.requests);
                page.answers.extend(lost.map(|(turn, _)| (turn, Err(AppError::offline()))));
            }
            Step::Answer => {
                if let Some((turn, answer)) = page.answers.pop() {
                    self.feed(at, Event::Sent(turn, answer));
                }
            }
            Step::LoseAnswer => {
                if let Some((_, answer)) = page.answers.first_mut() {
                    *answer = Err(AppError::offline());
                }
            }
            Step::Hear => {
                if let Some(heard) = first(&mut page.news) {
                    self.feed(at, Event::Heard(heard));
                }
            }
            Step::Flush => self.feed(at, Event::Flush),
            Step::Close => self.feed(at, Event::Closed),
            Step::Choose(side) => self.choose(at, side),
            Step::Reload => self.reload(at),
            Step::Decide if page.editing.phase == Phase::Quiet => {
                self.server.is_ready = false;
                self.publish();
            }
            Step::Open | Step::Decide => {}
        }
    }

    fn type_one(&mut self, at: usize) {
        let Some(edit) = self.pages[at].editing.edit() else { return };
        let mut text = edit.typed.clone();
        text.text.push(letter(self.typed));
        self.typed += 1;
        self.feed(at, Event::Typed(text));
    }

    /// What the store does with an edit.
    fn save(&mut self, edit: Edit) -> Result<(), AppError> {
        let is_refused = self.server.text != edit.known && self.server.text != edit.typed;
        if !self.server.is_ready || is_refused {
            return Err(AppError::new(ErrorKind::Conflict, "It says something else.", ""));
        }
        self.server.text = edit.typed;
        self.publish();
        Ok(())
    }

    fn publish(&mut self) {
        for page in &mut self.pages {
            page.news.push(self.server.clone());
        }
    }

    fn choose(&mut self, at: usize, side: Side) {
        let editing = &self.pages[at].editing;
        if let (Some(edit), Some(theirs)) = (editing.edit(), editing.elsewhere()) {
            let loser = if side == Side::Here { theirs } else { &edit.typed };
            self.let_go.push_str(&loser.text);
        }
        self.feed(at, Event::Chosen(side));
    }

    /// What is left over stays in the storage until a person settles it; the new page finds it.
    fn reload(&mut self, at: usize) {
        self.names += 1;
        self.pages[at] = Page::new(self.names);
        for (name, edit) in self.storage.clone() {
            let effects = self.pages[at].editing.on(Event::Found(edit, Some(self.server.clone())));
            if !effects.is_empty() {
                self.storage.retain(|(known, _)| *known != name);
            }
            self.carry_out(at, effects);
        }
    }

    fn feed(&mut self, at: usize, event: Event) {
        let effects = self.pages[at].editing.on(event);
        self.carry_out(at, effects);
    }

    fn carry_out(&mut self, at: usize, effects: Vec<Effect>) {
        let page = &mut self.pages[at];
        for effect in effects {
            match effect {
                Effect::Keep(edit) => {
                    self.storage.retain(|(name, _)| *name != page.name);
                    self.storage.push((page.name, edit));
                }
                Effect::Forget(_) => self.storage.retain(|(name, _)| *name != page.name),
                Effect::Send { turn, edit } => page.requests.push((turn, edit)),
                Effect::Wait(turn, _) => page.timers.push(turn),
                Effect::Flushed(_) | Effect::Tell(_) => {}
            }
        }
    }

    /// The typed characters that are nowhere any more.
    fn lost(&self) -> String {
        let mut places = vec![self.let_go.clone(), self.server.text.text.clone()];
        for page in &self.pages {
            let editing = &page.editing;
            let edits = editing.edit.iter().chain(&editing.left_over);
            places.extend(edits.map(|edit| edit.typed.text.clone()));
        }
        places.extend(self.storage.iter().map(|(_, edit)| edit.typed.text.clone()));
        let is_lost = |it: &char| !places.iter().any(|place| place.contains(*it));
        (0..self.typed).map(letter).filter(is_lost).collect()
    }
}

impl Page {
    fn new(name: u32) -> Self {
        Self {
            name,
            editing: DraftEditing::new(),
            requests: Vec::new(),
            answers: Vec::new(),
            news: Vec::new(),
            timers: Vec::new(),
        }
    }
}

fn letter(number: u32) -> char {
    char::from_u32(0x4E00 + number).unwrap()
}

fn first<T>(from: &mut Vec<T>) -> Option<T> {
    (!from.is_empty()).then(|| from.remove(0))
}
