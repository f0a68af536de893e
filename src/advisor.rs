//! The API-or-event advisor: six criteria that a person answers, four reasons that the model knows, and what they
//! recommend together (docs/principles.md, interactions; the seed's *API vs event decision* and *when to use async*).

use std::fmt;

use crate::model::{
    Advice, Answer, Criteria, Decision, DecisionStatus, Edit, Fact, Id, Interaction, Model, Slug, System, SystemKind,
    Text,
};

/// Towards what a criterion pulls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pull {
    /// Towards an API.
    Api,
    /// Towards an event.
    Event,
}

impl Pull {
    /// The other way.
    pub fn other(self) -> Self {
        match self {
            Self::Api => Self::Event,
            Self::Event => Self::Api,
        }
    }

    /// What it pulls towards, with its article.
    pub fn word(self) -> &'static str {
        match self {
            Self::Api => "an API",
            Self::Event => "an event",
        }
    }
}

/// Something that speaks for an API or for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// The caller needs the answer at once.
    ImmediateResponse,
    /// Both sides are to change independently.
    LooseCoupling,
    /// Many consumers.
    HighFanOut,
    /// A user is waiting.
    UserDriven,
    /// What happened must be on record.
    AuditTrail,
    /// All or nothing across both.
    Transactional,
    /// Producer and consumer are in different domains.
    AcrossDomains,
    /// High throughput, and consumers of varying speed.
    VaryingSpeed,
    /// Producer and consumer are in different organisations.
    AcrossOrganisations,
    /// What happened is to be reconstructed from events.
    Reconstruction,
}

impl Criterion {
    /// The six that a person answers.
    pub const ASKED: [Self; 6] = [
        Self::ImmediateResponse,
        Self::LooseCoupling,
        Self::HighFanOut,
        Self::UserDriven,
        Self::AuditTrail,
        Self::Transactional,
    ];

    /// The four that are read off the model.
    pub const READ: [Self; 4] =
        [Self::AcrossDomains, Self::VaryingSpeed, Self::AcrossOrganisations, Self::Reconstruction];

    /// Towards what it pulls where it holds.
    pub fn pull(self) -> Pull {
        match self {
            Self::ImmediateResponse | Self::UserDriven | Self::Transactional => Pull::Api,
            _ => Pull::Event,
        }
    }

    /// Its name in the file and on the command line; the criteria that are read off the model have none.
    pub fn field(self) -> Option<&'static str> {
        Some(match self {
            Self::ImmediateResponse => "immediate_response",
            Self::LooseCoupling => "loose_coupling",
            Self::HighFanOut => "high_fan_out",
            Self::UserDriven => "user_driven",
            Self::AuditTrail => "audit_trail",
            Self::Transactional => "transactional",
            _ => return None,
        })
    }

    /// The question, for a person.
    pub fn question(self) -> &'static str {
        match self {
            Self::ImmediateResponse => "Is an immediate response required?",
            Self::LooseCoupling => "Is loose coupling desired?",
            Self::HighFanOut => "Are there many consumers?",
            Self::UserDriven => "Is it driven by a user's action?",
            Self::AuditTrail => "Is an audit trail required?",
            Self::Transactional => "Is transactional consistency required?",
            Self::AcrossDomains => "Are both sides in different domains?",
            Self::VaryingSpeed => "Is the throughput high and the consumers' speed variable?",
            Self::AcrossOrganisations => "Are both sides in different organisations?",
            Self::Reconstruction => "Is what happened reconstructed from events?",
        }
    }

    /// What is so where it holds.
    pub fn word(self) -> &'static str {
        match self {
            Self::ImmediateResponse => "an immediate response is required",
            Self::LooseCoupling => "loose coupling is desired",
            Self::HighFanOut => "many consumers are to hear of it",
            Self::UserDriven => "a user's action drives it",
            Self::AuditTrail => "an audit trail is required",
            Self::Transactional => "transactional consistency is required",
            Self::AcrossDomains => "it leads from one domain into another",
            Self::VaryingSpeed => "more is sent at the peak than the other side can take",
            Self::AcrossOrganisations => "it leads from one organisation to another",
            Self::Reconstruction => "what happened is kept to be replayed",
        }
    }

    /// What was answered.
    pub fn answer(self, criteria: &Criteria) -> Option<Answer> {
        let fact = match self {
            Self::ImmediateResponse => &criteria.immediate_response,
            Self::LooseCoupling => &criteria.loose_coupling,
            Self::HighFanOut => &criteria.high_fan_out,
            Self::UserDriven => &criteria.user_driven,
            Self::AuditTrail => &criteria.audit_trail,
            Self::Transactional => &criteria.transactional,
            _ => return None,
        };
        fact.known().copied()
    }

    /// Puts an answer in its place; nothing for the criteria that are read off the model.
    pub fn put(self, criteria: &mut Criteria, answer: Fact<Answer>) {
        let fact = match self {
            Self::ImmediateResponse => &mut criteria.immediate_response,
            Self::LooseCoupling => &mut criteria.loose_coupling,
            Self::HighFanOut => &mut criteria.high_fan_out,
            Self::UserDriven => &mut criteria.user_driven,
            Self::AuditTrail => &mut criteria.audit_trail,
            Self::Transactional => &mut criteria.transactional,
            _ => return,
        };
        *fact = answer;
    }
}

