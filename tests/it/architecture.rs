//! The floors of `src/lib.rs`: a module imports only from floors below its own.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::project;

/// The table of `src/lib.rs`, read from there.
fn floors() -> BTreeMap<String, u32> {
    let text = fs::read_to_string(project("src/lib.rs")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | "));
    rows.filter_map(|row| {
        let (floor, rest) = row.split_once(" | ")?;
        let name = rest.split('`').nth(1)?;
        Some((name.to_owned(), floor.parse().ok()?))
    })
    .collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The modules that a source names behind `crate::`.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.split("crate::").skip(1) {
        if let Some(list) = part.strip_prefix('{') {
            // Names at the first level of the braces.
            let mut depth = 0;
            let mut word = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => found.push(std::mem::take(&mut word)),
                    _ if depth == 0 => word.push(c),
                    _ => {}
                }
            }
            found.push(word);
        } else {
            found.push(part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    let first = |word: String| word.trim().split("::").next().unwrap_or_default().trim().to_owned();
    found.into_iter().map(first).filter(|word| !word.is_empty()).collect()
}

fn offences(module: &str, text: &str, floors: &BTreeMap<String, u32>) -> Vec<String> {
    let own = floors[module];
    let imported = imports(text).into_iter().filter(|other| other != module);
    imported.filter(|other| floors.get(other).is_some_and(|floor| *floor >= own)).collect()
}

#[test]
fn every_module_stands_on_a_floor() {
    let floors = floors();
    let lib = fs::read_to_string(project("src/lib.rs")).unwrap();
    let modules: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(modules.len() >= 14);
    for module in &modules {
        assert!(floors.contains_key(*module), "{module} is not in the table");
    }
    assert_eq!(modules.len(), floors.len());
}

#[test]
fn nobody_imports_upwards_or_sideways() {
    let floors = floors();
    let root = project("src");
    for module in floors.keys() {
        let mut files = Vec::new();
        let (file, folder) = (root.join(format!("{module}.rs")), root.join(module));
        if file.is_file() {
            files.push(file);
        }
        if folder.is_dir() {
            sources(&folder, &mut files);
        }
        assert!(!files.is_empty(), "{module} has no source");
        for path in files {
            let wrong = offences(module, &fs::read_to_string(&path).unwrap(), &floors);
            assert!(wrong.is_empty(), "{} imports {wrong:?}", path.display());
        }
    }
}

#[test]
fn an_upward_import_would_be_found() {
    let floors = floors();
    assert_eq!(offences("model", "use crate::{model::Key, rules::{Meta, Rule}, file};", &floors), ["rules", "file"]);
    assert_eq!(offences("topology", "let x = crate::facts::Facts::of(m, i);", &floors), ["facts"]);
    assert!(offences("cli", "use crate::{model::Key, workbench};", &floors).is_empty());
}

#[test]
fn only_the_file_floor_calls_ron_and_only_the_workbench_reads_the_clock() {
    let mut files = Vec::new();
    sources(&project("src"), &mut files);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let inside = |folder: &str| path.starts_with(project(folder));
        assert!(inside("src/file") || !text.contains("ron::"), "{}", path.display());
        let clock = ["::now()", "SystemTime", "Instant"].iter().any(|word| text.contains(word));
        assert!(inside("src/workbench") || !clock, "{}", path.display());
    }
}
