//! What is known of records, as lines to be looked at and answered: grouped, with where each fact comes from.

use super::facts::spaced;
use crate::{
    facts::Facts,
    model::{Key, Kind, Model, Path, Record, Shape, Shown, Slot, SystemKind},
    text,
};

/// Everything that can be said of one record, or of several at once.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Lines that belong together.
    pub groups: Vec<SheetGroup>,
}

/// Lines under a heading.
#[derive(Clone, Debug)]
pub struct SheetGroup {
    /// The heading.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
}

impl SheetGroup {
    /// How many of its facts nobody has asked.
    pub fn open(&self) -> usize {
        self.lines.iter().filter(|line| line.is_open()).count()
    }
}

/// A fact.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it stands.
    pub path: Path,
    /// What it is called.
    pub label: String,
    /// What it means.
    pub about: &'static str,
    /// What it can hold.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds; `None` where the records differ.
    pub seen: Option<Shown>,
    /// What another says where the record itself says nothing, and who.
    pub lent: Option<(Shown, String)>,
    /// Who would be asked if the record itself said nothing.
    pub back: Option<String>,
    /// Who said so, when and where.
    pub source: String,
    /// Why it does not apply.
    pub excuse: Option<String>,
    /// The name under which a reason and a source can be given, where they can.
    pub fact: Option<String>,
}

impl Line {
    /// Whether nobody has asked.
    pub fn is_open(&self) -> bool {
        self.seen == Some(Shown::NotAsked) && self.excuse.is_none() && self.lent.is_none()
    }
}

/// What can be said of records of a model; of several, what they have in common.
pub fn sheet(model: &Model, keys: &[Key]) -> Sheet {
    let records: Vec<Record> = keys.iter().filter_map(|key| Some(model.entry(key)?.record)).collect();
    let Some(first) = records.first() else { return Sheet::default() };
    let asked = Asked { records: &records, facts: own_facts(model, &records) };
    let slots: Vec<Slot> = Record::shape_of(first.kind()).into_iter().filter(|slot| asked.shares(slot)).collect();
    let mut groups = Vec::new();
    let in_group = |name: &str| plan(first.kind()).iter().any(|(_, fields)| fields.contains(&name));
    let plain = |slot: &&Slot| !in_group(slot.name) && !matches!(slot.shape, Shape::Group(_));
    asked.group(&mut groups, "Facts", slots.iter().filter(plain));
    for (title, fields) in plan(first.kind()) {
        asked.group(&mut groups, title, slots.iter().filter(|slot| fields.contains(&slot.name)));
    }
    for slot in slots.iter().filter(|slot| !in_group(slot.name)) {
        if let Shape::Group(inner) = slot.shape {
            asked.groups_in(&mut groups, &Path::default().then(slot.name), &words(slot.name), inner);
        }
    }
    Sheet { groups }
}

/// The lines of what stands at a path of one record: the fields of a structure, whatever its shape shows of it.
pub fn lines_in(model: &Model, key: &Key, path: &Path, slots: &[Slot]) -> Vec<Line> {
    let Some(entry) = model.entry(key) else { return Vec::new() };
    let records = [entry.record];
    let asked = Asked { records: &records, facts: None };
    slots.iter().map(|slot| asked.line(slot, &path.then(slot.name))).collect()
}

/// Fields that are told elsewhere.
const ELSEWHERE: [&str; 6] = ["name", "title", "format", "not_applicable", "sources", "pins"];

/// Which fields of a kind stand under headings of their own; all others are its facts.
fn plan(kind: Kind) -> &'static [(&'static str, &'static [&'static str])] {
    match kind {
        Kind::System => &[
            ("Operation", &["criticality", "availability", "redundancy", "latency", "capacity"]),
            ("Delivery", &["part_of", "released_with", "stage", "links"]),
        ],
        Kind::Interaction => &[
            ("What it carries", &["contract", "operation", "message", "version", "fields_read", "classification"]),
            (
                "How it runs",
                &[
                    "triggered_by",
                    "transport",
                    "protocol",
                    "schedule",
                    "calls_per_trigger",
                    "peak_rate",
                    "reply_to",
                    "delivery",
                    "tolerates_duplicates",
                    "compensation",
                    "needs_answer",
                ],
            ),
            ("Lifecycle", &["active_from", "active_until", "tests"]),
        ],
        Kind::Contract => &[
            ("Versions", &["versioning", "versions"]),
            ("Operations and messages", &["operations", "messages"]),
            ("Errors", &["error_format", "consistent_status_codes", "error_exposure", "user_errors_apart"]),
            ("Reviews", &["security_review", "review"]),
        ],
        Kind::Entity => &[("Where it lives, and who touches it", &["partitions", "holdings", "accesses"])],
        Kind::Store => &[("Who reaches it", &["accesses"])],
        Kind::Change => &[("What it makes of the model", &["effects"])],
        Kind::Policy => &[("Severities", &["severities", "domains"])],
        _ => &[],
    }
}

/// The facts of an interaction with all its layers, where it is the only record.
fn own_facts<'m>(model: &'m Model, records: &'m [Record]) -> Option<Facts<'m>> {
    match records {
        [Record::Interaction(interaction)] => Some(Facts::of(model, interaction)),
        _ => None,
    }
}

struct Asked<'a> {
    records: &'a [Record],
    facts: Option<Facts<'a>>,
}

