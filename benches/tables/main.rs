//! What a table of many rows costs the processor: `cargo bench --bench tables [-- ROWS…]`.
//!
//! A harness, not a test: nothing fails. The first table is the work alone, without a window: made anew, and what a
//! keystroke, a click and an edit cost then. The second is whole frames of the window at 1600 × 900, layout and tessellation
//! included; a keystroke is two, since the rows follow the field. Milliseconds, of the processor.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a bench prints")]

#[path = "../scale/clock.rs"]
mod clock;
#[path = "../scale/town.rs"]
mod town;
#[path = "../scale/window.rs"]
mod window;

use std::{sync::Arc, time::Duration};

use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, pos2, vec2};
use spandrel::{
    model::Lens,
    workbench::{Grid, GridKind, Look, SurveyOptions, Workbench, set_cells, survey},
};

use clock::cpu;
use window::Window;

const SHEET: GridKind = GridKind::Interactions;
/// So often each of the quick ones is done.
const ROUNDS: u32 = 20;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000, 30_000] } else { sizes };
    // Each system of a town has three interactions.
    let texts: Vec<(usize, String)> = sizes.into_iter().map(|rows| (rows, town::text(rows.div_ceil(3)))).collect();
    println!(
        "| ms, work alone | made | first keystroke | next keystroke | one taken back | first sort | sort again | edited |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    texts.iter().for_each(|(rows, text)| alone(*rows, text));
    println!();
    println!(
        "| ms a frame | opened | first keystroke | next keystroke | one taken back | sorted | sorted again | scrolled | at rest | longest of an edit |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    texts.iter().for_each(|(rows, text)| framed(*rows, text));
}

/// How long something takes, in milliseconds.
fn timed<T>(what: impl FnOnce() -> T) -> (f64, T) {
    let from = cpu();
    let made = what();
    (ms(cpu().saturating_sub(from)), made)
}

/// How long something takes that is done often.
fn often(mut what: impl FnMut()) -> f64 {
    timed(|| (0..ROUNDS).for_each(|_| what())).0 / f64::from(ROUNDS)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn alone(rows: usize, text: &str) {
    let model = spandrel::file::read(text).model.unwrap();
    let mut bench = Workbench::new(model, None, Vec::new());
    let options = SurveyOptions { as_of: "2026-11-24".parse().unwrap(), grouping: None, lens: Lens::Kinds };
    let before = Arc::new(survey(bench.model(), 0, options));
    let shown = SHEET.shown(None);
    let filtered = |filter: &str| Look { filter: filter.to_owned(), ..Look::default() };
    let (made, grid) = timed(|| Grid::new(&before, SHEET));
    let (first, some) = timed(|| filtered("q").rows(&grid, &shown));
    let narrower = filtered("qu");
    let next = often(|| _ = narrower.among(&grid, &shown, some.iter().copied()));
    let back = often(|| _ = filtered("q").rows(&grid, &shown));
    let look = Look { sort: Some((SHEET.column("to").unwrap(), false)), ..Look::default() };
    let (sort, _) = timed(|| look.rows(&grid, &shown));
    let again = often(|| _ = Look { sort: look.sort.map(|(at, _)| (at, true)), ..Look::default() }.rows(&grid, &shown));
    // One cell, as the next survey finds it.
    let key = grid.rows[rows / 2].key.clone();
    let column = &SHEET.columns()[SHEET.column("protocol").unwrap()];
    let edits = set_cells(bench.model(), &[key], column, "SFTP").unwrap();
    bench.apply("Set protocol", None, &edits).unwrap();
    let after = Arc::new(survey(bench.model(), 1, options));
    let (edited, _) = timed(|| filtered("q").rows(&Grid::after(&after, SHEET, grid.into_kept()), &shown));
    println!("| {rows} rows | {made:.1} | {first:.1} | {next:.2} | {back:.2} | {sort:.1} | {again:.2} | {edited:.1} |");
}

fn framed(rows: usize, text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.ron");
    std::fs::write(&path, text).unwrap();
    let mut window = Window::new(&path);
    (0..12).for_each(|_| _ = window.frame(Vec::new()));
    let (opened, ()) = timed(|| window.press(Key::Num3, Modifiers::COMMAND));
    (0..4).for_each(|_| _ = window.frame(Vec::new()));
    let rest = often(|| _ = window.frame(Vec::new()));
    let over = pos2(700.0, 400.0);
    window.frame(vec![Event::PointerMoved(over)]);
    let mut down = 0;
    let scrolled = often(|| {
        down += 1;
        let delta = vec2(0.0, if down % 4 == 0 { 400.0 } else { -700.0 });
        let modifiers = Modifiers::NONE;
        let (phase, source) = (egui::TouchPhase::Move, egui::MouseWheelSource::Unknown);
        _ = window.frame(vec![Event::MouseWheel { unit: MouseWheelUnit::Point, delta, phase, source, modifiers }]);
    });
    // On the heading of the first column.
    let heading = pos2(330.0, 167.0);
    let mut click = |at| {
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        window.frame(vec![Event::PointerMoved(at)]);
        window.frame(vec![button(true)]);
        window.frame(vec![button(false)]);
        timed(|| window.frame(Vec::new())).0
    };
    let (sorted, again) = (click(heading), click(heading));
    let focus = |window: &mut Window, id| {
        window.ctx.memory_mut(|memory| memory.request_focus(id));
        window.frame(Vec::new());
        window.frame(Vec::new());
    };
    focus(&mut window, egui::Id::unique(("filter", SHEET.noun())));
    let mut types = |text: &str| {
        timed(|| {
            window.frame(vec![Event::Text(text.to_owned())]);
            window.frame(Vec::new())
        })
        .0
    };
    let (first, next) = (types("q"), types("u"));
    let (back, _) = timed(|| {
        window.press(Key::Backspace, Modifiers::NONE);
        window.frame(Vec::new())
    });
    focus(&mut window, egui::Id::unique(("hand", SHEET.noun())));
    let edited = edited(&mut window);
    println!(
        "| {rows} rows | {opened:.1} | {first:.1} | {next:.1} | {back:.1} | {sorted:.1} | {again:.1} | {scrolled:.1} | {rest:.1} | {edited:.1} |"
    );
}

/// A cell is written by keys: the longest of all frames until what is derived from the model is shown.
fn edited(window: &mut Window) -> f64 {
    window.press(Key::ArrowDown, Modifiers::NONE);
    window.press(Key::ArrowRight, Modifiers::NONE);
    window.press(Key::ArrowRight, Modifiers::NONE);
    // The row comes into view, and then the field.
    (0..8).for_each(|_| _ = window.frame(Vec::new()));
    window.frame(vec![Event::Text("e".to_owned())]);
    (0..8).for_each(|_| _ = window.frame(Vec::new()));
    window.frame(vec![Event::Text("v".to_owned())]);
    let steps = window.app.bench().history().position();
    let (mut longest, ()) = timed(|| window.press(Key::Enter, Modifiers::NONE));
    assert!(window.app.bench().history().position() > steps, "nothing was written");
    while !window.app.is_settled() {
        std::thread::sleep(Duration::from_millis(1));
        longest = longest.max(timed(|| window.frame(Vec::new())).0);
    }
    longest.max(timed(|| window.frame(Vec::new())).0)
}