/// What the advisor says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recommendation {
    /// What it recommends; `None` where nothing pulls either way, or nobody has answered anything.
    pub advice: Option<Advice>,
    /// What pulls towards an API.
    pub api: Vec<Criterion>,
    /// What pulls towards an event.
    pub event: Vec<Criterion>,
    /// What was not answered.
    pub open: Vec<Criterion>,
}

impl Recommendation {
    /// Where the criteria disagree, and what follows from it.
    pub fn tension(&self) -> Option<&'static str> {
        match (self.api.contains(&Criterion::Transactional), self.api.is_empty(), self.event.is_empty()) {
            (true, _, false) => Some(
                "All or nothing across both sides cannot be had with an event: keep what must be consistent within one \
                 system of record, and tell the rest by an event with a compensation.",
            ),
            (_, false, false) => Some(
                "Whoever needs the answer calls the owner; everybody else hears of it: a command or query through the \
                 API, and an event for the others.",
            ),
            (true, ..) => Some(
                "Carefully: a transaction over an API ties both sides together. Name the compensation for what fails \
                 half-way.",
            ),
            _ => None,
        }
    }

    /// Why, in a sentence.
    pub fn because(&self) -> String {
        let listed = |criteria: &[Criterion]| {
            let words: Vec<&str> = criteria.iter().map(|criterion| criterion.word()).collect();
            match words.as_slice() {
                [] => String::new(),
                [one] => (*one).to_owned(),
                [more @ .., last] => format!("{} and {last}", more.join(", ")),
            }
        };
        match (self.api.is_empty(), self.event.is_empty()) {
            (true, true) => "Nothing that was answered pulls either way".to_owned(),
            (false, true) => format!("For an API: {}", listed(&self.api)),
            (true, false) if self.advice.is_none() => {
                format!("None of the criteria was answered; the model knows for an event: {}", listed(&self.event))
            }
            (true, false) => format!("For an event: {}", listed(&self.event)),
            (false, false) => format!("For an API: {}; for an event: {}", listed(&self.api), listed(&self.event)),
        }
    }
}

impl fmt::Display for Recommendation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.advice.map_or("undecided", |advice| match advice {
            Advice::Api => "an API",
            Advice::Event => "an event",
            Advice::Both => "both: a command or query through the API, and an event for everybody else",
        }))
    }
}

