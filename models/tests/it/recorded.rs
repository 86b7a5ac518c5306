//! The three stories of the public notebook on a Gemini server with recorded answers, as messy as real
//! ones: every reply is read, and every rewrite passes the contract.

#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes snapshots with them")]

use align::Feedback;
use align::guidelines::{Evidence, Tone};
use align::model::{Conversation, ModelRef, Settings};
use align::record::Proposal;
use expect_test::expect;
use futures_util::StreamExt;
use models::StreamEvent;
use tokio::runtime::Runtime;

use crate::desk::{Desk, Model, described};
use crate::fixture::Fixture;

/// A loopback server whose recorded Gemini answers.
struct Recorded {
    runtime: Runtime,
    fixture: Fixture,
}

impl Model for Recorded {
    fn ask(&self, conversation: &Conversation) -> String {
        let (model, settings) = (ModelRef::new("gemini", "recorded-stories"), Settings::default());
        let events = self.fixture.models.stream(&model, conversation.clone(), settings);
        let texts = events.filter_map(async |event| match event.unwrap() {
            StreamEvent::Text(text) => Some(text),
            _ => None,
        });
        self.runtime.block_on(texts.collect())
    }

    /// To say that nothing changes is all that the format asks for.
    fn check_unchanged(&self, _proposal: &Proposal) {}
}

fn new_desk(text: &str) -> Desk<Recorded> {
    let runtime = Runtime::new().unwrap();
    let fixture = runtime.block_on(Fixture::new());
    Desk::of(Recorded { runtime, fixture }, text)
}

/// The rationale and the prompt of a rewrite that was taken, without the output.
fn accept(desk: &mut Desk<Recorded>, feedback: &[Feedback]) -> String {
    let before = desk.output.clone();
    let accepted = desk.accept(feedback);
    assert_ne!(desk.output, before);
    accepted.replace(&desk.output, "")
}

