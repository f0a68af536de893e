//! Tables: columns as wide as their words need, rows kept whole, the heading row on every sheet.

use super::{
    figure::{caption_height, caption_prose},
    flow::Flow,
    geometry::Frame,
    prose::{Prose, TextLine},
    sheet::{Pen, Type},
};
use crate::{
    document::{Column, Table},
    scene::{Point, Rect, Role},
    text::{Face, shorten},
};

const SIZE: f32 = 9.0;
const LEADING: f32 = 12.5;
/// Left and right of a cell's text; the columns of a matrix stand closer.
const PAD: f32 = 5.0;
const CENTRED_PAD: f32 = 3.0;
/// Above and below a cell's text.
const RISE: f32 = 4.0;
/// A longer word does not widen its column: it is broken.
const LONG_WORD: f32 = 150.0;
/// A heading that reads upwards is not longer.
const LONG_HEAD: f32 = 150.0;
const HEAD: Type = Type { face: Face::SemiBold, size: 8.5, role: Role::Soft };

/// A table, measured for a frame.
struct Grid<'a> {
    columns: &'a [Column],
    heads: Vec<Prose>,
    widths: Vec<f32>,
    /// Whether the headings of centred columns read upwards.
    upwards: bool,
}

/// The cells of a row.
type Cells = Vec<Prose>;

