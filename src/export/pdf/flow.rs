//! The body: blocks set one below the other on sheet after sheet.

use std::collections::BTreeMap;

use super::{
    fonts::Fonts,
    geometry::{Frame, Paper},
    prose::Prose,
    sheet::{Place, Sheet, Type},
};
use crate::{
    document::{Block, Document, Rich},
    export::outline::{Heading, Numbering},
    scene::{Align, Point, Role},
    text::{Face, width},
};

const SIZE: f32 = 10.0;
const LEADING: f32 = 15.0;
/// Where the text of a list begins.
const INDENT: f32 = 18.0;
/// Between the mark of a point and its text.
const MARK_GAP: f32 = 6.0;

/// The body, set.
pub(super) struct Body {
    pub(super) sheets: Vec<Sheet>,
    pub(super) fonts: Fonts,
    pub(super) headings: Vec<Entry>,
    pub(super) figures: Vec<Entry>,
    pub(super) places: BTreeMap<String, Place>,
}

/// A heading or a figure, as contents and outline list it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) level: usize,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) place: Place,
}

pub(super) fn body(doc: &Document, paper: Paper) -> Body {
    let mut flow = Flow::new(Frame::upright(paper));
    flow.blocks(&doc.blocks, 1);
    if !flow.pending.is_empty() {
        flow.begin(0.0);
    }
    flow.close();
    Body { sheets: flow.sheets, fonts: flow.fonts, headings: flow.headings, figures: flow.figures, places: flow.places }
}

/// Where the next line goes, and what is behind it.
pub(super) struct Flow {
    pub(super) frame: Frame,
    /// How far down the sheet.
    pub(super) y: f32,
    pub(super) figures: Vec<Entry>,
    pub(super) tables: usize,
    pub(super) places: BTreeMap<String, Place>,
    fonts: Fonts,
    sheet: Option<Sheet>,
    sheets: Vec<Sheet>,
    /// Sheets that follow the current one.
    following: Vec<Sheet>,
    /// Space asked for before the next thing, unless it opens a sheet.
    gap: f32,
    /// Headings that wait for what they stand over.
    pending: Vec<Pending>,
    headings: Vec<Entry>,
    numbering: Numbering,
    /// What follows the next diagram of the section takes so much.
    pub(super) below_figure: f32,
}

struct Pending {
    heading: Heading,
    prose: Prose,
    look: HeadingLook,
}

#[derive(Clone, Copy)]
struct HeadingLook {
    size: f32,
    before: f32,
    after: f32,
}

impl HeadingLook {
    fn of(level: usize) -> Self {
        let (size, before, after) = match level {
            1 => (19.0, 34.0, 10.0),
            2 => (13.5, 24.0, 6.0),
            3 => (11.0, 18.0, 4.0),
            _ => (10.0, 14.0, 3.0),
        };
        Self { size, before, after }
    }

    /// Less space where a heading follows another at once.
    fn before_at(self, at: usize) -> f32 {
        if at == 0 { self.before } else { self.before * 0.4 }
    }

    fn leading(self) -> f32 {
        self.size * 1.3
    }
}

impl Flow {
    fn new(frame: Frame) -> Self {
        Self {
            frame,
            y: Frame::TOP,
            figures: Vec::new(),
            tables: 0,
            places: BTreeMap::new(),
            fonts: Fonts::default(),
            sheet: None,
            sheets: Vec::new(),
            following: Vec::new(),
            gap: 0.0,
            pending: Vec::new(),
            headings: Vec::new(),
            numbering: Numbering::default(),
            below_figure: 0.0,
        }
    }

    fn blocks(&mut self, blocks: &[Block], level: usize) {
        for block in blocks {
            match block {
                Block::Section { anchor, title, blocks } => {
                    let usual = self.frame;
                    let heading = Heading::new(level, self.numbering.next(level), title, anchor);
                    // A diagram is not parted from its section: all of it goes to the sheet that the diagram needs.
                    if let Some(frame) = super::figure::sheet_for(blocks, usual) {
                        self.turn(frame);
                    }
                    self.heading(heading);
                    self.around_figure(blocks, level + 1);
                    self.blocks(blocks, level + 1);
                    self.turn(usual);
                }
                Block::Paragraph(text) => self.paragraph(text),
                Block::List { numbered, items } => self.list(*numbered, items),
                Block::Table(table) => self.table(table),
                Block::Figure { scene, caption, .. } => self.figure(scene, caption),
            }
        }
    }

