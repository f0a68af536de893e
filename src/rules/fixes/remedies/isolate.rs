//! Keep failures from spreading along a chain: a timeout, and a breaker, bulkhead or fallback, on every hop.

use crate::{
    model::{Duration, Fact, Id, Interaction, Key, Model, Profile, Resilience, Text},
    rules::{
        Finding,
        fixes::{
            Answers, Ask, AskKind, Draft, Fix, Remedy, Unfixed,
            asks::{chosen, records, said, words},
            legs,
            spots::Guarded,
        },
    },
};

pub(super) struct Isolate;

const SLUG: &str = "isolate";
const TIMEOUT: &str = "timeout";
const GUARD: &str = "guard";
const HOW: &str = "how";
const PROFILE: &str = "profile";

const GUARDS: [Guard; 3] = [Guard::Breaker, Guard::Bulkhead, Guard::Fallback];

#[derive(Clone, Copy)]
enum Guard {
    Breaker,
    Bulkhead,
    Fallback,
}

impl Guard {
    fn word(self) -> &'static str {
        match self {
            Self::Breaker => "circuit breaker",
            Self::Bulkhead => "bulkhead",
            Self::Fallback => "fallback",
        }
    }

    fn fact(self, resilience: &Resilience) -> &Fact<Text> {
        match self {
            Self::Breaker => &resilience.circuit_breaker,
            Self::Bulkhead => &resilience.bulkhead,
            Self::Fallback => &resilience.fallback,
        }
    }

    fn fact_mut(self, resilience: &mut Resilience) -> &mut Fact<Text> {
        match self {
            Self::Breaker => &mut resilience.circuit_breaker,
            Self::Bulkhead => &mut resilience.bulkhead,
            Self::Fallback => &mut resilience.fallback,
        }
    }
}

/// How new facts reach the hops.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Through {
    /// The profile that a hop takes; else the hop itself.
    Own,
    /// A new profile for those that take none.
    NewProfile,
    /// A profile that has it all, for those that take none.
    Profile,
}

impl Remedy for Isolate {
    fn slug(&self) -> &'static str {
        SLUG
    }

    fn rules(&self) -> &'static [&'static str] {
        &["RES002"]
    }

    fn offers(&self, model: &Model, finding: &Finding) -> Vec<Fix> {
        let hops = legs::interactions(model, finding).into_iter();
        let open: Vec<(&Id<Interaction>, &Interaction)> = hops.filter(|(_, i)| !is_guarded(model, i)).collect();
        if open.is_empty() {
            return Vec::new();
        }
        let profiled = |i: &Interaction| i.profile.known().is_some_and(|id| model.profiles.contains_key(id));
        let mut offers = Vec::new();
        if open.iter().any(|(_, i)| !profiled(i)) {
            offers.push(fix(model, &open, Through::NewProfile));
            let whole: Vec<&Id<Profile>> = whole(model);
            // Those that take another profile would still have to be asked about.
            if !whole.is_empty() && !open.iter().any(|(_, i)| profiled(i)) {
                offers.push(fix(model, &open, Through::Profile));
            }
        }
        offers.push(fix(model, &open, Through::Own));
        offers
    }
}

fn is_guarded(model: &Model, interaction: &Interaction) -> bool {
    let guarded = Guarded::of(model, interaction);
    guarded.timed && guarded.isolated
}

/// The profiles that isolate whoever takes them.
fn whole(model: &Model) -> Vec<&Id<Profile>> {
    let whole = model.profiles.iter().filter(|(_, profile)| {
        let resilience = &profile.resilience;
        let timed = resilience.timeout.is_known() || resilience.try_timeout.is_known();
        timed && GUARDS.iter().any(|guard| guard.fact(resilience).is_known())
    });
    whole.map(|(id, _)| id).collect()
}