/// What six answers and the reasons that the model knows recommend together. An answer *no* pulls nowhere, and reasons
/// alone recommend nothing.
pub fn advise(criteria: &Criteria, reasons: &[Criterion]) -> Recommendation {
    let yes = |criterion: &Criterion| criterion.answer(criteria) == Some(Answer::Yes) || reasons.contains(criterion);
    let all = || Criterion::ASKED.into_iter().chain(Criterion::READ);
    let pulling = |pull: Pull| all().filter(|criterion| criterion.pull() == pull && yes(criterion)).collect();
    let (api, event): (Vec<Criterion>, Vec<Criterion>) = (pulling(Pull::Api), pulling(Pull::Event));
    let open: Vec<Criterion> = Criterion::ASKED.into_iter().filter(|c| c.answer(criteria).is_none()).collect();
    let advice = match (api.is_empty(), event.is_empty()) {
        // What the model knows counts beside what was answered: as long as nobody has answered anything it decides nothing.
        _ if open.len() == Criterion::ASKED.len() => None,
        (true, true) => None,
        (false, true) => Some(Advice::Api),
        (true, false) => Some(Advice::Event),
        (false, false) => Some(Advice::Both),
    };
    Recommendation { advice, api, event, open }
}

/// The reasons for asynchronous integration that hold for an interaction, as far as the model knows.
pub fn reasons(model: &Model, interaction: &Interaction) -> Vec<Criterion> {
    let ends = (model.system(&interaction.from), model.system(&interaction.to));
    let (Some(from), Some(to)) = ends else { return Vec::new() };
    let holds = |criterion: Criterion| match criterion {
        Criterion::AcrossDomains => {
            let domains = (outermost(model, from), outermost(model, to));
            matches!(domains, (Some(from), Some(to)) if from != to)
        }
        Criterion::VaryingSpeed => match (interaction.peak_rate.known(), to.capacity.known()) {
            (Some(peak), Some(capacity)) => peak.per_day() > capacity.per_day(),
            _ => false,
        },
        Criterion::AcrossOrganisations => {
            (from.kind == SystemKind::External) != (to.kind == SystemKind::External)
                && from.kind != SystemKind::Person
                && to.kind != SystemKind::Person
        }
        Criterion::Reconstruction => replayed(model, interaction),
        _ => false,
    };
    Criterion::READ.into_iter().filter(|criterion| holds(*criterion)).collect()
}

fn outermost<'m>(model: &'m Model, system: &'m System) -> Option<&'m Id<crate::model::Domain>> {
    let mut path = Vec::new();
    let mut next = system.domain.known();
    while let Some(id) = next.filter(|id| !path.contains(id)) {
        path.push(id);
        next = model.domains.get(id).and_then(|domain| domain.parent.known());
    }
    path.pop()
}

fn replayed(model: &Model, interaction: &Interaction) -> bool {
    let contract = interaction.contract.known().and_then(|id| model.contracts.get(id));
    let message = contract.zip(interaction.message.known()).and_then(|(contract, name)| contract.messages.get(name));
    message.is_some_and(|message| message.replay.is_known())
}

/// A decision about an interaction as a record of its own, together with the answers on the interaction.
///
/// `title` names the record, `choice` is what was chosen, which may differ from what was recommended.
pub fn decision(
    model: &Model,
    id: &Id<Interaction>,
    criteria: &Criteria,
    choice: Advice,
    title: &str,
    day: crate::model::Date,
) -> Option<Vec<Edit>> {
    let interaction = model.interactions.get(id)?;
    let found = advise(criteria, &reasons(model, interaction));
    let mut record = Decision::new(title);
    record.status = Fact::Known(DecisionStatus::Accepted);
    record.date = Fact::Known(day);
    record.context = Text::new(format!("{}.", found.because())).map_or(Fact::NotAsked, Fact::Known);
    record.options = Advice::ALL.iter().map(ToString::to_string).collect();
    record.choice = Text::new(choice.word()).map_or(Fact::NotAsked, Fact::Known);
    record.consequences = found.tension().and_then(Text::new).map_or(Fact::NotAsked, Fact::Known);
    record.about = vec![id.key()];
    record.criteria = criteria.clone();
    record.advice = found.advice.map_or(Fact::NotAsked, Fact::Known);
    let taken = |slug: &Slug| model.decisions.contains_key(&Id::from_slug(slug.clone()));
    let slug = Slug::derive(title)?.free(taken);
    let mut edits = vec![Edit::put(&Id::from_slug(slug), record)];
    if interaction.decision != *criteria {
        let mut answered = (*interaction.value).clone();
        answered.decision = criteria.clone();
        edits.push(Edit::put(id, answered));
    }
    Some(edits)
}
