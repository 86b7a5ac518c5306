//! How things are done, in steps.

use super::Phrase;

/// A job with what it takes.
pub(crate) struct Job {
    pub(crate) steps: &'static [Phrase],
    pub(crate) tools: &'static str,
    pub(crate) safety: &'static str,
}

/// Chatty second sentences for steps.
pub(crate) const FILLER: &[&str] = &[
    "This takes only a minute.",
    "Most people get it right at once.",
    "There is no need to hurry here.",
];

/// What is known about a job, else what holds for all of them.
pub(crate) fn job(deed: &str) -> &'static Job {
    let is_mower = deed.contains("mower") && deed.contains("oil");
    if is_mower { &MOWER_OIL } else { &ANY }
}

const MOWER_OIL: Job = Job {
    steps: &[
        ("Warm the oil", "Run the engine for two or three minutes and switch it off."),
        ("Unplug", "Pull the wire off the spark plug, so that the engine cannot start."),
        ("Drain", "Put a pan below, open the drain plug, and let the old oil run out."),
        ("Close", "Screw the plug back in and wipe up what was spilled."),
        ("Fill", "Pour in fresh oil slowly, up to the mark on the dipstick."),
        ("Check", "Wait two minutes, read the dipstick again, and put the wire back on."),
    ],
    tools: "an oil pan, a wrench, a funnel, a rag, and fresh oil of the grade in the manual",
    safety: "the engine and the old oil may be hot, and the blade is sharp. Take old oil to a \
             collection point.",
};

const ANY: Job = Job {
    steps: &[
        ("Read", "Find out what the manual says before you {s}."),
        ("Prepare", "Clear the place where you want to {s}."),
        ("Take apart", "Open only what is in the way and note the order."),
        ("Do it", "Make one change at a time and look at the result."),
        ("Put back", "Close everything in the order of your notes."),
        ("Test", "Try it out and clean up."),
    ],
    tools: "the manual, a clean table, and a box for small parts",
    safety: "switch off whatever moves or carries current before you touch it.",
};
