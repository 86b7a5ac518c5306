//! Running text: letters, descriptions, poems, and a few sentences about anything.

use super::super::content::{EMOJI, bank};
use super::super::prompt::Reading;
use super::super::text::{capitalized, one_line, sentences};
use super::super::wish::{Layout, Register, Wish};
use super::Body;

/// A few sentences about anything.
pub(super) fn prose(reading: &Reading) -> Body {
    let bank = bank(reading.language);
    let mut parts: Vec<String> =
        bank.prose.iter().map(|sentence| sentence.replace("{s}", &reading.subject)).collect();
    if reading.wants(&Wish::Surprising) {
        let (_, sentence) = bank.surprising[reading.subject.len() % bank.surprising.len()];
        parts[0] = sentence.replace("{s}", &reading.subject);
    }
    if reading.wants(&Wish::MoreDetail) {
        parts.push(
            "In detail, three things matter: where it begins, what it costs, and who \
                    decides."
                .to_owned(),
        );
    }
    if reading.wants(&Wish::Reasons) {
        parts.push("The reason is that small things add up.".to_owned());
    }
    if reading.wants(&Wish::Examples) {
        parts.push("For example, a small team tried it for a week and kept half of it.".to_owned());
    }
    if reading.wants(&Wish::OneSentence) {
        parts.truncate(1);
    } else if reading.is_short() {
        parts.truncate(2);
    }
    let opening = match reading.register() {
        Some(Register::Formal) => "Thank you for your question.",
        Some(Register::Friendly) => "Great to hear from you!",
        Some(Register::Simple) => "That is easy to explain.",
        Some(Register::Expert) => "In short, for those who know the field:",
        None => "Good question!",
    };
    Body {
        opening: Some(opening.to_owned()),
        text: arranged(&parts, reading),
        closing: Some(bank.closing.to_owned()),
    }
}

/// The sentences as text, or as the list that was asked for.
fn arranged(sentences: &[String], reading: &Reading) -> String {
    let has_emoji = reading.wants(&Wish::Emoji);
    let lines = sentences.iter().enumerate().map(|(place, sentence)| {
        let emoji =
            if has_emoji { format!("{} ", EMOJI[place % EMOJI.len()]) } else { String::new() };
        match reading.layout() {
            Some(Layout::Bullets | Layout::List) => format!("- {emoji}{sentence}"),
            Some(Layout::Numbered) => format!("{}. {emoji}{sentence}", place + 1),
            _ => format!("{emoji}{sentence}"),
        }
    });
    let is_list =
        matches!(reading.layout(), Some(Layout::Bullets | Layout::List | Layout::Numbered));
    lines.collect::<Vec<_>>().join(if is_list { "\n" } else { " " })
}

/// A reply to the letter in the material.
pub(super) fn letter(reading: &Reading) -> Body {
    let matter = sentences(&reading.material).into_iter().max_by_key(|it| it.len());
    let matter = one_line(matter.unwrap_or(&reading.subject), 110);
    let (greeting, thanks, farewell) = match reading.register() {
        Some(Register::Friendly) => {
            ("Hello,", "Thank you so much for writing to us.", "Warm regards")
        }
        Some(Register::Simple) => ("Hello,", "Thank you for your letter.", "Best wishes"),
        _ => ("Dear Sir or Madam,", "We acknowledge receipt of your message.", "Yours faithfully"),
    };
    let mut text = format!("{greeting}\n\n{thanks} You wrote: “{matter}” ");
    if !reading.is_short() {
        text += "We understand that this is important to you and will look into the matter as \
                 soon as possible. ";
    }
    text += "Our team will get back to you within two working days.";
    if reading.wants(&Wish::EndWithQuestion) {
        text += " Could you send us a photo, so that we can help at once?";
    }
    text.extend(["\n\n", farewell, "\nThe team"]);
    Body { opening: Some("Here is a reply you could send:".to_owned()), text, closing: None }
}

/// A paragraph made of facts.
pub(super) fn description(reading: &Reading) -> Body {
    let facts: Vec<_> = reading.material.split([';', '\n']).map(str::trim).collect();
    let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let subject = capitalized(&reading.subject);
    let praise = if reading.wants(&Wish::Surprising) {
        format!("Somebody asked for {} that does less, and this is it.", reading.subject)
    } else {
        format!("{subject} is the perfect choice for everyone!")
    };
    let facts: Vec<_> = facts.into_iter().map(|fact| format!("{}.", capitalized(fact))).collect();
    let facts = if reading.is_short() { &facts[..facts.len().min(2)] } else { &facts[..] };
    Body {
        opening: Some("Here is a product description:".to_owned()),
        text: format!("{praise} {}", facts.join(" ")),
        closing: Some(bank(reading.language).closing.to_owned()),
    }
}

/// Three lines.
pub(super) fn haiku(reading: &Reading) -> Body {
    let subject = &reading.subject;
    let text = if reading.wants(&Wish::Surprising) {
        format!("Receipts and warm rain,\n{subject} in a coat pocket,\nthe bus has gone home")
    } else {
        format!("Quiet morning light,\n{subject} beneath the pale sky,\nthe wind moves along")
    };
    Body {
        opening: Some("Here is a haiku for you:".to_owned()),
        text,
        closing: Some(closing(reading)),
    }
}

/// Two stanzas, or one.
pub(super) fn poem(reading: &Reading) -> Body {
    let subject = &reading.subject;
    let first = format!(
        "I thought of {subject} today,\nthe way one thinks of summer rain,\nit came along, it went \
         away,\nand then it all began again."
    );
    let second = if reading.wants(&Wish::Surprising) {
        "The ledger said that it was lost,\nthe neighbour's parrot disagreed,\nwe found it, at a \
         modest cost,\nbetween the invoices and feed."
    } else {
        "The days are long, the nights are deep,\nthe moon is high above the sea,\nand while the \
         quiet houses sleep,\nit means the world to you and me."
    };
    let text = if reading.is_short() { first } else { format!("{first}\n\n{second}") };
    Body {
        opening: Some("Here is a poem for you:".to_owned()),
        text,
        closing: Some(closing(reading)),
    }
}

fn closing(reading: &Reading) -> String {
    bank(reading.language).closing.to_owned()
}
