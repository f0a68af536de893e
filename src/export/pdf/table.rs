//! Tables: columns by weight, wrapped cells, the heading row again on every page.

use super::{
    flow::Flow,
    rich::{self, Line},
};
use crate::{
    document::{Rich, Row, Style, Table},
    scene::Role,
};

const SIZE: f32 = 8.5;
const LEADING: f32 = 11.5;
const PAD: f32 = 4.5;

pub(super) fn table(flow: &mut Flow, table: &Table) {
    if table.columns.is_empty() || table.rows.is_empty() {
        return;
    }
    let width = flow.width();
    let columns = widths(table, width);
    let heading: Vec<Rich> = table.columns.iter().map(|column| Rich::styled(&column.title, Style::Bold)).collect();
    let head = Cells::new(&heading, &columns);
    if !table.caption.is_empty() {
        flow.caption_above(&table.caption, head.height() + 3.0 * LEADING);
    }
    let first = table.rows.first().map_or(0.0, |row| Cells::new(&row.cells, &columns).height().min(80.0));
    flow.need(head.height() + first);
    put_head(flow, &head, &columns, table);
    for row in &table.rows {
        put_row(flow, row, &head, &columns, table);
    }
    flow.space(10.0);
}

/// Widths by weight, but no column narrower than its longest word if that can be had.
fn widths(table: &Table, width: f32) -> Vec<f32> {
    let count = table.columns.len();
    let least: Vec<f32> = (0..count)
        .map(|at| {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| rich::least_width(cell, SIZE));
            let title = table.columns.get(at).map_or(0.0, |column| rich::least_width(&Rich::styled(&column.title, Style::Bold), SIZE));
            // A word longer than a third of the page is broken rather than let starve the others.
            cells.fold(title, f32::max).min(width / 3.0) + 2.0 * PAD + 0.5
        })
        .collect();
    let weights: Vec<f32> = table.columns.iter().map(|column| column.weight.max(0.01)).collect();
    let needed: f32 = least.iter().sum();
    if needed >= width {
        return least.iter().map(|least| least * width / needed).collect();
    }
    // Columns whose share is too small get their least; the rest is shared again, until nobody is short.
    let mut fixed = vec![false; count];
    loop {
        let taken: f32 = least.iter().zip(&fixed).filter(|(_, fixed)| **fixed).map(|(least, _)| least).sum();
        let total: f32 = weights.iter().zip(&fixed).filter(|(_, fixed)| !**fixed).map(|(weight, _)| weight).sum();
        let share = |at: usize| (width - taken) * weights[at] / total.max(0.001);
        let short: Vec<usize> = (0..count).filter(|at| !fixed[*at] && share(*at) < least[*at]).collect();
        if short.is_empty() {
            return (0..count).map(|at| if fixed[at] { least[at] } else { share(at) }).collect();
        }
        short.into_iter().for_each(|at| fixed[at] = true);
    }
}

/// The cells of a row, in lines.
struct Cells(Vec<Vec<Line>>);

impl Cells {
    fn new(cells: &[Rich], columns: &[f32]) -> Self {
        Self(cells.iter().zip(columns).map(|(cell, width)| rich::lines(cell, SIZE, width - 2.0 * PAD)).collect())
    }

    fn rows(&self) -> usize {
        self.0.iter().map(Vec::len).max().unwrap_or(0).max(1)
    }

    fn height(&self) -> f32 {
        self.rows() as f32 * LEADING + 2.0 * PAD - 1.0
    }
}

fn put_head(flow: &mut Flow, head: &Cells, columns: &[f32], table: &Table) {
    let (x, y, width) = (flow.left(), flow.y, flow.width());
    flow.sheet().fill(x, y, width, head.height(), Role::Canvas);
    lines(flow, head, 0, head.rows(), columns, table);
    flow.y += head.height();
    flow.sheet().rule(x, y + head.height(), width, Role::ContainerLine);
}

fn put_row(flow: &mut Flow, row: &Row, head: &Cells, columns: &[f32], table: &Table) {
    let cells = Cells::new(&row.cells, columns);
    let again = |flow: &mut Flow| {
        flow.break_page();
        put_head(flow, head, columns, table);
    };
    if cells.height() > flow.room() && cells.height() <= flow.page_room() - head.height() {
        again(flow);
    }
    flow.anchor(&row.anchor);
    let mut done = 0;
    loop {
        let fitting = ((flow.room() - 2.0 * PAD) / LEADING).floor().max(0.0) as usize;
        // A page whose heading row leaves no room for a line takes one all the same.
        let fitting = if flow.room() + 1.0 >= flow.page_room() - head.height() { fitting.max(1) } else { fitting };
        let count = (cells.rows() - done).min(fitting);
        if count == 0 {
            again(flow);
            continue;
        }
        lines(flow, &cells, done, count, columns, table);
        flow.y += count as f32 * LEADING + 2.0 * PAD - 1.0;
        done += count;
        if done >= cells.rows() {
            break;
        }
        again(flow);
    }
    let (x, y, width) = (flow.left(), flow.y, flow.width());
    flow.sheet().rule(x, y, width, Role::Hairline);
}

/// So many lines of each cell from one on.
fn lines(flow: &mut Flow, cells: &Cells, from: usize, count: usize, columns: &[f32], table: &Table) {
    let (mut x, top) = (flow.left(), flow.y + PAD + SIZE - 0.5);
    for ((cell, width), column) in cells.0.iter().zip(columns).zip(&table.columns) {
        for (at, line) in cell.iter().skip(from).take(count).enumerate() {
            let inset = if column.centred { (width - line.width) / 2.0 } else { PAD };
            line.put(flow.sheet(), x + inset, top + at as f32 * LEADING, SIZE);
        }
        x += width;
    }
}
