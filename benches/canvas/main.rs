//! What a frame of the canvas costs the processor, layout of the window and tessellation included, at 1600 × 900:
//! `cargo bench --bench canvas [-- SIZE…]`.
//!
//! A harness, not a test: nothing fails. The aim is 8 ms of the processor a frame. Each phase is run for a second or
//! twenty rounds, and the mean is told: the kernel counts a thread's time in steps too coarse for one frame. An idle
//! window must ask for no frame.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a bench prints")]

#[path = "../scale/town.rs"]
mod town;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use spandrel::{model::Date, ui::App};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    println!(
        "| ms a frame | systems | frames | in view | at life size | far away | zooming | 100 dragged | idle frames asked for |"
    );
    println!("|---|---:|---|---:|---:|---:|---:|---:|---:|");
    for size in sizes {
        measured(size, &town::text(size), "domains, collapsed as they are");
        measured(size, &open(&town::text(size)), "none");
    }
}

/// A town without domains: every system is a box.
fn open(text: &str) -> String {
    let mut parts = text.split(" domain: \"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once(',').map_or(part, |(_, rest)| rest))
}

fn measured(size: usize, text: &str, frames: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.ron");
    std::fs::write(&path, text).unwrap();
    let mut window = Window::new(&path);
    for _ in 0..16 {
        window.frame(Vec::new());
    }
    let idle = window.idle();
    let all = window.time(|_| Vec::new());
    let zooming = window.time(|at| vec![Event::Zoom(if at % 2 == 0 { 1.05 } else { 1.0 / 1.05 })]);
    window.press(Key::Num0, Modifiers::COMMAND);
    let life = window.time(|_| Vec::new());
    // Out to where everything is as small as it gets.
    for _ in 0..40 {
        window.press(Key::Minus, Modifiers::COMMAND);
    }
    let far = window.time(|_| Vec::new());
    window.press(Key::F, Modifiers::NONE);
    let dragged = window.drag();
    println!("| | {size} | {frames} | {all} | {life} | {far} | {zooming} | {dragged} | {idle} |");
}

/// The time for which this thread has had a processor: other programs do not count then. Linux alone tells; elsewhere it
/// is the time of the clock.
fn cpu() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let ns = told.split(' ').next().and_then(|first| first.parse().ok());
    ns.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

struct Window {
    ctx: egui::Context,
    app: App,
    clock: f64,
}

impl Window {
    fn new(path: &Path) -> Self {
        let ctx = egui::Context::default();
        let day: Date = "2026-11-24".parse().unwrap();
        // Jobs on threads, as in the program: a job of its own watches the file, and costs the frames nothing.
        let app = App::with(&ctx, Some(PathBuf::from(path)), day, false);
        let mut window = Self { ctx, app, clock: 0.0 };
        while !window.app.is_settled() {
            window.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(5));
        }
        window
    }

    fn output(&mut self, events: Vec<Event>) -> egui::FullOutput {
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

    fn frame(&mut self, events: Vec<Event>) -> usize {
        let output = self.output(events);
        self.ctx.tessellate(output.shapes, output.pixels_per_point).len()
    }

    fn press(&mut self, key: Key, modifiers: Modifiers) {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.frame(vec![event(true), event(false)]);
    }

    /// How many of the next frames would be asked for by a window that nobody touches.
    fn idle(&mut self) -> usize {
        (0..20)
            .filter(|_| {
                self.output(Vec::new())
                    .viewport_output
                    .values()
                    .any(|view| view.repaint_delay < Duration::from_hours(1))
            })
            .count()
    }

    fn time(&mut self, events: impl Fn(usize) -> Vec<Event>) -> String {
        let at = Event::PointerMoved(pos2(700.0, 350.0));
        self.frame(vec![at]);
        let (start, from, mut rounds) = (Instant::now(), cpu(), 0);
        while rounds < 20 || start.elapsed() < Duration::from_secs(1) {
            self.frame(events(rounds));
            rounds += 1;
        }
        format!("{:.1}", cpu().saturating_sub(from).as_secs_f64() * 1e3 / rounds as f64)
    }

    /// Selects about a hundred boxes with a marquee, and drags them.
    fn drag(&mut self) -> String {
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let middle = pos2(740.0, 340.0);
        let mut half = 20.0;
        while self.app.selected().count() < 100 && half < 320.0 {
            half *= 1.25;
            let (from, to) = (middle - vec2(half * 1.6, half), middle + vec2(half * 1.6, half));
            for events in [
                vec![Event::PointerMoved(from)],
                vec![button(from, true)],
                vec![Event::PointerMoved(from + vec2(12.0, 12.0))],
                vec![Event::PointerMoved(to)],
                vec![button(to, false)],
                vec![],
            ] {
                self.frame(events);
            }
        }
        let count = self.app.selected().count();
        self.frame(vec![Event::PointerMoved(middle)]);
        self.frame(vec![button(middle, true)]);
        self.frame(vec![Event::PointerMoved(middle + vec2(10.0, 0.0))]);
        let time = self.time(|at| vec![Event::PointerMoved(middle + vec2(20.0 + at as f32 % 50.0, 6.0))]);
        self.press(Key::Escape, Modifiers::NONE);
        format!("{time} ({count})")
    }
}
