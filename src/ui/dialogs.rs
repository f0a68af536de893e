//! What floats above the window: questions, the path of a file, and news.

use std::path::{Path, PathBuf};

use egui::{Button, Id, Modal, RichText, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::{
    App, Then, advisor,
    advisor::Decide,
    fix::{self, FixDialog},
    keeping::{Asking, Said, asking_ui},
    keyboard,
    palette::{self, Palette},
    sheet::{self, PasteDialog},
    theme,
};
use crate::{
    file::Problem,
    model::{Date, Subject},
    rules::{self, Finding, Meta},
    scene::Role,
    text::{Face, capital},
    workbench,
};

/// What is being asked or told.
#[derive(Debug)]
pub(super) enum Dialog {
    /// There are unsaved changes.
    Unsaved(Then),
    /// What was typed into a field does not fit.
    Unfit(Then),
    /// Which file? Asked by the window itself where the system offers no dialog.
    Path(PathDialog),
    /// A file could not be used.
    Problems { file: String, problems: Vec<Problem>, opened: bool },
    /// Something went wrong.
    Failed(String),
    /// What this is.
    About,
    /// Every key.
    Keys,
    /// Commands and elements by a few letters.
    Palette(Palette),
    /// What a rule says.
    Rule(&'static Meta),
    /// A finding is to be accepted.
    Waive(Waive),
    /// An API or an event: a decision is to be recorded.
    Decide(Decide),
    /// What is to be done about a finding.
    Fix(Box<FixDialog>),
    /// Something could be lost.
    Kept(Box<Asking>),
    /// Rows are to be pasted into a table.
    Paste(Box<PasteDialog>),
}

impl Dialog {
    /// Asks about something that could be lost.
    pub(super) fn kept(asking: Asking) -> Self {
        Self::Kept(Box::new(asking))
    }

    /// Whether something stands in its fields that somebody may have typed.
    fn holds_text(&self) -> bool {
        let said = |text: &str| !text.trim().is_empty();
        match self {
            Self::Waive(waive) => said(&waive.reason) || said(&waive.expires),
            Self::Path(path) => said(&path.text),
            _ => false,
        }
    }

    /// Asks for what a waiver of a finding needs.
    pub(super) fn waive(finding: &Finding, text: &str) -> Self {
        Self::Waive(Waive {
            rule: finding.rule.code,
            about: finding.about.clone(),
            text: text.to_owned(),
            reason: String::new(),
            approver: String::new(),
            expires: String::new(),
            focus: Some("Reason"),
        })
    }
}

/// What a waiver needs; a person knows it, and nothing is filled in but who approved the last.
#[derive(Debug)]
pub(super) struct Waive {
    rule: &'static str,
    about: Subject,
    text: String,
    reason: String,
    approver: String,
    expires: String,
    /// The field that is to have the keyboard, in the next frame.
    focus: Option<&'static str>,
}

impl Waive {
    /// The first field in which something is missing, or does not fit.
    fn missing(&self, expires: Option<Date>) -> Option<&'static str> {
        let said = |text: &str| !text.trim().is_empty();
        let fields =
            [("Reason", said(&self.reason)), ("Approved by", said(&self.approver)), ("Expires on", expires.is_some())];
        fields.into_iter().find(|(_, said)| !said).map(|(name, _)| name)
    }
}

/// Asks for the path of a file.
#[derive(Debug)]
pub(super) struct PathDialog {
    /// What the file is for.
    pub(super) purpose: Purpose,
    /// What stands in the field.
    pub(super) text: String,
    /// Why the window asks itself.
    pub(super) why: String,
}

/// What a path is asked for.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// To open a model.
    Open,
    /// To save the model, and then go on.
    Save(Option<Then>),
    /// To export.
    Export(crate::workbench::ExportFormat),
}

