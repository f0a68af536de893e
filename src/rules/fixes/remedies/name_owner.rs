//! Name the owner of what nobody is said to own.

use std::collections::BTreeSet;

use crate::{
    model::{
        AccessMode, Date, Edit, EntityAccess, Fact, HoldingKind, Id, Key, Kind, Model, Purpose, Record, RoadmapChange,
        StoreAccess, System, SystemKind, Team,
    },
    rules::{
        Finding,
        fixes::{
            Answers, Ask, AskKind, Draft, Fix, Remedy, Unfixed,
            asks::{about, said},
            draft::gone,
        },
    },
};

pub(super) struct NameOwner;

const SLUG: &str = "name-owner";
const OWNER: &str = "owner";
const END: &str = "end";

impl Remedy for NameOwner {
    fn slug(&self) -> &'static str {
        SLUG
    }

    fn rules(&self) -> &'static [&'static str] {
        &["CON009", "EVO007", "OWN001", "OWN004", "OWN006"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let key = finding.about.key.clone();
        let Some(record) = model.entry(&key).map(|entry| entry.record) else { return Vec::new() };
        match &record {
            Record::Change(change) => vec![change_offer(model, finding, change)],
            Record::System(system) if system.kind == SystemKind::External => {
                vec![vendor_offer(model, finding), owner_offer(model, finding, key)]
            }
            _ if record.owner().is_some() => vec![owner_offer(model, finding, key)],
            _ => Vec::new(),
        }
    }
}

fn owner_offer(model: &Model, finding: &Finding, key: Key) -> Fix {
    let data = matches!(key.kind, Kind::Store | Kind::Entity);
    let (label, kind) = if data { ("System of record", AskKind::System) } else { ("Owner", AskKind::Team) };
    let title = format!("Name the owner of {}", about(model, finding));
    let ask = Ask::new(OWNER, label, kind);
    let ask = match likely(model, &key) {
        Some(system) => ask.proposing(system.as_str()),
        None => ask,
    };
    Fix::new(SLUG, title, vec![ask], move |model, answers| {
        let mut record = model.entry(&key).ok_or_else(|| gone(&key))?.record;
        record.set_owner(&Fact::Known(owner(&key, answers)?));
        Ok(vec![Edit::Put { key: key.clone(), record }])
    })
}

/// Whose data they most likely are: of the one system that reaches a store; of the one that owns the master of a record,
/// or writes it.
fn likely<'m>(model: &'m Model, key: &Key) -> Option<&'m Id<System>> {
    let only = |systems: BTreeSet<&'m Id<System>>| match systems.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    match key.kind {
        Kind::Store => {
            let store = model.stores.get(&Id::from_slug(key.slug.clone()))?;
            let reaches =
                |access: &&StoreAccess| access.mode != AccessMode::ChangeFeed && !access.purpose.is(&Purpose::Backup);
            only(store.value.accesses.iter().filter(reaches).map(|access| &access.system).collect())
        }
        Kind::Entity => {
            let entity = model.entities.get(&Id::from_slug(key.slug.clone()))?;
            let masters = entity.value.holdings.iter().filter(|holding| holding.kind == HoldingKind::Master);
            let stores = masters.filter_map(|holding| model.stores.get(&holding.store));
            let owners = stores.filter_map(|store| store.value.owner.known()).collect();
            let writes = |access: &&EntityAccess| access.rights.iter().any(|right| right.writes());
            let writers = entity.value.accesses.iter().filter(writes).map(|access| &access.system).collect();
            only(owners).or_else(|| only(writers))
        }
        _ => None,
    }
}

fn owner(key: &Key, answers: &Answers) -> Result<Key, Unfixed> {
    Ok(match key.kind {
        Kind::Store | Kind::Entity => answers.value::<Id<System>>(OWNER)?.key(),
        _ => answers.value::<Id<Team>>(OWNER)?.key(),
    })
}

/// What is not ours is answered for by somebody at the vendor's.
fn vendor_offer(model: &Model, finding: &Finding) -> Fix {
    let id = Id::<System>::from_slug(finding.about.key.slug.clone());
    let title = format!("Name the vendor's contact for {}", about(model, finding));
    Fix::new(SLUG, title, vec![Ask::new("contact", "Vendor contact", AskKind::Text)], move |model, answers| {
        let mut draft = Draft::of(model);
        let contact = said(answers, "contact")?;
        draft.change(&id, |system| system.vendor_contact = contact.into())?;
        Ok(draft.edits())
    })
}

/// A change needs somebody who sees to it, and a day.
fn change_offer(model: &Model, finding: &Finding, change: &RoadmapChange) -> Fix {
    let id = Id::<RoadmapChange>::from_slug(finding.about.key.slug.clone());
    let mut asks = Vec::new();
    if !change.owner.is_known() {
        asks.push(Ask::new(OWNER, "Owner", AskKind::Team));
    }
    if !change.end.is_known() {
        asks.push(Ask::new(END, "Done by", AskKind::Date));
    }
    let title = format!("Say who sees to {}, and by when", about(model, finding));
    Fix::new(SLUG, title, asks, move |model, answers| {
        let mut draft = Draft::of(model);
        let (owner, end) = (answers.maybe::<Id<Team>>(OWNER)?, answers.maybe::<Date>(END)?);
        draft.change(&id, |change| {
            change.owner = owner.map_or(change.owner.clone(), Fact::Known);
            change.end = end.map_or(change.end.clone(), Fact::Known);
        })?;
        Ok(draft.edits())
    })
    .on_roadmap()
}
