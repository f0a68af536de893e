//! CON008: a consumer that relies on fields nobody promised.

use std::collections::BTreeMap;

use crate::{
    model::{
        Contract, Fact, Id, Interaction, InteractionKind, PartName, PublicField, Stage, Subject, System, SystemKind,
        SystemRole, Transport,
    },
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct HiddenPayloadCoupling;

static META: Meta = Meta {
    code: "CON008",
    slug: "hidden-payload-coupling",
    summary: "a consumer reads fields that are not public in its version",
    why: "\"Hidden coupling through payload assumptions — fragile contracts\" (docs/principles.md, anti-patterns); \"consumers \
          depending on internal fields\" (its event failure modes). The provider cannot know what it must not change.",
    example: "Billing reads `order.internalStatus` of `OrderPlaced` v1, which the contract does not list.",
    remedy: "Publish the field in a version of the contract and pin it, or take it out of what the consumer reads.",
    severity: Severity::Error,
    gap: Some(Stage::Sketch),
    principle: Principle::ExplicitContracts,
    star: true,
};

impl Rule for HiddenPayloadCoupling {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut unstated: BTreeMap<&Id<Contract>, Vec<&Hop<'_>>> = BTreeMap::new();
        for hop in cx.hops() {
            let (id, interaction) = (hop.id, hop.interaction);
            // Without a contract CON001 speaks; people and brokers read no fields.
            let reader = consumer(interaction);
            let stored = interaction.contract.known().and_then(|id| cx.model.contracts.get_key_value(id));
            let Some((contract_id, contract)) = stored.filter(|_| !passive(cx, interaction)) else {
                out.exempt(&META, hop);
                continue;
            };
            let public = public_fields(contract, interaction);
            let stated = public.is_some_and(|fields| !fields.is_empty());
            match &interaction.fields_read {
                Fact::Known(read) if stated => {
                    let public = public.into_iter().flatten().collect::<BTreeMap<_, _>>();
                    let version = interaction.version.known();
                    let hidden: Vec<_> = read
                        .iter()
                        .filter(|field| {
                            !public.get(&field.to_string()).is_some_and(|f| in_version(contract, f, version))
                        })
                        .map(ToString::to_string)
                        .collect();
                    if hidden.is_empty() {
                        out.met(&META, hop);
                    } else {
                        let pinned = version.map_or_else(String::new, |version| format!(" {version}"));
                        let list = hidden.join(", ");
                        let words = format!(
                            " reads {list}, which {} not public in ",
                            if hidden.len() == 1 { "is" } else { "are" }
                        );
                        let said = say![reader, words, contract_id, pinned];
                        let listed = public.keys().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
                        out.defect(&META, id, said)
                            .with([reader.into(), contract_id.into()])
                            .because(id, "fields_read", list)
                            .because(contract_id, "fields", listed);
                    }
                }
                // What a partner reads is asked of the partner, once it is known that it matters.
                // The compiler knows what one module reads of another, and a protocol of sign-in is not the provider's own.
                Fact::NotAsked if is_fixed(cx, reader, contract) => out.exempt(&META, hop),
                Fact::Known(_) | Fact::NotAsked if cx.is(reader, SystemKind::External) => {
                    out.gap_where(&META, hop, Vec::new(), false);
                }
                Fact::Known(_) => unstated.entry(contract_id).or_default().push(hop),
                Fact::NotAsked if carries_payload(interaction) => {
                    let said = say!["which fields ", reader, " reads of ", contract_id, " was not asked"];
                    if let Some(gap) = out.gap(&META, id, said) {
                        gap.with([reader.into(), contract_id.into()]).because(id, "fields_read", "not asked");
                    }
                }
                Fact::NotAsked => out.exempt(&META, hop),
                Fact::None => out.met(&META, hop),
            }
        }
        unstated.into_iter().for_each(|(contract, hops)| ask_for_fields(out, contract, &hops));
    }
}

/// One contract that does not say its fields leaves all its readers open.
fn ask_for_fields(out: &mut Findings<'_>, contract: &Id<Contract>, hops: &[&Hop<'_>]) {
    let mut readers: Vec<Subject> = hops.iter().map(|hop| consumer(hop).into()).collect();
    readers.sort();
    readers.dedup();
    let mut said = names(readers.iter().take(3).cloned());
    let more = readers.len().saturating_sub(3);
    let verb = if readers.len() == 1 { "reads" } else { "read" };
    let others = if more > 0 { format!(" and {more} others") } else { String::new() };
    said.extend(say![format!("{others} {verb} fields of "), contract, ", whose public fields were not asked"]);
    if let Some(gap) = out.gap(&META, contract, said) {
        gap.with(readers).with(hops.iter().map(|hop| Subject::from(*hop))).because(contract, "fields", "not asked");
    }
}

/// Who reads the payload: whoever asks, or whoever receives; a command that travels as a message is read by its receiver.
fn consumer(interaction: &Interaction) -> &crate::model::Id<crate::model::System> {
    match interaction.kind {
        _ if interaction.message.is_known() => &interaction.to,
        InteractionKind::Query | InteractionKind::Command => &interaction.from,
        InteractionKind::Event | InteractionKind::Unclassified => &interaction.to,
    }
}

fn passive(cx: &Context<'_>, interaction: &Interaction) -> bool {
    let reader = consumer(interaction);
    let kind = |kind| cx.is(reader, kind);
    kind(SystemKind::Person)
        || kind(SystemKind::Backbone)
        || kind(SystemKind::Gateway)
        || interaction.not_applicable.contains_key("fields_read")
}

fn is_fixed(cx: &Context<'_>, reader: &Id<System>, contract: &Contract) -> bool {
    contract.provider.known().is_some_and(|provider| {
        let signs_in = || cx.end(provider).is_some_and(|end| end.role.is(&SystemRole::IdentityProvider));
        cx.same_deployable(reader, provider) || signs_in()
    })
}

fn carries_payload(interaction: &Interaction) -> bool {
    matches!(interaction.kind, InteractionKind::Query | InteractionKind::Event)
        || interaction.travels() == Some(Transport::File)
}

fn public_fields<'m>(contract: &'m Contract, interaction: &Interaction) -> Option<&'m BTreeMap<String, PublicField>> {
    let operation = interaction.operation.known().and_then(|name| contract.operations.get(name)).map(|o| &o.fields);
    operation.or_else(|| interaction.message.known().and_then(|name| contract.messages.get(name)).map(|m| &m.fields))
}

/// Whether a field is public in the pinned version: brought by it or an earlier one, and not yet gone.
/// Where the version or its place in time is not known, the field counts as public.
fn in_version(contract: &Contract, field: &PublicField, pinned: Option<&PartName>) -> bool {
    let Some(pinned) = pinned.and_then(|name| age(contract, name)) else { return true };
    let known = |fact: &Fact<PartName>| fact.known().and_then(|name| age(contract, name));
    known(&field.since).is_none_or(|since| since <= pinned) && known(&field.until).is_none_or(|until| until > pinned)
}

/// The place of a version in the row of versions: by the numbers in its label, v2 before v10.
fn age(contract: &Contract, name: &PartName) -> Option<Vec<u64>> {
    contract.versions.get(name)?;
    let numbers = name.as_str().split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok());
    Some(numbers.collect::<Vec<u64>>()).filter(|numbers| !numbers.is_empty())
}
