//! Nothing is lost: crashes, others at the same file, full disks, and steps to jump in.

use std::{
    fs,
    path::{Path, PathBuf},
};

use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable},
};
use spandrel::{
    file,
    model::{Edit, Id, Model, System, SystemKind},
    ui::App,
    workbench::{Workbench, keep},
};

use crate::{day, seat::Window};

/// A folder with a model, and one for the data of the program.
struct Desk {
    folder: tempfile::TempDir,
    path: PathBuf,
}

const SHOP: &str = r#"(
    model: (format: 1, name: "Shop"),
    teams: {
        "it": (name: "IT"),
        "sales": (name: "Sales"),
    },
    systems: {
        "orders": (name: "Orders", kind: Service),
        "web": (name: "Web", kind: Service),
    },
)
"#;

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.ron");
        fs::write(&path, SHOP).unwrap();
        Self { folder, path }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn window<'a>(&self, path: Option<&Path>) -> Harness<'a, Window> {
        let (path, data) = (path.map(Path::to_owned), self.data());
        let builder = Harness::builder().with_size([1280.0, 800.0]);
        Window::made(builder, move |ctx| App::within(ctx, path.clone(), day(), true, Some(&data)))
    }

    /// Ends a window as a crash does: what it kept stays, and its lock is gone.
    fn crash(&self, harness: Harness<'_, Window>) {
        let folder = self.data().join("recovery");
        let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let kept: Vec<(PathBuf, Vec<u8>)> = files.map(|path| (path.clone(), fs::read(path).unwrap())).collect();
        drop(harness);
        for (path, bytes) in kept {
            fs::write(path, bytes).unwrap();
        }
    }

    /// Somebody else changes the file.
    fn elsewhere(&self, from: &str, to: &str) {
        let text = fs::read_to_string(&self.path).unwrap();
        assert!(text.contains(from), "{from} in {text}");
        fs::write(&self.path, text.replace(from, to)).unwrap();
    }

    fn saved(&self) -> String {
        fs::read_to_string(&self.path).unwrap()
    }

    fn recoveries(&self) -> usize {
        keep::recoveries(&self.data()).len()
    }
}

fn press(harness: &mut Harness<'_, Window>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(5);
}

fn key(harness: &mut Harness<'_, Window>, modifiers: egui::Modifiers, key: egui::Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

fn save(harness: &mut Harness<'_, Window>) {
    key(harness, egui::Modifiers::COMMAND, egui::Key::S);
}

fn add(harness: &mut Harness<'_, Window>, name: &str) {
    harness.key_press(egui::Key::N);
    harness.run_steps(3);
    harness.get_by_role_and_label(egui::Role::TextInput, "Name of the system").type_text(name);
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(5);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(2);
}

fn own(harness: &mut Harness<'_, Window>, system: &str, team: &str) {
    press(harness, &format!("{system}, Service"));
    press(harness, "Owner: not asked");
    press(harness, team);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(2);
}

fn close(harness: &mut Harness<'_, Window>) {
    let viewport = harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
    viewport.events.push(egui::ViewportEvent::Close);
    harness.run_steps(1);
    harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.clear();
    harness.run_steps(3);
}

#[test]
fn after_a_crash_the_work_is_offered_on_the_start_page_and_recovered() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    add(&mut harness, "Billing");
    assert_eq!(desk.recoveries(), 0, "its window lives");
    desk.crash(harness);
    assert_eq!(desk.recoveries(), 1);
    assert_eq!(desk.saved(), SHOP);
    let mut harness = desk.window(None);
    press(&mut harness, "Recover shop.ron");
    harness.get_by_label("Recover unsaved work?");
    harness.get_by_label("system \"billing\" (new)");
    press(&mut harness, "Later");
    assert_eq!(desk.recoveries(), 1);
    press(&mut harness, "Recover shop.ron");
    press(&mut harness, "Recover");
    assert_eq!(harness.state().model().systems.len(), 3);
    assert_eq!(harness.state().bench().history().to_undo(), Some("Recover unsaved work"));
    assert_eq!(harness.state().bench().path.as_ref().unwrap(), &fs::canonicalize(&desk.path).unwrap());
    // It is kept anew, by the window that has it now.
    assert_eq!(desk.recoveries(), 0);
    desk.crash(harness);
    assert_eq!(desk.recoveries(), 1);
}

