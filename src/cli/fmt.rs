//! `spandrel fmt`: a model the way the program writes it.

use std::path::PathBuf;

use clap::Args;

use super::{Exit, Streams, is_input, open_or_complain, save};
use crate::file;

/// Write a model the way the program writes it.
#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// The model; `-` reads standard input and writes the text to standard output.
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
        if is_input(&self.model) && !self.check {
            streams.line(formatted.trim_end());
            return Exit::Clean;
        }
        if formatted == text {
            return Exit::Clean;
        }
        if self.check {
            streams.line(format!("{} would change", self.model.display()));
            return Exit::Findings;
        }
        match save(&self.model, &model) {
            Ok(()) => Exit::Clean,
            Err(why) => {
                streams.complain(why);
                Exit::Unusable
            }
        }
    }
}
