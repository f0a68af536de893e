//! What the program remembers between runs, beside the sizes of panels that egui keeps.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    commands::{Command, Entry},
    sides::Side,
};

/// So many files are remembered.
const MOST_RECENT: usize = 12;
/// So many commands are remembered.
const MOST_COMMANDS: usize = 6;
/// The name under which settings are stored.
const KEY: &str = "settings";

/// The look that was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Theme {
    Light,
    Dark,
    #[default]
    System,
}

impl From<Theme> for egui::ThemePreference {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
            Theme::System => Self::System,
        }
    }
}

/// What is remembered. What an older or newer version wrote is read as far as it is understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    /// Files that were opened or saved, the last first.
    pub(super) recent: Vec<PathBuf>,
    pub(super) theme: Theme,
    /// Whether colours are those of high contrast.
    pub(super) contrast: bool,
    /// The size of everything, where 1 is as designed.
    pub(super) scale: f32,
    /// Whether the legend is shown.
    pub(super) legend: bool,
    /// Whether the overview in the corner of the canvas is shown.
    pub(super) minimap: bool,
    /// Whether nothing is to glide.
    pub(super) still: bool,
    /// Who approved the last waiver: mostly the same board approves the next.
    pub(super) approver: String,
    /// Whether the guided first minute was seen to its end, or put away.
    pub(super) guided: bool,
    /// The commands that were last taken from the palette, the last first.
    pub(super) commands: Vec<String>,
    /// The panels that were folded away.
    pub(super) folded: Vec<Side>,
    /// The columns that were chosen, by table.
    pub(super) columns: BTreeMap<String, Vec<String>>,
    /// The widths that columns were given, by table.
    pub(super) widths: BTreeMap<String, BTreeMap<String, f32>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            recent: Vec::new(),
            theme: Theme::System,
            contrast: false,
            scale: 1.0,
            legend: true,
            minimap: true,
            still: false,
            approver: String::new(),
            guided: false,
            commands: Vec::new(),
            folded: Vec::new(),
            columns: BTreeMap::new(),
            widths: BTreeMap::new(),
        }
    }
}

/// The smallest scale that can be chosen.
pub(super) const SMALLEST: f32 = 0.8;
/// The largest.
pub(super) const LARGEST: f32 = 2.0;
/// All that can be chosen.
const SCALES: [f32; 8] = [SMALLEST, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, LARGEST];

impl Settings {
    /// What was stored; the defaults where nothing was, or nothing that can be read.
    pub(super) fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        let text = storage.and_then(|storage| storage.get_string(KEY)).unwrap_or_default();
        let mut settings: Self = serde_json::from_str(&text).unwrap_or_default();
        if !(SMALLEST..=LARGEST).contains(&settings.scale) {
            settings.scale = 1.0;
        }
        settings
    }

    pub(super) fn store(&self, storage: &mut dyn eframe::Storage) {
        if let Ok(text) = serde_json::to_string(self) {
            storage.set_string(KEY, text);
        }
    }

    /// The next larger or smaller scale; the same where there is none.
    pub(super) fn step_scale(&mut self, larger: bool) {
        let now = self.scale;
        let next = if larger {
            SCALES.into_iter().find(|scale| *scale > now + 0.01)
        } else {
            SCALES.into_iter().rev().find(|scale| *scale < now - 0.01)
        };
        self.scale = next.unwrap_or(now);
    }

    /// Remembers a file as the last that was used.
    pub(super) fn used(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(MOST_RECENT);
    }
}

impl Settings {
    /// Remembers a command as the last that was taken from the palette.
    pub(super) fn used_command(&mut self, command: Command) {
        // What stood at a place of several is another question in another model, or on another day.
        if command.is_one_of_several() {
            return;
        }
        let Some(id) = command.entry().map(Entry::id) else { return };
        self.commands.retain(|other| *other != id);
        self.commands.insert(0, id);
        self.commands.truncate(MOST_COMMANDS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Memory(BTreeMap<String, String>);

    impl eframe::Storage for Memory {
        fn get_string(&self, key: &str) -> Option<String> {
            self.0.get(key).cloned()
        }

        fn set_string(&mut self, key: &str, value: String) {
            self.0.insert(key.to_owned(), value);
        }

        fn remove_string(&mut self, key: &str) {
            self.0.remove(key);
        }

        fn flush(&mut self) {}
    }

    #[test]
    fn settings_come_back_and_foreign_ones_do_no_harm() {
        let mut memory = Memory::default();
        let mut settings = Settings { theme: Theme::Dark, scale: 1.25, ..Settings::default() };
        settings.used(Path::new("/models/a.ron"));
        settings.used(Path::new("/models/b.ron"));
        settings.used(Path::new("/models/a.ron"));
        assert_eq!(settings.recent, [PathBuf::from("/models/a.ron"), PathBuf::from("/models/b.ron")]);
        settings.store(&mut memory);
        assert_eq!(Settings::load(Some(&memory)), settings);
        for text in ["", "nonsense", "{\"scale\": 900.0, \"new\": 1}", "[1]"] {
            memory.0.insert(KEY.to_owned(), text.to_owned());
            assert_eq!(Settings::load(Some(&memory)), Settings::default(), "{text}");
        }
    }
}
