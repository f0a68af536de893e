//! Lenses: the same diagram, dressed by another question. What a colour says, a word in the box, a sign on the line and
//! the weight of an outline say too.
//!
//! One lens, one file. Each gives a [`Dressing`]; the answers are those that the rules judge by.

mod classification;
mod coupling;
mod findings;
mod lifecycle;
mod observability;
mod owners;
mod security;

use std::collections::BTreeMap;

use super::{Badge, Role};
use crate::{
    layout::{Bundle, Look, Plan},
    model::{Date, Id, Interaction, Key, Kind, Lens, Model},
    rules::{Context, Finding, Hop},
    text::capital,
};

/// The lenses that there are, in the order of menus.
pub const LENSES: [Lens; 8] = [
    Lens::Kinds,
    Lens::Owner,
    Lens::Lifecycle,
    Lens::Findings,
    Lens::Security,
    Lens::Observability,
    Lens::Classification,
    Lens::Coupling,
];

/// So many owners have a colour of their own; after them colours come again, and the names in the boxes tell.
pub const TINTS: u8 = 8;

/// What is as it should be.
const GOOD: (Role, Role) = (Role::Tint(2), Role::TintLine(2));
/// What is known, and neither good nor bad.
const PLAIN: (Role, Role) = (Role::Tint(0), Role::TintLine(0));
/// What stands back.
const QUIET: (Role, Role) = (Role::Tint(6), Role::TintLine(6));
/// What is wrong.
const BAD: (Role, Role) = (Role::ErrorFill, Role::Error);
/// What is weak.
const WEAK: (Role, Role) = (Role::WarningFill, Role::Warning);
/// What the lens says nothing of.
const NOTHING: (Role, Role) = (Role::BoxFill, Role::BoxLine);

/// How a box is dressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dress {
    /// Its ground.
    pub fill: Role,
    /// Its outline.
    pub line: Role,
    /// Whether its outline is heavier than others: it tells without colour what matters most.
    pub heavy: bool,
    /// Its second line.
    pub caption: String,
}

/// How a line is dressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineDress {
    /// Its colour.
    pub role: Role,
    /// What stands in the square of its label, in place of the letter of its kind.
    pub sign: char,
    /// Whether it is heavier than others.
    pub heavy: bool,
    /// The label of a line that stands for many, in place of what it counts otherwise.
    pub label: Option<String>,
    /// The same in words.
    pub words: String,
}

/// A line of the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// What a box says: ground, outline, whether that is heavy, words.
    Box(Role, Role, bool, String),
    /// What a line says: colour, sign, words.
    Line(Role, char, String),
    /// What a heavy line says.
    Heavy(String),
}

/// What a lens makes of a diagram. Empty for the lens of kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dressing {
    /// What is asked, as the head of the legend.
    pub title: String,
    /// Boxes that look otherwise than their kind says.
    pub boxes: BTreeMap<Key, Dress>,
    /// For each line of the plan how it is dressed; lines without a dress step back. `None` for the looks of kinds.
    pub lines: Option<Vec<Option<LineDress>>>,
    /// What it all says.
    pub entries: Vec<Entry>,
}

/// A diagram that is to be dressed, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Wearer<'a> {
    /// The model as of the day.
    pub model: &'a Model,
    /// The day.
    pub as_of: Date,
    /// The diagram.
    pub plan: &'a Plan,
    /// The worst findings about each element.
    pub badges: &'a BTreeMap<Key, Badge>,
    /// What the rules found.
    pub findings: &'a [Finding],
}

/// Dresses a diagram.
pub fn dress(lens: Lens, wearer: &Wearer<'_>) -> Dressing {
    let context = || Context::new(wearer.model, wearer.as_of);
    let mut dressing = match lens {
        Lens::Kinds => return Dressing::default(),
        Lens::Owner => owners::dress(wearer),
        Lens::Findings => findings::dress(wearer),
        Lens::Lifecycle => lifecycle::dress(wearer, &context()),
        Lens::Security => security::dress(wearer, &context()),
        Lens::Observability => observability::dress(wearer, &context()),
        Lens::Classification => classification::dress(wearer, &context()),
        Lens::Coupling => coupling::dress(wearer, &context()),
    };
    dressing.title = format!("{}: {}", capital(lens.word()), question(lens));
    dressing
}

/// What a lens asks, in a few words.
pub fn question(lens: Lens) -> &'static str {
    match lens {
        Lens::Kinds => "what lines carry: command, query, event",
        Lens::Owner => "who answers for it",
        Lens::Lifecycle => "what comes, stays and goes",
        Lens::Findings => "what is wrong, and what is open",
        Lens::Security => "where it stands, and how calls are protected",
        Lens::Observability => "what is seen of each call",
        Lens::Classification => "how sensitive the data are",
        Lens::Coupling => "who waits for whom",
    }
}