fn fix(model: &Model, open: &[(&Id<Interaction>, &Interaction)], through: Through) -> Fix {
    let guards: Vec<Guarded> = open.iter().map(|(_, i)| Guarded::of(model, i)).collect();
    let mut asks = Vec::new();
    match through {
        Through::Own => {}
        Through::NewProfile => asks.push(Ask::new(PROFILE, "Name of the profile", AskKind::Name)),
        Through::Profile => {
            let whole = whole(model);
            let ask = Ask::new(PROFILE, "Profile", records(model, whole.iter().copied()));
            asks.push(match whole.as_slice() {
                [only] => ask.proposing(only.as_str()),
                _ => ask,
            });
        }
    }
    if through != Through::Profile {
        if guards.iter().any(|guarded| !guarded.timed) {
            asks.push(Ask::new(TIMEOUT, "Timeout of each call", AskKind::Duration));
        }
        if guards.iter().any(|guarded| !guarded.isolated) {
            let guard = Ask::new(GUARD, "What keeps a failure from spreading", words(&GUARDS, Guard::word));
            asks.push(guard.proposing(Guard::Breaker.word()));
            asks.push(Ask::new(HOW, "How it works", AskKind::Text));
        }
    }
    let what = if open.len() == 1 { "the open call".to_owned() } else { format!("the {} open calls", open.len()) };
    let title = match through {
        Through::Own => format!("Give {what} a timeout and a breaker, bulkhead or fallback"),
        Through::NewProfile => format!("Give {what} a new profile with a timeout and a breaker, bulkhead or fallback"),
        Through::Profile => format!("Give {what} a profile that isolates them"),
    };
    let hops: Vec<Id<Interaction>> = open.iter().map(|(id, _)| (*id).clone()).collect();
    Fix::new(SLUG, title, asks, move |model, answers| {
        let mut draft = Draft::of(model);
        let profile = match through {
            Through::Own => None,
            Through::NewProfile => Some(draft.add(answers.text(PROFILE)?, Profile::new(answers.text(PROFILE)?))?),
            Through::Profile => Some(answers.value::<Id<Profile>>(PROFILE)?),
        };
        hops.iter().try_for_each(|hop| guard(&mut draft, hop, profile.as_ref(), answers))?;
        Ok(draft.edits())
    })
}

/// Gives one call what it lacks.
fn guard(
    draft: &mut Draft<'_>,
    id: &Id<Interaction>,
    profile: Option<&Id<Profile>>,
    answers: &Answers,
) -> Result<(), Unfixed> {
    if let Some(profile) = profile.filter(|_| taken(draft, id).is_none()) {
        draft.change(id, |interaction| {
            interaction.profile = profile.clone().into();
            give_way(&mut interaction.resilience);
        })?;
    }
    let guarded = Guarded::of(&draft.now, draft.get(id)?);
    if !guarded.timed {
        let timeout: Duration = answers.value(TIMEOUT)?;
        let place = place(draft, id, |own| own.timeout.is_not_asked())?;
        draft.bundles(&place, |resilience, _, _| resilience.timeout = timeout.into())?;
    }
    if !guarded.isolated {
        let guard = chosen(answers, GUARD, &GUARDS, Guard::word)?;
        let how = said(answers, HOW)?;
        let place = place(draft, id, |own| guard.fact(own).is_not_asked())?;
        draft.bundles(&place, |resilience, _, _| *guard.fact_mut(resilience) = how.into())?;
    }
    Ok(())
}

/// The profile that a call takes, if it is there.
fn taken(draft: &Draft<'_>, id: &Id<Interaction>) -> Option<Id<Profile>> {
    let profile = draft.get(id).ok()?.profile.known()?;
    draft.now.profiles.contains_key(profile).then(|| profile.clone())
}

/// Where a fact of a call is recorded: in the profile it takes, unless the call itself says otherwise.
fn place(draft: &Draft<'_>, id: &Id<Interaction>, silent: impl Fn(&Resilience) -> bool) -> Result<Key, Unfixed> {
    let silent = silent(&draft.get(id)?.resilience);
    Ok(taken(draft, id).filter(|_| silent).map_or_else(|| id.key(), |profile| profile.key()))
}

/// An own none would stop the search before the profile.
fn give_way(own: &mut Resilience) {
    for fact in [&mut own.timeout, &mut own.try_timeout] {
        if fact.is_none() {
            *fact = Fact::NotAsked;
        }
    }
    for guard in GUARDS {
        let fact = guard.fact_mut(own);
        if fact.is_none() {
            *fact = Fact::NotAsked;
        }
    }
}
