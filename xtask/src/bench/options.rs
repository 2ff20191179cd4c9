//! What the command line asks for.
//!
//! In: the arguments after `bench wire`. Out: [`Options`]. Never: an argument ignored.

use super::print::Way;
use super::shapes::Shape;

/// How to use the command.
const USAGE: &str = "\
usage: cargo xtask bench wire [options]
  --quick           few types, one round: proves that everything works, measures nothing
  --types N         structs of each shape (100)
  --rounds N        builds of each kind, interleaved; their median counts (3)
  --shapes A,B      of flat, nested, unions, checkout
  --ways A,B        of derive, map-access, dyn-table
  --no-pieces       leaves out the cost of single things";

/// What to measure.
pub(super) struct Options {
    pub(super) shapes: Vec<Shape>,
    pub(super) ways: Vec<Way>,
    /// Structs of each shape.
    pub(super) types: usize,
    /// Builds of each kind.
    pub(super) rounds: usize,
    /// Bytes of JSON that the programs read.
    pub(super) bytes: usize,
    /// Rounds of reading and writing in one run of a program.
    pub(super) repeats: usize,
    /// Whether to take the cost of single things.
    pub(super) pieces: bool,
}

impl Options {
    /// Reads the arguments.
    pub(super) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            shapes: Shape::ALL.to_vec(),
            ways: Way::ALL.to_vec(),
            types: 100,
            rounds: 3,
            bytes: 6_000_000,
            repeats: 9,
            pieces: true,
        };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value\n{USAGE}"));
            match argument.as_str() {
                "--quick" => (options.types, options.rounds, options.bytes, options.repeats) = (10, 1, 100_000, 1),
                "--types" => options.types = number(&value()?, USAGE)?,
                "--rounds" => options.rounds = number(&value()?, USAGE)?,
                "--shapes" => options.shapes = chosen(&value()?, &Shape::ALL, Shape::name)?,
                "--ways" => options.ways = chosen(&value()?, &Way::ALL, Way::name)?,
                "--no-pieces" => options.pieces = false,
                _ => return Err(format!("`{argument}` is not known\n{USAGE}")),
            }
        }
        Ok(options)
    }
}

/// A number of an option.
pub(super) fn number(text: &str, usage: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("`{text}` is not a number above zero\n{usage}")),
    }
}

/// The items whose names are listed.
fn chosen<T: Copy>(names: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<Vec<T>, String> {
    let find = |wanted: &str| {
        let found = all.iter().copied().find(|item| name(*item) == wanted);
        found.ok_or_else(|| format!("`{wanted}` is not known\n{USAGE}"))
    };
    names.split(',').map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, String> {
        Options::parse(arguments.iter().map(|&argument| argument.to_owned()))
    }

    #[test]
    fn arguments_choose_and_wrong_ones_are_named() {
        let options = parse(&["--types", "40", "--ways", "derive,dyn-table"]).unwrap();
        assert_eq!((options.types, options.ways.len(), options.shapes.len()), (40, 2, 4));
        for wrong in [&["--types"][..], &["--types", "0"], &["--ways", "xml"], &["--fast"]] {
            assert!(parse(wrong).is_err_and(|error| error.contains("usage:")), "{wrong:?}");
        }
    }
}
