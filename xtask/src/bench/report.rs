//! Tables of what was measured, for a person.
//!
//! In: rows. Out: Markdown. Never: a number without its unit in the head of its column.

use std::fmt::Write as _;

use super::measure::{PieceRow, Row};
use super::options::Options;

/// The whole report.
pub(super) fn print_report(machine: &str, options: &Options, rows: &[Row], pieces: &[PieceRow]) -> String {
    let mut out = format!(
        "{machine}; {} structs of each shape, medians of {} interleaved rounds, {:.1} MB of JSON.\n\n",
        options.types,
        options.rounds,
        f64::from(u32::try_from(options.bytes).unwrap_or(u32::MAX)) / 1e6
    );
    out.push_str(
        "| shape | way | lines | `check`, CPU s | peak MB | debug build, CPU s | peak MB | release build, CPU s \
         | peak MB | release rlib, MB | stripped program, MB |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let _ = write!(out, "| {} | {} | {} |", row.shape.name(), row.way.name(), row.lines);
        for cost in &row.builds {
            let _ = write!(out, " {:.1} | {:.0} |", cost.seconds, cost.megabytes);
        }
        let _ = writeln!(out, " {:.1} | {:.2} |", row.sizes.0, row.sizes.1);
    }
    out.push_str(
        "\n| shape | way | decode, MB/s | times the derive's time | encode, MB/s | times the derive's time |\n\
         |---|---|---|---|---|---|\n",
    );
    for row in rows {
        let ratio = |ratio: Option<f64>| ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        let (decode, encode) = row.ratios.unzip();
        let (decode, encode) = (ratio(decode), ratio(encode));
        let (shape, way) = (row.shape.name(), row.way.name());
        let _ = writeln!(out, "| {shape} | {way} | {:.0} | {decode} | {:.0} | {encode} |", row.decode, row.encode);
    }
    if !pieces.is_empty() {
        out.push_str(
            "\n| one more of | lines | `check`, CPU ms | debug build, CPU ms | release build, CPU ms |\n\
             |---|---|---|---|---|\n",
        );
    }
    for row in pieces {
        let _ = write!(out, "| {} | {:.0} |", row.name, row.lines);
        row.builds.iter().for_each(|milliseconds| {
            let _ = write!(out, " {milliseconds:.1} |");
        });
        out.push('\n');
    }
    out
}
