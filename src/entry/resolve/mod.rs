//! A statement and a model → what becomes of the model.
//!
//! Names that exist are taken; what does not exist is made where the line says what it is, and is an error otherwise.

mod connect;
mod contracts;
mod data;
mod deliver;
mod remove;
mod rename;
mod systems;
mod title;

use super::{
    Problem,
    ast::{Name, Records, Ref, Run, Said, Statement, TakeProfile, Trait},
    draft::{Draft, Row},
    slips,
    summary::Note,
    words::{TRUSTS, WELL_KNOWN},
};
use crate::{
    file::nearest,
    model::{
        Boundary, Contract, Domain, Entity, Fact, Id, Interaction, Key, Kind, Profile, Store, System, SystemKind, Team,
        Trust,
    },
};

type Done<T = ()> = Result<T, Problem>;

/// Carries out a statement; a name for the step.
///
/// # Errors
/// Where the model cannot become so, with the word that cannot.
pub(super) fn statement(draft: &mut Draft<'_>, statement: &Statement) -> Done<String> {
    match statement {
        Statement::Systems(said) => systems::systems(draft, said),
        Statement::Records(said) => records(draft, said),
        Statement::Connect(said) => connect::connect(draft, said),
        Statement::Publish(said) => connect::publish(draft, said),
        Statement::Own(said) => data::own(draft, said),
        Statement::Access(said) => data::access(draft, said),
        Statement::Provide(said) => contracts::provide(draft, said),
        Statement::Run(said) => run(draft, said),
        Statement::Profile(said) => take_profile(draft, said),
        Statement::Remove(said) => remove::remove(draft, said),
        Statement::Rename(said) => rename::rename(draft, said),
    }?;
    Ok(title::title(draft, statement))
}

fn records(draft: &mut Draft<'_>, said: &Records) -> Done {
    for name in &said.names {
        let trait_ = said.trait_.as_ref().map(|said| said.value);
        let key = match (said.kind, trait_) {
            (Kind::Team, _) => find_or(draft, name, Team::new)?.key(),
            (Kind::Profile, _) => find_or(draft, name, Profile::new)?.key(),
            (Kind::Contract, _) => find_or(draft, name, Contract::new)?.key(),
            (Kind::Domain, trait_) => {
                let id = domain(draft, name, said.parent.as_ref())?;
                if let Some(Trait::Stage(stage)) = trait_ {
                    draft.change(&id, |domain| domain.stage = stage.into());
                }
                id.key()
            }
            (Kind::Boundary, trait_) => {
                let trust = if let Some(Trait::Trust(trust)) = trait_ { Some(trust) } else { None };
                inside_boundary(draft, name, trust, said.parent.as_ref())?.key()
            }
            (Kind::Store, trait_) => {
                let id = store(draft, name)?;
                if let Some(Trait::Store(kind)) = trait_ {
                    draft.change(&id, |store| store.kind = kind.into());
                }
                id.key()
            }
            (_, trait_) => {
                let id = entity(draft, name)?;
                if let Some(Trait::Classification(classification)) = trait_ {
                    draft.change(&id, |entity| entity.classification = classification.into());
                }
                id.key()
            }
        };
        exists(draft, &key);
        draft.about.push(key);
    }
    Ok(())
}

/// Notes that something that was only named is there.
fn exists(draft: &mut Draft<'_>, key: &Key) {
    if !draft.is_changed(key) {
        let note = Note::exists(draft.name(key));
        draft.notes.push(note);
    }
}

fn domain(draft: &mut Draft<'_>, name: &Name, parent: Option<&Name>) -> Done<Id<Domain>> {
    let id = find_or(draft, name, Domain::new)?;
    if let Some(parent) = parent {
        let around = find_or(draft, parent, Domain::new)?;
        no_circle(draft, parent, &id, &around, |domain: &Domain| &domain.parent)?;
        draft.change(&id, |domain| domain.parent = around.into());
    }
    Ok(id)
}

