//! Limits of what describes a connection.

use align::record::ConnectionInput;

use super::{characters, one_line};
use crate::error::ServiceError;

const MAX_LABEL_CHARS: usize = 100;
const MAX_BASE_URL_CHARS: usize = 2_000;
const MAX_SECRET_CHARS: usize = 8_000;
const MAX_HEADERS: usize = 20;

/// A connection that is small enough to be kept; answers its label on one line.
pub(crate) fn connection(input: &ConnectionInput) -> Result<String, ServiceError> {
    let label = one_line(&input.label);
    if label.is_empty() {
        return Err(ServiceError::invalid(
            "The connection has no name.",
            "Give it one, such as the name of the provider.",
        ));
    }
    characters(&label, "The name", MAX_LABEL_CHARS)?;
    characters(&input.base_url, "The base URL", MAX_BASE_URL_CHARS)?;
    characters(input.key.as_deref().unwrap_or_default(), "The API key", MAX_SECRET_CHARS)?;
    if input.headers.len() > MAX_HEADERS {
        return Err(ServiceError::invalid(
            format!("There are {} extra headers; the limit is {MAX_HEADERS}.", input.headers.len()),
            "Keep those that the server asks for.",
        ));
    }
    for header in &input.headers {
        characters(&header.name, "The name of a header", MAX_LABEL_CHARS)?;
        characters(header.value.as_deref().unwrap_or_default(), "A header", MAX_SECRET_CHARS)?;
    }
    Ok(label)
}
