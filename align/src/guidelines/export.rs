//! Guidelines as texts that other tools read.

/// A heading and a bulleted list. Line breaks inside a guideline become spaces.
pub fn as_markdown(name: &str, texts: &[String]) -> String {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let items: Vec<_> = texts.iter().map(|text| format!("- {}\n", one_line(text))).collect();
    format!("# {}\n\n{}", one_line(name), items.concat())
}

/// `{"name": …, "guidelines": […]}`.
pub fn as_json(name: &str, texts: &[String]) -> String {
    let texts: Vec<_> = texts.iter().map(|text| format!("\n    {}", quoted(text))).collect();
    let (name, texts) = (quoted(name), texts.join(","));
    format!("{{\n  \"name\": {name},\n  \"guidelines\": [{texts}\n  ]\n}}\n")
}

fn quoted(text: &str) -> String {
    // A string can always be written.
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn guidelines_leave_as_markdown_and_as_json() {
        let texts = ["Name three uses.".to_owned(), "Say \"why\"\nin one line.".to_owned()];
        assert_eq!(
            as_markdown("House style", &texts),
            "# House style\n\n- Name three uses.\n- Say \"why\" in one line.\n"
        );
        let read: serde_json::Value =
            serde_json::from_str(&as_json("House style", &texts)).unwrap();
        assert_eq!(read, json!({ "name": "House style", "guidelines": texts }));
    }
}
