//! The menu bar by keyboard: Alt alone leads there and F10 into the first menu, Alt and a letter into the menu of that
//! letter; arrows go along the bar and into a menu, Escape goes back to where one was.

use egui::{
    Context, Event, FocusDirection, Id as WidgetId, Key, LayerId, Modifiers, Order, Popup, Response, Ui,
    containers::menu::{MenuState, SubMenu, find_menu_root},
};

use super::commands::Menu;

/// Where the keyboard is in the bar, and how it came there.
#[derive(Default)]
pub(super) struct Bar {
    /// Whether Alt is held, and nothing else was done since.
    alone: bool,
    /// Where the bar is to be led when it is drawn next.
    asked: Option<Asked>,
    /// The button whose menu was opened by an arrow and is still to be entered, and for how many passes that is tried.
    entering: Option<(WidgetId, u8)>,
    /// What had the keyboard before the bar.
    before: Option<WidgetId>,
    /// What is to have the keyboard again in the next pass, where nothing else has taken it: this one's keys are used up.
    back: Option<WidgetId>,
    /// Whether the menu that is open was opened by a key, and the pointer has rested since.
    keyed: bool,
    /// The menus of the bar, by the layers they are drawn in.
    menus: Vec<WidgetId>,
    /// The button that had the keyboard, or whose menu was open, when the bar was last drawn.
    last: Option<Spot>,
}

/// A button of the bar, and whether its menu is open.
#[derive(Clone, Copy)]
struct Spot {
    at: usize,
    open: bool,
}

#[derive(Clone, Copy)]
enum Asked {
    /// To the first button, or back if the bar has the keyboard.
    Toggle,
    /// Into a menu.
    Open(usize),
    /// From inside an open menu to the neighbour of that one.
    Beside(Side),
}

/// Which neighbour.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

impl Side {
    /// The place of the neighbour; after the last comes the first.
    fn of(self, at: usize, count: usize) -> usize {
        match self {
            Self::Before => (at + count - 1) % count,
            Self::After => (at + 1) % count,
        }
    }
}

/// A popup is measured in its first pass and cannot be entered before the next.
const ENTERING: u8 = 3;

impl Bar {
    /// Asks for the first menu.
    pub(super) fn open_first(&mut self) {
        self.asked = Some(Asked::Open(0));
    }

    /// Looks whether Alt is pressed and released alone, or with the letter of a menu. Not on a Mac, where its key writes.
    pub(super) fn listen(&mut self, ctx: &Context, free: bool) {
        if !free || ctx.os().is_mac() {
            self.alone = false;
            return;
        }
        ctx.input_mut(|input| {
            let held = input.pointer.any_down();
            let mut letter = None;
            for event in &input.events {
                match event {
                    Event::Key { key: Key::AltLeft, pressed, modifiers, .. } => {
                        let other = modifiers.ctrl || modifiers.shift || modifiers.mac_cmd || held;
                        if *pressed {
                            self.alone = !other;
                        } else if std::mem::take(&mut self.alone) && !other {
                            self.asked = Some(Asked::Toggle);
                        }
                    }
                    Event::Key { key, pressed: true, modifiers, .. } => {
                        self.alone = false;
                        let fits = modifiers.alt && !modifiers.ctrl && !modifiers.shift;
                        let menu = Menu::BAR.into_iter().position(|menu| menu.letter().0 == *key).filter(|_| fits);
                        if let Some(at) = menu {
                            self.asked = Some(Asked::Open(at));
                            letter = Some(*key);
                        }
                    }
                    Event::Text(_)
                    | Event::PointerButton { .. }
                    | Event::MouseWheel { .. }
                    | Event::WindowFocused(_) => {
                        self.alone = false;
                    }
                    _ => {}
                }
            }
            if let Some(letter) = letter {
                // What the key would write is not meant.
                let writes = |event: &Event| matches!(event, Event::Text(_));
                input
                    .events
                    .retain(|event| !writes(event) && !matches!(event, Event::Key { key, .. } if *key == letter));
            }
        });
    }

    /// Whether the letters of the menus are to be seen.
    pub(super) fn shows_letters(&self, ctx: &Context) -> bool {
        let held = ctx.input(|input| input.modifiers.alt && !input.modifiers.ctrl) && !ctx.os().is_mac();
        held || self.last.is_some_and(|spot| !spot.open)
    }

    /// A button is about to be drawn: a pointer that rests on it does not open its menu in place of one opened by a key.
    pub(super) fn keep_open(&self, ui: &Ui) {
        if self.keyed {
            // Where egui keeps which menu of a bar is open, for those that are pointed at to take its place.
            let open = find_menu_root(ui).unique_id.with("egui_menu_bar_open_menu");
            ui.data_mut(|data| data.remove::<WidgetId>(open));
        }
    }