    /// Keeps the first diagram of a section with what stands above and below it, where one sheet can hold it all.
    fn around_figure(&mut self, blocks: &[Block], level: usize) {
        let Some(at) = blocks.iter().position(|block| matches!(block, Block::Figure { .. })) else { return };
        let (above, rest) = blocks.split_at(at);
        if above.iter().any(|block| matches!(block, Block::Section { .. })) {
            return;
        }
        let Some((Block::Figure { scene, .. }, below)) = rest.split_first() else { return };
        let below = below.split(|block| matches!(block, Block::Section { .. })).next().unwrap_or_default();
        self.below_figure = self.measured(below, level);
        let above = self.measured(above, level);
        let least = super::figure::least_height(scene, self.frame);
        if self.y > Frame::TOP && self.pending_height(false) + above + least > self.room() {
            self.close();
        }
    }

    /// How much of a sheet some blocks take; more than a sheet where one does not hold them.
    fn measured(&self, blocks: &[Block], level: usize) -> f32 {
        let mut trial = Self::new(self.frame);
        trial.blocks(blocks, level);
        if trial.sheets.is_empty() { trial.y + trial.gap - Frame::TOP } else { f32::INFINITY }
    }

    fn heading(&mut self, heading: Heading) {
        let look = HeadingLook::of(heading.level);
        let prose = Prose::plain(&heading.title, Type { face: Face::SemiBold, size: look.size, role: Role::Text });
        // A chapter opens a page, unless the page before has room for a good part of it.
        if heading.level == 1 && self.pending.is_empty() && self.y > Frame::TOP + self.frame.text_height() * 0.68 {
            self.close();
        }
        self.pending.push(Pending { heading, prose, look });
    }

    fn paragraph(&mut self, text: &Rich) {
        let prose = Prose::rich(text, SIZE);
        self.lines(&prose, 0.0, None);
        self.space(8.0);
    }

    fn list(&mut self, numbered: bool, items: &[Rich]) {
        // Numbers stand right-aligned before the text, within the margin however many digits they have.
        // Digits are not equally wide: `10.` is wider than `11.`.
        let number = |at: usize| width(Face::Regular, SIZE, &format!("{}.", at + 1));
        let widest = if numbered { (0..items.len()).map(number).fold(0.0, f32::max) } else { 0.0 };
        let indent = INDENT.max(widest + MARK_GAP);
        for (at, item) in items.iter().enumerate() {
            let mark = if numbered { format!("{}.", at + 1) } else { "•".to_owned() };
            let prose = Prose::rich(item, SIZE);
            self.lines(&prose, indent, Some(&mark));
            self.space(3.0);
        }
        self.space(8.0);
    }

    /// Lines of text; the first two and the last two stay together.
    fn lines(&mut self, prose: &Prose, indent: f32, mark: Option<&str>) {
        let lines = prose.lines(self.frame.text_width() - indent);
        for (at, line) in lines.iter().enumerate() {
            let left = lines.len() - at;
            let together = if left <= 3 && at == 0 {
                left
            } else if left == 2 || at == 0 {
                2
            } else {
                1
            };
            self.begin(together as f32 * LEADING);
            let baseline = self.y + LEADING - 4.2;
            let (sheet, fonts) = self.canvas();
            if let Some(mark) = mark.filter(|_| at == 0) {
                let set = Type { face: Face::Regular, size: SIZE, role: Role::Soft };
                sheet.text(fonts, Point { x: Frame::SIDE + indent - MARK_GAP, y: baseline }, Align::End, set, mark);
            }
            prose.draw(line, Point { x: Frame::SIDE + indent, y: baseline }, sheet, fonts);
            self.y += LEADING;
        }
    }

    /// Asks for space before what comes next.
    pub(super) fn space(&mut self, gap: f32) {
        self.gap = self.gap.max(gap);
    }

