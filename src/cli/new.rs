//! `spandrel new`: a model to start from.

use std::path::PathBuf;

use clap::{Args, builder::PossibleValuesParser};

use super::{Exit, Streams};
use crate::{
    file,
    model::Model,
    workbench::{TEMPLATES, sample},
};

/// Write a model to start from.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The file, which must not exist yet.
    file: PathBuf,
    /// What to start from.
    #[arg(long, value_name = "NAME", default_value = "blank", value_parser = names())]
    template: String,
}

fn names() -> PossibleValuesParser {
    let value =
        |template: &crate::workbench::Sample| clap::builder::PossibleValue::new(template.slug).help(template.blurb);
    PossibleValuesParser::new(TEMPLATES.iter().map(value).collect::<Vec<_>>())
}

impl New {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        if self.file.symlink_metadata().is_ok() {
            streams.complain(format!("{} exists already; `new` overwrites nothing", self.file.display()));
            return Exit::Unusable;
        }
        // clap has refused other names, and a test reads every template.
        let template = sample(TEMPLATES, &self.template).and_then(|template| file::read(template.text).model);
        let Some(mut model) = template else {
            streams.complain(format!("there is no template \"{}\"", self.template));
            return Exit::Unusable;
        };
        self.name(&mut model);
        match file::save(&self.file, file::write(&model).as_bytes()) {
            Ok(()) => Exit::Clean,
            Err(error) => {
                streams.complain(error.to_string());
                Exit::Unusable
            }
        }
    }

    /// A model without a name of its own is called as its file.
    fn name(&self, model: &mut Model) {
        let stem = self.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if model.about.name == "Untitled" && !stem.is_empty() {
            std::sync::Arc::make_mut(&mut model.about.value).name = stem;
        }
    }
}