#[test]
fn a_shopping_list_learns_from_suggested_critiques() {
    let mut desk = new_desk("Make a shopping list for shrimp scampi.");
    let critiques = desk.suggest(Tone::Critiques, &[]);
    expect![[r#"
        The ingredients should be grouped by section of the store, so that I don't have to walk back and forth.
        It should say how much of each ingredient I need to buy.
        It should leave out ingredients that most people already have at home, such as salt and pepper."#]].assert_eq(&critiques.join("\n"));
    let mut story = String::new();
    for critique in &critiques {
        story += &desk.learn(critique);
        story += "\n===\n";
        story += &accept(&mut desk, &[]);
        story += "\n===\n";
    }
    expect![[r#"
        add: Group the ingredients by section of the store, each group under its own heading.
        (You want the ingredients in the order in which one walks through the store, and no guideline says so yet.)
        ===
        I added an instruction to sort the list by section of the store, since the prompt left the order open.
        ---
        Make a shopping list for shrimp scampi. Group the ingredients by section of the store, and put each group under its own heading.
        ---

        ===
        add: State the quantity to buy for each ingredient.
        (You need amounts to shop from the list, and none of the guidelines asks for them.)
        ===
        The prompt now asks for the quantity of each ingredient as well as for groups by section of the store.
        ---
        Make a shopping list for shrimp scampi. Group the ingredients by section of the store, and put each group under its own heading. State the quantity to buy for each ingredient.
        ---

        ===
        add: Leave out ingredients that almost everyone already has at home.
        (Staples make the list longer than it needs to be, and no guideline leaves them out.)
        ===
        I asked for groups by section of the store and for quantities, and excluded what nearly every kitchen has.
        ---
        Make a shopping list for shrimp scampi. Group the ingredients by section of the store, and put each group under its own heading. State the quantity to buy for each ingredient, and leave out whatever almost everyone already has at home.
        ---

        ===
    "#]].assert_eq(&story);
    expect![[r#"
        Here is your shopping list for shrimp scampi for four, arranged by section:

        **Seafood counter**

        * 1 1/2 pounds large shrimp, peeled and deveined

        **Produce**

        * 1 head garlic
        * 2 lemons
        * 1 bunch fresh parsley

        **Dairy**

        * 4 ounces Parmesan cheese

        **Pasta and dry goods**

        * 1 pound linguine

        **Wine**

        * 1/2 cup dry white wine

        **Bakery**

        * 1 loaf crusty bread"#]]
    .assert_eq(&desk.output);
    expect![[r#"
        nothing
        (The guidelines already ask for that; the prompt only has to be rewritten to follow them.)"#]].assert_eq(&desk.learn(&critiques[0]));
}

#[test]
fn uses_for_an_item_keep_the_item_through_two_rounds() {
    let mut desk = new_desk("Give three uses for the following item: {item}");
    let critiques = desk.suggest(Tone::Critiques, &[]);
    expect![[r#"
        The uses are what everyone would name; I would like creative ones that surprise me.
        Each use should be described in one sentence.
        It does not say why the item is suited to each use."#]]
    .assert_eq(&critiques.join("\n"));
    let mut story = String::new();
    for critique in &critiques[..2] {
        story += &desk.learn(critique);
        story += "\n===\n";
        story += &accept(&mut desk, &[]);
        story += "\n===\n";
        assert_eq!(desk.prompt.variables(), ["item"]);
    }
    expect![[r#"
        add: Choose creative, unexpected uses that most people would never think of.
        (You are looking for ideas that do not come to mind first, and none of the guidelines says so.)
        ===
        The prompt now asks for creative, unexpected uses instead of just any three.
        ---
        Give three creative, unexpected uses for the following item, uses that most people would never think of: {item}
        ---

        ===
        add: Describe each use in one sentence.
        (The descriptions should be tighter, which no guideline asks for so far.)
        ===
        I added the limit of one sentence and kept the wish for unexpected uses. The variable stands where it stood.
        ---
        Give three creative, unexpected uses for the following item, uses that most people would never think of: {item}

        Describe each use in one sentence.
        ---

        ===
    "#]].assert_eq(&story);
    expect![[r#"
        1.  **Improvised plumb line:** Hang the scissors from a string to find a perfect vertical when you put up wallpaper.
        2.  **Nutcracker:** Squeeze a walnut between the handles just behind the pivot.
        3.  **Compass for large circles:** Hold one tip still and swing a pencil taped to the other."#]].assert_eq(&desk.output);
    expect![[r#"
        edit G1: Choose creative, unexpected uses that most people would never think of, but that can be tried safely at home.
        (This is about the same thing as “Choose creative, unexpected uses that mo…”: the uses should surprise, but one should be able to try them.)"#]].assert_eq(&desk.learn("They should be safe to try."));
    expect![[r#"
        remove G2
        (You no longer want the limit that “Describe each use in one sentence.” sets.)"#]]
    .assert_eq(&desk.learn("I no longer need that limit."));
}

#[test]
fn changing_oil_goes_from_direct_feedback_to_guidelines() {
    let mut desk = new_desk("How do I change the oil in my lawnmower?");
    let feedback = [Feedback::whole("Write it as short numbered steps, without the chatter.")];
    expect![[r#"
        I asked for short numbered steps without small talk, so that the answer can be followed while working.
        ---
        How do I change the oil in my lawnmower? Answer with a numbered list of steps, one short sentence each, and leave out introductions and closing remarks.
        ---
    "#]].assert_eq(&accept(&mut desk, &feedback));
    let critiques = desk.suggest(Tone::Critiques, &[]);
    expect![[r#"
        It should list the tools and materials before the first step.
        It should warn where I could get hurt.
        It does not say how much oil to buy."#]]
    .assert_eq(&critiques.join("\n"));
    let mut story = String::new();
    for critique in &critiques[..2] {
        story += &desk.learn(critique);
        story += "\n===\n";
        story += &accept(&mut desk, &[]);
        story += "\n===\n";
    }
    expect![[r#"
        add: List all tools and materials before the first step.
        (You want to have everything at hand before you begin, and no guideline says so.)
        ===
        Before the steps, the answer now names all that is needed.
        ---
        How do I change the oil in my lawnmower? Before the first step, list all tools and materials. Answer with a numbered list of steps, one short sentence each, and leave out introductions and closing remarks.
        ---

        ===
        add: Warn at each step that could cause an injury.
        (Safety is not covered by the guidelines yet.)
        ===
        The answer now begins with what is needed and warns where it matters.
        ---
        How do I change the oil in my lawnmower? Before the first step, list all tools and materials. Answer with a numbered list of steps, one short sentence each, and leave out introductions and closing remarks. Add a warning to each step that could cause an injury.
        ---

        ===
    "#]].assert_eq(&story);
    expect![[r#"
        You will need: fresh oil of the grade in your manual (often SAE 30), a drain pan, a socket wrench, a funnel, rags, and gloves.

        1.  Run the engine for two to three minutes to warm the oil, then turn it off. Caution: the muffler stays hot for a while.
        2.  Disconnect the spark plug wire. Caution: with the wire on, turning the blade can start the engine.
        3.  Place a pan under the drain plug, or tip the mower with the air filter facing up. Caution: keep your hands away from the blade.
        4.  Let the old oil run out completely.
        5.  Replace the drain plug.
        6.  Pour in fresh oil slowly, checking the dipstick as you go.
        7.  Reconnect the spark plug wire.
        8.  Take the used oil to a collection center."#]].assert_eq(&desk.output);
    expect![[r#"
        edit G1: List all tools and materials before the first step, with the quantity of each material.
        (“List all tools and materials before the…” is about what one needs; it should ask for amounts, too.)"#]].assert_eq(&desk.learn(&critiques[2]));
}

#[test]
fn kudos_corrections_and_conflicts_are_recorded_too() {
    for prompt in [
        "Make a shopping list for shrimp scampi.",
        "Give three uses for the following item: {item}",
        "How do I change the oil in my lawnmower?",
    ] {
        let desk = new_desk(prompt);
        let kudos = desk.suggest(Tone::Kudos, &[]);
        assert_eq!(kudos.len(), 3, "{prompt}: {kudos:?}");
        let praise = Feedback::whole(&kudos[0]);
        let evidence = [Evidence::Kudos(&praise), Evidence::CorrectedOutput("Scissors cut.")];
        for evidence in evidence {
            let change = described(&desk.distil(evidence).change);
            assert!(change.starts_with("add: "), "{prompt}: {change}");
        }
        let desk = desk.with(&["Be brief.", "Write at least 500 words."]);
        let conflicts = desk.rewrite(&[]).conflicts;
        assert_eq!(conflicts[0].reason, "an answer cannot be brief and at least 500 words long.");
    }
}