    /// The buttons are about to be drawn.
    pub(super) fn begin(&mut self, ctx: &Context) {
        self.keyed &= !ctx.input(|input| input.pointer.delta() != egui::Vec2::ZERO || input.pointer.any_click());
        let focused = ctx.memory(egui::Memory::focused);
        if let Some(back) = self.back.take().filter(|_| focused.is_none()) {
            ctx.memory_mut(|memory| memory.request_focus(back));
        }
        self.entering = self.entering.filter(|(id, left)| Some(*id) == focused && *left > 0);
        if let Some((_, left)) = &mut self.entering {
            *left -= 1;
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Down));
            ctx.request_repaint();
        }
        // In a menu of the bar Left is no way out of it, as it is in a menu inside: it leads to the menu before.
        let left = ctx.input(|input| input.key_pressed(Key::ArrowLeft));
        let open = self.last.is_some_and(|spot| spot.open);
        let in_first = match Holder::now(ctx) {
            Holder::Nothing => true,
            Holder::Menu(layer) => self.menus.contains(&layer.id),
            Holder::Other => false,
        };
        if left && open && in_first {
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            self.asked = Some(Asked::Beside(Side::Before));
        }
    }

    /// The buttons were drawn: leads where it was asked, and where keys go.
    pub(super) fn end(&mut self, ctx: &Context, buttons: &[Response]) {
        match self.asked.take() {
            Some(Asked::Toggle) if self.last.is_some() => return self.leave(ctx),
            Some(Asked::Toggle) => self.enter(ctx, buttons, Spot { at: 0, open: false }),
            Some(Asked::Open(at)) => self.enter(ctx, buttons, Spot { at, open: true }),
            Some(Asked::Beside(side)) => return self.go_beside(ctx, buttons, side),
            None => {}
        }
        self.menus = buttons.iter().map(Popup::default_response_id).collect();
        let pressed = |key| ctx.input(|input| input.key_pressed(key));
        let escape = |input: &mut egui::InputState| input.consume_key(Modifiers::NONE, Key::Escape);
        if let Some(spot) = self.last.filter(|_| ctx.input_mut(escape)) {
            // From a menu back to its button, from there to where the keyboard was; nobody else is to hear of it.
            match buttons.get(spot.at).filter(|_| spot.open) {
                Some(button) => button.request_focus(),
                None => return self.leave(ctx),
            }
        }
        if self.entering.is_some() {
            // Where the menu did not take the arrow yet, it leads nowhere else.
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        let is_open = |button: &Response| Popup::is_id_open(ctx, Popup::default_response_id(button));
        let focused = buttons.iter().position(Response::has_focus);
        let at = focused.or_else(|| buttons.iter().position(is_open));
        self.last = at.map(|at| Spot { at, open: buttons.get(at).is_some_and(is_open) });
        let Some(spot) = self.last else { return };
        if focused.is_none() {
            // An open menu keeps the arrow keys for itself, but for Right where it opens no menu inside.
            let leads_on = match Holder::now(ctx) {
                Holder::Nothing => true,
                Holder::Menu(layer) => !opens_another(ctx, layer),
                Holder::Other => false,
            };
            if spot.open && leads_on && pressed(Key::ArrowRight) {
                self.go_beside(ctx, buttons, Side::After);
            }
        } else if pressed(Key::ArrowRight) {
            self.go(ctx, buttons, Spot { at: Side::After.of(spot.at, buttons.len()), ..spot });
        } else if pressed(Key::ArrowLeft) {
            self.go(ctx, buttons, Spot { at: Side::Before.of(spot.at, buttons.len()), ..spot });
        } else if (pressed(Key::ArrowDown) || pressed(Key::ArrowUp)) && !spot.open {
            self.go_into(ctx, buttons, spot.at);
        }
    }

    /// Opens a menu and leads to what stands first in it.
    fn go_into(&mut self, ctx: &Context, buttons: &[Response], at: usize) {
        self.go(ctx, buttons, Spot { at, open: true });
        self.entering = buttons.get(at).map(|button| (button.id, ENTERING));
    }

    /// Leads from an open menu into its neighbour.
    fn go_beside(&mut self, ctx: &Context, buttons: &[Response], side: Side) {
        if let Some(spot) = self.last {
            self.go_into(ctx, buttons, side.of(spot.at, buttons.len()));
        }
    }

    /// Gives the keyboard back to what had it before.
    pub(super) fn leave(&mut self, ctx: &Context) {
        Popup::close_all(ctx);
        self.last = None;
        self.back = self.before.take();
        ctx.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
        ctx.request_repaint();
    }

    fn enter(&mut self, ctx: &Context, buttons: &[Response], spot: Spot) {
        if self.last.is_none() {
            self.before = ctx.memory(egui::Memory::focused);
        }
        self.go(ctx, buttons, spot);
    }

    fn go(&mut self, ctx: &Context, buttons: &[Response], spot: Spot) {
        let Some(button) = buttons.get(spot.at) else { return };
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        button.request_focus();
        if spot.open {
            Popup::open_id(ctx, Popup::default_response_id(button));
            self.keyed = true;
        }
        self.last = Some(spot);
        ctx.request_repaint();
    }
}

/// What has the keyboard while a menu is open.
enum Holder {
    /// Nothing: the menu was opened by the pointer.
    Nothing,
    /// Something in a menu, drawn in this layer.
    Menu(LayerId),
    /// Something elsewhere.
    Other,
}

impl Holder {
    fn now(ctx: &Context) -> Self {
        let Some(focused) = ctx.memory(egui::Memory::focused) else { return Self::Nothing };
        match ctx.read_response(focused).map(|response| response.layer_id) {
            Some(layer) if layer.order == Order::Foreground => Self::Menu(layer),
            _ => Self::Other,
        }
    }
}

/// Whether what has the keyboard is the button of a menu inside, which that menu was just opened by.
fn opens_another(ctx: &Context, layer: LayerId) -> bool {
    let button = ctx.memory(egui::Memory::focused).map(SubMenu::id_from_widget_id);
    button.is_some() && MenuState::from_id(ctx, layer.id, |state| state.open_item) == button
}
