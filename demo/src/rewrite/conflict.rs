//! Guidelines that exclude each other.

use align::direct::Followed;

use super::demand::Demand;
use crate::wish::{Things, Wish};

/// Pairs of guidelines, by their places, with the reason.
pub(super) fn all(demands: &[Demand], things: &Things) -> Vec<(Vec<usize>, String)> {
    let guidelines: Vec<_> = demands
        .iter()
        .filter_map(|demand| match demand.source {
            Followed::Guideline(place) => Some((place, demand)),
            Followed::Feedback(_) => None,
        })
        .collect();
    let mut conflicts = Vec::new();
    for (index, (place, demand)) in guidelines.iter().enumerate() {
        for (other_place, other) in &guidelines[index + 1..] {
            if let Some((one, two)) = clash(demand, other) {
                let (one, two) = (one.summary(things), two.summary(things));
                let reason = format!("one asks for {one}, the other for {two}.");
                conflicts.push((vec![*place, *other_place], reason));
            }
        }
    }
    conflicts
}

fn clash<'a>(one: &'a Demand, other: &'a Demand) -> Option<(&'a Wish, &'a Wish)> {
    one.wishes.iter().find_map(|wish| {
        let other = other.wishes.iter().find(|other| wish.excludes(other))?;
        Some((wish, other))
    })
}