impl Dressing {
    /// How a line is dressed.
    pub fn line(&self, at: usize) -> Option<&LineDress> {
        self.lines.as_ref()?.get(at)?.as_ref()
    }
}

impl Dressing {
    /// The name of a box, and what the lens says of it, for assistive technology and tooltips.
    pub fn spoken(&self, key: &Key, name: &str) -> String {
        let words = self.boxes.get(key).map(|dress| dress.caption.as_str()).filter(|words| !words.is_empty());
        words.map_or_else(|| name.to_owned(), |words| format!("{name}; {words}"))
    }

    /// The same for a line, by its place in the plan.
    pub fn spoken_line(&self, at: usize, name: &str) -> String {
        self.line(at).map_or_else(|| name.to_owned(), |dress| format!("{name}; {}", dress.words))
    }
}

impl LineDress {
    fn new((_, role): (Role, Role), sign: char, words: impl Into<String>) -> Self {
        Self { role, sign, heavy: false, label: None, words: words.into() }
    }
}

impl Dress {
    fn new((fill, line): (Role, Role), caption: impl Into<String>) -> Self {
        Self { fill, line, heavy: false, caption: caption.into() }
    }

    /// The same with a heavy outline.
    fn heavy(self, heavy: bool) -> Self {
        Self { heavy, ..self }
    }
}

impl Entry {
    fn boxed((fill, line): (Role, Role), words: &str) -> Self {
        Self::Box(fill, line, false, words.to_owned())
    }
}

/// One of the answers that a lens has for lines, the one that matters most first.
type Grade = ((Role, Role), char, &'static str);

/// What a lens says of one interaction: the place of its answer among the grades, and whether its line is heavy.
type Graded = Option<(usize, bool)>;

/// Dresses each line by the most important grade of the interactions that it stands for. A line that stands for many
/// says how many have which.
fn graded(
    plan: &Plan,
    cx: &Context<'_>,
    grades: &[Grade],
    grade: impl Fn(&Hop<'_>) -> Graded,
) -> Vec<Option<LineDress>> {
    let dress = |bundle: &Bundle| {
        let found: Vec<(usize, bool)> = hops(cx, bundle).filter_map(&grade).collect();
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        found.iter().for_each(|(at, _)| *counts.entry(*at).or_default() += 1);
        let told: Vec<(Grade, usize)> =
            counts.iter().filter_map(|(at, count)| Some((*grades.get(*at)?, *count))).collect();
        let ((colours, sign, words), _) = *told.first()?;
        let mut dress = LineDress::new(colours, sign, words);
        dress.heavy = found.iter().any(|(_, heavy)| *heavy);
        if bundle.look == Look::Aggregate {
            let counted = |((_, sign, _), count): &(Grade, usize)| format!("{sign} {count}");
            dress.label = Some(told.iter().map(counted).collect::<Vec<_>>().join(" · "));
            let said = |((_, _, words), count): &(Grade, usize)| format!("{count}: {words}");
            dress.words = told.iter().map(said).collect::<Vec<_>>().join("; ");
        }
        Some(dress)
    };
    plan.bundles.iter().map(dress).collect()
}

/// The legend's lines for the grades that are seen, and for what is heavy.
fn told(grades: &[Grade], lines: &[Option<LineDress>], heavy: &str) -> Vec<Entry> {
    let worn = |sign: char| {
        let one = move |dress: &LineDress| match &dress.label {
            Some(label) => label.contains(&format!("{sign} ")),
            None => dress.sign == sign,
        };
        lines.iter().flatten().any(one)
    };
    let seen = grades.iter().filter(|(_, sign, _)| worn(*sign));
    let entries = seen.map(|((_, role), sign, words)| Entry::Line(*role, *sign, (*words).to_owned()));
    let weighty = !heavy.is_empty() && lines.iter().flatten().any(|dress| dress.heavy);
    entries.chain(weighty.then(|| Entry::Heavy(heavy.to_owned()))).collect()
}

/// The interactions that a line stands for.
fn hops<'c, 'a>(cx: &'c Context<'a>, bundle: &'c Bundle) -> impl Iterator<Item = &'c Hop<'a>> {
    let id = |key: &Key| (key.kind == Kind::Interaction).then(|| Id::<Interaction>::from_slug(key.slug.clone()));
    bundle.members().filter_map(id).filter_map(|id| cx.hop_of(&id))
}

/// The systems that a box stands for: itself, the owner of a store, or all that stand in a container.
fn systems<'a>(model: &Model, node: &'a crate::layout::PlannedNode) -> Vec<Id<crate::model::System>> {
    let of_key = |key: &'a Key| match key.kind {
        Kind::System => Some(Id::from_slug(key.slug.clone())),
        Kind::Store if node.holds.is_empty() => {
            model.stores.get(&Id::from_slug(key.slug.clone()))?.owner.known().cloned()
        }
        _ => None,
    };
    std::iter::once(&node.key).chain(&node.holds).filter_map(of_key).collect()
}

/// `1 system`, `2 systems`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
