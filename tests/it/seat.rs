//! The window on a seat of its own: without a display, with jobs done at once, driven by the names of its controls.

use std::path::PathBuf;

use egui_kittest::{Harness, HarnessBuilder};
use spandrel::{model::Model, ui::App, workbench::Workbench};

use crate::day;

/// The window under test; it is made in the first frame, since its fonts belong to the context that paints.
#[derive(Default)]
pub struct Window {
    pub app: Option<App>,
}

impl Window {
    /// A file, or the start page, at 1280 × 800.
    pub fn harness<'a>(path: Option<PathBuf>) -> Harness<'a, Self> {
        Self::sized(path, [1280.0, 800.0])
    }

    /// The same at another size.
    pub fn sized<'a>(path: Option<PathBuf>, size: [f32; 2]) -> Harness<'a, Self> {
        let builder = Harness::builder().with_size(size);
        Self::made(builder, move |ctx| App::with(ctx, path.clone(), day(), true))
    }

    /// A window that is made in some way of its own.
    pub fn made<'a>(
        builder: HarnessBuilder<Self>,
        mut make: impl FnMut(&egui::Context) -> App + 'a,
    ) -> Harness<'a, Self> {
        let paint = move |ui: &mut egui::Ui, window: &mut Self| match &mut window.app {
            None => window.app = Some(make(ui.ctx())),
            Some(app) => {
                app.step(ui.ctx());
                app.draw(ui);
            }
        };
        let mut harness = builder.with_max_steps(40).build_ui_state(paint, Self::default());
        harness.run_steps(4);
        harness
    }

    pub fn bench(&self) -> &Workbench {
        self.app.as_ref().unwrap().bench()
    }

    pub fn model(&self) -> &Model {
        self.bench().model()
    }

    /// How many steps were done and not undone.
    pub fn steps(&self) -> usize {
        self.bench().history().position()
    }

    /// What is selected, as keys.
    pub fn selected(&self) -> Vec<String> {
        self.app.as_ref().unwrap().selected().map(ToString::to_string).collect()
    }
}
