//! Findings: data first, words when they are shown.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Context, Meta, Severity,
    score::{Ledger, State},
};
use crate::{
    model::{Date, Id, Key, Model, RoadmapChange, Stage, Subject},
    text::capital,
};

/// Whether facts contradict a rule, or nobody has asked for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Known to be wrong.
    Defect,
    /// Not asked.
    Gap,
}

impl Class {
    /// Its word, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Defect => "defect",
            Self::Gap => "gap",
        }
    }
}

/// A piece of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// The display name of an element.
    Name(Subject),
}

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        Self::Words(text.to_owned())
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self::Words(text)
    }
}

impl From<Subject> for Piece {
    fn from(subject: Subject) -> Self {
        Self::Name(subject)
    }
}

impl From<Key> for Piece {
    fn from(key: Key) -> Self {
        Self::Name(key.into())
    }
}

impl<T: crate::model::Tabled> From<&crate::model::Id<T>> for Piece {
    fn from(id: &crate::model::Id<T>) -> Self {
        Self::Name(id.into())
    }
}

/// A message of pieces: `say!["", &store, " is reached by ", &system]`.
macro_rules! say {
    ($($piece:expr),* $(,)?) => { vec![$( $crate::rules::Piece::from($piece) ),*] };
}
pub(super) use say;

/// Names in a row: "a, b and c".
pub(super) fn names(subjects: impl IntoIterator<Item = Subject>) -> Vec<Piece> {
    let subjects: Vec<_> = subjects.into_iter().collect();
    let last = subjects.len().saturating_sub(1);
    let mut pieces = Vec::new();
    for (at, subject) in subjects.into_iter().enumerate() {
        if at > 0 {
            pieces.push(Piece::from(if at == last { " and " } else { ", " }));
        }
        pieces.push(subject.into());
    }
    pieces
}

/// A message in words. Names are those that people read; interactions are named by their ends.
pub fn prose(model: &Model, pieces: &[Piece]) -> String {
    let word = |piece: &Piece| match piece {
        Piece::Words(text) => text.clone(),
        Piece::Name(subject) => name(model, subject),
    };
    pieces.iter().map(word).collect()
}

/// A message in words, with a capital where it begins with words of its own; names stay as they are written.
pub fn sentence(model: &Model, pieces: &[Piece]) -> String {
    let text = prose(model, pieces);
    match pieces.iter().find(|piece| !matches!(piece, Piece::Words(words) if words.is_empty())) {
        Some(Piece::Words(_)) => capital(&text),
        _ => text,
    }
}

/// How people name a subject: the display name; for an interaction its ends, and what it carries.
pub fn name(model: &Model, subject: &Subject) -> String {
    if let Some((_, part)) = &subject.part {
        return part.to_string();
    }
    let id = crate::model::Id::from_slug(subject.key.slug.clone());
    match model.interactions.get(&id).filter(|_| subject.key.kind == crate::model::Kind::Interaction) {
        None => model.name(&subject.key),
        Some(interaction) => {
            let ends = format!("{} → {}", model.name_of(&interaction.from), model.name_of(&interaction.to));
            match interaction.operation.known().or_else(|| interaction.message.known()) {
                Some(part) => format!("{ends} ({part})"),
                None => ends,
            }
        }
    }
}

/// A fact that makes a finding true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The record that holds the fact.
    pub key: Subject,
    /// The fact's name.
    pub fact: String,
    /// Its value in words.
    pub value: String,
    /// The layer that the fact is from, or where one looked in vain; empty for the record itself.
    pub layer: String,
}

impl Evidence {
    /// Where the fact is from: a layer, else who said so according to the record; empty where neither is known.
    pub fn source(&self, model: &Model) -> String {
        if !self.layer.is_empty() {
            return self.layer.clone();
        }
        let record = model.entry(&self.key.key).map(|entry| entry.record);
        record.map(|record| record.source_of(&self.fact)).unwrap_or_default()
    }
}

/// A waiver in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// Who approved it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Until when.
    pub expires: Date,
}