#[test]
fn unsaved_work_is_offered_when_its_file_is_opened_and_can_be_discarded() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    add(&mut harness, "Billing");
    desk.crash(harness);
    let mut harness = desk.window(Some(&desk.path));
    harness.get_by_label("Recover unsaved work?");
    press(&mut harness, "Discard");
    assert_eq!(desk.recoveries(), 0);
    assert!(!harness.state().bench().is_dirty());
    assert_eq!(harness.state().model().systems.len(), 2);
    // Even so it is not lost: it lies where the window says, as a model that can be opened.
    let told = harness.get_by_label_contains("Discarded; a copy is kept in ").accesskit_node().value().unwrap();
    let kept = std::path::PathBuf::from(told.split("kept in ").last().unwrap());
    assert!(spandrel::file::read(&fs::read_to_string(&kept).unwrap()).model.unwrap().systems.len() == 3, "{kept:?}");
}

#[test]
fn recovered_work_meets_what_the_file_has_become() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    own(&mut harness, "Web", "Sales");
    add(&mut harness, "Billing");
    desk.crash(harness);
    desk.elsewhere("\"web\": (name: \"Web\", kind: Service)", "\"web\": (name: \"Web\", kind: Service, owner: \"it\")");
    let mut harness = desk.window(Some(&desk.path));
    harness.get_by_label_contains("The file has been changed since");
    press(&mut harness, "Recover");
    harness.get_by_label("Whose word counts?");
    press(&mut harness, "On disk: Owner IT");
    press(&mut harness, "Merge");
    let web = &harness.state().model().systems[&"web".parse().unwrap()];
    assert_eq!(web.owner.known().unwrap().as_str(), "it");
    assert_eq!(harness.state().model().systems.len(), 3);
}

#[test]
fn a_change_on_disk_is_reloaded_where_nothing_is_unsaved() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    desk.elsewhere("name: \"Orders\"", "name: \"Order desk\"");
    harness.run_steps(5);
    harness.get_by_label_contains("Reloaded: shop.ron was changed on disk (1 record)");
    harness.get_by_label("Order desk, Service");
    assert!(!harness.state().bench().is_dirty());
    key(&mut harness, egui::Modifiers::COMMAND, egui::Key::Z);
    harness.get_by_label("Orders, Service");
    assert!(harness.state().bench().is_dirty());
}

#[test]
fn a_change_on_disk_is_merged_and_what_both_changed_is_asked() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    own(&mut harness, "Web", "Sales");
    let ours = harness.state().model().clone();
    // What is disjoint goes together at once.
    desk.elsewhere("name: \"Orders\"", "name: \"Order desk\"");
    harness.run_steps(5);
    harness.get_by_label_contains("Merged: shop.ron was changed on disk (1 record)");
    assert_eq!(harness.state().bench().history().to_undo(), Some("Merge changes of shop.ron on disk"));
    key(&mut harness, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(harness.state().model(), &ours);
    key(&mut harness, egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::Z);
    // The same is asked about.
    desk.elsewhere("\"web\": (name: \"Web\", kind: Service)", "\"web\": (name: \"Web\", kind: Service, owner: \"it\")");
    harness.run_steps(5);
    harness.get_by_label("Whose word counts?");
    harness.get_by_label("System Web");
    harness.get_by_label("Mine: Owner Sales");
    press(&mut harness, "Decide later");
    harness.run_steps(4);
    assert!(harness.query_by_label("Whose word counts?").is_none());
    // Saving asks again, and goes on when that is answered.
    save(&mut harness);
    press(&mut harness, "On disk: Owner IT");
    press(&mut harness, "Merge");
    assert!(!harness.state().bench().is_dirty());
    let saved = desk.saved();
    assert!(saved.contains("owner: \"it\"") && saved.contains("Order desk"), "{saved}");
}

#[test]
fn a_file_that_becomes_nonsense_or_goes_takes_nothing_with_it() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    fs::write(&desk.path, "<<<<<<< HEAD\n(").unwrap();
    harness.run_steps(5);
    harness.get_by_label("shop.ron was changed on disk and cannot be read");
    // It comes by itself: what is typed just then decides nothing.
    key(&mut harness, egui::Modifiers::NONE, egui::Key::Space);
    key(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert!(desk.saved().starts_with("<<<<<<<"));
    press(&mut harness, "Later");
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("and cannot be read").is_none());
    assert!(harness.state().bench().is_dirty());
    // Each save asks again, until somebody says that it is to be saved over.
    for _ in 0..2 {
        save(&mut harness);
        harness.get_by_label("shop.ron was changed on disk and cannot be read");
        assert_eq!(desk.saved(), "<<<<<<< HEAD\n(");
        press(&mut harness, "Later");
    }
    save(&mut harness);
    press(&mut harness, "Save over it");
    assert_eq!(desk.saved(), SHOP);
    fs::remove_file(&desk.path).unwrap();
    harness.run_steps(5);
    harness.get_by_label("shop.ron is no longer there");
    press(&mut harness, "Save it again");
    assert_eq!(desk.saved(), SHOP);
    assert!(!harness.state().bench().is_dirty());
}

