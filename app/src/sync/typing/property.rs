//! Two pages of one browser, a network that delays, repeats, mixes up and loses what it carries, and a
//! server that is restarted and whose disk fills up. Whatever happens, every typed character is on a
//! page, in the browser's storage, on the server or in a version; and once the network works again,
//! everything comes to one text.

use align::Prompt;
use proptest::prelude::*;

use super::super::typed::{PromptText, Typed};
use super::{Effect, Event, Kept, Phase, Typing};
use crate::error::{AppError, ErrorKind};
use crate::sync::Side;

/// Something that happens. Numbers choose among what is there, whatever their size.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A person types a character, into the prompt or the Feedback box. The machine may hear of it only
    /// with the next event.
    Type { page: usize, is_prompt: bool, is_heard: bool },
    /// A request arrives at the server, perhaps twice.
    Arrive { page: usize, which: usize, times: usize },
    /// A request gets lost, and the browser says so.
    LoseRequest { page: usize, which: usize },
    /// An answer arrives at the page; perhaps it will again.
    Answer { page: usize, which: usize, again: bool },
    /// An answer gets lost, and the browser says so.
    LoseAnswer { page: usize, which: usize },
    /// An event of the server arrives; perhaps it will again.
    Hear { page: usize, which: usize, again: bool },
    /// The stream of events breaks: the page loads everything anew.
    LoseEvents { page: usize },
    /// A timer goes off.
    Wake { page: usize, which: usize },
    /// A person saves a version.
    SaveVersion { page: usize },
    /// A person chooses between two texts.
    Choose { page: usize, side: Side },
    /// A page is loaded again, or crashes and is opened again.
    Reload { page: usize },
    /// The server ends, with all that is on its way, and starts again.
    Restart,
    /// The server's disk fills up, or has room again.
    Fill(bool),
}

