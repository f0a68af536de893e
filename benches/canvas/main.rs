//! What a frame of the canvas costs the processor, layout of the window and tessellation included, at 1600 × 900:
//! `cargo bench --bench canvas [-- SIZE…]`.
//!
//! A harness, not a test: nothing fails. The aim is 8 ms of the processor a frame. Each phase is run for a second or
//! twenty rounds, and the mean is told: the kernel counts a thread's time in steps too coarse for one frame. An idle
//! window must ask for no frame.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a bench prints")]

#[path = "../scale/clock.rs"]
mod clock;
#[path = "../scale/town.rs"]
mod town;
#[path = "../scale/window.rs"]
mod window;

use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, PointerButton, pos2, vec2};

use clock::cpu;
use window::Window;

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

impl Window {
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
