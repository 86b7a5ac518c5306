//! Patterns of `LIKE … ESCAPE '!'`.

/// The pattern of what contains a text, with `!` before what is special in patterns.
pub(crate) fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
