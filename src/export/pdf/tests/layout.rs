//! Where things are: tables, matrices, figures and headings on their sheets.

use super::*;

#[test]
fn a_long_table_repeats_its_head_and_loses_no_row() {
    let pdf = made(&blocks(vec![Block::Table(sample::table(300))]));
    let count = pages(&pdf.bytes);
    assert!(count > 8);
    let Some(text) = text(&pdf.bytes) else { return };
    for row in 1..=300 {
        assert_eq!(text.matches(&format!("int-{row:04}")).count(), 1, "row {row}");
    }
    // A title page, and no contents without headings.
    assert_eq!(text.lines().filter(|line| line.contains("Key") && line.contains("Interaction")).count(), count - 1);
}

#[test]
fn what_is_too_long_is_broken_and_kept() {
    let word: String = (0..400).map(|at| char::from(b'a' + (at % 26) as u8)).collect();
    let tall = (0..200).map(|at| format!("line{at:03}")).collect::<Vec<_>>().join("\n");
    let columns = vec![
        Column { title: "A".to_owned(), weight: 1.0, centred: false },
        Column { title: word.clone(), weight: 1.0, centred: true },
    ];
    let row = |cells: [&str; 2]| Row { anchor: String::new(), cells: cells.map(Rich::plain).to_vec() };
    let table = Table {
        columns,
        rows: vec![row([&word, "x"]), row(["tall", &tall]), row(["after", ""])],
        caption: word.clone(),
    };
    let section = Block::Section {
        anchor: String::new(),
        title: word.clone(),
        blocks: vec![Block::Paragraph(Rich::styled(word.clone(), Style::Code))],
    };
    let pdf = made(&blocks(vec![section, Block::Table(table)]));
    let Some((_, boxes)) = tool("pdftotext", &["-bbox", "FILE", "-"], &pdf.bytes) else { return };
    let number = |line: &str, name: &str| -> f32 {
        line.split_once(&format!("{name}=\""))
            .and_then(|(_, rest)| rest.split_once('"'))
            .map_or(0.0, |(value, _)| value.parse().expect("a number"))
    };
    for line in boxes.lines().filter(|line| line.contains("<word")) {
        assert!(number(line, "xMin") > 50.0 && number(line, "xMax") < 595.28 - 50.0, "{line}");
        assert!(number(line, "yMax") < 841.89 - 25.0, "{line}");
    }
    let Some(text) = text(&pdf.bytes) else { return };
    assert!((0..200).all(|at| text.contains(&format!("line{at:03}"))));
    assert!(text.contains("after"));
}

#[test]
fn a_matrix_turns_its_headings_or_the_sheet() {
    let matrix = |count: usize| made(&blocks(vec![Block::Table(matrix(count))]));
    let widths = |pdf: &Pdf| {
        let file = lopdf::Document::load_mem(&pdf.bytes).expect("readable");
        let last = *file.get_pages().values().last().expect("a page");
        file.get_dictionary(last)
            .and_then(|page| page.get(b"MediaBox"))
            .and_then(|media| media.as_array())
            .expect("a size")[2]
            .as_float()
            .expect("a number")
    };
    assert_eq!([5, 10, 20, 30].map(|count| widths(&matrix(count)).round()), [595.0, 595.0, 842.0, 1191.0]);
}

#[test]
fn a_figure_is_never_set_too_small() {
    let wide = |w: f32| {
        let figure = Block::Figure { scene: wide_scene(w), caption: String::new(), alt: String::new() };
        let pdf = made(&blocks(vec![
            Block::Paragraph(Rich::plain("before")),
            figure,
            Block::Paragraph(Rich::plain("after")),
        ]));
        let file = lopdf::Document::load_mem(&pdf.bytes).expect("readable");
        let sizes = file.get_pages().into_values().map(|id| {
            file.get_dictionary(id)
                .and_then(|page| page.get(b"MediaBox"))
                .and_then(|media| media.as_array())
                .expect("a size")[2]
                .as_float()
                .expect("a number")
        });
        sizes.map(f32::round).collect::<Vec<_>>()
    };
    assert_eq!(wide(600.0), [595.0, 595.0]);
    assert_eq!(wide(1000.0), [595.0, 595.0, 842.0]);
    assert_eq!(wide(1800.0), [595.0, 595.0, 1191.0]);
    assert_eq!(wide(2800.0), [595.0, 595.0, 1684.0]);
}

#[test]
fn no_heading_is_alone_at_the_foot_of_a_page() {
    let lorem = "An interaction without a timeout waits for ever. ".repeat(7);
    let section = |at: usize| Block::Section {
        anchor: String::new(),
        title: format!("Heading {at}"),
        blocks: vec![Block::Paragraph(Rich::plain(&lorem)), Block::Table(sample::table(1 + at % 5))],
    };
    let chapter =
        Block::Section { anchor: String::new(), title: "Chapter".to_owned(), blocks: (0..60).map(section).collect() };
    let pdf = made(&blocks(vec![chapter]));
    let Some(text) = text(&pdf.bytes) else { return };
    let pages: Vec<&str> = text.split('\u{c}').skip(3).filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 10);
    for page in pages {
        let last = page.lines().rev().filter(|line| !line.trim().is_empty()).nth(1).unwrap_or_default();
        assert!(!last.contains("Heading") && !last.contains("Table ") && !last.contains("Key "), "{page}");
    }
}
