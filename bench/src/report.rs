//! What comes out: a table for people, JSON for programs, and whether every budget is met.

use serde::Serialize;

use crate::budget::{BUDGETS, Budget};
use crate::machine::Machine;

/// A figure that was measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Measured {
    /// The figure, as its [`Budget`] names it.
    #[serde(skip)]
    pub(crate) figure: &'static str,
    /// Its value, in the budget's unit.
    pub(crate) value: f64,
    /// What the same client measures without Attune: a bare handler, the model server alone.
    pub(crate) floor: Option<f64>,
    /// What the value times of the floor is, where that says something.
    pub(crate) ratio: Option<f64>,
    /// What else belongs to it.
    pub(crate) note: String,
}

impl Measured {
    /// A figure without a floor.
    pub(crate) fn new(figure: &'static str, value: f64) -> Self {
        Self { figure, value, floor: None, ratio: None, note: String::new() }
    }

    /// The same beside its floor.
    pub(crate) fn over(self, floor: f64) -> Self {
        Self { floor: Some(floor), ratio: Some(self.value / floor), ..self }
    }

    /// The same with a note.
    pub(crate) fn noting(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}

/// A row of the table.
#[derive(Clone, Debug, Serialize)]
struct Row {
    #[serde(flatten)]
    budget: Budget,
    /// Missing when the part that measures it failed.
    #[serde(flatten)]
    measured: Option<Measured>,
    is_met: bool,
    /// Why it could not be measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Everything that was measured.
#[derive(Serialize)]
pub(crate) struct Report {
    machine: Machine,
    figures: Vec<Row>,
}

impl Report {
    /// Nothing yet.
    pub(crate) fn new(machine: Machine) -> Self {
        Self { machine, figures: Vec::new() }
    }

    /// Adds what a part measured; a figure that it leaves out counts as missed.
    pub(crate) fn add(&mut self, part: &str, mut measured: Vec<Measured>) {
        for budget in BUDGETS.iter().filter(|budget| budget.part == part) {
            let place = measured.iter().position(|it| it.figure == budget.figure);
            let found = place.map(|place| measured.swap_remove(place));
            let is_met = found.as_ref().is_some_and(|it| budget.limit.is_met_by(it.value));
            let error = found.is_none().then(|| "was not measured".to_owned());
            self.figures.push(Row { budget: *budget, measured: found, is_met, error });
        }
    }

    /// Adds a part that failed.
    pub(crate) fn fail(&mut self, part: &str, error: &anyhow::Error) {
        for budget in BUDGETS.iter().filter(|budget| budget.part == part) {
            let error = Some(format!("{error:#}"));
            self.figures.push(Row { budget: *budget, measured: None, is_met: false, error });
        }
    }

    /// Whether every budget is met.
    pub(crate) fn is_met(&self) -> bool {
        self.figures.iter().all(|row| row.is_met)
    }

    /// The machine and all figures as JSON.
    pub(crate) fn json(&self) -> String {
        let mut json = serde_json::json!(self);
        json["is_met"] = self.is_met().into();
        format!("{json:#}")
    }

    /// The same for people.
    pub(crate) fn table(&self) -> String {
        let head =
            ["figure", "measured", "budget", "verdict", "floor", "× floor"].map(String::from);
        let rows: Vec<[String; 6]> =
            [head].into_iter().chain(self.figures.iter().map(cells)).collect();
        let widths: Vec<usize> = (0..6)
            .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
            .collect();
        let mut lines = vec![self.machine.to_string(), String::new()];
        lines.extend(rows.iter().map(|row| line(row, &widths)));
        lines.insert(
            3,
            widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join("  "),
        );
        let notes = self.notes();
        if !notes.is_empty() {
            lines.push(String::new());
            lines.extend(notes);
        }
        lines.push(String::new());
        lines.push(self.verdict());
        lines.join("\n")
    }

    /// What belongs to the figures; what several of them say stands there once.
    fn notes(&self) -> Vec<String> {
        let mut last = "";
        let mut notes = Vec::new();
        for row in &self.figures {
            let note = row.measured.as_ref().map(|it| &it.note).or(row.error.as_ref());
            let note = note.map_or("", String::as_str);
            if !note.is_empty() && note != last {
                notes.push(format!("{}: {note}", row.budget.figure));
            }
            last = note;
        }
        notes
    }

