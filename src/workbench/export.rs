//! A survey into a file, or into a file with figures beside it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::Survey;
use crate::{
    document::{Deliverable, Document, Sources},
    export::{self, ExportError, Paper},
    file::{self, SaveError},
    model::Lens,
    rules::Context,
    scene::{Palette, Scene, legend},
};

/// What a document can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentFormat {
    /// For paper.
    Pdf,
    /// One file for browsers.
    Html,
    /// GitHub's Markdown, with its figures beside it.
    Markdown,
}

/// Something that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// A document.
    Document(Deliverable, DocumentFormat),
    /// The landscape diagram.
    Svg,
}

impl ExportFormat {
    /// Everything that can be exported: each deliverable in each format, and the diagram.
    pub const ALL: [Self; 7] = [
        Self::Document(Deliverable::Blueprint, DocumentFormat::Pdf),
        Self::Document(Deliverable::Blueprint, DocumentFormat::Html),
        Self::Document(Deliverable::Blueprint, DocumentFormat::Markdown),
        Self::Document(Deliverable::Roadmap, DocumentFormat::Pdf),
        Self::Document(Deliverable::Roadmap, DocumentFormat::Html),
        Self::Document(Deliverable::Roadmap, DocumentFormat::Markdown),
        Self::Svg,
    ];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Document(_, DocumentFormat::Pdf) => "pdf",
            Self::Document(_, DocumentFormat::Html) => "html",
            Self::Document(_, DocumentFormat::Markdown) => "md",
            Self::Svg => "svg",
        }
    }

    /// What it is called in a menu.
    pub fn title(self) -> &'static str {
        match self {
            Self::Document(Deliverable::Blueprint, DocumentFormat::Pdf) => "Blueprint as PDF",
            Self::Document(Deliverable::Blueprint, DocumentFormat::Html) => "Blueprint as HTML",
            Self::Document(Deliverable::Blueprint, DocumentFormat::Markdown) => "Blueprint as Markdown",
            Self::Document(Deliverable::Roadmap, DocumentFormat::Pdf) => "Roadmap as PDF",
            Self::Document(Deliverable::Roadmap, DocumentFormat::Html) => "Roadmap as HTML",
            Self::Document(Deliverable::Roadmap, DocumentFormat::Markdown) => "Roadmap as Markdown",
            Self::Svg => "Diagram as SVG",
        }
    }
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportFailure {
    /// The document could not be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The folder for the figures could not be made.
    #[error("cannot make the folder {0}: {1}")]
    Folder(PathBuf, std::io::Error),
}

/// Writes a document or the diagram, whole or not at all; gives the characters that no bundled font has.
///
/// The figures of a Markdown document go into a folder beside it: `blueprint.md`, `blueprint-figures/01-landscape.svg`.
///
/// # Errors
/// Where the document cannot be made or a file not be written; what was there before is untouched.
pub fn export(survey: &Survey, format: ExportFormat, paper: Paper, to: &Path) -> Result<Vec<char>, ExportFailure> {
    let mut missing = Vec::new();
    let alone = |bytes: Vec<u8>| Files { folder: None, files: vec![(to.to_owned(), bytes)] };
    let files = match format {
        ExportFormat::Svg => {
            alone(export::svg(&landscape(survey), Palette::Light, &survey.model.about.name).into_bytes())
        }
        ExportFormat::Document(deliverable, DocumentFormat::Html) => {
            alone(export::html(&document(survey, deliverable)).into_bytes())
        }
        ExportFormat::Document(deliverable, DocumentFormat::Pdf) => {
            let pdf = export::pdf(&document(survey, deliverable), paper)?;
            missing = pdf.missing;
            alone(pdf.bytes)
        }
        ExportFormat::Document(deliverable, DocumentFormat::Markdown) => markdown(&document(survey, deliverable), to),
    };
    files.write()?;
    Ok(missing)
}

