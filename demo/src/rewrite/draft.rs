//! A prompt while it is rewritten.

use align::direct::ReadRequest;

use super::count::with_count;
use super::demand::Demand;
use super::place;
use super::variant::Variant;
use crate::prompt::things;
use crate::text::{language, sentences};
use crate::wish::{Language, Things, Wish, find};

pub(super) struct Draft<'a> {
    request: &'a ReadRequest,
    system: String,
    text: String,
    /// Instructions that go to one place in the end, with what each is for.
    added: Vec<(Wish, String)>,
    /// The wishes that the prompt had.
    known: Vec<Wish>,
    new: Vec<Wish>,
    things: Things,
    /// The instructions we know are English; other prompts take people's own words.
    is_english: bool,
    variant: Variant,
}

impl<'a> Draft<'a> {
    pub(super) fn new(request: &'a ReadRequest) -> Self {
        let (system, text) = (&request.material.system_instructions, &request.material.text);
        let whole = format!("{system}\n{text}");
        Self {
            request,
            system: system.clone(),
            text: text.clone(),
            added: Vec::new(),
            known: find(&whole),
            new: Vec::new(),
            things: things(&whole),
            is_english: language(&whole) == Language::English,
            variant: Variant::of(&request.task),
        }
    }

    pub(super) fn things(&self) -> &Things {
        &self.things
    }

    /// The wishes that the prompt did not have.
    pub(super) fn new_wishes(&self) -> impl Iterator<Item = &Wish> {
        self.new.iter()
    }

    pub(super) fn is_unchanged(&self) -> bool {
        self.new.is_empty()
    }

    /// Meets a demand and names the words that do, one text for each wish.
    pub(super) fn follow(&mut self, demand: &Demand) -> Vec<String> {
        if (demand.is_guideline() || !self.is_english) && self.holds(&demand.words) {
            return vec![demand.words.clone()];
        }
        let mut words: Vec<String> = Vec::new();
        let has_parts = demand.has_parts();
        for wish in &demand.wishes {
            let met = if has_parts { None } else { self.words_for(wish) };
            let new = met.unwrap_or_else(|| self.apply(wish, demand));
            if !words.contains(&new) {
                words.push(new);
            }
        }
        if has_parts && !matches!(demand.wishes[..], [Wish::Other(_)]) {
            words.push(self.add(&Wish::Other(demand.words.clone()), &demand.words));
            words.dedup();
        }
        words
    }

    /// Whether the prompt has these words, whatever they begin with.
    fn holds(&self, words: &str) -> bool {
        let mut letters = words.chars();
        let first = letters.next().map(|it| it.to_lowercase().to_string()).unwrap_or_default();
        let within = format!("{first}{}", letters.as_str());
        let has = |text: &str| text.contains(words) || text.contains(&within);
        has(&self.text) || has(&self.system)
    }

    /// The words that meet a wish already: of the prompt, or of an instruction that was added.
    fn words_for(&self, wish: &Wish) -> Option<String> {
        if let Some((_, words)) = self.added.iter().find(|(known, _)| known == wish) {
            return Some(words.clone());
        }
        if let (Wish::Count(count), Things::Named(items, item)) = (wish, &self.things)
            && let Some((text, words)) = with_count(&self.text, *count, (items, item))
            && text == self.text
        {
            return Some(words);
        }
        let material = &self.request.material;
        let texts = [&material.text, &material.system_instructions];
        let mut sentences = texts.into_iter().flat_map(|text| sentences(text));
        let found = sentences.find(|sentence| find(sentence).contains(wish));
        found.filter(|_| self.known.contains(wish)).map(str::to_owned)
    }

    /// Changes the words that the wish is about, or adds an instruction.
    fn apply(&mut self, wish: &Wish, demand: &Demand) -> String {
        if let (Wish::Count(count), Things::Named(items, item)) = (wish, &self.things)
            && let Some((text, words)) = with_count(&self.text, *count, (items, item))
        {
            self.new.push(wish.clone());
            self.text = text;
            return words;
        }
        let instruction = self.instruction(wish, demand);
        // A guideline that asks for two things stands there once.
        if demand.is_guideline() && self.holds(&instruction) {
            return instruction;
        }
        self.new.push(wish.clone());
        for older in self.known.iter().filter(|older| wish.replaces(older)) {
            let old = older.instruction(&self.things);
            for text in [&mut self.text, &mut self.system] {
                if text.contains(&old) {
                    *text = text.replacen(&old, &instruction, 1);
                    return instruction;
                }
            }
        }
        self.add(wish, &instruction)
    }

    /// Adds an instruction, worded as this draft words them, once.
    fn add(&mut self, wish: &Wish, instruction: &str) -> String {
        let instruction = self.variant.worded(instruction);
        let is_there = self.added.iter().any(|(_, known)| *known == instruction);
        if !is_there && !self.holds(&instruction) {
            self.added.push((wish.clone(), instruction.clone()));
        }
        instruction
    }

    fn instruction(&self, wish: &Wish, demand: &Demand) -> String {
        let is_unknown = matches!(wish, Wish::Other(_));
        match (self.is_english, demand.is_guideline()) {
            (true, true) if is_unknown => format!("{}{}", Wish::OTHER, demand.words),
            (true, false) => wish.instruction(&self.things),
            _ => demand.words.clone(),
        }
    }

    /// System instructions and text with all that was added.
    pub(super) fn finish(self) -> (String, String) {
        let Self { system, text, added, variant, .. } = self;
        let mut instructions: Vec<String> = Vec::new();
        for (_, instruction) in added {
            if !instructions.contains(&instruction) {
                instructions.push(instruction);
            }
        }
        if instructions.is_empty() {
            return (system, text);
        }
        let added = variant.joined(instructions);
        let is_input_alone = text.trim().starts_with('{') && text.split_whitespace().count() == 1;
        if is_input_alone && !system.trim().is_empty() {
            (place::insert(&system, &added), text)
        } else {
            let text = place::insert(&text, &added);
            (system, text)
        }
    }
}
