//! Lines that were pasted: in a field of their own, where they can be mended, and beside it what is wrong with which, or
//! what they would do. Nothing of them is lost by an error, nor by leaving them: up brings them back.

use std::ops::Range;

use egui::{
    EventFilter, Id as WidgetId, Layout, Rect, RichText, ScrollArea, Sense, TextEdit, TextFormat, Ui, WidgetInfo, pos2,
    text::LayoutJob, vec2,
};

use super::{Deed, below::notes_list_ui, put_cursor};
use crate::{
    entry::{self, Plan, Trouble},
    scene::{Role, Worst},
    text::{self, Face},
    ui::{App, paint, theme},
};

const SIZE: f32 = 12.0;
const ROW: f32 = 18.0;
/// Where the numbers of the lines stand.
const GUTTER: f32 = 52.0;
/// So many errors are told at once: who has mended these sees the next.
const TOLD: usize = 100;

/// The field of the lines.
pub(super) fn field_id() -> WidgetId {
    WidgetId::unique("pasted lines")
}

pub(super) fn pasted_ui(app: &mut App, ui: &mut Ui, room: egui::Vec2) -> Option<Deed> {
    let mut text = app.entry.pasted.take()?;
    let opens = std::mem::take(&mut app.entry.opens);
    let read = app.entry.read.as_ref().filter(|read| read.text == text);
    let plan = read.map(|read| &read.plan);
    let troubles = plan.and_then(|plan| plan.as_ref().err()).map(Vec::as_slice).unwrap_or_default();
    let count = entry::lines(&text).count();
    let height = (room.y - 96.0).clamp(80.0, 360.0).min((text.lines().count() as f32 + 2.0) * ROW).max(96.0);
    ui.set_width(room.x);
    head_ui(ui, count, troubles.len());
    let mut jump = None;
    if opens && let Some(first) = troubles.first() {
        jump = Some(first.start + first.problem.at.start);
    }
    let mut changed = false;
    ui.allocate_ui_with_layout(vec2(room.x, height), Layout::left_to_right(egui::Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let side = (room.x * 0.46).floor();
        let edge = theme::colour(ui, Role::Hairline);
        let at = ui.cursor().min;
        let frame = Rect::from_min_size(at, vec2(room.x - side - 12.0, height));
        ui.painter().rect_stroke(frame, 6.0, egui::Stroke::new(1.0, edge), egui::StrokeKind::Inside);
        ui.allocate_ui_with_layout(frame.size(), Layout::top_down(egui::Align::Min), |ui| {
            ui.set_clip_rect(ui.clip_rect().intersect(frame));
            changed = field_ui(ui, &mut text, troubles, &mut app.entry.jump);
        });
        ui.allocate_ui_with_layout(vec2(side, height), Layout::top_down(egui::Align::Min), |ui| {
            ScrollArea::vertical().id_salt("what pasted lines do").auto_shrink(false).show(ui, |ui| {
                // Beside the bar.
                ui.set_max_width(side - 16.0);
                match plan {
                    Some(Ok(plan)) => does_ui(ui, plan),
                    Some(Err(troubles)) => jump = troubles_ui(ui, troubles).or(jump),
                    None => {}
                }
            });
        });
    });
    let ready = matches!(plan, Some(Ok(_)));
    let deed = foot_ui(ui, ready, opens && ready);
    if let Some(byte) = jump {
        put_cursor(ui, field_id(), &text, byte);
        ui.memory_mut(|memory| memory.request_focus(field_id()));
        app.entry.jump = Some(text.get(..byte).map_or(0, |before| before.matches('\n').count()));
        ui.ctx().request_repaint();
    }
    if changed {
        ui.ctx().request_repaint();
    }
    app.entry.pasted = Some(text);
    deed
}

/// How many lines there are, and how many of them cannot be read.
fn head_ui(ui: &mut Ui, lines: usize, wrong: usize) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let title = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
        ui.label(RichText::new(title).family(theme::family(Face::SemiBold)));
        if wrong > 0 {
            let words = if wrong == 1 { "1 cannot be read".to_owned() } else { format!("{wrong} cannot be read") };
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
            paint::sign(ui.painter(), theme::palette(ui), rect.center(), Worst::Error);
            ui.label(RichText::new(words).size(SIZE).color(theme::colour(ui, Role::Error)));
        }
    });
    ui.add_space(6.0);
}

/// The lines with their numbers; those that cannot be read bear a sign, and the word is underlined. Whether anything was
/// typed.
fn field_ui(ui: &mut Ui, text: &mut String, troubles: &[Trouble], jump: &mut Option<usize>) -> bool {
    let ranges: Vec<Range<usize>> = troubles.iter().map(|trouble| marked(trouble, text)).collect();
    let longest = text.lines().map(|line| text::width(Face::Mono, SIZE, line)).fold(0.0, f32::max);
    let width = (ui.available_width() - GUTTER - 8.0).max(longest + 24.0);
    let room = ui.available_height();
    let mut layouter = |ui: &Ui, buffer: &dyn egui::TextBuffer, _: f32| {
        ui.ctx().fonts_mut(|fonts| fonts.layout_job(job(ui, buffer.as_str(), &ranges)))
    };
    ScrollArea::both()
        .id_salt("pasted lines")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.add_space(GUTTER);
                let field = TextEdit::multiline(text)
                    .id(field_id())
                    .frame(egui::Frame::NONE)
                    .margin(vec2(4.0, 6.0))
                    .desired_width(width)
                    .min_size(vec2(0.0, room))
                    .event_filter(EventFilter {
                        tab: false,
                        horizontal_arrows: true,
                        vertical_arrows: true,
                        escape: true,
                    })
                    .layouter(&mut layouter);
                let output = field.show(ui);
                let response = output.response.response;
                response.widget_info(|| WidgetInfo::labeled(egui::Role::MultilineTextInput, true, "Pasted lines"));
                let clip = ui.clip_rect();
                for (at, row) in output.galley.rows.iter().enumerate() {
                    let rect = row.rect().translate(output.galley_pos.to_vec2());
                    if *jump == Some(at) {
                        ui.scroll_to_rect(rect.expand2(vec2(0.0, ROW)), None);
                    }
                    if rect.bottom() >= clip.top() && rect.top() <= clip.bottom() {
                        number_ui(ui, at + 1, rect, troubles.iter().any(|trouble| trouble.line == at + 1));
                    }
                }
                *jump = None;
                response.changed()
            })
            .inner
        })
        .inner
}

