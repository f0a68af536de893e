mod layout;

use std::{fs, path::PathBuf, process::Command};

use super::*;
use crate::{
    document::{Column, Rich, Row, Style, Table},
    export::sample,
    scene::{Align, Dash, Role, Stroke},
    text::Face,
};

fn made(doc: &Document) -> Pdf {
    pdf(doc, Paper::A4).expect("a PDF")
}

fn blocks(blocks: Vec<Block>) -> Document {
    Document { blocks, ..sample::document() }
}

/// What a tool says about the file; none where the tool is not installed.
fn tool(name: &str, args: &[&str], bytes: &[u8]) -> Option<(bool, String)> {
    let file: PathBuf = tempfile::NamedTempFile::new().ok()?.into_temp_path().keep().ok()?;
    fs::write(&file, bytes).ok()?;
    let path = file.to_str()?;
    let args = args.iter().map(|arg| if *arg == "FILE" { path } else { arg });
    let output = Command::new(name).args(args).output();
    _ = fs::remove_file(&file);
    let output = output.ok()?;
    Some((
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
    ))
}

fn text(bytes: &[u8]) -> Option<String> {
    tool("pdftotext", &["-layout", "FILE", "-"], bytes).map(|(_, text)| text)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn pages(bytes: &[u8]) -> usize {
    lopdf::Document::load_mem(bytes).expect("readable").get_pages().len()
}

#[test]
fn the_file_is_sound_and_its_fonts_are_cut_down() {
    let pdf = made(&sample::document());
    assert!(pdf.missing.is_empty());
    let file = lopdf::Document::load_mem(&pdf.bytes).expect("readable");
    let mut fonts = 0;
    for object in file.objects.values() {
        let Ok(dict) = object.as_dict() else { continue };
        if dict.get(b"Type").and_then(|kind| kind.as_name()).is_ok_and(|kind| kind == b"FontDescriptor") {
            fonts += 1;
            assert!(dict.has(b"FontFile2"));
            let name = dict.get(b"FontName").and_then(|name| name.as_name()).expect("a name");
            assert!(name[..6].iter().all(u8::is_ascii_uppercase) && name[6] == b'+');
        }
    }
    assert_eq!(fonts, 4);
    assert!(pdf.bytes.len() < 120_000, "{}", pdf.bytes.len());
    if let Some((sound, report)) = tool("qpdf", &["--check", "FILE"], &pdf.bytes) {
        assert!(sound && !report.contains("WARNING"), "{report}");
    }
    if let Some((_, report)) = tool("pdffonts", &["FILE"], &pdf.bytes) {
        assert_eq!(report.matches("yes yes yes").count(), 4, "{report}");
    }
    if let Some((_, report)) = tool("pdfinfo", &["FILE"], &pdf.bytes) {
        for part in ["Ana Čović", "blueprint · Nordwind", "Page size:       595.28 x 841.89", "Metadata Stream: yes"]
        {
            assert!(report.contains(part), "{part}: {report}");
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let first = made(&sample::document());
    assert_eq!(first, made(&sample::document()));
    let other = Document { date: "2026-03-15".to_owned(), ..sample::document() };
    assert_ne!(first.bytes, made(&other).bytes);
}

#[test]
fn text_can_be_copied_out() {
    let pdf = made(&sample::document());
    let Some(text) = text(&pdf.bytes) else { return };
    for part in [
        "Grüße, Łódź, Ωμέγα, Жизнь, € 5, a → b, x ≤ y.",
        "POST /v2/orders",
        "Zahlung & Größe",
        "2.2.1.1",
        "int-0060",
        "✓",
    ] {
        assert!(squeezed(&text).contains(&squeezed(part)), "{part} is not in\n{text}");
    }
    let count = pages(&pdf.bytes);
    assert!(text.contains(&format!("Page {count} of {count}")));
    assert!(squeezed(&text).contains("Figure1.Theorderlandscape"));
}

#[test]
fn contents_and_references_are_links() {
    let pdf = made(&sample::document());
    let file = lopdf::Document::load_mem(&pdf.bytes).expect("readable");
    let page_ids: Vec<_> = file.get_pages().into_values().collect();
    let mut links = Vec::new();
    for page in &page_ids {
        let annotations =
            file.get_dictionary(*page).and_then(|page| page.get(b"Annots")).and_then(|list| list.as_array());
        for annotation in annotations.expect("annotations") {
            links.push(
                annotation
                    .as_dict()
                    .and_then(|link| link.get(b"A"))
                    .and_then(|action| action.as_dict())
                    .expect("an action")
                    .clone(),
            );
        }
    }
    let goes = |link: &lopdf::Dictionary| {
        link.get(b"D")
            .and_then(|to| to.as_array())
            .is_ok_and(|to| to[0].as_reference().is_ok_and(|id| page_ids.contains(&id)))
    };
    // Five headings within three levels, and the same paragraph three times, wrapped or not.
    assert!(links.iter().filter(|link| goes(link)).count() >= 8);
    assert!(links.iter().all(|link| goes(link) || link.has(b"URI")));
    let outlines = file
        .catalog()
        .and_then(|catalog| catalog.get(b"Outlines"))
        .and_then(|id| file.dereference(id))
        .expect("an outline")
        .1;
    assert_eq!(
        outlines.as_dict().and_then(|dict| dict.get(b"Count")).and_then(lopdf::Object::as_i64).expect("a count"),
        2
    );
}

#[test]
fn odd_documents() {
    let empty = made(&Document::default());
    assert_eq!(pages(&empty.bytes), 1);
    let section = |title: &str| Block::Section { anchor: String::new(), title: title.to_owned(), blocks: Vec::new() };
    let figure = |scene| Block::Figure { scene, caption: "An odd one".to_owned(), alt: String::new() };
    made(&blocks(vec![
        section(""),
        section("last"),
        Block::Table(Table::default()),
        figure(Scene::default()),
        Block::Paragraph(Rich::plain("")),
    ]));
    let mut scene = sample::scene();
    scene.items.push(Item::Shape {
        outline: Outline::Circle(Point { x: f32::NAN, y: 0.0 }, 1.0),
        fill: Some(Role::Text),
        stroke: None,
    });
    let error = pdf(&blocks(vec![section("a"), figure(scene)]), Paper::Letter).expect_err("no number");
    assert!(error.to_string().contains("An odd one"));
    let strange =
        made(&blocks(vec![Block::Paragraph(Rich::plain("注 and 文\u{7}, e\u{301}, \u{AD}-\u{A0}-\u{200B}."))]));
    assert_eq!(strange.missing, ['文', '注']);
}

/// Entities by systems.
fn matrix(count: usize) -> Table {
    let mut columns = vec![Column { title: "Entity".to_owned(), weight: 3.0, centred: false }];
    columns.extend((0..count).map(|at| Column { title: format!("Warehouse system {at}"), weight: 1.0, centred: true }));
    let cells = |row| {
        (0..=count).map(|at| Rich::plain(if at == 0 { format!("Entity {row}") } else { "CRU".to_owned() })).collect()
    };
    let rows = (0..9).map(|row| Row { anchor: String::new(), cells: cells(row) }).collect();
    Table { columns, rows, caption: String::new() }
}

/// A row of boxes.
fn wide_scene(w: f32) -> Scene {
    let stroke = Some(Stroke { role: Role::BoxLine, width: 1.2, dash: Dash::Solid });
    let one = |x: f32| {
        let outline = Outline::Round(Rect { x: x + 20.0, y: 20.0, w: 120.0, h: 60.0 }, 8.0);
        let at = Point { x: x + 80.0, y: 54.0 };
        let label = Item::Text {
            at,
            text: "Small".to_owned(),
            face: Face::Regular,
            size: 11.0,
            role: Role::Text,
            align: Align::Middle,
        };
        [Item::Shape { outline, fill: Some(Role::BoxFill), stroke }, label]
    };
    let count = (w / 160.0) as usize;
    Scene {
        bounds: Rect { x: 0.0, y: 0.0, w, h: 100.0 },
        items: (0..count).flat_map(|at| one(at as f32 * 160.0)).collect(),
    }
}

/// Writes the sample where `SPANDREL_PDF_SAMPLE` says, to be looked at.
#[test]
fn the_sample_can_be_looked_at() {
    let Ok(path) = std::env::var("SPANDREL_PDF_SAMPLE") else { return };
    let mut doc = sample::document();
    let section = |title: &str, blocks| Block::Section { anchor: String::new(), title: title.to_owned(), blocks };
    let figure = |w| Block::Figure { scene: wide_scene(w), caption: format!("{w} wide"), alt: String::new() };
    let paragraph = || Block::Paragraph(sample::rich());
    let mut table = sample::table(12);
    table.rows.iter_mut().for_each(|row| row.cells[2] = sample::rich());
    doc.blocks.push(section(
        "Matrices",
        vec![Block::Table(matrix(6)), Block::Table(matrix(12)), paragraph(), Block::Table(matrix(24)), paragraph()],
    ));
    doc.blocks.push(section(
        "Figures",
        vec![paragraph(), figure(1200.0), paragraph(), section("On its own sheet", vec![figure(1900.0)]), paragraph()],
    ));
    doc.blocks.push(section("Tall rows", vec![section("Rows", vec![Block::Table(table)])]));
    fs::write(path, made(&doc).bytes).expect("written");
}
