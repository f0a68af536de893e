//! `spandrel new`: a model to start from.

use std::path::PathBuf;

use clap::Args;

use super::{Exit, Streams};
use crate::{
    file,
    model::{Model, Stage, Stored},
};

/// Write a model to start from.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The file, which must not exist yet.
    file: PathBuf,
}

const HEAD: &str = "\
// A model of Spandrel. Every table is a list of records under ids: systems, stores, entities,
// contracts, interactions and more. A fact that is left out is not asked yet; `None` says that
// somebody asked and there is none. `spandrel check FILE` tells what is wrong and what is open.";

impl New {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        if self.file.symlink_metadata().is_ok() {
            streams.complain(format!("{} exists already; `new` overwrites nothing", self.file.display()));
            return Exit::Unusable;
        }
        let stem = self.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let mut model = Model::new(stem);
        model.head = Some(HEAD.into());
        let mut about = (*model.about.value).clone();
        about.stage = Stage::Sketch.into();
        model.about = Stored::new(about);
        match file::save(&self.file, file::write(&model).as_bytes()) {
            Ok(()) => Exit::Clean,
            Err(error) => {
                streams.complain(error.to_string());
                Exit::Unusable
            }
        }
    }
}
