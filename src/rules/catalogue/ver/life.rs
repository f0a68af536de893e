//! Where a version stands on a day, who answers for it, and who consumes it.

use crate::{
    model::{
        Contract, Date, Id, InteractionKind, Key, Kind, Part, PartKind, PartName, Status, Subject, SystemKind, Version,
    },
    rules::{Context, End, Hop},
};

/// A fact that says something of a version: its name and its value.
pub(super) type Told = (&'static str, String);

/// A version as a subject.
pub(super) fn subject(contract: &Id<Contract>, version: &PartName) -> Subject {
    Subject::part(PartKind::Version, &Part { contract: contract.clone(), name: version.clone() })
}

/// The policy as a subject.
pub(super) fn policy() -> Subject {
    Key::single(Kind::Policy).into()
}

// A date decides where there is one: a status is only as old as the file, and a model is looked at as of any day.
/// Whether a version is no longer in force on a day, and what says so.
pub(super) fn retired(version: &Version, day: Date) -> Option<Told> {
    match version.retired_on.known() {
        Some(date) => (*date <= day).then(|| ("retired_on", date.to_string())),
        None => version.status.is(&Status::Retired).then(|| ("status", "retired".to_owned())),
    }
}

/// Whether a version is deprecated on a day, and what says so. It may be retired as well.
pub(super) fn deprecated(version: &Version, day: Date) -> Option<Told> {
    match version.deprecated_on.known() {
        Some(date) => (*date <= day).then(|| ("deprecated_on", date.to_string())),
        None => version.status.is(&Status::Deprecated).then(|| ("status", "deprecated".to_owned())),
    }
}

/// The day until which a version is promised: its sunset, or the day it retires if that is earlier or all that is said.
pub(super) fn promised_until(version: &Version) -> Option<(&'static str, Date)> {
    let sunset = version.sunset_on.known().map(|date| ("sunset_on", *date));
    let retired = version.retired_on.known().map(|date| ("retired_on", *date));
    sunset.into_iter().chain(retired).min_by_key(|(_, date)| *date)
}

/// Whether a version is a draft, or over: nothing is promised.
pub(super) fn is_out_of_force(version: &Version, day: Date) -> bool {
    version.status.is(&Status::Draft) || retired(version, day).is_some()
}

/// Whether the versions of a contract are ours to answer for: a partner's are not, and a contract may be over or say why
/// it has none.
pub(super) fn is_ours(cx: &Context<'_>, contract: &Contract) -> bool {
    !cx.is_foreign(contract.provider.known()) && !contract.status.is(&Status::Retired) && !is_excused(contract)
}

/// Whether a contract says why it has no versions.
pub(super) fn is_excused(contract: &Contract) -> bool {
    let excuse = &contract.not_applicable;
    !excuse.is_empty() && (excuse.contains_key("versioning") || excuse.contains_key("versions"))
}

/// The hops that are pinned to a version.
pub(super) fn pinned<'c>(
    cx: &'c Context<'_>,
    contract: &'c Id<Contract>,
    version: &'c PartName,
) -> impl Iterator<Item = Subject> + 'c {
    cx.users(contract).filter(move |hop| hop.interaction.version.is(version)).map(Subject::from)
}

/// Who consumes the contract of a hop, where the hop is the consumer's own: whoever asks, or whoever hears; the other
/// side where that is the provider. Nobody where a person is at one end, and none of those that only pass on what
/// another sent or will get.
pub(super) fn consumer<'a>(cx: &Context<'a>, hop: &Hop<'a>) -> Option<End<'a>> {
    let (_, contract) = hop.contract.filter(|_| !hop.has_person())?;
    let provides = |end: &End<'_>| contract.provider.known() == Some(end.id);
    let hears = match hop.kind {
        InteractionKind::Command | InteractionKind::Query => provides(&hop.from),
        InteractionKind::Event => !provides(&hop.to),
        InteractionKind::Unclassified if provides(&hop.from) => true,
        InteractionKind::Unclassified if provides(&hop.to) => false,
        InteractionKind::Unclassified => return None,
    };
    let end = if hears { hop.to } else { hop.from };
    match end.kind {
        _ if provides(&end) => None,
        SystemKind::Gateway | SystemKind::Backbone => None,
        SystemKind::Adapter => {
            let ways = if hears { cx.topology.arrivals(hop.at) } else { cx.topology.origins(hop.at) };
            (ways == [hop.at]).then_some(end)
        }
        _ => Some(end),
    }
}

/// Since when a hop is in use and since when the version is deprecated that it is pinned to, where it began later.
pub(super) fn began_late(hop: &Hop<'_>) -> Option<(Date, Date)> {
    let began = *hop.active_from.known()?;
    let deprecated = *hop.version?.deprecated_on.known()?;
    (began > deprecated).then_some((began, deprecated))
}

/// What a hop is about, where it says: one consumer may use a contract in many ways.
pub(super) fn on(hop: &Hop<'_>) -> String {
    let part = hop.interaction.operation.known().or_else(|| hop.interaction.message.known());
    part.map_or_else(String::new, |part| format!(" ({part})"))
}