impl Purpose {
    /// The heading of the dialog.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::Open => "Open a model",
            Self::Save(_) => "Save the model",
            Self::Export(format) => format.title(),
        }
    }

    /// The ending of the files it is about.
    pub(super) fn ending(&self) -> &'static str {
        match self {
            Self::Open | Self::Save(_) => "ron",
            Self::Export(format) => format.ending(),
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Save(_) => "Save",
            Self::Export(_) => "Export",
        }
    }
}

/// What was answered.
enum Answer {
    Close,
    SaveThen(Then),
    Discard(Then),
    LetGo(Then),
    Take(Purpose, PathBuf),
    Waive { rule: &'static str, about: Subject, reason: String, approver: String, expires: Date },
    Decide,
    Fix,
    Kept(Said),
    Paste,
}

impl App {
    /// Asks or tells something.
    pub(super) fn ask(&mut self, dialog: Dialog) {
        self.dialog = Some(match dialog {
            Dialog::Waive(waive) => Dialog::Waive(Waive { approver: self.settings.approver.clone(), ..waive }),
            other => other,
        });
    }
}

pub(super) fn dialogs_ui(app: &mut App, ctx: &egui::Context) {
    palette::palette_ui(app, ctx);
    let Some(dialog) = app.dialog.as_mut().filter(|dialog| !matches!(dialog, Dialog::Palette(_))) else { return };
    let mut answer = None;
    let today = app.today;
    let model = app.bench.model().clone();
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(20);
    let mut modal = Modal::new(Id::unique("dialog")).frame(frame);
    let mut width = if matches!(dialog, Dialog::Keys) { 760.0 } else { 520.0_f32 };
    if matches!(dialog, Dialog::Fix(_)) {
        // It stands aside, so that what it lights can be seen, and grows downwards, so that no field moves away.
        let area = Modal::default_area(Id::unique("fix"));
        modal = modal.area(area.anchor(egui::Align2::RIGHT_TOP, [-16.0, 56.0]));
        modal = modal.backdrop_color(egui::Color32::from_black_alpha(24));
        width = 440.0;
    }
    if let Dialog::Kept(asking) = dialog {
        let (wide, aside) = asking.shape();
        width = wide;
        if aside {
            let area = Modal::default_area(Id::unique("aside"));
            modal = modal.area(area.anchor(egui::Align2::RIGHT_TOP, [-16.0, 56.0]));
            modal = modal.backdrop_color(egui::Color32::from_black_alpha(24));
        }
    }
    let bench = &app.bench;
    let modal = modal.show(ctx, |ui| {
        ui.set_width(width.min(ctx.content_rect().width() - 48.0));
        match dialog {
            Dialog::Unsaved(then) => unsaved(ui, then, &mut answer),
            Dialog::Unfit(then) => unfit(ui, app.editing.unfit().unwrap_or_default(), then, &mut answer),
            Dialog::Path(path) => path_ui(ui, path, &mut answer),
            Dialog::Problems { file, problems, opened } => problems_ui(ui, file, problems, *opened, &mut answer),
            Dialog::Failed(text) => told(ui, "That did not work", text, &mut answer),
            Dialog::About => told(ui, "Spandrel", &about(), &mut answer),
            Dialog::Keys => answer = keyboard::keyboard_ui(ui).then_some(Answer::Close),
            Dialog::Palette(_) => {}
            Dialog::Rule(rule) => rule_ui(ui, rule, &mut answer),
            Dialog::Waive(waive) => waive_ui(ui, waive, today, &mut answer),
            Dialog::Decide(decide) => {
                answer =
                    advisor::decide_ui(ui, decide).map(|record| if record { Answer::Decide } else { Answer::Close });
            }
            Dialog::Paste(paste) => {
                answer = sheet::paste_ui(ui, paste).map(|done| if done { Answer::Paste } else { Answer::Close });
            }
            Dialog::Kept(asking) => answer = asking_ui(ui, bench, asking).map(Answer::Kept),
            Dialog::Fix(fix) => {
                answer = fix::fix_ui(ui, &model, fix).map(|apply| if apply { Answer::Fix } else { Answer::Close });
            }
        }
    });
    // A click beside it lets go of a question, and of nothing that somebody typed.
    let beside = modal.backdrop_response.clicked();
    let kept = beside && app.dialog.as_ref().is_some_and(Dialog::holds_text);
    if modal.should_close() && !kept {
        answer.get_or_insert(Answer::Close);
    }
    if let (true, Some(Dialog::Waive(waive))) = (kept, &mut app.dialog) {
        waive.focus = waive.missing(Date::typed(&waive.expires));
    }
    app.light_fix(ctx);
    let Some(answer) = answer else { return };
    let dialog = app.dialog.take();
    match answer {
        Answer::Close | Answer::Fix if matches!(dialog, Some(Dialog::Fix(_))) => {
            if let Some(Dialog::Fix(fix)) = dialog {
                app.end_fix(*fix, matches!(answer, Answer::Fix));
            }
        }
        Answer::Close | Answer::Kept(_) if matches!(dialog, Some(Dialog::Kept(_))) => {
            let said = if let Answer::Kept(said) = answer { said } else { Said::Later };
            if let Some(Dialog::Kept(asking)) = dialog {
                app.keep_said(ctx, *asking, said);
            }
        }
        Answer::Fix | Answer::Kept(_) => {}
        Answer::Close => {}
        Answer::Paste => {
            if let Some(Dialog::Paste(paste)) = dialog {
                app.paste_rows(&paste);
            }
        }
        Answer::Decide => {
            if let Some(Dialog::Decide(decide)) = dialog {
                app.decide(&decide);
            }
        }
        Answer::SaveThen(then) => app.save(ctx, Some(then)),
        Answer::Discard(then) => app.go_on(ctx, then),
        Answer::LetGo(then) => {
            app.editing.let_go();
            app.ask_first(ctx, then);
        }
        Answer::Take(purpose, path) => app.take_path(ctx, purpose, path),
        Answer::Waive { rule, about, reason, approver, expires } => {
            let model = app.bench.model().clone();
            let meant = workbench::waive(&model, (rule, &about), &reason, &approver, expires);
            let step = format!("Waive {rule} for {}", rules::name(&model, &about));
            if app.intend(&step, meant.map(|edits| ((), edits))).is_some() {
                app.settings.approver = approver;
                app.findings.row = None;
            }
        }
    }
}

pub(super) fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).family(theme::family(Face::SemiBold)).size(18.0));
    ui.add_space(4.0);
}

