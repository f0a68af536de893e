//! OWN011: personal data that stay where nobody can take them out.
//!
//! Three places keep what has left the owner: messages that are retained or can be replayed, files, and copies. Each
//! is answered by the entity's `erasure`; a message also by its own, which goes before. A message that is known to have
//! none is a finding about the message, whatever it tells of; all else is one finding about the entity. Silent are
//! messages that are gone within thirty days and cannot be had again otherwise (a request may take a month, GDPR Art.
//! 12(3)), and replicas, which the master's deletions reach by themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{
        Classification, Contract, Entity, Fact, Feed, HoldingKind, Id, Message, Part, PartKind, PartName, Stage, Store,
        Subject, Transport,
    },
    rules::{
        Class, Context, Findings, Hop, Meta, Piece, Principle, Rule, Severity,
        finding::{listed, names, say},
    },
};

pub(super) struct UnerasablePersonalData;

static META: Meta = Meta {
    code: "OWN011",
    slug: "unerasable-personal-data",
    summary: "personal data in retained or replayable events, files or copies with no erasure",
    why: "Whoever the data are about may have them erased (GDPR Art. 17), wherever they went; \"ownership before \
          connectivity\" (docs/principles.md) holds for their end too. A log that never forgets cannot be asked to.",
    example: "`CustomerRegistered` carries name and address, and the backbone keeps it for ever.",
    remedy: "Say how they are erased (a key per person that is thrown away, a deletion event, short retention), or leave them out.",
    severity: Severity::Warning,
    gap: Some(Stage::Governed),
    principle: Principle::Ownership,
    star: false,
};

const MONTH_DAYS: u64 = 30;

impl Rule for UnerasablePersonalData {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut places: BTreeMap<&Id<Entity>, Vec<Place>> = BTreeMap::new();
        for (id, entity) in cx.model.entities.iter().filter(|(_, entity)| is_personal(entity)) {
            if entity.not_applicable.contains_key("erasure") {
                out.exempt(&META, id);
            } else {
                places.insert(id, copies(id, &entity.value));
            }
        }
        if places.is_empty() {
            return;
        }
        for (id, contract) in &cx.model.contracts {
            for (name, message) in &contract.messages {
                let told: Vec<&Id<Entity>> = told(message).filter(|entity| places.contains_key(entity)).collect();
                if !told.is_empty() {
                    in_message(cx, out, (id, name, message), &told, &mut places);
                }
            }
        }
        for hop in cx.hops().iter().filter(|hop| hop.travels() == Some(Transport::File) && hop.message.is_none()) {
            let Some(operation) = hop.operation else { continue };
            for entity in operation.reads.iter().chain(&operation.writes).collect::<BTreeSet<_>>() {
                if let Some(places) = places.get_mut(entity) {
                    let fact = (hop.into(), "transport", "file".to_owned());
                    places.push(Place { subject: hop.into(), words: "a file", fact, answered: false });
                }
            }
        }
        for (id, places) in places {
            judge(out, id, &cx.model.entities[id], &places);
        }
    }
}

/// Where personal data stay, and whether the place itself says how they are erased.
struct Place {
    subject: Subject,
    words: &'static str,
    /// The fact that says that they stay there.
    fact: (Subject, &'static str, String),
    answered: bool,
}

fn is_personal(entity: &Entity) -> bool {
    matches!(entity.classification.known(), Some(Classification::Personal | Classification::SpecialCategory))
}

fn told(message: &Message) -> impl Iterator<Item = &Id<Entity>> {
    message.subject.known().into_iter().chain(&message.mentions)
}

fn copies(id: &Id<Entity>, entity: &Entity) -> Vec<Place> {
    let copies = entity.holdings.iter().filter(|held| held.kind == HoldingKind::Copy);
    let kept = copies.filter(|held| !held.feed.is(&Feed::Replication));
    let place = |store: &Id<Store>| Place {
        subject: store.into(),
        words: "a copy",
        fact: (id.into(), "holdings", format!("copy in {store}")),
        answered: false,
    };
    kept.map(|held| place(&held.store)).collect()
}

type Told<'m> = (&'m Id<Contract>, &'m PartName, &'m Message);

