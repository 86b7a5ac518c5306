//! The demo model: the whole loop on rules alone.
//!
//! Long because it shows whole answers: how they read is what is tested.

use align::direct::{Mark, Request, read_reply};
use align::model::{Conversation, FinishReason, Message, Settings};
use align::prompt::{Prompt, Values};
use align::{Feedback, Span};
use expect_test::{Expect, expect};

/// What it answers, without its token counts.
fn answer_to(conversation: &Conversation, settings: &Settings) -> String {
    let reply = demo::reply(conversation, settings);
    let end = if reply.finish == FinishReason::Length { "|Length" } else { "" };
    reply.text() + end
}

fn answer(prompt: &Prompt, values: &Values) -> String {
    let rendered = prompt.render(values).unwrap();
    let conversation = Conversation {
        system_instructions: rendered.system_instructions,
        messages: vec![Message::user(rendered.text)],
    };
    answer_to(&conversation, &Settings::default())
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&answer(&Prompt::new(text), &Values::new()));
}

/// A draft as a person would accept it: the contract must find nothing.
fn rewrite(prompt: &Prompt, values: &Values, feedback: &[Feedback]) -> (String, Prompt) {
    let output = answer(prompt, values);
    let mark = Mark::from_bytes([7; 8]);
    let request = Request {
        prompt,
        values,
        output: Some(&output),
        feedback,
        guidelines: &[],
        variant: None,
        mark: &mark,
    };
    let reply = answer_to(&request.conversation(), &Settings::default());
    let proposal = read_reply(&request, &reply, FinishReason::Stop).unwrap();
    assert_eq!(proposal.findings, [], "{reply}");
    (proposal.rationale, proposal.prompt)
}

fn check_rewrite(text: &str, feedback: &str, expected: &Expect) {
    let values = Values::from([("item".to_owned(), "scissors".to_owned())]);
    let (rationale, prompt) = rewrite(&Prompt::new(text), &values, &[Feedback::whole(feedback)]);
    let answer = answer(&prompt, &values);
    expected.assert_eq(&format!("{rationale}\n---\n{}\n---\n{answer}", prompt.text));
}

const USES: &str = "Give three uses for the following item: {item}";