fn about() -> String {
    format!(
        "Version {}\n\nA modeller for integration architecture: what lies between systems. Draw who owns which data and what \
         travels between systems, see the anti-patterns, export the deliverables.\n\nMIT or Apache-2.0. Inter and JetBrains \
         Mono are used under the SIL Open Font License.",
        env!("CARGO_PKG_VERSION")
    )
}

pub(super) fn buttons(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.add_space(12.0);
    let size = egui::vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), add);
}

/// Whether a field was left by Enter. It is to be asked before the keyboard is given back to the field.
fn entered(ui: &Ui, field: &egui::Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// The main button of a dialog without fields: Enter presses it.
pub(super) fn main_ui(ui: &mut Ui, words: &str) -> egui::Response {
    let main = theme::main_button(ui, words);
    if ui.memory(|memory| memory.focused().is_none()) {
        main.request_focus();
    }
    main
}

fn unsaved(ui: &mut Ui, then: &Then, answer: &mut Option<Answer>) {
    heading(ui, "Save your changes?");
    ui.label("The model has changes that no file holds. If you do not save them, they are gone.");
    buttons(ui, |ui| {
        if main_ui(ui, "Save").clicked() {
            *answer = Some(Answer::SaveThen(then.clone()));
        }
        if ui.button("Cancel").clicked() {
            *answer = Some(Answer::Close);
        }
        if ui.button("Do not save").clicked() {
            *answer = Some(Answer::Discard(then.clone()));
        }
    });
}

fn unfit(ui: &mut Ui, (text, why): (&str, &str), then: &Then, answer: &mut Option<Answer>) {
    heading(ui, &format!("Go on without “{text}”?"));
    ui.label(format!("It was typed in the inspector and is kept nowhere: {why}."));
    buttons(ui, |ui| {
        if main_ui(ui, "Back to the field").clicked() {
            *answer = Some(Answer::Close);
        }
        if ui.button("Go on without it").clicked() {
            *answer = Some(Answer::LetGo(then.clone()));
        }
    });
}

fn told(ui: &mut Ui, title: &str, text: &str, answer: &mut Option<Answer>) {
    heading(ui, title);
    ui.label(text);
    buttons(ui, |ui| {
        if main_ui(ui, "Close").clicked() {
            *answer = Some(Answer::Close);
        }
    });
}

fn problems_ui(ui: &mut Ui, file: &str, problems: &[Problem], opened: bool, answer: &mut Option<Answer>) {
    heading(ui, if opened { "Some references lead nowhere" } else { "This file cannot be opened" });
    ui.label(if opened {
        "The model is open, and saving keeps these references as they are."
    } else {
        "Nothing has changed. Mend these and open it again:"
    });
    ui.add_space(4.0);
    ScrollArea::both().max_height(320.0).show(ui, |ui| {
        for problem in problems {
            ui.label(RichText::new(problem.report(file)).monospace());
        }
    });
    buttons(ui, |ui| {
        if main_ui(ui, "Close").clicked() {
            *answer = Some(Answer::Close);
        }
    });
}

/// A rule's page: the same words as `spandrel explain`.
fn rule_ui(ui: &mut Ui, rule: &Meta, answer: &mut Option<Answer>) {
    let star = if rule.star { " ★" } else { "" };
    heading(ui, &format!("{} {}{star}", rule.code, rule.slug.replace('-', " ")));
    let soft = theme::colour(ui, Role::Soft);
    let gap =
        rule.gap.map_or("is never reported".to_owned(), |stage| format!("is reported from stage {} on", stage.word()));
    let facts = format!("{} · {} · not asked {gap}", capital(rule.severity.word()), rule.principle.word());
    ui.label(RichText::new(facts).size(12.0).color(soft));
    ui.add_space(8.0);
    ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
        ui.label(capital(rule.summary) + ".");
        for (title, text) in [("Why", rule.why), ("Example", rule.example), ("What to do", rule.remedy)] {
            ui.add_space(8.0);
            ui.label(RichText::new(title).family(theme::family(Face::SemiBold)).size(12.0).color(soft));
            ui.label(text);
        }
    });
    buttons(ui, |ui| {
        if main_ui(ui, "Close").clicked() {
            *answer = Some(Answer::Close);
        }
    });
}

