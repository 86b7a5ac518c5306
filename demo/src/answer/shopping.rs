//! Shopping lists. By default the ingredients as they come to mind.

use super::super::content::shopping::{Ingredient, SECTIONS, ingredients};
use super::super::content::{EMOJI, bank};
use super::super::prompt::Reading;
use super::super::text::capitalized;
use super::super::wish::{Language, Layout, Wish};
use super::{Body, list};

/// How many ingredients a short list has.
const SHORT: usize = 8;

pub(super) fn answer(reading: &Reading) -> Body {
    if reading.language != Language::English {
        return list::answer(reading);
    }
    let chosen = chosen(reading);
    let text = if reading.wants(&Wish::Grouped) {
        let sections = SECTIONS.iter().filter_map(|section| {
            let of: Vec<_> = chosen.iter().copied().filter(|it| it.section == *section).collect();
            (!of.is_empty()).then(|| format!("**{section}**\n{}", laid_out(&of, reading)))
        });
        sections.collect::<Vec<_>>().join("\n\n")
    } else {
        laid_out(&chosen, reading)
    };
    let opening = format!("Here is your shopping list for {}:", reading.subject);
    let formal = bank(reading.language).formal;
    let is_formal = reading.is_formal();
    let opening =
        if is_formal { "Please find below the shopping list.".to_owned() } else { opening };
    let closing = if is_formal { formal.1 } else { bank(reading.language).closing };
    Body { opening: Some(opening), text, closing: Some(closing.to_owned()) }
}

fn chosen(reading: &Reading) -> Vec<Ingredient> {
    let is_banned = |ingredient: &Ingredient| {
        reading.wishes.iter().any(|wish| match wish {
            Wish::NoStaples => ingredient.is_staple,
            Wish::NoMention(words) => {
                ingredient.name.to_lowercase().contains(&words.to_lowercase())
            }
            _ => false,
        })
    };
    let limit = if reading.is_short() { reading.count.min(SHORT) } else { reading.count };
    let all = ingredients(&reading.subject).iter().copied();
    all.filter(|it| !is_banned(it)).take(limit).collect()
}

fn laid_out(ingredients: &[Ingredient], reading: &Reading) -> String {
    let layout = reading.layout().unwrap_or(Layout::Bullets);
    let layout = if reading.wants(&Wish::OneSentence) { Layout::Prose } else { layout };
    let lines = ingredients.iter().enumerate().map(|(place, ingredient)| {
        let item = item(place, *ingredient, reading);
        match layout {
            Layout::Bullets | Layout::List => format!("- {item}"),
            Layout::Numbered => format!("{}. {item}", place + 1),
            Layout::Prose => item,
            Layout::Table => format!("| {} | {} |", ingredient.name, ingredient.quantity),
        }
    });
    let lines: Vec<_> = lines.collect();
    match layout {
        Layout::Prose if reading.wants(&Wish::WholeSentences) => lines.join(" "),
        Layout::Prose => format!("You need {}.", lines.join(", ").to_lowercase()),
        Layout::Table => format!("| Ingredient | Quantity |\n|---|---|\n{}", lines.join("\n")),
        _ => lines.join("\n"),
    }
}

fn item(place: usize, ingredient: Ingredient, reading: &Reading) -> String {
    let Ingredient { name, quantity, is_staple, .. } = ingredient;
    let has_quantity = reading.wants(&Wish::Quantities) || reading.wants(&Wish::MoreDetail);
    let mut text = match (reading.wants(&Wish::WholeSentences), has_quantity) {
        (true, true) => format!("Buy {} ({quantity}).", name.to_lowercase()),
        (true, false) => format!("Buy {}.", name.to_lowercase()),
        (false, true) => format!("{name}, {quantity}"),
        (false, false) => name.to_owned(),
    };
    if reading.wants(&Wish::Titles) {
        text = text.replacen(name, &format!("**{name}**"), 1);
    }
    if reading.wants(&Wish::Reasons) {
        text += if is_staple { " (for seasoning)" } else { " (a main part of the dish)" };
    }
    if reading.wants(&Wish::Examples) {
        text += " (for example the store's own brand)";
    }
    if reading.wants(&Wish::Emoji) {
        text = format!("{} {text}", EMOJI[place % EMOJI.len()]);
    }
    capitalized(&text)
}
