//! Extra headers as text, one `Name: value` per line. A value that is kept on the server is dots.

use align::record::ExtraHeader;

/// What stands for a value that stays as it is.
const KEPT: &str = "••••";

/// The text for headers whose values are kept.
pub(super) fn kept(names: &[String]) -> String {
    let lines = names.iter().map(|name| [name, ": ", KEPT, "\n"].concat());
    lines.collect()
}

/// Reads the text; an error is a line that is no header.
pub(super) fn read(text: &str) -> Result<Vec<ExtraHeader>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(':').ok_or_else(|| line.to_owned())?;
        let value = value.trim();
        let value = (value != KEPT).then(|| value.to_owned());
        Ok(ExtraHeader { name: name.trim().to_owned(), value })
    });
    headers.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_stays_and_what_is_typed_is_read() {
        let text = kept(&["api-key".to_owned()]) + "\n x-team :  blue: green \n";
        let headers = read(&text).unwrap();
        let header = |name: &str, value: Option<&str>| ExtraHeader {
            name: name.to_owned(),
            value: value.map(str::to_owned),
        };
        assert_eq!(headers, [header("api-key", None), header("x-team", Some("blue: green"))]);
        assert_eq!(read("no header"), Err("no header".to_owned()));
    }
}
