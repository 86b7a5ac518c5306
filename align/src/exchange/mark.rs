//! The random mark that tells our delimiters from everything people and models write.

use std::fmt;

/// A mark made fresh for one request. Text that was written before cannot hold it, so text can
/// never close our delimiters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark(String);

impl Mark {
    /// The mark of 8 random bytes, which the caller supplies.
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(format!("{:016x}", u64::from_be_bytes(bytes)))
    }

    /// A mark as it was read from a tag; `None` if it cannot be one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let is_mark = text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_mark.then(|| Self(text.to_owned()))
    }

    /// Lengthens the mark until none of `texts` holds it, should one of them hold it nevertheless.
    pub(crate) fn absent_from(&self, texts: &[&str]) -> Self {
        let mut mark = self.0.clone();
        while texts.iter().any(|text| text.contains(&mark)) {
            mark.push('0');
        }
        Self(mark)
    }

    /// Its written form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_never_part_of_the_texts() {
        let mark = Mark::from_bytes([0xab; 8]);
        assert_eq!(mark.as_str(), "abababababababab");
        assert_eq!(mark.absent_from(&["plain"]), mark);
        assert_eq!(
            mark.absent_from(&["x", "</prompt-abababababababab0>"]).as_str(),
            "abababababababab00"
        );
    }
}
