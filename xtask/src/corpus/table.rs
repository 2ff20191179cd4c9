//! The table of a run.
//!
//! In: what became of each document. Out: Markdown: a row for each document, the sums, the slowest, what is left out and
//! why, and the classes of diagnostics. Never: a failure that is not named.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Row;
use crate::cost::Cost;

/// Prints everything there is to say about a run.
pub(super) fn print(rows: &[Row]) -> String {
    let mut text = String::from(
        "| document | version | operations | types | left out | warnings, notes | lines | generated: CPU s, MB | \
         checked: CPU s, MB | |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let _ = writeln!(text, "{}", line(row));
    }
    text.push_str(&sums(rows));
    text.push_str(&slowest(rows));
    text.push_str(&failures(rows));
    text.push_str(&left_out(rows));
    text.push_str(&untyped(rows));
    text.push_str(&classes(rows));
    text
}

fn line(row: &Row) -> String {
    let (document, facts) = (&row.document, &row.facts);
    let version = if facts.version.is_empty() { &document.version } else { &facts.version };
    let counted = document.operations.filter(|&count| count != facts.documented && facts.failure.is_none());
    let counted = counted.map(|count| format!(" ({count} by the manifest)")).unwrap_or_default();
    let checked = row.checked.as_ref().and_then(|checked| checked.cost).map(cost).unwrap_or_default();
    format!(
        "| {} | {version} | {} of {}{counted} | {} | {} | {}, {} | {} | {} | {checked} | {} |",
        document.name,
        facts.operations,
        facts.documented,
        facts.types,
        facts.documented.saturating_sub(facts.operations),
        facts.count("warning"),
        facts.count("note"),
        facts.lines,
        cost(facts.cost),
        result(row),
    )
}

fn cost(cost: Cost) -> String {
    format!("{:.1}, {:.0}", cost.seconds, cost.megabytes)
}

fn result(row: &Row) -> String {
    match (&row.facts.failure, &row.checked) {
        (Some(_), _) => "not generated".to_owned(),
        (None, None) => "not checked".to_owned(),
        (None, Some(checked)) if checked.is_quiet() => "good".to_owned(),
        (None, Some(checked)) => format!("{} messages", checked.messages.len()),
    }
}

fn sums(rows: &[Row]) -> String {
    let sum = |part: fn(&Row) -> usize| rows.iter().map(part).sum::<usize>();
    let good = rows.iter().filter(|row| row.succeeded()).count();
    let seconds = |part: fn(&Row) -> f64| rows.iter().map(part).sum::<f64>();
    let checked = |row: &Row| row.checked.as_ref().and_then(|checked| checked.cost).unwrap_or_default().seconds;
    format!(
        "\n{good} of {} documents are good; {} of {} operations, {} types, {} lines; generating took {:.0} s of CPU, \
         checking {:.0} s.\n",
        rows.len(),
        sum(|row| row.facts.operations),
        sum(|row| row.facts.documented),
        sum(|row| row.facts.types),
        sum(|row| row.facts.lines),
        seconds(|row| row.facts.cost.seconds),
        seconds(checked),
    )
}

/// The ten documents whose checking takes longest.
fn slowest(rows: &[Row]) -> String {
    let mut costs: Vec<(&str, Cost, Cost)> = rows
        .iter()
        .filter_map(|row| Some((row.document.name.as_str(), row.facts.cost, row.checked.as_ref()?.cost?)))
        .collect();
    costs.sort_by(|one, other| other.2.seconds.total_cmp(&one.2.seconds));
    if costs.is_empty() {
        return String::new();
    }
    let mut text = String::from("\nThe slowest: document; generated, checked (CPU s, MB)\n\n");
    for (name, generated, checked) in costs.into_iter().take(10) {
        let _ = writeln!(text, "- {name}; {}; {}", cost(generated), cost(checked));
    }
    text
}

fn failures(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows.iter().filter(|row| !row.succeeded()) {
        let said =
            row.checked.iter().flat_map(|checked| &checked.messages).filter_map(|message| message.lines().next());
        let said: Vec<&str> = row.facts.failure.iter().map(String::as_str).chain(said).take(3).collect();
        let said = if said.is_empty() { "the compiler did not come to an end".to_owned() } else { said.join("; ") };
        let _ = writeln!(text, "- {}: {said}", row.document.name);
    }
    if text.is_empty() { text } else { format!("\nFailures:\n\n{text}") }
}

fn left_out(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        for (operation, reason) in &row.facts.left_out {
            let _ = writeln!(text, "- {}: {operation}: {reason}", row.document.name);
        }
    }
    if text.is_empty() { text } else { format!("\nLeft out:\n\n{text}") }
}

/// Where the crates have untyped JSON, and why; what a document describes and no diagnostic mentions is a failure.
fn untyped(rows: &[Row]) -> String {
    let mut reasons: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (reason, count) in rows.iter().flat_map(|row| &row.facts.untyped) {
        let sum = reasons.entry(reason).or_default();
        *sum = (sum.0 + count, sum.1 + 1);
    }
    let total: usize = reasons.values().map(|(count, _)| count).sum();
    let mut text = format!("\nUntyped JSON in {total} places: how many, in how many documents, of what\n\n");
    for (reason, (count, documents)) in reasons {
        let _ = writeln!(text, "- {count} in {documents}: {reason}");
    }
    for row in rows {
        for place in &row.facts.untold {
            let _ =
                writeln!(text, "- {}: {place} has a type, and nothing tells that it is not used", row.document.name);
        }
    }
    text
}

fn classes(rows: &[Row]) -> String {
    let mut classes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (class, count) in rows.iter().flat_map(|row| &row.facts.classes) {
        let sum = classes.entry(class).or_default();
        *sum = (sum.0 + count, sum.1 + 1);
    }
    let mut classes: Vec<_> = classes.into_iter().collect();
    classes.sort_by_key(|(class, (count, _))| (class.starts_with("note"), std::cmp::Reverse(*count)));
    let mut text = String::from("\nDiagnostics: how many, in how many documents\n\n");
    for (class, (count, documents)) in classes {
        let _ = writeln!(text, "- {count} in {documents}: {class}");
    }
    text
}
