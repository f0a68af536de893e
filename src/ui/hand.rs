//! The hand that moves over the cells of a table: who has the keyboard, and what its keys mean.
//!
//! A table is one stop for the Tab key. While it has the keyboard, Tab and the arrows lead from cell to cell; Escape lets
//! go of it.

use egui::{Event, EventFilter, Id, Key, Modifiers, Rect, Role, Sense, Ui, WidgetInfo};

/// What was pressed over a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pressed {
    /// The hand moves; with `true` it takes with it what lies between.
    Go(Go, bool),
    /// The cell is to be written: from what stands in it, or from what was typed.
    Write(Option<String>),
    /// A letter, where nothing is written.
    Letter(String),
    /// The cell is to be emptied: nobody has asked.
    Clear,
    /// The cell is to say that there is none.
    Nothing,
    /// Space.
    Space,
    Copy,
    Cut,
    Paste(String),
    /// All rows.
    All,
    /// What stands in the first goes into the others.
    Fill,
    /// The table lets go of the keyboard.
    Leave,
}

/// Where the hand goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Go {
    Up,
    Down,
    Left,
    Right,
    /// The next cell, in the next row behind the last.
    Next,
    Back,
    RowStart,
    RowEnd,
    First,
    Last,
    /// The first row, in the same column.
    Top,
    /// The last, and once there, the one for a new one behind it.
    Bottom,
    PageUp,
    PageDown,
}

impl Go {
    /// The cell it leads to, among so many rows and columns; a page has so many rows.
    pub(super) fn from(
        self,
        (row, column): (usize, usize),
        (rows, columns): (usize, usize),
        page: usize,
    ) -> (usize, usize) {
        let (last_row, last) = (rows.saturating_sub(1), columns.saturating_sub(1));
        let (row, column) = match self {
            Self::Up => (row.saturating_sub(1), column),
            Self::Down => (row + 1, column),
            Self::Left => (row, column.saturating_sub(1)),
            Self::Right => (row, column + 1),
            Self::Next if column >= last && row < last_row => (row + 1, 0),
            Self::Next => (row, column + 1),
            Self::Back if column == 0 && row > 0 => (row - 1, last),
            Self::Back => (row, column.saturating_sub(1)),
            Self::RowStart => (row, 0),
            Self::RowEnd => (row, last),
            Self::First => (0, 0),
            // The row of a new one is none yet.
            Self::Last => (last_row.saturating_sub(1), last),
            Self::Top => (0, column),
            Self::Bottom if row + 1 < last_row => (last_row - 1, column),
            Self::Bottom => (last_row, column),
            Self::PageUp => (row.saturating_sub(page.max(1)), column),
            Self::PageDown => (row + page.max(1), column),
        };
        (row.min(last_row), column.min(last))
    }
}

/// The place of a table that takes the keyboard, said to be at a cell. It lies under everything that can be clicked.
pub(super) fn stop(ui: &Ui, id: Id, area: Rect, said: &str) -> egui::Response {
    let response = ui.interact(area, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, said));
    if response.has_focus() {
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    response
}

/// Whether nothing has the keyboard, and a key is pressed that means a cell: the table then takes it. Where the hand is on
/// one, also what writes or empties it.
pub(super) fn wakes(ui: &Ui, on_cell: bool) -> bool {
    let means_cell = |event: &Event| match event {
        Event::Copy | Event::Cut | Event::Paste(_) => true,
        Event::Text(_) => on_cell,
        Event::Key { key, pressed: true, modifiers, .. } if !modifiers.alt => match key {
            Key::Home | Key::End | Key::PageUp | Key::PageDown => true,
            Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight => true,
            Key::Delete | Key::Backspace | Key::Enter | Key::F2 => on_cell && modifiers.is_none(),
            _ => false,
        },
        _ => false,
    };
    let free = ui.memory(|memory| memory.focused().is_none()) && !egui::Popup::is_any_open(ui.ctx());
    free && ui.input(|input| input.events.iter().any(means_cell))
}

/// What was pressed in this frame while a table has the keyboard, in order; `writes` where typing writes.
pub(super) fn pressed(ui: &Ui, writes: bool) -> Vec<Pressed> {
    let mut found = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match meant(event, writes) {
            Some(pressed) => {
                found.push(pressed);
                false
            }
            None => true,
        });
    });
    found
}

/// Whether a key ends what is being written.
fn ends(event: &Event) -> bool {
    matches!(event, Event::Key { key: Key::Enter | Key::Tab | Key::Escape, pressed: true, .. })
}

/// Whether somebody who writes typed it.
fn is_typed(event: &Event) -> bool {
    match event {
        Event::Text(_) => true,
        Event::Key { key, pressed: true, modifiers, .. } => {
            let edits = matches!(key, Key::Backspace | Key::Delete | Key::ArrowLeft | Key::ArrowRight);
            (edits || ends(event)) && !modifiers.command && !modifiers.alt
        }
        _ => false,
    }
}

