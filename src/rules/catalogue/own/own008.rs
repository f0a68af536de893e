//! OWN008: a copy that nothing keeps up to date.
//!
//! A copy without a feed that its keeper changes itself is a second truth, and OWN002's.

use crate::{
    model::{Duration, Entity, EntityAccess, Fact, Holding, HoldingKind, Id, Stage, Subject, Way},
    rules::{
        Class, Context, Findings, Meta, Piece, Principle, Rule, Severity,
        finding::{names, say},
    },
};

use super::writes::Writes;

pub(super) struct UnfedCopy;

static META: Meta = Meta {
    code: "OWN008",
    slug: "unfed-copy",
    summary: "a copy that no feed keeps up to date, or that is staler than its reader tolerates",
    why: "\"Ownership before connectivity\" (docs/principles.md). A copy is as true as its feed; without one it was right \
          once, and whoever reads it decides on old news.",
    example: "Shipping works with a copy of the addresses that was loaded when it went live.",
    remedy: "Feed the copy from the owner by events, changes, files or polling, fast enough for its readers; or read from the owner.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::Ownership,
    star: false,
};

impl Rule for UnfedCopy {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let writes = Writes::of(cx);
        for (id, entity) in &cx.model.entities {
            let copies: Vec<_> = entity.holdings.iter().filter(|held| held.kind == HoldingKind::Copy).collect();
            if copies.is_empty() {
                continue;
            }
            if entity.not_applicable.contains_key("holdings") {
                out.exempt(&META, id);
                continue;
            }
            let mut flaws: Vec<Flaw<'_>> = copies.into_iter().flat_map(|copy| flaws(cx, &entity.value, copy)).collect();
            if flaws.iter().any(|flaw| flaw.unfed && flaw.class == Class::Defect) {
                let writers = writes.past_owner(cx, id, &entity.value);
                let second = |flaw: &Flaw<'_>| writers.values().flatten().any(|w| w.store == Some(&flaw.copy.store));
                let before = flaws.len();
                flaws.retain(|flaw| !(flaw.unfed && flaw.class == Class::Defect && second(flaw)));
                if flaws.is_empty() && before > 0 {
                    continue;
                }
            }
            report(out, id, flaws);
        }
    }
}

/// What is wrong with a copy.
struct Flaw<'m> {
    class: Class,
    copy: &'m Holding,
    unfed: bool,
    reader: Option<&'m EntityAccess>,
}

fn flaws<'m>(cx: &Context<'_>, entity: &'m Entity, copy: &'m Holding) -> Vec<Flaw<'m>> {
    let mut flaws = Vec::new();
    let replicated = cx.model.stores.get(&copy.store).is_some_and(|store| store.replica_of.is_known());
    match copy.feed {
        Fact::None => flaws.push(Flaw { class: Class::Defect, copy, unfed: true, reader: None }),
        Fact::NotAsked if !replicated => flaws.push(Flaw { class: Class::Gap, copy, unfed: true, reader: None }),
        Fact::NotAsked | Fact::Known(_) => {}
    }
    for reader in entity.accesses.iter().filter(|access| reads(cx, access, copy)) {
        let Some(tolerated) = reader.staleness.known() else { continue };
        match copy.staleness {
            Fact::Known(stale) if stale > *tolerated => {
                flaws.push(Flaw { class: Class::Defect, copy, unfed: false, reader: Some(reader) });
            }
            // What nothing feeds grows old without end; that it does is said already.
            Fact::NotAsked if copy.feed.is_known() || replicated => {
                flaws.push(Flaw { class: Class::Gap, copy, unfed: false, reader: Some(reader) });
            }
            _ => {}
        }
    }
    flaws
}

/// Whether a system reads a copy, as of the day.
fn reads(cx: &Context<'_>, access: &EntityAccess, copy: &Holding) -> bool {
    let here = match access.through.known() {
        Some(Way::Copy(store) | Way::Store(store)) => *store == copy.store,
        _ => false,
    };
    let begun = access.from.known().is_none_or(|from| *from <= cx.as_of);
    here && begun && access.until.known().is_none_or(|until| *until >= cx.as_of)
}

fn report(out: &mut Findings<'_>, id: &Id<Entity>, mut flaws: Vec<Flaw<'_>>) {
    let class = flaws.iter().map(|flaw| flaw.class).min();
    flaws.retain(|flaw| Some(flaw.class) == class);
    let said = message(id, &flaws);
    let finding = match class {
        None => return out.met(&META, id),
        Some(Class::Defect) => out.defect(&META, id, said),
        Some(Class::Gap) => match out.gap(&META, id, said) {
            Some(gap) => gap,
            None => return,
        },
    };
    for flaw in flaws {
        finding.with([(&flaw.copy.store).into()]);
        let copy = |fact| format!("{fact} (copy in {})", flaw.copy.store);
        let Some(reader) = flaw.reader else {
            let value = if flaw.class == Class::Defect { "none" } else { "not asked" };
            finding.because(id, "feed", copy(value));
            continue;
        };
        finding.with([(&reader.system).into()]);
        let stale = flaw.copy.staleness.known().map_or("not asked".to_owned(), |stale| up_to(*stale));
        let tolerated = reader.staleness.known().map_or(String::new(), |tolerated| up_to(*tolerated));
        finding.because(id, "staleness", copy(&stale));
        finding.because(id, "staleness", format!("{tolerated} (tolerated by {})", reader.system));
    }
}

fn up_to(duration: Duration) -> String {
    format!("up to {duration}")
}

fn message(id: &Id<Entity>, flaws: &[Flaw<'_>]) -> Vec<Piece> {
    let stores = |unfed| {
        let mut stores: Vec<Subject> =
            flaws.iter().filter(|flaw| flaw.unfed == unfed).map(|flaw| (&flaw.copy.store).into()).collect();
        stores.dedup();
        stores
    };
    let (unfed, stale) = (stores(true), stores(false));
    let defect = flaws.iter().any(|flaw| flaw.class == Class::Defect);
    let copies = |stores: Vec<Subject>| {
        let mut said = say![if stores.len() == 1 { "the copy of " } else { "the copies of " }, id, " in "];
        said.extend(names(stores));
        said
    };
    let many = unfed.len() > 1;
    let mut said = Vec::new();
    if !unfed.is_empty() {
        if !defect {
            said.push("what feeds ".into());
        }
        said.extend(copies(unfed));
        said.push(match (defect, many) {
            (true, true) => " have no feed".into(),
            (true, false) => " has no feed".into(),
            (false, _) => " was not asked".into(),
        });
    }
    if stale.is_empty() {
        return said;
    }
    if !said.is_empty() {
        said.push("; ".into());
    }
    let several = stale.len() > 1;
    let mut readers: Vec<Subject> =
        flaws.iter().filter_map(|flaw| flaw.reader).map(|reader| (&reader.system).into()).collect();
    readers.sort();
    readers.dedup();
    let tolerate = if readers.len() == 1 { " tolerates" } else { " tolerate" };
    if defect {
        said.extend(copies(stale));
        said.push(if several { " are staler than " } else { " is staler than " }.into());
        said.extend(names(readers));
        said.push(tolerate.into());
    } else {
        said.push("how old ".into());
        said.extend(copies(stale));
        said.push(" can be was not asked; ".into());
        said.extend(names(readers));
        said.extend(say![tolerate, " only so much"]);
    }
    said
}
