//! Where an instruction goes.

/// Inserts `instruction` before the input at the end of a prompt, or at its end.
pub(super) fn insert(text: &str, instruction: &str) -> String {
    let body = text.trim_end();
    let tail = &text[body.len()..];
    match input_start(body) {
        Some(start) => {
            let (before, input) = body.split_at(start);
            format!("{}\n\n{input}{tail}", appended(before.trim_end(), instruction))
        }
        None => format!("{}{tail}", appended(body, instruction)),
    }
}

/// The text with one more instruction: in the last paragraph if that is prose, else in a new one.
fn appended(text: &str, instruction: &str) -> String {
    let paragraphs = text.rsplit_once("\n\n");
    let is_prose = paragraphs.is_some_and(|(_, last)| {
        last.lines().count() == 1 && !last.contains(['{', ':']) && last.ends_with(['.', '!', '?'])
    });
    let gap = if is_prose { " " } else { "\n\n" };
    if text.is_empty() { instruction.to_owned() } else { format!("{text}{gap}{instruction}") }
}

/// Where the input begins, if the prompt ends with a variable on a line of its own: at the label
/// before it, if there is one.
fn input_start(text: &str) -> Option<usize> {
    let last = text.rfind('\n').map(|end| end + 1)?;
    let line = text[last..].trim();
    let is_input = line.starts_with('{') && line.ends_with('}') && !line.contains([' ', '"', ':']);
    if !is_input {
        return None;
    }
    let before = text[..last].trim_end();
    let label = before.rfind('\n').map_or(0, |end| end + 1);
    let is_label = before.ends_with(':') && label > 0;
    Some(if is_label { label } else { last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_go_where_a_reader_looks() {
        let check = |text: &str, expected: &str| assert_eq!(insert(text, "Be new."), expected);
        check("Name uses of: {item}", "Name uses of: {item}\n\nBe new.");
        check("Do it.\n\nE-mail:\n{email}", "Do it.\n\nBe new.\n\nE-mail:\n{email}");
        check("Do it.\n\n{email}\n", "Do it.\n\nBe new.\n\n{email}\n");
        check("Name: {x}\n\nBe old.", "Name: {x}\n\nBe old. Be new.");
        check("Use {a}\n{\"k\": 1}", "Use {a}\n{\"k\": 1}\n\nBe new.");
        check("", "Be new.");
    }
}
