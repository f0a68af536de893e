//! The laws of documents, whatever is in them: text stays in its place, links lead somewhere, outlines are the headings.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use spandrel::{
    document::{Block, Column, Deliverable, Document, Link, Rich, Row, Span, Style, Table},
    export::{self, Paper},
    model::{Key, Model, cascade},
    scene::{Align, Item, Point, Rect, Role, Scene},
    text::Face,
    workbench::{SurveyOptions, document, survey},
};

use crate::{
    day, open,
    paper::{self, Entry},
};

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[A-Za-zßé]{1,9}",
        1 => "[A-Za-z0-9_]{30,90}",
        1 => prop_oneof![Just("→"), Just("≤"), Just("注文"), Just("a/b-c"), Just("\n"), Just("<b>&"), Just("|"), Just("e\u{301}")]
            .prop_map(str::to_owned),
    ]
}

fn text(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(word(), 0..most).prop_map(|words| words.join(" "))
}

/// Rich text; a link is numbered and gets its anchor later.
fn rich(most: usize) -> impl Strategy<Value = Rich> {
    let styles = [Style::Plain, Style::Bold, Style::Unstated, Style::Code, Style::Error, Style::Warning, Style::Soft];
    let link = proptest::option::weighted(0.2, any::<u8>().prop_map(|at| Link::Anchor(at.to_string())));
    let span = (text(most), proptest::sample::select(styles.to_vec()), link);
    proptest::collection::vec(span, 0..4)
        .prop_map(|spans| Rich(spans.into_iter().map(|(text, style, link)| Span { text, style, link }).collect()))
}

fn table() -> impl Strategy<Value = Table> {
    (1_usize..12, any::<bool>(), text(6)).prop_flat_map(|(columns, matrix, caption)| {
        let heads = proptest::collection::vec((text(3), 0.0_f32..5.0, any::<bool>()), columns);
        // Now and then a cell that is taller than a page.
        let cell = prop_oneof![3 => Just(Rich::default()), 12 => rich(5), 1 => rich(400)];
        let rows = proptest::collection::vec(proptest::collection::vec(cell, 0..columns + 2), 0..9);
        (heads, rows).prop_map(move |(heads, rows)| Table {
            columns: heads
                .into_iter()
                .map(|(title, weight, centred)| Column { title, weight, centred: centred || matrix })
                .collect(),
            rows: rows.into_iter().map(|cells| Row { anchor: "row".to_owned(), cells }).collect(),
            caption: caption.clone(),
        })
    })
}

fn figure() -> impl Strategy<Value = Block> {
    (20.0_f32..2600.0, 20.0_f32..1500.0, text(9)).prop_map(|(w, h, caption)| {
        let at = Point { x: w / 2.0, y: h / 2.0 };
        let (face, role, align) = (Face::Regular, Role::Text, Align::Middle);
        let items = vec![Item::Text { at, text: "x".to_owned(), face, size: 11.0, role, align }];
        Block::Figure {
            scene: Scene { bounds: Rect { x: 0.0, y: 0.0, w, h }, items },
            caption,
            alt: "<alt> [x]".to_owned(),
        }
    })
}

fn leaf() -> impl Strategy<Value = Block> {
    prop_oneof![
        4 => rich(40).prop_map(Block::Paragraph),
        2 => (any::<bool>(), proptest::collection::vec(rich(20), 0..6))
            .prop_map(|(numbered, items)| Block::List { numbered, items }),
        2 => table().prop_map(Block::Table),
        1 => figure(),
    ]
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let block = leaf().prop_recursive(5, 24, 4, |inner| {
        (text(6), proptest::collection::vec(inner, 0..4)).prop_map(|(title, blocks)| Block::Section {
            anchor: "section".to_owned(),
            title,
            blocks,
        })
    });
    proptest::collection::vec(block, 0..7)
}

