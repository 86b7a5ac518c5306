//! Percentiles.

/// The value below which `percent` of `values` lie, by the nearest rank: a value that was measured,
/// never one in between. `None` for no values.
pub(crate) fn percentile(values: &[f64], percent: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a rank is between 0 and the number of values, which is small"
    )]
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

/// The value in the middle.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    percentile(values, 50.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], percent: f64, expected: Option<f64>) {
        assert_eq!(percentile(values, percent), expected, "{percent}% of {values:?}");
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        check(&[], 50.0, None);
        check(&[7.0], 50.0, Some(7.0));
        check(&[7.0], 99.0, Some(7.0));
        check(&[3.0, 1.0, 2.0], 50.0, Some(2.0));
        check(&[4.0, 1.0, 2.0, 3.0], 50.0, Some(2.0));
        check(&[1.0, 2.0], 0.0, Some(1.0));
        check(&[1.0, 2.0], 100.0, Some(2.0));
    }

    #[test]
    fn the_99th_of_200_leaves_two_above() {
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        check(&values, 99.0, Some(198.0));
        check(&values, 50.0, Some(100.0));
        assert_eq!(median(&values), Some(100.0));
    }
}
