//! EVO007: a change that nobody answers for, or that has no day.

use crate::{
    model::{ChangeStatus, Fact, Stage},
    rules::{
        Class, Context, Findings, Meta, Principle, Rule, Severity,
        finding::{listed, say},
    },
};

pub(super) struct OwnerlessChange;

static META: Meta = Meta {
    code: "EVO007",
    slug: "ownerless-change",
    summary: "a change on the roadmap with no owner, or no day on which it ends",
    why: "A step that nobody answers for and that has no date is a wish. An integration evolves by plan or it does not: \
          docs/principles.md counts \"temporary\" things without a plan among the anti-patterns.",
    example: "\"Replace the tills\" has stood on the roadmap for three years, without a team and without a date.",
    remedy: "Name the team that answers for the change and the day on which it ends; or drop it.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for OwnerlessChange {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, change) in &cx.model.changes {
            // A scenario is one way it might go: it is planned when it is chosen.
            let over = matches!(change.status, Fact::Known(ChangeStatus::Done | ChangeStatus::Dropped));
            let asked = !over && !change.scenario.is_known();
            let facts = [("owner", state(&change.owner)), ("end", state(&change.end))];
            let facts = facts.into_iter().filter(|(fact, _)| asked && !change.not_applicable.contains_key(*fact));
            let facts: Vec<_> = facts.collect();
            if facts.is_empty() {
                out.exempt(&META, id);
                continue;
            }
            let lacking = |class| {
                let facts = facts.iter().filter(move |(_, lack)| *lack == Some(class));
                facts.map(|(fact, _)| (*fact).to_owned()).collect::<Vec<_>>()
            };
            let (none, not_asked) = (lacking(Class::Defect), lacking(Class::Gap));
            let finding = if !none.is_empty() {
                Some(out.defect(&META, id, say![id, format!(" has no {}", listed(&none).replace(" and ", " and no "))]))
            } else if !not_asked.is_empty() {
                let were = if not_asked.len() == 1 { "was" } else { "were" };
                out.gap(&META, id, say![format!("the {} of ", listed(&not_asked)), id, format!(" {were} not asked")])
            } else {
                out.met(&META, id);
                None
            };
            let Some(finding) = finding else { continue };
            for (fact, lack) in &facts {
                match lack {
                    Some(Class::Defect) => _ = finding.because(id, fact, "none"),
                    Some(Class::Gap) => _ = finding.because(id, fact, "not asked"),
                    None => {}
                }
            }
        }
    }
}

/// What is wrong with a fact that must be known.
fn state<T>(fact: &Fact<T>) -> Option<Class> {
    match fact {
        Fact::None => Some(Class::Defect),
        Fact::NotAsked => Some(Class::Gap),
        Fact::Known(_) => None,
    }
}
