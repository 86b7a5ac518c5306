//! Lists: titles with a sentence or two each.

use super::super::content::{self, DETAILS, EMOJI, EXAMPLES, Phrase, REASONS, Things, bank};
use super::super::prompt::{Form, Reading};
use super::super::text::number_word;
use super::super::wish::{Language, Layout, Wish};
use super::Body;

/// One item, ready to be laid out.
struct Item {
    title: &'static str,
    text: String,
}

pub(super) fn answer(reading: &Reading) -> Body {
    of_things(reading, kinds(reading, &reading.items))
}

/// What there is to list under a name, each with its title: as many as asked for.
pub(super) fn named(reading: &Reading, items: &str) -> Vec<(&'static str, String)> {
    let phrases = phrases(reading, kinds(reading, items)).into_iter();
    phrases.map(|((title, sentence), _)| (title, about(sentence, reading))).collect()
}

/// Things of that name, the wanted kind first.
fn kinds(reading: &Reading, items: &str) -> [Things; 2] {
    let (ordinary, surprising) = content::things(reading.language, items);
    if reading.wants(&Wish::Surprising) { [surprising, ordinary] } else { [ordinary, surprising] }
}

/// A stock sentence about what the prompt is about.
fn about(sentence: &str, reading: &Reading) -> String {
    sentence.replace("{s}", &reading.named_subject())
}

/// A list of things, those of the first kind first.
pub(super) fn of_things(reading: &Reading, kinds: [Things; 2]) -> Body {
    let phrases = phrases(reading, kinds);
    let items: Vec<_> = phrases
        .into_iter()
        .enumerate()
        .map(|(place, phrase)| item(phrase, place, reading))
        .collect();
    let bank = bank(reading.language);
    let (opening, closing) =
        if reading.is_formal() { bank.formal } else { (bank.opening, bank.closing) };
    let count = match reading.language {
        Language::English => number_word(items.len()),
        _ => items.len().to_string(),
    };
    let opening = opening.replace("{n}", &count).replace("{items}", &reading.items);
    // One thing needs no announcement, but the demo model likes to talk.
    let is_one = items.len() == 1;
    Body {
        opening: (!is_one).then_some(opening),
        text: laid_out(&items, reading),
        closing: Some(closing.to_owned()),
    }
}

/// As many phrases as asked for, each with its filler: of the wanted kind first, none that mentions
/// what it must not.
fn phrases(reading: &Reading, kinds: [Things; 2]) -> Vec<(Phrase, &'static str)> {
    let all = kinds.into_iter().flat_map(|kind| {
        let fillers = kind.filler.iter().cycle();
        kind.phrases.iter().copied().zip(fillers.copied())
    });
    all.filter(|(phrase, _)| !is_banned(*phrase, reading)).take(reading.count).collect()
}

fn is_banned((title, sentence): Phrase, reading: &Reading) -> bool {
    reading.wishes.iter().any(|wish| match wish {
        Wish::NoMention(words) => {
            let words = words.to_lowercase();
            [title, sentence].iter().any(|text| text.to_lowercase().contains(&words))
        }
        _ => false,
    })
}

fn item(((title, sentence), filler): (Phrase, &str), place: usize, reading: &Reading) -> Item {
    let sentence = about(sentence, reading);
    let notes = notes(place, reading);
    let text = if reading.is_short() {
        with_brackets(&shortened(&sentence), &notes)
    } else if reading.wants(&Wish::OneSentence) {
        with_brackets(&sentence, &notes)
    } else if notes.is_empty() {
        format!("{sentence} {filler}")
    } else {
        format!("{sentence} {}", notes.join(" "))
    };
    Item { title, text }
}

/// What the wishes add to an item.
fn notes(place: usize, reading: &Reading) -> Vec<&'static str> {
    if reading.language != Language::English {
        return Vec::new();
    }
    let mut notes = Vec::new();
    notes.extend(reading.register().map(|it| pick(content::register_notes(it), place)));
    for (wish, pool) in
        [(Wish::MoreDetail, DETAILS), (Wish::Reasons, REASONS), (Wish::Examples, EXAMPLES)]
    {
        notes.extend(reading.wants(&wish).then(|| pick(pool, place)));
    }
    notes
}

/// One sentence that holds its notes, too.
fn with_brackets(sentence: &str, notes: &[&str]) -> String {
    if notes.is_empty() {
        return sentence.to_owned();
    }
    let notes: Vec<_> = notes.iter().map(|note| note.trim_end_matches('.')).collect();
    let notes = notes.join("; ");
    let first = notes.chars().next().map(|it| it.to_lowercase().to_string()).unwrap_or_default();
    let rest: String = notes.chars().skip(1).collect();
    format!("{} ({first}{rest}).", sentence.trim_end_matches('.'))
}

/// The sentence up to its first pause, at most ten words.
fn shortened(sentence: &str) -> String {
    let pauses = [",", ":", " for ", " when ", " wherever ", " and ", " to ", " until ", " that "];
    let ends = pauses.iter().filter_map(|pause| {
        let places = sentence.match_indices(pause).map(|(place, _)| place);
        places.into_iter().find(|place| sentence[..*place].split_whitespace().count() > 2)
    });
    let end = ends.min().unwrap_or(sentence.len());
    let words: Vec<_> = sentence[..end].trim_end_matches('.').split_whitespace().take(10).collect();
    format!("{}.", words.join(" "))
}

fn laid_out(items: &[Item], reading: &Reading) -> String {
    let is_how_to = reading.form == Form::HowTo && reading.language == Language::English;
    let layout = reading.layout().or_else(|| is_how_to.then_some(Layout::Prose));
    let is_one = items.len() == 1;
    let line = |(place, Item { title, text }): (usize, &Item)| {
        let emoji = if reading.wants(&Wish::Emoji) {
            format!("{} ", pick(EMOJI, place))
        } else {
            String::new()
        };
        match layout {
            Some(Layout::Prose) if reading.wants(&Wish::Titles) => {
                format!("{emoji}**{title}**: {text}")
            }
            Some(Layout::Prose) => format!("{emoji}{text}"),
            Some(Layout::Table) => format!("| {emoji}{title} | {} |", text.replace('|', "\\|")),
            Some(Layout::Bullets) => format!("- {emoji}**{title}**: {text}"),
            _ if is_one => format!("{emoji}**{title}**: {text}"),
            _ => format!("{}. {emoji}**{title}**: {text}", place + 1),
        }
    };
    let lines: Vec<_> = items.iter().enumerate().map(line).collect();
    let gap = if layout == Some(Layout::Prose) { " " } else { "\n" };
    match layout {
        Some(Layout::Table) => {
            let (title, text) = bank(reading.language).table;
            format!("| {title} | {text} |\n|---|---|\n{}", lines.join("\n"))
        }
        _ if reading.wants(&Wish::Grouped) && lines.len() > 1 => {
            let [first, second] = if is_how_to {
                ["Get ready and begin", "Finish"]
            } else {
                ["Right away", "With more time"]
            };
            let (quick, slow) = lines.split_at(lines.len().div_ceil(2));
            format!("**{first}**\n{}\n\n**{second}**\n{}", quick.join(gap), slow.join(gap))
        }
        _ => lines.join(gap),
    }
}

fn pick(pool: &'static [&'static str], place: usize) -> &'static str {
    pool[place % pool.len()]
}
