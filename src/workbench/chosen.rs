//! What there is to choose from where a fact is answered, and new records that are made on the way.

use super::{
    Refusal, Survey,
    facts::{known_rule, leads_back},
    intents::free_slug,
    set_fact,
};
use crate::{
    document::Deliverable,
    model::{Edit, Key, Kind, Misfit, Model, PartKind, Parts, Path, Record, Said, Shape, Subject, Variant},
    rules,
};

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is said when it is chosen.
    pub said: Said,
    /// What it is called.
    pub name: String,
    /// What stands beside it: what kind of element it is, or what it means.
    pub aside: String,
    /// Whether it only begins an answer: something must be typed behind it.
    pub begins: bool,
}

impl Candidate {
    fn new(said: impl Into<String>, name: impl Into<String>, aside: impl Into<String>) -> Self {
        Self { said: Said::Value(said.into()), name: name.into(), aside: aside.into(), begins: false }
    }
}

/// What can be chosen where a fact of a shape is answered; nothing where it must be typed.
pub fn candidates(model: &Model, key: Option<&Key>, path: &Path, shape: &Shape) -> Vec<Candidate> {
    match shape {
        Shape::Fact(inner) | Shape::List(inner) => candidates(model, key, path, inner),
        Shape::Choice(words) => words.iter().map(|word| Candidate::new(word.word, word.word, word.about)).collect(),
        Shape::Yes => {
            vec![Candidate::new("yes", "yes", ""), Candidate { said: Said::None, ..Candidate::new("no", "no", "") }]
        }
        // A step of a flow is mostly one interaction.
        Shape::OneOf(_) if path.0.iter().any(|step| step == "steps") => all_of(model, &[Kind::Interaction]),
        Shape::OneOf(variants) => variants().iter().flat_map(|variant| forms(model, key, path, variant)).collect(),
        Shape::Reference(kinds) => {
            let round = |other: &Key| key.is_some_and(|key| leads_back(model, key, path, other));
            records(model, kinds).into_iter().filter(|(other, _)| !round(other)).map(|(_, found)| found).collect()
        }
        Shape::Subject => {
            let mut all = all_of(model, &[]);
            all.extend(parts(model, PartKind::ALL, true));
            all
        }
        Shape::Part => {
            let kinds: &[PartKind] = match path.last() {
                "operation" => &[PartKind::Operation],
                "message" => &[PartKind::Message],
                _ => &[PartKind::Operation, PartKind::Message],
            };
            parts(model, kinds, false)
        }
        Shape::Name => names(model, key, path),
        Shape::Words if path.last() == "rule" || path.0.iter().any(|step| step == "severities") => {
            let meta = rules::RULES.iter().map(|rule| rule.meta());
            meta.map(|meta| Candidate::new(meta.code, meta.code, meta.summary)).collect()
        }
        // The name of a chapter that is left out, or of one that is told more; not what is told.
        Shape::Words
            if matches!(path.0.iter().map(String::as_str).collect::<Vec<_>>()[..], ["without", ..] | ["narrative"]) =>
        {
            chapters()
        }
        Shape::Words if path.last() == "status" => {
            ["draft", "for review", "released"].map(|word| Candidate::new(word, word, "")).into()
        }
        _ => Vec::new(),
    }
}

/// The chapters of all documents, by their headings.
fn chapters() -> Vec<Candidate> {
    let named = |document: Deliverable| {
        let named = document.chapters().iter();
        named.map(move |chapter| Candidate::new(chapter.name, chapter.title, document.title()))
    };
    Deliverable::ALL.into_iter().flat_map(named).collect()
}

/// What a document's summary can put first: the defects that were found, the worst first.
pub fn featurable(survey: &Survey) -> Vec<Candidate> {
    let defects =
        survey.report.findings.iter().filter(|found| found.class == rules::Class::Defect && found.waived.is_none());
    let candidate = |finding: &rules::Finding| {
        let name = format!("{} {}", finding.rule.code, finding.about);
        Candidate::new(name.clone(), name, finding.rule.summary)
    };
    defects.map(candidate).collect()
}

/// What can be chosen of one form of a value: the form itself, or each thing it can be about.
fn forms(model: &Model, key: Option<&Key>, path: &Path, variant: &Variant) -> Vec<Candidate> {
    let own = Candidate::new(variant.word, variant.word, variant.about);
    let Some(inner) = &variant.inner else { return vec![own] };
    if matches!(inner, Shape::Record) {
        return Vec::new();
    }
    let within = candidates(model, key, &path.then(variant.word), inner);
    if within.is_empty() {
        return vec![Candidate { begins: true, ..own }];
    }
    let told = |candidate: Candidate| {
        let Said::Value(text) = candidate.said else { return None };
        let said = format!("{} {text}", variant.word);
        Some(Candidate::new(said, format!("{} {}", variant.word, candidate.name), candidate.aside))
    };
    within.into_iter().filter_map(told).collect()
}

/// A text that tells a value of a shape, with ids in place of names.
///
/// # Errors
/// What is expected, where no record has that name.
pub fn told(model: &Model, shape: &Shape, text: &str) -> Result<String, Misfit> {
    super::facts::id_text(model, shape, text)
}

fn all_of(model: &Model, kinds: &[Kind]) -> Vec<Candidate> {
    records(model, kinds).into_iter().map(|(_, found)| found).collect()
}

