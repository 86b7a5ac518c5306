//! The parts of a request, each between tags that end in its mark.

/// A message whose parts stand between tags.
pub(crate) struct AlignmentRequest<'a> {
    pub(crate) message: &'a str,
    pub(crate) mark: &'a str,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Rewrite,
    /// With the name of the part that holds the evidence.
    Distil(&'static str),
    Suggest {
        is_kudos: bool,
    },
}

/// Parts that only a request to distil has.
const EVIDENCE: [&str; 3] = ["critique", "kudos", "corrected_output"];

impl<'a> AlignmentRequest<'a> {
    /// Reads a message that begins with the prompt; `None` if it is something else.
    pub(crate) fn read(message: &'a str) -> Option<Self> {
        let (name, rest) = message.strip_prefix('<')?.split_once('-')?;
        let mark = rest.split_once('>')?.0;
        let is_mark = mark.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (name.starts_with("current_") && is_mark).then_some(Self { message, mark })
    }

    pub(crate) fn task(&self) -> Task {
        if let Some(kind) = EVIDENCE.into_iter().find(|name| self.part(name).is_some()) {
            return Task::Distil(kind);
        }
        match self.part("said_already") {
            Some(_) => Task::Suggest { is_kudos: self.behind_parts().contains("does well") },
            None => Task::Rewrite,
        }
    }

    /// The content of a part, whose tag may have attributes.
    pub(crate) fn part(&self, name: &str) -> Option<&'a str> {
        part(self.message, name, self.mark).map(|(content, _)| content)
    }

    /// The contents of all parts of that name.
    pub(crate) fn parts(&self, name: &str) -> Vec<&'a str> {
        let mut parts = Vec::new();
        let mut rest = self.message;
        while let Some((content, after)) = part(rest, name, self.mark) {
            parts.push(content);
            rest = after;
        }
        parts
    }

    /// The guidelines with their labels.
    pub(crate) fn guidelines(&self) -> Vec<(&'a str, &'a str)> {
        let list = self.part("guidelines").unwrap_or_default();
        list.lines().filter_map(|line| line.split_once(": ")).collect()
    }

    /// What is asked, behind the last part.
    pub(crate) fn behind_parts(&self) -> &'a str {
        let end = self.message.rfind(self.mark).map_or(0, |start| start + self.mark.len());
        &self.message[end..]
    }

    /// What is said in a piece of feedback, on one line: quoted passages come first, each between tags
    /// of its own.
    pub(crate) fn spoken(&self, feedback: &str) -> String {
        let end = feedback.rfind(&format!("-{}>", self.mark));
        let spoken = end.map_or(feedback, |end| &feedback[end + self.mark.len() + 2..]);
        spoken.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A part of a reply.
    pub(crate) fn reply_part(&self, name: &str, content: &str) -> String {
        let mark = self.mark;
        format!("<{name}-{mark}>\n{content}\n</{name}-{mark}>\n")
    }
}

/// The content of a part and what follows it.
fn part<'a>(text: &'a str, name: &str, mark: &str) -> Option<(&'a str, &'a str)> {
    let (_, after) = text.split_once(&format!("<{name}-{mark}"))?;
    let (_, after) = after.split_once(">\n")?;
    after.split_once(&format!("\n</{name}-{mark}>"))
}
