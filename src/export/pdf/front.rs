//! What comes before the body: the title page and the contents. And what runs along every sheet after the first.

use super::{
    flow::{Body, Entry},
    fonts::Fonts,
    geometry::{Frame, Paper},
    prose::Prose,
    sheet::{Pen, Sheet, Target, Type},
};
use crate::{
    document::Document,
    scene::{Align, Point, Rect, Role},
    text::{Face, shorten, width},
};

/// Levels of headings that the contents list.
const DEPTH: usize = 3;
/// Room for page numbers in the contents.
const NUMBERS: f32 = 34.0;

/// The title page and the contents; heads and feet are set on these sheets and on those of the body.
pub(super) fn front(doc: &Document, paper: Paper, body: &mut Body) -> Vec<Sheet> {
    let frame = Frame::upright(paper);
    let mut sheets = title_pages(doc, frame, &mut body.fonts);
    let covers = sheets.len();
    sheets.extend(contents(frame, body, covers));
    let total = sheets.len() + body.sheets.len();
    let running = Running { title: &doc.title, subject: &doc.subject, date: &doc.date, total };
    for (at, sheet) in sheets.iter_mut().chain(&mut body.sheets).enumerate().skip(1) {
        running.set(sheet, at + 1, &mut body.fonts);
    }
    sheets
}

/// The title page. What has no room on it, titles and imprints of whole paragraphs, goes on overleaf.
struct Cover<'a> {
    fonts: &'a mut Fonts,
    frame: Frame,
    sheets: Vec<Sheet>,
    y: f32,
}

fn title_pages(doc: &Document, frame: Frame, fonts: &mut Fonts) -> Vec<Sheet> {
    let set = |face, size, role| Type { face, size, role };
    let mut cover = Cover { fonts, frame, sheets: vec![Sheet::new(frame)], y: 78.0 };
    cover.lines(&doc.organisation, &[set(Face::SemiBold, 11.0, Role::Soft)]);
    cover.y = cover.y.max(frame.height * 0.29);
    cover.rule();
    cover.lines(&doc.title, &[30.0, 20.0].map(|size| set(Face::SemiBold, size, Role::Text)));
    cover.y += 10.0;
    cover.lines(&doc.subject, &[16.0, 12.0].map(|size| set(Face::Regular, size, Role::Soft)));
    let mut rows: Vec<(&str, &str)> =
        doc.imprint.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect();
    if !doc.date.is_empty() && !rows.iter().any(|(label, _)| label.eq_ignore_ascii_case("date")) {
        rows.push(("Date", &doc.date));
    }
    cover.imprint(&rows);
    cover.sheets
}

