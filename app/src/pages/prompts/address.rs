//! The query in the address of the page: `/?q=words&tag=name&page=2`, so that a search can be
//! linked, goes back with the Back button, and works as a plain form.

use align::record::PromptQuery;

/// Reads the part of an address after `?`. What is not understood is left out.
pub(super) fn parse(search: &str) -> PromptQuery {
    let mut query = PromptQuery::default();
    for pair in search.trim_start_matches('?').split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decode(value);
        match name {
            "q" => value.trim().clone_into(&mut query.search),
            "tag" => query.tag = Some(value).filter(|tag| !tag.is_empty()),
            // People count pages from 1.
            "page" => query.page = value.parse::<u32>().unwrap_or(1).saturating_sub(1),
            _ => {}
        }
    }
    query
}

/// The address that shows what matches `query`.
pub(super) fn print(query: &PromptQuery) -> String {
    let mut pairs = Vec::new();
    if !query.search.is_empty() {
        pairs.push(format!("q={}", encode(&query.search)));
    }
    if let Some(tag) = &query.tag {
        pairs.push(format!("tag={}", encode(tag)));
    }
    if query.page > 0 {
        pairs.push(format!("page={}", query.page.saturating_add(1)));
    }
    if pairs.is_empty() { "/".to_owned() } else { format!("/?{}", pairs.join("&")) }
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn encode(text: &str) -> String {
    let encode = |byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// Decodes `application/x-www-form-urlencoded`: `+` is a space, a lone `%` stays.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%').then(|| hex(bytes.get(at + 1..at + 3)?)).flatten();
        decoded.push(escaped.unwrap_or(if byte == b'+' { b' ' } else { byte }));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digits = str::from_utf8(digits).ok().filter(|text| !text.starts_with('+'))?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(search: &str, tag: Option<&str>, page: u32) -> PromptQuery {
        PromptQuery { search: search.to_owned(), tag: tag.map(str::to_owned), page }
    }

    #[test]
    fn addresses_are_read_as_they_were_written() {
        for query in [
            query("", None, 0),
            query("three uses", None, 0),
            query("100% {item} & “größe” + 1/2? #x", Some("a,b & c"), 4),
            query("%41 %", Some("%"), 0),
        ] {
            let address = print(&query);
            assert_eq!(parse(address.trim_start_matches('/')), query, "{address}");
        }
    }

    #[test]
    fn a_plain_form_is_understood() {
        assert_eq!(parse("q=three+uses&tag="), query("three uses", None, 0));
        assert_eq!(parse("?page=2&q=%C3%A4"), query("ä", None, 1));
    }

    #[test]
    fn nonsense_is_left_out() {
        for search in ["", "?", "&&", "page=0", "page=-1", "page=x", "x=1"] {
            assert_eq!(parse(search), PromptQuery::default(), "{search}");
        }
        assert_eq!(parse("q=%+1%FF").search, "% 1\u{fffd}");
    }

    #[test]
    fn the_empty_query_has_the_shortest_address() {
        assert_eq!(print(&PromptQuery::default()), "/");
        assert_eq!(print(&query("a b", Some("json"), 1)), "/?q=a%20b&tag=json&page=2");
    }
}