fn waive_ui(ui: &mut Ui, waive: &mut Waive, today: Date, answer: &mut Option<Answer>) {
    heading(ui, &format!("Accept {} for a time", waive.rule));
    ui.label(&waive.text);
    ui.add_space(8.0);
    let fields = [
        ("Reason", "Why this is acceptable, and what limits it", &mut waive.reason),
        ("Approved by", "Name and role", &mut waive.approver),
        ("Expires on", "2027-06-30", &mut waive.expires),
    ];
    let mut enter = false;
    for (name, hint, text) in fields {
        ui.label(RichText::new(name).size(12.0).color(theme::colour(ui, Role::Soft)));
        let field = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY));
        field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, name));
        enter |= entered(ui, &field);
        if waive.focus.take_if(|wanted| *wanted == name).is_some() {
            field.request_focus();
        }
    }
    let expires = Date::typed(&waive.expires);
    let wrong = match expires {
        _ if waive.expires.trim().is_empty() => None,
        None => Some("A date is written like 2027-06-30.".to_owned()),
        Some(day) if day < today => Some(format!("This day is past: on {today} the waiver would no longer hold.")),
        Some(_) => None,
    };
    if let Some(wrong) = &wrong {
        ui.label(RichText::new(wrong).size(12.0).color(theme::colour(ui, Role::Error)));
    }
    let expires = expires.filter(|_| wrong.is_none());
    let missing = waive.missing(expires);
    // Enter leads on to what is missing; where nothing is, it does what the button does.
    if enter {
        waive.focus = missing;
    }
    buttons(ui, |ui| {
        let pressed = ui.add_enabled_ui(missing.is_none(), |ui| theme::main_button(ui, "Waive")).inner.clicked();
        if let (true, None, Some(expires)) = (pressed || enter, missing, expires) {
            *answer = Some(Answer::Waive {
                rule: waive.rule,
                about: waive.about.clone(),
                reason: waive.reason.clone(),
                approver: waive.approver.trim().to_owned(),
                expires,
            });
        }
        if ui.button("Cancel").clicked() {
            *answer = Some(Answer::Close);
        }
    });
}

