//! The actions as a list for readers outside of the window: tests, and whoever writes a manual.

use super::{keys::spell, table};

/// What there is to know of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandInfo {
    /// What it is called: in menus, and in the palette.
    pub name: String,
    /// The menu that it stands in: "View › Appearance".
    pub menu: String,
    /// What it does, in a sentence.
    pub hint: String,
    /// Its keys, as they are written: "Ctrl+Shift+P".
    pub keys: Vec<String>,
}

/// Every action of the window, in the order of the menus.
pub fn commands() -> Vec<CommandInfo> {
    let mac = cfg!(target_os = "macos");
    let info = |entry: &super::Entry| CommandInfo {
        name: entry.name.to_string(),
        menu: entry.place.0.path(),
        hint: entry.hint.to_string(),
        keys: entry.keys.iter().map(|keys| spell(keys.shortcut, mac)).collect(),
    };
    table().iter().map(info).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::commands::entry::Keys;

    /// Keys that mean two things at once.
    fn clashes(keys: &[(String, Keys)]) -> Vec<String> {
        let mut found = Vec::new();
        for (at, (name, keys_of)) in keys.iter().enumerate() {
            for (other, other_keys) in keys.iter().skip(at + 1) {
                if keys_of.shortcut == other_keys.shortcut && keys_of.context.meets(other_keys.context) {
                    found.push(format!("{name} and {other}: {:?}", keys_of.shortcut));
                }
            }
        }
        found
    }

    #[test]
    fn no_key_means_two_things() {
        let keys: Vec<(String, Keys)> =
            table().iter().flat_map(|entry| entry.keys.iter().map(|keys| (entry.name.to_string(), *keys))).collect();
        assert!(keys.len() > 30);
        assert_eq!(clashes(&keys), Vec::<String>::new());
        let twice: Vec<_> = keys.iter().take(1).chain(&keys).cloned().collect();
        assert_eq!(clashes(&twice).len(), 1, "a clash is found");
    }

    #[test]
    fn every_command_stands_once_in_a_menu_and_says_what_it_does() {
        for (at, entry) in table().iter().enumerate() {
            let same = |other: &&super::super::Entry| {
                other.command == entry.command || (other.name == entry.name && other.place.0 == entry.place.0)
            };
            assert_eq!(table().iter().filter(same).count(), 1, "{}", entry.name);
            assert!(entry.hint.ends_with('.') && entry.hint.len() < 80, "{}: {}", entry.name, entry.hint);
            // The groups of a menu follow one another.
            let next = table().get(at + 1).filter(|next| next.place.0 == entry.place.0);
            assert!(next.is_none_or(|next| next.place.1 >= entry.place.1), "{} is out of its group", entry.name);
        }
    }
}
