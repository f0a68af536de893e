//! One cause, one finding: where many interactions lack what one profile, mesh, gateway or backbone would answer for all
//! of them, the finding is about that record.

use std::collections::{BTreeMap, HashSet};

use super::{
    Class, Context, Finding, Findings, Hop, Meta, Piece,
    finding::{listed, say},
};
use crate::{
    facts::{Origin, Resolved},
    model::Subject,
};

/// What an interaction has of what a rule asks of it.
pub(super) enum Lack {
    /// The rule does not ask this interaction, or it says why it does not apply.
    Exempt,
    /// It has it.
    Met,
    /// It is known to have none; the layer that says so.
    None(Origin),
    /// Nobody has asked.
    NotAsked,
    /// Nobody has asked, and only this layer can answer.
    Unsaid(Origin),
}

impl Lack {
    /// What a resolved fact makes of it.
    pub(super) fn of<T>(fact: &Resolved<'_, T>) -> Self {
        match fact {
            Resolved::NotApplicable(_) => Self::Exempt,
            Resolved::Known(..) => Self::Met,
            Resolved::None(origin) => Self::None(origin.clone()),
            Resolved::NotAsked => Self::NotAsked,
        }
    }

    /// The same, where nobody is blamed for what was not asked.
    pub(super) fn if_known(self) -> Self {
        match self {
            Self::NotAsked | Self::Unsaid(_) => Self::Exempt,
            known => known,
        }
    }
}

/// Interactions that lack something because one record does not have it.
pub(super) struct Cause<'c, 'a, const N: usize> {
    /// The record that would answer: an interaction itself, or what answers for several.
    pub(super) about: Subject,
    /// Whether it is the interaction itself.
    pub(super) alone: bool,
    /// The interactions, one at least.
    pub(super) hops: Vec<&'c Hop<'a>>,
    /// What kind of record it is, in a sentence.
    kind: &'static str,
    /// Which of the facts it lacks, and whether that is known.
    pub(super) facts: [Option<Class>; N],
    due: bool,
}

impl<'c, 'a, const N: usize> Cause<'c, 'a, N> {
    fn new(about: Subject, origin: &Origin) -> Self {
        Self {
            about,
            alone: *origin == Origin::Own,
            hops: Vec::new(),
            kind: kind(origin),
            facts: [None; N],
            due: false,
        }
    }

    fn add(&mut self, hop: &'c Hop<'a>, due: bool) {
        if self.hops.last().is_none_or(|last| last.at != hop.at) {
            self.hops.push(hop);
        }
        self.due |= due;
    }

    fn class(&self) -> Class {
        if self.facts.contains(&Some(Class::Defect)) { Class::Defect } else { Class::Gap }
    }

    /// The first of its interactions, and how many others: "A → B and 3 other interactions".
    pub(super) fn takers(&self) -> Vec<Piece> {
        match self.hops.as_slice() {
            [] => Vec::new(),
            [one] => say![*one],
            [one, another] => say![*one, " and ", *another],
            [one, more @ ..] => say![*one, format!(" and {} other interactions", more.len())],
        }
    }

    /// What it is about, as a sentence begins: the interaction, or "the profile Internal".
    pub(super) fn named(&self) -> Vec<Piece> {
        match self.hops.first().filter(|_| self.alone) {
            Some(hop) => say![*hop],
            None => say![format!("the {} ", self.kind), self.about.clone()],
        }
    }