fn path_ui(ui: &mut Ui, dialog: &mut PathDialog, answer: &mut Option<Answer>) {
    heading(ui, dialog.purpose.title());
    if !dialog.why.is_empty() {
        ui.label(RichText::new(&dialog.why).color(theme::colour(ui, Role::Soft)));
    }
    let field =
        ui.add(TextEdit::singleline(&mut dialog.text).desired_width(f32::INFINITY).hint_text("path/to/model.ron"));
    field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Path"));
    // Before it takes the keyboard back: a field that has it was not left.
    let enter = entered(ui, &field);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    neighbours(ui, dialog);
    let path = with_ending(Path::new(dialog.text.trim()), dialog.purpose.ending());
    let exists = path.is_file();
    let opens = matches!(dialog.purpose, Purpose::Open);
    if exists && !opens {
        ui.label(RichText::new("This file exists and will be replaced.").color(theme::colour(ui, Role::Warning)));
    }
    buttons(ui, |ui| {
        let ready = !dialog.text.trim().is_empty() && (exists || !opens);
        let pressed = ui.add_enabled_ui(ready, |ui| theme::main_button(ui, dialog.purpose.verb())).inner.clicked();
        if ready && (pressed || enter) {
            *answer = Some(Answer::Take(dialog.purpose.clone(), path));
        }
        if ui.button("Cancel").clicked() {
            *answer = Some(Answer::Close);
        }
    });
}

/// The path with the ending if it has none.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    if path.extension().is_some() || path.is_file() { path.to_owned() } else { path.with_extension(ending) }
}

/// Folders and files beside the path in the field, to be clicked.
fn neighbours(ui: &mut Ui, dialog: &mut PathDialog) {
    let typed = PathBuf::from(dialog.text.trim());
    let folder = if typed.is_dir() { typed } else { typed.parent().map(Path::to_owned).unwrap_or_default() };
    let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
    let Ok(entries) = std::fs::read_dir(&folder) else { return };
    let ending = dialog.purpose.ending();
    let mut found: Vec<(bool, String)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok().filter(|name| !name.starts_with('.'))?;
            let is_folder = entry.path().is_dir();
            (is_folder || Path::new(&name).extension().is_some_and(|e| e == ending)).then_some((!is_folder, name))
        })
        .collect();
    found.sort();
    ScrollArea::vertical().max_height(180.0).auto_shrink([false, true]).show(ui, |ui| {
        if ui.add(Button::new("..").frame(false)).clicked() {
            dialog.text = folder.join("..").display().to_string() + "/";
        }
        for (is_file, name) in found.into_iter().take(200) {
            let label = if is_file { name.clone() } else { format!("{name}/") };
            if ui.add(Button::new(label).frame(false)).clicked() {
                let path = folder.join(&name).display().to_string();
                dialog.text = if is_file { path } else { format!("{path}/") };
            }
        }
    });
}
