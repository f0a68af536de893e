//! Model → text: the same model always gives the same bytes.

use super::{options, print, tree};
use crate::model::{Bare, Kind, Model, Record};

/// The text of a model.
pub fn write(model: &Model) -> String {
    let mut out = String::new();
    if let Some(head) = &model.head {
        out.push_str(head);
        out.push_str("\n\n");
    }
    out.push('(');
    for kind in Kind::ALL {
        let keys = model.keys_of(kind);
        if kind.is_single() {
            for entry in keys.iter().filter_map(|key| model.entry(key)) {
                let text = compact(&entry.record);
                if kind == Kind::Model || text != "()" || entry.comment.is_some() {
                    record(&mut out, 4, entry.comment.as_deref(), kind.table(), &text);
                }
            }
        } else if !keys.is_empty() {
            print::line(&mut out, 4);
            out.push_str(kind.table());
            out.push_str(": {");
            for key in &keys {
                let Some(entry) = model.entry(key) else { continue };
                record(&mut out, 8, entry.comment.as_deref(), &format!("\"{}\"", key.slug), &compact(&entry.record));
            }
            print::line(&mut out, 4);
            out.push_str("},");
        }
    }
    out.push_str("\n)\n");
    out
}

/// A record in the file's own words, one line for each fact that fits into one: what previews and diffs compare.
pub fn facts(record: &Record) -> Vec<String> {
    let text = compact(record);
    let Some(tree::Node { shape: tree::Shape::Group { items, .. }, .. }) = tree::parse(&text).root else {
        return vec![text];
    };
    let mut out = String::new();
    for item in &items {
        if !out.is_empty() {
            out.push('\n');
        }
        let key = item.key.as_ref().map_or("", |key| &text[key.span.clone()]);
        out.push_str(key);
        out.push_str(if key.is_empty() { "" } else { ": " });
        print::value(&mut out, &text, &item.value, 0, key.chars().count() + 2, 1);
    }
    out.lines().map(str::to_owned).collect()
}

fn record(out: &mut String, indent: usize, comment: Option<&str>, name: &str, text: &str) {
    for line in comment.into_iter().flat_map(str::lines) {
        print::line(out, indent);
        out.push_str(line);
    }
    print::line(out, indent);
    out.push_str(name);
    out.push_str(": ");
    let column = indent + name.chars().count() + 2;
    match tree::parse(text).root {
        Some(node) => print::value(out, text, &node, indent, column, 1),
        None => out.push_str(text),
    }
    out.push(',');
}

/// The record on one line. What is not asked is left out, and nothing else can fail to be written: the test of every
/// kind of fact holds it.
fn compact(record: &Record) -> String {
    options().to_string(&Bare(record)).unwrap_or_default()
}
