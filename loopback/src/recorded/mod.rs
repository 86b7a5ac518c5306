//! The model `recorded-stories`: answers that were written down once, replayed where they fit what is
//! asked. The folder `recorded/` holds them.

mod kept;
mod scene;
mod story;

use std::time::Duration;

use self::scene::Scene;
use self::story::Story;
use crate::alignment;
use crate::behaviour::{ScriptedAnswer, Usage};

/// Pause between two tokens: fast, but seen to stream.
const TOKEN: Duration = Duration::from_millis(4);

/// The first answer that fits, or one like that of `echo`.
pub(crate) fn answer(message: &str) -> ScriptedAnswer {
    let scene = Scene::new(message);
    let story = kept::STORIES.iter().map(|text| Story::read(text)).find(|it| it.fits(&scene));
    let Some(story) = story else {
        let text = alignment::reply(message).unwrap_or_else(|| format!("Echo: {message}"));
        return ScriptedAnswer::text(&text);
    };
    let thoughts: Vec<_> = story.thoughts.iter().map(|thought| format!("{thought}\n\n")).collect();
    let answer = ScriptedAnswer::text(&scene.filled(story.body));
    let count = |tokens: &[String]| u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    let usage = Usage {
        input: u32::try_from(message.split_whitespace().count()).unwrap_or(u32::MAX),
        output: count(&answer.tokens),
        thoughts: count(&thoughts) * 40,
    };
    ScriptedAnswer { thoughts, token: TOKEN, usage: Some(usage), ..answer }
}
