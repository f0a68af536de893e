//! What a PDF really holds: read back from its page operations, links and outline.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document as File, Object, ObjectId, content::Content};

/// A run of text as it is painted: its box, from the lower left corner of the page.
#[derive(Clone, Debug)]
pub struct Run {
    pub left: f32,
    pub right: f32,
    pub baseline: f32,
    pub size: f32,
    pub upwards: bool,
}

/// A page.
pub struct Page {
    pub id: ObjectId,
    pub width: f32,
    pub height: f32,
    pub runs: Vec<Run>,
    /// Horizontal lines of tables: from, to, height. Those of diagrams may run behind a plaque.
    pub rules: Vec<(f32, f32, f32)>,
}

/// A heading of the outline: how deep, what it says, and where it leads: page and height.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub depth: usize,
    pub title: String,
    pub page: usize,
    pub top: f32,
}

pub fn open(bytes: &[u8]) -> File {
    File::load_mem(bytes).unwrap()
}

pub fn pages(file: &File) -> Vec<Page> {
    file.get_pages().into_values().map(|id| page(file, id)).collect()
}

fn number(object: &Object) -> f32 {
    object.as_float().unwrap()
}

/// The widths of glyphs by font, in thousandths.
fn widths(file: &File, page: ObjectId) -> BTreeMap<Vec<u8>, Vec<f32>> {
    let mut widths = BTreeMap::new();
    for (name, font) in file.get_page_fonts(page).unwrap() {
        let descendants = font.get(b"DescendantFonts").and_then(Object::as_array).unwrap();
        let descendant = file.dereference(&descendants[0]).unwrap().1.as_dict().unwrap();
        let array = file.dereference(descendant.get(b"W").unwrap()).unwrap().1.as_array().unwrap();
        let list = file.dereference(&array[1]).unwrap().1.as_array().unwrap();
        widths.insert(name, list.iter().map(number).collect());
    }
    widths
}

fn page(file: &File, id: ObjectId) -> Page {
    let dictionary = file.get_dictionary(id).unwrap();
    let media = dictionary.get(b"MediaBox").and_then(Object::as_array).unwrap();
    let widths = widths(file, id);
    let content = Content::decode(&file.get_page_content(id)).unwrap();
    let (mut font, mut size, mut place, mut upwards) = (Vec::new(), 0.0, (0.0, 0.0), false);
    let (mut from, mut to, mut pen) = (None, None, 0.0);
    let (mut runs, mut rules) = (Vec::new(), Vec::new());
    for operation in content.operations {
        let value = |at: usize| number(&operation.operands[at]);
        match operation.operator.as_str() {
            "Tf" => (font, size) = (operation.operands[0].as_name().unwrap().to_vec(), value(1)),
            "Td" => (place, upwards) = ((value(0), value(1)), false),
            "Tm" => (place, upwards) = ((value(4), value(5)), value(1) != 0.0),
            "TJ" => {
                let mut long = 0.0;
                for item in operation.operands[0].as_array().unwrap() {
                    match item {
                        Object::String(codes, _) => {
                            for code in codes.chunks(2) {
                                let glyph = usize::from(code[0]) * 256 + usize::from(code[1]);
                                long += widths[&font][glyph];
                            }
                        }
                        kern => long -= number(kern),
                    }
                }
                let right = place.0 + long * size / 1000.0;
                runs.push(Run { left: place.0, right, baseline: place.1, size, upwards });
            }
            "w" => pen = value(0),
            "m" => (from, to) = (Some((value(0), value(1))), None),
            "l" => to = if to.is_none() { Some((value(0), value(1))) } else { Some((f32::NAN, f32::NAN)) },
            "S" => {
                if let (Some((x1, y1)), Some((x2, y2))) = (from, to)
                    && y1 == y2
                    && pen == 0.6
                {
                    rules.push((x1.min(x2), x1.max(x2), y1));
                }
            }
            _ => {}
        }
    }
    Page { id, width: number(&media[2]), height: number(&media[3]), runs, rules }
}

