//! The diagrams: the landscape, each domain with what surrounds it, each flow with its steps numbered.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Sources, cells, paragraphs};
use crate::{
    document::{Rich, Row, Style},
    layout::{Plan, arrange},
    model::{Domain, Grouping, Id, Interaction, Key, Kind, System, SystemKind},
    scene::{Dressing, Mark, Scene, Uses, diagram, legend, number},
    text::capital,
};

pub(super) fn landscape(sources: &Sources<'_>) -> Block {
    let model = sources.cx.model;
    let names: Vec<String> = model.keys_of(Kind::System).iter().map(|key| model.name(key)).collect();
    Block::Figure {
        scene: sources.landscape.clone(),
        caption: format!("{} as of {}", model.about.name, sources.cx.as_of),
        alt: format!("Systems and the interactions between them: {}.", names.join(", ")),
    }
}

/// A section for each domain that holds systems, and one for the systems in none.
pub(super) fn domains(sources: &Sources<'_>) -> Vec<Block> {
    let model = sources.cx.model;
    if model.domains.is_empty() {
        return Vec::new();
    }
    let of = |domain: Option<&Id<Domain>>| -> BTreeSet<Id<System>> {
        let inside = model.systems.iter().filter(|(_, system)| system.domain.known() == domain);
        inside.map(|(id, _)| id.clone()).collect()
    };
    let mut blocks = Vec::new();
    for (id, domain) in &model.domains {
        let mut content: Vec<Block> = paragraphs(&domain.description).collect();
        content.push(Block::Paragraph(answerable(sources, domain)));
        let systems = of(Some(id));
        if systems.is_empty() {
            content.push(cells::say("No system stands in it itself."));
        } else {
            content.extend(around(sources, &domain.name, &systems));
        }
        blocks.push(cells::section(cells::anchor(&id.into()), &domain.name, content));
    }
    let loose = of(None);
    let runs = |id: &Id<System>| model.system(id).is_some_and(|system| system.kind != SystemKind::Person);
    if loose.iter().any(runs) {
        let content = around(sources, "Systems in no domain", &loose);
        blocks.push(cells::section("domain-none", "In no domain", content));
    }
    blocks
}

fn answerable(sources: &Sources<'_>, domain: &Domain) -> Rich {
    let model = sources.cx.model;
    let rich = Rich::styled("Owner: ", Style::Soft).and(cells::named(model, &domain.owner));
    match domain.parent.known() {
        Some(parent) => rich.then(" · part of ", Style::Soft).and(cells::linked(model, &parent.into())),
        None => rich,
    }
}

/// Some systems with their direct neighbours, and the table of the systems.
fn around(sources: &Sources<'_>, name: &str, inner: &BTreeSet<Id<System>>) -> Vec<Block> {
    let model = sources.cx.model;
    let plan = Plan::neighbourhood(model, Grouping::Domain, inner);
    let own = |key: &&Key| key.kind == Kind::System && !inner.contains(&Id::from_slug(key.slug.clone()));
    let outer: Vec<String> = plan.places.keys().filter(own).map(|key| model.name(key)).collect();
    let names: Vec<String> = inner.iter().map(|id| model.name_of(id)).collect();
    let beside = if outer.is_empty() { String::new() } else { format!(" Beside them: {}.", outer.join(", ")) };
    let figure = Block::Figure {
        scene: drawn(sources, &plan),
        caption: format!("{name} and its direct neighbours"),
        alt: format!("{}: {}.{beside}", name, names.join(", ")),
    };
    let rows = inner.iter().filter_map(|id| system_row(sources, id));
    let columns = [("System", 2.2), ("Kind", 1.4), ("Calls or tells", 3.0), ("Is called or told by", 3.0)];
    vec![figure, Block::Table(cells::table(&columns, rows.collect(), ""))]
}

fn system_row(sources: &Sources<'_>, id: &Id<System>) -> Option<Row> {
    let cx = sources.cx;
    let system = cx.model.system(id)?;
    let unique = |ends: Vec<&Id<System>>| -> Rich {
        let ends: BTreeSet<_> = ends.into_iter().collect();
        if ends.is_empty() {
            Rich::styled("–", Style::Soft)
        } else {
            cells::list(cx.model, ends.into_iter().map(Into::into))
        }
    };
    Some(cells::row(vec![
        cells::linked(cx.model, &id.into()),
        Rich::plain(capital(system.kind.word())),
        unique(cx.topology.outgoing(id).into_iter().map(|(_, i)| &i.to).collect()),
        unique(cx.topology.incoming(id).into_iter().map(|(_, i)| &i.from).collect()),
    ]))
}

/// The interactions of a flow alone, each line with the numbers of its steps.
pub(super) fn flow(sources: &Sources<'_>, name: &str, steps: &[Vec<Id<Interaction>>]) -> Block {
    let model = sources.cx.model;
    let mut numbers: BTreeMap<&Id<Interaction>, Vec<String>> = BTreeMap::new();
    for (at, step) in steps.iter().enumerate() {
        for id in step {
            numbers.entry(id).or_default().push((at + 1).to_string());
        }
    }
    let interactions: BTreeSet<Id<Interaction>> = numbers.keys().map(|id| (*id).clone()).collect();
    let plan = Plan::flow(model, Grouping::Domain, &interactions);
    let drawing = arrange(&plan.graph);
    let mut built = diagram(&plan, &drawing, sources.badges, &Dressing::default());
    let steps_of = |line: &Mark| {
        let of = |key: &Key| numbers.get(&Id::from_slug(key.slug.clone()));
        line.keys.iter().filter_map(of).flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    // The ways of one line say their number once.
    let mut told: BTreeSet<(usize, String)> = BTreeSet::new();
    let once = |line: &Mark| Some(steps_of(line)).filter(|steps| told.insert((line.at, steps.clone())));
    let said: Vec<String> = built.lines.iter().map(once).map(Option::unwrap_or_default).collect();
    number(&mut built, &drawing, &said);
    let names: Vec<String> = plan.places.keys().map(|key| model.name(key)).collect();
    Block::Figure {
        scene: with_legend(built.scene, &plan),
        caption: format!("{name}, its steps numbered in order"),
        alt: format!("The way of {name} through {}; its steps are listed below.", names.join(", ")),
    }
}

fn drawn(sources: &Sources<'_>, plan: &Plan) -> Scene {
    with_legend(diagram(plan, &arrange(&plan.graph), sources.badges, &Dressing::default()).scene, plan)
}

fn with_legend(scene: Scene, plan: &Plan) -> Scene {
    let room = (scene.bounds.w - 48.0).max(400.0);
    scene.over(legend(&Uses::of(plan), &Dressing::default(), room), 16.0)
}
