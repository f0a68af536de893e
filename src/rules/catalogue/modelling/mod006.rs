//! MOD006: what a record says cannot be so.

use std::collections::BTreeMap;

use crate::{
    model::{Date, Fact, Id, Key, Lifecycle, Model, Subject, Table, Tabled},
    rules::{
        Context, Findings, Meta, Piece, Principle, Rule, Severity,
        finding::{names, say},
    },
    topology::circular,
};

pub(super) struct ContradictingRecord;

static META: Meta = Meta {
    code: "MOD006",
    slug: "contradicting-record",
    summary: "a record that contradicts itself: part of itself or of one another in a circle, dates against their order, a \
              fact that is told and said not to apply, a name of blanks",
    why: "Such a record says nothing: every rule, diagram and document that goes by it has to take one half of it and to \
          overlook the other.",
    example: "\"Returns\" is within \"Sales\", and \"Sales\" is within \"Returns\".",
    remedy: "Say the half of it that is so.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

/// What contradicts itself, in words, and the facts that do.
struct Contradiction {
    said: Vec<Piece>,
    facts: Vec<(Key, String, String)>,
}

/// By the record that each is about.
type Found = BTreeMap<Key, Vec<Contradiction>>;

impl Rule for ContradictingRecord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let mut found = Found::new();
        circles(cx.model, &mut found);
        themselves(cx.model, &mut found);
        dates(cx.model, &mut found);
        records(cx.model, &mut found);
        for (key, contradictions) in found {
            let mut said = Vec::new();
            for (at, contradiction) in contradictions.iter().enumerate() {
                if at > 0 {
                    said.push("; ".into());
                }
                said.extend(contradiction.said.iter().cloned());
            }
            let finding = out.defect(&META, key, said);
            for (key, fact, value) in contradictions.into_iter().flat_map(|contradiction| contradiction.facts) {
                finding.with([Subject::from(key.clone())]).because(key, &fact, value);
            }
        }
    }
}

fn circles(model: &Model, found: &mut Found) {
    round(found, &model.domains, "parent", "within", |domain| domain.parent.known());
    round(found, &model.boundaries, "parent", "within", |boundary| boundary.parent.known());
    round(found, &model.stores, "within", "within", |store| store.within.known());
    round(found, &model.stores, "replica_of", "a replica of", |store| store.replica_of.known());
    round(found, &model.systems, "replaced_by", "replaced by", |system| system.lifecycle.replaced_by.known());
}

/// Records of one table that lead to one another in a circle.
fn round<T: Tabled>(found: &mut Found, table: &Table<T>, fact: &str, words: &str, next: impl Fn(&T) -> Option<&Id<T>>) {
    let edges: Vec<(&Id<T>, &Id<T>)> = table.iter().filter_map(|(id, record)| Some((id, next(record)?))).collect();
    for set in circular(&edges) {
        let Some(first) = set.first() else { continue };
        let mut said = names(set.iter().map(|id| Subject::from(*id)));
        said.push(match set.len() {
            1 => format!(" is {words} itself").into(),
            _ => format!(" are {words} one another").into(),
        });
        let leads = edges.iter().filter(|(id, _)| set.contains(id));
        let facts = leads.map(|(id, next)| (id.key(), fact.to_owned(), next.to_string())).collect();
        found.entry(first.key()).or_default().push(Contradiction { said, facts });
    }
}

fn themselves(model: &Model, found: &mut Found) {
    for (id, system) in &model.systems {
        for (fact, words, others) in [
            ("fronts", " fronts itself", &system.fronts),
            ("released_with", " is released with itself", &system.released_with),
        ] {
            if others.known().is_some_and(|others| others.contains(id)) {
                let facts = vec![(id.key(), fact.to_owned(), id.to_string())];
                found.entry(id.key()).or_default().push(Contradiction { said: say![id, words], facts });
            }
        }
    }
}

fn dates(model: &Model, found: &mut Found) {
    for (id, system) in &model.systems {
        let Lifecycle { planned_from, active_from, deprecated_from, retires_on, .. } = &system.lifecycle;
        let steps = [
            ("planned_from", "is planned", planned_from),
            ("active_from", "is active", active_from),
            ("deprecated_from", "is deprecated", deprecated_from),
            ("retires_on", "retires", retires_on),
        ];
        order(found, &id.key(), &steps);
    }
    for (id, interaction) in &model.interactions {
        let steps =
            [("active_from", "begins", &interaction.active_from), ("active_until", "ends", &interaction.active_until)];
        order(found, &id.key(), &steps);
    }
}

/// The first step that comes before one that it should follow.
fn order(found: &mut Found, key: &Key, steps: &[(&str, &str, &Fact<Date>)]) {
    let known: Vec<_> = steps.iter().filter_map(|(fact, words, date)| Some((*fact, *words, date.known()?))).collect();
    for pair in known.windows(2) {
        let [(first, before, one), (second, after, other)] = pair else { continue };
        if other < one {
            let said = say![key.clone(), format!(" {after} ({other}) before it {before} ({one})")];
            let facts = vec![
                (key.clone(), (*first).to_owned(), one.to_string()),
                (key.clone(), (*second).to_owned(), other.to_string()),
            ];
            found.entry(key.clone()).or_default().push(Contradiction { said, facts });
            return;
        }
    }
}

/// What every record can say: a name of blanks, and of a fact both what it is and that it does not apply.
fn records(model: &Model, found: &mut Found) {
    macro_rules! look {
        ($($table:ident)*) => {$(
            for (id, record) in &model.$table {
                if record.name.trim().is_empty() {
                    blank(found, id.key());
                }
                if !record.not_applicable.is_empty() {
                    excused(found, model, &id.key());
                }
            }
        )*};
    }
    look! {
        teams domains boundaries profiles meshes systems stores entities contracts flows changes plateaus decisions
    }
    for (id, _) in model.interactions.iter().filter(|(_, interaction)| !interaction.not_applicable.is_empty()) {
        excused(found, model, &id.key());
    }
}

fn blank(found: &mut Found, key: Key) {
    let said = say![format!("the {} {} has no name but blanks", key.kind.phrase(), key.slug)];
    let facts = vec![(key.clone(), "name".to_owned(), "blank".to_owned())];
    found.entry(key).or_default().push(Contradiction { said, facts });
}

fn excused(found: &mut Found, model: &Model, key: &Key) {
    let told = model.entry(key).map(|entry| entry.record.said_and_excused()).unwrap_or_default();
    for (fact, value) in told {
        let said =
            say![key.clone(), format!(" says what its {} is, and that it does not apply", fact.replace('_', " "))];
        let facts = vec![(key.clone(), fact, model.words(&value))];
        found.entry(key.clone()).or_default().push(Contradiction { said, facts });
    }
}
