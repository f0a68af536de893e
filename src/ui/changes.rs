//! The list of what changed since the workshop began: by name, to jump to and to take away.

use std::sync::Arc;

use egui::{RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{App, paint, theme};
use crate::{
    model::{Key, Model},
    scene::Role,
    text::{self, Face},
    workbench::{Became, ChangeLine, changes, changes_text},
};

const WIDTH: f32 = 320.0;
const ROW: f32 = 26.0;

/// What is compared with, and what differs.
#[derive(Default)]
pub(super) struct Changes {
    /// Whether the list is shown.
    pub(super) open: bool,
    /// What the model was, and since when it is compared.
    mark: Option<(Arc<Model>, &'static str)>,
    /// What differs, and at which revision of the model.
    made: Option<(u64, Vec<ChangeLine>)>,
}

impl Changes {
    /// Compares from here on.
    pub(super) fn mark(&mut self, model: &Arc<Model>, since: &'static str) {
        self.mark = Some((model.clone(), since));
        self.made = None;
    }

    /// What differs, and since when.
    fn lines(&mut self, model: &Arc<Model>, revision: u64) -> (&[ChangeLine], &'static str) {
        let (mark, since) = self.mark.get_or_insert_with(|| (model.clone(), "Since the window was opened"));
        if self.made.as_ref().is_none_or(|(of, _)| *of != revision) {
            self.made = Some((revision, changes(mark, model)));
        }
        (self.made.as_ref().map(|(_, lines)| lines.as_slice()).unwrap_or_default(), *since)
    }
}

impl App {
    /// From here on it is noted what changes.
    pub(super) fn begin_workshop(&mut self) {
        let model = self.bench.model().clone();
        self.workshop.changes.mark(&model, "Since the workshop began");
        self.workshop.changes.open = true;
    }

    /// Copies the list of what changed.
    pub(super) fn copy_changes(&mut self, ctx: &egui::Context, markdown: bool) {
        let (lines, since) = self.workshop.changes.lines(self.bench.model(), self.bench.revision());
        if lines.is_empty() {
            self.news = Some(format!(
                "Nothing has changed {}{}",
                since.get(..1).unwrap_or("").to_lowercase(),
                since.get(1..).unwrap_or("")
            ));
            return;
        }
        ctx.copy_text(changes_text(since, lines, markdown));
        self.news = Some(format!("Copied {} change{}", lines.len(), if lines.len() == 1 { "" } else { "s" }));
    }
}

enum Asked {
    Go(Key),
    Copy { markdown: bool },
    Close,
}

/// Shows the list while it is open.
pub(super) fn changes_ui(app: &mut App, ctx: &egui::Context) {
    if !app.workshop.changes.open {
        return;
    }
    let (lines, since) = app.workshop.changes.lines(app.bench.model(), app.bench.revision());
    let mut asked = None;
    // In the corner of the diagram: the inspector stays free to be answered in.
    let middle = app.panels.middle();
    let corner = egui::pos2((middle.right() - WIDTH - 48.0).max(0.0), middle.top() + 12.0);
    let window = egui::Window::new("What changed").id(egui::Id::unique("changes")).title_bar(false).resizable(false);
    let window = window.fixed_pos(corner).frame(egui::Frame::popup(&ctx.global_style()).inner_margin(16));
    window.show(ctx, |ui| {
        ui.set_width(WIDTH);
        asked = inside(ui, lines, since);
    });
    match asked {
        None => {}
        Some(Asked::Close) => app.workshop.changes.open = false,
        Some(Asked::Go(key)) => app.go_to(key),
        Some(Asked::Copy { markdown }) => app.copy_changes(ctx, markdown),
    }
}

fn inside(ui: &mut Ui, lines: &[ChangeLine], since: &str) -> Option<Asked> {
    let mut asked = None;
    ui.label(RichText::new("What changed").family(theme::family(Face::SemiBold)).size(18.0));
    let soft = theme::colour(ui, Role::Soft);
    ui.label(RichText::new(since).size(12.0).color(soft));
    ui.add_space(8.0);
    if lines.is_empty() {
        ui.label("Nothing yet. What is added, changed or removed from here on stands here.");
    }
    let room = (ui.ctx().content_rect().height() - 260.0).clamp(4.0 * ROW, 16.0 * ROW);
    ui.spacing_mut().item_spacing.y = 0.0;
    let scroll = ScrollArea::vertical().max_height(room).min_scrolled_height(room).auto_shrink([false, true]);
    scroll.show(ui, |ui| {
        for became in Became::ALL {
            let own = lines.iter().filter(|line| line.became == became);
            for (at, line) in own.enumerate() {
                if at == 0 {
                    ui.add_space(4.0);
                    let title = RichText::new(became.title()).family(theme::family(Face::SemiBold)).size(12.0);
                    ui.label(title.color(soft));
                }
                if row(ui, line).clicked() && became != Became::Removed {
                    asked = Some(Asked::Go(line.key.clone()));
                }
            }
        }
    });
    ui.add_space(12.0);
    ui.spacing_mut().item_spacing.x = 8.0;
    ui.horizontal(|ui| {
        for (words, markdown) in [("Copy as text", false), ("Copy as Markdown", true)] {
            if ui.add_enabled(!lines.is_empty(), egui::Button::new(words)).clicked() {
                asked = Some(Asked::Copy { markdown });
            }
        }
        if ui.button("Close").clicked() {
            asked = Some(Asked::Close);
        }
    });
    asked
}

/// A sign of what became of it, what it is, and what of it is different.
fn row(ui: &mut Ui, line: &ChangeLine) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let (sign, role) = match line.became {
        Became::Added => ("+", Role::Query),
        Became::Changed => ("~", Role::Accent),
        Became::Removed => ("−", Role::Error),
    };
    let facts = line.facts.join("; ");
    response.widget_info(|| {
        let said = if facts.is_empty() { String::new() } else { format!(": {facts}") };
        WidgetInfo::labeled(egui::Role::Button, true, format!("{} {}{said}", line.became.title(), line.title()))
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, 6.0, theme::colour(ui, Role::AccentFill));
    }
    let y = rect.center().y;
    paint::words(ui.painter(), pos2(rect.left() + 4.0, y), sign, Face::SemiBold, 13.0, theme::colour(ui, role));
    let name = text::shorten(Face::Regular, 13.0, &line.title(), rect.width() - 24.0);
    let at = pos2(rect.left() + 20.0, y);
    paint::words(ui.painter(), at, &name, Face::Regular, 13.0, theme::colour(ui, Role::Text));
    let from = at.x + text::width(Face::Regular, 13.0, &name) + 8.0;
    if rect.right() - from > 40.0 {
        let short = text::shorten(Face::Regular, 11.0, &facts, rect.right() - from - 4.0);
        paint::words(ui.painter(), pos2(from, y), &short, Face::Regular, 11.0, theme::colour(ui, Role::Soft));
    }
    theme::focus_ring(ui, &response);
    if facts.is_empty() { response } else { response.on_hover_text(line.facts.join("\n")) }
}
