//! Distillations: what was said is the guideline. "Instead" edits the first one, "no longer" removes it.

use super::parts::AlignmentRequest;

pub(super) fn reply(request: &AlignmentRequest<'_>, kind: &str) -> Option<String> {
    let said = match kind {
        // What another output holds is no guideline.
        "corrected_output" => "Write it as the corrected output shows.".to_owned(),
        _ => request.spoken(request.part(kind)?),
    };
    let guidelines = request.guidelines();
    let first = guidelines.first().map(|(label, _)| *label);
    let has = |word: &str| said.to_lowercase().contains(word);
    let known = guidelines.iter().find(|(_, guideline)| *guideline == said);
    let (decision, target, reason) = match (known, first) {
        (Some((label, _)), _) => ("none", None, format!("{label} says it already.")),
        (None, Some(first)) if has("no longer") => {
            ("remove", Some(first), "You no longer want it.".to_owned())
        }
        (None, Some(first)) if has("instead") => {
            ("edit", Some(first), "You want it differently.".to_owned())
        }
        _ => ("add", None, "Nothing says it yet.".to_owned()),
    };
    let mut reply = request.reply_part("reason", &reason);
    reply += &request.reply_part("decision", decision);
    reply.extend(target.map(|label| request.reply_part("target", label)));
    if matches!(decision, "add" | "edit") {
        reply += &request.reply_part("guideline", &said);
    }
    Some(reply)
}

#[cfg(test)]
mod tests {
    use super::super::reply;

    fn check(kind: &str, said: &str, expected: &str) {
        let message = format!(
            "<current_prompt-abab>\nName uses.\n</current_prompt-abab>\n\n<guidelines-abab>\nG1: Be \
             brief.\n</guidelines-abab>\n\n<{kind}-abab>\n{said}\n</{kind}-abab>\n\nDecide.\n"
        );
        let reply = reply(&message).unwrap().replace("-abab", "").replace('\n', "");
        assert_eq!(reply.split_once("</reason>").unwrap().1, expected);
    }

    #[test]
    fn what_was_said_decides() {
        check("critique", "Be kind.", "<decision>add</decision><guideline>Be kind.</guideline>");
        check("kudos", "Be brief.", "<decision>none</decision>");
        check(
            "critique",
            "It need no longer be.",
            "<decision>remove</decision><target>G1</target>",
        );
        check(
            "critique",
            "Be long instead.",
            "<decision>edit</decision><target>G1</target><guideline>Be long instead.</guideline>",
        );
        check(
            "corrected_output",
            "Cut paper.",
            "<decision>add</decision><guideline>Write it as the corrected output shows.</guideline>",
        );
    }
}
