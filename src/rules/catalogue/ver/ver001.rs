//! VER001: an interface without versions.

use crate::{
    model::{Fact, Stage, Status, Versioning},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, contracts::is_of_events, finding::say},
};

pub(super) struct VersionlessApi;

static META: Meta = Meta {
    code: "VER001",
    slug: "versionless-api",
    summary: "a contract with no versioning strategy, or no version",
    why: "\"Versionless APIs — every change is a breaking change\" (docs/principles.md, anti-patterns), and its third API \
          standard. Evolution that a schema registry or GraphQL enforces is a strategy.",
    example: "`/orders` gained a mandatory field on a Tuesday; two consumers broke on Wednesday.",
    remedy: "Choose a strategy (URI, header, media type, schema registry), name the version in force, and pin consumers to it.",
    severity: Severity::Error,
    gap: Some(Stage::Sketch),
    principle: Principle::Compatibility,
    star: true,
};

impl Rule for VersionlessApi {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for (id, contract) in &cx.model.contracts {
            let past = contract.status.is(&Status::Retired) || contract.not_applicable.contains_key("versioning");
            // What a contract of events lacks is EVT003's to say.
            if past || cx.is_foreign(contract.provider.known()) || is_of_events(cx, id, contract) {
                out.exempt(&META, id);
                continue;
            }
            let subjects = contract.provider.known().map(Into::into);
            let users = cx.users(id).map(Into::into);
            let enforced =
                matches!(contract.versioning, Fact::Known(Versioning::SchemaRegistry | Versioning::Evolution));
            match &contract.versioning {
                Fact::None => {
                    out.defect(&META, id, say![id, " has no versioning strategy"]).with(subjects).with(users).because(
                        id,
                        "versioning",
                        "none",
                    );
                }
                Fact::Known(strategy) if contract.versions.is_empty() && !enforced => {
                    let said = say![id, format!(" is to be versioned ({strategy}) and has no version")];
                    out.defect(&META, id, said)
                        .with(subjects)
                        .with(users)
                        .because(id, "versioning", strategy.word())
                        .because(id, "versions", "none");
                }
                Fact::NotAsked => {
                    if let Some(gap) = out.gap(&META, id, say!["the versioning of ", id, " was not asked"]) {
                        gap.with(subjects).because(id, "versioning", "not asked");
                    }
                }
                Fact::Known(_) => out.met(&META, id),
            }
        }
    }
}
