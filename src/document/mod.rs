//! What a document says, before anyone decides how it looks: the tree that PDF, HTML and Markdown render.

mod blueprint;
mod cells;
mod deliverable;
mod roadmap;
mod settle;

pub use deliverable::{ChapterName, Deliverable, Sources};

use crate::scene::Scene;

/// A finished document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The deliverable: "Integration architecture blueprint".
    pub title: String,
    /// The architecture it is about.
    pub subject: String,
    /// Whose it is; empty where not stated.
    pub organisation: String,
    /// Document number, version, status, authors and the like, for the title page: label and value.
    pub imprint: Vec<(String, String)>,
    /// The date it speaks for, ISO.
    pub date: String,
    /// Its chapters.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading and what stands under it; nesting makes the levels.
    Section {
        /// A name unique in the document, that links can point at.
        anchor: String,
        /// The heading.
        title: String,
        /// What stands under it.
        blocks: Vec<Block>,
    },
    /// Running text.
    Paragraph(Rich),
    /// Points, each one paragraph.
    List {
        /// Numbered or bulleted.
        numbered: bool,
        /// The points.
        items: Vec<Rich>,
    },
    /// Rows and columns.
    Table(Table),
    /// A diagram; numbered by the renderers.
    Figure {
        /// The diagram.
        scene: Scene,
        /// What it shows.
        caption: String,
        /// The same for who cannot see it.
        alt: String,
    },
}

/// Rows and columns with a heading row that is repeated on every page.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Row>,
    /// What it shows; empty for none.
    pub caption: String,
}

/// A column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its share of the table's width, relative to the other columns; over 0.
    pub weight: f32,
    /// Whether its cells are centred (marks, numbers) rather than set from the left.
    pub centred: bool,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// A name unique in the document, that links can point at; none if empty.
    pub anchor: String,
    /// The cells.
    pub cells: Vec<Rich>,
}

/// Text with styles and links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich(pub Vec<Span>);

/// A run of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The text; `\n` breaks the line.
    pub text: String,
    /// How it is set.
    pub style: Style,
    /// Where it leads.
    pub link: Option<Link>,
}

/// How a run of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Upright.
    #[default]
    Plain,
    /// Semi-bold.
    Bold,
    /// Italic; in the grey of what was not stated.
    Unstated,
    /// Monospaced.
    Code,
    /// Semi-bold in the colour of errors.
    Error,
    /// Semi-bold in the colour of warnings.
    Warning,
    /// In the grey of secondary text.
    Soft,
}

/// Where a span leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// An anchor of this document.
    Anchor(String),
    /// An address.
    Url(String),
}

impl Rich {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::default().then(text, Style::Plain)
    }

    /// Text in one style.
    pub fn styled(text: impl Into<String>, style: Style) -> Self {
        Self::default().then(text, style)
    }

    /// This, followed by a run of text.
    pub fn then(mut self, text: impl Into<String>, style: Style) -> Self {
        self.0.push(Span { text: text.into(), style, link: None });
        self
    }

    /// This, followed by a link to an anchor of the document.
    pub fn link(mut self, text: impl Into<String>, anchor: impl Into<String>) -> Self {
        self.0.push(Span { text: text.into(), style: Style::Plain, link: Some(Link::Anchor(anchor.into())) });
        self
    }

    /// The bare text.
    pub fn text(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }
}