fn inside_boundary(
    draft: &mut Draft<'_>,
    name: &Name,
    trust: Option<Trust>,
    parent: Option<&Name>,
) -> Done<Id<Boundary>> {
    let id = match (draft.find::<Boundary>(name)?, trust) {
        (Some(id), Some(trust)) => {
            draft.change(&id, |boundary| boundary.trust = trust);
            id
        }
        (None, Some(trust)) => make(draft, name, Boundary::new(name.value.clone(), trust))?,
        (_, None) => boundary(draft, name)?,
    };
    if let Some(parent) = parent {
        let around = boundary(draft, parent)?;
        no_circle(draft, parent, &id, &around, |boundary: &Boundary| &boundary.parent)?;
        draft.change(&id, |boundary| boundary.parent = around.into());
    }
    Ok(id)
}

/// Nothing stands in itself.
fn no_circle<T: Row>(
    draft: &Draft<'_>,
    at: &Name,
    id: &Id<T>,
    around: &Id<T>,
    parent: impl Fn(&T) -> &Fact<Id<T>>,
) -> Done {
    let mut seen = std::collections::BTreeSet::new();
    let mut next = Some(around.clone());
    while let Some(outer) = next.filter(|outer| seen.insert(outer.clone())) {
        if outer == *id {
            let message = format!("“{}” stands in “{}” already", draft.name_of(around), draft.name_of(id));
            return Err(Problem::new(at.at.clone(), message));
        }
        next = draft.get(&outer).and_then(|outer| parent(outer).known().cloned());
    }
    Ok(())
}

fn run(draft: &mut Draft<'_>, said: &Run) -> Done {
    let team = team(draft, &said.team)?;
    for what in &said.what {
        let name = &what.name;
        let key = match what.head.as_ref().map(|head| head.value.kind()) {
            Some(Kind::Domain) => find_or(draft, name, Domain::new)?.key(),
            Some(Kind::Contract) => find_or(draft, name, Contract::new)?.key(),
            Some(_) => system(draft, name)?.key(),
            None => {
                let system = draft.find::<System>(name)?.map(|id| id.key());
                let domain = draft.find::<Domain>(name)?.map(|id| id.key());
                let contract = draft.find::<Contract>(name)?.map(|id| id.key());
                match only(name, [system, domain, contract].into_iter().flatten().collect())? {
                    Some(key) => key,
                    None => make_system(draft, name, SystemKind::Service)?.key(),
                }
            }
        };
        match key.kind {
            Kind::Domain => {
                draft.change(&Id::<Domain>::from_slug(key.slug.clone()), |it| it.owner = team.clone().into());
            }
            Kind::Contract => {
                draft.change(&Id::<Contract>::from_slug(key.slug.clone()), |it| it.owner = team.clone().into());
            }
            _ => draft.change(&Id::<System>::from_slug(key.slug.clone()), |it| it.owner = team.clone().into()),
        }
        draft.about.push(key);
    }
    Ok(())
}

/// The team that runs things. One that has the name of something else is made only where that is said.
fn team(draft: &mut Draft<'_>, said: &Ref) -> Done<Id<Team>> {
    if said.head.is_none() && draft.find::<Team>(&said.name)?.is_none() {
        for kind in [Kind::System, Kind::Domain, Kind::Contract] {
            if let Some(key) = draft.find_of(kind, &said.name)? {
                let name = super::print::quote(&said.name.value);
                let message = format!(
                    "{} is a {}, and what runs others is a team: write `team {name} runs …` to make one of that name",
                    draft.name(&key),
                    kind.phrase()
                );
                return Err(Problem::new(said.name.at.clone(), message));
            }
        }
    }
    find_or(draft, &said.name, Team::new)
}

fn take_profile(draft: &mut Draft<'_>, said: &TakeProfile) -> Done {
    let mut all = Vec::new();
    for name in &said.names {
        let mut found = draft.carriers(&name.value);
        if let Ok(id) = name.value.parse::<Id<Interaction>>() {
            found.extend(draft.get(&id).map(|_| id));
        }
        if found.is_empty() {
            let mut message = format!("no interaction carries “{}”", name.value);
            if draft.knows(&[Kind::System], &name.value) {
                message = format!(
                    "“{}” is a system, and a profile is taken by what leads to one: write `-> {} profile …`, or name \
                     the operation or message",
                    name.value,
                    super::print::quote(&name.value)
                );
            }
            let carried = draft.model.interactions.values();
            let parts = carried.flat_map(|it| [it.operation.known(), it.message.known()]).flatten();
            let parts: std::collections::BTreeSet<&str> = parts.map(crate::model::PartName::as_str).collect();
            return Err(Problem::new(name.at.clone(), message).suggesting(nearest(&name.value, parts)));
        }
        all.extend(found);
    }
    let profile = find_or(draft, &said.profile, Profile::new)?;
    for id in all {
        draft.change(&id, |interaction| interaction.profile = profile.clone().into());
        draft.about.push(id.key());
    }
    Ok(())
}