impl Flow {
    pub(super) fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let rows: Vec<Cells> =
            table.rows.iter().map(|row| row.cells.iter().map(|cell| Prose::rich(cell, SIZE)).collect()).collect();
        let usual = self.frame;
        let (grid, frame) = Grid::fitting(&table.columns, &rows, usual);
        self.turn(frame);
        let lines: Vec<Vec<Vec<TextLine>>> = rows.iter().map(|cells| grid.lines(cells)).collect();
        let heights: Vec<f32> = lines.iter().map(|lines| row_height(lines)).collect();
        self.table_head(table, &grid, &heights);
        let fresh = self.frame.text_height() - grid.head_height();
        for (at, ((row, cells), lines)) in table.rows.iter().zip(&rows).zip(&lines).enumerate() {
            let left = heights.get(at..).unwrap_or_default();
            // The last row is not sent to the next sheet alone.
            let together: f32 = left.iter().take(if left.len() == 2 { 2 } else { 1 }).sum();
            if together > self.room() && together <= fresh {
                self.next_sheet(&grid);
            }
            if !row.anchor.is_empty() {
                let place = self.place();
                self.places.entry(row.anchor.clone()).or_insert(place);
            }
            self.row(&grid, cells, lines);
        }
        self.turn(usual);
        self.space(14.0);
    }

    fn table_head(&mut self, table: &Table, grid: &Grid<'_>, heights: &[f32]) {
        let caption = (!table.caption.is_empty()).then(|| {
            self.tables += 1;
            caption_prose(&format!("Table {}. ", self.tables), &table.caption)
        });
        let above = caption.as_ref().map_or(0.0, |prose| caption_height(prose, self.frame) + 4.0);
        let (whole, room) = (heights.iter().sum::<f32>(), self.frame.text_height());
        // A short table stays whole; a long one begins where its first row has room.
        let rows = if whole < room * 0.25 { whole } else { heights.first().map_or(0.0, |row| row.min(room / 3.0)) };
        self.space(8.0);
        self.begin(above + grid.head_height() + rows);
        if let Some(prose) = caption {
            self.caption(&prose);
            self.y += 4.0;
        }
        self.heads(grid);
    }

    fn next_sheet(&mut self, grid: &Grid<'_>) {
        self.close();
        self.open();
        self.heads(grid);
    }

    /// The heading row.
    fn heads(&mut self, grid: &Grid<'_>) {
        let (top, height) = (self.y, grid.head_height());
        let (sheet, fonts) = self.canvas();
        let ground = Rect { x: Frame::SIDE, y: top, w: grid.widths.iter().sum(), h: height };
        sheet.rect(ground, Role::Canvas);
        let foot = top + height - RISE;
        let mut x = Frame::SIDE;
        for ((column, prose), width) in grid.columns.iter().zip(&grid.heads).zip(&grid.widths) {
            if grid.upwards && column.centred {
                let title = shorten(HEAD.face, HEAD.size, &column.title, LONG_HEAD);
                sheet.text_upwards(fonts, Point { x: x + width / 2.0 + 3.0, y: foot - 1.0 }, HEAD, &title);
            } else {
                let lines = prose.lines(width - 2.0 * pad(column));
                let mut y = foot - lines.len() as f32 * LEADING;
                for line in &lines {
                    y += LEADING;
                    let x = x + inset(column, *width, prose.line_width(line));
                    prose.draw(line, Point { x, y: y - 3.4 }, sheet, fonts);
                }
            }
            x += width;
        }
        sheet.line(&level(x, top + height), Pen::hair(Role::BoxLine));
        self.y = top + height;
    }

    /// A row; what does not fit goes on after the heading row of the next sheet.
    fn row(&mut self, grid: &Grid<'_>, cells: &Cells, lines: &[Vec<TextLine>]) {
        let count = lines.iter().map(Vec::len).max().unwrap_or_default().max(1);
        let mut from = 0;
        while from < count {
            let fitting = ((self.room() - 2.0 * RISE + 0.01) / LEADING).max(0.0) as usize;
            // Two lines and no more at the foot of a sheet are not worth a split; on a fresh sheet one must do.
            let fresh = self.y <= Frame::TOP + grid.head_height() + 0.1;
            let least = if fresh { 1 } else { 3.min(count - from) };
            if fitting < least && !fresh {
                self.next_sheet(grid);
                continue;
            }
            let until = count.min(from + fitting.max(1));
            self.row_part(grid, cells, lines, from..until);
            from = until;
        }
    }

    fn row_part(&mut self, grid: &Grid<'_>, cells: &Cells, lines: &[Vec<TextLine>], part: std::ops::Range<usize>) {
        let (top, height) = (self.y, part.len() as f32 * LEADING + 2.0 * RISE);
        let (sheet, fonts) = self.canvas();
        let mut x = Frame::SIDE;
        let row = grid.columns.iter().zip(&grid.widths).zip(cells.iter().zip(lines));
        for ((column, width), (prose, lines)) in row {
            let mut y = top + RISE;
            for line in lines.iter().take(part.end).skip(part.start) {
                y += LEADING;
                let x = x + inset(column, *width, prose.line_width(line));
                prose.draw(line, Point { x, y: y - 3.4 }, sheet, fonts);
            }
            // In a matrix the eye needs a line to follow up to the heading.
            if grid.upwards && column.centred {
                sheet.line(&[Point { x, y: top }, Point { x, y: top + height }], Pen::hair(Role::Hairline));
            }
            x += width;
        }
        sheet.line(&level(Frame::SIDE + grid.widths.iter().sum::<f32>(), top + height), Pen::hair(Role::Hairline));
        self.y = top + height;
    }
}

impl<'a> Grid<'a> {
    /// The table on the smallest sheet on which no word has to be broken, and that sheet.
    fn fitting(columns: &'a [Column], rows: &[Cells], usual: Frame) -> (Self, Frame) {
        let heads: Vec<Prose> = columns.iter().map(|column| Prose::plain(&column.title, HEAD)).collect();
        let matrix = columns.iter().filter(|column| column.centred).count() > 3;
        let ways: Vec<(bool, Vec<Need>)> = [false, true]
            .into_iter()
            .take(1 + usize::from(matrix))
            .map(|upwards| (upwards, needs(columns, &heads, rows, upwards)))
            .collect();
        let frames: Vec<Frame> = std::iter::once(usual).chain(usual.larger().take(4)).collect();
        let tried =
            || frames.iter().flat_map(|frame| ways.iter().map(move |(upwards, needs)| (*frame, *upwards, needs)));
        let fits = |(frame, _, needs): &(Frame, bool, &Vec<Need>)| {
            needs.iter().map(|need| need.least).sum::<f32>() <= frame.text_width()
        };
        let Some((frame, upwards, needs)) = tried().find(fits).or_else(|| tried().last()) else {
            return (Self { columns, heads, widths: Vec::new(), upwards: false }, usual);
        };
        let widths = widths(needs, frame.text_width());
        (Self { columns, heads, widths, upwards }, frame)
    }

