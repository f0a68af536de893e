//! From panel to panel by keyboard: F6 leads to the first thing in the next one that takes the keyboard.

use egui::{Context, Id as WidgetId, LayerId, Rect};

use super::{App, bar::Bar};

/// Where the panels stood when they were last drawn.
pub(super) struct Panels {
    /// In the order in which F6 goes through them, from the middle on.
    places: [Rect; 8],
    /// The keyboard in the menu bar.
    pub(super) bar: Bar,
    /// What is to have the keyboard as soon as no dialog has it.
    wanted: Option<WidgetId>,
}

impl Default for Panels {
    fn default() -> Self {
        Self { places: [Rect::NOTHING; 8], bar: Bar::default(), wanted: None }
    }
}

/// Wider edges of a panel are where it is made larger: that is not what is meant.
const EDGE: f32 = 6.0;

impl Panels {
    /// The panels were drawn, from the middle on; what is not shown is nowhere.
    pub(super) fn drawn(&mut self, places: [Rect; 8]) {
        self.places = places;
    }

    /// Asks for the keyboard. What a dialog or the palette leads to has to wait until that is gone.
    pub(super) fn want(&mut self, id: WidgetId) {
        self.wanted = Some(id);
    }

    /// Gives the keyboard to what asked for it.
    pub(super) fn lead(&mut self, ctx: &Context) {
        if self.wanted.is_none() {
            return;
        }
        ctx.request_repaint();
        if ctx.memory(egui::Memory::top_modal_layer).is_none()
            && let Some(id) = self.wanted.take()
        {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }

    /// Where the diagram or the table is.
    pub(super) fn middle(&self) -> Rect {
        self.places.first().copied().unwrap_or(Rect::NOTHING)
    }

    /// The panel that has the keyboard.
    fn current(&self, ctx: &Context) -> Option<usize> {
        let focused = ctx.memory(egui::Memory::focused)?;
        let at = ctx.read_response(focused)?.rect.center();
        self.places.iter().position(|place| place.contains(at))
    }
}

impl App {
    /// Gives the keyboard to the next panel, or to the one before; where none has it, to the diagram or table.
    pub(super) fn step_panel(&mut self, ctx: &Context, by: isize) {
        let places = &self.panels.places;
        let count = places.len() as isize;
        let start = self.panels.current(ctx).map_or(0, |at| at as isize + by);
        // A panel in which there is nothing to focus is passed over.
        let order = (0..count).map(|step| (start + step * by).rem_euclid(count) as usize);
        let found = order.filter_map(|at| places.get(at)).find_map(|place| first_in(ctx, *place));
        if let Some(id) = found {
            self.panels.want(id);
        }
    }
}

/// The first thing in a place that takes the keyboard.
fn first_in(ctx: &Context, place: Rect) -> Option<WidgetId> {
    let place = place.shrink(EDGE);
    if !place.is_positive() {
        return None;
    }
    ctx.viewport(|viewport| {
        let mut widgets = viewport.prev_pass.widgets.get_layer(LayerId::background());
        let found = widgets.find(|widget| {
            let takes = widget.enabled && widget.visible && widget.sense.is_focusable();
            takes && widget.interact_rect.is_positive() && place.contains(widget.interact_rect.center())
        });
        found.map(|widget| widget.id)
    })
}
