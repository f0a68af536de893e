//! The integration tests, one binary: each module one subject.
#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "tests stop where something is not as it should be, and say so"
)]

mod advisor;
mod answers;
mod architecture;
mod canvas;
mod cells;
mod clip;
mod commands;
mod documents;
mod entry;
mod examples;
mod facts;
mod file;
mod findings;
mod fixes;
mod folds;
mod gestures;
mod hand;
mod hostile;
mod inspector;
mod laws;
mod layout;
mod lenses;
mod lists;
mod menus;
mod moves;
mod paper;
mod plan;
mod raster;
mod real;
mod roadmap;
mod robot;
mod room;
mod rules;
mod safety;
mod seat;
mod shell;
mod tables;
mod threads;
mod topology;
mod views;
mod window;
mod workshop;

use std::path::{Path, PathBuf};

use spandrel::{
    file::read,
    model::{Date, Model},
};

/// The day on which every test looks.
pub fn day() -> Date {
    "2026-11-22".parse().unwrap()
}

/// A path of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A model from its text, or what is wrong with it.
pub fn model(text: &str) -> Model {
    let reading = read(text);
    assert!(reading.problems.is_empty(), "{:#?}", reading.problems);
    reading.model.unwrap()
}

/// The model of a file of the project.
pub fn open(path: &str) -> Model {
    model(&std::fs::read_to_string(project(path)).unwrap())
}

/// Compares with a text on disk; with UPDATE=1 in the environment it is written instead.
pub fn golden(path: &Path, found: &str) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, found).unwrap();
        return;
    }
    let wanted = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        wanted == found,
        "{} differs (UPDATE=1 writes it anew):\n--- wanted\n{wanted}\n--- found\n{found}",
        path.display()
    );
}
