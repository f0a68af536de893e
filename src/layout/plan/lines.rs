//! Lines: one for each kind between two systems, one trunk for each event that reaches several, one between a collapsed
//! container and anything else.

use std::collections::BTreeMap;

use super::{Branch, Bundle, CAPTION_SIZE, LETTER, Look, boxes::Planner, words};
use crate::{
    layout::Edge,
    model::{Contract, Id, Interaction, InteractionKind, Key, PartName},
    text::{self, Face},
    topology,
};

/// A line before it has a place among the others.
struct Line {
    from: usize,
    to: Vec<usize>,
    bundle: Bundle,
}

/// Among more lines than this nobody reads how much crosses the edge of a container: pointing at a line tells.
const LEGIBLE: usize = 1000;

/// Members by the box that they reach.
type Reached = BTreeMap<usize, Vec<Key>>;

/// Interactions by the lines that stand for them.
#[derive(Default)]
struct Sorted<'m> {
    /// By the box that sends an event, and the event.
    trunks: BTreeMap<(usize, &'m Id<Contract>, &'m PartName), Reached>,
    /// By both ends and kind.
    pairs: BTreeMap<(usize, usize, InteractionKind), Vec<Key>>,
    /// By both ends, where one of them is a collapsed container.
    sums: BTreeMap<(usize, usize), Vec<(InteractionKind, Key)>>,
}

