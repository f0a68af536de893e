//! The window: one workbench with a face.
//!
//! [`App`] holds what the window shows and nothing that the model holds. `logic` takes the answers of jobs and asks for
//! a new survey when the model or the day has changed; the `*_ui` functions paint, and change things only through the
//! [`Workbench`].

mod advisor;
mod app;
mod bar;
mod canvas;
mod changes;
mod commands;
mod dialogs;
mod entry;
mod files;
mod findings;
mod fix;
mod float;
mod guide;
mod hand;
mod inspector;
mod keeping;
mod keyboard;
mod matrix;
mod menu;
mod offers;
mod paint;
mod palette;
mod panels;
mod questions;
mod scorecard;
mod search;
mod selecting;
mod settings;
mod sheet;
mod sides;
mod stage;
mod start;
mod status;
mod table;
mod tabs;
mod target;
mod theme;
mod tree;
mod views;
mod workshop;

use std::path::PathBuf;

pub use app::App;
use app::Then;
pub use commands::{CommandInfo, commands};

/// Opens the window, and returns when it is closed.
///
/// # Errors
/// Why no window could be opened: mostly that there is no display.
pub fn run(model: Option<PathBuf>) -> Result<(), String> {
    display()?;
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Spandrel")
            .with_app_id("spandrel")
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([860.0, 560.0]),
        ..Default::default()
    };
    let start = move || {
        eframe::run_native("spandrel", options, Box::new(move |cc| Ok(Box::new(App::new(cc, model)))))
            .map_err(|error| error.to_string())
    };
    // Where a system library is missing, the window system panics instead of failing.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(start))
        .unwrap_or_else(|_| Err("the window system could not be started; a system library may be missing".to_owned()))
}

/// The program's data folder, which `SPANDREL_DATA` may name.
fn data_folder() -> Option<PathBuf> {
    let named = std::env::var_os("SPANDREL_DATA").filter(|name| !name.is_empty()).map(PathBuf::from);
    named.or_else(|| eframe::storage_dir("spandrel"))
}

/// On Linux, whether there is a display to ask for.
fn display() -> Result<(), String> {
    if cfg!(any(target_os = "macos", target_os = "windows")) {
        return Ok(());
    }
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(set) {
        return Ok(());
    }
    Err("neither DISPLAY nor WAYLAND_DISPLAY is set".to_owned())
}
