//! What the table states of an action.

use std::borrow::Cow;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::Command;
use crate::ui::App;

/// A row of the table.
pub(in crate::ui) struct Entry {
    pub(in crate::ui) command: Command,
    pub(in crate::ui) place: Place,
    /// What it is called.
    pub(in crate::ui) name: Cow<'static, str>,
    /// What it does, in a sentence.
    pub(in crate::ui) hint: Cow<'static, str>,
    /// Its keys; the first is shown.
    pub(in crate::ui) keys: Vec<Keys>,
    /// Whether it can be done now, or why not.
    pub(in crate::ui) when: When,
}

/// Whether something can be done now, or why not.
pub(in crate::ui) type When = fn(&App) -> Result<(), &'static str>;

/// Where it stands: in which menu, and in which group there. A line parts groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Place(pub(in crate::ui) Menu, pub(in crate::ui) u8);

/// A menu of the bar, or one inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Menu {
    File,
    Recent,
    Samples,
    Edit,
    View,
    /// The tabs.
    GoTo,
    SavedViews,
    Lens,
    Frames,
    Panels,
    Appearance,
    Arrange,
    Insert,
    Analyse,
    /// How findings are listed.
    Findings,
    Stage,
    Export,
    Help,
}

impl Menu {
    /// The menus of the bar, in order.
    pub(in crate::ui) const BAR: [Self; 7] =
        [Self::File, Self::Edit, Self::View, Self::Insert, Self::Analyse, Self::Export, Self::Help];

    /// The menus that stand in a menu.
    pub(in crate::ui) fn inner(self) -> &'static [Self] {
        match self {
            Self::File => &[Self::Recent, Self::Samples],
            Self::Analyse => &[Self::Findings, Self::Stage],
            Self::View => {
                &[Self::GoTo, Self::SavedViews, Self::Lens, Self::Frames, Self::Panels, Self::Appearance, Self::Arrange]
            }
            _ => &[],
        }
    }

    /// The group before which the menus in a menu stand.
    pub(in crate::ui) fn inner_before(self) -> u8 {
        match self {
            Self::File => 1,
            Self::Analyse => 2,
            _ => 0,
        }
    }

    pub(in crate::ui) fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Recent => "Open recent",
            Self::Samples => "Templates and examples",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::GoTo => "Go to",
            Self::SavedViews => "Saved views",
            Self::Lens => "Lens",
            Self::Frames => "Frames",
            Self::Panels => "Panels",
            Self::Appearance => "Appearance",
            Self::Arrange => "Arrange",
            Self::Insert => "Insert",
            Self::Analyse => "Analyse",
            Self::Findings => "List of findings",
            Self::Stage => "Stage",
            Self::Export => "Export",
            Self::Help => "Help",
        }
    }

    /// The key that opens a menu of the bar together with Alt, and where its letter stands in the title.
    pub(in crate::ui) fn letter(self) -> (Key, usize) {
        match self {
            Self::Edit => (Key::E, 0),
            Self::View => (Key::V, 0),
            Self::Insert => (Key::I, 0),
            Self::Analyse => (Key::A, 0),
            Self::Export => (Key::X, 1),
            Self::Help => (Key::H, 0),
            _ => (Key::F, 0),
        }
    }

    /// The way to it, as it is told: "View › Appearance".
    pub(in crate::ui) fn path(self) -> String {
        match Self::BAR.into_iter().find(|outer| outer.inner().contains(&self)) {
            Some(outer) => format!("{} › {}", outer.title(), self.title()),
            None => self.title().to_owned(),
        }
    }
}

/// A key, and when it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Keys {
    pub(in crate::ui) shortcut: KeyboardShortcut,
    pub(in crate::ui) context: Context,
}

/// When a key counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Context {
    /// Always.
    Always,
    /// Where nobody types: the key writes or changes text.
    NotTyping,
    /// In workshop mode, where nobody types; before all others.
    Workshop,
    /// Where the other command of that key cannot be done.
    Otherwise,
}

#[cfg(test)]
impl Context {
    /// Whether there is a moment when a key would count in both.
    pub(super) fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Always | Self::NotTyping, Self::Always | Self::NotTyping) => true,
            (Self::Otherwise, Self::Otherwise) | (Self::Workshop, Self::Workshop) => true,
            (Self::Otherwise | Self::Workshop, _) | (_, Self::Otherwise | Self::Workshop) => false,
        }
    }
}

impl Keys {
    /// Whether it writes a cell, or empties it, where the hand is on one.
    pub(super) fn is_of_cell(self) -> bool {
        let plain = self.shortcut.modifiers.is_none();
        plain && (self.context == Context::NotTyping || self.shortcut.logical_key == Key::F2)
    }
}

const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn keys(modifiers: Modifiers, key: Key, context: Context) -> Keys {
    Keys { shortcut: KeyboardShortcut::new(modifiers, key), context }
}

/// Ctrl and a key; on a Mac, Cmd.
pub(super) const fn ctrl(key: Key) -> Keys {
    keys(Modifiers::COMMAND, key, Context::Always)
}

/// Ctrl, Shift and a key.
pub(super) const fn ctrl_shift(key: Key) -> Keys {
    keys(COMMAND_SHIFT, key, Context::Always)
}

/// Ctrl, Alt and a key. Some keyboards write with it, and where a plus takes Shift, Ctrl and Shift are not free for it.
pub(super) const fn ctrl_alt(key: Key) -> Keys {
    keys(Modifiers::COMMAND.plus(Modifiers::ALT), key, Context::NotTyping)
}

/// Shift and a key that writes nothing.
pub(super) const fn shift(key: Key) -> Keys {
    keys(Modifiers::SHIFT, key, Context::Always)
}

/// A key that writes nothing: F1 to F12.
pub(super) const fn bare(key: Key) -> Keys {
    keys(Modifiers::NONE, key, Context::Always)
}

/// A letter, or another key that changes text where one types.
pub(super) const fn letter(key: Key) -> Keys {
    keys(Modifiers::NONE, key, Context::NotTyping)
}

/// A key that means something of its own where one types.
pub(super) const fn not_typing(keys: Keys) -> Keys {
    Keys { context: Context::NotTyping, ..keys }
}

/// A key that counts in workshop mode.
pub(super) const fn workshop(key: Key) -> Keys {
    keys(Modifiers::NONE, key, Context::Workshop)
}

/// A key that counts where the other command of it cannot be done.
pub(super) const fn otherwise(keys: Keys) -> Keys {
    Keys { context: Context::Otherwise, ..keys }
}

impl Entry {
    /// A row; it can always be done, and has no key.
    pub(super) fn new(
        command: Command,
        place: Place,
        name: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { command, place, name: name.into(), hint: hint.into(), keys: Vec::new(), when: |_| Ok(()) }
    }

    /// What it is remembered by.
    pub(in crate::ui) fn id(&self) -> String {
        format!("{}/{}", self.place.0.title(), self.name)
    }

    pub(super) fn keys(mut self, keys: impl IntoIterator<Item = Keys>) -> Self {
        self.keys.extend(keys);
        self
    }

    pub(super) fn when(mut self, when: When) -> Self {
        self.when = when;
        self
    }
}
