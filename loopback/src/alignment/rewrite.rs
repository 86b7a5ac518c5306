//! Rewrites: the same prompt with the feedback as one more line, and each guideline as one more.

use super::parts::AlignmentRequest;

pub(super) fn reply(request: &AlignmentRequest<'_>) -> Option<String> {
    let prompt = request.part("current_prompt")?;
    let mut revised = prompt.to_owned();
    let mut followed = Vec::new();
    let feedback = request.parts("feedback");
    if !feedback.is_empty() {
        let line = format!("{} {}", lead(request), spoken(request, &feedback));
        followed.extend((1..=feedback.len()).map(|number| format!("F{number}: {line}")));
        add(&mut revised, &line);
    }
    for (label, guideline) in request.guidelines() {
        followed.push(format!("{label}: {guideline}"));
        add(&mut revised, guideline);
    }
    let rationale = match (feedback.is_empty(), request.guidelines().is_empty()) {
        (_, true) => "I added the feedback as an instruction.",
        (true, false) => "I added the guidelines as instructions.",
        (false, false) => "I added the feedback and the guidelines as instructions.",
    };
    Some(
        request.reply_part("rationale", rationale)
            + &request.reply_part("revised_prompt", &revised)
            + &request.reply_part("followed", &followed.join("\n")),
    )
}

/// Adds a line unless it is there.
fn add(prompt: &mut String, line: &str) {
    if !prompt.contains(line) {
        prompt.extend(["\n\n", line]);
    }
}

fn spoken(request: &AlignmentRequest<'_>, feedback: &[&str]) -> String {
    feedback.iter().map(|piece| request.spoken(piece)).collect::<Vec<_>>().join(" ")
}

/// Drafts of one request differ: "Draft 2 of 3" stands behind the parts.
fn lead(request: &AlignmentRequest<'_>) -> &'static str {
    let task = request.behind_parts();
    if task.contains("Draft 2 of ") {
        "Please note:"
    } else if task.contains("Draft 3 of ") {
        "In every answer:"
    } else {
        "Important:"
    }
}

#[cfg(test)]
mod tests {
    use super::super::reply;

    #[test]
    fn the_feedback_becomes_a_line_of_the_prompt() {
        let message = "<current_prompt-abababababababab>\nName {count} uses.\n\
            </current_prompt-abababababababab>\n\n<feedback-abababababababab id=\"F1\">\n\
            <quote-abababababababab>\nfirst\n</quote-abababababababab>\nMore\nsurprising!\n\
            </feedback-abababababababab>\n";
        let first = reply(message).unwrap();
        assert!(first.contains("\nName {count} uses.\n\nImportant: More surprising!\n</revised"));
        assert!(first.contains("\nF1: Important: More surprising!\n</followed"));
        let second = reply(&format!("{message}\nDraft 2 of 3: differ.\n")).unwrap();
        assert!(second.contains("\n\nPlease note: More surprising!\n"));
    }

    #[test]
    fn guidelines_become_lines_of_the_prompt_once() {
        let message = "<current_prompt-abab>\nName uses. Be kind.\n</current_prompt-abab>\n\n\
            <guidelines-abab>\nG1: Be kind.\nG2: Be brief: yes.\n</guidelines-abab>\n\nRewrite it.\n";
        let reply = reply(message).unwrap();
        assert!(reply.contains("\nName uses. Be kind.\n\nBe brief: yes.\n</revised_prompt-abab>"));
        assert!(reply.contains("\nG1: Be kind.\nG2: Be brief: yes.\n</followed-abab>"));
    }

    #[test]
    fn other_messages_are_no_requests() {
        assert_eq!(reply("<b>-x> hello"), None);
        assert_eq!(reply("Hello"), None);
    }
}
