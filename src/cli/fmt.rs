//! `spandrel fmt`: a model the way the program writes it.

use std::path::PathBuf;

use clap::Args;

use super::{Exit, Streams, open_or_complain};
use crate::file;

/// Write a model the way the program writes it.
#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// The model.
    model: PathBuf,
    /// Change nothing; exit with 1 if the file would change.
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        let (model, text) = match open_or_complain(&self.model, streams) {
            Ok(opened) => opened,
            Err(exit) => return exit,
        };
        let formatted = file::write(&model);
        if formatted == text {
            return Exit::Clean;
        }
        if self.check {
            streams.line(format!("{} would change", self.model.display()));
            return Exit::Findings;
        }
        match file::save(&self.model, formatted.as_bytes()) {
            Ok(()) => Exit::Clean,
            Err(error) => {
                streams.complain(error.to_string());
                Exit::Unusable
            }
        }
    }
}