/// A document whose anchors are all different and whose links all lead to one of them.
fn any_document() -> impl Strategy<Value = Document> {
    (blocks(), text(6), text(6)).prop_map(|(mut blocks, title, subject)| {
        let mut anchors = 0;
        name(&mut blocks, &mut anchors);
        aim(&mut blocks, anchors);
        Document { title, subject, date: "2026-11-22".to_owned(), blocks, ..Document::default() }
    })
}

fn name(blocks: &mut [Block], count: &mut usize) {
    for block in blocks {
        match block {
            Block::Section { anchor, blocks, .. } => {
                *anchor = format!("place {count}");
                *count += 1;
                name(blocks, count);
            }
            Block::Table(table) => {
                for row in &mut table.rows {
                    row.anchor = format!("place {count}");
                    *count += 1;
                }
            }
            _ => {}
        }
    }
}

fn aim(blocks: &mut [Block], anchors: usize) {
    let set = |rich: &mut Rich| {
        for span in &mut rich.0 {
            if let Some(Link::Anchor(anchor)) = &mut span.link {
                let wanted: usize = anchor.parse().unwrap();
                span.link = (anchors > 0).then(|| Link::Anchor(format!("place {}", wanted % anchors.max(1))));
            }
        }
    };
    for block in blocks {
        match block {
            Block::Section { blocks, .. } => aim(blocks, anchors),
            Block::Paragraph(rich) => set(rich),
            Block::List { items, .. } => items.iter_mut().for_each(set),
            Block::Table(table) => table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(set),
            Block::Figure { .. } => {}
        }
    }
}

/// The headings of a document with their numbers, as an outline must have them.
fn headings(blocks: &[Block], depth: usize, prefix: &str, found: &mut Vec<(usize, String)>) {
    let mut count = 0;
    for block in blocks {
        if let Block::Section { title, blocks, .. } = block {
            count += 1;
            let number = if prefix.is_empty() { count.to_string() } else { format!("{prefix}.{count}") };
            let line: Vec<&str> = title.split_whitespace().collect();
            found.push((depth, format!("{number} {}", line.join(" "))));
            headings(blocks, depth + 1, &number, found);
        }
    }
}

/// Links to places of the document with something to be seen.
fn visible_links(blocks: &[Block]) -> usize {
    let count = |rich: &Rich| rich.0.iter().filter(|s| s.link.is_some() && !s.text.trim().is_empty()).count();
    let of = |block: &Block| match block {
        Block::Section { blocks, .. } => visible_links(blocks),
        Block::Paragraph(rich) => count(rich),
        Block::List { items, .. } => items.iter().map(count).sum(),
        Block::Table(table) => {
            table.rows.iter().flat_map(|row| row.cells.iter().take(table.columns.len())).map(count).sum()
        }
        Block::Figure { .. } => 0,
    };
    blocks.iter().map(of).sum()
}

fn check_pdf(doc: &Document, paper: Paper) -> Result<(), TestCaseError> {
    let made = export::pdf(doc, paper).unwrap();
    prop_assert_eq!(&made, &export::pdf(doc, paper).unwrap(), "two exports differ");
    let file = paper::open(&made.bytes);
    let pages = paper::pages(&file);
    let wrong = paper::misplaced(&pages);
    prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let outline = paper::outline(&file, &pages);
    let mut wanted = Vec::new();
    headings(&doc.blocks, 1, "", &mut wanted);
    let found: Vec<(usize, String)> = outline.iter().map(|entry| (entry.depth, entry.title.clone())).collect();
    prop_assert_eq!(&found, &wanted);
    let place = |entry: &Entry| (entry.page, -entry.top);
    prop_assert!(outline.windows(2).all(|pair| place(&pair[0]) <= place(&pair[1])), "{:?}", outline);
    // Every link has a target: fewer would mean that one was dropped. Contents and figures are links too.
    let inner = paper::links(&file, &pages).into_iter().flatten().count();
    let listed = wanted.iter().filter(|(depth, _)| *depth <= 3).count();
    prop_assert!(inner >= visible_links(&doc.blocks) + listed, "{} links", inner);
    Ok(())
}