/// The one record that a name names, if any.
fn only(name: &Name, found: Vec<Key>) -> Done<Option<Key>> {
    if let [_, _, ..] = found.as_slice() {
        let a = |key: &Key| if key.kind.phrase().starts_with(['a', 'e', 'i']) { "an" } else { "a" };
        let kinds: Vec<String> = found.iter().map(|key| format!("{} {}", a(key), key.kind.phrase())).collect();
        let first = found.first().map_or("", |key| key.kind.word());
        let message = format!(
            "“{}” is {}: write which, like `{first} {}`",
            name.value,
            kinds.join(" and "),
            super::print::quote(&name.value)
        );
        return Err(Problem::new(name.at.clone(), message));
    }
    Ok(found.into_iter().next())
}

fn find_or<T: Row>(draft: &mut Draft<'_>, name: &Name, new: impl FnOnce(String) -> T) -> Done<Id<T>> {
    match draft.find::<T>(name)? {
        Some(id) => Ok(id),
        None => make(draft, name, new(name.value.clone())),
    }
}

/// Makes a record, and says what may have been meant instead.
fn make<T: Row>(draft: &mut Draft<'_>, name: &Name, record: T) -> Done<Id<T>> {
    slips::look(draft, T::KIND, name)?;
    doubt(draft, T::KIND, name);
    draft.add(&name.value, name, record)
}

fn doubt(draft: &mut Draft<'_>, kind: Kind, name: &Name) {
    let digits = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>().to_lowercase();
    if let Some(near) = draft.nearest(&[kind], &name.value).filter(|near| digits(near) != digits(&name.value)) {
        let text = format!("new {} “{}”, did you mean “{near}”?", kind.phrase(), name.value);
        draft.notes.push(Note::doubt(text));
    }
    namesake(draft, kind, name);
}

/// Says so where a system, a team or a contract is made that has the name of something else: most often that was meant.
fn namesake(draft: &mut Draft<'_>, kind: Kind, name: &Name) {
    let others: &[Kind] = match kind {
        Kind::System => &[Kind::Team, Kind::Domain],
        Kind::Team => &[Kind::System],
        Kind::Contract => &[Kind::Entity, Kind::Store],
        _ => &[],
    };
    for other in others {
        if let Ok(Some(key)) = draft.find_of(*other, name) {
            let known = draft.name(&key);
            let a = if *other == Kind::Entity { "an" } else { "a" };
            let (other, kind) = (other.phrase(), kind.phrase());
            let text = format!("there is {a} {other} “{known}”, and this adds a {kind} of that name");
            draft.notes.push(Note::doubt(text));
        }
    }
}

fn system(draft: &mut Draft<'_>, name: &Name) -> Done<Id<System>> {
    match draft.find::<System>(name)? {
        Some(id) => Ok(id),
        None => make_system(draft, name, SystemKind::Service),
    }
}

fn make_system(draft: &mut Draft<'_>, name: &Name, kind: SystemKind) -> Done<Id<System>> {
    make(draft, name, System::new(name.value.clone(), kind))
}

fn store(draft: &mut Draft<'_>, name: &Name) -> Done<Id<Store>> {
    find_or(draft, name, Store::new)
}

fn entity(draft: &mut Draft<'_>, name: &Name) -> Done<Id<Entity>> {
    find_or(draft, name, Entity::new)
}

