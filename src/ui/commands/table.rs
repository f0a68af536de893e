//! The table of all actions, in the order of the menus.

use std::sync::LazyLock;

use egui::Key;

use super::{
    Command, Menu, Place,
    entry::{Entry, Keys, When, bare, ctrl, ctrl_alt, ctrl_shift, letter, not_typing, otherwise, shift, workshop},
    run::{nameable, selected},
};
use crate::{
    model::{Grouping, Kind, Lens, Stage},
    scene::{LENSES, question},
    text,
    ui::{
        App,
        canvas::Deed,
        findings::{By, Sort},
        fix,
        settings::{LARGEST, SMALLEST, Theme},
        sides::Side,
        tabs::Tab,
    },
    workbench::{Alignment, ExportFormat},
};

/// Every action, in the order of the menus.
pub(in crate::ui) fn table() -> &'static [Entry] {
    static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        [file(), edit(), view(), insert(), analyse(), export(), help()].into_iter().flatten().collect()
    });
    &TABLE
}

fn file() -> Vec<Entry> {
    let row = |group, command, name: &'static str, hint: &'static str| {
        Entry::new(command, Place(Menu::File, group), name, hint)
    };
    vec![
        row(0, Command::New, "New", "Starts an empty model.").keys([ctrl(Key::N)]),
        row(0, Command::Open, "Open…", "Opens a model from a file.").keys([ctrl(Key::O)]),
        Entry::new(
            Command::Recent(0),
            Place(Menu::Recent, 0),
            "Open a recent file",
            "Opens a model that was open before.",
        ),
        Entry::new(
            Command::Sample(0),
            Place(Menu::Samples, 0),
            "A model that comes with the program",
            "Begins with a copy of a model that comes with the program.",
        ),
        row(1, Command::Save, "Save", "Saves the model to its file.").keys([ctrl(Key::S)]),
        row(1, Command::SaveAs, "Save as…", "Saves the model to another file.").keys([ctrl_shift(Key::S)]),
        row(2, Command::Previous, "Open previous version…", "Looks at what the file held before it was last saved.")
            .when(|app| when(app.previous().is_some(), "No earlier version of this file is kept")),
        row(2, Command::Recover, "Recover unsaved work…", "Brings back what was not saved when the program ended.")
            .when(|app| when(!app.keeping.found.is_empty(), "There is no unsaved work from before")),
        row(3, Command::Quit, "Quit", "Closes the window.").keys([ctrl(Key::Q)]),
    ]
}

