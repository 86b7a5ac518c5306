//! Which models there are.

use expect_test::expect;
use loopback::{Loopback, Options};
use models::Models;

use crate::fixture::{KEY, config};

#[tokio::test]
async fn all_pages_of_all_providers_are_listed() {
    let names = ["m-1", "m-2", "m-3", "m-4", "m-5"].map(str::to_owned).to_vec();
    let options = Options { models: names, ..Options::default() };
    let server = Loopback::start_with(options).await.unwrap();
    let models = Models::connect(config(&server.base_url(), KEY)).await.unwrap();
    let lines = models.providers().await.into_iter().map(|info| {
        let names = info.models.iter().map(|it| format!("{} ({})", it.model, it.label));
        format!("{}: {}", info.label, names.collect::<Vec<_>>().join(", "))
    });
    expect![[r"
        Gemini: gemini/m-1 (Loopback m-1), gemini/m-2 (Loopback m-2), gemini/m-3 (Loopback m-3), gemini/m-4 (Loopback m-4), gemini/m-5 (Loopback m-5)
        Anthropic: anthropic/m-1 (Loopback m-1), anthropic/m-2 (Loopback m-2), anthropic/m-3 (Loopback m-3), anthropic/m-4 (Loopback m-4), anthropic/m-5 (Loopback m-5)
        Lab cluster: openai/m-1 (m-1), openai/m-2 (m-2), openai/m-3 (m-3), openai/m-4 (m-4), openai/m-5 (m-5)
        Demo model – not a language model: demo/demo-1 (Demo model – not a language model)"]].assert_eq(&lines.collect::<Vec<_>>().join("\n"));
}

#[tokio::test]
async fn a_wrong_key_is_a_problem_of_its_provider_alone() {
    let server = Loopback::start().await.unwrap();
    let mut config = config(&server.base_url(), "wrong-key");
    config.anthropic = self::config(&server.base_url(), KEY).anthropic;
    let models = Models::connect(config).await.unwrap();
    let lines = models.providers().await.into_iter().map(|info| match info.problem {
        Some(problem) => format!("{}: {}", info.id, problem.message),
        None => format!("{}: {} models", info.id, info.models.len()),
    });
    expect![[r"
        gemini: Gemini answered 401: it does not accept the key. It says: “The key is not valid.”
        anthropic: 3 models
        openai: Lab cluster answered 401: it does not accept the key. It says: “The key is not valid.”
        demo: 1 models"]].assert_eq(&lines.collect::<Vec<_>>().join("\n"));
    assert_eq!(models.preferred().await.to_string(), "anthropic/echo");
}

#[tokio::test]
async fn models_are_listed_once_for_many_who_ask() {
    let server = Loopback::start().await.unwrap();
    let models = Models::connect(config(&server.base_url(), KEY)).await.unwrap();
    tokio::join!(models.providers(), models.providers(), models.preferred());
    models.providers().await;
    let openai = server.requests().into_iter().filter(|it| it.header("authorization").is_some());
    assert_eq!(openai.count(), 1);
}
