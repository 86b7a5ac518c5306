//! Moments and durations in words.

use align::record::{CalendarTime, Timestamp};
use leptos::prelude::*;

use crate::caller;

/// A moment as people read it: the server writes UTC, the browser replaces it by local time, so
/// that hydration meets what was rendered.
#[component]
pub(crate) fn Moment(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    let text = RwSignal::new(utc(at));
    Effect::new(move || text.set(crate::browser::local_time(at)));
    view! { <time datetime=utc_machine(at)>{text}</time> }
}

/// "2.4 s", or "380 ms" below a second.
pub(crate) fn duration(ms: u32) -> String {
    let tenths = ms / 100 + u32::from(ms % 100 >= 50);
    if ms < 1000 { format!("{ms} ms") } else { format!("{}.{} s", tenths / 10, tenths % 10) }
}

/// Who did it, for the one who looks.
pub(crate) fn author(name: &str) -> String {
    if caller::name().as_deref() == Some(name) { "you".to_owned() } else { name.to_owned() }
}

fn utc(at: Timestamp) -> String {
    let CalendarTime { year, month, day, hour, minute, .. } = CalendarTime::utc(at);
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

fn utc_machine(at: Timestamp) -> String {
    let CalendarTime { year, month, day, hour, minute, .. } = CalendarTime::utc(at);
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_well() {
        assert_eq!(utc(0), "1970-01-01 00:00 UTC");
        assert_eq!(utc(951_782_399_000), "2000-02-28 23:59 UTC");
        assert_eq!(utc(951_868_800_000), "2000-03-01 00:00 UTC");
        assert_eq!(utc_machine(1_790_000_000_000), "2026-09-21T14:13Z");
    }

    #[test]
    fn durations_read_well() {
        assert_eq!(duration(999), "999 ms");
        assert_eq!(duration(1000), "1.0 s");
        assert_eq!(duration(3240), "3.2 s");
        assert_eq!(duration(59_960), "60.0 s");
    }
}