fn edit() -> Vec<Entry> {
    let row = |group, command, name: &'static str, hint: &'static str| {
        Entry::new(command, Place(Menu::Edit, group), name, hint)
    };
    vec![
        row(0, Command::Undo, "Undo", "Takes the last step back.")
            .keys([not_typing(ctrl(Key::Z))])
            .when(|app| when(app.bench.history().to_undo().is_some(), "Nothing was done that could be undone")),
        row(0, Command::Redo, "Redo", "Does again what was undone.")
            .keys([not_typing(ctrl_shift(Key::Z)), not_typing(ctrl(Key::Y))])
            .when(|app| when(app.bench.history().to_redo().is_some(), "Nothing was undone")),
        row(0, Command::History, "History…", "Shows every step, to go back or forth to any.")
            .keys([ctrl_shift(Key::H)]),
        row(1, Command::Cut, "Cut", "Copies a cell of a table and empties it.")
            .keys([not_typing(ctrl(Key::X))])
            .when(|app| when(can_cut(app), "Select one cell of a table; elements are copied, or deleted")),
        row(1, Command::Copy, "Copy", "Copies cells or rows, or what is selected as lines of quick entry.")
            .keys([not_typing(ctrl(Key::C))])
            .when(|app| {
                let fits = app.tab.is_table() || (app.tab == Tab::Landscape && !app.selection.is_empty());
                when(fits && !app.is_at_start(), "Select something of the diagram, or show a table")
            }),
        row(1, Command::Paste, "Paste", "Puts cells into a table, or makes elements of lines and names.")
            .keys([not_typing(ctrl(Key::V))])
            .when(|app| {
                let fits = app.tab.is_table() || app.tab == Tab::Landscape;
                when(fits && !app.is_at_start(), "Show the landscape or a table first")
            }),
        row(
            1,
            Command::Duplicate,
            "Duplicate",
            "Copies what is selected, with its facts and all that leads between it.",
        )
        .keys([not_typing(ctrl(Key::D))])
        .when(|app| {
            let fits = app.tab == Tab::Landscape && app.can_duplicate();
            when(fits && !app.is_at_start(), "Select something of the diagram")
        }),
        row(1, Command::CopyRows, "Copy rows", "Copies the selected rows, or all, with headings for a spreadsheet.")
            .when(TABLED),
        canvas(Deed::CopyPicture, Place(Menu::Edit, 1), "Copies the selection, or all of the diagram, as a picture.")
            .keys([ctrl_shift(Key::C)])
            .when(DRAWN),
        canvas(
            Deed::CopySvg,
            Place(Menu::Edit, 1),
            "Copies the selection, or all of the diagram, as the text of an SVG.",
        )
        .when(DRAWN),
        row(2, Command::Find, "Find…", "Looks for elements by name, id, words and operations.")
            .keys([ctrl(Key::F)])
            .when(BEGUN),
        row(2, Command::FindNext, "Find next", "Goes to the next element that answers the search.")
            .keys([bare(Key::F3)])
            .when(SEARCHED),
        row(2, Command::FindPrevious, "Find previous", "Goes to the element before that answers the search.")
            .keys([shift(Key::F3)])
            .when(SEARCHED),
        row(2, Command::GoToElement, "Go to element…", "Goes to an element by a few letters of its name.")
            .keys([ctrl(Key::P)]),
        row(2, Command::SelectAll, "Select all", "Selects everything that the diagram shows.")
            .keys([not_typing(ctrl(Key::A))])
            .when(SURVEYED),
        row(3, Command::Rename, "Rename…", "Gives what is selected another name.")
            .keys([bare(Key::F2)])
            .when(|app| when(nameable(app).is_some(), "Select one element that has a name")),
        row(3, Command::Say("owner"), "Set owner…", "Answers who owns what is selected, in the inspector.")
            .when(|app| when(app.can_say("owner"), "Select what somebody can own")),
        row(3, Command::Say("domain"), "Move to domain…", "Puts what is selected into a domain, in the inspector.")
            .when(|app| when(app.can_say("domain"), "Select one system or several")),
        row(3, Command::Delete, "Delete", "Removes what is selected, with all that cannot be without it.")
            .keys([letter(Key::Delete)])
            .when(|app| when(app.selection.iter().any(|key| !key.kind.is_single()), "Select what is to be deleted")),
        row(3, Command::DeleteRows, "Delete rows", "Removes the selected rows of a table; Delete alone empties cells.")
            .keys([not_typing(ctrl(Key::Delete))])
            .when(|app| when(!app.selected_rows().is_empty(), "Select rows of a table")),
    ]
}

