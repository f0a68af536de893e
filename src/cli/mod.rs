//! The command line: one file per subcommand. The only place that prints.

mod advise;
mod check;
mod edit;
mod explain;
mod export;
mod fix;
mod fmt;
mod layout;
mod new;

use std::{
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Parser, Subcommand, ValueEnum, error::ErrorKind};

use crate::{
    file::{self, Problem},
    model::{Date, Grouping, Lens, Model},
    rules::Severity,
    timeline::Stuck,
    workbench::{SurveyOptions, clock},
};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to complain of.
    Clean = 0,
    /// Findings at or above the threshold, or a file that is not formatted.
    Findings = 1,
    /// Input that cannot be used.
    Unusable = 2,
    /// No display to open a window on.
    NoDisplay = 3,
}

/// Draw systems, who owns which data, and what travels between them; see the anti-patterns; export the deliverables.
///
/// Without a subcommand the window opens.
#[derive(Debug, Parser)]
#[command(name = "spandrel", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
struct Arguments {
    /// The model to open in the window.
    model: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  spandrel examples/astronomy-shop.ron              open a model in the window
  spandrel check shop.ron --fail-on warning         findings; exit 1 if any is a warning or worse
  spandrel check shop.ron --format json             the same for programs
  git show HEAD:shop.ron | spandrel check -         of what is on standard input
  spandrel edit shop.ron 'Checkout -> Orders : command PlaceOrder'
                                                    make and change elements by lines of text
  spandrel export shop.ron --to blueprint.pdf       the blueprint on paper
  spandrel export shop.ron --to landscape.svg       the diagram alone
  spandrel layout shop.ron --format json --collapse domain:sales
                                                    where everything stands, Sales as one box
  spandrel fix shop.ron RES001 interaction:web-shop what can be done about a finding
  spandrel explain shared-database                  what a rule looks for, why, and what to do
  spandrel advise shop.ron web-orders               API or event, and why

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 unusable input, 3 no display.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Report what is wrong with a model, and what is not asked.
    Check(check::Check),
    /// Make and change elements by lines of text.
    Edit(edit::Edit),
    /// Write a document or a diagram; the ending of the file says which format.
    Export(export::Export),
    /// Print where everything stands in the diagram.
    Layout(layout::Layout),
    /// Write a model the way the program writes it.
    Fmt(fmt::Fmt),
    /// Show what can be done about a finding, and do it.
    Fix(fix::Fix),
    /// Explain a rule, or list them all.
    Explain(explain::Explain),
    /// Recommend an API or an event.
    Advise(advise::Advise),
    /// Write a model to start from.
    New(new::New),
}

/// What the command line asks for.
pub enum Request {
    /// A window, on a model if one is named.
    Window(Option<PathBuf>),
    /// A command, which has been carried out.
    Done(Exit),
}

/// Where commands write.
pub struct Streams<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Complaints.
    pub err: &'a mut dyn Write,
}

impl Streams<'_> {
    /// Writes a line of results. [`Kept`] knows where that failed.
    fn line(&mut self, text: impl AsRef<str>) {
        let _ = writeln!(self.out, "{}", text.as_ref());
    }

    fn complain(&mut self, text: impl AsRef<str>) {
        let _ = writeln!(self.err, "{}", text.as_ref());
    }
}

/// Results on their way out: what went wrong first is kept.
struct Kept<'a> {
    out: &'a mut dyn Write,
    failed: Option<io::Error>,
}

impl Kept<'_> {
    fn keep<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        done.inspect_err(|why| {
            // A reader that hangs up early is no error of ours, and what was interrupted is tried again.
            let ours = !matches!(why.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::Interrupted);
            if ours && self.failed.is_none() {
                self.failed = Some(why.kind().into());
            }
        })
    }
}

impl Write for Kept<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.out.write(bytes);
        self.keep(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.out.flush();
        self.keep(done)
    }
}

