//! The command line: arguments, exit codes and printing; nothing else.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use generator::diag::{self, Failed, Format, Sink};
use generator::output::{self, Files, Refused};
use generator::source::{Files as Sources, Text};
use generator::{Input, Request};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Reads OpenAPI documents and writes a Rust crate of models, validators and clients.
///
/// Without a command it reads every document in `specs/` and writes the crate `generated/`.
/// Exit codes: 0 done, 1 stale output or problems in a document, 2 wrong usage.
#[derive(Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    workspace: Workspace,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
struct Workspace {
    /// The folder of the documents; each NAME.yaml, .yml or .json becomes the module NAME
    #[arg(long, default_value = "specs")]
    specs: PathBuf,
    /// The folder of the crate
    #[arg(long, default_value = "generated")]
    out: PathBuf,
}

#[derive(Args)]
struct Common {
    /// Write nothing; exit with 1 and show the difference when the output is stale
    #[arg(long, global = true)]
    check: bool,
    /// Take warnings for errors
    #[arg(long, global = true)]
    deny_warnings: bool,
    /// The folder that references to other files may not leave [default: that of the document]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// How problems are printed
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum MessageFormat {
    /// With an excerpt of the document on a terminal, a line each otherwise
    Human,
    /// With an excerpt of the document
    Rich,
    /// A line each
    Short,
    /// A JSON object each
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// Write a crate of its own for one document
    Crate {
        /// The document, or the root of one that spreads over several files
        file: PathBuf,
        /// The folder of the crate
        #[arg(long)]
        out: PathBuf,
        /// The name of the package [default: after the document]
        #[arg(long)]
        name: Option<String>,
        /// An overlay to lay over the document; several are applied in their order
        #[arg(long, value_name = "FILE")]
        overlay: Vec<PathBuf>,
        /// The settings; what stands beside the document is not read unless it is named here
        #[arg(long, value_name = "FILE")]
        settings: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (request, out) = match request(&arguments).and_then(|found| rooted(found, &arguments)) {
        Ok(found) => found,
        Err(message) => return misused(&message),
    };
    if out.exists() && !out.is_dir() {
        return misused(&format!("{} is a file, not a folder; name another one", out.display()));
    }
    let mut sources = Sources::default();
    let mut sink = Sink::new();
    let files = generator::generate(&request, &mut sources, &mut sink);
    print_diagnostics(&sink, &sources, arguments.common.message_format);
    let denied = arguments.common.deny_warnings && sink.iter().next().is_some();
    match files {
        Err(Failed) => ExitCode::from(1),
        Ok(_) if denied => {
            eprintln!("nothing was written, because of --deny-warnings");
            ExitCode::from(1)
        }
        Ok(files) if arguments.common.check => check(&files, &out),
        Ok(files) => write(&files, &out, &request),
    }
}

/// The command line asks for what cannot be done.
fn misused(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(2)
}

/// What is asked for, and where it goes.
fn request(arguments: &Arguments) -> Result<(Request, PathBuf), String> {
    match &arguments.command {
        None => {
            let Workspace { specs, out } = &arguments.workspace;
            let request = Request::folder(specs, "generated").map_err(|error| error.to_string())?;
            if request.inputs.is_empty() {
                return Err(format!("there is no document in {}", specs.display()));
            }
            Ok((request, out.clone()))
        }
        Some(Command::Crate { file, out, name, overlay, settings }) => {
            let input = single(file, name.as_deref(), overlay)?;
            let mut request = Request::single(package(&input.name)?, input);
            let settings = settings.as_ref().map(|path| Text::read(path)).transpose();
            request.settings = settings.map_err(|error| error.to_string())?;
            Ok((request, out.clone()))
        }
    }
}

/// The same with the folder that references may not leave, which holds the documents.
fn rooted(
    (mut request, out): (Request, PathBuf),
    arguments: &Arguments,
) -> Result<(Request, PathBuf), String> {
    let Some(root) = &arguments.common.root else { return Ok((request, out)) };
    let canonical =
        |path: &Path| path.canonicalize().map_err(|error| format!("{}: {error}", path.display()));
    let folder = canonical(root)?;
    for input in &request.inputs {
        if !canonical(&input.path)?.starts_with(&folder) {
            return Err(format!("{} is not below {}", input.path.display(), root.display()));
        }
    }
    request.root = Some(root.clone());
    Ok((request, out))
}

/// The one document, with its overlays.
fn single(file: &Path, name: Option<&str>, overlays: &[PathBuf]) -> Result<Input, String> {
    if !file.exists() {
        return Err(format!("there is no file {}", file.display()));
    }
    let mut input = Input::of(file);
    if let Some(name) = name {
        input = input.named(name);
    }
    let overlays = overlays.iter().map(|path| Text::read(path));
    input.overlays = overlays.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    Ok(input)
}

/// A name that cargo takes for a package.
fn package(name: &str) -> Result<String, String> {
    if name.trim().is_empty() {
        return Err("the name of the package is empty; give one with --name".to_owned());
    }
    let package = generator::names::package(name);
    if package.is_ascii() {
        Ok(package)
    } else {
        Err(format!("`{package}` is no name for a package; give one with --name"))
    }
}

fn print_diagnostics(sink: &Sink, sources: &Sources, format: MessageFormat) {
    if sink.as_slice().is_empty() {
        return;
    }
    let terminal = std::io::stderr().is_terminal();
    let format = match format {
        MessageFormat::Human if terminal => Format::Rich { color: true },
        MessageFormat::Rich => Format::Rich { color: terminal },
        MessageFormat::Human | MessageFormat::Short => Format::Short,
        MessageFormat::Json => Format::Json,
    };
    // A closed pipe is the reader's choice.
    let _ = std::io::stderr().write_all(diag::render(sink.as_slice(), sources, format).as_bytes());
}

fn check(files: &Files, out: &Path) -> ExitCode {
    let differences = output::compare(files, out);
    if differences.is_empty() {
        println!("{} is up to date: {} files", out.display(), files.len());
        return ExitCode::SUCCESS;
    }
    for difference in &differences {
        println!("{}", difference.diff);
    }
    println!(
        "{} is stale: {} of {} files differ; run `cargo run -p generator`",
        out.display(),
        differences.len(),
        files.len()
    );
    ExitCode::from(1)
}

fn write(files: &Files, out: &Path, request: &Request) -> ExitCode {
    match output::write(files, out) {
        Ok(summary) => {
            let names: Vec<&str> = request.inputs.iter().map(|input| input.name.as_str()).collect();
            println!(
                "{} from {}: {} files written, {} unchanged, {} removed",
                out.display(),
                names.join(", "),
                summary.written,
                summary.unchanged,
                summary.removed
            );
            ExitCode::SUCCESS
        }
        Err(Refused::Foreign(path)) => {
            eprintln!(
                "error: {} is not a file of this generator, and was not overwritten; nothing was written",
                path.display()
            );
            ExitCode::from(1)
        }
        Err(Refused::Io(path, error)) => {
            eprintln!("error: {}: {error}", path.display());
            ExitCode::from(1)
        }
    }
}
