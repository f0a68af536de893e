//! RON as this program writes it: lines of up to 100 columns, comments above records, one line break at the end.

use std::fmt::Write;

use super::tree::{Item, Node, Shape};

/// Lines are broken where they would be longer.
const WIDTH: usize = 100;
const STEP: usize = 4;

/// Prints a value that starts in a column of a line indented by `indent`, followed by `tail` more columns.
pub(super) fn value(out: &mut String, text: &str, node: &Node, indent: usize, column: usize, tail: usize) {
    let mut flat = String::new();
    one_line(&mut flat, text, node);
    let Shape::Group { name, open, items } = &node.shape else {
        out.push_str(&flat);
        return;
    };
    if items.is_empty() || column + flat.chars().count() + tail <= WIDTH {
        out.push_str(&flat);
        return;
    }
    // A lone bracketed argument hugs its name: `System((`.
    if let [Item { key: None, value: inner @ Node { shape: Shape::Group { .. }, .. }, .. }] = items.as_slice()
        && *open == '('
    {
        out.push_str(&text[name.clone()]);
        out.push('(');
        value(out, text, inner, indent, column + name.len() + 1, tail + 1);
        out.push(')');
        return;
    }
    out.push_str(&text[name.clone()]);
    out.push(*open);
    for item in items {
        line(out, indent + STEP);
        let mut column = indent + STEP;
        if let Some(key) = &item.key {
            let key = &text[key.span.clone()];
            let _ = write!(out, "{key}: ");
            column += key.chars().count() + 2;
        }
        value(out, text, &item.value, indent + STEP, column, 1);
        out.push(',');
    }
    line(out, indent);
    out.push(closing(*open));
}

fn one_line(out: &mut String, text: &str, node: &Node) {
    let Shape::Group { name, open, items } = &node.shape else {
        out.push_str(&text[node.span.clone()]);
        return;
    };
    out.push_str(&text[name.clone()]);
    out.push(*open);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        if let Some(key) = &item.key {
            out.push_str(&text[key.span.clone()]);
            out.push_str(": ");
        }
        one_line(out, text, &item.value);
    }
    out.push(closing(*open));
}

/// Begins a new line.
pub(super) fn line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}
