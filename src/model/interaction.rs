//! Interactions: what one system asks of, tells or sends another.

use std::collections::BTreeMap;

use super::{
    Classification, Contract, Date, Fact, Id, Key, Many, Observability, Part, PartKind, PartName, Profile, Rate,
    Resilience, Security, Shown, Slug, Source, System, Text, Yes,
    fact::Field,
    macros::{choice, facts, fields, forms},
};

choice! {
    /// What an interaction means.
    InteractionKind {
        /// Intent to change state, directed at one owner.
        Command = "command",
        /// Reading.
        Query = "query",
        /// A fact that happened.
        Event = "event",
        /// The room has not decided yet.
        Unclassified = "unclassified",
    }
}

impl InteractionKind {
    /// The letter on its plaque.
    pub fn letter(self) -> char {
        match self {
            Self::Command => 'C',
            Self::Query => 'Q',
            Self::Event => 'E',
            Self::Unclassified => '?',
        }
    }
}

choice! {
    /// How it travels.
    Transport {
        /// The caller waits for the answer.
        Synchronous = "synchronous",
        /// Nobody waits.
        Asynchronous = "asynchronous",
        /// A file is handed over.
        File = "file",
        /// A feed of changes is read.
        ChangeFeed = "change feed",
    }
}

choice! {
    /// How often a message arrives.
    Delivery {
        /// Once or never.
        AtMostOnce = "at most once",
        /// Once or more.
        AtLeastOnce = "at least once",
        /// Once, as far as its effect goes.
        EffectivelyOnce = "effectively once",
    }
}

/// What sets an interaction off.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Trigger {
    /// An operation that its source is handling.
    Operation(Part),
    /// A message that its source has received.
    Message(Part),
    /// A schedule.
    Schedule(Text),
    /// A user.
    User,
}

impl Field for Trigger {
    fn show(&self) -> Shown {
        match self {
            Self::Operation(part) | Self::Message(part) => part.show(),
            Self::Schedule(text) => Shown::Text(format!("schedule: {text}")),
            Self::User => Shown::Text("user".to_owned()),
        }
    }

    forms! {
        words {
            User = "user" "A user.",
        }
        held {
            Operation(Part) = "operation" "An operation that its source is handling.",
            Message(Part) = "message" "A message that its source has received.",
            Schedule(Text) = "schedule" "A schedule.",
        }
        plain |text| text.parse().ok().map(Self::Operation)
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        if let Self::Operation(part) | Self::Message(part) = self {
            part.references(visit);
        }
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        if let Self::Operation(part) | Self::Message(part) = self {
            part.rename(from, to);
        }
    }
}

choice! {
    /// Yes or no.
    Answer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
}

facts! {
    /// The six criteria of the API-or-event decision.
    Criteria {
        /// The caller needs the answer at once (API).
        immediate_response: Fact<Answer>,
        /// Both sides are to change independently (event).
        loose_coupling: Fact<Answer>,
        /// Many consumers (event).
        high_fan_out: Fact<Answer>,
        /// A user is waiting (API).
        user_driven: Fact<Answer>,
        /// What happened must be on record (event).
        audit_trail: Fact<Answer>,
        /// All or nothing across both (API, carefully).
        transactional: Fact<Answer>,
    }
}

fields! {
    /// An edge from a system to a system.
    Interaction {
        required {
            /// Where it starts: the caller, publisher or sender; the backbone towards its subscribers.
            from: Id<System>,
            /// Where it ends: the callee, subscriber or receiver; the backbone for its publishers.
            to: Id<System>,
            /// What it means.
            kind: InteractionKind,
        }
        facts {
            /// The contract it keeps to.
            contract: Fact<Id<Contract>>,
            /// The operation of that contract.
            operation: Fact<PartName>,
            /// The message of that contract.
            message: Fact<PartName>,
            /// The version it is pinned to.
            version: Fact<PartName>,
            /// What sets it off.
            triggered_by: Fact<Many<Trigger>>,
            /// How it travels; synchronous for commands and queries, asynchronous for events where it is not said.
            transport: Fact<Transport>,
            /// The protocol.
            protocol: Fact<Text>,
            /// When it runs.
            schedule: Fact<Text>,
            /// Calls per trigger.
            calls_per_trigger: Fact<u32>,
            /// Peak rate.
            peak_rate: Fact<Rate>,
            /// The interaction that it answers: a callback or reply.
            reply_to: Fact<Id<Interaction>>,
            /// Fields of the payload that the consumer reads.
            fields_read: Fact<Many<Text>>,
            /// How carefully the payload must be handled.
            classification: Fact<Classification>,
            /// How often a message arrives.
            delivery: Fact<Delivery>,
            /// The consumer tolerates duplicates.
            tolerates_duplicates: Fact<Text>,
            /// In use since.
            active_from: Fact<Date>,
            /// In use until.
            active_until: Fact<Date>,
            /// How it is tested.
            tests: Fact<Text>,
            /// The bundle it takes.
            profile: Fact<Id<Profile>>,
            /// What happens when the other side fails.
            resilience: Resilience,
            /// Who may call.
            security: Security,
            /// How it is seen that it works.
            observability: Observability,
            /// Needs a transaction over several systems of record: how it is compensated.
            compensation: Fact<Text>,
            /// The publisher of an event waits for an answer.
            needs_answer: Fact<Yes>,
            /// The API-or-event criteria.
            decision: Criteria,
            /// What it is for.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}

impl Interaction {
    /// How it travels: as said, else asynchronous for events and synchronous for commands and queries.
    /// `None` where it is unclassified and nobody said.
    pub fn travels(&self) -> Option<Transport> {
        self.transport.known().copied().or(match self.kind {
            InteractionKind::Command | InteractionKind::Query => Some(Transport::Synchronous),
            InteractionKind::Event => Some(Transport::Asynchronous),
            InteractionKind::Unclassified => None,
        })
    }

    /// Whether its caller waits.
    pub fn is_synchronous(&self) -> bool {
        self.travels() == Some(Transport::Synchronous)
    }

    /// The operation or message it carries, with its contract.
    pub fn part(&self) -> Option<Part> {
        let contract = self.contract.known()?.clone();
        let name = self.operation.known().or_else(|| self.message.known())?.clone();
        Some(Part { contract, name })
    }

    /// Every part of a contract that it names.
    pub fn parts(&self) -> Vec<(Id<Contract>, PartKind, PartName)> {
        let mut parts = Vec::new();
        if let Some(contract) = self.contract.known() {
            let named = [
                (PartKind::Operation, &self.operation),
                (PartKind::Message, &self.message),
                (PartKind::Version, &self.version),
            ];
            let known = named.into_iter().filter_map(|(kind, fact)| fact.known().map(|name| (kind, name)));
            parts.extend(known.map(|(kind, name)| (contract.clone(), kind, name.clone())));
        }
        for trigger in self.triggered_by.known().into_iter().flat_map(|many| many.iter()) {
            match trigger {
                Trigger::Operation(part) => parts.push((part.contract.clone(), PartKind::Operation, part.name.clone())),
                Trigger::Message(part) => parts.push((part.contract.clone(), PartKind::Message, part.name.clone())),
                Trigger::Schedule(_) | Trigger::User => {}
            }
        }
        parts
    }
}
