//! Sheets → bytes.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, StringFormat, dictionary};
use printpdf::{
    Actions, BorderArray, Codepoint, Color, ColorArray, CustomPdfConformance, Destination, FontId, HighlightingMode, Line,
    LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint, LinkAnnotation, Op, PaintMode, ParsedFont, PdfConformance,
    PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect, Rgb, TextItem,
    TextMatrix, WindingOrder,
};
use subsetter::GlyphRemapper;

use super::{
    ExportError, Pdf,
    sheet::{Mark, Sheet, Target},
};
use crate::{
    document::Document,
    scene::{Outline, Palette, Role, Stroke},
    text::{Face, Run},
};

/// A bezier circle's handle, as a share of the radius.
const KAPPA: f32 = 0.552_284_8;

/// Writes the sheets.
pub(super) fn write(document: &Document, sheets: &[Sheet]) -> Result<Pdf, ExportError> {
    let fonts = Fonts::new(sheets)?;
    let anchors = anchors(sheets);
    let mut pdf = PdfDocument::new(&document.title);
    pdf.metadata.info.conformance = PdfConformance::Custom(CustomPdfConformance::default());
    for (face, font) in &fonts.0 {
        pdf.resources.fonts.map.insert(resource(*face), PdfFont::new(font.parsed.clone()));
    }
    let pages = sheets.iter().map(|sheet| Page { sheet, fonts: &fonts, anchors: &anchors, ops: Vec::new() }.build());
    pdf.with_pages(pages.collect());
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, ..PdfSaveOptions::default() };
    let mut file = pdf.to_lopdf_document(&options, &mut warnings);
    finish(&mut file, document, sheets)?;
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|error| ExportError::Write(error.to_string()))?;
    Ok(Pdf { bytes, missing: missing(sheets) })
}

fn resource(face: Face) -> FontId {
    FontId(format!("F{}", 100 + face as usize))
}

fn runs(sheets: &[Sheet]) -> impl Iterator<Item = &Run> {
    sheets.iter().flat_map(|sheet| &sheet.marks).flat_map(|mark| match mark {
        Mark::Text { runs, .. } => runs.as_slice(),
        _ => &[],
    })
}

fn missing(sheets: &[Sheet]) -> Vec<char> {
    let lacking = runs(sheets).flat_map(|run| &run.glyphs).filter(|glyph| glyph.id == 0);
    let chars: BTreeSet<char> = lacking.flat_map(|glyph| glyph.text.chars()).filter(|c| !c.is_control()).collect();
    chars.into_iter().collect()
}

/// Where names stand: page from 1, and how far from its foot.
fn anchors(sheets: &[Sheet]) -> BTreeMap<&str, (usize, f32)> {
    let mut anchors = BTreeMap::new();
    for (page, sheet) in sheets.iter().enumerate() {
        for (name, y) in &sheet.anchors {
            anchors.entry(name.as_str()).or_insert((page + 1, sheet.h - y + 8.0));
        }
    }
    anchors
}

/// The used glyphs of each face.
struct Fonts(BTreeMap<Face, Font>);

struct Font {
    parsed: ParsedFont,
    remapper: GlyphRemapper,
}

impl Fonts {
    fn new(sheets: &[Sheet]) -> Result<Self, ExportError> {
        let mut used: BTreeMap<Face, BTreeSet<u16>> = BTreeMap::new();
        for run in runs(sheets) {
            used.entry(run.face).or_default().extend(run.glyphs.iter().map(|glyph| glyph.id));
        }
        let mut fonts = BTreeMap::new();
        for (face, glyphs) in used {
            let failed = || ExportError::Font(face.name());
            let mut remapper = GlyphRemapper::new();
            for glyph in &glyphs {
                remapper.remap(*glyph);
            }
            let cut = subsetter::subset(face.bytes(), 0, &remapper).map_err(|_| failed())?;
            let mut parsed = ParsedFont::from_bytes(&cut, 0, &mut Vec::new()).ok_or_else(failed)?;
            parsed.font_name = Some(format!("{}+{}", tag(&glyphs), face.name()));
            fonts.insert(face, Font { parsed, remapper });
        }
        Ok(Self(fonts))
    }
}

