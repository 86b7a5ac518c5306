//! Answers to alignment requests: the same prompt with the feedback as one more line. Knows the tags
//! of such a request and nothing else of the product.

/// The reply to an alignment request; `None` if the message is something else.
pub(crate) fn reply(message: &str) -> Option<String> {
    let (name, rest) = message.strip_prefix('<')?.split_once('-')?;
    let mark = rest.split_once('>')?.0;
    if !name.starts_with("current_") || !mark.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let (prompt, _) = part(message, "current_prompt", mark)?;
    let instruction = instruction(message, mark);
    let revised = if prompt.contains(&instruction) {
        prompt.to_owned()
    } else {
        format!("{prompt}\n\n{instruction}")
    };
    Some(format!(
        "<rationale-{mark}>\nI added the feedback as an instruction.\n</rationale-{mark}>\n\
         <revised_prompt-{mark}>\n{revised}\n</revised_prompt-{mark}>\n"
    ))
}

/// One line made from all feedback.
fn instruction(message: &str, mark: &str) -> String {
    let mut words = Vec::new();
    let mut rest = message;
    while let Some((feedback, after)) = part(rest, "feedback", mark) {
        // Quoted passages come first, each between tags of its own.
        let spoken = feedback.rsplit_once(&format!("-{mark}>")).map_or(feedback, |(_, it)| it);
        words.extend(spoken.split_whitespace());
        rest = after;
    }
    format!("Important: {}", words.join(" "))
}

/// The content of a part, whose tag may have attributes, and what follows it.
fn part<'a>(text: &'a str, name: &str, mark: &str) -> Option<(&'a str, &'a str)> {
    let (_, after) = text.split_once(&format!("<{name}-{mark}"))?;
    let (_, after) = after.split_once(">\n")?;
    after.split_once(&format!("\n</{name}-{mark}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feedback_becomes_a_line_of_the_prompt() {
        let message = "<current_prompt-abababababababab>\nName {count} uses.\n\
            </current_prompt-abababababababab>\n\n<feedback-abababababababab id=\"F1\">\n\
            <quote-abababababababab>\nfirst\n</quote-abababababababab>\nMore\nsurprising!\n\
            </feedback-abababababababab>\n";
        let reply = reply(message).unwrap();
        assert!(reply.contains("\nName {count} uses.\n\nImportant: More surprising!\n</revised"));
    }

    #[test]
    fn other_messages_are_no_requests() {
        assert_eq!(reply("<b>-x> hello"), None);
        assert_eq!(reply("Hello"), None);
    }
}