/// What stands between two marks, wherever both stand.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|part| part.split(close).next()).collect()
}

fn check_html(doc: &Document) -> Result<(), TestCaseError> {
    let text = export::html(doc);
    let ids = between(&text, " id=\"", "\"");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    prop_assert_eq!(ids.len(), unique.len(), "two places of one name");
    for target in between(&text, "href=\"#", "\"") {
        prop_assert!(unique.contains(target), "#{} is nowhere", target);
    }
    Ok(())
}

fn check_markdown(doc: &Document) -> Result<(), TestCaseError> {
    let made = export::markdown(doc, "x-figures");
    let places: BTreeSet<&str> = between(&made.text, "<a id=\"", "\"").into_iter().collect();
    for target in between(&made.text, "](#", ")") {
        prop_assert!(places.contains(target), "#{} is nowhere", target);
    }
    let shown: Vec<&str> = between(&made.text, "](x-figures/", ")");
    let files: Vec<&str> = made.figures.iter().map(|(name, _)| name.as_str()).collect();
    prop_assert_eq!(shown, files);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_set_within_its_pages(doc in any_document()) {
        check_pdf(&doc, Paper::A4)?;
    }

    #[test]
    fn every_link_of_a_page_or_text_leads_somewhere(doc in any_document()) {
        check_html(&doc)?;
        check_markdown(&doc)?;
    }
}

fn built(model: &Model, deliverable: Deliverable) -> Document {
    document(
        &survey(model, 0, SurveyOptions { as_of: day(), grouping: None, lens: spandrel::model::Lens::Kinds }),
        deliverable,
    )
}

fn dead_links(doc: &Document) -> Vec<String> {
    let html = export::html(doc);
    let ids: BTreeSet<&str> = between(&html, " id=\"", "\"").into_iter().collect();
    between(&html, "href=\"#", "\"").into_iter().filter(|at| !ids.contains(at)).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn what_is_left_of_a_model_is_a_document(
        picks in proptest::collection::vec(any::<proptest::sample::Index>(), 0..40),
        without in proptest::sample::subsequence(
            vec!["systems", "domains", "findings", "Interactions", "changes", "conflicts", "questions"], 0..4),
        long in word(),
    ) {
        let mut model = open("examples/retail-legacy.ron");
        for pick in picks {
            let keys: Vec<Key> = model.keys().into_iter().filter(|key| !key.kind.is_single()).collect();
            let edits = cascade(&model, &[keys[pick.index(keys.len())].clone()]);
            model.apply(&edits).unwrap();
        }
        let mut report = (*model.report.value).clone();
        report.without = without.iter().map(|name| (*name).to_owned()).collect();
        report.narrative = BTreeMap::from([("summary".to_owned(), format!("{long}\n\n{long}"))]);
        model.report.value = std::sync::Arc::new(report);
        for deliverable in Deliverable::ALL {
            let doc = built(&model, deliverable);
            prop_assert_eq!(dead_links(&doc), Vec::<String>::new());
            check_html(&doc)?;
            check_markdown(&doc)?;
            check_pdf(&doc, Paper::Letter)?;
        }
    }
}

/// The first section of this name, wherever it is.
pub fn section<'a>(blocks: &'a [Block], wanted: &str) -> Option<&'a [Block]> {
    blocks.iter().find_map(|block| match block {
        Block::Section { anchor, blocks, .. } if anchor == wanted => Some(blocks.as_slice()),
        Block::Section { blocks, .. } => section(blocks, wanted),
        _ => None,
    })
}

fn lines(mark: &str, lines: impl Iterator<Item = String>) -> String {
    lines.flat_map(|line| [mark.to_owned(), line, "\n".to_owned()]).collect()
}

