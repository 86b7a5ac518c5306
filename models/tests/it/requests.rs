//! What is sent.

use align::model::{SafetyThreshold, Settings};
use expect_test::{Expect, expect};
use serde_json::Value;

use crate::fixture::{Fixture, KEY, PROVIDERS, written};

fn all_settings() -> Settings {
    Settings {
        temperature: Some(0.5),
        top_p: Some(0.9),
        max_output_tokens: Some(100),
        stop_sequences: vec!["END".to_owned(), String::new()],
        seed: Some(7),
        safety: Some(SafetyThreshold::BlockOnlyHigh),
    }
}

async fn check(provider: &str, settings: Settings, expected: &Expect) {
    let fixture = Fixture::new().await;
    written(fixture.call(provider, "m-1", settings)).await;
    let requests = fixture.server.requests();
    let request = requests.iter().find(|request| request.method == "POST").unwrap();
    let query = if request.query.is_empty() { "" } else { "?" };
    let body = indented(&request.body);
    expected.assert_eq(&format!("{}{query}{}\n{body}", request.path, request.query));
}

fn indented(body: &Value) -> String {
    serde_json::to_string_pretty(body).unwrap()
}

#[tokio::test]
async fn gemini() {
    check(
        "gemini",
        all_settings(),
        &expect![[r#"
        /v1beta/models/m-1:streamGenerateContent?alt=sse
        {
          "contents": [
            {
              "parts": [
                {
                  "text": "Hi"
                }
              ],
              "role": "user"
            },
            {
              "parts": [
                {
                  "text": "Hello."
                }
              ],
              "role": "model"
            },
            {
              "parts": [
                {
                  "text": "Name it."
                }
              ],
              "role": "user"
            }
          ],
          "generationConfig": {
            "maxOutputTokens": 100,
            "seed": 7,
            "stopSequences": [
              "END"
            ],
            "temperature": 0.5,
            "topP": 0.9
          },
          "safetySettings": [
            {
              "category": "HARM_CATEGORY_HARASSMENT",
              "threshold": "BLOCK_ONLY_HIGH"
            },
            {
              "category": "HARM_CATEGORY_HATE_SPEECH",
              "threshold": "BLOCK_ONLY_HIGH"
            },
            {
              "category": "HARM_CATEGORY_SEXUALLY_EXPLICIT",
              "threshold": "BLOCK_ONLY_HIGH"
            },
            {
              "category": "HARM_CATEGORY_DANGEROUS_CONTENT",
              "threshold": "BLOCK_ONLY_HIGH"
            }
          ],
          "systemInstruction": {
            "parts": [
              {
                "text": "Be brief."
              }
            ]
          }
        }"#]],
    )
    .await;
}

#[tokio::test]
async fn openai_compatible() {
    check(
        "openai",
        all_settings(),
        &expect![[r#"
        /v1/chat/completions
        {
          "max_tokens": 100,
          "messages": [
            {
              "content": "Be brief.",
              "role": "system"
            },
            {
              "content": "Hi",
              "role": "user"
            },
            {
              "content": "Hello.",
              "role": "assistant"
            },
            {
              "content": "Name it.",
              "role": "user"
            }
          ],
          "model": "m-1",
          "seed": 7,
          "stop": [
            "END"
          ],
          "stream": true,
          "stream_options": {
            "include_usage": true
          },
          "temperature": 0.5,
          "top_p": 0.9
        }"#]],
    )
    .await;
}

#[tokio::test]
async fn anthropic() {
    check(
        "anthropic",
        all_settings(),
        &expect![[r#"
        /v1/messages
        {
          "max_tokens": 100,
          "messages": [
            {
              "content": "Hi",
              "role": "user"
            },
            {
              "content": "Hello.",
              "role": "assistant"
            },
            {
              "content": "Name it.",
              "role": "user"
            }
          ],
          "model": "m-1",
          "stop_sequences": [
            "END"
          ],
          "stream": true,
          "system": "Be brief.",
          "temperature": 0.5,
          "top_p": 0.9
        }"#]],
    )
    .await;
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    check(
        "gemini",
        Settings::default(),
        &expect![[r#"
        /v1beta/models/m-1:streamGenerateContent?alt=sse
        {
          "contents": [
            {
              "parts": [
                {
                  "text": "Hi"
                }
              ],
              "role": "user"
            },
            {
              "parts": [
                {
                  "text": "Hello."
                }
              ],
              "role": "model"
            },
            {
              "parts": [
                {
                  "text": "Name it."
                }
              ],
              "role": "user"
            }
          ],
          "systemInstruction": {
            "parts": [
              {
                "text": "Be brief."
              }
            ]
          }
        }"#]],
    )
    .await;
    check(
        "openai",
        Settings::default(),
        &expect![[r#"
        /v1/chat/completions
        {
          "messages": [
            {
              "content": "Be brief.",
              "role": "system"
            },
            {
              "content": "Hi",
              "role": "user"
            },
            {
              "content": "Hello.",
              "role": "assistant"
            },
            {
              "content": "Name it.",
              "role": "user"
            }
          ],
          "model": "m-1",
          "stream": true,
          "stream_options": {
            "include_usage": true
          }
        }"#]],
    )
    .await;
    check(
        "anthropic",
        Settings::default(),
        &expect![[r#"
        /v1/messages
        {
          "max_tokens": 4096,
          "messages": [
            {
              "content": "Hi",
              "role": "user"
            },
            {
              "content": "Hello.",
              "role": "assistant"
            },
            {
              "content": "Name it.",
              "role": "user"
            }
          ],
          "model": "m-1",
          "stream": true,
          "system": "Be brief."
        }"#]],
    )
    .await;
}

#[tokio::test]
async fn keys_go_into_headers_alone() {
    let fixture = Fixture::new().await;
    for provider in PROVIDERS {
        written(fixture.stream(provider, "m-1")).await;
    }
    let names = ["x-goog-api-key", "authorization", "x-api-key"];
    let requests = fixture.server.requests();
    for (path, header) in ["/v1beta/models/", "/v1/chat/", "/v1/messages"].iter().zip(names) {
        let request = requests.iter().find(|it| it.path.starts_with(path)).unwrap();
        assert!(request.header(header).unwrap().ends_with(KEY));
        assert!(!request.query.contains(KEY) && !request.path.contains(KEY));
    }
}

#[tokio::test]
async fn odd_model_names_stay_in_their_place() {
    let fixture = Fixture::new().await;
    written(fixture.stream("gemini", "a?b#c d")).await;
    let requests = fixture.server.requests();
    let request = requests.iter().find(|request| request.method == "POST").unwrap();
    assert_eq!(request.path, "/v1beta/models/a%3Fb%23c%20d:streamGenerateContent");
}
