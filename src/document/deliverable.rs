//! The list of deliverables, what they are made of, and the frame that all of them share: cover, chapters, links.

use std::collections::BTreeMap;

use super::{Block, Document, Rich, blueprint, roadmap};
use crate::{
    model::{Key, Model},
    rules::{Context, Report, Scorecard},
    scene::{Badge, Scene},
};

/// A document that can be built of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deliverable {
    /// What there is, who owns what, what is wrong, what is decided and open.
    Blueprint,
    /// What changes when, and what depends on it.
    Roadmap,
}

impl Deliverable {
    /// Every deliverable, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Blueprint, Self::Roadmap];

    /// Its name on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Blueprint => "blueprint",
            Self::Roadmap => "roadmap",
        }
    }

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Blueprint => "Integration architecture blueprint",
            Self::Roadmap => "Integration evolution roadmap",
        }
    }

    /// Its chapters, in order.
    pub fn chapters(self) -> &'static [ChapterName] {
        match self {
            Self::Blueprint => &blueprint::CHAPTERS,
            Self::Roadmap => &roadmap::CHAPTERS,
        }
    }

    /// Builds it. Chapters that the model's report leaves out are left out, and no link leads nowhere.
    pub fn build(self, sources: &Sources<'_>) -> Document {
        let model = sources.cx.model;
        let chapters = match self {
            Self::Blueprint => blueprint::chapters(sources),
            Self::Roadmap => roadmap::chapters(sources),
        };
        let mut document = Document {
            title: self.title().to_owned(),
            subject: model.about.name.clone(),
            organisation: organisation(model),
            imprint: imprint(sources),
            date: model.report.date.known().copied().unwrap_or(sources.cx.as_of).to_string(),
            blocks: chapters.into_iter().filter_map(|chapter| chapter.told(model)).collect(),
        };
        document.settle();
        document
    }
}

/// What documents are made of.
pub struct Sources<'a> {
    /// The model as of a day, with its graph.
    pub cx: &'a Context<'a>,
    /// The model as it is written, with the changes that are still to come.
    pub written: &'a Model,
    /// What the rules found in the model as of the day.
    pub report: &'a Report,
    /// The same, counted.
    pub scorecard: &'a Scorecard,
    /// The landscape diagram with its legend.
    pub landscape: Scene,
    /// The worst about each element, for further diagrams.
    pub badges: &'a BTreeMap<Key, Badge>,
}

/// What a chapter is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChapterName {
    /// By which the model's report names it; also its anchor.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
}

impl ChapterName {
    pub(super) const fn new(name: &'static str, title: &'static str) -> Self {
        Self { name, title }
    }
}

/// A chapter, before the model's report has had its say about it.
pub(super) struct Chapter {
    pub(super) called: ChapterName,
    /// What stands in it; the chapter is left out where there is nothing.
    pub(super) blocks: Vec<Block>,
}

impl Chapter {
    /// As many chapters as are both named and told, in order.
    pub(super) fn all(names: &[ChapterName], told: impl IntoIterator<Item = Vec<Block>>) -> Vec<Self> {
        names.iter().zip(told).map(|(called, blocks)| Self { called: *called, blocks }).collect()
    }

    /// With what the report says about it, before its own contents; `None` where there is nothing to say.
    fn told(self, model: &Model) -> Option<Block> {
        let ChapterName { name: own, title } = self.called;
        let called = |name: &str| name.eq_ignore_ascii_case(own) || name.eq_ignore_ascii_case(title);
        if model.report.without.iter().any(|name| called(name)) {
            return None;
        }
        let told =
            model.report.narrative.iter().filter(|(name, _)| called(name)).flat_map(|(_, text)| paragraphs(text));
        let blocks: Vec<Block> = told.chain(self.blocks).collect();
        (!blocks.is_empty()).then(|| Block::Section { anchor: own.to_owned(), title: title.to_owned(), blocks })
    }
}

/// Paragraphs of a text that somebody wrote: an empty line parts them.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = Block> {
    let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Block::Paragraph(Rich::plain(part))).collect::<Vec<_>>().into_iter()
}

fn organisation(model: &Model) -> String {
    let said = model.report.organisation.known().or_else(|| model.about.organisation.known());
    said.map(ToString::to_string).unwrap_or_default()
}

fn imprint(sources: &Sources<'_>) -> Vec<(String, String)> {
    let model = sources.cx.model;
    let said = &model.report;
    let rows = [
        ("Document", said.number.known().map(ToString::to_string)),
        ("Version", said.version.known().map(ToString::to_string)),
        ("Status", said.status.known().map(ToString::to_string)),
        ("Authors", (!said.authors.is_empty()).then(|| said.authors.join(", "))),
        ("Stage of the model", model.about.stage.known().map(|stage| stage.word().to_owned())),
        ("As of", Some(sources.cx.as_of.to_string())),
    ];
    rows.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))).collect()
}
