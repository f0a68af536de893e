//! A robot at the window: whatever is clicked, typed, dragged and pressed, nothing panics, undoing everything gives the
//! first model back, and what is saved reads as what is shown.
//!
//! `ROBOT=10000` sets how many actions it takes, `ROBOT_SEED=7` which, and `ROBOT_LOG=1` tells each of them.

use std::path::{Path, PathBuf};

use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable},
};
use spandrel::{file, ui::App};

use crate::{day, project, seat::Window};

fn window<'a>(path: PathBuf, data: PathBuf) -> Harness<'a, Window> {
    let builder = Harness::builder().with_size([1280.0, 800.0]).allow_missing_glyphs();
    Window::made(builder, move |ctx| App::within(ctx, Some(path.clone()), day(), true, Some(&data)))
}

/// Numbers that are the same for the same seed (xorshift).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.roll(all.len())]
    }
}

const WORDS: [&str; 26] = [
    "Orders",
    "A",
    "Zoë & söhne",
    "漢字 😀",
    "\"",
    "",
    " ",
    "-3",
    "99999999999999999999",
    "800ms",
    "5 s",
    "200/s",
    "99.9 %",
    "2026-02-30",
    "2027-06-30",
    "@",
    "%%",
    "kind:event timeout:none",
    "Checkout -> Orders : command PlaceOrder",
    "Orders => OrderPlaced => Billing, Shipping via kafka",
    "Orders owns Order in orders-db",
    "Billing reads orders-db",
    "ERP adapter retires 2027-06-30",
    "Ledger @ Finance",
    "From\tTo\tKind\nOrders\tBilling\tevent\nnobody\t\t\n",
    "a -> b -> c : : @ in via",
];

const KEYS: [egui::Key; 34] = {
    use egui::Key as K;
    [
        K::Escape,
        K::Enter,
        K::Tab,
        K::Space,
        K::Delete,
        K::Backspace,
        K::ArrowUp,
        K::ArrowDown,
        K::ArrowLeft,
        K::ArrowRight,
        K::Home,
        K::End,
        K::PageUp,
        K::PageDown,
        K::F1,
        K::F2,
        K::F6,
        K::F8,
        K::F11,
        K::N,
        K::C,
        K::Q,
        K::E,
        K::O,
        K::H,
        K::F,
        K::D,
        K::L,
        K::M,
        K::R,
        K::U,
        K::Slash,
        K::Minus,
        K::Questionmark,
    ]
};

const WITH_CONTROL: [egui::Key; 26] = {
    use egui::Key as K;
    [
        K::Z,
        K::Z,
        K::Y,
        K::S,
        K::A,
        K::K,
        K::F,
        K::P,
        K::C,
        K::V,
        K::X,
        K::H,
        K::L,
        K::Period,
        K::Num0,
        K::Num1,
        K::Num2,
        K::Num3,
        K::Num4,
        K::Num5,
        K::Num6,
        K::Num7,
        K::PageUp,
        K::PageDown,
        K::Plus,
        K::Minus,
    ]
};

struct Robot<'a> {
    harness: Harness<'a, Window>,
    dice: Dice,
    log: bool,
}

impl Robot<'_> {
    /// The middles of what can be pressed or typed into, with their names.
    fn targets(&self) -> Vec<(egui::Pos2, String)> {
        use egui::accesskit::Role;
        let area = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 800.0));
        let still = [Role::Window, Role::GenericContainer, Role::Label, Role::Pane, Role::Unknown];
        let nodes = self.harness.query_all_by(|node| !still.contains(&node.role()));
        let place = |node: egui_kittest::Node<'_>| {
            node.accesskit_node().raw_bounds()?;
            let middle = node.rect().intersect(area).center();
            let name = node.accesskit_node().label().unwrap_or_default();
            area.contains(middle).then_some((middle, name))
        };
        nodes.filter_map(place).collect()
    }

    fn say(&self, what: &dyn std::fmt::Display) {
        if self.log {
            eprintln!("{what}");
        }
    }

    fn act(&mut self) {
        // Where a path is asked for, the answer would be a file somewhere.
        if self.harness.query_by_role_and_label(egui::Role::TextInput, "Path").is_some() {
            self.say(&"no path");
            return self.key(egui::Modifiers::NONE, egui::Key::Escape);
        }
        match self.dice.roll(20) {
            0..=8 => self.press(),
            9..=11 => {
                let words = *self.dice.of(&WORDS);
                self.say(&format_args!("types {words:?}"));
                self.harness.event(egui::Event::Text(words.to_owned()));
            }
            12 => {
                let words = *self.dice.of(&WORDS);
                self.say(&format_args!("pastes {words:?}"));
                self.harness.event(egui::Event::Paste(words.to_owned()));
            }
            13..=15 => {
                let key = *self.dice.of(&KEYS);
                let shift = self.dice.roll(6) == 0;
                self.key(if shift { egui::Modifiers::SHIFT } else { egui::Modifiers::NONE }, key);
            }
            16..=17 => {
                let key = *self.dice.of(&WITH_CONTROL);
                let shift = self.dice.roll(3) == 0;
                let control = egui::Modifiers::COMMAND;
                self.key(if shift { control | egui::Modifiers::SHIFT } else { control }, key);
            }
            18 => self.drag(),
            _ => {
                let by = egui::vec2(0.0, self.dice.roll(400) as f32 - 200.0);
                let modifiers = if self.dice.roll(2) == 0 { egui::Modifiers::COMMAND } else { egui::Modifiers::NONE };
                self.say(&format_args!("scrolls {by}"));
                let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
                let source = egui::MouseWheelSource::Wheel;
                self.harness.event(egui::Event::MouseWheel { unit, delta: by, phase, source, modifiers });
            }
        }
        self.harness.run_steps(2);
    }

    fn key(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.say(&format_args!("key {modifiers:?} {key:?}"));
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_steps(2);
    }

    fn spot(&mut self) -> (egui::Pos2, String) {
        let targets = self.targets();
        if targets.is_empty() || self.dice.roll(8) == 0 {
            let at = egui::pos2(self.dice.roll(1280) as f32, self.dice.roll(800) as f32);
            return (at, "somewhere".to_owned());
        }
        self.dice.of(&targets).clone()
    }

    fn press(&mut self) {
        let (at, name) = self.spot();
        let kind = self.dice.roll(12);
        self.say(&format_args!("presses {name} at {at:?}, {kind}"));
        let (button, times) = match kind {
            0 => (egui::PointerButton::Secondary, 1),
            1 | 2 => (egui::PointerButton::Primary, 2),
            _ => (egui::PointerButton::Primary, 1),
        };
        let modifiers = if kind == 3 { egui::Modifiers::SHIFT } else { egui::Modifiers::NONE };
        self.harness.event(egui::Event::PointerMoved(at));
        for pressed in [true, false].repeat(times) {
            self.harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        }
    }

    fn drag(&mut self) {
        let ((from, name), (to, other)) = (self.spot(), self.spot());
        self.say(&format_args!("drags {name} at {from:?} to {other} at {to:?}"));
        self.harness.drag_at(from);
        self.harness.run_steps(1);
        for at in [from.lerp(to, 0.3), to] {
            self.harness.hover_at(at);
            self.harness.run_steps(1);
        }
        self.harness.drop_at(to);
    }

    /// Lets everything go that waits for an answer.
    fn rest(&mut self) {
        for _ in 0..6 {
            self.key(egui::Modifiers::NONE, egui::Key::Escape);
        }
    }
}

