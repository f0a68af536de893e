//! How the parts grow with the size of a model: `cargo bench --bench scale [-- SIZE…]`.
//!
//! A harness, not a test: nothing fails. Each phase is run until it has taken a second or five rounds, and the fastest
//! round counts, since everything else is other programs. Every size is measured in a process of its own, so that the
//! peak of memory is its own.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a bench prints")]

mod town;
mod window;

use std::{
    hint::black_box,
    path::Path,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use spandrel::{
    document::Deliverable,
    entry::{self, Index},
    export::Paper,
    file,
    model::{Date, Lens, Model},
    rules::{self, Context},
    scene::{Dressing, diagram},
    topology::Topology,
    workbench::{self, Checked, DocumentFormat, ExportFormat, Showing, SurveyOptions},
};

use window::Window;

const PHASES: [&str; 20] = [
    "read",
    "check",
    "topology",
    "layout",
    "scene",
    "survey (all of these)",
    "findings after a fact has changed",
    "survey after a fact has changed",
    "survey after a system was added",
    "canvas frame, all in view",
    "canvas frame, at life size",
    "names for quick entry, once a revision",
    "keystroke in quick entry: preview and completion",
    "100 lines in quick entry that move, connect, remove and rename",
    "write",
    "save",
    "export PDF",
    "export HTML",
    "first frame of the window",
    "peak memory with the window open, MB",
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [one, size] = arguments.as_slice()
        && one == "--one"
    {
        return one_size(size.parse().unwrap());
    }
    let sizes: Vec<usize> = if arguments.is_empty() {
        vec![100, 1_000, 10_000]
    } else {
        arguments.iter().map(|size| size.parse().unwrap()).collect()
    };
    let columns: Vec<Vec<String>> = sizes.iter().map(|size| measured(*size)).collect();
    let heads: Vec<String> = sizes.iter().map(|size| format!("{size} systems")).collect();
    println!("| ms | {} | growth |", heads.join(" | "));
    println!("|---|{}---|", "---:|".repeat(sizes.len()));
    for (at, phase) in PHASES.iter().enumerate() {
        let cells: Vec<&str> = columns.iter().map(|column| column.get(at).map_or("", String::as_str)).collect();
        let numbers: Vec<f64> = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
        let growth: Vec<String> = numbers.windows(2).map(|pair| format!("× {:.1}", pair[1] / pair[0])).collect();
        println!("| {phase} | {} | {} |", cells.join(" | "), growth.join(", "));
    }
}

/// The measurements of a size, from a process of its own.
fn measured(size: usize) -> Vec<String> {
    let output = Command::new(std::env::current_exe().unwrap()).args(["--one", &size.to_string()]).output().unwrap();
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

/// The fastest of some rounds, in milliseconds.
fn fastest<T>(mut round: impl FnMut() -> T) -> String {
    let (start, mut best, mut rounds) = (Instant::now(), Duration::MAX, 0);
    while rounds == 0 || (rounds < 5 && start.elapsed() < Duration::from_secs(5)) {
        let from = Instant::now();
        black_box(round());
        best = best.min(from.elapsed());
        rounds += 1;
    }
    format!("{:.1}", best.as_secs_f64() * 1e3)
}

fn one_size(size: usize) {
    let text = town::text(size);
    let reading = file::read(&text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems.first());
    let model: Model = reading.model.unwrap();
    let day: Date = "2026-11-24".parse().unwrap();
    let options = SurveyOptions { as_of: day, grouping: None, lens: Lens::Kinds };
    println!("{}", fastest(|| file::read(&text)));
    println!("{}", fastest(|| rules::check(&Context::new(&model, day))));
    println!("{}", fastest(|| Topology::new(&model)));
    let survey = workbench::survey(&model, 0, options);
    println!("{}", fastest(|| spandrel::layout::arrange(&survey.plan.graph)));
    println!("{}", fastest(|| diagram(&survey.plan, &survey.drawing, &survey.badges, &Dressing::default())));
    println!("{}", fastest(|| workbench::survey(&model, 0, options)));
    let (index, drawn) = (Index::new(&model), survey.drawn());
    for (at, line) in ["System 1 tech Rust", "System 1 -> Newcomer : query Ask"].into_iter().enumerate() {
        let plan = entry::plan(&model, &index, line).unwrap();
        let mut changed = model.clone();
        changed.apply(&plan.edits).unwrap();
        if at == 0 {
            let changed = Arc::new(changed.clone());
            // All that is done before a window tells them: the diagram as it stands gets its badges.
            let told = || {
                let checked = Checked::new(&changed, 1, day);
                checked.listing.prepare();
                survey.knowing(checked)
            };
            println!("{}", fastest(told));
        }
        let after = || workbench::survey_after(&changed, 1, options, Showing::default(), Some(&drawn), &|| false);
        println!("{}", fastest(after));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("town.ron");
    std::fs::write(&path, &text).unwrap();
    let (all, life) = frames(&path);
    println!("{all}\n{life}");
    let memory = peak();
    println!("{}", fastest(|| Index::new(&model)));
    println!("{}", keystroke(&model));
    println!("{}", pasted(&model));
    println!("{}", fastest(|| file::write(&model)));
    println!("{}", fastest(|| file::save(&path, file::write(&model).as_bytes()).unwrap()));
    for format in [DocumentFormat::Pdf, DocumentFormat::Html] {
        let format = ExportFormat::Document(Deliverable::Blueprint, format);
        let to = folder.path().join("town").with_extension(format.ending());
        let done = || workbench::export(&survey, format, Paper::A4, &to).unwrap();
        println!("{}", if size > 1_000 { "not tried".to_owned() } else { fastest(done) });
    }
    // From the start of the program's own work to the first whole frame, without what the window system does.
    println!("{}", fastest(|| Window::new(&path)));
    println!("{memory}");
}

/// What quick entry does for a key: the slowest of some lines.
fn keystroke(model: &Model) -> String {
    let index = Index::new(model);
    let lines = [
        "System 1 -> System 2 : command Change via API 2 v1",
        "System 1 => ThingHappened => System 2, Sistem 3 via kafka",
        "Sy",
        "Nobody knows this name @ Domain 1",
    ];
    let times = lines.map(|line| {
        fastest(|| (entry::plan(model, &index, line).is_ok(), entry::complete(model, &index, line, line.len())))
    });
    times.into_iter().max_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b))).unwrap_or_default()
}