/// What is wrong with where text stands: outside of its page, over other text, or struck through by a line.
pub fn misplaced(pages: &[Page]) -> Vec<String> {
    const SIDE: f32 = 57.0;
    const PROSE: [f32; 12] = [8.0, 8.37, 8.5, 9.0, 9.3, 9.5, 10.0, 11.0, 13.5, 16.0, 19.0, 30.0];
    let mut wrong = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let say = |what: &str, run: &Run| format!("page {}: {what}: {run:?}", at + 1);
        for run in page.runs.iter().filter(|run| !run.upwards) {
            if run.left < SIDE - 0.6 || run.right > page.width - SIDE + 0.6 {
                wrong.push(say("beyond the margin", run));
            }
            if run.baseline < 30.0 || run.baseline > page.height - 30.0 {
                wrong.push(say("off the page", run));
            }
            let struck = |(from, to, y): &&(f32, f32, f32)| {
                *from < run.right - 1.0
                    && *to > run.left + 1.0
                    && *y > run.baseline - 0.2 * run.size
                    && *y < run.baseline + 0.6 * run.size
            };
            if page.rules.iter().any(|rule| struck(&rule)) {
                wrong.push(say("struck through", run));
            }
        }
        // Words of diagrams have other sizes; where they stand is the layout's business, and has its own tests.
        let prose = |run: &&Run| PROSE.contains(&run.size) && !run.upwards && run.right - run.left > 0.1;
        let flat: Vec<&Run> = page.runs.iter().filter(prose).collect();
        for (one, run) in flat.iter().enumerate() {
            for other in &flat[one + 1..] {
                let beside = run.right <= other.left + 0.6 || other.right <= run.left + 0.6;
                let apart = (run.baseline - other.baseline).abs() >= 0.8 * run.size.min(other.size);
                if !beside && !apart {
                    wrong.push(format!("{} and {other:?}", say("one over another", run)));
                }
            }
        }
    }
    wrong
}

/// Where the links of all pages lead: a page and a height, or an address.
pub fn links(file: &File, pages: &[Page]) -> Vec<Result<(usize, f32), String>> {
    let mut found = Vec::new();
    for page in pages {
        let dictionary = file.get_dictionary(page.id).unwrap();
        let Ok(list) = dictionary.get(b"Annots").and_then(|list| file.dereference(list)).map(|(_, list)| list) else {
            continue;
        };
        for link in list.as_array().unwrap() {
            let link = file.dereference(link).unwrap().1.as_dict().unwrap();
            let action = file.dereference(link.get(b"A").unwrap()).unwrap().1.as_dict().unwrap();
            found.push(match action.get(b"URI") {
                Ok(uri) => Err(String::from_utf8_lossy(uri.as_str().unwrap()).into_owned()),
                Err(_) => Ok(destination(action.get(b"D").and_then(Object::as_array).unwrap(), pages)),
            });
        }
    }
    found
}

/// The page, counted from 0, and the height that a destination names. Panics where there is no such page.
fn destination(to: &[Object], pages: &[Page]) -> (usize, f32) {
    let id = to[0].as_reference().unwrap();
    let page = pages.iter().position(|page| page.id == id).expect("a link leads to no page");
    let top = number(&to[3]);
    assert!(top > 0.0 && top <= pages[page].height, "{top}");
    (page, top)
}

/// The outline, in order.
pub fn outline(file: &File, pages: &[Page]) -> Vec<Entry> {
    fn collect(file: &File, parent: &Dictionary, depth: usize, pages: &[Page], found: &mut Vec<Entry>) {
        let mut next = parent.get(b"First").ok();
        let mut before = None;
        while let Some(id) = next.map(|id| id.as_reference().unwrap()) {
            let item = file.get_dictionary(id).unwrap();
            assert_eq!(item.get(b"Prev").ok().map(|id| id.as_reference().unwrap()), before);
            let title = lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap();
            let (page, top) = destination(item.get(b"Dest").and_then(Object::as_array).unwrap(), pages);
            found.push(Entry { depth, title, page, top });
            collect(file, item, depth + 1, pages, found);
            before = Some(id);
            next = item.get(b"Next").ok();
        }
        assert_eq!(parent.get(b"Last").ok().map(|id| id.as_reference().unwrap()), before);
    }
    let mut found = Vec::new();
    let Ok(root) = file.catalog().unwrap().get(b"Outlines") else { return found };
    let root = file.dereference(root).unwrap().1.as_dict().unwrap();
    collect(file, root, 1, pages, &mut found);
    found
}
