//! Crates below `target/bench/`: written, compiled, and how long that took.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{fs, io};

use generator::diag::{self, Format, Sink};
use generator::output::{self, Refused};
use generator::source::Files as Sources;
use generator::{Input, Request};

use crate::document::Document;
use crate::{Outcome, derive};

/// The manifest of the crate with derives; its versions are those of the generated one.
const DERIVE: &str = "[dependencies]
serde = { version = \"1\", features = [\"derive\"] }
uuid = { version = \"1\", features = [\"serde\"] }
";

/// A package by its folder.
pub(crate) struct Package {
    folder: PathBuf,
    /// The file that is touched so that cargo compiles the package, and nothing else, again.
    root: &'static str,
    /// What cargo is told beside the command and the place.
    arguments: Vec<String>,
}

/// What cargo is to do with a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Check,
    Release,
}

/// The folder of all that is written here.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench")
}

/// The crate that the generator writes from a document.
pub(crate) fn write_ours(name: &str, document: &Path) -> Outcome<Package> {
    let package = Package::library(root().join(name));
    let request = Request::single(name, Input::of(document));
    let (mut sources, mut sink) = (Sources::default(), Sink::new());
    let Ok(files) = generator::generate(&request, &mut sources, &mut sink) else {
        return Err(diag::render(sink.as_slice(), &sources, Format::Short).into());
    };
    package.lock()?;
    match output::write(&files, &package.folder) {
        Ok(_) => Ok(package),
        Err(Refused::Foreign(path)) => Err(format!("{} is in the way", path.display()).into()),
        Err(Refused::Io(path, error)) => Err(format!("{}: {error}", path.display()).into()),
    }
}

/// The crate of the same structs with derives.
pub(crate) fn write_derive(name: &str, document: &Document) -> Outcome<Package> {
    Package::write(name, DERIVE, "src/lib.rs", &derive::source(document))
}

impl Package {
    fn library(folder: PathBuf) -> Self {
        let arguments = ["--lib", "--no-default-features"].map(str::to_owned).into();
        Self { folder, root: "src/lib.rs", arguments }
    }

    /// The same library with some features.
    pub(crate) fn with_features(&self, features: &str) -> Self {
        let features = ["--features".to_owned(), features.to_owned()];
        let mut library = Self::library(self.folder.clone());
        library.arguments.extend(features);
        library
    }

    /// The same package, of which the program is compiled.
    pub(crate) fn program(self) -> Self {
        Self { root: "src/main.rs", arguments: Vec::new(), ..self }
    }

    /// How many lines of Rust there are.
    pub(crate) fn lines(&self) -> Outcome<usize> {
        lines(&self.folder.join("src"))
    }

    /// Writes a package with one source file.
    pub(crate) fn write(name: &str, dependencies: &str, path: &str, source: &str) -> Outcome<Self> {
        let package = Self::library(root().join(name));
        fs::create_dir_all(package.folder.join("src"))?;
        let head = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n"
        );
        fs::write(package.folder.join("Cargo.toml"), head + dependencies)?;
        fs::write(package.folder.join(path), source)?;
        package.lock()?;
        Ok(package)
    }

    /// Both kinds are built with the versions that this workspace has.
    fn lock(&self) -> io::Result<()> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::create_dir_all(&self.folder)?;
        fs::copy(workspace, self.folder.join("Cargo.lock")).map(drop)
    }

    /// The least user CPU seconds of some compilations, with the dependencies built before.
    pub(crate) fn compile(&self, kind: Kind, times: usize) -> Outcome<f64> {
        self.cargo(kind)?;
        let mut least = f64::INFINITY;
        for _ in 0..times {
            let root = fs::File::options().append(true).open(self.folder.join(self.root))?;
            root.set_modified(SystemTime::now())?;
            let before = children_seconds()?;
            self.cargo(kind)?;
            least = least.min(children_seconds()? - before);
        }
        Ok(least)
    }

    fn cargo(&self, kind: Kind) -> Outcome {
        let arguments: &[&str] = match kind {
            Kind::Check => &["check"],
            Kind::Release => &["build", "--release"],
        };
        let mut command = Command::new("cargo");
        command.args(arguments).args(&self.arguments).args(["--quiet", "--manifest-path"]);
        self.finish(command.arg(self.folder.join("Cargo.toml")))?;
        Ok(())
    }

    /// Builds and runs the package's program, and returns what it prints.
    pub(crate) fn output(&self, arguments: &[PathBuf]) -> Outcome<String> {
        let mut command = Command::new("cargo");
        command.args(["run", "--quiet", "--release", "--manifest-path"]);
        self.finish(command.arg(self.folder.join("Cargo.toml")).arg("--").args(arguments))
    }

    fn finish(&self, command: &mut Command) -> Outcome<String> {
        command.env("CARGO_TARGET_DIR", root().join("target"));
        // What incremental compilation keeps from the last run would be measured otherwise.
        command.env("CARGO_INCREMENTAL", "0");
        let output = command.stderr(std::process::Stdio::inherit()).output()?;
        if output.status.success() {
            Ok(String::from_utf8(output.stdout)?)
        } else {
            Err(format!("cargo failed in {}", self.folder.display()).into())
        }
    }
}

fn lines(folder: &Path) -> Outcome<usize> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        sum += match path.is_dir() {
            true => lines(&path)?,
            false => fs::read_to_string(&path)?.lines().count(),
        };
    }
    Ok(sum)
}

/// The user CPU seconds of all processes that were started from here and have ended, with theirs.
///
/// Field 16 of `/proc/self/stat` (proc(5)), in hundredths of a second on every Linux there is.
fn children_seconds() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The name of the program, field 2, is in parentheses and may hold spaces.
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks =
        after_name.split_whitespace().nth(13).ok_or("/proc/self/stat is not as proc(5) says")?;
    Ok(ticks.parse::<f64>()? / 100.0)
}
