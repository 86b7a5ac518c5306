//! JSON in the shape a prompt shows, filled from its material.

use serde_json::Value;

use super::super::prompt::Reading;
use super::super::text::{bare, number, one_line, sentences};
use super::super::wish::Wish;
use super::list;
use super::ordered::Json;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The answer: JSON with the keys of `shape`. Unless the prompt wants nothing else, it comes in a
/// fence with a line before it.
pub(super) fn answer(shape: &str, reading: &Reading) -> String {
    let Ok(shape) = serde_json::from_str::<Json>(shape) else { return "{}".to_owned() };
    let filled = filled(&shape, "", reading);
    let json = if reading.is_short() {
        serde_json::to_string(&filled)
    } else {
        serde_json::to_string_pretty(&filled)
    };
    let json = json.unwrap_or_default();
    if reading.wants(&Wish::NoOpening) {
        return json;
    }
    format!("Here is the JSON you asked for:\n\n```json\n{json}\n```")
}

fn filled(shape: &Json, key: &str, reading: &Reading) -> Json {
    let material = material(reading);
    match shape {
        Json::Object(fields) => {
            let fields =
                fields.iter().map(|(key, shape)| (key.clone(), filled(shape, key, reading)));
            Json::Object(fields.collect())
        }
        Json::Array(shapes) => Json::Array(elements(shapes.first(), key, reading)),
        Json::Scalar(Value::String(example)) => Json::Scalar(text(example, key, material)),
        Json::Scalar(Value::Number(_)) => {
            quantities(material).first().map_or_else(Json::null, |(count, _)| (*count).into())
        }
        Json::Scalar(Value::Bool(_)) => {
            material.to_lowercase().contains(&key.to_lowercase()).into()
        }
        Json::Scalar(_) => Json::null(),
    }
}

/// What the answer is taken from.
fn material(reading: &Reading) -> &str {
    if reading.material.is_empty() { &reading.subject } else { &reading.material }
}

/// One element for each quantity of the material, "12 bags of coffee"; without any, what the key names.
fn elements(shape: Option<&Json>, key: &str, reading: &Reading) -> Vec<Json> {
    let quantities = quantities(material(reading));
    if !quantities.is_empty() {
        let elements = quantities.iter().map(|(count, thing)| match shape {
            Some(Json::Object(fields)) => element(fields, *count, thing, reading),
            _ => thing.as_str().into(),
        });
        return elements.collect();
    }
    match shape {
        Some(shape @ Json::Scalar(_)) if !reading.material.is_empty() => {
            vec![filled(shape, key, reading)]
        }
        // Nothing of the kind stands in the material.
        Some(_) if !reading.material.is_empty() => Vec::new(),
        Some(Json::Object(fields)) => {
            list::named(reading, key).iter().map(|thing| described(fields, thing)).collect()
        }
        _ if reading.material.is_empty() => {
            list::named(reading, key).into_iter().map(|(_, text)| text.as_str().into()).collect()
        }
        _ => {
            let sentences = sentences(&reading.material).into_iter().take(reading.count);
            sentences.map(|sentence| one_line(sentence, 80).as_str().into()).collect()
        }
    }
}

/// One thing with its title and its text: the first text of the shape is the title, if there are several.
fn described(fields: &[(String, Json)], (title, text): &(&str, String)) -> Json {
    let texts = fields.iter().filter(|(_, shape)| matches!(shape, Json::Scalar(Value::String(_))));
    let titled = texts.clone().next().filter(|_| texts.count() > 1).map(|(key, _)| key);
    let fields = fields.iter().map(|(key, shape)| {
        let value = match shape {
            Json::Scalar(Value::String(_)) if Some(key) == titled => (*title).into(),
            Json::Scalar(Value::String(_)) => text.as_str().into(),
            _ => Json::null(),
        };
        (key.clone(), value)
    });
    Json::Object(fields.collect())
}