impl Cover<'_> {
    const LEFT: f32 = Frame::SIDE + 8.0;
    /// Lines up to which a text is set in the first size that is offered.
    const FEW: usize = 4;

    /// Where a line of this height stands: here, or on the next sheet.
    fn step(&mut self, height: f32) -> f32 {
        if self.y + height > self.frame.bottom() {
            self.sheets.push(Sheet::new(self.frame));
            self.y = Frame::TOP;
        }
        self.y += height;
        self.y
    }

    fn rule(&mut self) {
        let rect = Rect { x: Self::LEFT, y: self.step(4.0) - 4.0, w: 44.0, h: 4.0 };
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.rect(rect, Role::Accent);
        }
        self.y += 18.0;
    }

    /// A text in the first of these types in which it takes few lines, else in the last.
    fn lines(&mut self, text: &str, types: &[Type]) {
        let wide = self.frame.text_width() - 8.0;
        let set = types.iter().map(|set| (Prose::plain(text, *set), set.size));
        let mut set = set.map(|(prose, size)| (prose.lines(wide), prose, size)).peekable();
        while let Some((lines, prose, size)) = set.next() {
            if lines.len() > Self::FEW && set.peek().is_some() {
                continue;
            }
            for line in &lines {
                let y = self.step(size * 1.27) - size * 0.27;
                if let Some(sheet) = self.sheets.last_mut() {
                    prose.draw(line, Point { x: Self::LEFT, y }, sheet, self.fonts);
                }
            }
            return;
        }
    }

    /// Labels and values above the foot of the page, or below the titles where they are many.
    fn imprint(&mut self, rows: &[(&str, &str)]) {
        const LINE: f32 = 14.0;
        const GAP: f32 = 8.0;
        let set = |role| Type { face: Face::Regular, size: 9.5, role };
        let half = self.frame.text_width() / 2.0;
        let wide = |label: &str| width(Face::Regular, 9.5, label);
        let column = rows.iter().map(|(label, _)| wide(label)).fold(70.0, f32::max).min(half) + 24.0;
        let (x, right) = (Self::LEFT, self.frame.right());
        let cells: Vec<[(Prose, f32, f32); 2]> = rows
            .iter()
            .map(|(label, value)| {
                let label = (Prose::plain(label, set(Role::Soft)), x, column - 24.0);
                [label, (Prose::plain(value, set(Role::Text)), x + column, right - x - column)]
            })
            .collect();
        let tall = |row: &[(Prose, f32, f32); 2]| row.iter().map(|(prose, _, wide)| prose.lines(*wide).len()).max();
        let heights: Vec<usize> = cells.iter().map(|row| tall(row).unwrap_or(0).max(1)).collect();
        let whole: f32 = heights.iter().map(|lines| *lines as f32 * LINE + GAP).sum();
        let foot = (self.frame.bottom() - whole).min(self.frame.height * 0.74);
        self.y = foot.max(self.y + 48.0);
        for (row, height) in cells.iter().zip(heights) {
            let lines = row.each_ref().map(|(prose, _, wide)| prose.lines(*wide));
            for at in 0..height {
                // The first line of a row carries the rule above it.
                let y = self.step(if at == 0 { LINE + GAP } else { LINE });
                let Some(sheet) = self.sheets.last_mut() else { return };
                if at == 0 {
                    let top = y - LINE - GAP;
                    sheet.line(&[Point { x, y: top }, Point { x: right, y: top }], Pen::hair(Role::Hairline));
                }
                for ((prose, x, _), lines) in row.iter().zip(&lines) {
                    if let Some(line) = lines.get(at) {
                        prose.draw(line, Point { x: *x, y: y - 7.0 }, sheet, self.fonts);
                    }
                }
            }
        }
    }
}

/// Sheets with the contents. Their page numbers are known once it is known how many they are.
struct Contents<'a> {
    fonts: &'a mut Fonts,
    frame: Frame,
    sheets: Vec<Sheet>,
    y: f32,
    /// Sheet, baseline, size and the body's sheet of each number.
    numbers: Vec<(usize, f32, Type, usize)>,
}

fn contents(frame: Frame, body: &mut Body, covers: usize) -> Vec<Sheet> {
    let listed: Vec<&Entry> = body.headings.iter().filter(|entry| entry.level <= DEPTH).collect();
    if listed.is_empty() {
        return Vec::new();
    }
    let mut contents =
        Contents { fonts: &mut body.fonts, frame, sheets: vec![Sheet::new(frame)], y: Frame::TOP, numbers: Vec::new() };
    contents.title("Contents");
    for entry in listed {
        contents.entry(entry, &entry.number);
    }
    if body.figures.len() > 1 {
        contents.title("Figures");
        for entry in &body.figures {
            contents.entry(&Entry { level: 2, ..entry.clone() }, &entry.number);
        }
    }
    contents.finish(covers)
}

