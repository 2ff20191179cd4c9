//! The table of what was measured, for a person.
//!
//! In: rows. Out: Markdown, in which what is over its budget is marked. Never: a number without its unit in the head of
//! its column.

use std::fmt::Write as _;

use super::budgets::Budget;
use super::{Figures, Options, Row, called};

/// The whole report.
pub(super) fn print(machine: &str, options: &Options, rows: &[Row]) -> String {
    let mut text = format!("{machine}; medians of {} rounds. CPU s are of all processes.", options.rounds);
    if let Some(revision) = &options.against {
        let _ = write!(text, " What `{revision}` takes follows after `was`, and how many times that this is.");
    }
    text.push_str("\n\n| document | lines | generation, CPU s | peak MB |");
    for build in options.builds() {
        let _ = write!(text, " {}, CPU s | peak GB |", called(build));
    }
    text.push_str("\n|---|---|---|---|");
    text.push_str(&"---|---|".repeat(options.builds().len()));
    text.push('\n');
    let mut over = 0;
    for row in rows {
        let cells = cells(row);
        let shown: Vec<String> = cells.iter().map(Cell::show).collect();
        let _ = writeln!(text, "| {} | {} |", row.document, shown.join(" | "));
        over += cells.iter().filter(|cell| cell.is_over()).count();
    }
    let _ = writeln!(text, "\n**Over** their budgets: {over}.");
    text
}

/// A number, and what it is compared with.
struct Cell {
    value: f64,
    decimals: usize,
    /// What it may be at most.
    most: Option<f64>,
    /// What it was, and how many times that it is.
    was: Option<(f64, f64)>,
}

impl Cell {
    fn is_over(&self) -> bool {
        self.most.is_some_and(|most| self.value > most)
    }

    fn show(&self) -> String {
        let decimals = self.decimals;
        let most = self.most.map(|most| format!(" of {most}")).unwrap_or_default();
        let over = if self.is_over() { " **over**" } else { "" };
        let was = self.was.map(|(was, times)| format!("; was {was:.decimals$}, ×{times:.2}")).unwrap_or_default();
        format!("{:.decimals$}{most}{over}{was}", self.value)
    }
}

fn cells(row: &Row) -> Vec<Cell> {
    let budget = Budget::of(&row.document);
    let most = |part: fn(&Budget) -> Option<f64>| budget.and_then(part);
    let count = |lines: &usize| f64::from(u32::try_from(*lines).unwrap_or(u32::MAX));
    let lines: Vec<f64> = row.lines.iter().map(count).collect();
    let now = lines.first().copied().unwrap_or_default();
    let mut cells = vec![Cell {
        value: now,
        decimals: 0,
        most: most(|budget| budget.lines.map(f64::from)),
        was: lines.get(1).map(|was| (*was, now / was)),
    }];
    cells.push(seconds(&row.generation, 2, most(|budget| budget.generation_seconds)));
    cells.push(memory(&row.generation, 1.0, 0, most(|budget| budget.generation_megabytes)));
    for (place, figures) in row.builds.iter().enumerate() {
        // Only checking, which comes first, has a budget.
        let checked = |part: fn(&Budget) -> Option<f64>| most(part).filter(|_| place == 0);
        cells.push(seconds(figures, 1, checked(|budget| budget.check_seconds)));
        cells.push(memory(figures, 1024.0, 2, checked(|budget| budget.check_gigabytes)));
    }
    cells
}

fn seconds(figures: &Figures, decimals: usize, most: Option<f64>) -> Cell {
    let was = figures.against.map(|(was, times)| (was.seconds, times));
    Cell { value: figures.this.seconds, decimals, most, was }
}

fn memory(figures: &Figures, unit: f64, decimals: usize, most: Option<f64>) -> Cell {
    let was = figures.against.map(|(was, _)| (was.megabytes / unit, figures.this.megabytes / was.megabytes));
    Cell { value: figures.this.megabytes / unit, decimals, most, was }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_its_budget_is_marked() {
        let cell = |value, most, was| Cell { value, decimals: 1, most, was };
        assert_eq!(cell(16.04, Some(16.0), None).show(), "16.0 of 16 **over**");
        assert_eq!(cell(12.0, Some(16.0), Some((24.0, 0.5))).show(), "12.0 of 16; was 24.0, ×0.50");
        assert_eq!(cell(12.0, None, None).show(), "12.0");
    }
}
