//! A line of the palette as it is painted.

use egui::{FontId, Sense, TextFormat, Ui, WidgetInfo, pos2, text::LayoutJob, vec2};

use super::{
    ROW,
    lines::{Line, What},
};
use crate::{
    scene::Role,
    text::{self, Face},
    ui::{paint, theme},
};

/// The column of keys is at least so wide.
const KEYS: f32 = 96.0;

/// The name, what it is or why it cannot be done, and its key at the right end.
pub(super) fn row_ui(ui: &mut Ui, line: &Line, chosen: bool) -> egui::Response {
    let hindered = matches!(line.what, What::Command(_, Some(_)));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, !hindered, chosen, label(line)));
    if chosen || response.hovered() {
        let fill = if chosen { Role::AccentFill } else { Role::Canvas };
        ui.painter().rect_filled(rect, 6.0, theme::colour(ui, fill));
    }
    let soft = theme::colour(ui, Role::Soft);
    let right = rect.right() - 8.0;
    let keys = text::width(Face::Regular, 12.0, &line.keys);
    paint::words(ui.painter(), pos2(right - keys, rect.center().y), &line.keys, Face::Regular, 12.0, soft);
    let room = rect.width() - keys - 40.0;
    let name = text::shorten(Face::SemiBold, 13.0, &line.name, room * 0.72);
    let ink = if hindered { Role::Soft } else { Role::Text };
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(marked(ui, &name, &line.at, ink)));
    let width = galley.size().x;
    let at = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme::colour(ui, ink));
    let from = at.x + width + 12.0;
    // Menus and kinds stand in a column of their own; why something cannot be done follows its name.
    let element = matches!(line.what, What::Element(_));
    let end = right - if element { 0.0 } else { keys.max(KEYS) + 12.0 };
    let aside = text::shorten(Face::Regular, 12.0, &line.aside, end - from);
    let wide = text::width(Face::Regular, 12.0, &aside);
    let start = if hindered { from } else { end - wide };
    paint::words(ui.painter(), pos2(start, rect.center().y), &aside, Face::Regular, 12.0, soft);
    theme::focus_ring(ui, &response);
    response
}

/// What assistive technology reads of a line.
fn label(line: &Line) -> String {
    match &line.what {
        What::Command(_, Some(why)) => format!("{}, not now: {why}", line.name),
        _ if line.keys.is_empty() => line.name.clone(),
        _ => format!("{}, {}", line.name, line.keys),
    }
}

/// A text in which the characters that answer stand out.
fn marked(ui: &Ui, name: &str, at: &[usize], ink: Role) -> LayoutJob {
    let colour = theme::colour(ui, ink);
    let format = |face| TextFormat::simple(FontId::new(13.0, theme::family(face)), colour);
    let mut job = LayoutJob::default();
    for (place, c) in name.chars().enumerate() {
        let face = if at.contains(&place) { Face::SemiBold } else { Face::Regular };
        job.append(c.encode_utf8(&mut [0; 4]), 0.0, format(face));
    }
    job
}