impl Planner<'_> {
    pub(super) fn lines(&mut self) {
        let mut sorted = Sorted::default();
        for (id, interaction) in &self.model.interactions {
            if self.choice.lines.as_ref().is_none_or(|lines| lines.contains(id)) {
                self.sort(&mut sorted, id, &interaction.value);
            }
        }
        sorted.settle();
        let mut lines: Vec<Line> = Vec::new();
        lines.extend(sorted.trunks.into_iter().map(|((from, _, _), reached)| self.trunk(from, reached)));
        lines.extend(sorted.pairs.into_iter().map(|((from, to, kind), members)| self.pair(from, to, kind, members)));
        lines.extend(sorted.sums.into_iter().map(|((from, to), members)| self.sum(from, to, members)));
        lines.sort_by(|a, b| {
            (a.from, &a.to, a.bundle.look, &a.bundle.id).cmp(&(b.from, &b.to, b.bundle.look, &b.bundle.id))
        });
        lines.extend(self.accesses());
        if lines.len() > LEGIBLE {
            let sums = lines.iter_mut().filter(|line| line.bundle.look == Look::Aggregate);
            sums.for_each(|line| line.bundle.label.clear());
        }
        lines.into_iter().for_each(|line| self.line(line));
    }

    fn sort<'m>(&self, sorted: &mut Sorted<'m>, id: &Id<Interaction>, interaction: &'m Interaction) {
        let (Some(from), Some(to)) = (self.place(&interaction.from), self.place(&interaction.to)) else { return };
        let kind = interaction.kind;
        if self.is_group(from) || self.is_group(to) {
            if from != to {
                sorted.sums.entry((from, to)).or_default().push((kind, id.key()));
            }
            return;
        }
        match topology::carried(interaction).filter(|_| kind == InteractionKind::Event) {
            Some((contract, message)) => {
                let trunk = sorted.trunks.entry((from, contract, message)).or_default();
                trunk.entry(to).or_default().push(id.key());
            }
            None => sorted.pairs.entry((from, to, kind)).or_default().push(id.key()),
        }
    }

    /// One event to several.
    fn trunk(&self, from: usize, reached: Reached) -> Line {
        let first = reached.values().flatten().next().cloned();
        let event = first.as_ref().map(|key| words::carried(self.model, key)).unwrap_or_default();
        let says = |to: &str| format!("{} to {to}: event {event}", self.name(from));
        let names: Vec<String> = reached.keys().map(|to| self.name(*to)).collect();
        let name = says(&names.join(", "));
        let to = reached.keys().copied().collect();
        let branch = |(members, name): (Vec<Key>, &String)| Branch { members, name: says(name) };
        let branches = reached.into_values().zip(&names).map(branch).collect();
        let label = text::shorten(Face::Regular, CAPTION_SIZE, &event, 150.0);
        let id = first.map(|key| key.to_string()).unwrap_or_default();
        Line { from, to, bundle: Bundle { id, branches, look: Look::Interaction(InteractionKind::Event), label, name } }
    }

    /// Everything of one kind between two systems.
    fn pair(&self, from: usize, to: usize, kind: InteractionKind, members: Vec<Key>) -> Line {
        let words: Vec<String> = members.iter().map(|key| words::carried(self.model, key)).collect();
        let mut named: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        named.dedup();
        let label = match (named.first(), named.len()) {
            (None, _) => String::new(),
            (Some(first), 1) => (*first).to_owned(),
            (Some(first), more) => format!("{first} +{}", more - 1),
        };
        let label = text::shorten(Face::Regular, CAPTION_SIZE, &label, 150.0);
        let full = format!("{} to {}: {} {}", self.name(from), self.name(to), kind.word(), named.join(", "));
        let id = members.first().map(Key::to_string).unwrap_or_default();
        plain(from, to, id, members, Look::Interaction(kind), label, full.trim_end().to_owned())
    }

    /// Everything between a collapsed container and something else.
    fn sum(&self, from: usize, to: usize, members: Vec<(InteractionKind, Key)>) -> Line {
        let mut kinds: BTreeMap<InteractionKind, usize> = BTreeMap::new();
        members.iter().for_each(|(kind, _)| *kinds.entry(*kind).or_default() += 1);
        let (label, said) = words::counted(&kinds);
        let name = format!("{} to {}: {said}", self.name(from), self.name(to));
        let id = format!("aggregate:{}:{}", self.plan.nodes[from].key, self.plan.nodes[to].key);
        let members = members.into_iter().map(|(_, key)| key).collect();
        plain(from, to, id, members, Look::Aggregate, label, name)
    }

    /// Who reaches which store. Stores in a collapsed container are reached as one.
    fn accesses(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut sums: BTreeMap<(usize, usize, Look), Vec<Key>> = BTreeMap::new();
        for (id, store) in &self.model.stores {
            let Some(to) = self.plan.places.get(&id.key()).copied() else { continue };
            for (system, writes) in self.reachers(id) {
                let Some(from) = self.place(&system) else { continue };
                let look = if writes { Look::DirectWrite } else { Look::Access };
                if self.is_group(from) || self.is_group(to) {
                    if from != to {
                        let stores = sums.entry((from, to, look)).or_default();
                        stores.extend(Some(id.key()).filter(|key| stores.last() != Some(key)));
                    }
                    continue;
                }
                let label = if writes { "direct write" } else { "" };
                let name = format!("{} {} {}", self.model.name_of(&system), verb(look), store.name);
                let line = format!("access:{system}:{id}");
                lines.push(plain(from, to, line, vec![id.key()], look, label.to_owned(), name));
            }
        }
        lines.extend(sums.into_iter().map(|((from, to, look), stores)| self.access_sum(from, to, look, stores)));
        lines
    }

    fn access_sum(&self, from: usize, to: usize, look: Look, stores: Vec<Key>) -> Line {
        let label = match (look, stores.len()) {
            (Look::DirectWrite, 1) => "direct write".to_owned(),
            (Look::DirectWrite, many) => format!("{many} direct writes"),
            _ => String::new(),
        };
        let names: Vec<String> = stores.iter().map(|key| self.model.name(key)).collect();
        let name = format!("{} {} {}", self.name(from), verb(look), names.join(", "));
        let of = if look == Look::DirectWrite { "writes" } else { "accesses" };
        let id = format!("{of}:{}:{}", self.plan.nodes[from].key, self.plan.nodes[to].key);
        plain(from, to, id, stores, look, label, name)
    }

    fn name(&self, at: usize) -> String {
        self.plan.nodes.get(at).map(|node| self.model.name(&node.key)).unwrap_or_default()
    }

    fn line(&mut self, line: Line) {
        let Line { from, to, bundle } = line;
        let lettered = matches!(bundle.look, Look::Interaction(_));
        let width = text::width(Face::Regular, CAPTION_SIZE, &bundle.label);
        // The letter of the kind stands before the words, and alone where nothing is named.
        let words = if bundle.label.is_empty() { 0.0 } else { width + 10.0 };
        let letter = if lettered { LETTER + 6.0 } else { 0.0 };
        let label = (words + letter > 0.0).then_some(((words + letter).ceil() as i32, 20));
        let ranks = lettered || bundle.look == Look::Aggregate;
        self.plan.graph.edges.push(Edge { from, to, label, ranks });
        self.plan.bundles.push(bundle);
    }
}

impl Sorted<'_> {
    /// An event that reaches one box is no trunk: it lies with the others between the two. An event that reaches
    /// several is a trunk even where others run beside it: what is told to all is not what is told to one.
    fn settle(&mut self) {
        let pairs = &mut self.pairs;
        self.trunks.retain(|(from, _, _), reached| {
            if reached.len() > 1 {
                return true;
            }
            for (to, members) in std::mem::take(reached) {
                pairs.entry((*from, to, InteractionKind::Event)).or_default().extend(members);
            }
            false
        });
        pairs.values_mut().for_each(|members| members.sort());
    }
}

/// A line to one box.
fn plain(from: usize, to: usize, id: String, members: Vec<Key>, look: Look, label: String, name: String) -> Line {
    let branches = vec![Branch { members, name: name.clone() }];
    Line { from, to: vec![to], bundle: Bundle { id, branches, look, label, name } }
}

fn verb(look: Look) -> &'static str {
    if look == Look::DirectWrite { "writes directly" } else { "reaches" }
}
