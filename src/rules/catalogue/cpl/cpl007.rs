//! CPL007: an API where everything speaks for an event, or the other way round.

use std::collections::BTreeSet;

use crate::{
    advisor::{Criterion, Pull},
    model::{Answer, Criteria, DecisionStatus, InteractionKind, Key, Kind},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct WrongStyle;

static META: Meta = Meta {
    code: "CPL007",
    slug: "wrong-style",
    summary: "every answered criterion pulls the other way than the style chosen, and no decision explains it",
    why: "\"Loose coupling over convenience\" (docs/principles.md). The six criteria of the decision between API and event were \
          answered, and what was built is not what they say.",
    example: "Shop calls Loyalty for every order, though nobody waits for the points and four others want to know too.",
    remedy: "Take the other style, or record why this one was chosen as a decision about the interaction.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

impl Rule for WrongStyle {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let explained = explained(cx);
        for hop in cx.hops() {
            let chosen = match hop.kind {
                InteractionKind::Command | InteractionKind::Query => Some(Pull::Api),
                InteractionKind::Event => Some(Pull::Event),
                InteractionKind::Unclassified => None,
            };
            let Some(chosen) = chosen.filter(|_| !hop.has_person() && !hop.excuses("decision")) else {
                out.exempt(&META, hop);
                continue;
            };
            let answers = answers(&hop.decision);
            if answers.iter().all(|(_, answer)| answer.is_none()) {
                out.gap(&META, hop, Vec::new());
            } else if !pulls_away(&answers, chosen) || is_explained(hop, &explained) {
                out.met(&META, hop);
            } else {
                report(out, hop, &answers, chosen);
            }
        }
    }
}

type Answers = [(Criterion, Option<Answer>); 6];

/// The six criteria and their answers.
fn answers(criteria: &Criteria) -> Answers {
    Criterion::ASKED.map(|criterion| (criterion, criterion.answer(criteria)))
}

/// Whether every answer pulls away from what was chosen: a yes to what speaks for the other, a no to what speaks for
/// this. A no alone is no reason for anything.
fn pulls_away(answers: &Answers, chosen: Pull) -> bool {
    let away = |(criterion, answer): &(Criterion, Option<Answer>)| match answer {
        Some(Answer::Yes) => criterion.pull() != chosen,
        Some(Answer::No) => criterion.pull() == chosen,
        None => true,
    };
    answers.iter().all(away) && answers.iter().any(|(_, answer)| *answer == Some(Answer::Yes))
}

/// What decisions explain: interactions, and contracts whose style was decided.
fn explained<'a>(cx: &Context<'a>) -> BTreeSet<&'a Key> {
    let mut keys = BTreeSet::new();
    for decision in cx.model.decisions.values() {
        if matches!(decision.status.known(), Some(DecisionStatus::Rejected | DecisionStatus::Superseded)) {
            continue;
        }
        let of_style = decision.advice.is_known() || decision.criteria != Criteria::default();
        keys.extend(decision.about.iter().filter(|key| key.kind == Kind::Interaction || of_style));
    }
    keys
}

fn is_explained(hop: &Hop<'_>, explained: &BTreeSet<&Key>) -> bool {
    explained.contains(&hop.id.key()) || hop.contract.is_some_and(|(id, _)| explained.contains(&id.key()))
}

fn report(out: &mut Findings<'_>, hop: &Hop<'_>, answers: &Answers, chosen: Pull) {
    let kind = hop.kind.word();
    let article = if hop.kind == InteractionKind::Event { "an" } else { "a" };
    let other = chosen.other().word();
    let said = say![hop, format!(" is {article} {kind}, but all that was answered speaks for {other}")];
    let finding = out.defect(&META, hop, said);
    finding.with(hop.ends()).because(hop, "kind", kind);
    for (criterion, answer) in answers {
        if let Some((field, answer)) = criterion.field().zip(*answer) {
            finding.because(hop, field, answer.word());
        }
    }
}
