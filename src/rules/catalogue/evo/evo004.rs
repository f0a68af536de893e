//! EVO004: something goes, and others go on with it.

use std::collections::BTreeSet;

use super::roadmap::Roadmap;
use crate::{
    model::{Date, Id, Interaction, InteractionKind, Record, Subject, System, SystemKind},
    rules::{
        Context, End, Findings, Hop, Meta, Piece, Principle, Rule, Severity,
        finding::{names, say},
    },
    topology::carried,
};

pub(super) struct DependsOnRetiring;

static META: Meta = Meta {
    code: "EVO004",
    slug: "depends-on-retiring",
    summary: "something depends on a system past the day it retires",
    why: "\"Backward compatibility is a business requirement\" (docs/principles.md): whoever is left behind when a system goes \
          finds out on that day. To remove a record from the plan moves none of its callers.",
    example: "The ERP goes in March; the warehouse books goods receipts in it, and no change moves them.",
    remedy: "Plan for each dependant where it goes: a change that redirects or removes its interaction by then, or the day until \
             which it is in use.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for DependsOnRetiring {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let roadmap = Roadmap::of(cx.model);
        for end in cx.ends().iter().filter(|end| !end.is_person()) {
            // What runs on through an adapter that should be gone is EVO002's.
            let overdue =
                end.is(SystemKind::Adapter) && end.lifecycle.retires_on.known().is_some_and(|d| *d <= cx.as_of);
            let comes_later = end.lifecycle.active_from.known().is_some_and(|from| *from > cx.as_of);
            let Some((day, cause, fact)) = roadmap.leaves(end.id, end).filter(|_| !overdue && !comes_later) else {
                out.exempt(&META, *end);
                continue;
            };
            let left = Left { cx, roadmap: &roadmap, gone: end, day };
            let left: Vec<(&Hop<'_>, BTreeSet<&Id<System>>)> = left.behind();
            if left.is_empty() {
                out.met(&META, *end);
                continue;
            }
            let who: BTreeSet<&Id<System>> = left.iter().flat_map(|(_, who)| who.iter().copied()).collect();
            let verb = match (who.len() == 1, day <= cx.as_of) {
                (true, true) => " still depends on it",
                (false, true) => " still depend on it",
                (true, false) => " depends on it past that day",
                (false, false) => " depend on it past that day",
            };
            let went = if day <= cx.as_of { "went" } else { "goes" };
            let mut said = say![*end, format!(" {went} on {day}; ")];
            said.extend(several(&who));
            said.push(verb.into());
            let finding = out
                .defect(&META, *end, said)
                .with(who.iter().map(|id| Subject::from(*id)))
                .with(left.iter().map(|(hop, _)| Subject::from(*hop)))
                .because(cause, fact, day.to_string());
            for (hop, _) in left {
                let until = hop.active_until.known().map_or_else(|| "not asked".to_owned(), Date::to_string);
                finding.because(hop, "active_until", until);
            }
        }
    }
}

/// Their names; of many the first two and how many more.
fn several(who: &BTreeSet<&Id<System>>) -> Vec<Piece> {
    let ids: Vec<_> = who.iter().map(|id| Subject::from(*id)).collect();
    match ids.as_slice() {
        [first, second, _, _, ..] => {
            say![first.clone(), ", ", second.clone(), format!(" and {} others", ids.len() - 2)]
        }
        _ => names(ids),
    }
}

/// Who is left behind when a system goes.
struct Left<'c, 'a> {
    cx: &'c Context<'a>,
    roadmap: &'c Roadmap<'a>,
    gone: &'c End<'a>,
    day: Date,
}

impl<'c, 'a> Left<'c, 'a> {
    /// The interactions that go on, each with who depends on it: callers, and whoever hears its events.
    fn behind(&self) -> Vec<(&'c Hop<'a>, BTreeSet<&'a Id<System>>)> {
        if self.roadmap.migrates_somehow(&self.gone.id.key(), self.day) {
            return Vec::new();
        }
        let calls = self.cx.hops_to(self.gone.id).filter(|hop| hop.kind != InteractionKind::Event);
        let calls = calls.filter(|hop| self.goes_on(hop) && self.stays(&hop.from));
        let mut left: Vec<_> = calls.map(|hop| (hop, BTreeSet::from([hop.from.id]))).collect();
        let told = self.cx.hops_from(self.gone.id).filter(|hop| hop.kind == InteractionKind::Event);
        for hop in told.filter(|hop| self.goes_on(hop) && !self.is_told_by_another(hop)) {
            let arrivals = self.cx.topology.arrivals(hop.at).into_iter().map(|at| self.cx.hop(at));
            let heard = arrivals.filter(|last| self.goes_on(last) && self.stays(&last.to));
            let who: BTreeSet<_> = heard.map(|last| last.to.id).collect();
            if !who.is_empty() {
                left.push((hop, who));
            }
        }
        left
    }

    /// Whether an interaction is neither over nor removed nor led elsewhere by the day.
    fn goes_on(&self, hop: &Hop<'_>) -> bool {
        let over = |interaction: &Interaction| interaction.active_until.known().is_some_and(|until| *until <= self.day);
        let elsewhere = |to: &Interaction| to.from != *hop.from.id || to.to != *hop.to.id;
        let key = hop.id.key();
        let mut effects = self.roadmap.by(&key, self.day);
        let ended = effects.any(|effect| match effect.record() {
            None => true,
            Some(Record::Interaction(then)) => over(then) || elsewhere(then),
            Some(_) => false,
        });
        !ended && !over(hop.interaction)
    }

    /// Whether a system is one that can be left behind: it stays, and does more than pass messages on.
    fn stays(&self, end: &End<'_>) -> bool {
        let goes = self.roadmap.leaves(end.id, end).is_some_and(|(day, ..)| day <= self.day);
        !end.is_person()
            && !end.is(SystemKind::Backbone)
            && !goes
            && !self.roadmap.removes(&end.id.key(), self.day)
            && !self.roadmap.migrates_somehow(&end.id.key(), self.day)
    }

    /// Whether somebody else tells the same, today or by the day.
    fn is_told_by_another(&self, hop: &Hop<'_>) -> bool {
        let Some(told) = carried(hop.interaction) else { return false };
        let same = |other: &Interaction, from: &Id<System>| {
            other.kind == InteractionKind::Event && carried(other) == Some(told) && from != self.gone.id
        };
        let today = || {
            let mut others = self.cx.users(told.0).filter(|other| same(other.interaction, other.from.id));
            others.any(|other| !other.from.passes_on() && self.stays(&other.from))
        };
        let planned = || {
            self.roadmap.all_by(self.day).any(|effect| match effect.record() {
                Some(Record::Interaction(then)) => {
                    same(then, &then.from) && !self.cx.is(&then.from, SystemKind::Backbone)
                }
                _ => false,
            })
        };
        today() || planned()
    }
}
