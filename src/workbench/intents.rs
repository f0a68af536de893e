//! What a person means, as edits: add a system, connect two, name, own, accept.
//!
//! Each function looks at a model and gives edits; nobody else decides which ids new records get.

use crate::{
    advisor::Criterion,
    model::{
        self, Answer, Date, Domain, Edit, Fact, Grouping, Id, Interaction, InteractionKind, Key, Kind, Misfit, Model,
        Slug, Subject, System, SystemKind, Table, Tabled, Text, Unnameable, Waiver,
    },
};

/// Why something that was meant cannot be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A name of which no id can be made.
    #[error("“{0}” is no name: it has neither a letter nor a digit")]
    NoName(String),
    /// There is no such record, or it cannot take what was meant for it.
    #[error("{} \"{}\" cannot be given this", .0.kind.phrase(), .0.slug)]
    NotFor(Key),
    /// What was said does not fit.
    #[error(transparent)]
    Misfit(#[from] Misfit),
    /// The question does not arise for a record: who, and why.
    #[error("{0}")]
    Absent(String),
    /// A frame would stand in itself.
    #[error("{outer} cannot become a part of {inner}, which is a part of it")]
    Circle {
        /// What was to be moved.
        outer: String,
        /// Where to.
        inner: String,
    },
    /// A system that is not there.
    #[error("there is no system \"{0}\"")]
    NoSystem(Id<System>),
}

/// The frame that a new system is put into.
pub type Home = Option<Key>;

/// Adds a system, in a frame of the landscape if it was put into one: its domain, boundary or team.
///
/// # Errors
/// [`Refusal::NoName`].
pub fn add_system(
    model: &Model,
    name: &str,
    kind: SystemKind,
    home: &Home,
) -> Result<(Id<System>, Vec<Edit>), Refusal> {
    let id = new_id(&model.systems, name)?;
    let mut system = System::new(name.trim(), kind);
    if let Some(key) = home {
        let slug = key.slug.clone();
        match key.kind {
            Kind::Domain => system.domain = Id::<Domain>::from_slug(slug).into(),
            Kind::Boundary => system.boundary = Id::from_slug(slug).into(),
            Kind::Team => system.owner = Id::from_slug(slug).into(),
            _ => return Err(Refusal::NotFor(key.clone())),
        }
    }
    let edits = vec![Edit::put(&id, system)];
    Ok((id, edits))
}

/// The fact that says in which frame a system stands, by grouping.
pub fn home_of(grouping: Grouping, key: &Key) -> Home {
    let fits = matches!(
        (grouping, key.kind),
        (Grouping::Domain, Kind::Domain) | (Grouping::Boundary, Kind::Boundary) | (Grouping::Team, Kind::Team)
    );
    fits.then(|| key.clone())
}

/// Connects two systems.
///
/// # Errors
/// [`Refusal::NoSystem`].
pub fn connect(
    model: &Model,
    from: &Id<System>,
    to: &Id<System>,
    kind: InteractionKind,
) -> Result<(Id<Interaction>, Vec<Edit>), Refusal> {
    for end in [from, to] {
        if model.system(end).is_none() {
            return Err(Refusal::NoSystem(end.clone()));
        }
    }
    let id = new_id(&model.interactions, &format!("{from}-{to}"))?;
    let edits = vec![Edit::put(&id, Interaction::new(from.clone(), to.clone(), kind))];
    Ok((id, edits))
}

/// Gives a record another display name. Its id follows where it was made from the old name.
///
/// # Errors
/// [`Refusal::NoName`], [`Refusal::NotFor`] where records of this kind have no name.
pub fn rename(model: &Model, key: &Key, name: &str) -> Result<(Key, Vec<Edit>), Refusal> {
    model::rename(model, key, name).map_err(|why| match why {
        Unnameable::NoName(name) => Refusal::NoName(name),
        Unnameable::NotFor(key) => Refusal::NotFor(key),
    })
}

/// That another record of its kind is called as one is: lines of quick entry cannot tell them apart by name.
pub fn namesake(model: &Model, key: &Key) -> Option<String> {
    let name = model.name(key);
    let lower = name.to_lowercase();
    let others = model.keys_of(key.kind).into_iter().filter(|other| other != key);
    let other = others.into_iter().find(|other| model.name(other).to_lowercase() == lower)?;
    let kind = key.kind.phrase();
    Some(format!("Another {kind} is called “{name}” already; their ids are {} and {}", other.slug, key.slug))
}

/// Accepts a finding until a day: a reason, and who approved it.
///
/// # Errors
/// [`Refusal::NoName`] where reason or approver are blank.
pub fn waive(
    model: &Model,
    (rule, about): (&str, &Subject),
    reason: &str,
    approved_by: &str,
    expires_on: Date,
) -> Result<Vec<Edit>, Refusal> {
    let said = |text: &str| Text::new(text.trim()).ok_or_else(|| Refusal::NoName(text.to_owned()));
    let mut waiver = Waiver::new(rule, about.clone());
    waiver.reason = said(reason)?.into();
    waiver.approved_by = said(approved_by)?.into();
    waiver.expires_on = expires_on.into();
    // A waiver that has run out, or was never whole, is renewed rather than doubled.
    let same = model.waivers.iter().find(|(_, other)| other.rule == rule && other.about == *about);
    let id = match same {
        Some((id, _)) => id.clone(),
        None => new_id(&model.waivers, &format!("{} {}", rule, about.key.slug))?,
    };
    Ok(vec![Edit::put(&id, waiver)])
}