/// Reads the arguments, program name first, and carries out what is no window. What could not be written to the end is
/// no result, whatever the command found.
pub fn run(arguments: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> Request {
    let mut out = Kept { out: &mut *streams.out, failed: None };
    let request = carry_out(arguments, &mut Streams { out: &mut out, err: &mut *streams.err });
    let _ = out.flush();
    match (request, out.failed) {
        (Request::Done(_), Some(why)) => {
            streams.complain(format!("the results cannot be written: {why}"));
            Request::Done(Exit::Unusable)
        }
        (request, _) => request,
    }
}

fn carry_out(arguments: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> Request {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            let text = error.render().to_string();
            if help {
                streams.line(text.trim_end());
            } else {
                streams.complain(text.trim_end());
            }
            return Request::Done(if help { Exit::Clean } else { Exit::Unusable });
        }
    };
    Request::Done(match arguments.command {
        None => return Request::Window(arguments.model),
        Some(Command::Check(check)) => check.run(streams),
        Some(Command::Edit(edit)) => edit.run(streams),
        Some(Command::Export(export)) => export.run(streams),
        Some(Command::Layout(layout)) => layout.run(streams),
        Some(Command::Fmt(fmt)) => fmt.run(streams),
        Some(Command::Fix(fix)) => fix.run(streams),
        Some(Command::Explain(explain)) => explain.run(streams),
        Some(Command::Advise(advise)) => advise.run(streams),
        Some(Command::New(new)) => new.run(streams),
    })
}

/// What happens where a window was asked for and there is no display: it says so, and prints what `check` prints.
pub fn without_display(model: Option<&Path>, why: &str, streams: &mut Streams<'_>) -> Exit {
    streams.complain(format!(
        "spandrel: there is no display to open a window on ({why}).\n\
         Without one, use `spandrel check`, `edit`, `export`, `layout`, `fmt`, `fix`, `explain`, `advise` or `new`; `spandrel \
         --help` tells more."
    ));
    if let Some(model) = model {
        check::Check::of(model).run(streams);
    }
    Exit::NoDisplay
}

/// Whether a path means standard input.
fn is_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// Reads a model that a command can use: no problem at all, dangling references included. `-` is standard input.
fn open(path: &Path) -> Result<(Model, String), Vec<Problem>> {
    let text = if is_input(path) { file::receive(io::stdin().lock()) } else { file::load(path) };
    let text = text.map_err(|problem| vec![problem])?;
    let reading = file::read(&text);
    match reading.model.filter(|_| reading.problems.is_empty()) {
        Some(model) => Ok((model, text)),
        None => Err(reading.problems),
    }
}

/// Reads a model, or says on standard error what is wrong with it.
fn open_or_complain(path: &Path, streams: &mut Streams<'_>) -> Result<(Model, String), Exit> {
    open(path).map_err(|problems| {
        complain(path, &problems, streams);
        Exit::Unusable
    })
}

/// Saves a model over the file it is from.
fn save(path: &Path, model: &Model) -> Result<(), String> {
    if is_input(path) {
        return Err("a model from standard input cannot be saved: name its file".to_owned());
    }
    file::save(path, file::write(model).as_bytes()).map_err(|why| why.to_string())
}

fn complain(path: &Path, problems: &[Problem], streams: &mut Streams<'_>) {
    let name = if is_input(path) { "standard input".to_owned() } else { path.display().to_string() };
    for problem in problems {
        streams.complain(problem.report(&name));
    }
    if let [_, _, ..] = problems {
        streams.complain(format!("{} problems", problems.len()));
    }
}

/// A change that edits keep from taking effect.
fn lost_change(model: &Model, stuck: &Stuck) -> String {
    let Stuck { change, day, why } = stuck;
    format!("the change {} can no longer take effect on {day}: {why}", model.name_of(change))
}

/// The date given, or today.
fn options(as_of: Option<Date>, group: Option<Group>) -> SurveyOptions {
    SurveyOptions { as_of: as_of.unwrap_or_else(clock::today), grouping: group.map(Group::grouping), lens: Lens::Kinds }
}

/// Frames of a diagram.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Group {
    Domain,
    Boundary,
    Team,
    None,
}

impl Group {
    fn grouping(self) -> Grouping {
        match self {
            Self::Domain => Grouping::Domain,
            Self::Boundary => Grouping::Boundary,
            Self::Team => Grouping::Team,
            Self::None => Grouping::None,
        }
    }
}

/// From which severity on findings make a command fail.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}