fn view() -> Vec<Entry> {
    let row = |group, command, name: &'static str, hint: &'static str| {
        Entry::new(command, Place(Menu::View, group), name, hint)
    };
    let mut rows: Vec<Entry> = Tab::ALL.into_iter().enumerate().map(|(at, tab)| go_to(at, tab)).collect();
    let row_in =
        |command, name: &'static str, hint: &'static str| Entry::new(command, Place(Menu::GoTo, 1), name, hint);
    rows.extend([
        row_in(Command::NextPanel, "Next panel", "Gives the keyboard to the next panel.").keys([bare(Key::F6)]),
        row_in(Command::PreviousPanel, "Previous panel", "Gives the keyboard to the panel before.")
            .keys([shift(Key::F6)]),
        row_in(Command::Menus, "Menus", "Opens the first menu, for the arrow keys.").keys([bare(Key::F10)]),
    ]);
    rows.extend(saved_views());
    rows.extend(LENSES.map(lens));
    rows.extend([Grouping::Domain, Grouping::Boundary, Grouping::Team, Grouping::None].map(frames));
    rows.extend(Side::ALL.map(panel));
    rows.extend(appearance());
    rows.extend([
        row(0, Command::Fit, "Fit the whole diagram", "Shows all of the diagram.")
            .keys([letter(Key::F)])
            .when(PICTURED),
        row(0, Command::ActualSize, "Actual size", "Shows the diagram as large as it is on paper.")
            .keys([ctrl(Key::Num0)])
            .when(PICTURED),
        row(0, Command::ZoomIn, "Zoom in", "Brings the diagram nearer.")
            .keys([ctrl(Key::Plus), ctrl(Key::Equals)])
            .when(PICTURED),
        row(0, Command::ZoomOut, "Zoom out", "Takes the diagram farther away.").keys([ctrl(Key::Minus)]).when(PICTURED),
        canvas(Deed::Focus, Place(Menu::View, 1), "Lets everything step back that is not joined to the selection.")
            .keys([letter(Key::D)])
            .when(|app| when(Deed::Focus.is_enabled(app), "Select what to focus on")),
        row(1, Command::Neighbours, "Show with neighbours", "Shows only what is selected and what is joined to it.")
            .keys([letter(Key::H)])
            .when(|app| {
                let fits = selected(app).is_some_and(|key| App::has_neighbours(&key));
                when(fits, "Select one system, store or container")
            }),
        row(1, Command::Flow, "Show flow", "Shows only the flow that what is selected is part of.").when(|app| {
            let fits = app.selection.iter().next().is_some_and(App::has_flow);
            when(fits, "Select an interaction, a contract or a flow")
        }),
        row(1, Command::ShowAll, "Show all", "Shows the whole landscape again.")
            .when(|app| when(app.showing.view.is_some(), "The whole landscape is shown")),
        row(
            1,
            Command::Filter,
            "Filter…",
            "Shows a part of the model: domains, boundaries, kinds, transport, findings.",
        )
        .when(|app| {
            let any = !app.bench.model().systems.is_empty() || app.showing.view.is_some();
            when(any && !app.workshop.is_on(), "Draw something first, and leave workshop mode")
        }),
        row(1, Command::MoreHops, "One hop more", "Shows what is one step farther from what is in the middle.")
            .when(|app| when(app.hops_after(true).is_some(), "Show an element with its neighbours first")),
        row(1, Command::FewerHops, "One hop fewer", "Leaves out what is farthest from what is in the middle.")
            .when(|app| when(app.hops_after(false).is_some(), "There is no hop that could be left out")),
    ]);
    rows.extend([
        row(2, Command::Fold, "Open or collapse", "Shows a container as one box, or what is in it.")
            .keys([letter(Key::O)])
            .when(|app| {
                let fits = selected(app).is_some_and(|key| app.fold_of(&key).is_some());
                when(fits, "Select one container")
            }),
        row(2, Command::CollapseAll, "Collapse all", "Shows every container as one box.").when(FRAMED),
        row(2, Command::OpenAll, "Open all", "Shows what is in every container.").when(FRAMED),
    ]);
    rows.extend([
        row(5, Command::Legend, "Legend", "Shows or hides what lines and colours mean.").when(PICTURED),
        canvas(
            Deed::Minimap,
            Place(Menu::View, 5),
            "Shows or hides the small map of a diagram that is larger than the view.",
        )
        .keys([letter(Key::M)])
        .when(PICTURED),
    ]);
    rows.extend(arranging());
    rows.extend([
        row(6, Command::AnotherDay, "As of another day…", "Shows the architecture as it is on a day of choice.")
            .when(BEGUN),
        row(6, Command::Today, "As of today", "Shows the architecture as it is today.")
            .when(|app| when(app.as_of != app.today, "It is shown as of today")),
    ]);
    rows.extend([row(
        7,
        Command::Workshop,
        "Workshop mode",
        "Shows the diagram alone, larger, with quick entry at hand.",
    )
    .keys([bare(Key::F11)])
    .when(BEGUN)]);
    rows
}