/// Answers one of the advisor's six questions about an interaction.
///
/// # Errors
/// [`Refusal::NotFor`] where there is no such interaction.
pub fn answer(
    model: &Model,
    id: &Id<Interaction>,
    criterion: Criterion,
    answer: &Fact<Answer>,
) -> Result<Vec<Edit>, Refusal> {
    let stored = model.interactions.get(id).ok_or_else(|| Refusal::NotFor(id.key()))?;
    let mut interaction = (*stored.value).clone();
    criterion.put(&mut interaction.decision, answer.clone());
    Ok(vec![Edit::put(id, interaction)])
}

/// An id that no record of the table has.
pub(super) fn new_id<T: Tabled>(table: &Table<T>, name: &str) -> Result<Id<T>, Refusal> {
    let slug = Slug::derive(name).ok_or_else(|| Refusal::NoName(name.trim().to_owned()))?;
    Ok(Id::from_slug(slug.free(|slug| table.contains_key(&Id::from_slug(slug.clone())))))
}

/// A slug that no record of the kind has.
pub(super) fn free_slug(model: &Model, kind: Kind, name: &str) -> Result<Slug, Refusal> {
    let slug = Slug::derive(name).ok_or_else(|| Refusal::NoName(name.trim().to_owned()))?;
    Ok(slug.free(|slug| model.contains(&Key { kind, slug: slug.clone() })))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> Model {
        let mut model = Model::new("Shop");
        for name in ["Orders", "Billing"] {
            let (_, edits) = add_system(&model, name, SystemKind::Service, &None).unwrap();
            model.apply(&edits).unwrap();
        }
        model
    }

    fn id(slug: &str) -> Id<System> {
        slug.parse().unwrap()
    }

    #[test]
    fn ids_are_made_from_names_and_kept_apart() {
        let mut model = shop();
        let (second, edits) = add_system(&model, " Orders ", SystemKind::Legacy, &None).unwrap();
        model.apply(&edits).unwrap();
        assert_eq!(second.as_str(), "orders-2");
        assert_eq!(model.name_of(&second), "Orders");
        assert_eq!(add_system(&model, " ?! ", SystemKind::Legacy, &None), Err(Refusal::NoName("?!".into())));
        for expected in ["orders-billing", "orders-billing-2"] {
            let (id, edits) = connect(&model, &id("orders"), &id("billing"), InteractionKind::Query).unwrap();
            model.apply(&edits).unwrap();
            assert_eq!(id.as_str(), expected);
        }
        assert!(connect(&model, &id("orders"), &id("nobody"), InteractionKind::Query).is_err());
    }

    #[test]
    fn an_id_follows_the_name_it_was_made_from_and_no_other() {
        let mut model = shop();
        let (_, edits) = connect(&model, &id("orders"), &id("billing"), InteractionKind::Query).unwrap();
        model.apply(&edits).unwrap();
        let (key, edits) = rename(&model, &id("orders").key(), "Order desk").unwrap();
        model.apply(&edits).unwrap();
        assert_eq!(key.slug.as_str(), "order-desk");
        assert_eq!(model.interactions.values().next().unwrap().from, id("order-desk"));
        let odd = Edit::Rename { key: key.clone(), to: Slug::new("od").unwrap() };
        model.apply(&[odd]).unwrap();
        let (key, edits) = rename(&model, &id("od").key(), "Order room").unwrap();
        model.apply(&edits).unwrap();
        assert_eq!(key.slug.as_str(), "od");
        assert_eq!(model.name(&key), "Order room");
        assert_eq!(rename(&model, &key, "Order room").unwrap().1, []);
        // Another name may be that of another record; that is said.
        assert_eq!(namesake(&model, &key), None);
        let (key, edits) = rename(&model, &key, "billing").unwrap();
        model.apply(&edits).unwrap();
        let said = "Another system is called “billing” already; their ids are billing and od";
        assert_eq!(namesake(&model, &key).as_deref(), Some(said));
    }

    #[test]
    fn a_waiver_is_whole_and_there_is_one_for_each_finding() {
        let mut model = shop();
        let about = Subject::from(id("orders").key());
        let day: Date = "2027-01-31".parse().unwrap();
        assert!(waive(&model, ("OWN001", &about), " ", "Board", day).is_err());
        for reason in ["first", "second"] {
            let edits = waive(&model, ("OWN001", &about), reason, "Board", day).unwrap();
            model.apply(&edits).unwrap();
        }
        assert_eq!(model.waivers.len(), 1);
        let (id, waiver) = model.waivers.iter().next().unwrap();
        assert_eq!((id.as_str(), waiver.reason.known().unwrap().to_string()), ("own001-orders", "second".to_owned()));
    }
}
