//! The integration architecture blueprint: what there is, who owns what, what is wrong, what is planned, what is open.

mod catalogue;
mod cells;
mod findings;
mod ownership;
mod roadmap;
mod summary;

use super::{Block, Document, Rich};
use crate::{
    model::{Kind, Model},
    rules::{Context, Report},
    scene::Scene,
};

/// What a blueprint is made of.
pub struct Sources<'a> {
    /// The model as of a day, with its graph.
    pub cx: &'a Context<'a>,
    /// What the rules found in it.
    pub report: &'a Report,
    /// The landscape diagram with its legend.
    pub landscape: Scene,
}

/// Builds the blueprint. Chapters that the model's report leaves out are left out.
pub fn blueprint(sources: &Sources<'_>) -> Document {
    let model = sources.cx.model;
    let said = &model.report;
    let chapters: [(&str, &str, Vec<Block>); 9] = [
        ("summary", "Summary", summary::summary(sources)),
        ("landscape", "Landscape", vec![landscape(sources)]),
        ("systems", "Systems", catalogue::systems(sources)),
        ("interactions", "Interactions", catalogue::interactions(sources)),
        ("ownership", "Data ownership", ownership::matrix(sources)),
        ("roadmap", "Roadmap", roadmap::roadmap(sources)),
        ("findings", "Findings", findings::findings(sources)),
        ("decisions", "Decisions and waivers", findings::decisions(sources)),
        ("questions", "Open questions", findings::questions(sources)),
    ];
    let mut blocks = Vec::new();
    for (anchor, title, content) in chapters {
        if said.without.iter().any(|name| name.eq_ignore_ascii_case(anchor)) {
            continue;
        }
        let told = said
            .narrative
            .get(anchor)
            .map(|text| text.split("\n\n").map(|part| Block::Paragraph(Rich::plain(part.trim()))));
        let blocks_of: Vec<Block> = told.into_iter().flatten().chain(content).collect();
        if !blocks_of.is_empty() {
            blocks.push(Block::Section { anchor: anchor.to_owned(), title: title.to_owned(), blocks: blocks_of });
        }
    }
    Document {
        title: "Integration architecture blueprint".to_owned(),
        subject: model.about.name.clone(),
        organisation: organisation(model),
        imprint: imprint(sources),
        date: said.date.known().copied().unwrap_or(sources.cx.as_of).to_string(),
        blocks,
    }
}

fn organisation(model: &Model) -> String {
    let said = model.report.organisation.known().or_else(|| model.about.organisation.known());
    said.map(ToString::to_string).unwrap_or_default()
}

fn imprint(sources: &Sources<'_>) -> Vec<(String, String)> {
    let model = sources.cx.model;
    let said = &model.report;
    let mut rows = Vec::new();
    let mut row = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            rows.push((label.to_owned(), value));
        }
    };
    row("Document", said.number.known().map(ToString::to_string));
    row("Version", said.version.known().map(ToString::to_string));
    row("Status", said.status.known().map(ToString::to_string));
    row("Authors", (!said.authors.is_empty()).then(|| said.authors.join(", ")));
    row("Stage of the model", model.about.stage.known().map(|stage| stage.word().to_owned()));
    row("As of", Some(sources.cx.as_of.to_string()));
    rows
}

fn landscape(sources: &Sources<'_>) -> Block {
    let model = sources.cx.model;
    let names: Vec<String> = model.keys_of(Kind::System).iter().map(|key| model.name(key)).collect();
    Block::Figure {
        scene: sources.landscape.clone(),
        caption: format!("{} as of {}", model.about.name, sources.cx.as_of),
        alt: format!("Systems and the interactions between them: {}.", names.join(", ")),
    }
}