fn in_message<'m>(
    cx: &Context<'m>,
    out: &mut Findings<'_>,
    (contract, name, message): Told<'m>,
    told: &[&'m Id<Entity>],
    places: &mut BTreeMap<&'m Id<Entity>, Vec<Place>>,
) {
    let hops: Vec<&Hop<'_>> = cx.users(contract).filter(|hop| hop.interaction.message.is(name)).collect();
    let file = hops.iter().any(|hop| hop.travels() == Some(Transport::File));
    let Some(why) = kept(message, &hops).or_else(|| file.then(|| ("transport", "file".to_owned()))) else { return };
    let subject = Subject::part(PartKind::Message, &Part { contract: contract.clone(), name: name.clone() });
    if message.erasure.is_none() {
        let mut said = say!["personal data in ", subject.clone(), " cannot be erased: "];
        said.extend(names(told.iter().map(|id| Subject::from(*id))));
        out.defect(&META, subject.clone(), said)
            .with([contract.into()])
            .with(told.iter().map(|id| Subject::from(*id)))
            .with(hops.into_iter().map(Subject::from))
            .because(subject.clone(), "erasure", "none")
            .because(subject, why.0, why.1);
        return;
    }
    for entity in told {
        if let Some(places) = places.get_mut(entity) {
            let words = if file { "a file" } else { "a message that is kept" };
            let fact = (subject.clone(), why.0, why.1.clone());
            places.push(Place { subject: subject.clone(), words, fact, answered: message.erasure.is_known() });
        }
    }
}

/// By which fact a message stays longer than a month, or can be had again.
fn kept(message: &Message, hops: &[&Hop<'_>]) -> Option<(&'static str, String)> {
    if let Some(retention) = message.retention.known() {
        return (retention.days() > MONTH_DAYS).then(|| ("retention", retention.to_string()));
    }
    let resolved = || hops.iter().find_map(|hop| hop.facts.get("replay", |layer| &layer.resilience.replay).known());
    message.replay.known().or_else(resolved).map(|replay| ("replay", replay.to_string()))
}

fn judge(out: &mut Findings<'_>, id: &Id<Entity>, entity: &Entity, places: &[Place]) {
    let open: Vec<&Place> = places.iter().filter(|place| !place.answered).collect();
    let class = match &entity.erasure {
        _ if places.is_empty() => return out.exempt(&META, id),
        _ if open.is_empty() => return out.met(&META, id),
        Fact::Known(_) => return out.met(&META, id),
        Fact::None => Class::Defect,
        Fact::NotAsked => Class::Gap,
    };
    let (said, value) = match class {
        Class::Defect => (kept_in(say![id, " cannot be erased from "], &open, ""), "none"),
        Class::Gap => (kept_in(say!["how ", id, " is erased from "], &open, " was not asked"), "not asked"),
    };
    let finding = match class {
        Class::Defect => Some(out.defect(&META, id, said)),
        Class::Gap => out.gap(&META, id, said),
    };
    let Some(finding) = finding else { return };
    finding.because(id, "classification", entity.classification.known().map_or("", |class| class.word()));
    finding.because(id, "erasure", value);
    for place in open {
        let (record, fact, value) = &place.fact;
        finding.with([place.subject.clone()]).because(record.clone(), fact, value.clone());
    }
}

/// The places in a row, as far as a line bears it.
fn kept_in(mut said: Vec<Piece>, open: &[&Place], tail: &str) -> Vec<Piece> {
    const NAMED: usize = 3;
    if open.len() <= NAMED {
        said.extend(names(open.iter().map(|place| place.subject.clone())));
    } else {
        let mut counts: Vec<String> = Vec::new();
        for (word, words) in [("copies", "a copy"), ("messages", "a message that is kept"), ("files", "a file")] {
            let count = open.iter().filter(|place| place.words == words).count();
            match count {
                0 => {}
                1 => counts.push(words.to_owned()),
                _ => counts.push(format!("{count} {word}")),
            }
        }
        said.push(listed(&counts).into());
    }
    said.push(tail.into());
    said
}
