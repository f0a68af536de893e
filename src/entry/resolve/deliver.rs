//! What leads from one system to another, straight or through what passes things on: what is there already is told
//! more, and not said twice.

use std::collections::{BTreeMap, VecDeque};

use crate::{
    entry::{
        ast::Name,
        deeds::listed,
        draft::Draft,
        summary::{Note, NoteKind},
    },
    model::{
        Contract, Fact, Id, Interaction, InteractionKind, PartName, Profile, Record, Slug, System, SystemKind, Tabled,
        Text, Transport, was_made_from,
    },
};

/// What is to lead from one system to another.
#[derive(Clone, Default)]
pub(super) struct Wanted {
    pub(super) kind: Option<InteractionKind>,
    pub(super) part: Option<PartName>,
    pub(super) contract: Option<Id<Contract>>,
    pub(super) version: Option<PartName>,
    pub(super) transport: Option<Transport>,
    pub(super) schedule: Option<Text>,
    pub(super) profile: Option<Id<Profile>>,
}

/// Whether an interaction carries an operation or message.
pub(super) fn carries(interaction: &Interaction, part: &PartName) -> bool {
    interaction.operation.is(part) || interaction.message.is(part)
}

/// Whether a system passes on what it is given.
pub(super) fn passes(draft: &Draft<'_>, id: &Id<System>) -> bool {
    let kind = draft.get(id).map(|system| system.kind);
    matches!(kind, Some(SystemKind::Gateway | SystemKind::Backbone | SystemKind::Adapter))
}

type Ways = Vec<Id<System>>;

/// Leads from a system through others to another. What is led through something already is not
/// led straight as well, and what was led straight is led through what is named now.
pub(super) fn lead(
    draft: &mut Draft<'_>,
    source: &Id<System>,
    ways: &[Id<System>],
    target: &Id<System>,
    wanted: &Wanted,
) {
    let known = through(draft, source, target, wanted);
    let mut quiet = false;
    let ways = match (ways, known) {
        ([], Some(known)) => {
            let text = format!("{} already", delivery(draft, source, &known, target, wanted));
            draft.notes.push(Note::new(NoteKind::Exists, text));
            quiet = true;
            known
        }
        ([], None) => Vec::new(),
        (ways, Some(known)) if known != ways => {
            let text = format!("{} as well", delivery(draft, source, &known, target, wanted));
            draft.notes.push(Note::doubt(text));
            ways.to_vec()
        }
        (ways, _) => ways.to_vec(),
    };
    reroute(draft, source, &ways, target, wanted);
    let stops: Vec<&Id<System>> = std::iter::once(source).chain(&ways).chain([target]).collect();
    for (at, pair) in stops.windows(2).enumerate() {
        if let [from, to] = pair
            && from != to
        {
            let first = at == 0;
            let wanted = Wanted { schedule: wanted.schedule.clone().filter(|_| first), ..wanted.clone() };
            leg(draft, from, to, &wanted, quiet);
        }
    }
}

/// In words: Billing is told `OrderPlaced` through Kafka.
fn delivery(
    draft: &Draft<'_>,
    source: &Id<System>,
    ways: &[Id<System>],
    target: &Id<System>,
    wanted: &Wanted,
) -> String {
    let part = wanted.part.as_ref().map_or("", |part| part.as_str());
    let (from, to) = (draft.name_of(source), draft.name_of(target));
    let ways = listed(&ways.iter().map(|way| draft.name_of(way)).collect::<Vec<_>>());
    if wanted.kind == Some(InteractionKind::Event) {
        format!("{to} is told {part} through {ways}")
    } else {
        format!("{part} leads from {from} to {to} through {ways}")
    }
}

/// Through what a system reaches another with what is wanted; nothing where it does not, or leads straight.
fn through(draft: &Draft<'_>, source: &Id<System>, target: &Id<System>, wanted: &Wanted) -> Option<Ways> {
    let part = wanted.part.as_ref()?;
    let same = |it: &&Interaction| {
        let contract = it.contract.known().zip(wanted.contract.as_ref()).is_none_or(|(one, other)| one == other);
        contract && wanted.kind.is_none_or(|kind| it.kind == kind)
    };
    let carriers = draft.carriers(part.as_str());
    let legs: Vec<&Interaction> = carriers.iter().filter_map(|id| draft.get(id)).filter(same).collect();
    if legs.iter().any(|leg| leg.from == *source && leg.to == *target) {
        return None;
    }
    // Backwards from where it arrives: each system with the next one on the way.
    let mut next: BTreeMap<&Id<System>, &Id<System>> = BTreeMap::new();
    let mut reached = VecDeque::from([target]);
    while let Some(at) = reached.pop_front() {
        for leg in legs.iter().filter(|leg| leg.to == *at && leg.from != *target) {
            if next.contains_key(&leg.from) {
                continue;
            }
            next.insert(&leg.from, at);
            if leg.from == *source {
                let onward = |at: &&Id<System>| next.get(at).copied();
                let ways = std::iter::successors(onward(&source), onward);
                return Some(ways.take_while(|at| *at != target).cloned().collect());
            }
            if passes(draft, &leg.from) {
                reached.push_back(&leg.from);
            }
        }
    }
    None
}