    /// Makes sure that `need` points are left on the sheet, and sets the headings that waited for what takes them.
    pub(super) fn begin(&mut self, need: f32) {
        let headed = !self.pending.is_empty();
        let gap = if headed { 0.0 } else { self.gap };
        if self.sheet.is_some() && self.y > Frame::TOP && gap + self.pending_height(false) + need > self.room() {
            self.close();
        }
        self.open();
        if self.y > Frame::TOP {
            self.y += gap;
        }
        self.gap = 0.0;
        for (at, pending) in std::mem::take(&mut self.pending).into_iter().enumerate() {
            if self.y > Frame::TOP {
                self.y += pending.look.before_at(at);
            }
            self.set_heading(pending);
        }
    }

    fn set_heading(&mut self, Pending { heading, prose, look }: Pending) {
        let place = self.place();
        let set = Type { face: Face::SemiBold, size: look.size, role: Role::Accent };
        let indent = number_width(&heading, look);
        let lines = prose.lines(self.frame.text_width() - indent);
        let mut y = self.y;
        let (sheet, fonts) = self.canvas();
        let baseline = y + look.leading() - look.size * 0.3;
        sheet.text(fonts, Point { x: Frame::SIDE, y: baseline }, Align::Start, set, &heading.number);
        for line in &lines {
            y += look.leading();
            prose.draw(line, Point { x: Frame::SIDE + indent, y: y - look.size * 0.3 }, sheet, fonts);
        }
        self.y = y.max(self.y + look.leading()) + look.after;
        self.places.entry(heading.anchor).or_insert(place);
        self.headings.push(Entry { level: heading.level, number: heading.number, title: heading.title, place });
    }

    /// How much of a sheet the waiting headings take, at its top or further down.
    pub(super) fn pending_height(&self, at_top: bool) -> f32 {
        let height = |(at, pending): (usize, &Pending)| {
            let before = if at == 0 && at_top { 0.0 } else { pending.look.before_at(at) };
            let width = self.frame.text_width() - number_width(&pending.heading, pending.look);
            before + pending.prose.lines(width).len().max(1) as f32 * pending.look.leading() + pending.look.after
        };
        self.pending.iter().enumerate().map(height).sum()
    }

    /// How much of the sheet is left.
    pub(super) fn room(&self) -> f32 {
        self.frame.bottom() - self.y
    }

    /// Where the next line goes.
    pub(super) fn place(&self) -> Place {
        Place { sheet: self.sheets.len(), y: self.y }
    }

    pub(super) fn canvas(&mut self) -> (&mut Sheet, &mut Fonts) {
        let frame = self.frame;
        (self.sheet.get_or_insert_with(|| Sheet::new(frame)), &mut self.fonts)
    }

    /// Begins a sheet if there is none.
    pub(super) fn open(&mut self) {
        if self.sheet.is_none() {
            self.sheet = Some(Sheet::new(self.frame));
            self.y = Frame::TOP;
        }
    }

    /// Ends the sheet.
    pub(super) fn close(&mut self) {
        self.sheets.extend(self.sheet.take());
        self.sheets.append(&mut self.following);
        (self.y, self.gap) = (Frame::TOP, 0.0);
    }

    /// Goes on with sheets of another size.
    pub(super) fn turn(&mut self, frame: Frame) {
        if frame != self.frame {
            self.close();
            self.frame = frame;
        }
    }

    /// Draws on a sheet of its own. The text goes on where it was, unless its heading went with the drawing.
    pub(super) fn own_sheet(&mut self, frame: Frame, draw: impl FnOnce(&mut Self) -> Place) -> Place {
        let usual = self.frame;
        if self.sheet.is_none() || !self.pending.is_empty() {
            self.turn(frame);
            self.begin(0.0);
            let place = draw(self);
            self.turn(usual);
            return place;
        }
        let index = self.sheets.len() + 1 + self.following.len();
        let (sheet, y, gap) = (self.sheet.take(), self.y, self.gap);
        self.frame = frame;
        self.open();
        let place = draw(self);
        let drawn = self.sheet.take();
        self.following.extend(drawn);
        (self.frame, self.sheet, self.y, self.gap) = (usual, sheet, y, gap);
        Place { sheet: index, ..place }
    }
}

fn number_width(heading: &Heading, look: HeadingLook) -> f32 {
    width(Face::SemiBold, look.size, &heading.number) + look.size * 0.7
}
