//! CON005: in force, and never approved.

use crate::{
    model::{Fact, ReviewState, Stage, Status},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, contracts::products, finding::say},
};

pub(super) struct UnreviewedContract;

static META: Meta = Meta {
    code: "CON005",
    slug: "unreviewed-contract",
    summary: "a contract in force that no review has approved",
    why: "\"Undocumented or unstable contracts between systems\" (docs/principles.md, problems): what is promised to others deserves a \
          second pair of eyes before, as code does. Zalando's RESTful API guidelines call it API first, with peer review.",
    example: "The order API went live as its first developer had left it, and its misspelt field is there for ever.",
    remedy: "Have the contract reviewed, and record who approved it and when.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UnreviewedContract {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            let past = product.is(Status::Deprecated) || product.is(Status::Draft);
            if past || !product.is_asked(&["review"]) {
                out.exempt(&META, &product);
                continue;
            }
            let state = product.contract.review.known().map(|review| review.state);
            if state == Some(ReviewState::Approved) {
                out.met(&META, &product);
                continue;
            }
            if !product.is_in_force() || matches!(product.contract.review, Fact::NotAsked) {
                // Whether it is in force is CON010's question.
                let due = product.is_in_force() && cx.stage(&(&product).into()) >= Stage::Governed;
                let said = say!["whether a review has approved ", &product, " was not asked"];
                if let Some(gap) = out.gap_where(&META, &product, said, due) {
                    gap.with(product.lit()).because(&product, "review", "not asked");
                }
                continue;
            }
            let value = state.map_or("none", ReviewState::word);
            let finding = out.defect(&META, &product, say![&product, " is in force, and no review has approved it"]);
            finding.with(product.lit()).because(&product, "review", value);
            let versions = product.contract.versions.iter().filter(|(_, version)| version.status.is(&Status::Active));
            if product.is(Status::Active) {
                finding.because(&product, "status", Status::Active.word());
            } else {
                for (name, _) in versions {
                    finding.because(&product, &format!("{name}.status"), Status::Active.word());
                }
            }
        }
    }
}
