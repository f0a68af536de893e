//! What answers to what is typed: commands, and elements of the model.

use crate::{
    model::Key,
    text::capital,
    ui::{
        App,
        commands::{Command, Entry, offered, spelled, table},
    },
    workbench::{Fit, Hit, Place, fit},
};

/// No more elements than these.
const MOST: usize = 200;
/// No more elements than these beside commands.
const BESIDE: usize = 8;

/// A line of the palette.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) what: What,
    /// What it is called.
    pub(super) name: String,
    /// Which characters of the name answer.
    pub(super) at: Vec<usize>,
    /// What stands behind the name.
    pub(super) aside: String,
    /// What stands at the right end: its key.
    pub(super) keys: String,
}

/// What a line stands for.
#[derive(Debug)]
pub(super) enum What {
    /// A command, and why it cannot be done now.
    Command(Command, Option<&'static str>),
    Element(Key),
}

/// What answers, the best first.
pub(super) fn lines(app: &mut App, ctx: &egui::Context, text: &str) -> Vec<Line> {
    let text = text.trim();
    if let Some(name) = text.strip_prefix('@') {
        return elements(app, name, MOST);
    }
    if text.is_empty() {
        return all(app, ctx);
    }
    let answers = offered(app).filter_map(|row| answer(app, ctx, row, text));
    let (mut close, mut loose): (Vec<Answer>, Vec<Answer>) = answers.partition(|answer| answer.close);
    let elements = elements(app, text, if close.is_empty() { MOST } else { BESIDE });
    for found in [&mut close, &mut loose] {
        found.sort_by_key(|answer| std::cmp::Reverse(answer.score));
    }
    // Letters here and there are an answer where there is no better one.
    let commands = if close.is_empty() && elements.is_empty() { loose } else { close };
    commands.into_iter().map(|answer| answer.line).chain(elements).collect()
}

/// A command and its row of the table.
type Row = (Command, &'static Entry);

/// A command that answers.
struct Answer {
    score: i32,
    close: bool,
    line: Line,
}

/// Every command: those that were used last, then all in the order of the menus.
fn all(app: &App, ctx: &egui::Context) -> Vec<Line> {
    let recent: Vec<&Entry> =
        app.settings.commands.iter().filter_map(|id| table().iter().find(|entry| entry.id() == *id)).collect();
    let rest = offered(app).filter(|(command, _)| !recent.iter().any(|used| used.command == *command));
    let recent = recent.iter().map(|entry| (entry.command, *entry));
    recent.chain(rest).map(|row| line(app, ctx, row, Vec::new())).collect()
}

fn answer(app: &App, ctx: &egui::Context, (command, entry): Row, text: &str) -> Option<Answer> {
    let own = fit(text, &command.title(app));
    // What is called otherwise now, or stands in a menu that was typed, is found too.
    let also = || {
        let found = fit(text, &format!("{} {}", entry.place.0.path(), entry.name))?;
        Some(Fit { score: found.score - 100, at: Vec::new(), close: found.close })
    };
    let found = own.filter(|own| own.close).or_else(also)?;
    let line = line(app, ctx, (command, entry), found.at);
    let hindered = matches!(line.what, What::Command(_, Some(_)));
    Some(Answer { score: found.score - if hindered { 40 } else { 0 }, close: found.close, line })
}

fn line(app: &App, ctx: &egui::Context, (command, entry): Row, at: Vec<usize>) -> Line {
    let hindrance = command.hindrance(app);
    Line {
        what: What::Command(command, hindrance),
        name: command.title(app).into_owned(),
        at,
        aside: hindrance.map_or_else(|| entry.place.0.path(), str::to_owned),
        keys: spelled(ctx, command).into_iter().next().unwrap_or_default(),
    }
}

fn elements(app: &mut App, name: &str, most: usize) -> Vec<Line> {
    let Some(survey) = app.survey.clone() else { return Vec::new() };
    let hits = app.tables.made(&survey).finder().find(name);
    let line = |hit: Hit| {
        let at = fit(name, &hit.name).filter(|_| hit.place == Place::Name).map(|fit| fit.at).unwrap_or_default();
        let kind = capital(hit.key.kind.phrase());
        let aside = match &hit.place {
            Place::Name => kind,
            Place::Id => format!("{kind} {}", hit.key.slug),
            Place::Description => format!("{kind}, in its description"),
            Place::Operation(name) => format!("{kind}, operation {name}"),
            Place::Message(name) => format!("{kind}, message {name}"),
        };
        Line { what: What::Element(hit.key), name: hit.name, at, aside, keys: String::new() }
    };
    hits.into_iter().take(most).map(line).collect()
}
