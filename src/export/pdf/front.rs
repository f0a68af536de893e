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
    let mut sheets = vec![title_page(doc, frame, &mut body.fonts)];
    sheets.extend(contents(frame, body));
    let total = sheets.len() + body.sheets.len();
    let running = Running { title: &doc.title, subject: &doc.subject, date: &doc.date, total };
    for (at, sheet) in sheets.iter_mut().chain(&mut body.sheets).enumerate().skip(1) {
        running.set(sheet, at + 1, &mut body.fonts);
    }
    sheets
}

fn title_page(doc: &Document, frame: Frame, fonts: &mut Fonts) -> Sheet {
    let mut sheet = Sheet::new(frame);
    let set = |face, size, role| Type { face, size, role };
    let x = Frame::SIDE + 8.0;
    let wide = frame.text_width() - 8.0;
    sheet.text(fonts, Point { x, y: 92.0 }, Align::Start, set(Face::SemiBold, 11.0, Role::Soft), &doc.organisation);
    let mut y = frame.height * 0.29;
    sheet.rect(Rect { x, y, w: 44.0, h: 4.0 }, Role::Accent);
    y += 22.0;
    let title = Prose::plain(&doc.title, set(Face::SemiBold, 30.0, Role::Text));
    for line in title.lines(wide) {
        y += 38.0;
        title.draw(&line, Point { x, y: y - 8.0 }, &mut sheet, fonts);
    }
    y += 10.0;
    let subject = Prose::plain(&doc.subject, set(Face::Regular, 16.0, Role::Soft));
    for line in subject.lines(wide) {
        y += 23.0;
        subject.draw(&line, Point { x, y: y - 6.0 }, &mut sheet, fonts);
    }
    let mut rows: Vec<(&str, &str)> =
        doc.imprint.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect();
    if !doc.date.is_empty() && !rows.iter().any(|(label, _)| label.eq_ignore_ascii_case("date")) {
        rows.push(("Date", &doc.date));
    }
    imprint(&mut sheet, &rows, y + 48.0, fonts);
    sheet
}

/// Labels and values above the foot of the page, or below `top` where they are many.
fn imprint(sheet: &mut Sheet, rows: &[(&str, &str)], top: f32, fonts: &mut Fonts) {
    let set = |face, role| Type { face, size: 9.5, role };
    let x = Frame::SIDE + 8.0;
    let labels = rows.iter().map(|(label, _)| width(Face::Regular, 9.5, label)).fold(70.0, f32::max) + 24.0;
    let values: Vec<Prose> =
        rows.iter().map(|(_, value)| Prose::plain(value, set(Face::Regular, Role::Text))).collect();
    let room = sheet.frame.right() - x - labels;
    let height: f32 = values.iter().map(|value| value.lines(room).len().max(1) as f32 * 14.0 + 8.0).sum();
    let mut y = (sheet.frame.bottom() - height).min(sheet.frame.height * 0.74).max(top);
    let right = sheet.frame.right();
    let rule = |y: f32| [Point { x, y }, Point { x: right, y }];
    for ((label, _), value) in rows.iter().zip(&values) {
        sheet.line(&rule(y), Pen::hair(Role::Hairline));
        sheet.text(fonts, Point { x, y: y + 15.0 }, Align::Start, set(Face::Regular, Role::Soft), label);
        let lines = value.lines(room);
        for (at, line) in lines.iter().enumerate() {
            value.draw(line, Point { x: x + labels, y: y + 15.0 + at as f32 * 14.0 }, sheet, fonts);
        }
        y += lines.len().max(1) as f32 * 14.0 + 8.0;
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

fn contents(frame: Frame, body: &mut Body) -> Vec<Sheet> {
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
    contents.finish()
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

    fn finish(mut self) -> Vec<Sheet> {
        let before = 1 + self.sheets.len();
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
