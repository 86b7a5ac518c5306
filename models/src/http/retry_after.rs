//! How long a provider asks to wait.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// Reads `Retry-After` (seconds or an HTTP date, RFC 9110) and OpenAI's `retry-after-ms`.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(ms) = text("retry-after-ms").and_then(number) {
        return Some(ms / 1000);
    }
    let value = text(RETRY_AFTER.as_str())?;
    number(value).or_else(|| {
        let date = httpdate::parse_http_date(value).ok()?;
        Some(date.duration_since(now).unwrap_or_default())
    })
}

/// A number of seconds, perhaps with a fraction and with an `s` after it, as Google writes them.
pub(super) fn number(text: &str) -> Option<Duration> {
    let seconds: f64 = text.strip_suffix('s').unwrap_or(text).parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &'static str, value: &str, expected_ms: Option<u128>) {
        let now = httpdate::parse_http_date("Tue, 24 Nov 2026 02:00:00 GMT").unwrap();
        let headers = HeaderMap::from_iter([(name.parse().unwrap(), value.parse().unwrap())]);
        let found = retry_after(&headers, now).map(|wait| wait.as_millis());
        assert_eq!(found, expected_ms, "{name}: {value}");
    }

    #[test]
    fn seconds_dates_and_milliseconds_are_read() {
        check("retry-after", "32", Some(32_000));
        check("retry-after", " 1.5 ", Some(1_500));
        check("retry-after", "Tue, 24 Nov 2026 02:00:20 GMT", Some(20_000));
        check("retry-after", "Tue, 24 Nov 2026 01:00:00 GMT", Some(0));
        check("retry-after-ms", "750", Some(750));
        check("retry-after", "soon", None);
        check("retry-after", "-5", None);
        check("retry-after", "1e400", None);
        check("x-other", "5", None);
    }
}