    /// Reports it, with what `said` says, if it is a defect or due; everything concerned lights up.
    pub(super) fn report<'o>(
        &self,
        out: &'o mut Findings<'_>,
        rule: &'static Meta,
        said: impl FnOnce(Class) -> Vec<Piece>,
    ) -> Option<&'o mut Finding> {
        let about = self.about.clone();
        let finding = match self.class() {
            Class::Defect => out.defect(rule, about, said(Class::Defect)),
            Class::Gap if self.due => out.gap_where(rule, about, said(Class::Gap), true)?,
            Class::Gap => return out.gap_where(rule, about, Vec::new(), false),
        };
        light(finding, self.hops.iter().copied());
        Some(finding)
    }

    /// Adds the facts that it lacks, by their names.
    pub(super) fn prove(&self, finding: &mut Finding, names: &[&str; N]) {
        for (class, fact) in self.facts.iter().zip(names) {
            match (class, self.hops.first().filter(|_| self.alone)) {
                (None, _) => {}
                (Some(Class::Gap), _) if finding.class == Class::Defect && !self.due => {}
                (Some(Class::Gap), Some(hop)) => _ = finding.because_of(*hop, fact, "not asked", hop.facts.searched()),
                (Some(Class::Gap), None) => _ = finding.because(self.about.clone(), fact, "not asked"),
                (Some(Class::Defect), _) => _ = finding.because(self.about.clone(), fact, "none"),
            }
        }
    }
}