/// One thing with its quantity.
fn element(fields: &[(String, Json)], count: usize, thing: &str, reading: &Reading) -> Json {
    let fields = fields.iter().map(|(key, shape)| {
        let value = match shape {
            Json::Scalar(Value::Number(_)) => count.into(),
            Json::Scalar(Value::String(_)) => thing.into(),
            shape => filled(shape, key, reading),
        };
        (key.clone(), value)
    });
    Json::Object(fields.collect())
}

fn text(example: &str, key: &str, material: &str) -> Value {
    let has = |names: &[&str]| names.iter().any(|name| key.contains(name));
    if example.contains("YYYY") || has(&["date"]) {
        return date(material).map_or(Value::Null, Value::from);
    }
    if example.contains('|') {
        return choice(example, material).into();
    }
    if has(&["name", "customer", "person", "author", "sender"]) {
        return name(material).map_or(Value::Null, Value::from);
    }
    if has(&["mail"]) {
        let address = material.split_whitespace().find(|word| word.contains('@'));
        return address.map_or(Value::Null, |it| bare(it).into());
    }
    let first = sentences(material).into_iter().next();
    first.map_or(Value::Null, |sentence| one_line(sentence, 80).into())
}

/// The option of "a|b|c" that the material names, else the first.
fn choice<'a>(options: &'a str, material: &str) -> &'a str {
    let material = material.to_lowercase();
    let mut all = options.split('|').map(str::trim);
    let found = all.clone().find(|option| material.contains(&option.to_lowercase()));
    found.or_else(|| all.next()).unwrap_or_default()
}

/// The first two words in a row that begin with capitals, not at the beginning of a sentence.
fn name(material: &str) -> Option<String> {
    let words: Vec<_> = material.split_whitespace().collect();
    let is_capital = |word: &str| {
        word.starts_with(char::is_uppercase) && word.len() > 1 && bare(word).chars().count() > 1
    };
    let pair = words.windows(3).find(|three| {
        !three[0].ends_with(['.', '!', '?', ','])
            && is_capital(three[1])
            && is_capital(three[2])
            && !three[1].ends_with(['.', ',', '!', '?'])
    })?;
    Some(format!("{} {}", bare(pair[1]), bare(pair[2])))
}

/// Numbers with what they count: "12 bags of the dark roast". Dates are no quantities.
fn quantities(material: &str) -> Vec<(usize, String)> {
    let words: Vec<_> = material.split_whitespace().collect();
    let mut found = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let Some(count) = number(word).filter(|_| !word.ends_with(['.', ','])) else { continue };
        let rest = &words[place + 1..];
        let is_date = rest.first().is_some_and(|next| month(next).is_some());
        if is_date || (1900..2200).contains(&count) {
            continue;
        }
        let end = rest.iter().take(6).position(|it| matches!(*it, "and" | "or" | "by" | "for"));
        let stop = rest.iter().take(6).position(|it| it.ends_with(['.', ',', ';', '!', '?']));
        let length = end.unwrap_or(6).min(stop.map_or(6, |stop| stop + 1)).min(rest.len());
        let thing = rest[..length].join(" ");
        let thing = thing.trim_end_matches(['.', ',', ';', '!', '?']);
        if !thing.is_empty() {
            found.push((count, thing.to_owned()));
        }
    }
    found
}

fn month(word: &str) -> Option<usize> {
    let word = bare(word).to_lowercase();
    MONTHS.iter().position(|month| *month == word).map(|place| place + 1)
}

/// "14 March 2027" or "March 14, 2027" as `2027-03-14`.
fn date(material: &str) -> Option<String> {
    let words: Vec<_> = material.split_whitespace().collect();
    let place = words.iter().position(|word| month(word).is_some())?;
    let month = month(words[place])?;
    let near = [place.checked_sub(1), Some(place + 1), Some(place + 2)];
    let numbers = near.into_iter().flatten().filter_map(|it| bare(words.get(it)?).parse().ok());
    let numbers: Vec<usize> = numbers.collect();
    let day = numbers.iter().find(|number| (1..=31).contains(*number))?;
    let year = numbers.iter().find(|number| (1900..2200).contains(*number))?;
    Some(format!("{year}-{month:02}-{day:02}"))
}