impl Contents<'_> {
    fn title(&mut self, title: &str) {
        if self.y > Frame::TOP {
            self.y += 30.0;
        }
        self.room(90.0);
        let set = Type { face: Face::SemiBold, size: 19.0, role: Role::Text };
        let at = Point { x: Frame::SIDE, y: self.y + 19.0 };
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.text(self.fonts, at, Align::Start, set, title);
        }
        self.y += 36.0;
    }

    fn entry(&mut self, entry: &Entry, number: &str) {
        let (face, before) = if entry.level == 1 { (Face::SemiBold, 8.0) } else { (Face::Regular, 1.0) };
        let set = Type { face, size: 10.0, role: Role::Text };
        let (x, hang): (f32, f32) = match entry.level {
            1 => (Frame::SIDE, 22.0),
            2 => (Frame::SIDE + 22.0, 28.0),
            _ => (Frame::SIDE + 50.0, 36.0),
        };
        let hang = hang.max(width(face, 10.0, number) + 8.0);
        let prose = Prose::plain(&entry.title, set);
        let lines = prose.lines(self.frame.right() - NUMBERS - x - hang);
        let height = lines.len().max(1) as f32 * 15.0;
        self.y += before;
        self.room(height);
        let (mut y, frame) = (self.y, self.frame);
        let at = self.sheets.len() - 1;
        let Some(sheet) = self.sheets.last_mut() else { return };
        sheet.text(self.fonts, Point { x, y: y + 11.0 }, Align::Start, Type { role: Role::Soft, ..set }, number);
        let mut end = x + hang;
        for line in &lines {
            prose.draw(line, Point { x: x + hang, y: y + 11.0 }, sheet, self.fonts);
            end = x + hang + prose.line_width(line);
            y += 15.0;
        }
        let baseline = self.y + height - 4.0;
        leaders(sheet, end + 6.0, frame.right() - NUMBERS + 4.0, baseline);
        sheet.link(Rect { x, y: self.y, w: frame.right() - x, h: height }, Target::Place(entry.place));
        self.numbers.push((at, baseline, set, entry.place.sheet));
        self.y += height;
    }

    fn room(&mut self, need: f32) {
        if self.y + need > self.frame.bottom() {
            self.sheets.push(Sheet::new(self.frame));
            self.y = Frame::TOP;
        }
    }

    fn finish(mut self, covers: usize) -> Vec<Sheet> {
        let before = covers + self.sheets.len();
        for (at, y, set, page) in self.numbers {
            if let Some(sheet) = self.sheets.get_mut(at) {
                let number = (before + page + 1).to_string();
                sheet.text(self.fonts, Point { x: self.frame.right(), y }, Align::End, set, &number);
            }
        }
        self.sheets
    }
}

/// Dots on a grid, so that those of all lines stand below one another.
fn leaders(sheet: &mut Sheet, from: f32, to: f32, y: f32) {
    const STEP: f32 = 5.0;
    let from = (from / STEP).ceil() * STEP;
    if to - from > STEP {
        let pen = Pen { role: Role::ContainerLine, width: 0.8, dash: Some((0.8, STEP - 0.8)) };
        sheet.line(&[Point { x: from, y: y - 0.4 }, Point { x: to, y: y - 0.4 }], pen);
    }
}

/// What runs along every sheet.
struct Running<'a> {
    title: &'a str,
    subject: &'a str,
    date: &'a str,
    total: usize,
}

impl Running<'_> {
    fn set(&self, sheet: &mut Sheet, number: usize, fonts: &mut Fonts) {
        let set = Type { face: Face::Regular, size: 8.0, role: Role::Soft };
        let frame = sheet.frame;
        let half = frame.text_width() / 2.0 - 10.0;
        let short = |text: &str| shorten(set.face, set.size, text, half);
        let (left, right) = (Frame::SIDE, frame.right());
        let (head, foot) = (40.0, frame.height - 34.0);
        sheet.text(fonts, Point { x: left, y: head }, Align::Start, set, &short(self.subject));
        sheet.text(fonts, Point { x: right, y: head }, Align::End, set, &short(self.title));
        sheet.line(&[Point { x: left, y: head + 8.0 }, Point { x: right, y: head + 8.0 }], Pen::hair(Role::Hairline));
        sheet.text(fonts, Point { x: left, y: foot }, Align::Start, set, &short(self.date));
        let page = format!("Page {number} of {}", self.total);
        sheet.text(fonts, Point { x: right, y: foot }, Align::End, set, &page);
    }
}
