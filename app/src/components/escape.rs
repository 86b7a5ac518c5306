//! Text for the two elements whose text Leptos writes into the server's page as it is.

/// `text` as the child of a `<textarea>` or as the page's `<title>`. Both end at their closing tag
/// wherever it stands, so on the server what could begin one is escaped. In the browser text is set,
/// not parsed, and stays.
pub(crate) fn element_text(text: String) -> String {
    if cfg!(feature = "ssr") { text.replace('&', "&amp;").replace('<', "&lt;") } else { text }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::element_text;

    #[test]
    fn nothing_ends_the_element() {
        let text = element_text("a & b</textarea><script>alert(1)</script>&lt;".to_owned());
        assert_eq!(text, "a &amp; b&lt;/textarea>&lt;script>alert(1)&lt;/script>&amp;lt;");
    }
}