fn roam(example: &str, seed: u64, actions: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.ron");
    std::fs::copy(project("examples").join(example), &path).unwrap();
    let harness = window(path.clone(), folder.path().join("data"));
    let log = std::env::var_os("ROBOT_LOG").is_some();
    let mut robot = Robot { harness, dice: Dice::new(seed), log };
    let mut first = robot.harness.state().bench().model().clone();
    let mut base = robot.harness.state().bench().base().clone();
    let mut deeds = 0;
    for at in 0..actions {
        robot.act();
        let bench = robot.harness.state().bench();
        let fresh = bench.history().steps().next().is_none();
        if fresh && !std::sync::Arc::ptr_eq(&base, bench.base()) {
            // Another model was opened.
            first = bench.model().clone();
        }
        base = bench.base().clone();
        deeds = deeds.max(bench.history().steps().count());
        if bench.history().position() == 0 {
            assert!(bench.model() == &first, "seed {seed}, action {at}: nothing was done, and the model is another");
        }
    }
    robot.rest();
    let shown = file::write(robot.harness.state().bench().model());
    let again = file::read(&shown);
    assert!(again.model.as_ref() == Some(&**robot.harness.state().bench().model()), "seed {seed}: it reads otherwise");
    saved(&mut robot, &path, seed);
    undone(&mut robot, &first, seed);
    robot.say(&format_args!("{example}, seed {seed}: {actions} actions, at most {deeds} steps"));
}

/// What is saved is what is shown.
fn saved(robot: &mut Robot<'_>, path: &Path, seed: u64) {
    if robot.harness.state().bench().path.as_deref() != Some(path) {
        return;
    }
    robot.key(egui::Modifiers::COMMAND, egui::Key::S);
    let bench = robot.harness.state().bench();
    assert!(!bench.is_dirty(), "seed {seed}: not saved");
    assert_eq!(std::fs::read_to_string(path).unwrap(), file::write(bench.model()), "seed {seed}: saved otherwise");
}

fn undone(robot: &mut Robot<'_>, first: &spandrel::model::Model, seed: u64) {
    let mut left = robot.harness.state().bench().history().position();
    while left > 0 {
        robot.key(egui::Modifiers::COMMAND, egui::Key::Z);
        let now = robot.harness.state().bench().history().position();
        if now == left {
            // Something still has the keyboard.
            robot.rest();
            robot.key(egui::Modifiers::COMMAND, egui::Key::Num1);
            robot.key(egui::Modifiers::COMMAND, egui::Key::Z);
        }
        let now = robot.harness.state().bench().history().position();
        assert!(now < left, "seed {seed}: step {left} cannot be undone");
        left = now;
    }
    let bench = robot.harness.state().bench();
    assert_eq!(file::write(bench.model()), file::write(first), "seed {seed}: undoing everything gives another model");
}

#[test]
fn whatever_is_done_nothing_breaks() {
    let set = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let actions = set("ROBOT").unwrap_or(500) as usize;
    let seeds = set("ROBOT_SEED").map_or_else(|| vec![1, 2], |seed| vec![seed]);
    for seed in &seeds {
        let example = if seed % 2 == 0 { "retail-legacy.ron" } else { "astronomy-shop.ron" };
        roam(example, *seed, actions / seeds.len());
    }
}
