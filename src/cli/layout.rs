//! `spandrel layout`: where everything stands, for programs.

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::{Exit, Group, Streams, open_or_complain, options};
use crate::{
    layout::{Area, Branch, Spot, metrics},
    model::{Date, Key},
    workbench::{Showing, Survey, clock::Stopwatch, survey_after},
};

/// Print where everything stands in the diagram.
#[derive(Debug, Args)]
#[command(after_help = ABOUT)]
pub(super) struct Layout {
    /// The model; `-` reads standard input.
    model: PathBuf,
    /// The format.
    #[arg(long, value_enum)]
    format: Format,
    /// The frames of the diagram; those of the landscape view if not given.
    #[arg(long, value_enum)]
    group: Option<Group>,
    /// Open a container, as in domain:sales; may be repeated.
    #[arg(long, value_name = "KEY")]
    open: Vec<Key>,
    /// Draw a container as one box; may be repeated.
    #[arg(long, value_name = "KEY")]
    collapse: Vec<Key>,
    /// Also tell how good the drawing is.
    #[arg(long)]
    metrics: bool,
    /// The day to look at, as in 2026-11-22; today if not given.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

const ABOUT: &str = "\
With more than 250 systems, containers are collapsed: each is one box among the nodes, and a line from or to it stands \
for all interactions that cross its edge.

A line has one path for each box that it reaches: one event to several is a trunk whose paths begin alike. `members` is \
all that a line stands for, `branches` the same for each path.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Json,
}

impl Layout {
    pub(super) fn run(&self, streams: &mut Streams<'_>) -> Exit {
        let model = match open_or_complain(&self.model, streams) {
            Ok((model, _)) => model,
            Err(exit) => return exit,
        };
        let Format::Json = self.format;
        let mut showing = Showing::default();
        if let Some(key) = self.open.iter().chain(&self.collapse).find(|key| !model.contains(key)) {
            streams.complain(format!("{}: there is no {key}", self.model.display()));
            return Exit::Unusable;
        }
        self.collapse.iter().for_each(|key| showing.folds.collapse(key.clone()));
        self.open.iter().for_each(|key| showing.folds.open(key.clone()));
        let survey = survey_after(&model, 0, options(self.as_of, self.group), showing, None, &|| false);
        let mut answer = in_json(&survey);
        if self.metrics {
            let watch = Stopwatch::start();
            let drawing = crate::layout::arrange(&survey.plan.graph);
            let ms = watch.ms();
            let found = metrics(&survey.plan.graph, &drawing);
            answer.insert("metrics".to_owned(), measured(&found, ms));
        }
        // A tree of strings and numbers can always be written.
        streams.line(serde_json::to_string_pretty(&answer).unwrap_or_default());
        Exit::Clean
    }
}

fn measured(found: &crate::layout::Metrics, ms: f64) -> Value {
    let short = |number: f64| (number * 1000.0).round() / 1000.0;
    json!({
        "node_overlaps": found.node_overlaps,
        "container_overlaps": found.container_overlaps,
        "edge_node_overlaps": found.edge_node_overlaps,
        "edge_container_overlaps": found.edge_container_overlaps,
        "edge_title_overlaps": found.edge_title_overlaps,
        "label_overlaps": found.label_overlaps,
        "label_line_overlaps": found.label_line_overlaps,
        "unplaced_labels": found.unplaced_labels,
        "crossings": found.crossings,
        "crossing_quality": short(found.crossing_quality),
        "collinear_overlaps": found.collinear_overlaps,
        "bends": found.bends,
        "bends_per_edge": short(found.bends_per_edge),
        "length": found.length,
        "length_variation": short(found.length_variation),
        "width": found.width,
        "height": found.height,
        "area": found.area,
        "aspect": short(found.aspect),
        "ms": short(ms),
    })
}

fn in_json(survey: &Survey) -> Map<String, Value> {
    let area = |area: &Area| json!([area.x, area.y, area.w, area.h]);
    let nodes: BTreeMap<String, Value> = survey
        .plan
        .nodes
        .iter()
        .zip(&survey.drawing.nodes)
        .map(|(node, at)| (node.key.to_string(), area(at)))
        .collect();
    let frames = survey.plan.frames.iter().zip(&survey.drawing.containers).filter(|(_, at)| !at.is_empty());
    let groups: BTreeMap<String, Value> = frames.map(|(frame, at)| (frame.key.to_string(), area(at))).collect();
    let mut edges = BTreeMap::new();
    let mut labels = BTreeMap::new();
    let drawn = survey.plan.bundles.iter().zip(&survey.drawing.edges).zip(&survey.drawing.labels);
    for ((bundle, ways), label) in drawn {
        let path = |way: &Vec<Spot>| way.iter().map(|(x, y)| json!([x, y])).collect::<Vec<Value>>();
        let paths: Vec<Vec<Value>> = ways.iter().map(path).collect();
        let branch = |branch: &Branch| branch.members.iter().map(ToString::to_string).collect::<Vec<_>>();
        let branches: Vec<Vec<String>> = bundle.branches.iter().map(branch).collect();
        let members = branches.concat();
        edges.insert(bundle.id.clone(), json!({ "paths": paths, "members": members, "branches": branches }));
        if let Some(at) = label {
            labels.insert(bundle.id.clone(), area(at));
        }
    }
    let mut answer = Map::new();
    answer.insert("nodes".to_owned(), json!(nodes));
    answer.insert("groups".to_owned(), json!(groups));
    answer.insert("edges".to_owned(), json!(edges));
    answer.insert("labels".to_owned(), json!(labels));
    answer
}
