//! What the feedback asks for, as far as words tell.

use std::collections::HashSet;

use crate::feedback::Feedback;
use crate::words::lower_words;

/// Words for variables, in the languages that people write feedback in most.
const VARIABLE: [&str; 10] = [
    "variable",
    "placeholder",
    "parameter",
    "platzhalter",
    "marcador",
    "espacio",
    "变量",
    "占位符",
    "変数",
    "переменн",
];

/// Stems of words that ask for something to go.
const DROP: [&str; 34] = [
    "remov",
    "drop",
    "delet",
    "renam",
    "replac",
    "without",
    "get rid",
    "take out",
    "instead of",
    "no longer",
    "eliminat",
    "omit",
    "hard-code",
    "hardcode",
    "inline",
    "merge",
    "entfern",
    "lösch",
    "ersetz",
    "umbenenn",
    "streich",
    "supprim",
    "enlev",
    "remplac",
    "elimina",
    "quita",
    "reemplaz",
    "rimuov",
    "удал",
    "убер",
    "删除",
    "去掉",
    "替换",
    "削除",
];

/// Stems of words that ask for something to stay.
const KEEP: [&str; 9] =
    ["keep", "retain", "preserve", "don't", "do not", "behalt", "garde", "mant", "保留"];

/// Feedback, prepared for the rules that give way to it.
pub(super) struct Asked {
    /// What people wrote, in lower case, without the passages they quote.
    text: String,
    words: HashSet<String>,
}

impl Asked {
    pub(super) fn new(feedback: &[Feedback]) -> Self {
        let text: Vec<_> = feedback.iter().map(|piece| piece.text.to_lowercase()).collect();
        let text = text.join("\n").replace('’', "'");
        Self { words: lower_words(&text).into_iter().collect(), text }
    }

    /// Whether one of these words or stems appears.
    pub(super) fn is_about(&self, stems: &[&str]) -> bool {
        stems.iter().any(|stem| self.text.contains(stem))
    }

    /// Whether this word appears, in any case.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.words.contains(&word.to_lowercase())
    }

    /// Whether it asks for a variable to go.
    pub(super) fn drops(&self, name: &str) -> bool {
        self.names_variable(name) && self.is_about(&DROP) && !self.keeps(name)
    }

    /// Whether it asks for a variable to be there.
    pub(super) fn adds(&self, name: &str) -> bool {
        self.text.contains(&braced(name)) || (self.is_about(&VARIABLE) && self.is_open_for(name))
    }

    /// `{name}`, or `name` in a text that is about variables.
    fn names_variable(&self, name: &str) -> bool {
        self.text.contains(&braced(name)) || (self.has_word(name) && self.is_about(&VARIABLE))
    }

    /// Whether a clause that names a variable wants it kept.
    fn keeps(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        let sentences = self.text.split(['.', ',', ';', '!', '\n']);
        let mut clauses = sentences.flat_map(|sentence| sentence.split(" and "));
        clauses
            .any(|clause| clause.contains(&name) && KEEP.iter().any(|keep| clause.contains(keep)))
    }

    /// "Add a variable for the tone" may be met by `{tone}` and by `{style}` alike.
    fn is_open_for(&self, name: &str) -> bool {
        const ADD: [&str; 16] = [
            "add",
            "new",
            "introduce",
            "turn",
            "make",
            "use a",
            "create",
            "rename",
            "replace",
            "insert",
            "neue",
            "hinzu",
            "ajout",
            "añad",
            "加",
            "追加",
        ];
        self.has_word(name) || self.is_about(&ADD)
    }
}

fn braced(name: &str) -> String {
    format!("{{{}}}", name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Asked {
        Asked::new(&[Feedback::whole(text)])
    }

    #[test]
    fn wishes_about_variables_are_understood() {
        assert!(asked("Remove the variable Tone.").drops("tone"));
        assert!(asked("Please rename {item} to {object}").drops("item"));
        assert!(!asked("Keep {item} and remove the jokes").drops("item"));
        assert!(!asked("Don't remove {item}").drops("item"));
        assert!(!asked("The tone is wrong, remove the jokes").drops("tone"));
        assert!(asked("Rename {item} to {object}").adds("object"));
        assert!(asked("Add a variable for how formal it is").adds("formality"));
        assert!(!asked("Make it more formal").adds("formality"));
    }
}
