//! `spandrel advise`: API or event?

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Exit, Streams, open_or_complain, options};
use crate::{
    advisor::{self, Criterion, Recommendation},
    file::{self, nearest},
    model::{Advice, Answer, Criteria, Date, Fact, Id, Interaction, Model, Subject},
    rules::name,
    text::capital,
};

/// Recommend an API or an event, from six answers and from what a model knows.
///
/// Without a model the answers alone decide. With a model and an interaction the answers that it holds count, those
/// given here go before them, and four reasons are read off the model.
#[derive(Debug, Args)]
pub(super) struct Advise {
    /// The model.
    #[arg(requires = "interaction")]
    model: Option<PathBuf>,
    /// The interaction's id.
    interaction: Option<String>,
    /// Is an immediate response required? (API)
    #[arg(long, value_enum)]
    immediate_response: Option<Said>,
    /// Is loose coupling desired? (event)
    #[arg(long, value_enum)]
    loose_coupling: Option<Said>,
    /// Are there many consumers? (event)
    #[arg(long, value_enum)]
    high_fan_out: Option<Said>,
    /// Is it driven by a user's action? (API)
    #[arg(long, value_enum)]
    user_driven: Option<Said>,
    /// Is an audit trail required? (event)
    #[arg(long, value_enum)]
    audit_trail: Option<Said>,
    /// Is transactional consistency required? (API, carefully)
    #[arg(long, value_enum)]
    transactional: Option<Said>,
    /// Write the outcome into the model as a decision: what was chosen, which need not be what is recommended.
    #[arg(long, value_enum, requires = "model")]
    record: Option<Choice>,
    /// The day of the decision; today if not given.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Said {
    Yes,
    No,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Choice {
    Api,
    Event,
    Both,
}

impl Choice {
    fn advice(self) -> Advice {
        match self {
            Self::Api => Advice::Api,
            Self::Event => Advice::Event,
            Self::Both => Advice::Both,
        }
    }
}

impl Advise {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        let Some((path, id)) = self.model.as_ref().zip(self.interaction.as_deref()) else {
            tell(None, &advisor::advise(&self.answers(Criteria::default()), &[]), streams);
            return Exit::Clean;
        };
        let mut model = match open_or_complain(path, streams) {
            Ok((model, _)) => model,
            Err(exit) => return exit,
        };
        let Some((id, interaction)) = find(&model, id) else {
            let near = nearest(id, model.interactions.keys().map(Id::as_str));
            let near = near.map_or_else(String::new, |near| format!(", did you mean \"{near}\"?"));
            streams.complain(format!("{}: unknown interaction \"{id}\"{near}", path.display()));
            return Exit::Unusable;
        };
        let criteria = self.answers(interaction.decision.clone());
        let title = name(&model, &Subject::from(&id));
        tell(Some(&title), &advisor::advise(&criteria, &advisor::reasons(&model, &interaction)), streams);
        let Some(choice) = self.record else { return Exit::Clean };
        let day = options(self.as_of, None).as_of;
        let title = format!("API or event: {title}");
        let edits = advisor::decision(&model, &id, &criteria, choice.advice(), &title, day).unwrap_or_default();
        let saved = model
            .apply(&edits)
            .map_err(|error| error.to_string())
            .and_then(|_| file::save(path, file::write(&model).as_bytes()).map_err(|error| error.to_string()));
        match saved {
            Ok(()) => {
                streams.line(format!("\nrecorded: {title}: {}", choice.advice()));
                Exit::Clean
            }
            Err(why) => {
                streams.complain(format!("{}: {why}", path.display()));
                Exit::Unusable
            }
        }
    }

    /// The answers given here, and where none was given those that are known already.
    fn answers(&self, mut criteria: Criteria) -> Criteria {
        let given = [
            (Criterion::ImmediateResponse, self.immediate_response),
            (Criterion::LooseCoupling, self.loose_coupling),
            (Criterion::HighFanOut, self.high_fan_out),
            (Criterion::UserDriven, self.user_driven),
            (Criterion::AuditTrail, self.audit_trail),
            (Criterion::Transactional, self.transactional),
        ];
        for (criterion, said) in given {
            match said {
                Some(Said::Yes) => criterion.put(&mut criteria, Fact::Known(Answer::Yes)),
                Some(Said::No) => criterion.put(&mut criteria, Fact::Known(Answer::No)),
                None => {}
            }
        }
        criteria
    }
}

fn find(model: &Model, id: &str) -> Option<(Id<Interaction>, Interaction)> {
    let id: Id<Interaction> = id.strip_prefix("interaction:").unwrap_or(id).parse().ok()?;
    let interaction = (*model.interactions.get(&id)?.value).clone();
    Some((id, interaction))
}

fn tell(title: Option<&str>, found: &Recommendation, streams: &mut Streams<'_>) {
    if let Some(title) = title {
        streams.line(title);
    }
    streams.line(format!("recommended: {found}"));
    for (towards, criteria) in [("API", &found.api), ("event", &found.event)] {
        criteria.iter().for_each(|criterion| streams.line(format!("  {towards:<6} {}", capital(criterion.word()))));
    }
    found.open.iter().for_each(|criterion| streams.line(format!("  open   {}", criterion.question())));
    if let Some(tension) = found.tension() {
        streams.line(format!("\n{tension}"));
    }
}
