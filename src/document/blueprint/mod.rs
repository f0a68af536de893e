//! The integration architecture blueprint: what there is, who owns what, what is wrong, what is decided, what is open.

mod catalogue;
mod diagrams;
mod findings;
mod flows;
mod glossary;
mod ownership;
mod patterns;
mod questions;
mod register;
mod scorecard;
mod summary;

use super::{
    Block, Sources, cells,
    deliverable::{Chapter, paragraphs},
    settle::words,
};

/// The chapters; those without data in the model are empty.
pub(super) fn chapters(sources: &Sources<'_>) -> Vec<Chapter> {
    let mut chapters = vec![
        Chapter::new("summary", "Summary", summary::summary(sources)),
        Chapter::new("scorecard", "Scorecard", scorecard::scorecard(sources)),
        Chapter::new("landscape", "Landscape", vec![diagrams::landscape(sources)]),
        Chapter::new("domains", "Domains", diagrams::domains(sources)),
        Chapter::new("flows", "Flows", flows::flows(sources)),
        Chapter::new("systems", "Systems", catalogue::systems(sources)),
        Chapter::new("interactions", "Interactions", catalogue::interactions(sources)),
        Chapter::new("contracts", "Contracts", catalogue::contracts(sources)),
        Chapter::new("ownership", "Data ownership", ownership::matrix(sources)),
        Chapter::new("patterns", "Patterns", patterns::patterns(sources)),
        Chapter::new("findings", "Findings", findings::findings(sources)),
        Chapter::new("waivers", "Waivers", register::waivers(sources)),
        Chapter::new("decisions", "Decisions", register::decisions(sources)),
        Chapter::new("questions", "Open questions", questions::questions(sources)),
    ];
    let told: String = chapters.iter().map(|chapter| words(&chapter.blocks)).collect();
    chapters.push(Chapter::new("glossary", "Glossary", glossary::glossary(sources.cx.model, &told)));
    chapters
}