/// A document of a survey.
pub fn document(survey: &Survey, deliverable: Deliverable) -> Document {
    let cx = Context::new(&survey.model, survey.options.as_of);
    deliverable.build(&Sources {
        cx: &cx,
        written: &survey.written,
        report: &survey.report,
        scorecard: &survey.scorecard,
        // A document shows what things are, whatever the window was looking at.
        landscape: landscape(&survey.landscape().through(Lens::Kinds)),
        badges: &survey.badges,
    })
}

/// The figures first, so that a text never names what is not there yet.
fn markdown(document: &Document, to: &Path) -> Files {
    let name = to.file_stem().unwrap_or_default().to_string_lossy();
    let folder = format!("{name}-figures");
    let made = export::markdown(document, &folder);
    let beside = to.with_file_name(&folder);
    let figures = made.figures.into_iter().map(|(name, drawing)| (beside.join(name), drawing.into_bytes()));
    let files: Vec<_> = figures.chain([(to.to_owned(), made.text.into_bytes())]).collect();
    Files { folder: (files.len() > 1).then_some(beside), files }
}

/// What an export writes.
struct Files {
    /// The folder that some of the files go into; made where it is missing.
    folder: Option<PathBuf>,
    /// Paths and contents, in the order in which they are written.
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Files {
    /// Writes all or none: where one cannot be written, those before it become what they were.
    fn write(&self) -> Result<(), ExportFailure> {
        let made = self.folder.as_ref().filter(|folder| !folder.exists());
        if let Some(folder) = made {
            fs::create_dir(folder).map_err(|error| ExportFailure::Folder(folder.clone(), error))?;
        }
        let mut before = Vec::new();
        for (path, bytes) in &self.files {
            before.push((path, fs::read(path).ok()));
            if let Err(failure) = file::save(path, bytes) {
                // The last was not written. What it stands on is as it was.
                before.pop();
                take_back(before, made);
                return Err(failure.into());
            }
        }
        Ok(())
    }
}

/// As far as the disk lets it: the failure that led here is what is told.
fn take_back(before: Vec<(&PathBuf, Option<Vec<u8>>)>, folder: Option<&PathBuf>) {
    for (path, bytes) in before {
        match bytes {
            Some(bytes) => _ = file::save(path, &bytes),
            None => _ = fs::remove_file(path),
        }
    }
    if let Some(folder) = folder {
        _ = fs::remove_dir(folder);
    }
}

/// The diagram with its legend below.
fn landscape(survey: &Survey) -> Scene {
    let scene = survey.diagram.scene.clone();
    let width = scene.bounds.w - 48.0;
    scene.over(legend(&survey.diagram.uses, &survey.dressing, width.max(400.0)), 16.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_offered() {
        for deliverable in Deliverable::ALL {
            let of =
                |format: &&ExportFormat| matches!(format, ExportFormat::Document(other, _) if *other == deliverable);
            assert_eq!(ExportFormat::ALL.iter().filter(of).count(), 3, "{deliverable:?}");
        }
    }

    #[test]
    fn files_are_written_all_or_none() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("x-figures");
        let (old, new) = (place.path().join("old.md"), folder.join("1.svg"));
        fs::write(&old, "before").unwrap();
        let blocked = place.path().join("blocked.md");
        fs::create_dir(&blocked).unwrap();
        let write = |paths: &[&PathBuf]| {
            let files = paths.iter().map(|path| ((*path).clone(), b"after".to_vec())).collect();
            Files { folder: Some(folder.clone()), files }.write()
        };
        assert!(write(&[&new, &old, &blocked]).is_err());
        assert_eq!(fs::read(&old).unwrap(), b"before");
        assert!(!new.exists() && !folder.exists());
        write(&[&new, &old]).unwrap();
        assert_eq!(fs::read(&old).unwrap(), b"after");
        assert_eq!(fs::read(&new).unwrap(), b"after");
    }
}
