//! The small menu at a cell of the matrix: rights, ownership, and by which way.

use egui::{Area, Frame, Id as WidgetId, Key as Press, Modifiers, Order, Rect, RichText, Ui, WidgetInfo, pos2, vec2};

use super::RIGHTS;
use crate::{
    model::{Entity, Fact, Id, Model, Right, System, Way},
    ownership::{Touch, touch_of},
    scene::Role,
    text::{self, Face},
    ui::{paint, theme},
    workbench,
};

const WIDTH: f32 = 300.0;
const ROW: f32 = 24.0;

/// What is to be done in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    Right(Right),
    Owner,
    Way(Fact<Way>),
    Clear,
    Close,
}

impl Deed {
    /// What a letter means that is pressed over a cell.
    pub(super) fn of_letter(text: &str) -> Option<Self> {
        let letter = text.chars().next()?.to_ascii_uppercase();
        if letter == 'O' {
            return Some(Self::Owner);
        }
        RIGHTS.into_iter().find(|right| right.letter() == letter).map(Self::Right)
    }
}

/// The menu, while it is open.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// The line that the keys have reached.
    at: usize,
    ways: Vec<Way>,
}

/// A line of the menu.
struct Line {
    words: String,
    key: &'static str,
    on: bool,
    deed: Deed,
}

impl Choice {
    pub(super) fn new(model: &Model, entity: &Id<Entity>, system: &Id<System>) -> Self {
        let mut ways = workbench::ways(model, entity);
        let now = workbench::way_of(model, entity, system).and_then(Fact::known);
        // What is said now stands first.
        ways.sort_by_key(|way| now != Some(way));
        Self { at: 0, ways }
    }

    fn lines(&self, model: &Model, entity: &Id<Entity>, system: &Id<System>) -> Vec<Line> {
        let touch = touch_of(model, entity, system);
        let has = |touch: &Touch, right| touch.rights.contains(&right) || touch.direct.contains(&right);
        let right = |right: Right| Line {
            words: text::capital(&format!("{}s it", right.word())),
            key: ["C", "R", "U", "D"].get(right as usize).copied().unwrap_or_default(),
            on: has(&touch, right),
            deed: Deed::Right(right),
        };
        let mut lines: Vec<Line> = RIGHTS.into_iter().map(right).collect();
        lines.push(Line {
            words: "Owns it: the system of record".to_owned(),
            key: "O",
            on: touch.owner,
            deed: Deed::Owner,
        });
        let now = workbench::way_of(model, entity, system);
        let way =
            |fact: Fact<Way>, words: String| Line { words, key: "", on: now == Some(&fact), deed: Deed::Way(fact) };
        lines.push(way(Fact::NotAsked, "By which way was not asked".to_owned()));
        lines.extend(self.ways.iter().map(|w| way(Fact::Known(w.clone()), text::capital(&way_words(model, w)))));
        lines
    }
}

/// A way in words.
pub(super) fn way_words(model: &Model, way: &Way) -> String {
    match way {
        Way::Contract(id) => format!("through {}", model.name_of(id)),
        Way::Store(id) => format!("directly in {}", model.name_of(id)),
        Way::ChangeFeed(id) => format!("from the change feed of {}", model.name_of(id)),
        Way::Copy(id) => format!("in a copy, {}", model.name_of(id)),
    }
}

/// Shows the menu below its cell; what was chosen.
pub(super) fn choice_ui(
    ui: &Ui,
    cell: Rect,
    choice: &mut Choice,
    model: &Model,
    (entity, system): (&Id<Entity>, &Id<System>),
) -> Option<Deed> {
    let lines = choice.lines(model, entity, system);
    let press = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let count = lines.len().max(1);
    let (down, up) = (press(Press::ArrowDown), press(Press::ArrowUp));
    if down {
        choice.at = (choice.at + 1) % count;
    }
    if up {
        choice.at = (choice.at + count - 1) % count;
    }
    if press(Press::Escape) || press(Press::Tab) {
        return Some(Deed::Close);
    }
    let (space, enter) = (press(Press::Space), press(Press::Enter));
    let taken = (space || enter).then_some(choice.at);
    let area = ui.ctx().content_rect();
    let at = pos2(cell.left().min(area.right() - WIDTH - 24.0), (cell.bottom() + 2.0).min(area.bottom() - 320.0));
    let title = format!("{} in {}", model.name_of(entity), model.name_of(system));
    let mut clicked = None;
    let shown = Area::new(WidgetId::unique("rights")).order(Order::Foreground).fixed_pos(at).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(8).show(ui, |ui| {
            ui.set_width(WIDTH);
            ui.label(RichText::new(title).family(theme::family(Face::SemiBold)));
            ui.spacing_mut().item_spacing.y = 0.0;
            egui::ScrollArea::vertical().max_height(11.5 * ROW).show(ui, |ui| {
                for (at, line) in lines.iter().enumerate() {
                    if at == RIGHTS.len() + 1 {
                        ui.separator();
                    }
                    let response = line_ui(ui, line, choice.at == at);
                    if (down || up) && choice.at == at {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        clicked = Some(at);
                    }
                }
            });
        });
    });
    let away = ui.input(|input| {
        let at = input.pointer.interact_pos();
        input.pointer.any_pressed() && at.is_some_and(|at| !shown.response.rect.contains(at) && !cell.contains(at))
    });
    match clicked.or(taken).and_then(|at| lines.into_iter().nth(at)) {
        Some(line) => Some(line.deed),
        None => away.then_some(Deed::Close),
    }
}

fn line_ui(ui: &mut Ui, line: &Line, here: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(egui::Role::MenuItemCheckBox, true, line.on, &line.words));
    if here || response.hovered() {
        ui.painter().rect_filled(rect, 6.0, theme::colour(ui, Role::AccentFill));
    }
    let y = rect.center().y;
    if line.on {
        paint::state(ui, pos2(rect.left() + 12.0, y), crate::rules::State::Met);
    }
    let short = text::shorten(Face::Regular, 13.0, &line.words, rect.width() - 52.0);
    let at = pos2(rect.left() + 26.0, y);
    paint::words(ui.painter(), at, &short, Face::Regular, 13.0, theme::colour(ui, Role::Text));
    let at = pos2(rect.right() - 18.0, y);
    paint::words(ui.painter(), at, line.key, Face::Regular, 12.0, theme::colour(ui, Role::Soft));
    response
}