/// A row of what the canvas can do.
fn canvas(deed: Deed, place: Place, hint: &'static str) -> Entry {
    Entry::new(Command::Canvas(deed), place, deed.title(), hint)
}

fn arranging() -> Vec<Entry> {
    let align = |way: Alignment| {
        let three = way.least() > 2;
        let group = u8::from(three);
        let hint = if three {
            "Puts the same room between the selected boxes."
        } else {
            "Puts the selected boxes in one line."
        };
        canvas(Deed::Align(way), Place(Menu::Arrange, group), hint).when(if three { SPREADABLE } else { ALIGNABLE })
    };
    let mut rows: Vec<Entry> = Alignment::ALL.map(align).into();
    rows.extend([
        canvas(Deed::Anew, Place(Menu::Arrange, 2), "Finds new places for the selected boxes; everything else stays.")
            .keys([letter(Key::L)])
            .when(|app| when(Deed::Anew.is_enabled(app), "Select boxes")),
        Entry::new(
            Command::Unpin,
            Place(Menu::Arrange, 2),
            "Lay out everything anew",
            "Forgets where boxes were dragged, and arranges them again.",
        )
        .when(SURVEYED),
    ]);
    rows
}

fn saved_views() -> Vec<Entry> {
    let row =
        |command, name: &'static str, hint: &'static str| Entry::new(command, Place(Menu::SavedViews, 0), name, hint);
    let mut rows = vec![
        row(Command::SaveView, "Save view as…", "Saves what is shown, with its frames, lens and day, under a name.")
            .keys([ctrl_shift(Key::V)])
            .when(BEGUN),
        row(Command::UpdateView, "Update view", "Puts what is shown in place of what the saved view held.")
            .when(|app| when(app.is_view_changed(), "No saved view is shown that has been changed")),
        row(Command::RevertView, "Back to what was saved", "Shows the saved view as it was saved.")
            .when(|app| when(app.is_view_changed(), "No saved view is shown that has been changed")),
        row(Command::RenameView, "Rename view…", "Gives the saved view that is shown another name.").when(SAVED_VIEW),
        row(Command::DeleteView, "Delete view", "Removes the saved view that is shown; nothing else goes with it.")
            .when(SAVED_VIEW),
        row(Command::NextView, "Next view", "Shows the next of the saved views; the landscape is the first.")
            .keys([ctrl(Key::PageDown), workshop(Key::ArrowRight), workshop(Key::PageDown)])
            .when(VIEWED),
        row(Command::PreviousView, "Previous view", "Shows the saved view before.")
            .keys([ctrl(Key::PageUp), workshop(Key::ArrowLeft), workshop(Key::PageUp)])
            .when(VIEWED),
    ];
    // One row for all of them: it is offered as often as there are views.
    let hint = "Shows a saved view of the model.";
    rows.push(Entry::new(Command::View(0), Place(Menu::SavedViews, 1), "Saved view", hint));
    rows
}

fn go_to(at: usize, tab: Tab) -> Entry {
    const NUMBERS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    let keys: Option<Keys> = NUMBERS.get(at).copied().map(ctrl);
    Entry::new(Command::Show(tab), Place(Menu::GoTo, 0), tab.title(), format!("Goes to the tab {}.", tab.title()))
        .keys(keys)
}

