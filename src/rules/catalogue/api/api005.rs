//! API005: state changes, and nobody can tell who changed it.

use crate::{
    model::{Classification, Criticality, Fact, Id, Operation, OperationKind, Stage, Subject},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        contracts::{Product, products},
        finding::say,
    },
};

pub(super) struct UnauditedMutation;

static META: Meta = Meta {
    code: "API005",
    slug: "unaudited-mutation",
    summary: "a command that leaves no record of what it changed",
    why: "Failure is inevitable (docs/principles.md), and so are wrong data: without a record of who changed what and when, they can neither be explained nor \
          repaired. OWASP Top 10 (2021), A09, counts unlogged transactions of value among its failures.",
    example: "A customer's bank account was changed on Friday; whether by her or by somebody else, nobody can say.",
    remedy: "Record each change with who, when and what, and say so on the operation.",
    severity: Severity::Info,
    gap: Some(Stage::Governed),
    principle: Principle::Failure,
    star: false,
};

impl Rule for UnauditedMutation {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            let asked = product.is_asked(&["audited"]);
            for (about, _, operation) in product.operations() {
                if !asked || operation.kind != OperationKind::Command {
                    out.exempt(&META, about);
                    continue;
                }
                let what = what_matters(cx, &product, operation);
                let finding = match operation.audited {
                    Fact::Known(_) => {
                        out.met(&META, about);
                        continue;
                    }
                    Fact::None => {
                        let said = say!["", about.clone(), " of ", &product, " changes state and is not audited"];
                        Some(out.defect(&META, about.clone(), said).because(about, "audited", "none"))
                    }
                    Fact::NotAsked => {
                        let said = say!["whether ", about.clone(), " of ", &product, " is audited was not asked"];
                        let gap = product.gap(cx, out, &META, about.clone(), said);
                        gap.map(|gap| gap.because(about, "audited", "not asked"))
                    }
                };
                if let Some(finding) = finding {
                    finding.with([Subject::from(&product)]).with(product.lit());
                    for (subject, fact, value) in what {
                        finding.severity(Severity::Warning).with([subject.clone()]).because(subject, fact, value);
                    }
                }
            }
        }
    }
}

/// What makes it worse: the sensitive entities that it writes, and a system on which much depends.
fn what_matters(
    cx: &Context<'_>,
    product: &Product<'_>,
    operation: &Operation,
) -> Vec<(Subject, &'static str, &'static str)> {
    if operation.audited.is_known() {
        return Vec::new();
    }
    let sensitive = |id: &Id<crate::model::Entity>| {
        let class = *cx.model.entities.get(id)?.classification.known()?;
        (class >= Classification::Confidential).then(|| (id.into(), "classification", class.word()))
    };
    let mut matters: Vec<_> = operation.writes.iter().filter_map(sensitive).collect();
    let critical = product.provider.and_then(|end| Some((end, *end.criticality.known()?)));
    if let Some((end, criticality)) = critical.filter(|(_, criticality)| *criticality >= Criticality::High) {
        matters.push((end.into(), "criticality", criticality.word()));
    }
    matters
}
