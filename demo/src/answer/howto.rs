//! How something is done. By default in one long paragraph, the habit that people criticise.

use super::super::content::{self, howto};
use super::super::prompt::Reading;
use super::super::wish::Language;
use super::{Body, list};

pub(super) fn answer(reading: &Reading) -> Body {
    if reading.language != Language::English {
        return list::answer(reading);
    }
    let job = howto::job(&reading.subject);
    let steps = content::Things { phrases: job.steps, filler: howto::FILLER };
    let body = list::of_things(reading, [steps, content::Things { phrases: &[], filler: &[] }]);
    let opening = format!("Great question! Here is how to {}.", reading.subject);
    let opening = if reading.is_formal() { body.opening } else { Some(opening) };
    Body { opening, ..body }
}