fn frames(grouping: Grouping) -> Entry {
    let (name, hint) = match grouping {
        Grouping::None => ("No frames".to_owned(), "Draws systems in no frames.".to_owned()),
        grouping => (format!("Frames by {grouping}"), format!("Draws a frame around the systems of each {grouping}.")),
    };
    Entry::new(Command::Group(grouping), Place(Menu::Frames, 0), name, hint)
}

fn panel(side: Side) -> Entry {
    let (key, hint) = match side {
        Side::Model => (Key::B, "Shows or hides the tree of the model, on the left."),
        Side::Inspector => (Key::I, "Shows or hides what is known of what is selected, on the right."),
        Side::Findings => (Key::J, "Shows or hides the list of findings, below."),
    };
    Entry::new(Command::Side(side), Place(Menu::Panels, 0), side.title(), hint).keys([ctrl(key)]).when(PANELLED)
}

fn lens(lens: Lens) -> Entry {
    let hint = format!("{}. Nothing moves.", text::capital(question(lens)));
    Entry::new(Command::Look(lens), Place(Menu::Lens, 0), format!("Lens: {lens}"), hint)
}

fn appearance() -> Vec<Entry> {
    let row = |group, command, name: &'static str, hint: &'static str| {
        Entry::new(command, Place(Menu::Appearance, group), name, hint)
    };
    vec![
        row(0, Command::Theme(Theme::Light), "Light", "Dark text on light ground."),
        row(0, Command::Theme(Theme::Dark), "Dark", "Light text on dark ground."),
        row(0, Command::Theme(Theme::System), "As the system", "Light or dark, as the system says."),
        row(0, Command::Contrast, "High contrast", "No grey that is hard to read, no line that is hard to see."),
        row(1, Command::Larger, "Larger text and controls", "Makes everything larger, up to twice its size.")
            .keys([ctrl_alt(Key::Plus), ctrl_alt(Key::Equals)])
            .when(|app| when(app.settings.scale < LARGEST, "Nothing larger can be chosen")),
        row(1, Command::Smaller, "Smaller text and controls", "Makes everything smaller, down to four fifths.")
            .keys([ctrl_alt(Key::Minus)])
            .when(|app| when(app.settings.scale > SMALLEST, "Nothing smaller can be chosen")),
        row(
            1,
            Command::NormalSize,
            "Normal size of text and controls",
            "Makes everything as large as it was designed.",
        )
        .keys([ctrl_alt(Key::Num0)])
        .when(|app| when(app.settings.scale != 1.0, "Text and controls have their normal size")),
        canvas(Deed::Still, Place(Menu::Appearance, 2), "Lets nothing glide: what changes is there at once."),
    ]
}

fn insert() -> Vec<Entry> {
    let row = |group, command, name: &'static str, hint: &'static str| {
        Entry::new(command, Place(Menu::Insert, group), name, hint)
    };
    let mut rows = vec![
        row(0, Command::Entry, "Quick entry", "Makes and changes elements by a line of text.")
            .keys([ctrl(Key::K), letter(Key::Slash)]),
        row(1, Command::AddSystem, "System…", "Adds a system.").keys([letter(Key::N)]),
        row(1, Command::Connect, "Connection…", "Says what one system asks of or tells another.")
            .keys([letter(Key::C)])
            .when(|app| when(matches!(app.selected_systems().len(), 1 | 2), "Select one or two systems")),
        row(1, Command::NewRow, "New row", "Begins a record in the last row of the table that is shown.")
            .keys([bare(Key::Insert)])
            .when(TABLED),
    ];
    // Views are made of what is shown: they are saved, not inserted.
    const KINDS: [&[Kind]; 3] = [
        &[Kind::Store, Kind::Entity, Kind::Contract, Kind::Profile, Kind::Flow],
        &[Kind::Domain, Kind::Boundary, Kind::Team, Kind::Mesh],
        &[Kind::Change, Kind::Plateau, Kind::Decision, Kind::Waiver],
    ];
    let add = |group: u8, kind: Kind| {
        let phrase = kind.phrase();
        let article = if phrase.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let (name, hint) = (format!("{}…", text::capital(phrase)), format!("Adds {article} {phrase}."));
        Entry::new(Command::Add(kind), Place(Menu::Insert, group), name, hint)
    };
    for (group, kinds) in (2..).zip(KINDS) {
        rows.extend(kinds.iter().map(|kind| add(group, *kind)));
    }
    rows
}

