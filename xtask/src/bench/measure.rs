//! Measures the shapes in all ways, and the pieces in ours.
//!
//! In: a scratch workspace and the options. Out: numbers, medians of interleaved rounds. Never: a way measured in one
//! go, since a machine that others use is not the same for long.

use std::path::Path;

use super::options::Options;
use super::pieces::Piece;
use super::print::{Way, print_lib};
use super::sample::print_samples;
use super::scratch::{Build, Code, Package, SERDE, Scratch};
use super::shapes::Shape;
use crate::cost::Cost;

/// The program of every crate that is run.
const MAIN: &str = include_str!("templates/main.rs");
/// The program of a crate that is only built; it refers to the table, so that all of it is linked.
const LINK: &str = "use types::TABLE;\n\nfn main() {\n    println!(\"{:p}\", std::hint::black_box(TABLE));\n}\n";

/// What one shape costs in one way.
pub(super) struct Row {
    pub(super) shape: Shape,
    pub(super) way: Way,
    pub(super) lines: usize,
    /// Medians for [`Build::ALL`].
    pub(super) builds: Vec<Cost>,
    /// Megabytes of library and program.
    pub(super) sizes: (f64, f64),
    /// Megabytes per second.
    pub(super) decode: f64,
    pub(super) encode: f64,
    /// Times as long as the derive, if that was measured too: median of the rounds' ratios.
    pub(super) ratios: Option<(f64, f64)>,
}

/// What one more piece costs in our way.
pub(super) struct PieceRow {
    pub(super) name: &'static str,
    pub(super) lines: f64,
    /// Milliseconds for [`Build::ALL`].
    pub(super) builds: Vec<f64>,
}

/// Where things are.
pub(super) struct Bench<'a> {
    pub(super) options: &'a Options,
    pub(super) scratch: &'a Scratch,
    pub(super) root: &'a Path,
    /// Tells a person what is being done.
    pub(super) say: &'a dyn Fn(&str),
}

impl Bench<'_> {
    /// Measures one shape in each way.
    pub(super) fn shape(&self, shape: Shape) -> Result<Vec<Row>, String> {
        let model = shape.model(self.options.types);
        let samples = print_samples(&model, self.options.bytes);
        let samples = self.scratch.write(&format!("samples-{}", shape.name()), &samples)?;
        let mut packages = Vec::new();
        for &way in &self.options.ways {
            let name = format!("{}-{}", shape.name(), way.name());
            let lib = print_lib(&model, way);
            let code = Code { name: &name, lib: &lib, main: MAIN, dependencies: SERDE };
            packages.push(self.scratch.package(&code, self.root)?);
        }
        let builds = self.builds(shape.name(), &packages)?;
        let runs = self.runs(shape.name(), &packages, &samples)?;
        let rows = self.options.ways.iter().zip(&packages).zip(builds.into_iter().zip(&runs));
        rows.map(|((&way, package), (builds, speeds))| {
            let derive = self.options.ways.iter().position(|way| *way == Way::Derive).and_then(|place| runs.get(place));
            Ok(Row {
                shape,
                way,
                lines: package.lines(),
                builds,
                sizes: self.scratch.sizes(package)?,
                decode: median(speeds.iter().map(|[bytes, decode, _]| bytes * 1e3 / decode)),
                encode: median(speeds.iter().map(|[bytes, _, encode]| bytes * 1e3 / encode)),
                ratios: derive.map(|derive| ratios(speeds, derive)),
            })
        })
        .collect()
    }

    /// Measures what one more of a piece costs in our way.
    pub(super) fn piece(&self, piece: Piece) -> Result<PieceRow, String> {
        let (few, many) = (self.options.types.div_ceil(4), self.options.types.div_ceil(4) + self.options.types);
        let mut packages = Vec::new();
        for count in [few, many] {
            let name = format!("piece-{}-{count}", piece.name().replace(' ', "-"));
            let code = Code { name: &name, lib: &piece.lib(count), main: LINK, dependencies: SERDE };
            packages.push(self.scratch.package(&code, self.root)?);
        }
        let builds = self.builds(piece.name(), &packages)?;
        let more = f64::from(u32::try_from(many - few).unwrap_or(u32::MAX));
        let lines: Vec<f64> =
            packages.iter().map(|package| f64::from(u32::try_from(package.lines()).unwrap_or(u32::MAX))).collect();
        let [few, many] = &builds[..] else { return Err("two builds, and no more".to_owned()) };
        Ok(PieceRow {
            name: piece.name(),
            lines: difference(&lines) / more,
            builds: few.iter().zip(many).map(|(few, many)| (many.seconds - few.seconds) * 1e3 / more).collect(),
        })
    }

    /// Builds each package in each manner, turn by turn; gives medians for each package.
    fn builds(&self, what: &str, packages: &[Package]) -> Result<Vec<Vec<Cost>>, String> {
        let mut costs: Vec<Vec<Vec<Cost>>> = packages.iter().map(|_| vec![Vec::new(); Build::ALL.len()]).collect();
        for round in 1..=self.options.rounds {
            for (place, build) in Build::ALL.into_iter().enumerate() {
                (self.say)(&format!("{what}: round {round} of {}, {} of 3", self.options.rounds, place + 1));
                for (package, costs) in packages.iter().zip(&mut costs) {
                    let cost = self.scratch.build(package, build)?;
                    costs.get_mut(place).into_iter().for_each(|costs| costs.push(cost));
                }
            }
        }
        Ok(costs.iter().map(|builds| builds.iter().map(|costs| middle(costs)).collect()).collect())
    }

    /// Runs each package's program, turn by turn; gives bytes, and nanoseconds of reading and of writing.
    fn runs(&self, what: &str, packages: &[Package], samples: &Path) -> Result<Vec<Vec<[f64; 3]>>, String> {
        let mut speeds: Vec<Vec<[f64; 3]>> = packages.iter().map(|_| Vec::new()).collect();
        (self.say)(&format!("{what}: reading and writing"));
        for _ in 0..self.options.rounds * 2 - 1 {
            for (package, speeds) in packages.iter().zip(&mut speeds) {
                let repeats = self.options.repeats.to_string();
                let printed = self.scratch.run(package, &[samples.as_os_str(), repeats.as_ref()])?;
                speeds.push(three(&printed).ok_or_else(|| format!("{what}: {printed:?} was printed"))?);
            }
        }
        Ok(speeds)
    }
}

/// How many times as long as the derive reading and writing take, each round compared with its own.
fn ratios(speeds: &[[f64; 3]], derive: &[[f64; 3]]) -> (f64, f64) {
    let pairs = || speeds.iter().zip(derive);
    (
        median(pairs().map(|([_, ours, _], [_, derive, _])| ours / derive)),
        median(pairs().map(|([.., ours], [.., derive])| ours / derive)),
    )
}

/// What a program prints: three numbers.
fn three(text: &str) -> Option<[f64; 3]> {
    let numbers: Option<Vec<f64>> = text.split_whitespace().map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}

fn difference(pair: &[f64]) -> f64 {
    pair.last().copied().unwrap_or_default() - pair.first().copied().unwrap_or_default()
}

/// The medians of what several runs took.
pub(super) fn middle(costs: &[Cost]) -> Cost {
    Cost {
        seconds: median(costs.iter().map(|cost| cost.seconds)),
        megabytes: median(costs.iter().map(|cost| cost.megabytes)),
    }
}

/// The middle one, the upper of two.
pub(super) fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
