//! The palette: every command by a few letters of its name, and every element of the model.

mod lines;
mod row;

use egui::{EventFilter, Id as WidgetId, Key as Press, Modal, Modifiers, RichText, TextEdit, Ui, WidgetInfo, vec2};
use lines::Line;

use super::{App, commands::Command, dialogs::Dialog, theme};
use crate::{model::Key, scene::Role};

const WIDTH: f32 = 620.0;
const ROW: f32 = 28.0;
/// So many lines are seen at once.
const SEEN: f32 = 12.5;

/// What is looked for.
#[derive(Debug, Default)]
pub(super) struct Palette {
    text: String,
    /// Which line is chosen.
    chosen: usize,
    /// What answers, and to which text.
    lines: Option<(String, Vec<Line>)>,
    /// Whether the chosen line is to be scrolled to.
    moved: bool,
}

impl Palette {
    /// Asks for an element.
    pub(super) fn of_elements() -> Self {
        Self { text: "@".to_owned(), ..Self::default() }
    }
}

/// What was chosen.
enum Chosen {
    Command(Command),
    Element(Key),
    Close,
}

/// Shows the palette while it is open.
pub(super) fn palette_ui(app: &mut App, ctx: &egui::Context) {
    let Some(Dialog::Palette(mut palette)) = app.dialog.take_if(|dialog| matches!(dialog, Dialog::Palette(_))) else {
        return;
    };
    if palette.lines.as_ref().is_none_or(|(text, _)| *text != palette.text) {
        let lines = lines::lines(app, ctx, &palette.text);
        palette.lines = Some((palette.text.clone(), lines));
        (palette.chosen, palette.moved) = (0, true);
    }
    let area = Modal::default_area(WidgetId::unique("palette")).anchor(egui::Align2::CENTER_TOP, [0.0, 64.0]);
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(8);
    let modal = Modal::new(WidgetId::unique("palette")).area(area).frame(frame);
    let modal = modal.backdrop_color(egui::Color32::from_black_alpha(24));
    let mut chosen = None;
    let shown = modal.show(ctx, |ui| {
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 48.0));
        chosen = inside(ui, &mut palette);
    });
    if shown.should_close() {
        chosen.get_or_insert(Chosen::Close);
    }
    match chosen {
        None => app.dialog = Some(Dialog::Palette(palette)),
        Some(Chosen::Close) => {}
        Some(Chosen::Command(command)) => {
            app.settings.used_command(command);
            command.run(app, ctx);
        }
        Some(Chosen::Element(key)) => app.go_to(key),
    }
}

fn inside(ui: &mut Ui, palette: &mut Palette) -> Option<Chosen> {
    let Palette { text, chosen, lines, moved } = palette;
    let lines = lines.as_ref().map(|(_, lines)| lines.as_slice()).unwrap_or_default();
    let press = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let mut picked = press(Press::Enter).then_some(*chosen);
    let before = *chosen;
    let page = SEEN as usize - 1;
    for (key, to) in [
        (Press::ArrowDown, if before + 1 < lines.len() { before + 1 } else { 0 }),
        (Press::ArrowUp, before.checked_sub(1).unwrap_or(lines.len().saturating_sub(1))),
        (Press::PageDown, (before + page).min(lines.len().saturating_sub(1))),
        (Press::PageUp, before.saturating_sub(page)),
    ] {
        if press(key) {
            (*chosen, *moved) = (to, true);
        }
    }
    let field = TextEdit::singleline(text)
        .desired_width(f32::INFINITY)
        .margin(vec2(8.0, 6.0))
        .hint_text("A command, or @ and the name of an element")
        .event_filter(EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false })
        .return_key(None);
    let field = ui.add(field);
    field.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "Command or element"));
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    ui.add_space(4.0);
    if lines.is_empty() {
        let text = RichText::new("No command and no element has this name.").color(theme::colour(ui, Role::Soft));
        ui.add_space(4.0);
        ui.label(text);
        ui.add_space(4.0);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    // Without a least height it would stay as low as the last list was.
    let mut scroll = egui::ScrollArea::vertical().max_height(SEEN * ROW).auto_shrink([false, true]);
    scroll = scroll.min_scrolled_height(SEEN * ROW);
    if std::mem::take(moved) {
        // The chosen line is kept in sight, with one on each side of it.
        let at = *chosen as f32 * ROW;
        let id = ui.make_persistent_id("palette lines");
        let seen = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(0.0);
        let to = seen.clamp((at + 2.0 * ROW - SEEN * ROW).max(0.0), (at - ROW).max(0.0));
        ui.data_mut(|data| data.insert_temp(id, to));
        scroll = scroll.vertical_scroll_offset(to);
    }
    scroll.show_rows(ui, ROW, lines.len(), |ui, shown| {
        for at in shown {
            let Some(line) = lines.get(at) else { continue };
            if row::row_ui(ui, line, at == *chosen).clicked() {
                picked = Some(at);
            }
        }
    });
    match &lines.get(picked?)?.what {
        lines::What::Command(command, None) => Some(Chosen::Command(*command)),
        lines::What::Command(_, Some(_)) => None,
        lines::What::Element(key) => Some(Chosen::Element(key.clone())),
    }
}