#[test]
fn a_file_that_cannot_be_read_is_not_saved_over_after_a_recovery() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    add(&mut harness, "Billing");
    desk.crash(harness);
    fs::write(&desk.path, "<<<<<<< HEAD\n(").unwrap();
    let mut harness = desk.window(None);
    press(&mut harness, "Recover shop.ron");
    press(&mut harness, "Recover");
    assert_eq!(harness.state().model().systems.len(), 3);
    save(&mut harness);
    harness.get_by_label("shop.ron was changed on disk and cannot be read");
    assert_eq!(desk.saved(), "<<<<<<< HEAD\n(");
}

#[test]
fn what_is_asked_unasked_waits_for_who_types_and_takes_none_of_the_keys() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    key(&mut harness, egui::Modifiers::COMMAND, egui::Key::K);
    let write = |harness: &mut Harness<'_, Window>, text: &str| {
        harness.event(egui::Event::Text(text.to_owned()));
        harness.step();
    };
    write(&mut harness, "S");
    fs::remove_file(&desk.path).unwrap();
    for letter in ["h", "i", "p"] {
        write(&mut harness, letter);
        assert!(harness.query_by_label("shop.ron is no longer there").is_none());
    }
    harness.run_steps(10);
    harness.get_by_label("shop.ron is no longer there");
    for pressed in [egui::Key::Space, egui::Key::Enter] {
        key(&mut harness, egui::Modifiers::NONE, pressed);
    }
    harness.get_by_label("shop.ron is no longer there");
    assert!(!desk.path.exists());
    // Who wants to answer by the keyboard goes there first.
    key(&mut harness, egui::Modifiers::NONE, egui::Key::Tab);
    key(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(desk.saved(), SHOP);
}

#[test]
fn what_others_have_changed_is_not_taken_out_of_the_file_unasked() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    add(&mut harness, "Billing");
    desk.elsewhere("name: \"Orders\"", "name: \"Order desk\"");
    harness.run_steps(5);
    key(&mut harness, egui::Modifiers::COMMAND, egui::Key::Z);
    save(&mut harness);
    harness.get_by_label("Save without what others have changed?");
    assert!(desk.saved().contains("Order desk"));
    press(&mut harness, "Cancel");
    // Something else done meanwhile changes nothing of that.
    add(&mut harness, "Pricing");
    save(&mut harness);
    press(&mut harness, "Save without it");
    assert!(!desk.saved().contains("Order desk") && desk.saved().contains("Pricing"));
    add(&mut harness, "Search");
    save(&mut harness);
    assert!(desk.saved().contains("Search"), "it is asked once");
}

#[test]
fn a_save_that_fails_says_why_and_offers_another_place() {
    let desk = Desk::new();
    let inner = desk.folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let path = inner.join("shop.ron");
    fs::write(&path, SHOP).unwrap();
    let mut harness = desk.window(Some(&path));
    add(&mut harness, "Billing");
    fs::remove_dir_all(&inner).unwrap();
    harness.run_steps(4);
    press(&mut harness, "Save it again");
    harness.get_by_label("The model was not saved");
    harness.get_by_label_contains("is not there: it was moved, renamed or deleted");
    fs::create_dir(&inner).unwrap();
    press(&mut harness, "Try again");
    assert!(fs::read_to_string(&path).unwrap().contains("Billing"));
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    add(&mut harness, "Mail");
    save(&mut harness);
    harness.get_by_label_contains("shop.ron is read-only: save under another name, or make it writable");
    press(&mut harness, "Cancel");
    assert!(harness.state().bench().is_dirty());
}

#[test]
fn closing_with_unsaved_work_asks_and_what_is_not_wanted_is_not_kept() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    add(&mut harness, "Billing");
    close(&mut harness);
    harness.get_by_label("Save your changes?");
    press(&mut harness, "Cancel");
    assert!(harness.state().bench().is_dirty());
    close(&mut harness);
    press(&mut harness, "Do not save");
    drop(harness);
    assert_eq!(fs::read_dir(desk.data().join("recovery")).unwrap().count(), 0);
    assert_eq!(desk.saved(), SHOP);
}