/// What the roadmap has in store for a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The day as of which it is gone.
    pub by: Date,
    /// The change that ends on that day.
    pub change: Id<RoadmapChange>,
}

/// Something an architect should hear of. Its identity is the rule and what it is about.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The broken rule.
    pub rule: &'static Meta,
    /// How bad it is here.
    pub severity: Severity,
    /// Known to be wrong, or not asked.
    pub class: Class,
    /// What it is about.
    pub about: Subject,
    /// All that should light up, what it is about included.
    pub subjects: Vec<Subject>,
    /// What is wrong.
    pub message: Vec<Piece>,
    /// The facts that make it true.
    pub evidence: Vec<Evidence>,
    /// Why it does not count.
    pub waived: Option<Waived>,
    /// What the roadmap does about it.
    pub planned: Option<Planned>,
    /// The day it was found on.
    pub as_of: Date,
}

impl Finding {
    /// Whether it is the same finding as another: the same rule, about the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.rule.code == other.rule.code && self.about == other.about
    }

    /// Another severity than the rule's.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// More elements to light up.
    pub fn with(&mut self, subjects: impl IntoIterator<Item = Subject>) -> &mut Self {
        let subjects: Vec<Subject> = subjects.into_iter().collect();
        // Beyond a few, looking through all of them for each is felt.
        if subjects.len() > 32 {
            let mut known: BTreeSet<Subject> = self.subjects.iter().cloned().collect();
            self.subjects.extend(subjects.into_iter().filter(|subject| known.insert(subject.clone())));
            return self;
        }
        for subject in subjects {
            if !self.subjects.contains(&subject) {
                self.subjects.push(subject);
            }
        }
        self
    }

    /// A fact that makes it true.
    pub fn because(&mut self, key: impl Into<Subject>, fact: &str, value: impl Into<String>) -> &mut Self {
        self.because_of(key, fact, value, String::new())
    }

    /// A fact that makes it true, and the layer it is from.
    pub fn because_of(
        &mut self,
        key: impl Into<Subject>,
        fact: &str,
        value: impl Into<String>,
        source: impl Into<String>,
    ) -> &mut Self {
        self.evidence.push(Evidence { key: key.into(), fact: fact.into(), value: value.into(), layer: source.into() });
        self
    }
}

/// Where rules put what they find, and what they found in order.
pub struct Findings<'a> {
    cx: &'a Context<'a>,
    pub(super) list: Vec<Finding>,
    /// What became of everything that was looked at; `None` where nobody wants to know.
    pub(super) ledger: Option<Ledger>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(cx: &'a Context<'a>, scored: bool) -> Self {
        Self { cx, list: Vec::new(), ledger: scored.then(Ledger::default) }
    }

    /// Reports what is known to be wrong.
    pub fn defect(&mut self, rule: &'static Meta, about: impl Into<Subject>, message: Vec<Piece>) -> &mut Finding {
        let about = about.into();
        self.note(rule, &about, State::NotMet);
        self.push(rule, Class::Defect, about, message)
    }

    /// Reports what nobody has asked, where the stage of what it is about calls for it.
    pub fn gap(&mut self, rule: &'static Meta, about: impl Into<Subject>, message: Vec<Piece>) -> Option<&mut Finding> {
        let about = about.into();
        let due = rule.gap.is_some_and(|from| self.cx.stage(&about) >= from);
        self.gap_where(rule, about, message, due)
    }

    /// Reports what nobody has asked, if it is due; what it is about has no stage of its own to tell.
    pub fn gap_where(
        &mut self,
        rule: &'static Meta,
        about: impl Into<Subject>,
        message: Vec<Piece>,
        due: bool,
    ) -> Option<&mut Finding> {
        let about = about.into();
        self.note(rule, &about, State::NotStated);
        due.then(|| self.push(rule, Class::Gap, about, message))
    }

    /// The rule was looked at and holds here.
    pub fn met(&mut self, rule: &'static Meta, about: impl Into<Subject>) {
        self.settle(rule, about, State::Met);
    }

    /// The rule does not apply here: the record says why, or it is a kind of thing that the rule does not ask.
    pub fn exempt(&mut self, rule: &'static Meta, about: impl Into<Subject>) {
        self.settle(rule, about, State::NotApplicable);
    }

    /// One of several requirements that a rule looks at together: what became of it, for the scorecard.
    pub fn facet(&mut self, rule: &'static Meta, about: impl Into<Subject>, facet: &'static str, state: State) {
        if let Some(ledger) = &mut self.ledger {
            ledger.note(rule, &about.into(), facet, state);
        }
    }

    fn settle(&mut self, rule: &'static Meta, about: impl Into<Subject>, state: State) {
        self.facet(rule, about, "", state);
    }

    fn note(&mut self, rule: &'static Meta, about: &Subject, state: State) {
        if let Some(ledger) = &mut self.ledger {
            ledger.note(rule, about, "", state);
        }
    }

    fn push(&mut self, rule: &'static Meta, class: Class, about: Subject, message: Vec<Piece>) -> &mut Finding {
        self.list.push(Finding {
            rule,
            severity: rule.severity,
            class,
            subjects: vec![about.clone()],
            about,
            message,
            evidence: Vec::new(),
            waived: None,
            planned: None,
            as_of: self.cx.as_of,
        });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }
}

