//! Contracts as rules ask them: whose they are, whether they are in force yet, and what they say of errors.

use std::{collections::HashMap, ops::Deref};

use super::{Context, End, Finding, Findings, Hop, Meta, Piece};
use crate::model::{
    Contract, Id, InteractionKind, Operation, Part, PartKind, PartName, Status, Style, Subject, Transport,
};

/// A contract with its provider looked up. It can be read like the contract itself.
pub(super) struct Product<'a> {
    /// Its id.
    pub(super) id: &'a Id<Contract>,
    /// The contract.
    pub(super) contract: &'a Contract,
    /// Who provides it.
    pub(super) provider: Option<End<'a>>,
}

/// Every contract of the model, by id.
pub(super) fn products<'a>(cx: &Context<'a>) -> impl Iterator<Item = Product<'a>> {
    let model = cx.model;
    model.contracts.iter().map(|(id, stored)| {
        let provider = stored.value.provider.known().and_then(|provider| cx.end(provider));
        Product { id, contract: &stored.value, provider }
    })
}

impl<'a> Product<'a> {
    /// Whether we answer for it: a partner's contract is the partner's.
    pub(super) fn is_ours(&self) -> bool {
        !self.provider.is_some_and(|end| end.is_external() || end.is_person())
    }

    /// Whether a rule asks it: it is ours, not retired, and says of none of these facts why it does not apply.
    pub(super) fn is_asked(&self, facts: &[&str]) -> bool {
        self.is_ours() && !self.is(Status::Retired) && !facts.iter().any(|fact| self.excuses(fact))
    }

    /// Whether it is known to stand here in its life.
    pub(super) fn is(&self, status: Status) -> bool {
        self.contract.status.is(&status)
    }

    /// Whether it says why a fact does not apply.
    pub(super) fn excuses(&self, fact: &str) -> bool {
        self.contract.not_applicable.contains_key(fact)
    }

    /// Whether it is an API: of a style whose callers wait for answers, or of none that is known, and with operations.
    pub(super) fn is_api(&self) -> bool {
        match self.contract.style.known() {
            Some(style) => matches!(style, Style::Rest | Style::Grpc | Style::GraphQl | Style::Soap),
            None => !self.contract.operations.is_empty(),
        }
    }

    /// Whether it can be relied on: active; or, where that was not asked, a version of it is.
    pub(super) fn is_in_force(&self) -> bool {
        let active = || self.contract.versions.values().any(|version| version.status.is(&Status::Active));
        self.is(Status::Active) || (self.contract.status.is_not_asked() && active())
    }

    /// Whether schemas are known to be elsewhere: in the specification file, or with a revision.
    pub(super) fn is_specified(&self) -> bool {
        is_specified(self.contract)
    }

    /// Its provider, to be lit up.
    pub(super) fn lit(&self) -> Option<Subject> {
        self.provider.map(Subject::from)
    }

    /// Its operations, each as a subject.
    pub(super) fn operations(&self) -> impl Iterator<Item = (Subject, &'a PartName, &'a Operation)> {
        let part = |name: &PartName| Part { contract: self.id.clone(), name: name.clone() };
        let operations = &self.contract.operations;
        operations.iter().map(move |(name, o)| (Subject::part(PartKind::Operation, &part(name)), name, o))
    }

    /// Reports what nobody has asked of it, or of a part of it. A draft is not asked yet what only matters in force.
    pub(super) fn gap<'f>(
        &self,
        cx: &Context<'_>,
        out: &'f mut Findings<'_>,
        rule: &'static Meta,
        about: impl Into<Subject>,
        message: Vec<Piece>,
    ) -> Option<&'f mut Finding> {
        let about = about.into();
        let due = !self.is(Status::Draft) && rule.gap.is_some_and(|from| cx.stage(&about) >= from);
        out.gap_where(rule, about, message, due)
    }

    /// How much it says of its errors.
    pub(super) fn errors(&self) -> Errors {
        let Contract { error_format, consistent_status_codes, error_exposure, user_errors_apart, .. } = self.contract;
        let known = error_format.is_known()
            || consistent_status_codes.is_known()
            || error_exposure.is_known()
            || user_errors_apart.is_known();
        let unasked = error_format.is_not_asked()
            && consistent_status_codes.is_not_asked()
            && error_exposure.is_not_asked()
            && user_errors_apart.is_not_asked();
        match () {
            () if unasked => Errors::NotAsked,
            () if error_format.is_none() && !known => Errors::None,
            () => Errors::Said,
        }
    }
}

/// How much a contract says of its errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Errors {
    /// Nobody has asked.
    NotAsked,
    /// It is known to say nothing.
    None,
    /// Something at least.
    Said,
}

/// Whether the schemas of a contract are known to be elsewhere: in the specification file, or with a revision.
pub(super) fn is_specified(contract: &Contract) -> bool {
    let mut revisions = contract.versions.values().flat_map(|version| &version.revisions);
    contract.specification.is_known() || revisions.any(|revision| revision.schema.is_known())
}

/// Whether a message that these interactions carry tells a fact: an order over a broker and a file are no events.
pub(super) fn tells_fact<'h, 'a: 'h>(contract: &Contract, carriers: impl IntoIterator<Item = &'h Hop<'a>>) -> bool {
    let mut carriers = carriers.into_iter().peekable();
    let event = |hop: &Hop<'_>| hop.kind == InteractionKind::Event && hop.travels() != Some(Transport::File);
    !contract.style.is(&Style::File) && (carriers.peek().is_none() || carriers.any(event))
}

/// The messages of a contract that tell facts: EVT003 asks for their schemas.
pub(super) fn events<'a>(cx: &Context<'a>, id: &Id<Contract>, contract: &'a Contract) -> Vec<&'a PartName> {
    let mut carriers: HashMap<&PartName, Vec<&Hop<'a>>> = HashMap::new();
    if !contract.messages.is_empty() {
        for hop in cx.users(id) {
            if let Some(name) = hop.interaction.message.known() {
                carriers.entry(name).or_default().push(hop);
            }
        }
    }
    let told = |name: &&PartName| tells_fact(contract, carriers.get(name).into_iter().flatten().copied());
    contract.messages.keys().filter(told).collect()
}

/// Whether a contract is of events and nothing else: how it is versioned is EVT003's to ask, and once.
pub(super) fn is_of_events<'a>(cx: &Context<'a>, id: &Id<Contract>, contract: &'a Contract) -> bool {
    contract.operations.is_empty() && !events(cx, id, contract).is_empty()
}

impl Deref for Product<'_> {
    type Target = Contract;

    fn deref(&self) -> &Contract {
        self.contract
    }
}

impl From<&Product<'_>> for Subject {
    fn from(product: &Product<'_>) -> Self {
        product.id.into()
    }
}

impl From<&Product<'_>> for Piece {
    fn from(product: &Product<'_>) -> Self {
        Self::Name(product.into())
    }
}
