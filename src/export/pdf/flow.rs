//! Blocks on pages: title page, contents, chapters, running heads and feet.

use std::collections::BTreeMap;

use super::{
    Paper, figure,
    rich::{self, Line},
    sheet::{Mark, Sheet, Target},
    table,
};
use crate::{
    document::{Block, Document, Rich},
    export::outline,
    scene::Role,
    text::{self, Face},
};

const MARGIN: f32 = 54.0;
const TOP: f32 = 72.0;
const BOTTOM: f32 = 60.0;
const BODY: f32 = 10.0;
const LEADING: f32 = 14.5;
/// Height of a line of the contents.
const ENTRY: f32 = 18.0;

/// A document on its way to paper.
pub(super) struct Flow {
    paper: (f32, f32),
    sheets: Vec<Sheet>,
    /// Where the next thing goes, from the top of the page.
    pub(super) y: f32,
    figures: usize,
    numbers: outline::Numbering,
}

/// Lays out a document.
pub(super) fn flow(document: &Document, paper: Paper) -> Vec<Sheet> {
    let paper = paper.size_pt();
    let entries = outline::headings(document);
    let per_page = (((paper.1 - TOP - BOTTOM - 48.0) / ENTRY).floor() as usize).max(1);
    let contents = entries.iter().filter(|entry| entry.level <= 2).count().div_ceil(per_page).max(1);
    let mut flow = Flow { paper, sheets: Vec::new(), y: TOP, figures: 0, numbers: outline::Numbering::default() };
    flow.sheets.push(Sheet::new(paper));
    for block in &document.blocks {
        flow.block(block, 1);
    }
    let mut sheets = vec![title_page(document, paper)];
    let first = 2 + contents;
    sheets.extend(contents_pages(&flow.sheets, paper, per_page, contents, first));
    sheets.extend(flow.sheets);
    heads_and_feet(document, &mut sheets);
    sheets
}