/// What stands in one line of a list: a finding, or several that have one cause.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// What is wrong, in words.
    pub text: String,
    /// The findings behind it, one at least.
    pub findings: Vec<&'a Finding>,
}

/// What gaps fold by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Bundle<'a> {
    /// In a sketch, the gaps of one starred rule.
    Rule(&'static str),
    /// The gaps of one family of rules about one subject.
    Subject(&'a Subject, &'static str),
}

/// Findings as lines for people. Gaps are folded by subject and family of rules; in a sketch those of a starred rule are
/// rolled up in one line. Waived findings are left out. The order of the findings stays.
pub fn fold<'a>(cx: &Context<'_>, findings: &'a [Finding]) -> Vec<Line<'a>> {
    let mut lines: Vec<Vec<&Finding>> = Vec::new();
    let mut bundles: BTreeMap<Bundle<'_>, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.waived.is_none()) {
        if finding.class == Class::Defect {
            lines.push(vec![finding]);
            continue;
        }
        let sketched = finding.rule.star && cx.stage(&finding.about) == Stage::Sketch;
        let bundle = if sketched {
            Bundle::Rule(finding.rule.code)
        } else {
            Bundle::Subject(&finding.about, finding.rule.family())
        };
        let at = *bundles.entry(bundle).or_insert(lines.len());
        if at == lines.len() {
            lines.push(Vec::new());
        }
        lines[at].push(finding);
    }
    lines.into_iter().map(|findings| Line { text: line(cx.model, &findings), findings }).collect()
}

fn line(model: &Model, findings: &[&Finding]) -> String {
    let Some(first) = findings.first() else { return String::new() };
    if findings.len() == 1 {
        return sentence(model, &first.message);
    }
    let mut asked: Vec<String> = Vec::new();
    for fact in findings.iter().flat_map(|finding| asked_of(finding)) {
        if !asked.contains(&fact) {
            asked.push(fact);
        }
    }
    if findings.iter().all(|finding| finding.about == first.about) {
        return format!("{}: {} not asked", name(model, &first.about), listed(&asked));
    }
    format!("{} {}: {} not asked", findings.len(), first.about.key.kind.table(), listed(&asked))
}

/// The facts that a gap calls for, in words.
fn asked_of(finding: &Finding) -> Vec<String> {
    let open = finding.evidence.iter().filter(|evidence| evidence.value == "not asked");
    let facts: Vec<_> = open.map(|evidence| evidence.fact.replace('_', " ")).collect();
    if facts.is_empty() { vec![finding.rule.slug.replace('-', " ")] } else { facts }
}

/// Words in a row: "a, b and c".
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [more @ .., last] => format!("{} and {last}", more.join(", ")),
    }
}
