//! All remedies.

mod authenticate;
mod classify;
mod command_to_owner;
mod dead_letter;
mod document_consumer;
mod event_fed_copy;
mod idempotency;
mod insert_adapter;
mod insert_backbone;
mod insert_gateway;
mod isolate;
mod lead_through_adapter;
mod name_owner;
mod name_the_fact;
mod one_event;
mod outbox;
mod pin_version;
mod plan_retirement;
mod query_of_owner;
mod reconcile;
mod replay;
mod retire_adapter;
mod set_timeout;
mod state_requirements;
mod state_status;
mod sunset;
mod version_contract;
mod watch;

use super::Remedy;

/// Every remedy, those that are likeliest to be wanted first.
pub static REMEDIES: &[&dyn Remedy] = &[
    &name_owner::NameOwner,
    &classify::Classify,
    &command_to_owner::CommandToOwner,
    &query_of_owner::QueryOfOwner,
    &event_fed_copy::EventFedCopy,
    &pin_version::PinVersion,
    &version_contract::VersionContract,
    &state_status::StateStatus,
    &sunset::Sunset,
    &document_consumer::DocumentConsumer,
    &name_the_fact::NameTheFact,
    &one_event::OneEvent,
    &insert_gateway::InsertGateway,
    &lead_through_adapter::LeadThroughAdapter,
    &insert_adapter::InsertAdapter,
    &insert_backbone::InsertBackbone,
    &set_timeout::SetTimeout,
    &isolate::Isolate,
    &dead_letter::DeadLetter,
    &replay::Replay,
    &outbox::Outbox,
    &watch::Watch,
    &reconcile::Reconcile,
    &idempotency::Idempotent,
    &retire_adapter::RetireAdapter,
    &plan_retirement::PlanRetirement,
    &authenticate::Authenticate,
    &state_requirements::StateRequirements,
];
