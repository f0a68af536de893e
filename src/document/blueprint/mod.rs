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
    deliverable::{Chapter, ChapterName, paragraphs},
    settle::words,
};

/// What its chapters are called, in order.
pub(super) const CHAPTERS: [ChapterName; 15] = [
    ChapterName::new("summary", "Summary"),
    ChapterName::new("scorecard", "Scorecard"),
    ChapterName::new("landscape", "Landscape"),
    ChapterName::new("domains", "Domains"),
    ChapterName::new("flows", "Flows"),
    ChapterName::new("systems", "Systems"),
    ChapterName::new("interactions", "Interactions"),
    ChapterName::new("contracts", "Contracts"),
    ChapterName::new("ownership", "Data ownership"),
    ChapterName::new("patterns", "Patterns"),
    ChapterName::new("findings", "Findings"),
    ChapterName::new("waivers", "Waivers"),
    ChapterName::new("decisions", "Decisions"),
    ChapterName::new("questions", "Open questions"),
    ChapterName::new("glossary", "Glossary"),
];

/// The chapters; those without data in the model are empty.
pub(super) fn chapters(sources: &Sources<'_>) -> Vec<Chapter> {
    let mut told = vec![
        summary::summary(sources),
        scorecard::scorecard(sources),
        vec![diagrams::landscape(sources)],
        diagrams::domains(sources),
        flows::flows(sources),
        catalogue::systems(sources),
        catalogue::interactions(sources),
        catalogue::contracts(sources),
        ownership::matrix(sources),
        patterns::patterns(sources),
        findings::findings(sources),
        register::waivers(sources),
        register::decisions(sources),
        questions::questions(sources),
    ];
    let said: String = told.iter().map(|blocks| words(blocks)).collect();
    told.push(glossary::glossary(sources.cx.model, &said));
    Chapter::all(&CHAPTERS, told)
}
