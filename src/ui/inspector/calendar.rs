//! A month to choose a day from.

use egui::{Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    model::Date,
    scene::Role,
    text::{self, Face},
    ui::{paint, theme},
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const CELL: f32 = 28.0;

/// Shows a month, that of the chosen day if none was turned to; the day that was pressed.
pub(super) fn calendar_ui(
    ui: &mut Ui,
    month: &mut Option<(i16, i8)>,
    chosen: Option<Date>,
    today: Date,
) -> Option<Date> {
    let of = chosen.unwrap_or(today);
    let (year, number, _) = of.ymd();
    let (year, number) = month.unwrap_or((year, number));
    let first = Date::of(year, number, 1)?;
    ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
    let (head, _) = ui.allocate_exact_size(vec2(7.0 * (CELL + 2.0) - 2.0, 26.0), Sense::hover());
    let name = MONTHS.get(usize::try_from(number - 1).unwrap_or_default()).copied().unwrap_or_default();
    let title = format!("{name} {year}");
    let x = head.center().x - text::width(Face::SemiBold, 13.0, &title) / 2.0;
    paint::words(ui.painter(), pos2(x, head.center().y), &title, Face::SemiBold, 13.0, theme::colour(ui, Role::Text));
    for (left, sign, words, by) in
        [(head.left(), "‹", "Month before", -1), (head.right() - CELL, "›", "Month after", 1)]
    {
        let rect = egui::Rect::from_min_size(pos2(left, head.top()), vec2(CELL, 26.0));
        if turn_ui(ui, rect, sign, words).clicked() {
            let (year, number, _) = first.plus_months(by).ymd();
            *month = Some((year, number));
        }
    }
    ui.horizontal(|ui| {
        for day in DAYS {
            let (rect, _) = ui.allocate_exact_size(vec2(CELL, 18.0), Sense::hover());
            let x = rect.center().x - text::width(Face::Regular, 11.0, day) / 2.0;
            let soft = theme::colour(ui, Role::Soft);
            paint::words(ui.painter(), pos2(x, rect.center().y), day, Face::Regular, 11.0, soft);
        }
    });
    let mut pressed = None;
    let start = first.plus(-i32::from(first.weekday()));
    for week in 0..6 {
        let monday = start.plus(7 * week);
        if week > 0 && monday.ymd().1 != number {
            break;
        }
        ui.horizontal(|ui| {
            for at in 0..7 {
                let day = monday.plus(at);
                if day_ui(ui, day, (day.ymd().1 == number, chosen == Some(day), today == day)) {
                    pressed = Some(day);
                }
            }
        });
    }
    pressed
}

/// A sign that turns to another month. The keys for it are pressed in the field: the Tab key leads past the calendar.
fn turn_ui(ui: &Ui, rect: egui::Rect, sign: &str, words: &str) -> egui::Response {
    let response = ui.interact(rect, ui.scope_id().with(words), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, words));
    let role = if response.hovered() { Role::Accent } else { Role::Soft };
    let at = pos2(rect.center().x - text::width(Face::Regular, 12.0, sign) / 2.0, rect.center().y);
    paint::words(ui.painter(), at, sign, Face::Regular, 12.0, theme::colour(ui, role));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn day_ui(ui: &mut Ui, day: Date, (inside, chosen, today): (bool, bool, bool)) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(CELL, 24.0), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, day.to_string()));
    if chosen || response.hovered() {
        let role = if chosen { Role::Accent } else { Role::AccentFill };
        ui.painter().rect_filled(rect, 6.0, theme::colour(ui, role));
    }
    if today && !chosen {
        let stroke = egui::Stroke::new(1.0, theme::colour(ui, Role::Accent));
        ui.painter().rect_stroke(rect, 6.0, stroke, egui::StrokeKind::Inside);
    }
    let role = match (chosen, inside) {
        (true, _) => Role::OnAccent,
        (false, true) => Role::Text,
        (false, false) => Role::Faint,
    };
    let words = day.ymd().2.to_string();
    let x = rect.center().x - text::width(Face::Regular, 12.0, &words) / 2.0;
    paint::words(ui.painter(), pos2(x, rect.center().y), &words, Face::Regular, 12.0, theme::colour(ui, role));
    response.clicked()
}
