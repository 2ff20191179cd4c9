//! The scratch crates that are built and run.
//!
//! In: a folder, and a crate's sources. Out: what building it costs, how large the result is, how fast it runs. The
//! crates are a workspace of their own below the target folder, with the versions of this workspace's lock file.
//! Never: a dependency's build counted, or incremental builds.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::corpus::sources;
use crate::cost::{Compiler, Cost};

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
    compiler: Compiler,
}

/// A crate in the workspace.
pub(super) struct Package {
    name: String,
    folder: PathBuf,
}

impl Package {
    /// The folder of its manifest.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lines of its library.
    pub(super) fn lines(&self) -> usize {
        sources(&self.folder.join("src")).0
    }
}

/// A crate that is to be written.
pub(super) struct Code<'a> {
    pub(super) name: &'a str,
    pub(super) lib: &'a str,
    pub(super) main: &'a str,
    /// Lines of the manifest.
    pub(super) dependencies: &'a str,
}

/// What a crate of a benchmark depends on beside the runtime.
pub(super) const SERDE: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";

impl Scratch {
    /// An empty workspace at `folder`; the target folder in it is kept.
    pub(super) fn new(folder: PathBuf, root: &Path) -> Result<Self, String> {
        remove(&folder.join("crates"))?;
        let scratch = Self { compiler: Compiler::new(&folder)?, folder };
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n[profile.release]\nstrip = true\n";
        scratch.write("Cargo.toml", manifest)?;
        let lock = fs::read_to_string(root.join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?;
        scratch.write("Cargo.lock", &lock)?;
        Ok(scratch)
    }

    /// A crate that something else writes, or has written, to its folder.
    pub(super) fn place(&self, name: &str) -> Package {
        Package { name: name.to_owned(), folder: self.folder.join("crates").join(name) }
    }

    /// Writes a crate with a program, whose library the program calls `types`. The dependencies are lines of its
    /// manifest, beside the runtime.
    pub(super) fn package(&self, code: &Code<'_>, root: &Path) -> Result<Package, String> {
        let (name, library) = (code.name, code.name.replace('-', "_"));
        let manifest = format!(
            "[package]\nname = {name:?}\nedition = \"2024\"\npublish = false\n\n[lib]\nname = {library:?}\n\n\
             [[bin]]\nname = {name:?}\npath = \"main.rs\"\n\n[dependencies]\nclientwright-runtime = {{ path = \"{}\" }}\n{}",
            root.join("crates/clientwright-runtime").display(),
            code.dependencies,
        );
        self.write(&format!("crates/{name}/Cargo.toml"), &manifest)?;
        self.write(&format!("crates/{name}/src/lib.rs"), code.lib)?;
        let main = code.main.replace("use types::", &format!("use {library}::"));
        self.write(&format!("crates/{name}/main.rs"), &main)?;
        Ok(self.place(name))
    }

    /// Builds a crate from scratch; what its dependencies take is not counted.
    pub(super) fn build(&self, package: &Package, build: Build) -> Result<Cost, String> {
        // Cargo goes by the file's time.
        let lib = package.folder.join("src/lib.rs");
        let touched = fs::read(&lib).and_then(|text| fs::write(&lib, text));
        touched.map_err(|error| format!("{}: {error}", lib.display()))?;
        let mut command = Command::new("cargo");
        command.args(build.arguments());
        command.args(["--quiet", "--package", &package.name, "--target-dir", "target"]).current_dir(&self.folder);
        command.env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS").env_remove("CARGO_TARGET_DIR");
        self.compiler.measure(&mut command);
        output(&mut command)?;
        self.compiler.cost(&package.name)
    }

    /// Megabytes of the release build's library, and of its stripped program.
    pub(super) fn sizes(&self, package: &Package) -> Result<(f64, f64), String> {
        let release = self.folder.join("target/release");
        let library = format!("lib{}.rlib", package.name.replace('-', "_"));
        Ok((megabytes(&release.join(library))?, megabytes(&release.join(&package.name))?))
    }

    /// Runs the release build's program, and gives what it prints.
    pub(super) fn run(&self, package: &Package, arguments: &[&OsStr]) -> Result<String, String> {
        let mut program = Command::new(self.folder.join("target/release").join(&package.name));
        // What is freed stays with the process, in each way alike. Otherwise it depends on the order in which a way frees
        // things whether the heap is given back and asked for again in every round, a fifth of the time.
        program.env("MALLOC_TRIM_THRESHOLD_", "1000000000").env("MALLOC_TOP_PAD_", "200000000");
        output(program.args(arguments))
    }

    /// Writes a file below the folder, and gives its path.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let path = self.folder.join(name);
        let parent = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, text)).map_err(|error| format!("{name}: {error}"))?;
        Ok(path)
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

/// Removes a folder, if it is there.
pub(super) fn remove(folder: &Path) -> Result<(), String> {
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