fn step() -> impl Strategy<Value = Step> {
    let page = || 0..2_usize;
    let side = prop_oneof![Just(Side::Here), Just(Side::Theirs)];
    let twice = || prop_oneof![4 => Just(false), 1 => Just(true)];
    prop_oneof![
        8 => (page(), any::<bool>(), any::<bool>())
            .prop_map(|(page, is_prompt, is_heard)| Step::Type { page, is_prompt, is_heard }),
        10 => (page(), 0..9_usize, 1..3_usize)
            .prop_map(|(page, which, times)| Step::Arrive { page, which, times }),
        1 => (page(), 0..9_usize).prop_map(|(page, which)| Step::LoseRequest { page, which }),
        10 => (page(), 0..9_usize, twice())
            .prop_map(|(page, which, again)| Step::Answer { page, which, again }),
        2 => (page(), 0..9_usize).prop_map(|(page, which)| Step::LoseAnswer { page, which }),
        4 => (page(), 0..9_usize, twice())
            .prop_map(|(page, which, again)| Step::Hear { page, which, again }),
        1 => page().prop_map(|page| Step::LoseEvents { page }),
        8 => (page(), 0..9_usize).prop_map(|(page, which)| Step::Wake { page, which }),
        1 => page().prop_map(|page| Step::SaveVersion { page }),
        3 => (page(), side).prop_map(|(page, side)| Step::Choose { page, side }),
        1 => page().prop_map(|page| Step::Reload { page }),
        1 => Just(Step::Restart),
        1 => any::<bool>().prop_map(Step::Fill),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_typed_character_is_lost(steps in prop::collection::vec(step(), 1..100)) {
        let mut world = World::new();
        for step in steps {
            world.play(step);
            prop_assert_eq!(world.lost(), "", "after {:?}", step);
        }
        world.calm_down();
        prop_assert_eq!(world.lost(), "", "at the end");
        for page in &world.pages {
            prop_assert_eq!(&page.typing.phase, &Phase::Quiet);
            prop_assert_eq!(&page.boxes, &world.server.copy);
        }
        prop_assert!(world.storage.is_empty(), "{:?}", world.storage);
    }
}

struct World {
    server: Server,
    pages: [Page; 2],
    /// What the browser keeps, by the name of the page.
    storage: Vec<(u32, Kept<Typed>)>,
    typed: Vec<char>,
    /// What a person saw and chose to let go of: feedback, which becomes no version.
    let_go: String,
    names: u32,
}

struct Page {
    name: u32,
    typing: Typing<Typed>,
    boxes: Typed,
    newest: Option<(u32, Prompt)>,
    requests: Vec<Request>,
    answers: Vec<Event<Typed>>,
    news: Vec<News>,
    timers: Vec<u64>,
}

#[derive(Clone, Debug)]
enum Request {
    Save { turn: u64, text: Box<Typed>, revision: u64 },
    Load(u64),
    Version(u64, PromptText),
}

#[derive(Clone, Debug)]
enum News {
    Saved { by: u32, revision: u64 },
    Version(u32, Prompt),
    Reset,
}

/// What `store` and `service` do with what pages ask for.
struct Server {
    copy: Typed,
    revision: u64,
    versions: Vec<Prompt>,
    is_full: bool,
}

impl Server {
    /// The answer, and what all pages hear of it.
    fn handle(&mut self, page: u32, request: Request) -> (Event<Typed>, Option<News>) {
        let full = || AppError::new(ErrorKind::Unavailable, "The disk is full.", "");
        match request {
            Request::Save { turn, .. } if self.is_full => (Event::Sent(turn, Err(full())), None),
            Request::Save { turn, revision, .. } if revision != self.revision => {
                (Event::Sent(turn, Ok(None)), None)
            }
            Request::Save { turn, text, .. } => {
                self.copy = *text;
                self.revision += 1;
                let news = News::Saved { by: page, revision: self.revision };
                (Event::Sent(turn, Ok(Some(self.revision))), Some(news))
            }
            Request::Load(turn) => {
                (Event::Loaded(turn, Ok((self.copy.clone(), self.revision))), None)
            }
            Request::Version(turn, _) if self.is_full => {
                (Event::VersionSaved(turn, Err(full())), None)
            }
            Request::Version(turn, text) => {
                let news = self.save_version(text.prompt);
                (Event::VersionSaved(turn, Ok(self.newest_number())), news)
            }
        }
    }

    /// Text equal to the newest version makes none.
    fn save_version(&mut self, prompt: Prompt) -> Option<News> {
        if self.versions.last() == Some(&prompt) {
            return None;
        }
        self.versions.push(prompt.clone());
        Some(News::Version(self.newest_number(), prompt))
    }

    fn newest_number(&self) -> u32 {
        u32::try_from(self.versions.len()).unwrap()
    }

    fn newest(&self) -> Option<(u32, Prompt)> {
        Some((self.newest_number(), self.versions.last()?.clone()))
    }
}

impl World {
    fn new() -> Self {
        let server =
            Server { copy: Typed::default(), revision: 0, versions: Vec::new(), is_full: false };
        let pages = [Page::new(1, &server), Page::new(2, &server)];
        Self {
            server,
            pages,
            storage: Vec::new(),
            typed: Vec::new(),
            let_go: String::new(),
            names: 2,
        }
    }

    fn play(&mut self, step: Step) {
        match step {
            Step::Type { page, is_prompt, is_heard } => self.type_one(page, is_prompt, is_heard),
            Step::Arrive { page, which, times } => {
                if let Some(request) = pick(&mut self.pages[page].requests, which) {
                    for _ in 0..times {
                        self.arrive(page, request.clone());
                    }
                }
            }
            Step::LoseRequest { page, which } => {
                let lost = pick(&mut self.pages[page].requests, which);
                self.pages[page].answers.extend(lost.map(Request::unanswered));
            }
            Step::Answer { page, which, again } => self.answer(page, which, again),
            Step::LoseAnswer { page, which } => {
                let lost = pick(&mut self.pages[page].answers, which);
                self.pages[page].answers.extend(lost.map(without_answer));
            }
            Step::Hear { page, which, again } => {
                if let Some(news) = pick(&mut self.pages[page].news, which) {
                    if again {
                        self.pages[page].news.push(news.clone());
                    }
                    self.hear(page, &news);
                }
            }
            Step::LoseEvents { page } => self.pages[page].news = vec![News::Reset],
            Step::Wake { page, which } => {
                if let Some(turn) = pick(&mut self.pages[page].timers, which) {
                    self.feed(page, Event::Woke(turn));
                }
            }
            Step::SaveVersion { page } => {
                let prompt = self.pages[page].boxes.text.prompt.clone();
                if !prompt.is_blank() && !self.server.is_full {
                    let news = self.server.save_version(prompt);
                    self.publish(news);
                }
            }
            Step::Choose { page, side } => self.choose(page, side),
            Step::Reload { page } => self.reload(page),
            Step::Restart => {
                for page in &mut self.pages {
                    page.news = vec![News::Reset];
                    page.answers.extend(page.requests.drain(..).map(Request::unanswered));
                }
            }
            Step::Fill(is_full) => self.server.is_full = is_full,
        }
    }

    fn type_one(&mut self, page: usize, is_prompt: bool, is_heard: bool) {
        let number = u32::try_from(self.typed.len()).unwrap();
        let typed = char::from_u32(0x4E00 + number).unwrap();
        self.typed.push(typed);
        let boxes = &mut self.pages[page].boxes;
        let text = if is_prompt { &mut boxes.text.prompt.text } else { &mut boxes.boxes.feedback };
        text.push(typed);
        if is_heard {
            self.tell_typed(page);
        }
    }

    fn arrive(&mut self, page: usize, request: Request) {
        let (answer, news) = self.server.handle(self.pages[page].name, request);
        self.pages[page].answers.push(answer);
        self.publish(news);
    }

    fn publish(&mut self, news: Option<News>) {
        for page in &mut self.pages {
            page.news.extend(news.clone());
        }
    }

    fn answer(&mut self, page: usize, which: usize, again: bool) {
        let Some(answer) = pick(&mut self.pages[page].answers, which) else { return };
        if again {
            self.pages[page].answers.push(answer.clone());
        }
        // A page takes up the version that it is told of before anything else.
        if let Event::VersionSaved(_, Ok(number)) = &answer {
            let prompt = self.server.versions[*number as usize - 1].clone();
            self.take_newest(page, *number, &prompt);
        }
        self.feed(page, answer);
    }

    fn hear(&mut self, page: usize, news: &News) {
        match news {
            News::Saved { by, .. } if *by == self.pages[page].name => {}
            News::Saved { revision, .. } => self.feed(page, Event::SavedElsewhere(*revision)),
            News::Version(number, prompt) => self.take_newest(page, *number, prompt),
            News::Reset => {
                if let Some((number, prompt)) = self.server.newest() {
                    self.take_newest(page, number, &prompt);
                }
                let (copy, revision) = (self.server.copy.clone(), self.server.revision);
                self.feed(page, Event::Reloaded(copy, revision));
                self.feed(page, Event::Connected);
            }
        }
    }

    /// An editor without typed changes follows the newest version.
    fn take_newest(&mut self, at: usize, number: u32, prompt: &Prompt) {
        self.tell_typed(at);
        let page = &mut self.pages[at];
        if page.newest.as_ref().is_some_and(|(known, _)| *known >= number) {
            return;
        }
        let has_typed_changes = match &page.newest {
            Some((_, newest)) => page.boxes.text.prompt != *newest,
            None => !page.boxes.text.prompt.is_blank(),
        };
        page.newest = Some((number, prompt.clone()));
        if page.boxes.text.prompt == *prompt {
            page.boxes.text.base = Some(number);
            self.tell_typed(at);
        } else if !has_typed_changes && !page.typing.is_deciding() {
            let seen = page.boxes.clone();
            let text = PromptText { prompt: prompt.clone(), base: Some(number) };
            let by = Typed { text, boxes: seen.boxes.clone() };
            self.feed(at, Event::Replaced { seen, by });
        }
    }

    fn choose(&mut self, page: usize, side: Side) {
        self.tell_typed(page);
        if let Some(question) = self.pages[page].typing.question() {
            let (chosen, loser) = question.choose(side);
            if loser.boxes.feedback != chosen.boxes.feedback {
                self.let_go.push_str(&loser.boxes.feedback);
            }
        }
        self.feed(page, Event::Chosen(side));
    }

    fn reload(&mut self, at: usize) {
        self.tell_typed(at);
        self.names += 1;
        self.pages[at] = Page::new(self.names, &self.server);
        let found: Vec<_> = self.storage.iter().map(|(name, _)| *name).collect();
        let kept = self.storage.iter().map(|(_, kept)| kept.clone()).collect();
        self.feed(at, Event::Found(kept));
        self.storage.retain(|(name, _)| !found.contains(name));
    }

    fn tell_typed(&mut self, page: usize) {
        let boxes = self.pages[page].boxes.clone();
        let effects = self.pages[page].typing.on(Event::Typed(boxes));
        self.carry_out(page, effects);
    }

    fn feed(&mut self, page: usize, event: Event<Typed>) {
        self.tell_typed(page);
        let effects = self.pages[page].typing.on(event);
        self.carry_out(page, effects);
    }

    fn carry_out(&mut self, at: usize, effects: Vec<Effect<Typed>>) {
        let page = &mut self.pages[at];
        for effect in effects {
            match effect {
                Effect::Keep(kept) => {
                    self.storage.retain(|(name, _)| *name != page.name);
                    self.storage.push((page.name, kept));
                }
                Effect::Forget => self.storage.retain(|(name, _)| *name != page.name),
                Effect::Show(text) => page.boxes = text,
                Effect::Send { turn, text, revision } => {
                    page.requests.push(Request::Save { turn, text: Box::new(text), revision });
                }
                Effect::Load(turn) => page.requests.push(Request::Load(turn)),
                Effect::SaveVersion(turn, text) => page.requests.push(Request::Version(turn, text)),
                Effect::Wait(turn, _) => page.timers.push(turn),
                Effect::Tell(_) => {}
            }
        }
    }

    /// The network and the server work, and every question is answered, until nothing is left to do.
    fn calm_down(&mut self) {
        self.server.is_full = false;
        for page in [0, 1] {
            self.tell_typed(page);
            self.play(Step::LoseEvents { page });
        }
        for _ in 0..200 {
            for page in [0, 1] {
                self.play(Step::Choose { page, side: Side::Here });
                self.play(Step::Wake { page, which: 0 });
                self.play(Step::Arrive { page, which: 0, times: 1 });
                self.play(Step::Answer { page, which: 0, again: false });
                self.play(Step::Hear { page, which: 0, again: false });
            }
        }
    }

    /// The typed characters that are nowhere any more.
    fn lost(&self) -> String {
        let mut places = vec![self.let_go.clone(), words(&self.server.copy)];
        places.extend(self.server.versions.iter().map(|version| version.text.clone()));
        for page in &self.pages {
            places.push(words(&page.boxes));
            if let Phase::Asking(other) | Phase::KeepingVersion { other, .. } = &page.typing.phase {
                places.push(words(&other.text));
            }
        }
        for (_, kept) in &self.storage {
            places.push(words(&kept.text));
            places.extend(kept.left_behind.iter().map(|it| words(&it.text)));
        }
        let is_lost = |it: &&char| !places.iter().any(|place| place.contains(**it));
        self.typed.iter().filter(is_lost).collect()
    }
}

impl Page {
    fn new(name: u32, server: &Server) -> Self {
        Self {
            name,
            typing: Typing::new(server.copy.clone(), server.revision),
            boxes: server.copy.clone(),
            newest: server.newest(),
            requests: Vec::new(),
            answers: Vec::new(),
            news: Vec::new(),
            timers: Vec::new(),
        }
    }
}

impl Request {
    /// What a page hears if there is no answer.
    fn unanswered(self) -> Event<Typed> {
        match self {
            Self::Save { turn, .. } => Event::Sent(turn, Err(AppError::offline())),
            Self::Load(turn) => Event::Loaded(turn, Err(AppError::offline())),
            Self::Version(turn, _) => Event::VersionSaved(turn, Err(AppError::offline())),
        }
    }
}

fn without_answer(answer: Event<Typed>) -> Event<Typed> {
    match answer {
        Event::Sent(turn, _) => Event::Sent(turn, Err(AppError::offline())),
        Event::Loaded(turn, _) => Event::Loaded(turn, Err(AppError::offline())),
        Event::VersionSaved(turn, _) => Event::VersionSaved(turn, Err(AppError::offline())),
        other => other,
    }
}

fn words(typed: &Typed) -> String {
    format!("{}{}", typed.text.prompt.text, typed.boxes.feedback)
}

fn pick<T>(from: &mut Vec<T>, which: usize) -> Option<T> {
    (!from.is_empty()).then(|| from.remove(which % from.len()))
}
