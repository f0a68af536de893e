//! `spandrel edit`: lines of quick entry into a file, all or none.

use std::{io::Read, path::PathBuf};

use clap::Args;

use super::{Exit, Streams, lost_change, open_or_complain, save};
use crate::{
    entry::{Index, NoteKind, Plan, lines, plan},
    file,
    model::Model,
    timeline::newly_stuck,
    workbench::preview,
};

/// Make and change elements by lines of text, all of them or none.
///
/// Each line is read into the model as the lines before it left it. Where one cannot be read, every one that cannot is
/// named with its word, and the file stays as it is.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Edit {
    /// The model.
    model: PathBuf,
    /// The lines; `-` reads them from standard input.
    #[arg(required = true, value_name = "LINE")]
    lines: Vec<String>,
    /// Save nothing; print what would change, fact by fact.
    #[arg(long)]
    dry_run: bool,
}

const EXAMPLES: &str = "\
Examples:
  spandrel edit shop.ron 'Orders, Billing @ Sales'
  spandrel edit shop.ron 'Checkout -> Orders : command PlaceOrder via orders-api v2' --dry-run
  spandrel edit shop.ron 'Orders => OrderPlaced => Billing, Shipping via kafka' 'Orders owns Order in orders-db'
  spandrel edit shop.ron - < workshop.txt

A line begins with a name, and says one thing:
  Orders : service @ Sales in internal tech Kotlin    systems, and what they are
  Orders : critical governed                          role, criticality, stage
  Checkout -> Orders : command PlaceOrder             what one asks of or tells another; query, event, file
  Orders => OrderPlaced => Billing                    an event to many
  Orders owns Order in orders-db                      the system of record
  Billing reads Order                                 or writes, creates, updates, deletes, follows
  ERP adapter retires 2027-06-30                      or planned, active, deprecated; replaced by
  Storefront runs Orders                              the team
  PlaceOrder profile internal-rest                    a bundle of facts
  remove Orders                                       what goes; remove Checkout -> Orders, remove Billing reads Order
  rename Orders to Order service                      another name
docs/quick-entry.md has the whole grammar. A line that begins with # is a remark.";

impl Edit {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        if self.model.as_os_str() == "-" && self.lines.iter().any(|line| line == "-") {
            streams.complain("standard input cannot be both the model and its lines");
            return Exit::Unusable;
        }
        let (model, _) = match open_or_complain(&self.model, streams) {
            Ok(opened) => opened,
            Err(exit) => return exit,
        };
        match self.text().and_then(|text| self.carry_out(model, &text, streams)) {
            Ok(()) => Exit::Clean,
            Err(why) => {
                streams.complain(why);
                Exit::Unusable
            }
        }
    }

    /// The lines, one below the other.
    fn text(&self) -> Result<String, String> {
        let mut text = String::new();
        for line in &self.lines {
            if line == "-" {
                let failed = |why: std::io::Error| format!("standard input: {why}");
                let mut bytes = Vec::new();
                std::io::stdin().take(file::LIMIT).read_to_end(&mut bytes).map_err(failed)?;
                text.push_str(&String::from_utf8(bytes).map_err(|_| "standard input is not UTF-8".to_owned())?);
            } else {
                text.push_str(line);
            }
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        if lines(&text).next().is_none() { Err("there is no line to read".to_owned()) } else { Ok(text) }
    }

    fn carry_out(&self, mut model: Model, text: &str, streams: &mut Streams<'_>) -> Result<(), String> {
        let plan = plan(&model, &Index::new(&model), text).map_err(|troubles| {
            let count = troubles.len();
            let told: Vec<String> = troubles.iter().map(ToString::to_string).collect();
            let more = if count > 1 { format!("{count} lines cannot be read; ") } else { String::new() };
            format!("{}\n{more}{} stays as it is", told.join("\n"), self.model.display())
        })?;
        tell(&plan, streams);
        let before = model.clone();
        model.apply(&plan.edits).map_err(|why| why.to_string())?;
        for stuck in newly_stuck(&before, &model) {
            streams.complain(format!("note: {}", lost_change(&model, &stuck)));
        }
        if self.dry_run {
            let lines = preview(&before, &plan.edits).map_err(|why| why.to_string())?;
            lines.iter().for_each(|line| streams.line(line.to_string()));
            return Ok(());
        }
        if plan.edits.is_empty() {
            return Ok(());
        }
        save(&self.model, &model)?;
        streams.line(format!("{} written", self.model.display()));
        Ok(())
    }
}

/// What the lines do; doubts are told apart, since a script may want to see them.
fn tell(plan: &Plan, streams: &mut Streams<'_>) {
    for note in &plan.notes {
        match note.kind {
            NoteKind::Doubt => streams.complain(format!("note: {}", note.whole)),
            NoteKind::Adds | NoteKind::Changes | NoteKind::Removes | NoteKind::Exists => streams.line(&note.whole),
        }
    }
    if plan.edits.is_empty() {
        streams.line("nothing changes: all of it is so already");
    }
}