    fn lines(&self, cells: &Cells) -> Vec<Vec<TextLine>> {
        let columns = self.columns.iter().zip(&self.widths);
        let cells = cells.iter().zip(columns);
        cells.map(|(prose, (column, width))| prose.lines(width - 2.0 * pad(column))).collect()
    }

    fn head_height(&self) -> f32 {
        let height = |((column, prose), width): ((&Column, &Prose), &f32)| {
            if self.upwards && column.centred {
                prose.natural_width().min(LONG_HEAD) + 4.0
            } else {
                prose.lines(width - 2.0 * pad(column)).len().max(1) as f32 * LEADING
            }
        };
        self.columns.iter().zip(&self.heads).zip(&self.widths).map(height).fold(LEADING, f32::max) + 2.0 * RISE
    }
}

/// What a column asks for.
struct Need {
    /// For its longest word.
    least: f32,
    /// For its longest cell in one line.
    most: f32,
    weight: f32,
}

fn needs(columns: &[Column], heads: &[Prose], rows: &[Cells], upwards: bool) -> Vec<Need> {
    let need = |(at, (column, head)): (usize, (&Column, &Prose))| {
        let cells = || rows.iter().filter_map(|cells| cells.get(at));
        let turned = upwards && column.centred;
        let (word, whole) = if turned { (LEADING, LEADING) } else { (head.word_width(), head.natural_width()) };
        let least = cells().map(Prose::word_width).fold(word, f32::max).min(LONG_WORD) + 2.0 * pad(column);
        let most = cells().map(Prose::natural_width).fold(whole, f32::max) + 2.0 * pad(column);
        let weight = if column.weight.is_finite() { column.weight.max(0.01) } else { 1.0 };
        Need { least, most: most.max(least), weight }
    };
    columns.iter().zip(heads).enumerate().map(need).collect()
}

/// Widths that fill a room: by weight, but within what each column needs.
fn widths(needs: &[Need], room: f32) -> Vec<f32> {
    let sum = |part: fn(&Need) -> f32| needs.iter().map(part).sum::<f32>();
    let (least, most, weight) = (sum(|need| need.least), sum(|need| need.most), sum(|need| need.weight));
    if least >= room {
        return needs.iter().map(|need| need.least * room / least).collect();
    }
    if most <= room {
        return needs.iter().map(|need| need.most + (room - most) * need.weight / weight).collect();
    }
    // The widths grow with the share that a weight of 1 gets: search the share that fills the room.
    let at = |share: f32| needs.iter().map(move |need| (need.weight * share).clamp(need.least, need.most));
    let (mut low, mut high) = (0.0, room * 100.0);
    for _ in 0..60 {
        let middle = f32::midpoint(low, high);
        if at(middle).sum::<f32>() < room { low = middle } else { high = middle }
    }
    at(low).collect()
}

fn row_height(lines: &[Vec<TextLine>]) -> f32 {
    lines.iter().map(Vec::len).max().unwrap_or_default().max(1) as f32 * LEADING + 2.0 * RISE
}

fn inset(column: &Column, width: f32, line: f32) -> f32 {
    if column.centred { (width - line) / 2.0 } else { PAD }
}

fn pad(column: &Column) -> f32 {
    if column.centred { CENTRED_PAD } else { PAD }
}

fn level(right: f32, y: f32) -> [Point; 2] {
    [Point { x: Frame::SIDE, y }, Point { x: right, y }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_fill_the_room_within_needs() {
        let need = |least, most, weight| Need { least, most, weight };
        for room in [100.0, 300.0, 450.0, 1200.0] {
            let needs = [need(40.0, 60.0, 5.0), need(80.0, 400.0, 1.0), need(30.0, 300.0, 2.0)];
            let widths = widths(&needs, room);
            assert!((widths.iter().sum::<f32>() - room).abs() < 0.1, "{widths:?}");
            if room > 150.0 {
                assert!(widths.iter().zip(&needs).all(|(width, need)| *width >= need.least - 0.01), "{widths:?}");
            }
        }
    }
}