/// What leads straight and is now said to be led through something becomes the leg at the consumer's end of an event, or
/// at the caller's: whoever wrote down facts about it wrote them about that end.
fn reroute(draft: &mut Draft<'_>, source: &Id<System>, ways: &[Id<System>], target: &Id<System>, wanted: &Wanted) {
    let (Some(first), Some(last), Some(part)) = (ways.first(), ways.last(), &wanted.part) else { return };
    let straight = interactions(draft, source, target);
    let Some(id) = meant(&straight, wanted).into_iter().next() else { return };
    let (from, to) = if wanted.kind == Some(InteractionKind::Event) { (last, target) } else { (source, first) };
    let there = interactions(draft, from, to);
    if there.iter().any(|(_, it)| carries(it, part)) {
        let names = (draft.name_of(source), draft.name_of(target));
        draft.notes.push(Note::doubt(format!("{part} leads straight from {} to {} as well", names.0, names.1)));
        return;
    }
    let (from, to) = (from.clone(), to.clone());
    draft.follow([id.key()], |_, record| {
        if let Record::Interaction(interaction) = record {
            let interaction = std::sync::Arc::make_mut(interaction);
            (interaction.from, interaction.to) = (from.clone(), to.clone());
        }
    });
    let text = format!("{} now", delivery(draft, source, ways, target, wanted));
    draft.told.push(Note::new(NoteKind::Changes, text));
    let derived = Slug::derive(&format!("{from}-{to}"));
    if let Some(slug) = derived.filter(|_| was_made_from(id.slug(), &format!("{source}-{target}"))) {
        let taken = |slug: &Slug| draft.contains(&crate::model::Key { kind: Interaction::KIND, slug: slug.clone() });
        let slug = slug.free(taken);
        draft.move_to(&id.key(), &slug);
    }
}

/// One interaction: one that is there is told more, else a new one is made.
fn leg(draft: &mut Draft<'_>, from: &Id<System>, to: &Id<System>, wanted: &Wanted, quiet: bool) {
    let meant = meant(&interactions(draft, from, to), wanted);
    for id in &meant {
        let before = draft.get(id).cloned();
        draft.change(id, |interaction| say(interaction, wanted));
        if before.as_ref() == draft.get(id) && !draft.is_new(&id.key()) && !quiet {
            let note = Note::exists(format!("{} → {}", draft.name_of(from), draft.name_of(to)));
            draft.notes.push(note);
        }
        draft.about.push(id.key());
    }
    if !meant.is_empty() {
        return;
    }
    let mut new = Interaction::new(from.clone(), to.clone(), wanted.kind.unwrap_or(InteractionKind::Unclassified));
    say(&mut new, wanted);
    let name = format!("{from}-{to}");
    let at = Name { value: name.clone(), at: 0..0 };
    // Two ids make a name that has a letter.
    if let Ok(id) = draft.add(&name, &at, new) {
        draft.about.push(id.key());
    }
}

/// The interactions from a system straight to another.
pub(super) fn interactions(
    draft: &Draft<'_>,
    from: &Id<System>,
    to: &Id<System>,
) -> Vec<(Id<Interaction>, Interaction)> {
    draft.between(from, to).into_iter().filter_map(|id| Some((id.clone(), draft.get(&id)?.clone()))).collect()
}

/// The interactions among those between two systems that a line means.
fn meant(there: &[(Id<Interaction>, Interaction)], wanted: &Wanted) -> Vec<Id<Interaction>> {
    let fits = |it: &Interaction| match (it.contract.known(), &wanted.contract) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let bare = |it: &Interaction| !it.operation.is_known() && !it.message.is_known();
    let first = |test: &dyn Fn(&Interaction) -> bool| {
        there.iter().find(|(_, it)| fits(it) && test(it)).map(|(id, _)| vec![id.clone()])
    };
    let same_kind = |it: &Interaction| wanted.kind.is_none_or(|kind| it.kind == kind);
    let open = |it: &Interaction| it.kind == InteractionKind::Unclassified && bare(it);
    let found = match (&wanted.part, wanted.kind) {
        (Some(part), _) => first(&|it| same_kind(it) && carries(it, part))
            .or_else(|| first(&|it| same_kind(it) && bare(it)))
            .or_else(|| first(&open)),
        (None, Some(_)) => first(&|it| same_kind(it)).or_else(|| first(&open)),
        (None, None) => Some(there.iter().filter(|(_, it)| fits(it)).map(|(id, _)| id.clone()).collect()),
    };
    found.unwrap_or_default()
}

fn say(interaction: &mut Interaction, wanted: &Wanted) {
    if let Some(kind) = wanted.kind {
        interaction.kind = kind;
    }
    put(&mut interaction.contract, wanted.contract.as_ref());
    if let Some(part) = &wanted.part {
        if interaction.kind == InteractionKind::Event {
            interaction.message = part.clone().into();
        } else {
            interaction.operation = part.clone().into();
        }
    }
    put(&mut interaction.version, wanted.version.as_ref());
    put(&mut interaction.transport, wanted.transport.as_ref());
    put(&mut interaction.schedule, wanted.schedule.as_ref());
    put(&mut interaction.profile, wanted.profile.as_ref());
}

fn put<T: Clone>(slot: &mut Fact<T>, value: Option<&T>) {
    if let Some(value) = value {
        *slot = Fact::Known(value.clone());
    }
}
