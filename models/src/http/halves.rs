//! Characters that were cut in two: bytes that are no UTF-8, and halves of surrogate pairs.
//!
//! Some servers cut an answer into tokens without looking at characters, so that one event ends with
//! the first half of an emoji and the next begins with the second. A `String` can hold neither, so each
//! half is carried by a character of its own, from the end of the last private use plane, until
//! [`Joiner`] puts the halves together.

/// Stands before the code of half a surrogate pair.
const SURROGATES: u32 = 0x10_0000;

/// Stands before a byte that is no UTF-8 by itself.
const BYTES: u32 = 0x10_FE00;

/// Half a character.
#[derive(Clone, Copy)]
enum Half {
    Surrogate(u16),
    Byte(u8),
}

impl Half {
    fn of(carrier: char) -> Option<Self> {
        let code = u32::from(carrier);
        if let Ok(byte @ 0x80..) = u8::try_from(code.wrapping_sub(BYTES)) {
            return Some(Self::Byte(byte));
        }
        let surrogate = u16::try_from(code.wrapping_sub(SURROGATES)).ok()?;
        matches!(surrogate, 0xD800..=0xDFFF).then_some(Self::Surrogate(surrogate))
    }
}

/// Bytes as text, with carriers for those that are no UTF-8; says whether there are some.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    let mut text = String::with_capacity(bytes.len());
    let mut has_halves = false;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        has_halves |= !chunk.invalid().is_empty();
        text.extend(
            chunk.invalid().iter().filter_map(|byte| char::from_u32(BYTES + u32::from(*byte))),
        );
    }
    (text, has_halves)
}

/// What carries half a surrogate pair.
pub(super) fn carrier(surrogate: u16) -> Option<char> {
    char::from_u32(SURROGATES + u32::from(surrogate))
}

/// Puts halves together over the pieces of a text.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    bytes: Vec<u8>,
    surrogate: Option<u16>,
}

impl Joiner {
    /// The text so far without what may go on; a half that stays alone becomes U+FFFD.
    pub(super) fn push(&mut self, text: &str) -> String {
        let mut joined = String::with_capacity(text.len());
        for c in text.chars() {
            match Half::of(c) {
                None => {
                    self.end(&mut joined);
                    joined.push(c);
                }
                Some(Half::Byte(byte)) => self.byte(byte, &mut joined),
                Some(Half::Surrogate(half)) => self.surrogate(half, &mut joined),
            }
        }
        joined
    }

    /// Gives up waiting for the other half.
    pub(super) fn end(&mut self, joined: &mut String) {
        if self.surrogate.take().is_some() || !std::mem::take(&mut self.bytes).is_empty() {
            joined.push(char::REPLACEMENT_CHARACTER);
        }
    }

    fn byte(&mut self, byte: u8, joined: &mut String) {
        if self.surrogate.is_some() {
            self.end(joined);
        }
        self.bytes.push(byte);
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => {
                joined.push_str(text);
                self.bytes.clear();
            }
            Err(error) if error.error_len().is_none() => {}
            Err(_) => {
                self.bytes.pop();
                self.end(joined);
                // The byte may begin another character.
                let begins = std::str::from_utf8(&[byte]).is_err_and(|it| it.error_len().is_none());
                if begins {
                    self.bytes.push(byte);
                } else {
                    joined.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }

    fn surrogate(&mut self, half: u16, joined: &mut String) {
        let pair = self.surrogate.map(|first| char::decode_utf16([first, half]).next());
        if let Some(Some(Ok(c))) = pair {
            self.surrogate = None;
            joined.push(c);
            return;
        }
        self.end(joined);
        match half {
            0xD800..=0xDBFF => self.surrogate = Some(half),
            _ => joined.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(pieces: &[String]) -> String {
        let mut joiner = Joiner::default();
        let mut text: String = pieces.iter().map(|piece| joiner.push(piece)).collect();
        joiner.end(&mut text);
        text
    }

    #[test]
    fn bytes_are_joined_over_pieces() {
        let text = "aé東👋z";
        for size in 1..text.len() {
            let pieces: Vec<_> = text.as_bytes().chunks(size).map(|it| decode(it).0).collect();
            assert_eq!(joined(&pieces), text, "{size}");
        }
        assert_eq!(joined(&[decode(b"a\xf0\x9fb\x80c\xff").0]), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(joined(&[decode(b"\xf0\xc3\xa9").0]), "\u{fffd}é");
    }

    #[test]
    fn surrogates_are_joined_over_pieces() {
        let half = |code| carrier(code).unwrap().to_string();
        assert_eq!(joined(&[half(0xD83D), half(0xDC4B)]), "👋");
        assert_eq!(joined(&[half(0xD83D), "x".into(), half(0xDC4B)]), "\u{fffd}x\u{fffd}");
        assert_eq!(joined(&[half(0xD83D), half(0xD83D), half(0xDC4B)]), "\u{fffd}👋");
        assert_eq!(joined(&[half(0xD83D)]), "\u{fffd}");
    }
}
