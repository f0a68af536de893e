//! MOD004: a waiver that nobody can answer for.

use crate::{
    model::{Fact, Subject},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        finding::{listed, say},
    },
};

pub(super) struct UnjustifiedWaiver;

static META: Meta = Meta {
    code: "MOD004",
    slug: "unjustified-waiver",
    summary: "a waiver without a reason, an approver or a date on which it expires; it does not count",
    why: "To accept a risk is a decision: somebody makes it, for a reason and for a time. Without the three a waiver is a way \
          to switch a rule off where it hurts.",
    example: "\"VER001, contract:pricing-api\", and not a word about who said so, why, or for how long.",
    remedy: "Write down why it is accepted, who approved it and until when; or remove the waiver.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UnjustifiedWaiver {
    fn meta(&self) -> &'static Meta {
        &META
    }

    // A waiver is whole or it is none: what was not asked is missing as well.
    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, waiver) in &cx.model.waivers {
            let facts = [
                ("reason", "reason", missing(&waiver.reason)),
                ("approved_by", "approver", missing(&waiver.approved_by)),
                ("expires_on", "date on which it expires", missing(&waiver.expires_on)),
            ];
            let lacks: Vec<_> = facts.into_iter().filter_map(|(fact, word, lack)| Some((fact, word, lack?))).collect();
            if lacks.is_empty() {
                out.met(&META, id);
                continue;
            }
            let words: Vec<_> = lacks.iter().map(|(_, word, _)| format!("no {word}")).collect();
            let about = waiver.about.clone();
            let said = say![format!("the waiver of {} for ", waiver.rule), about, format!(" has {}", listed(&words))];
            let finding =
                out.defect(&META, id, said).with([Subject::from(waiver.about.key.clone()), waiver.about.clone()]);
            for (fact, _, value) in lacks {
                finding.because(id, fact, value);
            }
        }
    }
}

/// The word for a fact that is not known.
fn missing<T>(fact: &Fact<T>) -> Option<&'static str> {
    match fact {
        Fact::Known(_) => None,
        Fact::None => Some("none"),
        Fact::NotAsked => Some("not asked"),
    }
}