/// Six letters that stand for a set of glyphs, as PDF wants before the name of a subset.
fn tag(glyphs: &BTreeSet<u16>) -> String {
    let mut hash = hashed(glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()));
    let letter = |_| {
        let letter = char::from(b'A' + (hash % 26) as u8);
        hash /= 26;
        letter
    };
    (0..6).map(letter).collect()
}

/// FNV-1a, 64 bits.
fn hashed(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

struct Page<'a> {
    sheet: &'a Sheet,
    fonts: &'a Fonts,
    anchors: &'a BTreeMap<&'a str, (usize, f32)>,
    ops: Vec<Op>,
}

impl Page<'_> {
    fn build(mut self) -> PdfPage {
        self.ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
        self.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Butt });
        for mark in &self.sheet.marks {
            match mark {
                Mark::Text { x, y, runs, size, role } => self.text(*x, *y, runs, *size, *role),
                Mark::Shape { outline, fill, stroke } => self.shape(outline, *fill, *stroke),
                Mark::Path { points, stroke } => self.path(points, *stroke),
                Mark::Link { x, y, w, h, to } => self.link((*x, *y, *w, *h), to),
            }
        }
        let paper = Rect {
            x: Pt(0.0),
            y: Pt(0.0),
            width: Pt(self.sheet.w),
            height: Pt(self.sheet.h),
            mode: None,
            winding_order: None,
        };
        PdfPage { media_box: paper.clone(), trim_box: paper.clone(), crop_box: paper, ops: self.ops }
    }

    fn point(&self, x: f32, y: f32) -> Point {
        Point { x: Pt(rounded(x)), y: Pt(rounded(self.sheet.h - y)) }
    }

    fn text(&mut self, x: f32, y: f32, runs: &[Run], size: f32, role: Role) {
        self.ops.push(Op::SetFillColor { col: colour(role) });
        let mut pen = x;
        for run in runs {
            let Some(font) = self.fonts.0.get(&run.face) else { continue };
            let at = self.point(pen, y);
            self.ops.push(Op::StartTextSection);
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(resource(run.face)), size: Pt(rounded(size)) });
            self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(at.x, at.y) });
            self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs(run, font))] });
            self.ops.push(Op::EndTextSection);
            pen += run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * size;
        }
    }

    fn shape(&mut self, outline: &Outline, fill: Option<Role>, stroke: Option<Stroke>) {
        let points = match outline {
            Outline::Round(rect, radius) => self.round(rect.x, rect.y, rect.w, rect.h, *radius),
            Outline::Circle(centre, r) => self.round(centre.x - r, centre.y - r, 2.0 * r, 2.0 * r, *r),
            Outline::Polygon(points) => points.iter().map(|p| LinePoint { p: self.point(p.x, p.y), bezier: false }).collect(),
        };
        if points.len() < 3 {
            return;
        }
        if let Some(role) = fill {
            self.ops.push(Op::SetFillColor { col: colour(role) });
        }
        if let Some(stroke) = stroke {
            self.pen(stroke);
        }
        let mode = match (fill, stroke) {
            (Some(_), Some(_)) => PaintMode::FillStroke,
            (Some(_), None) => PaintMode::Fill,
            (None, Some(_)) => PaintMode::Stroke,
            (None, None) => return,
        };
        let rings = vec![PolygonRing { points }];
        self.ops.push(Op::DrawPolygon { polygon: Polygon { rings, mode, winding_order: WindingOrder::NonZero } });
    }

    /// A rectangle with round corners, clockwise from the left end of its upper side.
    fn round(&self, x: f32, y: f32, w: f32, h: f32, radius: f32) -> Vec<LinePoint> {
        let r = radius.min(w / 2.0).min(h / 2.0).max(0.0);
        let at = |x: f32, y: f32, bezier: bool| LinePoint { p: self.point(x, y), bezier };
        if r < 0.01 {
            return vec![at(x, y, false), at(x + w, y, false), at(x + w, y + h, false), at(x, y + h, false)];
        }
        let (k, right, low) = (r * (1.0 - KAPPA), x + w, y + h);
        vec![
            at(x + r, y, false),
            at(right - r, y, false),
            at(right - k, y, true),
            at(right, y + k, true),
            at(right, y + r, false),
            at(right, low - r, false),
            at(right, low - k, true),
            at(right - k, low, true),
            at(right - r, low, false),
            at(x + r, low, false),
            at(x + k, low, true),
            at(x, low - k, true),
            at(x, low - r, false),
            at(x, y + r, false),
            at(x, y + k, true),
            at(x + k, y, true),
            at(x + r, y, false),
        ]
    }

    fn path(&mut self, points: &[(f32, f32)], stroke: Stroke) {
        if points.len() < 2 {
            return;
        }
        self.pen(stroke);
        let points = points.iter().map(|(x, y)| LinePoint { p: self.point(*x, *y), bezier: false }).collect();
        self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
    }

    fn pen(&mut self, stroke: Stroke) {
        self.ops.push(Op::SetOutlineColor { col: colour(stroke.role) });
        self.ops.push(Op::SetOutlineThickness { pt: Pt(rounded(stroke.width)) });
        // Dash lengths are in diagram units: on paper they shrink with the line's width, which is 1.5 units at least.
        let pattern = stroke.dash.pattern(stroke.width).map_or(Vec::new(), |(on, off)| {
            let scale = if stroke.dash == crate::scene::Dash::Dashed { stroke.width / 1.6 } else { 1.0 };
            vec![rounded(on * scale), rounded(off * scale)]
        });
        self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern { offset: 0.0, pattern: pattern.into() } });
    }

    fn link(&mut self, (x, y, w, h): (f32, f32, f32, f32), to: &Target) {
        let actions = match to {
            Target::Url(url) => Actions::Uri(url.chars().map(encoded).collect()),
            Target::Anchor(name) => {
                let Some((page, top)) = self.anchors.get(name.as_str()).copied() else { return };
                Actions::Goto(Destination::Xyz { page, left: Some(0.0), top: Some(rounded(top)), zoom: None })
            }
        };
        let low = self.point(x, y + h);
        let rect = Rect { x: low.x, y: low.y, width: Pt(rounded(w)), height: Pt(rounded(h)), mode: None, winding_order: None };
        let link = LinkAnnotation::new(
            rect,
            actions,
            Some(BorderArray::Solid([0.0; 3])),
            Some(ColorArray::Transparent),
            Some(HighlightingMode::None),
        );
        self.ops.push(Op::LinkAnnotation { link });
    }
}