fn analyse() -> Vec<Entry> {
    let row = |group, command, name: &'static str, hint: &'static str| {
        Entry::new(command, Place(Menu::Analyse, group), name, hint)
    };
    vec![
        row(0, Command::NextFinding, "Next finding", "Goes to the next finding and lights up what it is about.")
            .keys([bare(Key::F8)])
            .when(FOUND),
        row(0, Command::PreviousFinding, "Previous finding", "Goes to the finding before.")
            .keys([shift(Key::F8)])
            .when(FOUND),
    ]
    .into_iter()
    .chain(listing())
    .chain(Stage::ALL.iter().copied().map(stage))
    .chain([
        row(1, Command::Fix, "Fix this finding…", "Shows how the chosen finding can be mended.")
            .keys([ctrl(Key::Period)])
            .when(|app| {
                let line = app.survey.as_ref().zip(app.findings.row);
                let fits =
                    line.is_some_and(|(survey, at)| survey.rows.get(at).is_some_and(|row| fix::can_fix(survey, row)));
                when(fits, "Choose a finding that the program can fix")
            }),
        row(1, Command::Waive, "Waive this finding…", "Accepts the chosen finding for a time, with a reason.").when(
            |app| {
                let chosen = app.chosen_finding();
                let fits = chosen.is_some_and(|(row, _)| row.waived.is_none() && row.findings.len() == 1);
                when(fits, "Choose one finding that is not waived")
            },
        ),
        row(1, Command::RulePage, "About the rule of this finding", "Tells why the rule is there and what to do.")
            .keys([bare(Key::F1)])
            .when(|app| when(app.chosen_finding().is_some(), "Choose a finding")),
        row(
            1,
            Command::Decide,
            "Record as a decision…",
            "Records whether an interaction is an API or an event, and why.",
        )
        .when(|app| {
            let one = selected(app).is_some_and(|key| key.kind == Kind::Interaction);
            when(one, "Select one interaction")
        }),
        row(
            2,
            Command::Single(Kind::Policy),
            "Policy",
            "Shows the thresholds and severities by which the rules judge.",
        )
        .when(BEGUN),
        row(2, Command::CopyQuestions, "Copy all questions", "Copies what nobody has asked yet, by who can answer.")
            .when(SURVEYED),
        row(3, Command::BeginWorkshop, "Begin a workshop", "From here on it is noted what changes."),
        row(3, Command::Changes, "What changed", "Lists what was added, changed and removed since the beginning.")
            .keys([ctrl_shift(Key::L)]),
        row(3, Command::CopyChanges, "Copy what changed", "Copies the list of what changed, as Markdown."),
    ])
    .collect()
}

/// How findings are listed.
fn listing() -> Vec<Entry> {
    let row = |group, command, name: String, hint: &'static str| {
        Entry::new(command, Place(Menu::Findings, group), name, hint).when(BEGUN)
    };
    let by = |by: By| {
        let hint = match by {
            By::Severity => "Lists findings from the worst to the least.",
            By::Rule => "Lists findings under their rules.",
            By::Element => "Lists findings under what they are about.",
            By::Principle => "Lists findings under the principles they touch.",
            By::Domain => "Lists findings under the domains they are in.",
        };
        row(0, Command::GroupFindings(by), format!("Findings by {}", by.word()), hint)
    };
    let list = |sort: Sort| {
        row(
            1,
            Command::List(sort),
            format!("List {}", sort.words()),
            "Lists these among the findings, or leaves them out.",
        )
    };
    let hint = "Looks for findings by words, codes and names.";
    let mut rows: Vec<Entry> = By::ALL.map(by).into();
    rows.extend(Sort::ALL.map(list));
    rows.push(row(2, Command::FilterFindings, "Filter findings…".to_owned(), hint));
    rows
}

