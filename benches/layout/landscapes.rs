//! What is drawn: made-up landscapes, always the same for a size, and the real models of this project.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use spandrel::{
    file,
    layout::{Container, Edge, Graph, Node, Plan, Title},
    model::Grouping,
};

/// Systems in a domain, about.
const DOMAIN: usize = 12;
/// Domains in an outer domain, where there are many.
const OUTER: usize = 8;

/// A graph with a name for the table.
pub(crate) struct Landscape {
    /// Also the name of its file.
    pub(crate) name: String,
    /// What is to be drawn.
    pub(crate) graph: Graph,
}

/// All of them; those whose lines have labels are for our own engine alone.
pub(crate) fn all() -> Vec<Landscape> {
    let mut all = real();
    for systems in [20, 200, 2000] {
        for per_system in [1.5, 3.5] {
            let nested = made_up(systems, per_system, true);
            all.push(Landscape {
                name: format!("{systems}-{per_system}-flat"),
                graph: made_up(systems, per_system, false),
            });
            let with_words = labelled(nested.clone());
            all.push(Landscape { name: format!("{systems}-{per_system}-nested"), graph: nested });
            all.push(Landscape { name: format!("{systems}-{per_system}-nested{LABELS}"), graph: with_words });
        }
    }
    // 10,000 systems in 834 domains, of which only the domains are drawn.
    all.push(Landscape { name: "collapsed-10000".to_owned(), graph: made_up(834, 3.0, false) });
    all
}

/// How the name of a landscape with labels ends.
pub(crate) const LABELS: &str = "-labels";

/// One system more, in the frame of the one in the middle, with a line from that one and one to the last.
pub(crate) fn with_one_more(graph: &Graph) -> Graph {
    let mut more = graph.clone();
    let (middle, new) = (graph.nodes.len() / 2, graph.nodes.len());
    more.nodes.push(Node { size: (160, 56), parent: graph.nodes[middle].parent, ..Node::default() });
    let label = graph.edges.iter().find_map(|edge| edge.label);
    more.edges.push(Edge { from: middle, to: vec![new], label, ranks: true });
    more.edges.push(Edge { from: new, to: vec![new - 1], label, ranks: true });
    more
}

fn real() -> Vec<Landscape> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = ["examples", "tests/cases/real"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(project.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .collect();
    paths.sort();
    paths.iter().flat_map(|path| planned(path)).collect()
}

fn planned(path: &Path) -> [Landscape; 2] {
    let reading = file::read(&std::fs::read_to_string(path).unwrap());
    let graph = Plan::landscape(&reading.model.unwrap(), Grouping::Domain).graph;
    let name = format!("real-{}", path.file_stem().unwrap().to_string_lossy());
    let mut bare = graph.clone();
    bare.edges.iter_mut().for_each(|edge| edge.label = None);
    [Landscape { name: name.clone(), graph: bare }, Landscape { name: name + LABELS, graph }]
}

/// Gives each line a letter and a few words.
fn labelled(mut graph: Graph) -> Graph {
    let mut dice = Dice(7);
    graph.edges.iter_mut().for_each(|edge| edge.label = Some((40 + dice.roll(90) as i32, 20)));
    graph
}

/// A landscape that flows: 70 % of the lines stay in their domain, a quarter has a hub at one end (one system in
/// twenty), and 5 % lead back.
fn made_up(systems: usize, per_system: f64, nested: bool) -> Graph {
    let mut dice = Dice(2026);
    let domains = ((systems as f64 / DOMAIN as f64).round() as usize).max(1);
    let outer = if domains > 3 * OUTER { domains.div_ceil(OUTER) } else { 0 };
    let town = Town { systems, domains, hubs: (0..systems.div_ceil(20)).map(|_| dice.roll(systems)).collect() };
    let mut graph = Graph::default();
    if nested {
        let title =
            |dice: &mut Dice| Title { name: 60 + dice.roll(60) as i32, aside: 50 + dice.roll(40) as i32, height: 44 };
        graph.containers.extend((0..outer).map(|_| Container { parent: None, title: title(&mut dice) }));
        let parent = |domain: usize| (outer > 0).then_some(domain / OUTER);
        graph
            .containers
            .extend((0..domains).map(|domain| Container { parent: parent(domain), title: title(&mut dice) }));
    }
    for system in 0..systems {
        let parent = nested.then_some(outer + town.domain(system));
        graph.nodes.push(Node { size: (144 + 8 * dice.roll(12) as i32, 56), parent, ..Node::default() });
    }
    let mut known = BTreeSet::new();
    while known.len() < (systems as f64 * per_system).round() as usize {
        let (from, to) = town.line(&mut dice);
        if from != to && known.insert((from, to)) {
            graph.edges.push(Edge { from, to: vec![to], label: None, ranks: true });
        }
    }
    graph
}

struct Town {
    systems: usize,
    domains: usize,
    hubs: Vec<usize>,
}

impl Town {
    fn domain(&self, system: usize) -> usize {
        system * self.domains / self.systems
    }

    /// The first system of a domain.
    fn first(&self, domain: usize) -> usize {
        (domain * self.systems).div_ceil(self.domains)
    }

    fn line(&self, dice: &mut Dice) -> (usize, usize) {
        let one = if dice.roll(4) == 0 { self.hubs[dice.roll(self.hubs.len())] } else { dice.roll(self.systems) };
        let home = self.domain(one);
        let (first, next) = (self.first(home), self.first(home + 1));
        let other = if dice.roll(10) < 7 || self.domains == 1 {
            first + dice.roll(next - first)
        } else {
            (next + dice.roll(self.systems - (next - first))) % self.systems
        };
        let back = dice.roll(20) == 0;
        if back { (one.max(other), one.min(other)) } else { (one.min(other), one.max(other)) }
    }
}

/// A generator of numbers, always the same for a seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides.max(1) as u64).unwrap_or(0)
    }
}
