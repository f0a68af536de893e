//! SEC007: sensitive data on their way out, unprotected.

use super::{
    crossing::mechanism,
    sensitive::{Leaving, leaving},
};
use crate::{
    facts::Origin,
    model::{Fact, Stage},
    rules::{
        Class, Context, Finding, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::{listed, say},
        lacking::{Cause, Lack, causes, either, joined},
    },
};

pub(super) struct SensitiveDataLeaves;

static META: Meta = Meta {
    code: "SEC007",
    slug: "sensitive-data-leaves",
    summary: "personal or confidential data reach a less trusted boundary without encryption, contract or audit",
    why: "\"Security bolted on after exposure\" (docs/principles.md, problems). What has left cannot be called back: personal data need \
          protection on the way and proof of where they went (GDPR, articles 5 and 32).",
    example: "The partner's query brings customers' addresses out of the internal network, over plain HTTP, and nobody logs it.",
    remedy: "Encrypt the way out, agree on a contract for what leaves, and log each access; or do not send what need not leave.",
    severity: Severity::Error,
    gap: Some(Stage::Sketch),
    principle: Principle::Security,
    star: false,
};

const FACTS: [&str; 3] = ["encryption", "contract", "audit"];
const THINGS: [&str; 3] = ["encryption", "contract", "audit log"];

impl Rule for SensitiveDataLeaves {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for cause in causes(cx, out, &META, |hop| lacks(cx, hop)) {
            let first = cause.hops.iter().find_map(|hop| Some((*hop, leaving(cx, hop)?)));
            let Some((first, data)) = first else { continue };
            let finding = report(out, &cause, first, &data);
            if let Some(finding) = finding {
                finding.with([data.from.0.into(), data.into.0.into()]).with(data.entity.map(Into::into));
                match data.entity {
                    Some(entity) => finding.because(entity, "classification", data.class.word()),
                    None => finding.because(first, "classification", data.class.word()),
                };
                cause.prove(finding, &FACTS);
            }
        }
    }
}

fn lacks<'a>(cx: &Context<'a>, hop: &Hop<'a>) -> [Lack; 3] {
    if leaving(cx, hop).is_none() {
        return [Lack::Exempt, Lack::Exempt, Lack::Exempt];
    }
    let encryption = super::sec008::encryption(hop, mechanism(hop));
    // People keep to no contract, and their access is SEC006's.
    if hop.has_person() {
        return [encryption, Lack::Exempt, Lack::Exempt];
    }
    let contract = match hop.interaction.contract {
        _ if hop.excuses("contract") => Lack::Exempt,
        Fact::Known(_) => Lack::Met,
        Fact::None => Lack::None(Origin::Own),
        Fact::NotAsked => Lack::Unsaid(Origin::Own),
    };
    [encryption, contract, Lack::of(&hop.facts.get("audit", |layer| &layer.security.audit))]
}

fn report<'o>(
    out: &'o mut Findings<'_>,
    cause: &Cause<'_, '_, 3>,
    first: &Hop<'_>,
    data: &Leaving<'_>,
) -> Option<&'o mut Finding> {
    let of = |class| -> Vec<String> {
        let lacked = cause.facts.iter().zip(THINGS).filter(|(fact, _)| **fact == Some(class));
        lacked.map(|(_, thing)| thing.to_owned()).collect()
    };
    let (none, open) = (of(Class::Defect), of(Class::Gap));
    cause.report(out, &META, |class| {
        let way = say![format!("{} data leave ", data.class.word()), data.from.0, " for ", data.into.0, " by "];
        let more = if open.is_empty() { String::new() } else { format!("; {} not asked", listed(&open)) };
        match (class, cause.alone) {
            (Class::Defect, true) => joined([way, say![first, format!(" with no {}", either(&none)), more]]),
            (Class::Defect, false) => {
                let said = say![format!(" says that there is no {}", either(&none)), more];
                joined([way, cause.takers(), say!["; "], cause.named(), said])
            }
            (Class::Gap, true) => joined([way, say![first, more]]),
            (Class::Gap, false) => {
                let said = say![format!(" says nothing of {}", listed(&open))];
                joined([way, cause.takers(), say!["; "], cause.named(), said])
            }
        }
    })
}
