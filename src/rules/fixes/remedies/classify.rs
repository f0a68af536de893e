//! Say whether an interaction is a command, a query or an event.

use crate::{
    model::{Id, Interaction, InteractionKind, Kind, Model, OperationKind, System},
    rules::{
        Finding,
        fixes::{
            Ask, Draft, Fix, Remedy,
            asks::{about, chosen, words},
        },
    },
    topology::passes_on,
};

pub(super) struct Classify;

const KIND: &str = "kind";
const KINDS: [InteractionKind; 3] = [InteractionKind::Command, InteractionKind::Query, InteractionKind::Event];

impl Remedy for Classify {
    fn slug(&self) -> &'static str {
        "classify"
    }

    fn rules(&self) -> &'static [&'static str] {
        &["CON015"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        if finding.about.key.kind != Kind::Interaction {
            return Vec::new();
        }
        let id = Id::<Interaction>::from_slug(finding.about.key.slug.clone());
        let Some(interaction) = model.interactions.get(&id) else { return Vec::new() };
        let fitting = fitting(model, interaction);
        let ask = Ask::new(KIND, "It is a", words(&fitting, InteractionKind::word));
        let ask = match fitting.as_slice() {
            [only] => ask.proposing(only.word()),
            _ => ask,
        };
        let title = format!("Say what {} is", about(model, finding));
        vec![Fix::new(self.slug(), title, vec![ask], move |model, answers| {
            let kind = chosen(answers, KIND, &KINDS, InteractionKind::word)?;
            let mut draft = Draft::of(model);
            draft.change(&id, |interaction| interaction.kind = kind)?;
            Ok(draft.edits())
        })]
    }
}

/// What it can be, by the operation or message that it carries.
fn fitting(model: &Model, interaction: &Interaction) -> Vec<InteractionKind> {
    let contract = interaction.contract.known().and_then(|id| model.contracts.get(id));
    let operation = contract.zip(interaction.operation.known()).and_then(|(c, name)| c.operations.get(name));
    match operation.map(|operation| operation.kind) {
        Some(OperationKind::Command) => vec![InteractionKind::Command],
        Some(OperationKind::Query) => vec![InteractionKind::Query],
        // Commands travel as messages too.
        None if interaction.message.is_known() => vec![InteractionKind::Event, InteractionKind::Command],
        None => {
            let provider = contract.and_then(|contract| contract.provider.known());
            KINDS.into_iter().filter(|kind| is_for(model, interaction, provider, *kind)).collect()
        }
    }
}

/// Whether an interaction of a kind keeps to a contract of a provider: whoever provides it is told nothing by others,
/// and asks itself nothing.
fn is_for(model: &Model, interaction: &Interaction, provider: Option<&Id<System>>, kind: InteractionKind) -> bool {
    let Some(provider) = provider else { return true };
    let own = interaction.from == *provider;
    let passed_on = model.system(&interaction.from).is_some_and(|system| passes_on(system.kind));
    if kind == InteractionKind::Event { own || passed_on } else { !own }
}