/// Two digits are finer than any printer; what is no number becomes 0 rather than a broken file.
fn rounded(value: f32) -> f32 {
    if value.is_finite() { (value * 100.0).round() / 100.0 } else { 0.0 }
}

/// The characters that an address may hold, the others in percent.
fn encoded(c: char) -> String {
    if c.is_ascii_graphic() {
        return c.to_string();
    }
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn colour(role: Role) -> Color {
    let crate::scene::Rgba(r, g, b, a) = Palette::Light.rgba(role);
    // Paper is white: what is translucent is mixed with it.
    let mixed = |value: u8| {
        let share = f32::from(a) / 255.0;
        ((f32::from(value) * share + 255.0 * (1.0 - share)) / 255.0 * 1000.0).round() / 1000.0
    };
    Color::Rgb(Rgb { r: mixed(r), g: mixed(g), b: mixed(b), icc_profile: None })
}

/// Glyphs with the corrections that bring the widths of the font dictionary, which are whole thousandths, to what was
/// measured.
fn glyphs(run: &Run, font: &Font) -> Vec<Codepoint> {
    let em = f32::from(font.parsed.units_per_em).max(1.0);
    let (mut wanted, mut written) = (0.0_f64, 0.0_f64);
    let mut out = Vec::with_capacity(run.glyphs.len());
    for glyph in &run.glyphs {
        let id = font.remapper.get(glyph.id).unwrap_or(0);
        let width = font.parsed.glyph_widths.get(&id).map_or(0.0, |width| (f32::from(*width) * 1000.0 / em).floor());
        wanted += f64::from(glyph.advance) * 1000.0;
        let kern = ((written + f64::from(width) - wanted) * 10.0).round() / 10.0;
        written += f64::from(width) - kern;
        out.push(Codepoint::with_cid(id, kern as f32, glyph.text.clone()));
    }
    out
}

/// What printpdf does not write: names instead of its random ids, outline, language, view.
fn finish(file: &mut lopdf::Document, document: &Document, sheets: &[Sheet]) -> Result<(), ExportError> {
    let failed = |error: lopdf::Error| ExportError::Write(error.to_string());
    file.version = "1.7".to_owned();
    let authors = document.imprint.iter().find(|(label, _)| label == "Authors").map(|(_, value)| value.as_str());
    let mut info = dictionary! {
        "Title" => utf16(&format!("{}: {}", document.subject, document.title)),
        "Subject" => utf16(&document.subject),
        "Creator" => utf16(concat!("Spandrel ", env!("CARGO_PKG_VERSION"))),
        "Producer" => utf16("printpdf, lopdf"),
    };
    if let Some(authors) = authors {
        info.set("Author", utf16(authors));
    }
    let digits: String = document.date.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 8 {
        info.set("CreationDate", Object::string_literal(format!("D:{digits}000000Z")));
    }
    let info = file.add_object(info);
    file.trailer.set("Info", info);
    let pages: BTreeMap<u32, lopdf::ObjectId> = file.get_pages();
    let outline = outline(file, sheets, &pages);
    let catalog = file.catalog_mut().map_err(failed)?;
    catalog.remove(b"Metadata");
    catalog.remove(b"OutputIntents");
    catalog.set("Lang", Object::string_literal("en"));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    file.prune_objects();
    file.renumber_objects();
    file.compress();
    let mut bytes = Vec::new();
    for object in file.objects.values() {
        if let Ok(stream) = object.as_stream() {
            bytes.extend_from_slice(&hashed(stream.content.iter().copied()).to_be_bytes());
        }
    }
    let id = hashed(bytes.iter().copied().chain(document.title.bytes()).chain(document.date.bytes()));
    let id = Object::String([id.to_be_bytes(), id.rotate_left(32).to_be_bytes()].concat(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
    Ok(())
}

fn utf16(text: &str) -> Object {
    let bytes = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The outline as a tree of headings.
fn outline(file: &mut lopdf::Document, sheets: &[Sheet], pages: &BTreeMap<u32, lopdf::ObjectId>) -> Option<lopdf::ObjectId> {
    struct Entry {
        level: usize,
        id: lopdf::ObjectId,
        parent: Option<usize>,
        dict: Dictionary,
    }
    let mut entries: Vec<Entry> = Vec::new();
    for (page, sheet) in sheets.iter().enumerate() {
        let Some(page) = u32::try_from(page + 1).ok().and_then(|page| pages.get(&page)) else { continue };
        for (level, title, y) in &sheet.headings {
            let parent = entries.iter().rposition(|entry| entry.level < *level);
            let top = rounded(sheet.h - y + 8.0);
            let dict = dictionary! {
                "Title" => utf16(title),
                "Dest" => vec![Object::Reference(*page), "XYZ".into(), Object::Null, top.into(), Object::Null],
            };
            entries.push(Entry { level: *level, id: file.new_object_id(), parent, dict });
        }
    }
    let root = file.new_object_id();
    let children = |parent: Option<usize>| -> Vec<usize> {
        entries.iter().enumerate().filter(|(_, entry)| entry.parent == parent).map(|(at, _)| at).collect()
    };
    let family = |parent: Option<usize>| {
        let ids: Vec<lopdf::ObjectId> = children(parent).into_iter().map(|at| entries[at].id).collect();
        (ids.first().copied(), ids.last().copied(), ids.len())
    };
    let (first, last, count) = family(None);
    let (first, last) = (first?, last?);
    let mut finished = vec![(
        root,
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => i64::try_from(count).unwrap_or(0) },
    )];
    for (at, entry) in entries.iter().enumerate() {
        let mut dict = entry.dict.clone();
        dict.set("Parent", entry.parent.map_or(root, |parent| entries[parent].id));
        let siblings = children(entry.parent);
        let place = siblings.iter().position(|other| *other == at).unwrap_or(0);
        if let Some(before) = place.checked_sub(1).and_then(|place| siblings.get(place)) {
            dict.set("Prev", entries[*before].id);
        }
        if let Some(after) = siblings.get(place + 1) {
            dict.set("Next", entries[*after].id);
        }
        if let (Some(first), Some(last), count) = family(Some(at)) {
            dict.set("First", first);
            dict.set("Last", last);
            // Negative: folded until somebody opens it.
            dict.set("Count", -i64::try_from(count).unwrap_or(0));
        }
        finished.push((entry.id, dict));
    }
    for (id, dict) in finished {
        file.set_object(id, dict);
    }
    Some(root)
}
