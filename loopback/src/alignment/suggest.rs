//! Suggestions: three statements that fit any output, and none that was said already.

use super::parts::AlignmentRequest;

const CRITIQUES: [&str; 6] = [
    "It is longer than it needs to be.",
    "It names no example.",
    "It uses words that a newcomer does not know.",
    "It does not say where to begin.",
    "It is all of the same kind.",
    "It ends without a next step.",
];

const KUDOS: [&str; 6] = [
    "It comes to the point at once.",
    "It is easy to skim.",
    "The tone is friendly without being chatty.",
    "Each part says something of its own.",
    "It keeps to what was asked.",
    "The order makes sense.",
];

pub(super) fn reply(request: &AlignmentRequest<'_>, is_kudos: bool) -> String {
    let said = request.part("said_already").unwrap_or_default();
    let all = if is_kudos { KUDOS } else { CRITIQUES };
    let new = all.into_iter().filter(|text| !said.contains(text)).take(3);
    new.map(|text| request.reply_part("suggestion", text)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::reply;

    #[test]
    fn three_new_statements_of_the_tone() {
        let message = "<current_prompt-abab>\nName uses.\n</current_prompt-abab>\n\n\
            <said_already-abab>\nIt is easy to skim.\n</said_already-abab>\n\nWrite three \
            statements: what the output does well and should go on doing.\n";
        let reply = reply(message).unwrap();
        assert_eq!(reply.matches("<suggestion-abab>").count(), 3);
        assert!(!reply.contains("easy to skim") && reply.contains("The tone is friendly"));
        assert!(
            super::super::reply(&message.replace("does well", "lacks")).unwrap().contains("longer")
        );
    }
}