#[test]
fn its_first_answer_leaves_something_to_say() {
    check(
        "Give three uses for the following item: scissors",
        &expect![[r"
        Here are three uses for you:

        1. **Everyday tasks**: Keep scissors at hand for the small tasks of the day. Most people do this already.
        2. **School and office**: Have scissors ready wherever people sit at a desk. It is a simple and practical choice.
        3. **Crafts**: Take scissors along to the craft table. This works well in many situations.

        Let me know if you'd like more!"]],
    );
}

#[test]
fn a_thing_has_its_article() {
    check(
        "Give one use for the following item: paper clip",
        &expect![[r"
        **Everyday tasks**: Keep a paper clip at hand for the small tasks of the day. Most people do this already.

        Let me know if you'd like more!"]],
    );
}

#[test]
fn an_empty_list_is_filled() {
    check(
        "Give two uses for a paper clip. Answer with JSON only: {\"uses\": []}",
        &expect![[r#"
            {
              "uses": [
                "Keep a paper clip at hand for the small tasks of the day.",
                "Have a paper clip ready wherever people sit at a desk."
              ]
            }"#]],
    );
    check(
        "Give two uses for a paper clip as JSON only:\n{\"uses\": [{\"title\": \"…\", \"how\": \"…\"}]}",
        &expect![[r#"
            {
              "uses": [
                {
                  "title": "Everyday tasks",
                  "how": "Keep a paper clip at hand for the small tasks of the day."
                },
                {
                  "title": "School and office",
                  "how": "Have a paper clip ready wherever people sit at a desk."
                }
              ]
            }"#]],
    );
    // Nothing of the kind stands in the material.
    check(
        "Extract the order as JSON only: {\"items\": [{\"name\": \"…\", \"quantity\": 1}]}\n\nE-mail:\nThank you.",
        &expect![[r#"
            {
              "items": []
            }"#]],
    );
}

#[test]
fn it_follows_what_a_rewrite_adds() {
    check_rewrite(
        USES,
        "None of the uses are creative. I want ones that surprise a maker, and no closing line.",
        &expect![[r"
            Your feedback asks for surprising uses and no closing line, so the prompt now says it plainly.
            ---
            Give three uses for the following item: {item}

            Choose uses that would surprise even an experienced reader: unusual, but possible. Leave out the obvious ones. Stop after the last use, without a closing line.
            ---
            Here are three uses for you:

            1. **Pendulum**: Hang scissors from a thread and time ten swings to measure gravity at your desk. Few people would think of it.
            2. **Sundial**: Stand scissors on a sunny sill and mark the tip of the shadow every hour. It costs nothing and takes ten minutes.
            3. **Drum sample**: Tape a contact microphone to scissors, tap once, and play the sound as a drum. Whoever sees it will ask how it was done."]],
    );
    check_rewrite(
        USES,
        "Say it in one sentence each.",
        &expect![[r"
        Your feedback asks for one sentence each, so the prompt now says it plainly.
        ---
        Give three uses for the following item: {item}

        Write each use in one sentence.
        ---
        Here are three uses for you:

        1. **Everyday tasks**: Keep scissors at hand for the small tasks of the day.
        2. **School and office**: Have scissors ready wherever people sit at a desk.
        3. **Crafts**: Take scissors along to the craft table.

        Let me know if you'd like more!"]],
    );
    check_rewrite(
        USES,
        "Shorter, please, and five instead of three",
        &expect![[r"
            Your feedback asks for a shorter answer and five uses, so the prompt now says it plainly.
            ---
            Give five uses for the following item: {item}

            Keep it short: at most ten words for each use.
            ---
            Here are five uses for you:

            1. **Everyday tasks**: Keep scissors at hand.
            2. **School and office**: Have scissors ready.
            3. **Crafts**: Take scissors along.
            4. **Repairs**: Reach for scissors.
            5. **Kitchen**: Put scissors in a kitchen drawer.

            Let me know if you'd like more!"]],
    );
    check_rewrite(
        USES,
        "Write for experienced makers.",
        &expect![[r"
        Your feedback asks for words for experienced readers, so the prompt now says it plainly.
        ---
        Give three uses for the following item: {item}

        Write for experienced readers: skip the basics and name the technique.
        ---
        Here are three uses for you:

        1. **Everyday tasks**: Keep scissors at hand for the small tasks of the day. Technique: work from a jig and document the tolerances.
        2. **School and office**: Have scissors ready wherever people sit at a desk. Technique: prototype at half scale first.
        3. **Crafts**: Take scissors along to the craft table. Technique: measure, change one thing, measure again.

        Let me know if you'd like more!"]],
    );
    check_rewrite(
        USES,
        "In German, please, as a table",
        &expect![[r"
        Your feedback asks for an answer in German and a table, so the prompt now says it plainly.
        ---
        Give three uses for the following item: {item}

        Answer in German. Write it as a table.
        ---
        Hier sind 3 Vorschläge:

        | Titel | Was zu tun ist |
        |---|---|
        | Alltag | Für kleine Aufgaben des Tages griffbereit halten: scissors. Das machen die meisten schon. |
        | Schule und Büro | Auf dem Schreibtisch bereitlegen: scissors. Das ist einfach und praktisch. |
        | Basteln | Beim Basteln verwenden: scissors. Das machen die meisten schon. |

        Sag Bescheid, wenn du mehr möchtest!"]],
    );
    check_rewrite(
        USES,
        "Explain why each works, with an example. At most 60 words.",
        &expect![[r"
        Your feedback asks for reasons, examples and at most 60 words, so the prompt now says it plainly.
        ---
        Give three uses for the following item: {item}

        Say in half a sentence why each use works. Add a short example to each use. Use at most 60 words in total.
        ---
        1. **Everyday tasks**: Keep scissors at hand for the small tasks of the day. It works because it needs nothing else. Example: a school class did this in one lesson.
        2. **School and office**: Have scissors ready wherever people sit at a desk. It works because people remember what they did with their hands."]],
    );
    check_rewrite(
        USES,
        "Start with \"Dear maker,\" and end with a question. No list.",
        &expect![[r"
            Your feedback asks for a question at the end, a given beginning and running text, so the prompt now says it plainly.
            ---
            Give three uses for the following item: {item}

            End with a question to the reader. Start with “Dear maker,”. Write it as running text, not as a list.
            ---
            Dear maker,

            Here are three uses for you:

            Keep scissors at hand for the small tasks of the day. Most people do this already. Have scissors ready wherever people sit at a desk. It is a simple and practical choice. Take scissors along to the craft table. This works well in many situations.

            Let me know if you'd like more!

            Which of these will you try first?"]],
    );
    check_rewrite(
        USES,
        "Don't mention desk. Use bullet points, emoji and a formal tone",
        &expect![[r"
            Your feedback asks for no mention of desk, emoji, a formal tone and bullet points, so the prompt now says it plainly.
            ---
            Give three uses for the following item: {item}

            Do not mention desk. Put a fitting emoji before each use. Use a formal tone. Write it as bullet points.
            ---
            Please find below three uses.

            - ✨ **Everyday tasks**: Keep scissors at hand for the small tasks of the day. This is advisable where time permits.
            - 🔧 **Crafts**: Take scissors along to the craft table. Appropriate care is recommended.
            - 🌱 **Repairs**: Reach for scissors when something at home needs a quick repair. The required effort is moderate.

            Please do not hesitate to ask for more."]],
    );
    check_rewrite(
        USES,
        "Think of people who are left-handed",
        &expect![[r"
        Your feedback asks for “Think of people who are left-handed”, so the prompt now says it plainly.
        ---
        Give three uses for the following item: {item}

        Also follow this: Think of people who are left-handed.
        ---
        Here are three uses for you:

        1. **Everyday tasks**: Keep scissors at hand for the small tasks of the day. Most people do this already.
        2. **School and office**: Have scissors ready wherever people sit at a desk. It is a simple and practical choice.
        3. **Crafts**: Take scissors along to the craft table. This works well in many situations.

        Let me know if you'd like more!

        (The demo model follows simple rules. It has seen “Think of people who are left-handed”, and a language model would act on it.)"]],
    );
    check_rewrite(
        USES,
        "capital letters, two sentences at most",
        &expect![[r"
        Your feedback asks for capital letters and at most two sentences, so the prompt now says it plainly.
        ---
        Give three uses for the following item: {item}

        Write everything in capital letters. Use at most two sentences in total.
        ---
        EVERYDAY TASKS: KEEP SCISSORS AT HAND FOR THE SMALL TASKS OF THE DAY. MOST PEOPLE DO THIS ALREADY."]],
    );
}

#[test]
fn what_the_prompt_already_asks_for_changes_nothing() {
    let prompt = Prompt::new(format!("{USES}\n\nStop after the last use, without a closing line."));
    let values = Values::from([("item".to_owned(), "a brick".to_owned())]);
    let (rationale, same) = rewrite(&prompt, &values, &[Feedback::whole("No closing line!")]);
    assert_eq!(same, prompt);
    assert_eq!(rationale, "The prompt already asks for no closing line.");
}

#[test]
fn a_newer_wish_replaces_an_older_one() {
    let prompt = Prompt::new(format!("{USES}\n\nAnswer in German."));
    let values = Values::from([("item".to_owned(), "a brick".to_owned())]);
    let (_, prompt) = rewrite(&prompt, &values, &[Feedback::whole("in French please")]);
    assert_eq!(prompt.text, format!("{USES}\n\nAnswer in French."));
}

#[test]
fn feedback_on_a_passage_is_understood_by_the_passage() {
    let values = Values::from([("item".to_owned(), "a brick".to_owned())]);
    let exact = "Let me know if you'd like more!".to_owned();
    let span = Some(Span { exact, prefix: String::new(), suffix: String::new() });
    let feedback = Feedback { text: "Drop this.".to_owned(), span };
    let (_, prompt) = rewrite(&Prompt::new(USES), &values, &[feedback]);
    let answer = answer(&prompt, &values);
    assert!(!answer.contains("Let me know") && answer.contains("Here are"), "{answer}");
}

#[test]
fn instructions_stand_before_the_input_and_braces_stay() {
    let text = "Extract the order from the e-mail below.\n\nAnswer with JSON, in exactly this \
        shape:\n{\"customer\": \"…\", \"items\": [{\"name\": \"…\", \"quantity\": 1}], \
        \"deliver_by\": \"YYYY-MM-DD\"}\n\nE-mail:\n{email}";
    let email = "Hello, this is Mara Lindqvist from the Harbour Café. Please send us 12 bags of \
        the dark roast and two boxes of paper filters, latest by 14 March 2027. Thank you!";
    let values = Values::from([("email".to_owned(), email.to_owned())]);
    let prompt = Prompt::new(text);
    let (_, draft) = rewrite(&prompt, &values, &[Feedback::whole("No opening line, nothing else")]);
    expect![[r#"
        Here is the JSON you asked for:

        ```json
        {
          "customer": "Mara Lindqvist",
          "items": [
            {
              "name": "bags of the dark roast",
              "quantity": 12
            },
            {
              "name": "boxes of paper filters",
              "quantity": 2
            }
          ],
          "deliver_by": "2027-03-14"
        }
        ```
        ---
        Extract the order from the e-mail below.

        Answer with JSON, in exactly this shape:
        {"customer": "…", "items": [{"name": "…", "quantity": 1}], "deliver_by": "YYYY-MM-DD"}

        Answer with JSON only, without any text around it.

        E-mail:
        {email}
        ---
        {
          "customer": "Mara Lindqvist",
          "items": [
            {
              "name": "bags of the dark roast",
              "quantity": 12
            },
            {
              "name": "boxes of paper filters",
              "quantity": 2
            }
          ],
          "deliver_by": "2027-03-14"
        }"#]]
    .assert_eq(&format!(
        "{}\n---\n{}\n---\n{}",
        answer(&prompt, &values),
        draft.text,
        answer(&draft, &values),
    ));
}

#[test]
fn other_forms() {
    check(
        "Name a bird.",
        &expect![[r"
            **Sparrow**: A small brown bird that lives near people. Everybody knows it.

            Let me know if you'd like more!"]],
    );
    check(
        "Name one bird of Norway.",
        &expect![[r"
            **Sparrow**: A small brown bird that lives near people. Everybody knows it.

            Let me know if you'd like more!"]],
    );
    check(
        "Write a haiku about the sea.",
        &expect![[r"
        Here is a haiku for you:

        Quiet morning light,
        the sea beneath the pale sky,
        the wind moves along

        Let me know if you'd like more!"]],
    );
    check(
        "Hello.",
        &expect![[r"
        Good question!

        There is a lot to say about “Hello”. In general, “Hello” can be seen from several sides, and each of them has its merits. It is important to look at the details before making a decision. Many people find that a calm first look helps.

        Let me know if you'd like more!"]],
    );
    check(
        "",
        &expect![[r"
        Good question!

        There is a lot to say about the topic. In general, the topic can be seen from several sides, and each of them has its merits. It is important to look at the details before making a decision. Many people find that a calm first look helps.

        Let me know if you'd like more!"]],
    );
    check(
        "List 5 ideas for a garden party as bullet points",
        &expect![[r"
        Here are five ideas for you:

        - **Start small**: Begin with the simplest part of a garden party. Most people do this already.
        - **Make a plan**: Write down what matters most about a garden party. It is a simple and practical choice.
        - **Ask around**: Talk to people who know a garden party well. This works well in many situations.
        - **Look online**: Search for what others say about a garden party. You can hardly go wrong with it.
        - **Take your time**: Do not rush anything that has to do with a garden party. Most people do this already.

        Let me know if you'd like more!"]],
    );
    check(
        "What is gravity? Use at most 12 words in total.",
        &expect!["There is a lot to say about “What is gravity”."],
    );
}

#[test]
fn the_examples_of_the_gallery() {
    check(
        "Write a reply to the message below. Tone: warm and brief.\n\nName the problem in one \
         sentence, say what happens next, and end with one question that helps us solve it. At \
         most 120 words.\n\nMessage:\nThe hedge trimmer I ordered two weeks ago arrived \
         yesterday, but the blade guard is cracked. I need it this weekend. What now?",
        &expect![[r"
            Here is a reply you could send:

            Hello,

            Thank you so much for writing to us. You wrote: “The hedge trimmer I ordered two weeks ago arrived yesterday, but the blade guard is cracked.” We understand that this is important to you and will look into the matter as soon as possible. Our team will get back to you within two working days. Could you send us a photo, so that we can help at once?

            Warm regards
            The team"]],
    );
    check(
        "Summarize the text below for a busy city council member in three bullet points.\nKeep \
         numbers and names. Leave out what this reader does not need.\n\nText:\nFrom May on, the \
         ferry line 4 runs every 15 minutes instead of every 30. The city pays 1.2 million euros \
         a year for two more boats, both electric. In a trial last autumn the number of \
         passengers rose by 38 percent, and 1,100 fewer cars a day crossed the old bridge. \
         Residents of the north quay complained about noise in the early morning; the operator \
         will replace the horn signals by lights before 7 a.m.",
        &expect![[r"
            Here is a summary of the text:

            - From May on, the ferry line 4 runs every 15 minutes instead of every 30.
            - The city pays 1.2 million euros a year for two more boats, both electric.
            - In a trial last autumn the number of passengers rose by 38 percent, and 1,100 fewer cars a day crossed the old bridge.

            Let me know if you'd like more!"]],
    );
    check(
        "Write a product description of 60 to 80 words for a folding kitchen scale.\n\nUse these \
         facts and no others:\nweighs up to 5 kg in steps of 1 g; folds to the size of a pencil \
         case; two AA batteries last about two years; glass plate that can be washed\n\nNo \
         exclamation marks, no superlatives. Start with what the product is good for.",
        &expect![[r"
            Here is a product description:

            A folding kitchen scale is the perfect choice for everyone. Weighs up to 5 kg in steps of 1 g. Folds to the size of a pencil case. Two AA batteries last about two years. Glass plate that can be washed.

            Let me know if you'd like more."]],
    );
    check(
        "Review this change to a Rust project.\n\nList at most three problems, the worst first, \
         one per line, as\nline: problem: what to do instead\nIf there is none, answer with \
         “Looks good.” and nothing else.\n\n fn mean(values: &[f64]) -> f64 {\n-    \
         values.iter().sum::<f64>() / values.len() as f64\n+    let mut sum = 0.0;\n+    for i in \
         0..=values.len() {\n+        sum += values[i];\n+    }\n+    sum / values.len() as f64\n }",
        &expect![[r"
            `let mut sum = 0.0;`: mutable state where an expression would do: keep the expression
            `for i in 0..=values.len() {`: the last index lies behind the end: use an exclusive range, `..`
            `sum += values[i];`: indexing hides what is summed: iterate over the values"]],
    );
}

#[test]
fn settings_are_kept() {
    let conversation = || Conversation {
        system_instructions: String::new(),
        messages: vec![Message::user("Give three uses for a brick")],
    };
    let settings = Settings { max_output_tokens: Some(4), ..Settings::default() };
    expect!["Here are three uses |Length"].assert_eq(&answer_to(&conversation(), &settings));
    let settings =
        Settings { stop_sequences: vec!["2.".to_owned()], seed: Some(1), ..Settings::default() };
    expect![[r"
        Here are three uses for you:

        1. **Everyday tasks**: Keep a brick at hand for the small tasks of the day. Most people do this already.
    "]].assert_eq(&answer_to(&conversation(), &settings));
}

#[test]
fn a_long_reply_comes_in_pieces() {
    let conversation = Conversation {
        system_instructions: String::new(),
        messages: vec![Message::user("Give twelve uses for a brick, with examples and reasons")],
    };
    let reply = demo::reply(&conversation, &Settings::default());
    assert!((20..=90).contains(&reply.pieces.len()), "{}", reply.pieces.len());
    assert!(reply.pieces.iter().all(|piece| !piece.is_empty()));
}

#[test]
fn a_prompt_in_another_language_keeps_it() {
    let prompt = Prompt::new("Nenne drei Ideen für ein Fest mit {guests} und schreibe sie auf.");
    let values = Values::from([("guests".to_owned(), "Kindern".to_owned())]);
    let feedback = [Feedback::whole("Die Ideen sollen kreativer sein")];
    let (_, draft) = rewrite(&prompt, &values, &feedback);
    assert_eq!(draft.text, format!("{}\n\nDie Ideen sollen kreativer sein.", prompt.text));
    assert_ne!(answer(&prompt, &values), answer(&draft, &values));
}

#[test]
fn real_prompts_are_rewritten_within_the_contract() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../align/tests/data/prompts.csv");
    let mut reader = csv::Reader::from_path(file).unwrap();
    let feedback = [
        Feedback::whole("Shorter, and no closing line."),
        Feedback::whole("Think of readers who are new to this."),
    ];
    for row in reader.records().map(Result::unwrap) {
        let prompt = Prompt::new(&row[1]);
        let values =
            prompt.variables().into_iter().map(|name| (name, "something".to_owned())).collect();
        let (_, draft) = rewrite(&prompt, &values, &feedback);
        assert_ne!(draft, prompt, "{}", &row[0]);
    }
}

#[test]
fn no_prompt_makes_it_stumble() {
    let odd =
        ["{", "{}", "[1]", "{\"a\": [[]]}", ":", ": :", "\n\n\n", "“", "1 2 3", "🦀", "ß:\nü"];
    for text in odd {
        for wish in ["", "\n\nUse at most 1 words in total.", "\n\nDo not mention a."] {
            answer(&Prompt::new(format!("{text}{wish}").replace("{a}", "")), &Values::new());
        }
    }
}