/// A boundary. One that is not there is made only if its name says how far what is inside is trusted.
fn boundary(draft: &mut Draft<'_>, name: &Name) -> Done<Id<Boundary>> {
    if let Some(id) = draft.find::<Boundary>(name)? {
        return Ok(id);
    }
    mistaken(draft, Kind::Boundary, name)?;
    let known = name.value.to_lowercase();
    if let Some((_, trust)) = WELL_KNOWN.iter().find(|(word, _)| *word == known) {
        return draft.add(&name.value, name, Boundary::new(name.value.clone(), *trust));
    }
    let words = TRUSTS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    let message = format!(
        "there is no boundary “{}”: make it with `boundary {} : …` and one of {words}",
        name.value,
        super::print::quote(&name.value)
    );
    Err(Problem::new(name.at.clone(), message).suggesting(draft.nearest(&[Kind::Boundary], &name.value)))
}

/// A reference to data: an entity or a store, whichever the name is.
fn datum(draft: &mut Draft<'_>, what: &Ref, new: Option<Kind>) -> Done<Key> {
    let name = &what.name;
    match what.head.as_ref().map(|Said { value, .. }| value.kind()) {
        Some(Kind::Store) => return Ok(store(draft, name)?.key()),
        Some(_) => return Ok(entity(draft, name)?.key()),
        None => {}
    }
    let entity_key = draft.find::<Entity>(name)?.map(|id| id.key());
    let store_key = draft.find::<Store>(name)?.map(|id| id.key());
    match (only(name, [entity_key, store_key].into_iter().flatten().collect())?, new) {
        (Some(key), _) => Ok(key),
        (None, Some(Kind::Entity)) => Ok(entity(draft, name)?.key()),
        (None, _) => Err(no_datum(draft, name)),
    }
}

/// There is no such entity or store: what the name may be instead.
fn no_datum(draft: &mut Draft<'_>, name: &Name) -> Problem {
    if let Err(slip) = slips::look(draft, Kind::Entity, name) {
        return slip;
    }
    if let Err(mistaken) = mistaken(draft, Kind::Entity, name) {
        return mistaken;
    }
    let quoted = super::print::quote(&name.value);
    let message =
        format!("there is no entity or store “{}”: write `entity {quoted}` or `store {quoted}` to make it", name.value);
    let near = draft.nearest(&[Kind::Entity, Kind::Store], &name.value);
    Problem::new(name.at.clone(), message).suggesting(near)
}

/// Whether a name that is not there as one kind of record is there as another, of which one speaks otherwise.
///
/// # Errors
/// How one does.
fn mistaken(draft: &Draft<'_>, wanted: Kind, name: &Name) -> Done {
    if !matches!(draft.find_of(wanted, name), Ok(None)) {
        return Ok(());
    }
    for kind in [Kind::Boundary, Kind::Team, Kind::Domain, Kind::Store, Kind::Contract, Kind::System] {
        let Ok(Some(key)) = draft.find_of(kind, name) else { continue };
        let known = super::print::quote(&draft.name(&key));
        let instead = match (wanted, kind) {
            (Kind::Domain, Kind::Boundary) => format!("write `in {known}`"),
            (Kind::Domain, Kind::Team) => format!("write `{known} runs Orders`"),
            (Kind::Boundary, Kind::Domain) => format!("write `@ {known}`"),
            (Kind::Boundary, Kind::Store) => "a system stands in a boundary, and reads or writes a store".to_owned(),
            (Kind::Store, Kind::Contract) => format!("write `via {known}`"),
            (Kind::Contract, Kind::Store) => format!("write `in {known}`"),
            (Kind::Contract, Kind::System) => "a contract is what it offers".to_owned(),
            (Kind::Entity, Kind::System) => {
                format!(
                    "draw an arrow, `-> {known} : query GetOrder`, or write `entity {known}` to make one of that name"
                )
            }
            (Kind::Entity, Kind::Contract) => format!("what goes through it says so with `via {known}`"),
            _ => continue,
        };
        let message = match wanted {
            Kind::Entity => format!("{known} is a {}, and neither entity nor store: {instead}", kind.phrase()),
            _ => format!("{known} is a {}, and no {}: {instead}", kind.phrase(), wanted.phrase()),
        };
        return Err(Problem::new(name.at.clone(), message));
    }
    Ok(())
}
