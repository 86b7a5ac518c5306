//! JSON in the shape a prompt shows, filled from its material.

use serde_json::Value;

use super::super::prompt::Reading;
use super::super::text::{bare, number, one_line, sentences};
use super::super::wish::Wish;
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
    let material = if reading.material.is_empty() { &reading.subject } else { &reading.material };
    let filled = filled(&shape, "", material);
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

fn filled(shape: &Json, key: &str, material: &str) -> Json {
    match shape {
        Json::Object(fields) => {
            let fields =
                fields.iter().map(|(key, shape)| (key.clone(), filled(shape, key, material)));
            Json::Object(fields.collect())
        }
        Json::Array(shapes) => array(shapes.first(), key, material),
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

/// One element per quantity of the material: "12 bags of coffee".
fn array(shape: Option<&Json>, key: &str, material: &str) -> Json {
    let quantities = quantities(material);
    let elements = quantities.iter().map(|(count, thing)| match shape {
        Some(Json::Object(fields)) => element(fields, *count, thing, material),
        _ => thing.as_str().into(),
    });
    let elements: Vec<_> = elements.collect();
    match shape {
        Some(shape @ Json::Scalar(_)) if elements.is_empty() => {
            Json::Array(vec![filled(shape, key, material)])
        }
        _ => Json::Array(elements),
    }
}

/// One thing with its quantity.
fn element(fields: &[(String, Json)], count: usize, thing: &str, material: &str) -> Json {
    let fields = fields.iter().map(|(key, shape)| {
        let value = match shape {
            Json::Scalar(Value::Number(_)) => count.into(),
            Json::Scalar(Value::String(_)) => thing.into(),
            shape => filled(shape, key, material),
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
