//! MOD005: a waiver, or a severity of the policy, of a rule that there is not.

use crate::{
    file::nearest,
    model::{Key, Kind, Subject},
    rules::{Context, Findings, Meta, Principle, RULES, Rule, Severity, find, finding::say},
};

pub(super) struct UnknownRule;

static META: Meta = Meta {
    code: "MOD005",
    slug: "unknown-rule",
    summary: "a waiver or a severity that names a rule that there is not: it does nothing",
    why: "A slip in a code accepts nothing and switches nothing off, and nobody hears of it: the finding stays, and whoever \
          approved the waiver believes it gone. A file of a newer version may also name a rule that this one does not know.",
    example: "\"OWN0O3, store:orders-db\", with the letter O where a nought belongs.",
    remedy: "Write the code or the name of a rule, as `spandrel explain` lists them; or remove the waiver.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UnknownRule {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, waiver) in &cx.model.waivers {
            if find(&waiver.rule).is_some() {
                out.met(&META, id);
                continue;
            }
            let about = waiver.about.clone();
            let said =
                say![format!("the waiver of {} for ", waiver.rule), about, format!(" {}", names_none(&waiver.rule))];
            out.defect(&META, id, said).with([Subject::from(waiver.about.key.clone()), waiver.about.clone()]).because(
                id,
                "rule",
                waiver.rule.clone(),
            );
        }
        let policy = &cx.model.policy;
        let all = policy.severities.keys().chain(policy.domains.values().flat_map(|own| own.severities.keys()));
        for rule in all.filter(|rule| find(rule).is_none()) {
            let key = Key::single(Kind::Policy);
            let said = say![format!("the severity of {rule} in the policy {}", names_none(rule))];
            out.defect(&META, key.clone(), said).because(key, "severities", rule.clone());
        }
    }
}

fn names_none(rule: &str) -> String {
    let metas = RULES.iter().map(|rule| rule.meta());
    match nearest(rule, metas.flat_map(|meta| [meta.code, meta.slug])) {
        Some(near) => format!("names no rule, did you mean {near}?"),
        None => "names no rule that this version knows".to_owned(),
    }
}
