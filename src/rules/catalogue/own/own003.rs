//! OWN003: a database that several systems reach into.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{
        AccessMode, Entity, EntityAccess, Fact, Id, Purpose, Stage, Store, StoreKind, Subject, System, SystemRole, Way,
    },
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        finding::{names, say},
    },
};

pub(super) struct SharedDatabase;

static META: Meta = Meta {
    code: "OWN003",
    slug: "shared-database",
    summary: "a system other than a store's owner reaches it directly",
    why: "\"Shared databases across services — tight coupling masked as convenience\" (docs/principles.md, anti-patterns; Taibi \
          and Lenarduzzi 2018, shared persistency). Every table becomes an interface that nobody agreed to.",
    example: "Billing writes into the orders database because the API was not ready.",
    remedy: "Give the other system a command or a query of the owner, or a copy fed by events; or make the replica a contract.",
    severity: Severity::Error,
    gap: Some(Stage::Sketch),
    principle: Principle::Ownership,
    star: true,
};

/// One system's way into a store.
#[derive(Default)]
struct Reach {
    writes: bool,
    analytics: bool,
    sources: Vec<(Subject, String)>,
}

impl Rule for SharedDatabase {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut analytics: BTreeMap<&Id<System>, Vec<(&Id<Store>, Reach)>> = BTreeMap::new();
        let said = straight(cx);
        for (id, store) in &cx.model.stores {
            if store.kind.is(&StoreKind::LandingZone) || store.not_applicable.contains_key("accesses") {
                out.exempt(&META, id);
                continue;
            }
            let owner = store.owner.known();
            let mut reaches = reaches(cx, id, &store.value, said.get(id).map_or(&[], Vec::as_slice));
            if let Some(owner) = owner {
                reaches.remove(owner);
            }
            let readers: Vec<_> = reaches.iter().filter(|(_, r)| r.analytics && !r.writes).map(|(id, _)| *id).collect();
            // One analyst alone in a store that nobody is said to own shares it with nobody.
            let alone = owner.is_none() && reaches.len() < 2;
            let mut analysed = false;
            for reader in readers.into_iter().filter(|_| !alone) {
                if let Some(reach) = reaches.remove(reader) {
                    analytics.entry(reader).or_default().push((id, reach));
                    analysed = true;
                }
            }
            let least = if owner.is_some() { 1 } else { 2 };
            if reaches.len() >= least {
                report(cx, out, id, owner, &reaches);
            } else if analysed {
                // What is said of the store is said of its reader.
            } else if owner.is_some() || !reaches.is_empty() {
                out.met(&META, id);
            } else {
                // Neither whose it is nor who comes to it: nothing to judge by.
                out.gap_where(&META, id, Vec::new(), false);
            }
        }
        for (reader, stores) in analytics {
            report_analytics(out, reader, stores);
        }
        not_asked(cx, out);
    }
}

/// What entities say of systems that reach them straight in a store, by the store.
type Straight<'m> = BTreeMap<&'m Id<Store>, Vec<(&'m Id<Entity>, &'m EntityAccess)>>;

fn straight<'m>(cx: &Context<'m>) -> Straight<'m> {
    let mut said = Straight::new();
    for (id, entity) in &cx.model.entities {
        for access in &entity.accesses {
            if let Some(Way::Store(store)) = access.through.known() {
                said.entry(store).or_default().push((id, access));
            }
        }
    }
    said
}

/// Who reaches a store directly, as of the day, without a harmless purpose.
fn reaches<'m>(
    cx: &Context<'m>,
    id: &'m Id<Store>,
    store: &'m Store,
    said: &[(&'m Id<Entity>, &'m EntityAccess)],
) -> BTreeMap<&'m Id<System>, Reach> {
    let mut reaches: BTreeMap<&Id<System>, Reach> = BTreeMap::new();
    let now = |from: &Fact<crate::model::Date>, until: &Fact<crate::model::Date>| {
        from.known().is_none_or(|from| *from <= cx.as_of) && until.known().is_none_or(|until| *until >= cx.as_of)
    };
    let mut reach = |system, writes: bool, analytics: bool, source: Subject, words: String| {
        if !writes && store.published_as.is_known() {
            return;
        }
        let analyst = cx.model.system(system).is_some_and(|system| system.role.is(&SystemRole::Analytics));
        let reach = reaches.entry(system).or_default();
        reach.writes |= writes;
        reach.analytics |= analytics || analyst;
        reach.sources.push((source, words));
    };
    for access in store.accesses.iter().filter(|access| now(&access.from, &access.until)) {
        let harmless = matches!(access.purpose.known(), Some(Purpose::Backup | Purpose::OutboxRelay));
        if access.mode == AccessMode::ChangeFeed || harmless {
            continue;
        }
        let writes = access.mode == AccessMode::Write;
        let words = format!("{} {} it", access.system, access.mode);
        reach(&access.system, writes, access.purpose.is(&Purpose::Analytics), id.into(), words);
    }
    for (entity, access) in said.iter().filter(|(_, access)| now(&access.from, &access.until)) {
        let writes = access.rights.iter().any(|right| right.writes());
        let rights: Vec<_> = access.rights.iter().map(|right| right.word()).collect();
        let words = format!("{} may {} it in {id}", access.system, rights.join(", "));
        reach(&access.system, writes, false, (*entity).into(), words);
    }
    reaches
}

