//! Moments, and what the calendar says of them.

use chrono::{DateTime, Datelike, Timelike, Utc};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Timestamp = i64;

/// Date and time of day, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarTime {
    /// The year, such as 2026.
    pub year: i32,
    /// The month, from 1.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
    /// The hour, 0 to 23.
    pub hour: u32,
    /// The minute, 0 to 59.
    pub minute: u32,
    /// The second, 0 to 59.
    pub second: u32,
}

impl CalendarTime {
    /// Date and time of `at`; the last one that the calendar knows where `at` is beyond it.
    pub fn utc(at: Timestamp) -> Self {
        let time = DateTime::from_timestamp_millis(at).unwrap_or(DateTime::<Utc>::MAX_UTC);
        Self {
            year: time.year(),
            month: time.month(),
            day: time.day(),
            hour: time.hour(),
            minute: time.minute(),
            second: time.second(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(at: Timestamp, expected: &str) {
        let CalendarTime { year, month, day, hour, minute, second } = CalendarTime::utc(at);
        let shown = format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
        assert_eq!(shown, expected);
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        check(0, "1970-01-01 00:00:00");
        check(951_782_399_000, "2000-02-28 23:59:59");
        check(951_782_400_000, "2000-02-29 00:00:00");
        check(1_735_689_599_999, "2024-12-31 23:59:59");
        check(-1, "1969-12-31 23:59:59");
    }

    #[test]
    fn no_moment_is_too_late() {
        assert!(CalendarTime::utc(Timestamp::MAX).year > 200_000);
    }
}
