//! How well and how fast diagrams are laid out: `cargo bench --bench layout [-- OPTION… NAME…]`.
//!
//! A harness, not a test: nothing fails. Each graph whose name contains one of the NAMEs (all, if there is none) becomes
//! a row for our own engine, and one for each other engine whose drawings are given. Times are of the fastest of five
//! rounds (fewer, if they take long). The columns at the right tell what happens to a drawing when a system with two
//! lines is added to it.
//!
//! - `--list`: only the names of the graphs, and their sizes
//! - `--json DIR`: only write each graph without labels to `DIR/NAME.json`, for other engines
//! - `--peer ENGINE DIR`: also measure the drawings `DIR/NAME.json` that ENGINE made; may be given several times
//! - `--peers-only`: leave our own engine out

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a bench prints")]

mod exchange;
mod landscapes;

use std::{
    hint::black_box,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use spandrel::layout::{Before, Drawing, Graph, Metrics, metrics, rearrange};

use self::{
    exchange::Answer,
    landscapes::{LABELS, Landscape},
};

/// After so long, a drawing is what has been found until then.
const LIMIT: Duration = Duration::from_secs(200);

const HEADS: [&str; 20] = [
    "graph",
    "engine",
    "ms",
    "crossings",
    "quality",
    "bends",
    "per edge",
    "length",
    "variation",
    "width × height",
    "off 1.6",
    "boxes, frames",
    "lines in boxes, frames, titles",
    "lines on lines",
    "labels on labels, on lines",
    "unplaced",
    "again ms",
    "moved",
    "flips",
    "pin",
];

fn main() {
    let options = Options::read();
    let wanted = |name: &str| options.names.is_empty() || options.names.iter().any(|part| name.contains(part));
    let graphs: Vec<Landscape> = landscapes::all().into_iter().filter(|one| wanted(&one.name)).collect();
    if options.list {
        for Landscape { name, graph } in &graphs {
            println!(
                "{name}: {} boxes, {} frames, {} lines",
                graph.nodes.len(),
                graph.containers.len(),
                graph.edges.len()
            );
        }
    } else if let Some(folder) = &options.json {
        std::fs::create_dir_all(folder).unwrap();
        for Landscape { name, graph } in graphs.iter().filter(|one| !one.name.ends_with(LABELS)) {
            exchange::write(graph, folder, name);
        }
    } else {
        println!("| {} |\n|---|---|{}", HEADS.join(" | "), "---:|".repeat(HEADS.len() - 2));
        graphs.iter().for_each(|one| rows(one, &options));
    }
}

/// What the command line asks for.
#[derive(Default)]
struct Options {
    names: Vec<String>,
    list: bool,
    json: Option<PathBuf>,
    peers: Vec<(String, PathBuf)>,
    peers_only: bool,
}

impl Options {
    fn read() -> Self {
        let mut options = Self::default();
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut next = || arguments.next().unwrap_or_else(|| panic!("{argument} needs a value"));
            match argument.as_str() {
                "--bench" => {}
                "--list" => options.list = true,
                "--json" => options.json = Some(next().into()),
                "--peer" => options.peers.push((next(), next().into())),
                "--peers-only" => options.peers_only = true,
                _ => options.names.push(argument),
            }
        }
        options
    }
}

/// The rows of a graph, one for each engine.
fn rows(Landscape { name, graph }: &Landscape, options: &Options) {
    if !options.peers_only {
        let (drawing, ms) = timed(|| drawn(graph, &Before::default()));
        let edited = edited(graph, &drawing);
        row(name, "own", ms, &metrics(graph, &drawing), &edited);
    }
    for (engine, folder) in options.peers.iter().filter(|_| !name.ends_with(LABELS)) {
        match exchange::read(graph, folder, name) {
            Answer::Drawn(drawing, ms, note) => {
                let engine = note.map_or(engine.clone(), |note| format!("{engine}, {note}"));
                row(name, &engine, ms, &metrics(graph, &drawing), &[]);
            }
            Answer::Failed(reason) => println!("| {name} | {engine} | {reason} |{}", " |".repeat(HEADS.len() - 3)),
        }
    }
}

fn row(name: &str, engine: &str, ms: f64, found: &Metrics, edited: &[String]) {
    let mut cells = vec![
        name.to_owned(),
        engine.to_owned(),
        short(ms),
        found.crossings.to_string(),
        format!("{:.3}", found.crossing_quality),
        found.bends.to_string(),
        format!("{:.1}", found.bends_per_edge),
        found.length.to_string(),
        format!("{:.2}", found.length_variation),
        format!("{} × {}", found.width, found.height),
        format!("{:.2}", found.aspect),
        format!("{}, {}", found.node_overlaps, found.container_overlaps),
        format!("{}, {}, {}", found.edge_node_overlaps, found.edge_container_overlaps, found.edge_title_overlaps),
        found.collinear_overlaps.to_string(),
        format!("{}, {}", found.label_overlaps, found.label_line_overlaps),
        found.unplaced_labels.to_string(),
    ];
    cells.extend_from_slice(edited);
    cells.resize(HEADS.len(), String::new());
    println!("| {} |", cells.join(" | "));
}

fn short(ms: f64) -> String {
    if ms < 100.0 { format!("{ms:.1}") } else { format!("{ms:.0}") }
}

fn drawn(graph: &Graph, before: &Before) -> Drawing {
    let start = Instant::now();
    rearrange(graph, before, &|| start.elapsed() > LIMIT)
}

/// What happens when a system is added: the time, the share of boxes that move and of pairs that change their order, and
/// how far a box moves that is pinned where it stands.
fn edited(graph: &Graph, first: &Drawing) -> [String; 4] {
    let mut more = landscapes::with_one_more(graph);
    let mut before = Before::of(first);
    before.nodes.push(None);
    let (after, ms) = timed(|| drawn(&more, &before));
    let same: Vec<(usize, usize)> = (0..graph.nodes.len()).map(|at| (at, at)).collect();
    let found = first.stability(&after, &same);
    let middle = graph.nodes.len() / 2;
    let stood = first.nodes[middle];
    more.nodes[middle].pin = Some((stood.x, stood.y));
    let pinned = drawn(&more, &before).nodes[middle];
    [
        short(ms),
        format!("{:.1} %", 100.0 * found.moved as f64 / same.len().max(1) as f64),
        format!("{:.2} %", 100.0 * found.flips),
        (pinned.x - stood.x).abs().max((pinned.y - stood.y).abs()).to_string(),
    ]
}

/// The answer, and the milliseconds of the fastest of some rounds.
fn timed<T>(mut round: impl FnMut() -> T) -> (T, f64) {
    let (start, mut best, mut rounds) = (Instant::now(), f64::INFINITY, 0);
    loop {
        let (wall, cpu) = (Instant::now(), cpu_ms());
        let answer = black_box(round());
        let (wall, cpu) = (wall.elapsed().as_secs_f64() * 1e3, cpu.zip(cpu_ms()).map(|(from, to)| to - from));
        // The clock of the processor ticks a hundred times a second: too seldom for what is short, and in what is short
        // other programs seldom come between.
        best = best.min(cpu.filter(|_| wall > 200.0).unwrap_or(wall));
        rounds += 1;
        if rounds == 5 || start.elapsed() > Duration::from_secs(5) {
            return (answer, best);
        }
    }
}

/// The processor's time that this process has had, all threads together; Linux alone tells.
fn cpu_ms() -> Option<f64> {
    let stat = std::fs::read_to_string(Path::new("/proc/self/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) * 10.0)
}