fn stage(stage: Stage) -> Entry {
    let hint = match stage {
        Stage::Sketch => "Only what is known to be wrong is reported.",
        Stage::Design => "What has to be decided before building is asked for.",
        Stage::Governed => "Every open question counts, and fails a check.",
    };
    Entry::new(Command::Stage(stage), Place(Menu::Stage, 0), format!("Stage: {}", text::capital(stage.word())), hint)
        .when(BEGUN)
}

fn export() -> Vec<Entry> {
    let row = |format: ExportFormat| {
        let hint = format!("{}, into a file of your choice.", format.title());
        Entry::new(Command::Export(format), Place(Menu::Export, 0), format!("{}…", format.title()), hint).when(SURVEYED)
    };
    let mut rows: Vec<Entry> = ExportFormat::ALL.map(row).into();
    let hint = "Shows what documents say beside the model: authors, chapters, words.";
    let report = Entry::new(Command::Single(Kind::Report), Place(Menu::Export, 1), "What documents say", hint);
    rows.push(report.when(BEGUN));
    rows
}

fn help() -> Vec<Entry> {
    let row = |group, command, name: &'static str, hint: &'static str| {
        Entry::new(command, Place(Menu::Help, group), name, hint)
    };
    vec![
        row(0, Command::Palette, "All commands…", "Finds a command by a few letters of its name.")
            .keys([ctrl_shift(Key::P)]),
        row(0, Command::Keys, "Keyboard…", "Shows every key.").keys([otherwise(bare(Key::F1))]),
        row(0, Command::Guide, "Guided first minute", "Five things to do, ticked off as they are done."),
        row(1, Command::About, "About Spandrel", "Tells the version and the licences."),
    ]
}

/// Whether the hand is on one cell. Of the diagram nothing is cut: pasting could not bring back all that is known.
fn can_cut(app: &App) -> bool {
    let one = app.tab.grid().is_none() || app.selection.len() < 2;
    app.tab.is_table() && one && app.tables.here(app.tab.grid()).is_some()
}

fn when(fits: bool, else_why: &'static str) -> Result<(), &'static str> {
    if fits { Ok(()) } else { Err(else_why) }
}

const SURVEYED: When = |app| when(app.survey.is_some(), "The diagram is not drawn yet");
const PICTURED: When = |app| {
    SURVEYED(app)?;
    when(app.tab == Tab::Landscape && !app.is_at_start(), "Show the landscape first")
};
const TABLED: When = |app| when(app.tab.is_table() && !app.is_at_start(), "Show one of the tables first");
const DRAWN: When = |app| when(Deed::CopySvg.is_enabled(app), "Nothing is drawn");
const ALIGNABLE: When = |app| when(app.chosen_boxes() > 1, "Select two boxes");
const SPREADABLE: When = |app| when(app.chosen_boxes() > 2, "Select three boxes");
const BEGUN: When = |app| when(!app.is_at_start(), "Open or begin a model first");
const PANELLED: When = |app| when(!app.is_at_start() && !app.workshop.is_on(), "There are no panels");
const FRAMED: When = |app| when(app.grouping() != Grouping::None, "There are no frames");
const FOUND: When = |app| when(app.survey.as_ref().is_some_and(|survey| !survey.rows.is_empty()), "Nothing was found");
const SEARCHED: When = |app| when(app.search.keys().is_some(), "Nothing is looked for");
const SAVED_VIEW: When = |app| when(app.open_saved().is_some(), "No saved view is shown");
const VIEWED: When = |app| when(app.saved_views().next().is_some(), "There are no saved views");