impl Asked<'_> {
    /// Whether every record has a field of this name that holds the same; what has parts is said of one record only.
    fn shares(&self, slot: &Slot) -> bool {
        if ELSEWHERE.contains(&slot.name) || !self.concerns(slot.name) {
            return false;
        }
        if let [Record::Interaction(_)] = self.records
            && slot.name == "decision"
        {
            return false;
        }
        let several = self.records.len() > 1;
        if several && !slot.shape.is_plain() && !matches!(slot.shape, Shape::Group(_)) {
            return false;
        }
        let same = |record: &Record| {
            let slots = Record::shape_of(record.kind());
            let other = slots.into_iter().find(|other| other.name == slot.name);
            other.is_some_and(|other| other.shape.expects() == slot.shape.expects())
        };
        self.records.iter().skip(1).all(same)
    }

    /// Whether a field can be asked of these records: adapters front something, externals have a vendor.
    fn concerns(&self, name: &str) -> bool {
        self.records.iter().any(|record| {
            let said = record.at(&Path::default().then(name)).is_some_and(|shown| !is_nothing(&shown));
            said || concerns(record, name)
        })
    }

    fn group<'s>(&self, groups: &mut Vec<SheetGroup>, title: &str, slots: impl Iterator<Item = &'s Slot>) {
        let lines: Vec<Line> = slots.map(|slot| self.line(slot, &Path::default().then(slot.name))).collect();
        if !lines.is_empty() {
            groups.push(SheetGroup { title: title.to_owned(), lines });
        }
    }

    /// The groups of a structure: its fields, and after them the structures in it under headings of their own.
    fn groups_in(&self, groups: &mut Vec<SheetGroup>, path: &Path, title: &str, slots: fn() -> Vec<Slot>) {
        let slots = slots();
        let lines: Vec<Line> = slots
            .iter()
            .filter(|slot| !matches!(slot.shape, Shape::Group(_)) && (self.records.len() == 1 || slot.shape.is_plain()))
            .map(|slot| self.line(slot, &path.then(slot.name)))
            .collect();
        if !lines.is_empty() {
            groups.push(SheetGroup { title: title.to_owned(), lines });
        }
        for slot in &slots {
            if let Shape::Group(inner) = slot.shape {
                let title = format!("{title}: {}", spaced(slot.name));
                self.groups_in(groups, &path.then(slot.name), &title, inner);
            }
        }
    }

    fn line(&self, slot: &Slot, path: &Path) -> Line {
        let mut seen = self.records.iter().map(|record| record.at(path).unwrap_or(Shown::NotAsked));
        let first = seen.next();
        let same = seen.all(|shown| Some(&shown) == first.as_ref());
        let only = if let [only] = self.records { Some(only) } else { None };
        let (lent, back) = self.layers(path);
        let owns = matches!(self.records.first(), Some(Record::Entity(_) | Record::Store(_)));
        let label = match (slot.name, path.0.len()) {
            ("owner", 1) if owns => "System of record".to_owned(),
            (name, _) => words(name),
        };
        let can = |record: &&Record| record.at(&Path::from("not_applicable")).is_some();
        let named = |record: &&Record| record.fact_names().contains(&slot.name) && slot.shape.is_fact();
        Line {
            path: path.clone(),
            label,
            about: slot.about,
            shape: slot.shape.clone(),
            required: slot.required,
            seen: if same { first } else { None },
            lent,
            back,
            source: only.map_or_else(String::new, |record| record.source_of(slot.name)),
            excuse: only.and_then(|record| excuse(record, slot.name)),
            fact: only.filter(can).filter(named).map(|_| slot.name.to_owned()),
        }
    }

    /// What another layer says of a fact of an interaction, where it says nothing itself; and who would be asked.
    fn layers(&self, path: &Path) -> (Option<(Shown, String)>, Option<String>) {
        let (Some(facts), [bundle, name]) = (&self.facts, path.0.as_slice()) else { return (None, None) };
        let Some((shown, origin)) = facts.lent(bundle, name) else { return (None, None) };
        let own = self.records.first().and_then(|record| record.at(path));
        if own == Some(Shown::NotAsked) {
            (Some((shown, facts.words(&origin))), None)
        } else {
            (None, Some(facts.words(&origin)))
        }
    }
}

fn excuse(record: &Record, name: &str) -> Option<String> {
    match record.at(&Path::from("not_applicable").then(name))? {
        Shown::Text(text) => Some(text),
        _ => None,
    }
}

/// Whether nothing is said: not asked, or a structure of nothing.
fn is_nothing(shown: &Shown) -> bool {
    match shown {
        Shown::NotAsked => true,
        Shown::Group(entries) => entries.is_empty() || entries.iter().all(|(_, shown)| is_nothing(shown)),
        _ => false,
    }
}

/// Whether a fact can be asked of a record.
fn concerns(record: &Record, name: &str) -> bool {
    let Record::System(system) = record else { return true };
    let (kind, outside) = (system.kind, matches!(system.kind, SystemKind::External | SystemKind::Person));
    match name {
        "fronts" | "permanence" => kind == SystemKind::Adapter,
        "vendor_contact" => kind == SystemKind::External,
        "business_rules" => matches!(kind, SystemKind::Gateway | SystemKind::Backbone | SystemKind::Adapter),
        "provides" => matches!(kind, SystemKind::Gateway | SystemKind::Backbone),
        "technology" | "mesh" | "part_of" | "released_with" => !outside,
        "availability" | "redundancy" | "latency" | "capacity" => kind != SystemKind::Person,
        _ => true,
    }
}

/// `retires_on` → `Retires on`.
fn words(name: &str) -> String {
    text::capital(&spaced(name))
}