impl Flow {
    pub(super) fn sheet(&mut self) -> &mut Sheet {
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::new(self.paper));
        }
        let last = self.sheets.len() - 1;
        &mut self.sheets[last]
    }

    pub(super) fn paper(&self) -> (f32, f32) {
        self.paper
    }

    pub(super) fn margin(&self) -> f32 {
        MARGIN
    }

    /// What heads and feet take of a page's height.
    pub(super) fn frame(&self) -> f32 {
        TOP + BOTTOM
    }

    pub(super) fn left(&self) -> f32 {
        MARGIN
    }

    pub(super) fn width(&self) -> f32 {
        self.sheets.last().map_or(self.paper.0, |sheet| sheet.w) - 2.0 * MARGIN
    }

    /// How much height is left on this page.
    pub(super) fn room(&self) -> f32 {
        self.sheets.last().map_or(self.paper.1, |sheet| sheet.h) - BOTTOM - self.y
    }

    /// How much height an empty page has.
    pub(super) fn page_room(&self) -> f32 {
        self.sheets.last().map_or(self.paper.1, |sheet| sheet.h) - TOP - BOTTOM
    }

    pub(super) fn break_page(&mut self) {
        let size = self.sheets.last().map_or(self.paper, |sheet| (sheet.w, sheet.h));
        self.sheets.push(Sheet::new(size));
        self.y = TOP;
    }

    /// A new page unless so much height is left, or the page is empty anyway.
    pub(super) fn need(&mut self, height: f32) {
        if height > self.room() && self.y > TOP + 1.0 {
            self.break_page();
        }
    }

    pub(super) fn space(&mut self, height: f32) {
        self.y += height;
    }

    pub(super) fn anchor(&mut self, name: &str) {
        if !name.is_empty() {
            let y = self.y;
            self.sheet().anchors.push((name.to_owned(), y));
        }
    }

    /// A page of its own size; a page that holds nothing but headings gives way, and its headings come along.
    pub(super) fn own_sheet(&mut self, size: (f32, f32)) {
        let only_headings = self.sheets.last().is_some_and(|sheet| self.y < TOP + 120.0 && sheet.marks.len() <= 4);
        if only_headings && let Some(sheet) = self.sheets.last_mut() {
            (sheet.w, sheet.h) = size;
            return;
        }
        self.sheets.push(Sheet::new(size));
        self.y = TOP;
    }

    /// Back to the usual paper.
    pub(super) fn usual_sheet(&mut self) {
        self.sheets.push(Sheet::new(self.paper));
        self.y = TOP;
    }

    fn block(&mut self, block: &Block, level: usize) {
        match block {
            Block::Section { anchor, title, blocks } => {
                self.heading(anchor, title, level, blocks.first());
                for block in blocks {
                    self.block(block, level + 1);
                }
            }
            Block::Paragraph(rich) => self.paragraph(rich, 0.0, None),
            Block::List { numbered, items } => {
                for (at, item) in items.iter().enumerate() {
                    let sign = if *numbered { format!("{}.", at + 1) } else { "•".to_owned() };
                    self.paragraph(item, 18.0, Some(&sign));
                }
                self.space(2.0);
            }
            Block::Table(table) => table::table(self, table),
            Block::Figure { scene, caption, .. } => figure::figure(self, scene, caption),
        }
    }

    fn heading(&mut self, anchor: &str, title: &str, level: usize, next: Option<&Block>) {
        let number = self.numbers.next(level);
        let (size, above, below) = match level {
            1 => (20.0, 0.0, 14.0),
            2 => (13.0, 14.0, 7.0),
            _ => (11.0, 10.0, 5.0),
        };
        let fresh = self.y <= TOP + 1.0;
        if level == 1 && !fresh {
            self.break_page();
        }
        // A heading keeps company with the first lines of what follows.
        let company = match next {
            Some(Block::Table(_)) => 70.0,
            Some(Block::Section { .. }) => 60.0,
            _ => 3.0 * LEADING,
        };
        self.need(above + size + below + company);
        if self.y > TOP + 1.0 {
            self.space(above);
        }
        self.anchor(anchor);
        let text = format!("{number}  {title}");
        let lines = text::wrap(Face::SemiBold, size, &text, self.width());
        let (x, top) = (self.left(), self.y);
        self.sheet().headings.push((level, text, top));
        for line in lines {
            let y = self.y + size;
            self.sheet().text(x, y, &line, Face::SemiBold, size, Role::Text);
            self.space(size * 1.25);
        }
        self.space(below);
    }

    fn paragraph(&mut self, rich: &Rich, indent: f32, sign: Option<&str>) {
        let lines = rich::lines(rich, BODY, self.width() - indent);
        if lines.is_empty() {
            return;
        }
        self.need(LEADING * lines.len().min(2) as f32);
        for (at, line) in lines.iter().enumerate() {
            // No line alone at the top of a page.
            let last_two = at + 2 == lines.len() && lines.len() > 2;
            self.need(if last_two { 2.0 * LEADING } else { LEADING });
            self.line(line, indent, sign.filter(|_| at == 0));
        }
        self.space(if sign.is_some() { 4.0 } else { 7.0 });
    }

    fn line(&mut self, line: &Line, indent: f32, sign: Option<&str>) {
        let (x, y) = (self.left(), self.y + BODY);
        if let Some(sign) = sign {
            self.sheet().text(x + 2.0, y, sign, Face::Regular, BODY, Role::Soft);
        }
        line.put(self.sheet(), x + indent, y, BODY);
        self.y += LEADING;
    }

    /// The caption of a table stands above it, and not without its first rows.
    pub(super) fn caption_above(&mut self, caption: &str, company: f32) {
        self.need(16.0 + company);
        let (x, y) = (self.left(), self.y + 9.0);
        self.sheet().text(x, y, caption, Face::SemiBold, 9.0, Role::Soft);
        self.space(15.0);
    }

    pub(super) fn figure_caption(&mut self, caption: &str) {
        self.figures += 1;
        let text = format!("Figure {}. {caption}", self.figures);
        let (x, y, width) = (self.left(), self.y + 14.0, self.width());
        let wide = text::width(Face::Regular, 9.0, &text).min(width);
        self.sheet().text(x + (width - wide) / 2.0, y, &text::shorten(Face::Regular, 9.0, &text, width), Face::Regular, 9.0, Role::Soft);
        self.space(26.0);
    }
}

