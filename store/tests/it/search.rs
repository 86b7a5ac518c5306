//! Search: what words find, and that every input is a search.

use align::Prompt;
use align::record::{PromptQuery, WorkingCopy};

use crate::fixture::{ANN, Fixture, NOW, restore};

async fn library() -> Fixture {
    let fixture = Fixture::new().await;
    let long = format!("{} deep inside {{}}", "word ".repeat(200));
    for (title, text, tags) in [
        ("Shrimp scampi", "Write a shopping list for shrimp scampi.", &["Food"][..]),
        ("Lawnmower", "How do I change the oil in my lawnmower?", &["garden tools"][..]),
        ("買い物リスト", "エビのレシピの買い物リストを書いてください。", &["日本語"][..]),
        ("Résumé review", "Improve {resume} \"quietly\" NEAR the end (c++)", &[][..]),
        ("Emoji", "Answer with 🙂 only", &["🎉"][..]),
        ("Braces {}", "Return {\"label\": 1}", &[][..]),
        ("한국어", "가위의 세 가지 용도를 알려주세요", &[][..]),
        ("ภาษาไทย", "เขียนรายการซื้อของสำหรับกุ้ง", &[][..]),
        ("Long", long.as_str(), &[][..]),
    ] {
        fixture.prompt(title, text, tags).await;
    }
    fixture
}

#[tokio::test]
async fn what_is_typed_is_found_as_long_as_it_is_typed() {
    let fixture = Fixture::new().await;
    let store = &fixture.store;
    let id = fixture.prompt("Uses", "Give three uses.", &[]).await.id;
    let save = async |text: &str, revision| {
        let prompt = Prompt { system_instructions: "Sei knapp.".into(), ..Prompt::new(text) };
        let copy = WorkingCopy { prompt, revision, ..WorkingCopy::default() };
        store.save_working_copy(id, ANN, &copy, NOW).await.unwrap()
    };
    let revision = save("Give five quiet ideas.", 0).await;
    for words in ["quiet", "knapp", "three uses"] {
        assert_eq!(fixture.found(words).await, ["Uses"], "{words}");
    }
    save("Give five loud ideas.", revision).await;
    assert_eq!(fixture.found("loud").await, ["Uses"]);
    assert!(fixture.found("quiet").await.is_empty());
    store.restore_version(restore(id, 1)).await.unwrap();
    assert!(fixture.found("loud").await.is_empty(), "the editor holds v1 again");
}

#[tokio::test]
async fn words_find_titles_texts_and_tags() {
    let fixture = library().await;
    let none: [&str; 0] = [];
    for (search, expected) in [
        ("scampi", &["Shrimp scampi"][..]),
        ("SHOPPING shri", &["Shrimp scampi"]),
        ("shri shopping", &none), // only the last word is a prefix
        ("lawn", &["Lawnmower"]),
        ("food", &["Shrimp scampi"]),
        ("oil garden", &["Lawnmower"]),
        ("resume", &["Résumé review"]),
        ("RÉSUMÉ", &["Résumé review"]),
        ("deep inside", &["Long"]),
        ("買い物", &["買い物リスト"]),
        ("レシピ", &["買い物リスト"]),
        ("物", &["買い物リスト"]),
        ("物買", &none),
        ("日本", &["買い物リスト"]),
        ("용도", &["한국어"]),
        ("รายการ", &["ภาษาไทย"]),
        ("ซื้อของ", &["ภาษาไทย"]),
        ("🙂", &["Emoji"]),
        ("🎉", &["Emoji"]),
        ("{}", &["Braces {}"]), // signs are found in titles, excerpts and tags
        ("c++", &["Résumé review"]),
        ("\"quietly\"", &["Résumé review"]),
        ("unknown", &none),
    ] {
        assert_eq!(fixture.found(search).await, expected, "{search:?}");
    }
}

#[tokio::test]
async fn the_newest_text_is_what_is_found() {
    let fixture = library().await;
    let lawn = fixture.store.list_prompts(&query("lawnmower")).await.unwrap().prompts[0].id;
    fixture.save(lawn, "Explain the carburettor").await;
    assert!(fixture.found("oil").await.is_empty());
    assert_eq!(fixture.found("carbur").await, ["Lawnmower"]);
    fixture.save(lawn, "How do I change the oil?").await;
    assert_eq!(fixture.found("oil").await, ["Lawnmower"]);
}

#[tokio::test]
async fn every_input_is_a_search() {
    let fixture = library().await;
    let long = "a ".repeat(5_000);
    let quotes = "\"".repeat(5_000);
    let nested = "(".repeat(5_000);
    for search in [
        "\"",
        "\"\"",
        "\"a",
        "a\"",
        "a\"b",
        "'",
        "';--",
        "' OR 1=1",
        "*",
        "a*",
        "*a",
        "^a",
        "a^2",
        "NEAR",
        "NEAR(",
        "NEAR(a b, 3)",
        "a NEAR b",
        "AND",
        "a AND",
        "OR OR",
        "NOT",
        "a NOT b",
        "title:",
        "title:a",
        "{title body}:a",
        "-title:a",
        "(",
        ")",
        "((a)",
        "a + b",
        "+",
        ",",
        ".",
        ":",
        "\\",
        "%",
        "_",
        "\0",
        "a\0b",
        "\0\0",
        "\u{202e}",
        "\u{feff}",
        "\u{300}",
        "e\u{301}",
        "🙂",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈 a",
        "ⓐ",
        "½",
        "٣",
        "\u{10ffff}",
        "नमस्ते",
        "שלום",
        "\r\n",
        "\t",
        &long,
        &quotes,
        &nested,
    ] {
        let result = fixture.store.list_prompts(&query(search)).await;
        assert!(result.is_ok(), "{:?}: {result:?}", search.chars().take(20).collect::<String>());
        let tag = PromptQuery { tag: Some(search.into()), ..PromptQuery::default() };
        assert_eq!(
            fixture.store.list_prompts(&tag).await.unwrap().total,
            u32::from(search == "🎉")
        );
    }
}

/// What a person copies out of a prompt finds that prompt, whatever it holds.
#[tokio::test]
async fn its_own_words_find_a_prompt() {
    let fixture = Fixture::new().await;
    for text in [
        "नमस्ते दुनिया",
        "שָׁלוֹם עולם",
        "e\u{301}te\u{301} nai\u{308}ve",
        "Straße",
        "İstanbul",
        "a\0b c",
        "x_y-z w",
        "1.5e-3",
        "ⓐ½",
        "Ελλάδα",
        "snake_case::path",
        "中英mixed文本",
        "ﾊﾝｶｸ",
        "مرحبا بالعالم",
    ] {
        let id = fixture.prompt(text, text, &[]).await.id;
        let found = fixture.store.list_prompts(&query(text)).await.unwrap();
        assert!(found.prompts.iter().any(|prompt| prompt.id == id), "{text:?}");
    }
}

fn query(search: &str) -> PromptQuery {
    PromptQuery { search: search.into(), ..PromptQuery::default() }
}