/// All text of some blocks, a line for each paragraph, point and row.
pub fn told(blocks: &[Block]) -> String {
    let of = |block: &Block| match block {
        Block::Section { title, blocks, .. } => format!("# {title}\n{}", told(blocks)),
        Block::Paragraph(rich) => rich.text() + "\n",
        Block::List { items, .. } => lines("- ", items.iter().map(Rich::text)),
        Block::Table(table) => {
            let cells = |row: &Row| row.cells.iter().map(|cell| cell.text().replace('\n', ", ")).collect::<Vec<_>>();
            lines("| ", table.rows.iter().map(|row| cells(row).join(" | ")))
        }
        Block::Figure { caption, .. } => format!("[{caption}]\n"),
    };
    blocks.iter().map(of).collect()
}

#[test]
fn the_blueprint_has_its_chapters() {
    let doc = built(&open("examples/retail-legacy.ron"), Deliverable::Blueprint);
    let chapter = |name: &str| told(section(&doc.blocks, name).unwrap_or_else(|| panic!("no chapter {name}")));
    assert!(chapter("summary").contains("Decided: Orders are placed by command and told by event; 6 changes"));
    let finance = chapter("domain-finance");
    assert!(finance.contains("[Finance and its direct neighbours]") && finance.contains("| Billing | Service"));
    let flow = chapter("flow-checkout");
    assert!(flow.contains("[Checkout, its steps numbered in order]"));
    assert!(flow.contains("- Customer → Web shop: command") && flow.contains("- side by side: Event backbone"));
    assert!(chapter("interactions-commands").contains("| orders") || chapter("interactions-commands").contains("REST"));
    assert!(chapter("patterns-used").contains("| Adapter | ERP adapter | Billing, Pricing | ERP | temporary"));
    assert!(chapter("patterns-missing").contains("ERP is reached directly by Warehouse system"));
    assert!(chapter("waivers").contains("| 2027-12-31 | in force"));
    assert!(chapter("decisions").contains("Choice: The web shop calls Orders"));
    assert!(chapter("glossary").contains("| System of record |") && !chapter("glossary").contains("| Outbox |"));
}

#[test]
fn an_expired_waiver_says_so() {
    let model = open("examples/retail-legacy.ron");
    let at = |day: &str| {
        let options = SurveyOptions { as_of: day.parse().unwrap(), grouping: None, lens: spandrel::model::Lens::Kinds };
        let doc = document(&survey(&model, 0, options), Deliverable::Blueprint);
        told(section(&doc.blocks, "waivers").unwrap())
    };
    assert!(at("2027-12-31").contains("in force"));
    assert!(at("2028-01-01").contains("expired: the finding counts again"));
}

#[test]
fn the_report_has_its_say_in_every_document() {
    let mut model = open("examples/retail-legacy.ron");
    let mut report = (*model.report.value).clone();
    report.without = vec!["Landscape".to_owned(), "retirements".to_owned()];
    let says = |name: &str| (name.to_owned(), format!("Said of {name}.\n\nAnd more."));
    report.narrative = ["ownership", "Timeline"].map(says).into();
    report.featured = vec!["VER001 contract:pricing-api".to_owned()];
    model.report.value = std::sync::Arc::new(report);
    let [blueprint, roadmap] = Deliverable::ALL.map(|deliverable| built(&model, deliverable));
    assert!(section(&blueprint.blocks, "landscape").is_none() && section(&roadmap.blocks, "retirements").is_none());
    assert!(told(section(&blueprint.blocks, "ownership").unwrap()).starts_with("Said of ownership.\nAnd more.\n"));
    assert!(told(section(&roadmap.blocks, "timeline").unwrap()).starts_with("Said of Timeline.\nAnd more.\n["));
    let summary = told(section(&blueprint.blocks, "summary").unwrap());
    assert!(summary.lines().find(|line| line.starts_with("- ")).unwrap().starts_with("- VER001"), "{summary}");
    assert!(blueprint.imprint.contains(&("Document".to_owned(), "EA-2026-014".to_owned())));
}
