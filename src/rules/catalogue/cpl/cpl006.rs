//! CPL006: teams that can only release together.

use std::collections::BTreeSet;

use crate::{
    model::{Id, Subject, System, Team},
    rules::{
        Context, End, Findings, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct LockstepRelease;

static META: Meta = Meta {
    code: "CPL006",
    slug: "lockstep-release",
    summary: "systems of different owners that must be released together",
    why: "\"Loose coupling over convenience\" and \"backward compatibility is a business requirement\" (docs/principles.md). \
          Where one cannot go live without the other, no contract between them holds.",
    example: "Orders and Shipping go live in the same night, because neither understands the other's last version.",
    remedy: "Keep both versions of the contract alive for a while, or put what must change together into one team's hands.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::LooseCoupling,
    star: false,
};

impl Rule for LockstepRelease {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut tied: BTreeSet<&Id<System>> = BTreeSet::new();
        for set in cx.topology.released_together() {
            tied.extend(&set);
            let ends: Vec<End<'_>> = set.iter().filter_map(|id| cx.end(id)).collect();
            let owners: BTreeSet<&Id<Team>> = ends.iter().filter_map(|end| end.owner.known()).collect();
            if owners.len() > 1 {
                report(out, &ends, &owners);
            } else {
                ends.iter().for_each(|end| out.met(&META, *end));
            }
        }
        for end in cx.ends().iter().filter(|end| !tied.contains(end.id)) {
            if end.is_person() || end.is_external() || end.not_applicable.contains_key("released_with") {
                out.exempt(&META, *end);
            } else if end.released_with.is_not_asked() {
                out.gap(&META, *end, Vec::new());
            } else {
                out.met(&META, *end);
            }
        }
    }
}

fn report(out: &mut Findings<'_>, ends: &[End<'_>], owners: &BTreeSet<&Id<Team>>) {
    let Some(first) = ends.first() else { return };
    let mut said = names(ends.iter().map(|end| Subject::from(*end)));
    said.extend(say![" must be released together, and belong to "]);
    said.extend(names(owners.iter().map(|owner| Subject::from(*owner))));
    let finding = out.defect(&META, *first, said);
    finding.with(ends.iter().map(|end| Subject::from(*end))).with(owners.iter().map(|owner| Subject::from(*owner)));
    for end in ends {
        if let Some(with) = end.released_with.known() {
            let with: Vec<String> = with.iter().map(ToString::to_string).collect();
            finding.because(*end, "released_with", with.join(", "));
        }
        let owner = end.owner.known().map_or_else(|| "not known".to_owned(), ToString::to_string);
        finding.because(*end, "owner", owner);
    }
}
