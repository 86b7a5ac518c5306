//! English phrases.

use super::{Bank, Phrase};

pub(super) const BANK: Bank = Bank {
    ordinary: &[
        ("Everyday tasks", "Keep {s} at hand for the small tasks of the day."),
        ("School and office", "Have {s} ready wherever people sit at a desk."),
        ("Crafts", "Take {s} along to the craft table."),
        ("Repairs", "Reach for {s} when something at home needs a quick repair."),
        ("Kitchen", "Put {s} in a kitchen drawer for whatever comes up."),
        ("Garden", "Bring {s} along when there is work in the garden."),
        ("Travel", "Pack {s} for the next trip."),
        ("Gifts", "Give {s} to someone who has just moved."),
        ("Cleaning up", "Use {s} when you tidy up."),
        ("Teaching", "Show {s} to children and explain what it is for."),
        ("Storage", "Keep {s} in a box with other useful things."),
        ("Emergencies", "Have {s} in reserve, just in case."),
    ],
    surprising: &[
        ("Pendulum", "Hang {s} from a thread and time ten swings to measure gravity at your desk."),
        ("Sundial", "Stand {s} on a sunny sill and mark the tip of the shadow every hour."),
        (
            "Drum sample",
            "Tape a contact microphone to {s}, tap once, and play the sound as a drum.",
        ),
        (
            "Cast",
            "Press {s} into clay, fill the hollow with plaster, and hang the relief on a wall.",
        ),
        ("Light painting", "Move {s} through the beam of a torch during a long exposure."),
        ("Fabric stamp", "Ink one side of {s} and print a pattern that nobody else has."),
        ("Story seed", "Hand {s} to a stranger and ask who lost it and why."),
        ("Tuning aid", "Dip {s} into a glass of water until the rim sings the note you need."),
        ("Blind drawing", "Feel {s} with closed eyes and draw only what your fingers tell you."),
        ("Wind gauge", "Let {s} hang in the window and read the wind from its angle."),
        ("Secret scale", "Balance {s} on a pencil and weigh letters against coins."),
        (
            "Shadow puppet",
            "Hold {s} before a lamp, turn it slowly, and name the animals that appear.",
        ),
    ],
    filler: &[
        "Most people do this already.",
        "It is a simple and practical choice.",
        "This works well in many situations.",
        "You can hardly go wrong with it.",
    ],
    surprising_filler: &[
        "Few people would think of it.",
        "It costs nothing and takes ten minutes.",
        "Whoever sees it will ask how it was done.",
        "It works better than it sounds.",
    ],
    opening: "Here are {n} {items} for you:",
    closing: "Let me know if you'd like more!",
    formal: ("Please find below {n} {items}.", "Please do not hesitate to ask for more."),
    question: "Which of these will you try first?",
    prose: &[
        "There is a lot to say about {s}.",
        "In general, {s} can be seen from several sides, and each of them has its merits.",
        "It is important to look at the details before making a decision.",
        "Many people find that a calm first look helps.",
    ],
    table: ("Title", "What to do"),
};

/// Advice about anything, for ideas, tips, steps and the like.
pub(super) const ADVICE: &[Phrase] = &[
    ("Start small", "Begin with the simplest part of {s}."),
    ("Make a plan", "Write down what matters most about {s}."),
    ("Ask around", "Talk to people who know {s} well."),
    ("Look online", "Search for what others say about {s}."),
    ("Take your time", "Do not rush anything that has to do with {s}."),
    ("Keep it simple", "Leave out what {s} does not need."),
    ("Stay organised", "Keep everything about {s} in one place."),
    ("Set a budget", "Decide early what {s} may cost."),
    ("Practise", "Come back to {s} every week."),
    ("Review", "Look back at {s} after a while."),
    ("Share it", "Show {s} to a friend."),
    ("Have fun", "Enjoy what you do with {s}."),
];

/// The same, from an unexpected side.
pub(super) const SURPRISING_ADVICE: &[Phrase] = &[
    ("Start at the end", "Describe the last five minutes of {s} first and build backwards."),
    (
        "Ban the main thing",
        "Plan {s} without the one part everybody expects, and see what takes its place.",
    ),
    (
        "Let chance decide",
        "Roll a die for three choices about {s} and keep the one that annoys you least.",
    ),
    ("Borrow a ritual", "Take a custom from a harbour, a theatre or a kitchen and give it to {s}."),
    ("Make it audible", "Turn {s} into something one can follow with closed eyes."),
    ("Hire a critic", "Ask a nine-year-old to review {s} before anybody else does."),
    ("Shrink it", "Do {s} once on a table top, with coins and matchboxes."),
    ("Change the clock", "Move {s} to an hour at which nobody expects it."),
    ("Lose the map", "Hide one fact about {s} and reward whoever finds it."),
    ("Swap the roles", "Let the guests, readers or users run {s} for ten minutes."),
    ("Keep one mistake", "Leave the first mistake of {s} visible and build on it."),
    ("Send it away", "Post a piece of {s} to a stranger and use what comes back."),
];

pub(super) const FORMAL_NOTES: &[&str] = &[
    "This is advisable where time permits.",
    "Appropriate care is recommended.",
    "The required effort is moderate.",
];

pub(super) const FRIENDLY_NOTES: &[&str] =
    &["You will enjoy this one.", "It is a lovely thing to share.", "Take your time with it."];

pub(super) const SIMPLE_NOTES: &[&str] =
    &["It is easy.", "You can do it with a grown-up.", "It is like a game."];

pub(super) const EXPERT_NOTES: &[&str] = &[
    "Technique: work from a jig and document the tolerances.",
    "Technique: prototype at half scale first.",
    "Technique: measure, change one thing, measure again.",
];

/// How an item is done.
pub(crate) const DETAILS: &[&str] = &[
    "To do it, set aside ten minutes, prepare the place, and work in three small steps.",
    "To do it, try it once roughly, note what went wrong, and repeat it with care.",
    "To do it, gather what you need first and test the first step on its own.",
];

/// Why an item works.
pub(crate) const REASONS: &[&str] = &[
    "It works because it needs nothing else.",
    "It works because people remember what they did with their hands.",
    "It works because a small constraint sparks ideas.",
];

/// Examples.
pub(crate) const EXAMPLES: &[&str] = &[
    "Example: a school class did this in one lesson.",
    "Example: a neighbour made it a Sunday habit.",
    "Example: a small workshop opens every meeting with it.",
];

pub(crate) const EMOJI: &[&str] = &["✨", "🔧", "🌱", "🎨", "🧭", "🎈"];
