//! The scratch crates that are built and run.
//!
//! In: a folder, and a crate's sources. Out: what building it costs, how large the result is, how fast it runs. The
//! crates are a workspace of their own below the target folder, with the versions of this workspace's lock file.
//! Never: a dependency's build counted, or incremental builds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cost::{self, Cost};

/// What a build does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Build {
    Check,
    Debug,
    Release,
}

impl Build {
    pub(super) const ALL: [Self; 3] = [Self::Check, Self::Debug, Self::Release];

    const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Debug => &["build"],
            Self::Release => &["build", "--release"],
        }
    }
}

/// A workspace of scratch crates.
pub(super) struct Scratch {
    folder: PathBuf,
}

/// A crate in the workspace.
pub(super) struct Package {
    name: String,
    lib: String,
}

impl Package {
    /// Lines of its library.
    pub(super) fn lines(&self) -> usize {
        self.lib.lines().count()
    }
}

impl Scratch {
    /// An empty workspace at `folder`; the target folder in it is kept.
    pub(super) fn new(folder: PathBuf, root: &Path) -> Result<Self, String> {
        let scratch = Self { folder };
        remove(&scratch.folder.join("crates"))?;
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n[profile.release]\nstrip = true\n";
        scratch.write("Cargo.toml", manifest)?;
        let lock = fs::read_to_string(root.join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?;
        scratch.write("Cargo.lock", &lock)?;
        scratch.package("dependencies", "", "fn main() {}\n", root)?;
        Ok(scratch)
    }

    /// Writes a crate whose library is called `types`.
    pub(super) fn package(&self, name: &str, lib: &str, main: &str, root: &Path) -> Result<Package, String> {
        let runtime = root.join("crates/clientwright-runtime");
        let manifest = format!(
            "[package]\nname = {name:?}\nedition = \"2024\"\npublish = false\n\n[lib]\nname = {:?}\n\n[dependencies]\n\
             clientwright-runtime = {{ path = \"{}\" }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
             serde_json = \"1\"\n",
            name.replace('-', "_"),
            runtime.display(),
        );
        self.write(&format!("crates/{name}/Cargo.toml"), &manifest)?;
        self.write(&format!("crates/{name}/src/lib.rs"), lib)?;
        let main = main.replace("use types::", &format!("use {}::", name.replace('-', "_")));
        self.write(&format!("crates/{name}/src/main.rs"), &main)?;
        Ok(Package { name: name.to_owned(), lib: lib.to_owned() })
    }

    /// Builds a crate from scratch, its dependencies beforehand.
    pub(super) fn build(&self, package: &Package, build: Build) -> Result<Cost, String> {
        self.cargo("dependencies", build)?;
        // Cargo goes by the file's time.
        self.write(&format!("crates/{}/src/lib.rs", package.name), &package.lib)?;
        self.cargo(&package.name, build)
    }

    /// Megabytes of the release build's library, and of its stripped program.
    pub(super) fn sizes(&self, package: &Package) -> Result<(f64, f64), String> {
        let release = self.folder.join("target/release");
        let library = format!("lib{}.rlib", package.name.replace('-', "_"));
        Ok((megabytes(&release.join(library))?, megabytes(&release.join(&package.name))?))
    }

    /// Runs the release build's program, which prints three numbers.
    pub(super) fn run(&self, package: &Package, samples: &Path, rounds: usize) -> Result<[f64; 3], String> {
        let mut command = Command::new(self.folder.join("target/release").join(&package.name));
        let output = output(command.arg(samples).arg(rounds.to_string()))?;
        let mut numbers = output.split_whitespace().map(|number| number.parse::<f64>().unwrap_or(f64::NAN));
        let mut next = || numbers.next().ok_or_else(|| format!("{} printed {output:?}", package.name));
        Ok([next()?, next()?, next()?])
    }

    /// Writes a file below the folder, and gives its path.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let path = self.folder.join(name);
        let parent = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, text)).map_err(|error| format!("{name}: {error}"))?;
        Ok(path)
    }

    fn cargo(&self, package: &str, build: Build) -> Result<Cost, String> {
        let report = self.folder.join("cost");
        let mut command = cost::measured(&report);
        command.arg("cargo").args(build.arguments());
        command.args(["--quiet", "--package", package, "--target-dir", "target"]).current_dir(&self.folder);
        command.env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS").env_remove("CARGO_TARGET_DIR");
        output(&mut command)?;
        cost::read(&report)
    }
}

/// What a command prints; where it fails, what it prints as errors.
pub(super) fn output(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let start: String = errors.lines().take(60).flat_map(|line| [line, "\n"]).collect();
    Err(format!("{command:?} failed\n{start}"))
}

fn remove(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(format!("{}: {error}", folder.display())),
        _ => Ok(()),
    }
}

#[allow(clippy::cast_precision_loss)] // no file here has 2^53 bytes
fn megabytes(file: &Path) -> Result<f64, String> {
    let metadata = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(metadata.len() as f64 / 1e6)
}