#[test]
fn a_file_that_is_open_in_another_window_is_told() {
    let desk = Desk::new();
    let first = desk.window(Some(&desk.path));
    let mut second = desk.window(Some(&desk.path));
    second.get_by_label("This file is open in another window");
    press(&mut second, "Open anyway");
    assert_eq!(second.state().model().systems.len(), 2);
    drop(second);
    drop(first);
    let third = desk.window(Some(&desk.path));
    assert!(third.query_by_label("This file is open in another window").is_none());
}

#[test]
fn the_previous_version_is_shown_brought_back_and_undone() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    add(&mut harness, "Billing");
    save(&mut harness);
    press(&mut harness, "File");
    press(&mut harness, "Open previous version…");
    harness.get_by_label("The previous version");
    harness.get_by_label("system \"billing\" (gone)");
    press(&mut harness, "Bring back");
    assert_eq!(harness.state().model().systems.len(), 2);
    assert!(harness.state().bench().is_dirty());
    key(&mut harness, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(harness.state().model().systems.len(), 3);
    assert!(!harness.state().bench().is_dirty());
    press(&mut harness, "File");
    press(&mut harness, "Open previous version…");
    press(&mut harness, "Open as a copy");
    assert_eq!(harness.state().model().systems.len(), 2);
    assert!(harness.state().bench().path.is_none());
}

#[test]
fn the_history_leads_anywhere_and_back() {
    let desk = Desk::new();
    let mut harness = desk.window(Some(&desk.path));
    for name in ["One", "Two", "Three"] {
        add(&mut harness, name);
    }
    let end = harness.state().model().clone();
    key(&mut harness, egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::H);
    harness.get_by_label("History");
    press(&mut harness, "Add One");
    assert_eq!(harness.state().model().systems.len(), 3);
    press(&mut harness, "Start");
    assert_eq!(file::write(harness.state().model()), SHOP);
    assert!(!harness.state().bench().is_dirty());
    key(&mut harness, egui::Modifiers::NONE, egui::Key::ArrowDown);
    assert_eq!(harness.state().model().systems.len(), 3);
    press(&mut harness, "Add Three");
    assert_eq!(harness.state().model(), &end);
    press(&mut harness, "Close");
    assert!(harness.query_by_label("History").is_none());
}

#[test]
fn a_gesture_is_one_step() {
    let mut bench = Workbench::new(Model::new("Shop"), None, Vec::new());
    let id: Id<System> = "web".parse().unwrap();
    for name in ["W", "We", "Web"] {
        bench.apply("Name", Some(7), &[Edit::put(&id, System::new(name, SystemKind::Service))]).unwrap();
    }
    assert_eq!(bench.history().steps().count(), 1);
    bench.jump(0);
    assert!(bench.model().systems.is_empty() && !bench.is_dirty());
    bench.jump(usize::MAX);
    assert_eq!(bench.model().systems[&id].name, "Web");
}

/// Where boxes stand in the window once the whole diagram is shown.
fn places(harness: &mut Harness<'_, Window>, names: &[&str]) -> Vec<egui::Rect> {
    key(harness, egui::Modifiers::NONE, egui::Key::F);
    harness.run_steps(30);
    names.iter().map(|name| harness.get_by_label(&format!("{name}, Service")).rect()).collect()
}

#[test]
fn boxes_stand_where_they_stood_when_a_file_is_opened_again_or_recovered() {
    let desk = Desk::new();
    let names = ["Orders", "Web", "Billing", "Pricing", "Mail"];
    let mut harness = desk.window(Some(&desk.path));
    for name in &names[2..] {
        add(&mut harness, name);
    }
    let stood = places(&mut harness, &names);
    save(&mut harness);
    drop(harness);
    let mut harness = desk.window(Some(&desk.path));
    assert_eq!(places(&mut harness, &names), stood);
    add(&mut harness, "Search");
    let names = [&names[..], &["Search"]].concat();
    let stood = places(&mut harness, &names);
    desk.crash(harness);
    let mut harness = desk.window(Some(&desk.path));
    press(&mut harness, "Recover");
    assert_eq!(places(&mut harness, &names), stood);
    save(&mut harness);
    drop(harness);
    // What cannot be read, or does not fit together, is drawn afresh; so it stood elsewhere, and nothing else is told.
    let drawing = fs::read_dir(desk.data().join("drawings")).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&drawing).unwrap();
    for spoilt in [
        text.replace("\"parent\":null", "\"parent\":9"),
        text.replace("\"spandrel_drawing\":1", "\"spandrel_drawing\":9"),
        text[..text.len() / 2].to_owned(),
    ] {
        assert_ne!(spoilt, text);
        fs::write(&drawing, spoilt).unwrap();
        let mut harness = desk.window(Some(&desk.path));
        assert_ne!(places(&mut harness, &names[..5]), stood[..5]);
    }
}
