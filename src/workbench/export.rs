//! A survey into a file.

use std::path::Path;

use super::Survey;
use crate::{
    document::{Sources, blueprint},
    export::{self, ExportError, Paper},
    file::{self, SaveError},
    rules::Context,
    scene::{Palette, Scene, legend},
};

/// A format that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// The blueprint for paper.
    Pdf,
    /// The landscape diagram.
    Svg,
    /// The blueprint in GitHub's Markdown.
    Markdown,
    /// The blueprint as one file for browsers.
    Html,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Svg, Self::Markdown, Self::Html];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Svg => "svg",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }

    /// What it is called in a menu.
    pub fn title(self) -> &'static str {
        match self {
            Self::Pdf => "Blueprint as PDF",
            Self::Svg => "Diagram as SVG",
            Self::Markdown => "Blueprint as Markdown",
            Self::Html => "Blueprint as HTML",
        }
    }
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportFailure {
    /// The document could not be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// Writes a document or the diagram, whole or not at all; gives the characters that no bundled font has.
///
/// # Errors
/// Where the document cannot be made or the file not be written; what was there before is untouched.
pub fn export(survey: &Survey, format: ExportFormat, paper: Paper, to: &Path) -> Result<Vec<char>, ExportFailure> {
    let cx = Context::new(&survey.model, survey.options.as_of);
    let landscape = landscape(survey);
    let title = survey.model.about.name.clone();
    let document = || blueprint(&Sources { cx: &cx, report: &survey.report, landscape: landscape.clone() });
    let (bytes, missing) = match format {
        ExportFormat::Svg => (export::svg(&landscape, Palette::Light, &title).into_bytes(), Vec::new()),
        ExportFormat::Markdown => (export::markdown(&document()).into_bytes(), Vec::new()),
        ExportFormat::Html => (export::html(&document()).into_bytes(), Vec::new()),
        ExportFormat::Pdf => {
            let pdf = export::pdf(&document(), paper)?;
            (pdf.bytes, pdf.missing)
        }
    };
    file::save(to, &bytes)?;
    Ok(missing)
}

/// The diagram with its legend below.
fn landscape(survey: &Survey) -> Scene {
    let scene = survey.diagram.scene.clone();
    let width = scene.bounds.w - 48.0;
    scene.over(legend(&survey.plan, &survey.dressing, width.max(400.0)), 16.0)
}
