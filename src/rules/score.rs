//! The scorecard: what became of everything that rules looked at, counted by principle, API standard, security
//! requirement and observability requirement.
//!
//! It is counted from the verdicts of the very run that makes the findings: there is no second calculation.

use std::collections::BTreeMap;

use super::{Context, Meta, Principle, Report, run::run};
use crate::model::{Boundary, Contract, Id, Interaction, Kind, Style, Subject};

/// What became of a requirement somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It holds.
    Met,
    /// It is known not to hold.
    NotMet,
    /// Nobody has asked.
    NotStated,
    /// It does not apply.
    NotApplicable,
}

impl State {
    /// Every state, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Met, Self::NotMet, Self::NotStated, Self::NotApplicable];

    /// Its words, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::NotStated => "not stated",
            Self::NotApplicable => "does not apply",
        }
    }

    /// How much it says about several things together, most first: what is known to be wrong outweighs what is not
    /// known, and that what holds.
    fn rank(self) -> u8 {
        match self {
            Self::NotMet => 0,
            Self::NotStated => 1,
            Self::Met => 2,
            Self::NotApplicable => 3,
        }
    }
}

/// What one rule says of one subject.
#[derive(Clone, Debug)]
struct Verdict {
    rule: &'static Meta,
    about: Subject,
    /// Which of several requirements that the rule looks at together; empty for the rule as a whole.
    facet: &'static str,
    state: State,
}

/// How often a requirement is in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([usize; 4]);

impl Tally {
    fn add(&mut self, state: State) {
        self.0[state as usize] += 1;
    }

    /// How often it is in a state.
    pub fn of(&self, state: State) -> usize {
        self.0[state as usize]
    }

    /// How often it applies.
    pub fn asked(&self) -> usize {
        self.of(State::Met) + self.of(State::NotMet) + self.of(State::NotStated)
    }
}

/// A requirement of one thing, and the rules behind what it lacks.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What became of it.
    pub state: State,
    /// The rules that are not met, or whose questions are not answered; facets where one rule asks several things.
    pub lacks: Vec<&'static str>,
}

/// Requirements of many things of one kind: a row each, a column for each requirement.
#[derive(Clone, Debug)]
pub struct Board<T> {
    /// The requirements in words.
    pub requirements: Vec<&'static str>,
    /// A mark for each requirement, by id.
    pub rows: Vec<(Id<T>, Vec<Mark>)>,
}

impl<T> Board<T> {
    /// How often each requirement is in each state.
    pub fn tallies(&self) -> Vec<(&'static str, Tally)> {
        let tally = |(at, requirement): (usize, &&'static str)| {
            let mut tally = Tally::default();
            self.rows.iter().filter_map(|(_, marks)| marks.get(at)).for_each(|mark| tally.add(mark.state));
            (*requirement, tally)
        };
        self.requirements.iter().enumerate().map(tally).collect()
    }
}

/// The scorecard of a model on a day.
#[derive(Clone, Debug)]
pub struct Scorecard {
    /// Each of the six principles, and security: every question of their rules.
    pub principles: Vec<(Principle, Tally)>,
    /// Each API against the five standards.
    pub apis: Board<Contract>,
    /// Each boundary against the five security requirements.
    pub boundaries: Board<Boundary>,
    /// Each interaction against the four observability requirements.
    pub interactions: Board<Interaction>,
}