fn report(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    id: &Id<Store>,
    owner: Option<&Id<System>>,
    reaches: &BTreeMap<&Id<System>, Reach>,
) {
    let list = |writes: bool| reaches.iter().filter(move |(_, r)| r.writes == writes).map(|(id, _)| Subject::from(*id));
    let all: Vec<_> = reaches.keys().copied().chain(owner).collect();
    let mut said = say![id];
    match owner {
        Some(owner) => said.extend(say![" of ", owner, " is"]),
        None => said.push(", which no system is said to own, is".into()),
    }
    let (writers, readers): (Vec<_>, Vec<_>) = (list(true).collect(), list(false).collect());
    let both = !writers.is_empty() && !readers.is_empty();
    if !writers.is_empty() {
        said.push(" written directly by ".into());
        said.extend(names(writers.clone()));
    }
    if both {
        said.push(" and".into());
    }
    if !readers.is_empty() {
        said.push(" read directly by ".into());
        said.extend(names(readers));
    }
    // The worst of what each does: beside the owner, or beside all others where nobody owns the store.
    let weigh = |system: &Id<System>, reach: &Reach| {
        let others: Vec<&Id<System>> = match owner {
            Some(owner) => vec![owner],
            None => all.iter().copied().filter(|other| *other != system).collect(),
        };
        match (others.iter().all(|other| cx.same_deployable(system, other)), reach.writes) {
            (true, _) => Severity::Info,
            (false, true) => Severity::Error,
            (false, false) if others.iter().any(|other| cx.apart(system, other)) => Severity::Error,
            (false, false) => Severity::Warning,
        }
    };
    let severity = reaches.iter().map(|(system, reach)| weigh(system, reach)).min().unwrap_or(Severity::Warning);
    let finding = out.defect(&META, id, said);
    finding.severity(severity).with(all.into_iter().map(Subject::from));
    finding.because(id, "owner", owner.map_or("none named".to_owned(), ToString::to_string));
    for (source, words) in reaches.values().flat_map(|reach| &reach.sources) {
        finding.because(source.clone(), "accesses", words.clone());
    }
}

fn report_analytics(out: &mut Findings<'_>, reader: &Id<System>, stores: Vec<(&Id<Store>, Reach)>) {
    let mut said = say![reader, " reads directly, for analysis, in "];
    said.extend(names(stores.iter().map(|(id, _)| Subject::from(*id))));
    let finding = out.defect(&META, reader, said);
    finding.severity(Severity::Warning).with(stores.iter().map(|(id, _)| Subject::from(*id)));
    for (source, words) in stores.into_iter().flat_map(|(_, reach)| reach.sources) {
        finding.because(source, "accesses", words);
    }
}

/// Accesses of which nobody asked whether they go through a contract or straight into the store.
fn not_asked(cx: &Context<'_>, out: &mut Findings<'_>) {
    for (id, entity) in cx.model.entities.iter().filter(|(_, entity)| !entity.holdings.is_empty()) {
        let over = |until: &Fact<crate::model::Date>| until.known().is_some_and(|until| *until < cx.as_of);
        let asked = |access: &&crate::model::EntityAccess| access.through.is_not_asked() && !over(&access.until);
        let open = entity.accesses.iter().filter(asked);
        let foreign = open.filter(|access| !entity.owner.is(&access.system));
        let not_partition = |system: &Id<System>| !entity.partitions.iter().any(|p| p.owner == *system);
        let systems: BTreeSet<_> = foreign.map(|access| &access.system).filter(|id| not_partition(id)).collect();
        if systems.is_empty() {
            continue;
        }
        let mut said = say!["how "];
        said.extend(names(systems.iter().map(|id| Subject::from(*id))));
        said.extend(say![
            if systems.len() == 1 { " reaches " } else { " reach " },
            id,
            " was not asked: through a contract, or directly in the store?"
        ]);
        if let Some(gap) = out.gap(&META, id, said) {
            gap.with(systems.iter().map(|id| Subject::from(*id))).because(id, "through", "not asked");
        }
    }
}
