//! What crosses into the trust boundaries of a survey, and what of it falls short of what they require.

use std::collections::{BTreeMap, BTreeSet};

use super::Survey;
use crate::{
    model::{Boundary, Id, Interaction, Key, Model, System},
    rules::{Class, Finding, Principle},
};

/// An interaction that leads into a boundary from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// Which.
    pub id: Id<Interaction>,
    /// The boundary it comes from.
    pub from: Id<Boundary>,
    /// What the rules find wrong with its security, by the places in the report.
    pub short: Vec<usize>,
    /// What they do not know of it, by the places in the report.
    pub open: Vec<usize>,
}

/// What crosses into each boundary, by id. What leads into a boundary leads into those around it too, unless it comes
/// from inside them.
pub(super) fn crossings(survey: &Survey) -> BTreeMap<Id<Boundary>, Vec<Crossing>> {
    let model = &*survey.model;
    let found = found(survey);
    let around: BTreeMap<&Id<Boundary>, Vec<&Id<Boundary>>> =
        model.boundaries.keys().map(|id| (id, around(model, id))).collect();
    let stands = |system: &Id<System>| {
        let (id, _) = model.boundaries.get_key_value(model.system(system)?.boundary.known()?)?;
        Some((id, around.get(id)?))
    };
    let mut crossings: BTreeMap<Id<Boundary>, Vec<Crossing>> = BTreeMap::new();
    for (id, interaction) in &model.interactions {
        let (Some((from, outer)), Some((_, inner))) = (stands(&interaction.from), stands(&interaction.to)) else {
            continue;
        };
        for entered in inner.iter().filter(|entered| !outer.contains(entered)) {
            let (short, open) = found.get(&id.key()).cloned().unwrap_or_default();
            let crossing = Crossing { id: id.clone(), from: from.clone(), short, open };
            crossings.entry((*entered).clone()).or_default().push(crossing);
        }
    }
    crossings
}

/// How many systems stand in a boundary, and how many more in those inside it.
pub fn inhabitants(model: &Model, id: &Id<Boundary>) -> (usize, usize) {
    let homes = model.systems.values().filter_map(|system| system.boundary.known());
    homes.fold((0, 0), |(own, inner), home| {
        if home == id { (own + 1, inner) } else { (own, inner + usize::from(around(model, home).contains(&id))) }
    })
}

/// A boundary and those around it, innermost first.
fn around<'m>(model: &'m Model, id: &Id<Boundary>) -> Vec<&'m Id<Boundary>> {
    let mut path = Vec::new();
    let mut next = model.boundaries.get_key_value(id);
    while let Some((id, boundary)) = next.filter(|(id, _)| !path.contains(id)) {
        path.push(id);
        next = boundary.parent.known().and_then(|parent| model.boundaries.get_key_value(parent));
    }
    path
}

/// The findings about security that count, by what they light up: known to be wrong, and not known.
fn found(survey: &Survey) -> BTreeMap<Key, (Vec<usize>, Vec<usize>)> {
    let mut found: BTreeMap<Key, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    let counts = |finding: &&Finding| finding.rule.principle == Principle::Security && finding.waived.is_none();
    for (at, finding) in survey.report.findings.iter().enumerate().filter(|(_, finding)| counts(finding)) {
        let keys: BTreeSet<&Key> = finding.subjects.iter().chain([&finding.about]).map(|s| &s.key).collect();
        for key in keys {
            let (short, open) = found.entry(key.clone()).or_default();
            if finding.class == Class::Defect { short.push(at) } else { open.push(at) }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        file::read,
        model::Lens,
        workbench::{SurveyOptions, survey},
    };

    #[test]
    fn what_leads_into_a_boundary_leads_into_those_around_it_unless_it_comes_from_there() {
        let text = r#"(
            model: (format: 1, name: "Shop"),
            boundaries: {
                "core": (name: "Core", trust: Restricted, parent: "net", requires: (authentication: MutualTls)),
                "internet": (name: "Internet", trust: Public),
                "net": (name: "Network", trust: Internal),
            },
            systems: {
                "api": (name: "API", kind: Service, boundary: "net"),
                "db": (name: "DB", kind: Service, boundary: "core"),
                "web": (name: "Web", kind: Application, boundary: "internet"),
                "lost": (name: "Lost", kind: Service),
            },
            interactions: {
                "api-db": (from: "api", to: "db", kind: Query, security: (authentication: None)),
                "db-web": (from: "db", to: "web", kind: Event),
                "lost-db": (from: "lost", to: "db", kind: Query),
                "web-db": (from: "web", to: "db", kind: Query),
            },
        )"#;
        let model = read(text).model.unwrap();
        let options = SurveyOptions { as_of: "2026-11-22".parse().unwrap(), grouping: None, lens: Lens::Kinds };
        let survey = survey(&model, 0, options);
        let found = crossings(&survey);
        let names = |id: &str| -> Vec<&str> {
            found[&id.parse::<Id<Boundary>>().unwrap()].iter().map(|crossing| crossing.id.as_str()).collect()
        };
        assert_eq!(names("core"), ["api-db", "web-db"]);
        assert_eq!(names("net"), ["web-db"]);
        assert_eq!(names("internet"), ["db-web"]);
        let core = &found[&"core".parse::<Id<Boundary>>().unwrap()];
        assert!(!core[0].short.is_empty(), "nobody has to prove anything");
        assert_eq!(inhabitants(&model, &"net".parse().unwrap()), (1, 1));
    }
}