    fn verdict(&self) -> String {
        let missed = self.figures.iter().filter(|row| !row.is_met).count();
        match missed {
            0 => format!("All {} budgets are met.", self.figures.len()),
            _ => format!("{missed} of {} budgets are missed.", self.figures.len()),
        }
    }
}

fn cells(row: &Row) -> [String; 6] {
    let Budget { figure, unit, .. } = row.budget;
    let number =
        |value: Option<f64>| value.map(|it| format!("{} {unit}", shown(it))).unwrap_or_default();
    let measured = row.measured.as_ref();
    [
        figure.to_owned(),
        measured.map_or_else(|| "–".to_owned(), |it| number(Some(it.value))),
        limit(&row.budget),
        if row.is_met { "met" } else { "MISSED" }.to_owned(),
        number(measured.and_then(|it| it.floor)),
        measured.and_then(|it| it.ratio).map(|it| format!("{it:.2}")).unwrap_or_default(),
    ]
}

fn limit(budget: &Budget) -> String {
    let (sign, limit) = match budget.limit {
        crate::budget::Limit::AtMost(limit) => ('≤', limit),
        crate::budget::Limit::AtLeast(limit) => ('≥', limit),
    };
    format!("{sign} {limit} {}", budget.unit)
}

/// The first column to the left, numbers to the right, the verdict to the left.
fn line(row: &[String; 6], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, &width))| match column {
        0 | 3 => format!("{cell:<width$}"),
        _ => format!("{cell:>width$}"),
    });
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

/// As many digits as count.
pub(crate) fn shown(value: f64) -> String {
    match value.abs() {
        size if size >= 1_000.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::budget::{MEMORY_IDLE, MEMORY_STREAMING, READS_8, WRITES_1, WRITES_8};

    fn report() -> Report {
        Report::new(Machine {
            cpu: "Some CPU".into(),
            cores: 2,
            memory_mib: 2048,
            system: "Linux 6.1".into(),
            sync_mode: "wal, FULL".into(),
        })
    }

    fn check(report: &Report, expected: &Expect) {
        expected.assert_eq(&report.table());
    }

    #[test]
    fn a_table_has_machine_rows_notes_and_a_verdict() {
        let mut report = report();
        report.add("reads", vec![Measured::new(READS_8, 9_000.0).over(18_000.0)]);
        report.add(
            "memory",
            vec![
                Measured::new(MEMORY_STREAMING, 150.4).noting("sampled 20 times"),
                Measured::new(MEMORY_IDLE, 24.31),
            ],
        );
        assert!(!report.is_met());
        check(
            &report,
            &expect![[r"
                Some CPU, 2 cores, 2048 MiB, Linux 6.1; commits: wal, FULL

                figure                                           measured        budget  verdict        floor  × floor
                ─────────────────────────────────────────────  ──────────  ────────────  ───────  ───────────  ───────
                reads of a prompt's newest version, 8 clients  9000 per s  ≥ 8000 per s  met      18000 per s     0.50
                resident memory, idle                            24.3 MiB      ≤ 50 MiB  met
                resident memory, 200 runs streaming             150.4 MiB     ≤ 150 MiB  MISSED

                resident memory, 200 runs streaming: sampled 20 times

                1 of 3 budgets are missed."]],
        );
    }

    #[test]
    fn what_cannot_be_measured_is_missed_and_says_why() {
        let mut report = report();
        report.fail("writes", &anyhow::anyhow!("no such file").context("could not start attune"));
        assert!(!report.is_met());
        check(
            &report,
            &expect![[r"
            Some CPU, 2 cores, 2048 MiB, Linux 6.1; commits: wal, FULL

            figure                             measured        budget  verdict  floor  × floor
            ─────────────────────────────────  ────────  ────────────  ───────  ─────  ───────
            durable version writes, 1 client          –   ≥ 500 per s  MISSED
            durable version writes, 8 clients         –  ≥ 1500 per s  MISSED

            durable version writes, 1 client: could not start attune: no such file

            2 of 2 budgets are missed."]],
        );
        let mut half = self::report();
        half.add("writes", vec![Measured::new(WRITES_1, 600.0)]);
        assert!(!half.is_met(), "{WRITES_8} is missing");
    }

    #[test]
    fn json_has_the_same() {
        let mut report = report();
        report.add("reads", vec![Measured::new(READS_8, 9_000.0).over(18_000.0)]);
        expect![[r#"
            {
              "figures": [
                {
                  "figure": "reads of a prompt's newest version, 8 clients",
                  "floor": 18000.0,
                  "is_met": true,
                  "limit": {
                    "at_least": 8000.0
                  },
                  "note": "",
                  "ratio": 0.5,
                  "unit": "per s",
                  "value": 9000.0
                }
              ],
              "is_met": true,
              "machine": {
                "cores": 2,
                "cpu": "Some CPU",
                "memory_mib": 2048,
                "sync_mode": "wal, FULL",
                "system": "Linux 6.1"
              }
            }"#]]
        .assert_eq(&report.json());
    }
}