/// The records of some kinds, or of any, by name.
fn records(model: &Model, kinds: &[Kind]) -> Vec<(Key, Candidate)> {
    let all: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !kind.is_single()).collect();
    let one = kinds.len() == 1;
    let kinds = if kinds.is_empty() { all.as_slice() } else { kinds };
    let keys = kinds.iter().flat_map(|kind| model.keys_of(*kind));
    let mut found: Vec<(Key, Candidate)> = keys
        .map(|key| {
            let said = if one { key.slug.to_string() } else { key.to_string() };
            let aside = if one { "" } else { key.kind.phrase() };
            let found = Candidate::new(said, rules::name(model, &Subject::from(key.clone())), aside);
            (key, found)
        })
        .collect();
    found.sort_by_cached_key(|(_, candidate)| candidate.name.to_lowercase());
    found
}

fn parts(model: &Model, kinds: &[PartKind], with_kind: bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (id, contract) in &model.contracts {
        for kind in kinds {
            found.extend(contract.part_names(*kind).into_iter().map(|name| {
                let said = if with_kind { format!("{kind}:{id}/{name}") } else { format!("{id}/{name}") };
                Candidate::new(said, name, format!("{kind} of {}", contract.name))
            }));
        }
    }
    found.sort_by_cached_key(|candidate| candidate.name.to_lowercase());
    found
}

/// The names within a contract that a field means: the interaction's contract, or the contract itself.
fn names(model: &Model, key: Option<&Key>, path: &Path) -> Vec<Candidate> {
    let kind = match path.last() {
        "operation" => PartKind::Operation,
        "message" => PartKind::Message,
        "version" | "successor" | "since" | "until" => PartKind::Version,
        _ => return Vec::new(),
    };
    let record = key.and_then(|key| model.entry(key)).map(|entry| entry.record);
    let contract = match &record {
        Some(Record::Contract(contract)) => Some(contract.clone()),
        Some(Record::Interaction(interaction)) => {
            let stored = interaction.contract.known().and_then(|id| model.contracts.get(id));
            stored.map(|stored| stored.value.clone())
        }
        _ => None,
    };
    let names = contract.as_ref().map(|contract| contract.part_names(kind)).unwrap_or_default();
    names.into_iter().map(|name| Candidate::new(name, name, "")).collect()
}

/// Whether one of a kind can be made from its name alone, where it is referred to.
pub fn can_be_made(kind: Kind) -> bool {
    !kind.is_single() && !matches!(kind, Kind::Interaction | Kind::Waiver)
}

/// Adds a record of a kind, from what it must have. Its id is made from its name; a waiver's from what it is about.
///
/// # Errors
/// [`Refusal::Misfit`] where something is missing or does not fit, [`Refusal::NoName`].
pub fn add(model: &Model, kind: Kind, parts: &Parts) -> Result<(Key, Vec<Edit>), Refusal> {
    let parts = Parts(parts.0.iter().map(|(name, text)| (name.clone(), text.trim().to_owned())).collect());
    let record = Record::make(kind, &parts)?;
    known_rule(&record)?;
    let name = match &record {
        Record::Waiver(waiver) => format!("{} {}", waiver.rule, waiver.about.key.slug),
        Record::Interaction(interaction) => format!("{}-{}", interaction.from, interaction.to),
        other => other.display_name().unwrap_or_default(),
    };
    let key = Key { kind, slug: free_slug(model, kind, &name)? };
    let edits = vec![Edit::Put { key: key.clone(), record }];
    Ok((key, edits))
}

/// Adds a record of a kind by its name, and refers to it where a fact of other records is answered.
///
/// # Errors
/// As [`add`] and [`set_fact`].
pub fn set_fact_to_new(
    model: &Model,
    keys: &[Key],
    path: &Path,
    (kind, parts): (Kind, &Parts),
) -> Result<(Key, Vec<Edit>), Refusal> {
    let (made, mut edits) = add(model, kind, parts)?;
    let mut next = model.clone();
    next.apply(&edits).map_err(|_| Refusal::NotFor(made.clone()))?;
    let first = keys.first().and_then(|key| next.entry(key)).ok_or_else(|| Refusal::NotFor(made.clone()))?;
    let shape = first.record.shape_at(path);
    let many = matches!(shape.as_ref().map(Shape::inner), Some(Shape::List(_)));
    let any = matches!(shape.as_ref().map(Shape::inner), Some(Shape::Reference([] | [_, _, ..])));
    let text = if any { made.to_string() } else { made.slug.to_string() };
    let said = if many { Said::add(text) } else { Said::Value(text) };
    edits.extend(set_fact(&next, keys, path, &said)?);
    Ok((made, edits))
}

/// Puts a record among what a change of the roadmap makes of the model, with nothing changed yet, so that it can be
/// planned otherwise.
///
/// # Errors
/// [`Refusal::NotFor`] where one of the two is not there.
pub fn plan_record(model: &Model, change: &Key, record: &Key) -> Result<Vec<Edit>, Refusal> {
    let refused = |key: &Key| Refusal::NotFor(key.clone());
    let planned = model.entry(record).ok_or_else(|| refused(record))?.record;
    let Some(Record::Change(stored)) = model.entry(change).map(|entry| entry.record) else {
        return Err(refused(change));
    };
    let mut changed = (*stored).clone();
    changed.effects.push(crate::model::Effect::alter(record.slug.clone(), planned.clone(), planned));
    Ok(vec![Edit::Put { key: change.clone(), record: changed.into() }])
}