/// What a paste of many lines takes, of which each does something to the systems that are there.
fn pasted(model: &Model) -> String {
    let index = Index::new(model);
    let lines: Vec<String> = (0..25)
        .flat_map(|at| {
            let (one, next, last) = (at * 3, at * 3 + 1, at * 3 + 2);
            [
                format!("System {one} @ Domain 1"),
                format!("System {one} => Done{at} => System {next} via Kafka"),
                format!("remove System {last}"),
                format!("rename System {one} to Renamed {at}"),
            ]
        })
        .collect();
    let text = lines.join("\n");
    assert_eq!(entry::plan(model, &index, &text).map(|plan| plan.lines).ok(), Some(lines.len()));
    fastest(|| entry::plan(model, &index, &text).is_ok())
}

/// A frame of the window with everything in view, and one at life size, tessellation included.
fn frames(path: &Path) -> (String, String) {
    let mut window = Window::new(path);
    for _ in 0..4 {
        window.frame(Vec::new());
    }
    let all = fastest(|| window.frame(Vec::new()));
    window.press(egui::Key::Num0, egui::Modifiers::COMMAND);
    window.frame(Vec::new());
    (all, fastest(|| window.frame(Vec::new())))
}

/// The most memory that this process has held, in megabytes; Linux alone tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: Option<f64> = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.map_or("unknown".to_owned(), |kb| format!("{:.0}", kb / 1024.0))
}