/// Takes out what was typed.
pub(super) fn take_typed(events: &mut Vec<Event>) -> Vec<Event> {
    let (typed, others) = std::mem::take(events).into_iter().partition(is_typed);
    *events = others;
    typed
}

/// Takes out what was typed after the first key that ends what is being written.
pub(super) fn hold_back(events: &mut Vec<Event>, held: &mut Vec<Event>) {
    if let Some(end) = events.iter().position(ends) {
        let mut after = events.split_off(end + 1);
        held.extend(take_typed(&mut after));
        events.extend(after);
    }
}

impl Pressed {
    /// The same as it is typed into a field.
    pub(super) fn typed(self) -> Option<Event> {
        let key =
            |key, modifiers| Some(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
        match self {
            Self::Write(Some(text)) | Self::Letter(text) => Some(Event::Text(text)),
            Self::Nothing => Some(Event::Text("-".to_owned())),
            Self::Space => Some(Event::Text(" ".to_owned())),
            Self::Write(None) => key(Key::Enter, Modifiers::NONE),
            Self::Clear => key(Key::Backspace, Modifiers::NONE),
            Self::Leave => key(Key::Escape, Modifiers::NONE),
            Self::Go(Go::Next, _) => key(Key::Tab, Modifiers::NONE),
            Self::Go(Go::Back, _) => key(Key::Tab, Modifiers::SHIFT),
            Self::Go(..) | Self::Copy | Self::Cut | Self::Paste(_) | Self::All | Self::Fill => None,
        }
    }
}

fn meant(event: &Event, writes: bool) -> Option<Pressed> {
    match event {
        Event::Text(text) if text == "-" && writes => Some(Pressed::Nothing),
        Event::Text(text) if !text.trim().is_empty() => {
            Some(if writes { Pressed::Write(Some(text.clone())) } else { Pressed::Letter(text.clone()) })
        }
        Event::Copy => Some(Pressed::Copy),
        Event::Cut => Some(Pressed::Cut),
        Event::Paste(text) => Some(Pressed::Paste(text.clone())),
        Event::Key { key, pressed: true, modifiers, .. } => key_meant(*key, *modifiers),
        _ => None,
    }
}

fn key_meant(key: Key, modifiers: Modifiers) -> Option<Pressed> {
    let far = modifiers.command;
    if modifiers.alt {
        return None;
    }
    let go = |go| Some(Pressed::Go(go, modifiers.shift));
    match key {
        Key::ArrowUp => go(if far { Go::Top } else { Go::Up }),
        Key::ArrowDown => go(if far { Go::Bottom } else { Go::Down }),
        Key::ArrowLeft => go(if far { Go::RowStart } else { Go::Left }),
        Key::ArrowRight => go(if far { Go::RowEnd } else { Go::Right }),
        Key::Home => go(if far { Go::First } else { Go::RowStart }),
        Key::End => go(if far { Go::Last } else { Go::RowEnd }),
        Key::PageUp => go(Go::PageUp),
        Key::PageDown => go(Go::PageDown),
        Key::Tab if !far => Some(Pressed::Go(if modifiers.shift { Go::Back } else { Go::Next }, false)),
        Key::Enter | Key::F2 if modifiers.is_none() => Some(Pressed::Write(None)),
        Key::Delete | Key::Backspace if modifiers.is_none() => Some(Pressed::Clear),
        Key::Escape => Some(Pressed::Leave),
        Key::Space if modifiers.is_none() => Some(Pressed::Space),
        Key::A if far && !modifiers.shift => Some(Pressed::All),
        Key::D if far && !modifiers.shift => Some(Pressed::Fill),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hand_stays_in_the_table_and_turns_at_its_ends() {
        let size = (3, 4);
        for (go, from, to) in [
            (Go::Up, (0, 1), (0, 1)),
            (Go::Down, (2, 1), (2, 1)),
            (Go::Next, (0, 3), (1, 0)),
            (Go::Next, (2, 3), (2, 3)),
            (Go::Back, (1, 0), (0, 3)),
            (Go::Back, (0, 0), (0, 0)),
            (Go::RowEnd, (1, 1), (1, 3)),
            (Go::Last, (0, 0), (1, 3)),
            (Go::Top, (2, 1), (0, 1)),
            (Go::Bottom, (0, 1), (1, 1)),
            (Go::Bottom, (1, 1), (2, 1)),
            (Go::PageDown, (0, 2), (2, 2)),
            (Go::PageUp, (2, 2), (0, 2)),
        ] {
            assert_eq!(go.from(from, size, 9), to, "{go:?}");
        }
        assert_eq!(Go::Down.from((0, 0), (0, 0), 9), (0, 0));
    }

    #[test]
    fn keys_with_other_meanings_are_left_alone() {
        assert_eq!(key_meant(Key::S, Modifiers::COMMAND), None);
        assert_eq!(key_meant(Key::Enter, Modifiers::COMMAND), None);
        assert_eq!(key_meant(Key::ArrowDown, Modifiers::SHIFT), Some(Pressed::Go(Go::Down, true)));
    }
}