/// A requirement: its words, and the rules (by code) or facets that it is counted from.
type Requirement = (&'static str, &'static [&'static str]);

/// The five API standards (docs/principles.md), by the rules that hold them.
pub const STANDARDS: [Requirement; 5] = [
    ("API as a product", &["CON009", "CON007", "VER001", "CON010"]),
    ("Contract first", &["CON002", "CON003", "CON004", "CON005", "EVT003", "VER010"]),
    ("Versioning", &["VER001", "EVT003", "VER002", "VER010", "VER011"]),
    ("Error semantics", &["CON003", "API002", "API003", "API004"]),
    ("Idempotency and safety", &["API001", "API005", "RES003", "RES014"]),
];

/// The five security requirements of a boundary, facets of SEC001.
const SECURITY: [Requirement; 5] = [
    ("Authentication mechanism", &["authentication"]),
    ("Scope and least privilege", &["scopes"]),
    ("Token lifetime and rotation", &["token lifetime and rotation"]),
    ("Service-to-service trust", &["service trust"]),
    ("Audit of all access", &["audit"]),
];

/// The four observability requirements of an interaction, facets of OBS001.
const OBSERVABILITY: [Requirement; 4] = [
    ("Correlated structured logs", &["correlation_logs"]),
    ("Latency percentiles", &["latency_percentiles"]),
    ("Error rate", &["error_rate"]),
    ("Retry and breaker events", &["resilience_events"]),
];

/// What a run makes of everything it looks at: counted by principle, and kept where a requirement is counted from it.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    principles: [Tally; Principle::ALL.len()],
    verdicts: Vec<Verdict>,
}

impl Ledger {
    /// Takes down what became of a rule, or of a facet of it, somewhere.
    pub(super) fn note(&mut self, rule: &'static Meta, about: &Subject, facet: &'static str, state: State) {
        let whole = facet.is_empty();
        if whole && let Some(tally) = self.principles.get_mut(rule.principle as usize) {
            tally.add(state);
        }
        if !whole || STANDARDS.iter().any(|(_, codes)| codes.contains(&rule.code)) {
            self.verdicts.push(Verdict { rule, about: about.clone(), facet, state });
        }
    }

    /// Takes over what stands in another, behind its own.
    pub(super) fn append(&mut self, other: Self) {
        for (tally, more) in self.principles.iter_mut().zip(other.principles) {
            for (count, more) in tally.0.iter_mut().zip(more.0) {
                *count += more;
            }
        }
        self.verdicts.extend(other.verdicts);
    }
}

/// Runs every rule once, for the findings and for the scorecard.
pub fn score(cx: &Context<'_>) -> (Report, Scorecard) {
    let (report, ledger) = run(cx, true);
    let verdicts = &ledger.verdicts;
    let scorecard = Scorecard {
        principles: Principle::ALL.into_iter().zip(ledger.principles).collect(),
        apis: apis(cx, verdicts),
        boundaries: facets(verdicts, "SEC001", Kind::Boundary, &SECURITY),
        interactions: facets(verdicts, "OBS001", Kind::Interaction, &OBSERVABILITY),
    };
    (report, scorecard)
}

/// Contracts that are called: not messages, files or views of a database.
fn is_api(contract: &Contract) -> bool {
    match contract.style.known() {
        Some(style) => !matches!(style, Style::Messages | Style::File | Style::DatabaseView),
        None => !contract.operations.is_empty(),
    }
}

fn apis(cx: &Context<'_>, verdicts: &[Verdict]) -> Board<Contract> {
    let ours = |(id, contract): (&Id<Contract>, &Contract)| {
        (is_api(contract) && !cx.is_foreign(contract.provider.known())).then(|| (id.clone(), Vec::new()))
    };
    // What is said of the contract, of its parts, and of the interactions under it.
    let mut said: BTreeMap<Id<Contract>, Vec<(&'static str, State)>> =
        cx.model.contracts.iter().filter_map(|(id, contract)| ours((id, &contract.value))).collect();
    for verdict in verdicts.iter().filter(|verdict| verdict.facet.is_empty()) {
        let id = || Id::from_slug(verdict.about.key.slug.clone());
        let of_contract = match verdict.about.key.kind {
            Kind::Contract => said.get_mut(&id()),
            Kind::Interaction => {
                let under = cx.hop_of(&Id::from_slug(verdict.about.key.slug.clone())).and_then(|hop| hop.contract);
                under.and_then(|(id, _)| said.get_mut(id))
            }
            _ => None,
        };
        if let Some(said) = of_contract {
            said.push((verdict.rule.code, verdict.state));
        }
    }
    let marks = |said: Vec<(&'static str, State)>| {
        STANDARDS.iter().map(|(_, codes)| mark(said.iter().filter(|(code, _)| codes.contains(code)))).collect()
    };
    let rows = said.into_iter().map(|(id, said)| (id, marks(said))).collect();
    Board { requirements: STANDARDS.iter().map(|(words, _)| *words).collect(), rows }
}

fn facets<T>(verdicts: &[Verdict], code: &str, kind: Kind, requirements: &[Requirement]) -> Board<T> {
    let mut by_record: BTreeMap<Id<T>, Vec<(&'static str, State)>> = BTreeMap::new();
    let asked = |v: &&Verdict| v.rule.code == code && !v.facet.is_empty() && v.about.key.kind == kind;
    for verdict in verdicts.iter().filter(asked) {
        let id = Id::from_slug(verdict.about.key.slug.clone());
        by_record.entry(id).or_default().push((verdict.facet, verdict.state));
    }
    let marks = |said: &[(&'static str, State)]| {
        requirements.iter().map(|(_, facets)| mark(said.iter().filter(|(facet, _)| facets.contains(facet)))).collect()
    };
    let rows = by_record.into_iter().map(|(id, said)| (id, marks(&said))).collect();
    Board { requirements: requirements.iter().map(|(words, _)| *words).collect(), rows }
}

/// What several verdicts make together: the one that says most.
fn mark<'v>(said: impl Iterator<Item = &'v (&'static str, State)>) -> Mark {
    let mut mark = Mark { state: State::NotApplicable, lacks: Vec::new() };
    for (code, state) in said {
        if state.rank() < mark.state.rank() {
            mark.state = *state;
        }
        if matches!(state, State::NotMet | State::NotStated) && !mark.lacks.contains(code) {
            mark.lacks.push(code);
        }
    }
    mark.lacks.sort_unstable();
    mark
}