fn title_page(document: &Document, paper: (f32, f32)) -> Sheet {
    let mut sheet = Sheet::new(paper);
    let (x, width) = (MARGIN, paper.0 - 2.0 * MARGIN);
    sheet.fill(x, 150.0, 48.0, 4.0, Role::Accent);
    let mut y = 205.0;
    for line in text::wrap(Face::SemiBold, 34.0, &document.subject, width) {
        sheet.text(x, y, &line, Face::SemiBold, 34.0, Role::Text);
        y += 42.0;
    }
    for line in text::wrap(Face::Regular, 18.0, &document.title, width) {
        sheet.text(x, y, &line, Face::Regular, 18.0, Role::Soft);
        y += 26.0;
    }
    if !document.organisation.is_empty() && document.organisation != document.subject {
        y += 6.0;
        sheet.text(x, y, &text::shorten(Face::Regular, 12.0, &document.organisation, width), Face::Regular, 12.0, Role::Soft);
    }
    let rows: Vec<(&str, &str)> =
        document.imprint.iter().map(|(label, value)| (label.as_str(), value.as_str())).chain([("Date", document.date.as_str())]).collect();
    let wrapped: Vec<(&str, Vec<String>)> =
        rows.into_iter().map(|(label, value)| (label, text::wrap(Face::Regular, 10.0, value, width - 120.0))).collect();
    let lines: usize = wrapped.iter().map(|(_, lines)| lines.len()).sum();
    let mut y = paper.1 - BOTTOM - 20.0 - 18.0 * lines as f32;
    sheet.rule(x, y - 20.0, width, Role::Hairline);
    for (label, lines) in wrapped {
        sheet.text(x, y, label, Face::Regular, 10.0, Role::Soft);
        for line in lines {
            sheet.text(x + 120.0, y, &line, Face::Regular, 10.0, Role::Text);
            y += 18.0;
        }
    }
    sheet
}

/// The contents: headings of the first two levels with the numbers of their pages.
fn contents_pages(body: &[Sheet], paper: (f32, f32), per_page: usize, count: usize, first: usize) -> Vec<Sheet> {
    let all = body.iter().enumerate().flat_map(|(page, sheet)| sheet.headings.iter().map(move |heading| (page + first, heading)));
    let entries: Vec<_> = all.filter(|(_, (level, ..))| *level <= 2).collect();
    let mut sheets = Vec::new();
    for part in 0..count {
        let mut sheet = Sheet::new(paper);
        let width = paper.0 - 2.0 * MARGIN;
        let mut y = TOP + 20.0;
        if part == 0 {
            sheet.text(MARGIN, y, "Contents", Face::SemiBold, 20.0, Role::Text);
        }
        y += 34.0;
        for (page, (level, title, _)) in entries.iter().skip(part * per_page).take(per_page) {
            let (face, indent) = if *level == 1 { (Face::SemiBold, 0.0) } else { (Face::Regular, 16.0) };
            let number = page.to_string();
            let short = text::shorten(face, 10.0, title, width - indent - 40.0);
            sheet.text(MARGIN + indent, y, &short, face, 10.0, Role::Text);
            sheet.text_to(MARGIN + width, y, &number, Face::Regular, 10.0, Role::Soft);
            let from = MARGIN + indent + text::width(face, 10.0, &short) + 6.0;
            let to = MARGIN + width - text::width(Face::Regular, 10.0, &number) - 6.0;
            if to > from {
                let stroke = crate::scene::Stroke { role: Role::ContainerLine, width: 0.7, dash: crate::scene::Dash::Dotted };
                sheet.marks.push(Mark::Path { points: vec![(from, y - 2.0), (to, y - 2.0)], stroke });
            }
            let to = Target::Anchor(format!("page {page} {title}"));
            sheet.marks.push(Mark::Link { x: MARGIN, y: y - 11.0, w: width, h: ENTRY - 2.0, to });
            y += ENTRY;
        }
        sheets.push(sheet);
    }
    sheets
}

fn heads_and_feet(document: &Document, sheets: &mut [Sheet]) {
    let count = sheets.len();
    // Links of the contents name a heading by page and title.
    for (at, sheet) in sheets.iter_mut().enumerate() {
        let places: BTreeMap<String, f32> = sheet.headings.iter().map(|(_, title, y)| (format!("page {} {title}", at + 1), *y)).collect();
        sheet.anchors.extend(places);
        if at == 0 {
            continue;
        }
        let (w, h) = (sheet.w, sheet.h);
        let room = (w - 2.0 * MARGIN) / 2.0 - 10.0;
        let subject = text::shorten(Face::Regular, 8.0, &document.subject, room);
        let title = text::shorten(Face::Regular, 8.0, &document.title, room);
        sheet.text(MARGIN, 40.0, &subject, Face::Regular, 8.0, Role::Soft);
        sheet.text_to(w - MARGIN, 40.0, &title, Face::Regular, 8.0, Role::Soft);
        sheet.rule(MARGIN, 47.0, w - 2.0 * MARGIN, Role::Hairline);
        sheet.text(MARGIN, h - 32.0, &document.date, Face::Regular, 8.0, Role::Soft);
        sheet.text_to(w - MARGIN, h - 32.0, &format!("Page {} of {count}", at + 1), Face::Regular, 8.0, Role::Soft);
    }
}