/// Gathers what interactions lack of the facts that a rule asks for, by the record that would answer. What is met or
/// exempt goes into the ledger.
///
/// An interaction that takes a profile is answered for by its profile, and so are all others that take it. The same with
/// the mesh, gateway or backbone that says there is none.
pub(super) fn causes<'c, 'a, const N: usize>(
    cx: &'c Context<'a>,
    out: &mut Findings<'_>,
    rule: &'static Meta,
    lack: impl Fn(&Hop<'a>) -> [Lack; N],
) -> Vec<Cause<'c, 'a, N>> {
    let mut shared: BTreeMap<Subject, Cause<'c, 'a, N>> = BTreeMap::new();
    let mut alone = Vec::new();
    for hop in cx.hops() {
        let due = || rule.gap.is_some_and(|from| cx.stage_of(&hop.to) >= from);
        let mut own: [Option<Class>; N] = [None; N];
        let (mut met, mut elsewhere) = (false, false);
        for ((at, own), lack) in own.iter_mut().enumerate().zip(lack(hop)) {
            let (class, origin) = match lack {
                Lack::Exempt => continue,
                Lack::Met => {
                    met = true;
                    continue;
                }
                Lack::None(origin) => (Class::Defect, origin),
                Lack::Unsaid(origin) => (Class::Gap, origin),
                Lack::NotAsked => (Class::Gap, answering(cx, hop)),
            };
            if origin == Origin::Own {
                *own = Some(class);
                continue;
            }
            elsewhere = true;
            let about = record(hop, &origin);
            let cause = shared.entry(about).or_insert_with_key(|about| Cause::new(about.clone(), &origin));
            cause.add(hop, due());
            if let Some(fact) = cause.facts.get_mut(at) {
                *fact = Some(fact.map_or(class, |known| known.min(class)));
            }
        }
        if own.iter().all(Option::is_none) {
            match (elsewhere, met) {
                (true, _) => {}
                (false, true) => out.met(rule, hop),
                (false, false) => out.exempt(rule, hop),
            }
        } else if due() || own.contains(&Some(Class::Defect)) {
            let mut cause = Cause::new(hop.into(), &Origin::Own);
            cause.facts = own;
            cause.add(hop, due());
            alone.push(cause);
        } else {
            out.gap_where(rule, hop, Vec::new(), false);
        }
    }
    alone.extend(shared.into_values());
    alone
}

/// Findings of a rule that asks each interaction for one resolved fact. `fact` is the name of the fact, and `thing` what
/// it is called in a sentence, without an article: "timeout".
pub(super) fn lacking<'a>(
    cx: &Context<'a>,
    out: &mut Findings<'_>,
    rule: &'static Meta,
    (fact, thing): (&str, &str),
    lack: impl Fn(&Hop<'a>) -> Lack,
) {
    for cause in causes(cx, out, rule, |hop| [lack(hop)]) {
        let finding = cause.report(out, rule, |class| match (class, cause.alone) {
            (Class::Defect, true) => joined([cause.named(), say![format!(" has no {thing}")]]),
            (Class::Defect, false) => {
                joined([cause.named(), say![format!(" says that there is no {thing}; so it is for ")], cause.takers()])
            }
            (Class::Gap, true) => joined([say![format!("the {thing} of ")], cause.named(), say![" was not asked"]]),
            (Class::Gap, false) => joined([
                cause.named(),
                say![format!(" does not say the {thing}; it would answer for ")],
                cause.takers(),
            ]),
        });
        if let Some(finding) = finding {
            cause.prove(finding, &[fact]);
        }
    }
}

/// The same for a rule that asks each interaction for several facts together: one finding names all that are lacking.
pub(super) fn lacking_some<'a, const N: usize>(
    cx: &Context<'a>,
    out: &mut Findings<'_>,
    rule: &'static Meta,
    (facts, things): ([&str; N], [&str; N]),
    lack: impl Fn(&Hop<'a>) -> [Lack; N],
) {
    for cause in causes(cx, out, rule, lack) {
        let of = |class| -> Vec<String> {
            let lacked = cause.facts.iter().zip(things).filter(|(fact, _)| **fact == Some(class));
            lacked.map(|(_, thing)| thing.to_owned()).collect()
        };
        let (none, open) = (of(Class::Defect), of(Class::Gap));
        let finding = cause.report(out, rule, |class| match (class, cause.alone) {
            (Class::Defect, alone) => {
                let several = none.first().is_some_and(|thing| thing.ends_with('s'));
                let has = match (alone, several) {
                    (true, _) => " has no ",
                    (false, true) => " says that there are no ",
                    (false, false) => " says that there is no ",
                };
                let mut said = joined([cause.named(), say![has, either(&none)]]);
                if cause.due && !open.is_empty() {
                    said.push(format!("; {} not asked", listed(&open)).into());
                }
                if !alone {
                    said.push("; so it is for ".into());
                    said.extend(cause.takers());
                }
                said
            }
            (Class::Gap, true) => joined([cause.named(), say![format!(": {} not asked", listed(&open))]]),
            (Class::Gap, false) => {
                let open = format!(" says nothing of {}; it would answer for ", listed(&open));
                joined([cause.named(), say![open], cause.takers()])
            }
        });
        if let Some(finding) = finding {
            cause.prove(finding, &facts);
        }
    }
}

/// Pieces one after the other.
pub(super) fn joined<const M: usize>(parts: [Vec<Piece>; M]) -> Vec<Piece> {
    parts.into_iter().flatten().collect()
}

/// Words in a row: "a, b or c".
pub(super) fn either(words: &[String]) -> String {
    match words {
        [more @ .., last] if !more.is_empty() => format!("{} or {last}", more.join(", ")),
        _ => listed(words),
    }
}

/// Lights up interactions and their ends. A profile can be taken by thousands.
pub(super) fn light<'h, 'a: 'h>(finding: &mut Finding, hops: impl Iterator<Item = &'h Hop<'a>> + Clone) {
    let mut seen: HashSet<Subject> = finding.subjects.iter().cloned().collect();
    let ends = hops.clone().flat_map(Hop::ends);
    for subject in hops.map(Subject::from).chain(ends) {
        if seen.insert(subject.clone()) {
            finding.subjects.push(subject);
        }
    }
}

/// The layer that would answer what no layer says: the profile, where there is one.
fn answering(cx: &Context<'_>, hop: &Hop<'_>) -> Origin {
    let profile = hop.profile.known().filter(|id| cx.model.profiles.contains_key(*id));
    profile.map_or(Origin::Own, |id| Origin::Profile(id.clone()))
}

/// What kind of record a layer is, in a sentence.
pub(super) fn kind(origin: &Origin) -> &'static str {
    match origin {
        Origin::Own => "interaction",
        Origin::Profile(_) => "profile",
        Origin::Mesh(_) => "mesh",
        Origin::Gateway(_) => "gateway",
        Origin::Backbone(_) => "backbone",
    }
}

/// The record of a layer.
pub(super) fn record(hop: &Hop<'_>, origin: &Origin) -> Subject {
    match origin {
        Origin::Own => hop.into(),
        Origin::Profile(id) => id.into(),
        Origin::Mesh(id) => id.into(),
        Origin::Gateway(id) | Origin::Backbone(id) => id.into(),
    }
}
