//! The window as benches see it.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use egui::{Event, Key, Modifiers, Pos2, vec2};
use spandrel::{model::Date, ui::App};

/// A window without a display: it is told what happens, and painted frame by frame.
pub(crate) struct Window {
    pub(crate) ctx: egui::Context,
    pub(crate) app: App,
    clock: f64,
}

impl Window {
    /// A window of 1600 × 900 that shows a file. Its jobs run on threads, as in the program: one of them watches the file,
    /// and costs the frames nothing.
    pub(crate) fn new(path: &Path) -> Self {
        let ctx = egui::Context::default();
        let day: Date = "2026-11-24".parse().unwrap();
        let app = App::with(&ctx, Some(PathBuf::from(path)), day, false);
        let mut window = Self { ctx, app, clock: 0.0 };
        window.settle();
        window
    }

    /// Frame after frame until what is shown is the model as it stands.
    pub(crate) fn settle(&mut self) {
        while !self.app.is_settled() {
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(1));
        }
        self.frame(Vec::new());
    }

    /// What a frame gives.
    pub(crate) fn output(&mut self, events: Vec<Event>) -> egui::FullOutput {
        self.clock += 0.02;
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(Pos2::ZERO, vec2(1600.0, 900.0))),
            time: Some(self.clock),
            events,
            ..Default::default()
        };
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| {
            app.step(ui.ctx());
            app.draw(ui);
        });
        output.textures_delta.clear();
        output
    }

    /// A frame and its tessellation; so many meshes came of it.
    pub(crate) fn frame(&mut self, events: Vec<Event>) -> usize {
        let output = self.output(events);
        self.ctx.tessellate(output.shapes, output.pixels_per_point).len()
    }

    /// A key, down and up in one frame.
    pub(crate) fn press(&mut self, key: Key, modifiers: Modifiers) {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.frame(vec![event(true), event(false)]);
    }
}