/// The bytes that are wrong; where something is missing, what stands before it.
fn marked(trouble: &Trouble, text: &str) -> Range<usize> {
    let Range { start, end } = trouble.problem.at;
    let (mut start, end) = (trouble.start + start, trouble.start + end);
    if start >= end {
        let before = text.get(..start).unwrap_or_default().trim_end();
        start = before.char_indices().next_back().map_or(0, |(at, _)| at).max(trouble.start);
    }
    start..end.max(start)
}

fn number_ui(ui: &Ui, number: usize, row: Rect, wrong: bool) {
    let text = number.to_string();
    let left = ui.clip_rect().left().max(row.left() - GUTTER);
    let role = if wrong { Role::Error } else { Role::Faint };
    let at = pos2(row.left() - 14.0 - text::width(Face::Mono, 11.0, &text), row.center().y);
    paint::words(ui.painter(), at, &text, Face::Mono, 11.0, theme::colour(ui, role));
    if wrong {
        paint::sign(ui.painter(), theme::palette(ui), pos2(left + 10.0, row.center().y), Worst::Error);
    }
}

/// The text in the colours of the theme; what is wrong is underlined. Lines do not wrap.
fn job(ui: &Ui, text: &str, wrong: &[Range<usize>]) -> LayoutJob {
    let font = egui::FontId::new(SIZE, theme::family(Face::Mono));
    let plain = TextFormat { line_height: Some(ROW), ..TextFormat::simple(font, theme::colour(ui, Role::Text)) };
    let error = theme::colour(ui, Role::Error);
    let bad = TextFormat { color: error, underline: egui::Stroke::new(1.5, error), ..plain.clone() };
    let mut job = LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    let mut from = 0;
    for range in wrong {
        // Of an older text: it is read again before the next picture.
        let (Some(before), Some(marked)) = (text.get(from..range.start), text.get(range.clone())) else { continue };
        job.append(before, 0.0, plain.clone());
        job.append(marked, 0.0, bad.clone());
        from = range.end;
    }
    job.append(text.get(from..).unwrap_or_default(), 0.0, plain);
    job
}

/// What is wrong, each with its line; the byte of the one that was pressed.
fn troubles_ui(ui: &mut Ui, troubles: &[Trouble]) -> Option<usize> {
    let mut jump = None;
    for trouble in troubles.iter().take(TOLD) {
        let words = format!("Line {}: {}", trouble.line, trouble.problem);
        let label = RichText::new(&words).size(SIZE).color(theme::colour(ui, Role::Text));
        let response = ui
            .horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
                paint::sign(ui.painter(), theme::palette(ui), rect.center(), Worst::Error);
                ui.add(egui::Label::new(label).wrap().selectable(false).sense(Sense::click()))
            })
            .inner;
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
        theme::focus_ring(ui, &response);
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            jump = Some(trouble.start + trouble.problem.at.start);
        }
        ui.add_space(4.0);
    }
    let more = troubles.len().saturating_sub(TOLD);
    if more > 0 {
        ui.label(RichText::new(format!("and {more} more")).size(SIZE).color(theme::colour(ui, Role::Soft)));
    }
    jump
}

fn does_ui(ui: &mut Ui, plan: &Plan) {
    if plan.edits.is_empty() {
        let soft = theme::colour(ui, Role::Soft);
        ui.label(RichText::new("Nothing changes: all of it is so already").size(SIZE).color(soft));
    }
    notes_list_ui(ui, &plan.notes);
}

fn foot_ui(ui: &mut Ui, ready: bool, takes_keys: bool) -> Option<Deed> {
    let mut deed = None;
    ui.add_space(8.0);
    let size = vec2(ui.available_width(), 26.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(egui::Align::Center), |ui| {
        let enter = ui.add_enabled_ui(ready, |ui| theme::main_button(ui, "Enter all lines")).inner;
        if takes_keys {
            enter.request_focus();
        }
        if enter.clicked() {
            deed = Some(Deed::Apply);
        }
        if ui.button("Cancel").clicked() {
            deed = Some(Deed::Leave);
        }
        let keys = ui.ctx().format_shortcut(&super::ALL);
        let hint = format!("{keys} enters all lines. Cancelled lines come back with the up arrow.");
        let room = ui.available_width();
        let hint = text::shorten(Face::Regular, SIZE, &hint, room - 8.0);
        ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| {
            ui.label(RichText::new(hint).size(SIZE).color(theme::colour(ui, Role::Soft)));
        });
    });
    deed
}
