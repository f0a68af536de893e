//! `spandrel export`: a document or a diagram into a file.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, builder::PossibleValue};

use super::{Exit, Group, Streams, open_or_complain, options};
use crate::{
    document::Deliverable,
    model::{Date, Lens},
    scene::{LENSES, question},
    workbench::{self, ExportFormat, SurveyOptions},
};

/// Write a document or a diagram; the ending of the file says which format.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The model; `-` reads standard input.
    model: PathBuf,
    /// The file to write: .pdf, .md (figures go into a folder beside it) or .html for a document, .svg for the diagram.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Which document; the blueprint if not given.
    #[arg(long, value_enum)]
    document: Option<Deliverable>,
    /// The frames of the diagram; those of the landscape view if not given.
    #[arg(long, value_enum)]
    group: Option<Group>,
    /// What the colours of the diagram tell; its legend says which.
    #[arg(long, value_enum, default_value_t = Lens::Kinds)]
    lens: Lens,
    /// The paper of a PDF.
    #[arg(long, value_enum, default_value_t = Paper::A4)]
    paper: Paper,
    /// The day to look at, as in 2026-11-22; today if not given.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

impl ValueEnum for Deliverable {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.slug()).help(self.title()))
    }
}

impl ValueEnum for Lens {
    fn value_variants<'a>() -> &'a [Self] {
        &LENSES
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(question(*self)))
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Paper {
    A4,
    Letter,
    A3,
}

impl Export {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        let deliverable = self.document.unwrap_or(Deliverable::Blueprint);
        let Some(format) = format(&self.to, deliverable) else {
            streams.complain(format!("{}: the ending must be .pdf, .svg, .md or .html", self.to.display()));
            return Exit::Unusable;
        };
        if format == ExportFormat::Svg && self.document.is_some() {
            streams.complain(format!("{}: a document is written as .pdf, .md or .html", self.to.display()));
            return Exit::Unusable;
        }
        if format != ExportFormat::Svg && self.lens != Lens::Kinds {
            streams.complain(format!("{}: a lens is for a diagram, .svg", self.to.display()));
            return Exit::Unusable;
        }
        let model = match open_or_complain(&self.model, streams) {
            Ok((model, _)) => model,
            Err(exit) => return exit,
        };
        let paper = match self.paper {
            Paper::A4 => crate::export::Paper::A4,
            Paper::Letter => crate::export::Paper::Letter,
            Paper::A3 => crate::export::Paper::A3,
        };
        let options = SurveyOptions { lens: self.lens, ..options(self.as_of, self.group) };
        let survey = workbench::survey(&model, 0, options);
        for failed in survey.failed.iter() {
            streams.complain(format!("{}: {failed}", self.model.display()));
        }
        match workbench::export(&survey, format, paper, &self.to) {
            Ok(missing) => {
                if !missing.is_empty() {
                    let list: String = missing.iter().collect();
                    streams.complain(format!("{}: no bundled font has these characters: {list}", self.to.display()));
                }
                Exit::Clean
            }
            Err(error) => {
                streams.complain(error.to_string());
                Exit::Unusable
            }
        }
    }
}

/// The format that an ending asks for.
fn format(path: &Path, deliverable: Deliverable) -> Option<ExportFormat> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let fits = |format: &ExportFormat| match format {
        ExportFormat::Document(of, _) => *of == deliverable,
        ExportFormat::Svg => true,
    };
    ExportFormat::ALL.into_iter().find(|format| fits(format) && format.ending() == ending)
}
