//! The three stories of the public notebook, from the first output to the last.

use align::Feedback;
use align::guidelines::Tone;
use expect_test::expect;

use super::new_desk;

#[test]
fn a_shopping_list_learns_from_suggested_critiques() {
    let mut desk = new_desk("Make a shopping list for shrimp scampi.");
    expect![[r#"
        Here is your shopping list for shrimp scampi:

        - Shrimp
        - Linguine
        - Garlic
        - Olive oil
        - Butter
        - Dry white wine
        - Lemons
        - Salt
        - Black pepper
        - Parsley
        - Red pepper flakes
        - Parmesan

        Let me know if you'd like more!"#]]
    .assert_eq(&desk.output);
    let critiques = desk.suggest(Tone::Critiques, &[]);
    expect![[r#"
        Group the ingredients by section of the store.
        Add quantities for each ingredient.
        Leave out the ingredients most people have at home."#]]
    .assert_eq(&critiques.join("\n"));
    expect![[r#"
        add: Group the ingredients by section of the store.
        (You ask for ingredients in groups, and no guideline says it yet.)"#]]
    .assert_eq(&desk.learn(&critiques[0]));
    expect![[r#"
        Your guidelines ask for ingredients in groups, so the prompt now says it plainly.
        ---
        Make a shopping list for shrimp scampi.

        Group the ingredients by section of the store.
        ---
        Here is your shopping list for shrimp scampi:

        **Fruit and vegetables**
        - Garlic
        - Lemons
        - Parsley

        **Fish and meat**
        - Shrimp

        **Dairy**
        - Butter
        - Parmesan

        **Dry goods**
        - Linguine
        - Olive oil
        - Salt
        - Black pepper
        - Red pepper flakes

        **Drinks**
        - Dry white wine

        Let me know if you'd like more!"#]]
    .assert_eq(&desk.accept(&[]));
    desk.learn(&critiques[1]);
    desk.learn(&critiques[2]);
    expect![[r#"
        Your guidelines ask for quantities and nothing that is at home already, so the prompt now says it plainly.
        ---
        Make a shopping list for shrimp scampi.

        Group the ingredients by section of the store. Add the quantity of each ingredient. Leave out ingredients that most people have at home.
        ---
        Here is your shopping list for shrimp scampi:

        **Fruit and vegetables**
        - Garlic, 6 cloves
        - Lemons, 2
        - Parsley, 1 bunch

        **Fish and meat**
        - Shrimp, 500 g

        **Dairy**
        - Butter, 60 g
        - Parmesan, 50 g

        **Dry goods**
        - Linguine, 350 g

        **Drinks**
        - Dry white wine, 120 ml

        Let me know if you'd like more!"#]].assert_eq(&desk.accept(&[]));
}

#[test]
fn uses_for_an_item_keep_the_item() {
    let mut desk = new_desk("Give three uses for the following item: {item}");
    expect![[r#"
        Here are three uses for you:

        1. **Everyday tasks**: Keep scissors at hand for the small tasks of the day. Most people do this already.
        2. **School and office**: Have scissors ready wherever people sit at a desk. It is a simple and practical choice.
        3. **Crafts**: Take scissors along to the craft table. This works well in many situations.

        Let me know if you'd like more!"#]].assert_eq(&desk.output);
    let critiques = desk.suggest(Tone::Critiques, &[]);
    expect![[r#"
        The uses are obvious; choose more surprising ones.
        Say each use in one sentence.
        Explain why each use works."#]]
    .assert_eq(&critiques.join("\n"));
    expect![[r#"
        add: Choose uses that would surprise even an experienced reader: unusual, but possible. Leave out the obvious ones.
        (You ask for surprising uses, and no guideline says it yet.)"#]].assert_eq(&desk.learn(&critiques[0]));
    expect![[r#"
        Your guidelines ask for surprising uses, so the prompt now says it plainly.
        ---
        Give three uses for the following item: {item}

        Choose uses that would surprise even an experienced reader: unusual, but possible. Leave out the obvious ones.
        ---
        Here are three uses for you:

        1. **Pendulum**: Hang scissors from a thread and time ten swings to measure gravity at your desk. Few people would think of it.
        2. **Sundial**: Stand scissors on a sunny sill and mark the tip of the shadow every hour. It costs nothing and takes ten minutes.
        3. **Drum sample**: Tape a contact microphone to scissors, tap once, and play the sound as a drum. Whoever sees it will ask how it was done.

        Let me know if you'd like more!"#]].assert_eq(&desk.accept(&[]));
    expect![[r#"
        add: Write each use in one sentence. Give exactly five uses.
        (You ask for one sentence each and five uses, and no guideline says it yet.)"#]]
    .assert_eq(&desk.learn("I want five instead of three, each in one sentence."));
    expect![[r#"
        Your guidelines ask for one sentence each and five uses, so the prompt now says it plainly.
        ---
        Give five uses for the following item: {item}

        Choose uses that would surprise even an experienced reader: unusual, but possible. Leave out the obvious ones.

        Write each use in one sentence. Give exactly five uses.
        ---
        Here are five uses for you:

        1. **Pendulum**: Hang scissors from a thread and time ten swings to measure gravity at your desk.
        2. **Sundial**: Stand scissors on a sunny sill and mark the tip of the shadow every hour.
        3. **Drum sample**: Tape a contact microphone to scissors, tap once, and play the sound as a drum.
        4. **Cast**: Press scissors into clay, fill the hollow with plaster, and hang the relief on a wall.
        5. **Light painting**: Move scissors through the beam of a torch during a long exposure.

        Let me know if you'd like more!"#]].assert_eq(&desk.accept(&[]));
    assert_eq!(desk.prompt.variables(), ["item"]);
}

#[test]
fn changing_oil_goes_from_direct_feedback_to_guidelines() {
    let mut desk = new_desk("How do I change the oil in my lawnmower?");
    expect![[r#"
        Great question! Here is how to change the oil in your lawnmower.

        Run the engine for two or three minutes and switch it off. This takes only a minute. Pull the wire off the spark plug, so that the engine cannot start. Most people get it right at once. Put a pan below, open the drain plug, and let the old oil run out. There is no need to hurry here. Screw the plug back in and wipe up what was spilled. This takes only a minute. Pour in fresh oil slowly, up to the mark on the dipstick. Most people get it right at once. Wait two minutes, read the dipstick again, and put the wire back on. There is no need to hurry here.

        Let me know if you'd like more!"#]].assert_eq(&desk.output);
    let feedback = [Feedback::whole("Write it as a numbered list, one sentence each.")];
    expect![[r#"
        Your feedback asks for one sentence each and a numbered list, so the prompt now says it plainly.
        ---
        How do I change the oil in my lawnmower?

        Write each step in one sentence. Write it as a numbered list.
        ---
        Great question! Here is how to change the oil in your lawnmower.

        1. **Warm the oil**: Run the engine for two or three minutes and switch it off.
        2. **Unplug**: Pull the wire off the spark plug, so that the engine cannot start.
        3. **Drain**: Put a pan below, open the drain plug, and let the old oil run out.
        4. **Close**: Screw the plug back in and wipe up what was spilled.
        5. **Fill**: Pour in fresh oil slowly, up to the mark on the dipstick.
        6. **Check**: Wait two minutes, read the dipstick again, and put the wire back on.

        Let me know if you'd like more!"#]].assert_eq(&desk.accept(&feedback));
    let critiques = desk.suggest(Tone::Critiques, &[]);
    expect![[r#"
        Name the tools and materials before the first step.
        Say what to watch out for, so that nobody gets hurt.
        Leave out the closing line."#]]
    .assert_eq(&critiques.join("\n"));
    for critique in &critiques {
        desk.learn(critique);
    }
    expect![[r#"
        Name the tools and materials before the first step.
        Say what to watch out for, so that nobody gets hurt.
        Stop after the last step, without a closing line."#]]
    .assert_eq(&desk.guidelines.join("\n"));
    expect![[r#"
        Your guidelines ask for the tools first, a word on safety and no closing line, so the prompt now says it plainly.
        ---
        How do I change the oil in my lawnmower?

        Write each step in one sentence. Write it as a numbered list. Name the tools and materials before the first step. Say what to watch out for, so that nobody gets hurt. Stop after the last step, without a closing line.
        ---
        Great question! Here is how to change the oil in your lawnmower.

        **You need**: an oil pan, a wrench, a funnel, a rag, and fresh oil of the grade in the manual.

        1. **Warm the oil**: Run the engine for two or three minutes and switch it off.
        2. **Unplug**: Pull the wire off the spark plug, so that the engine cannot start.
        3. **Drain**: Put a pan below, open the drain plug, and let the old oil run out.
        4. **Close**: Screw the plug back in and wipe up what was spilled.
        5. **Fill**: Pour in fresh oil slowly, up to the mark on the dipstick.
        6. **Check**: Wait two minutes, read the dipstick again, and put the wire back on.

        **Watch out**: the engine and the old oil may be hot, and the blade is sharp. Take old oil to a collection point."#]].assert_eq(&desk.accept(&[]));
}
