//! Graphs as JSON for other engines, and their drawings back.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use spandrel::layout::{Area, Drawing, Graph, Spot};

/// What another engine made of a graph.
pub(crate) enum Answer {
    /// A drawing, how long it took in milliseconds, and what is to be said of it.
    Drawn(Drawing, f64, Option<String>),
    /// Why there is none.
    Failed(String),
}

/// Writes a graph to `NAME.json`: `nodes` with `w`, `h` and `parent`; `containers`, parents first, with `parent` and `title`; `edges` with
/// `from` and a list `to`.
pub(crate) fn write(graph: &Graph, folder: &Path, name: &str) {
    let nodes: Vec<Value> =
        graph.nodes.iter().map(|node| json!({ "w": node.size.0, "h": node.size.1, "parent": node.parent })).collect();
    let title =
        |title: spandrel::layout::Title| json!({ "name": title.name, "aside": title.aside, "height": title.height });
    let containers: Vec<Value> =
        graph.containers.iter().map(|one| json!({ "parent": one.parent, "title": title(one.title) })).collect();
    let edges: Vec<Value> = graph.edges.iter().map(|edge| json!({ "from": edge.from, "to": edge.to })).collect();
    let graph = json!({ "nodes": nodes, "containers": containers, "edges": edges });
    std::fs::write(path(folder, name), graph.to_string()).unwrap();
}

/// Reads a drawing from `NAME.json`: `ms`; `nodes` and `containers` as `[x, y, w, h]`; `edges`: for each edge, for each node it reaches, a list
/// of points; perhaps a `note`. Or `failed`, with the reason. Fractions are rounded.
pub(crate) fn read(graph: &Graph, folder: &Path, name: &str) -> Answer {
    let Ok(text) = std::fs::read_to_string(path(folder, name)) else { return Answer::Failed("not run".to_owned()) };
    let found: Value = serde_json::from_str(&text).unwrap();
    if let Some(reason) = found["failed"].as_str() {
        return Answer::Failed(reason.to_owned());
    }
    let areas = |name: &str| list(&found[name]).map(area).collect();
    let ways = |edge: &Value| list(edge).map(|way| list(way).map(spot).collect()).collect();
    let edges: Vec<Vec<Vec<Spot>>> = list(&found["edges"]).map(ways).collect();
    let labels = vec![None; edges.len()];
    let drawing = Drawing { nodes: areas("nodes"), containers: areas("containers"), edges, labels, hurried: false };
    assert_eq!(
        [drawing.nodes.len(), drawing.containers.len(), drawing.edges.len()],
        [graph.nodes.len(), graph.containers.len(), graph.edges.len()],
        "the drawing of {name} in {} is of another graph",
        folder.display()
    );
    Answer::Drawn(drawing, found["ms"].as_f64().unwrap(), found["note"].as_str().map(str::to_owned))
}

/// Not `with_extension`: names have dots.
fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.json"))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn whole(value: &Value) -> i32 {
    value.as_f64().unwrap().round() as i32
}

fn spot(value: &Value) -> Spot {
    (whole(&value[0]), whole(&value[1]))
}

fn area(value: &Value) -> Area {
    Area { x: whole(&value[0]), y: whole(&value[1]), w: whole(&value[2]), h: whole(&value[3]) }
}
