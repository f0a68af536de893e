//! A document with everything in it, for the tests.

use crate::{
    document::{Block, Column, Document, Link, Rich, Row, Span, Style, Table},
    scene::{Align, Dash, Item, Outline, Point, Rect, Role, Scene, Stroke},
    text::Face,
};

/// Two boxes in a container, an edge of each sort, and a label.
pub(super) fn scene() -> Scene {
    let stroke = |role, width, dash| Stroke { role, width, dash };
    let line = |role| Some(stroke(role, 1.2, Dash::Solid));
    let round = |x, y, w, h, r| Outline::Round(Rect { x, y, w, h }, r);
    let text = |x, y, text: &str, face, size, role, align| Item::Text {
        at: Point { x, y },
        text: text.to_owned(),
        face,
        size,
        role,
        align,
    };
    let path = |points: &[(f32, f32)], stroke| Item::Path {
        points: points.iter().map(|&(x, y)| Point { x, y }).collect(),
        stroke,
    };
    let tip = [(440.0, 120.0), (430.0, 115.0), (430.0, 125.0)].map(|(x, y)| Point { x, y }).to_vec();
    Scene {
        bounds: Rect { x: 0.0, y: 0.0, w: 640.0, h: 300.0 },
        items: vec![
            Item::Shape {
                outline: round(20.0, 20.0, 600.0, 260.0, 12.0),
                fill: Some(Role::ContainerFill),
                stroke: line(Role::ContainerLine),
            },
            text(36.0, 44.0, "Sales", Face::Regular, 12.0, Role::Soft, Align::Start),
            Item::Shape {
                outline: round(60.0, 80.0, 160.0, 80.0, 8.0),
                fill: Some(Role::BoxFill),
                stroke: line(Role::BoxLine),
            },
            text(140.0, 116.0, "Order hub", Face::SemiBold, 14.0, Role::Text, Align::Middle),
            text(140.0, 136.0, "service · retires 2027", Face::Regular, 11.0, Role::Soft, Align::Middle),
            Item::Shape {
                outline: round(440.0, 80.0, 160.0, 80.0, 8.0),
                fill: Some(Role::LegacyFill),
                stroke: Some(stroke(Role::BoxLine, 1.2, Dash::Dashed)),
            },
            text(520.0, 124.0, "Zahlung & Größe", Face::SemiBold, 14.0, Role::Text, Align::Middle),
            path(&[(220.0, 120.0), (430.0, 120.0)], stroke(Role::Command, 1.5, Dash::Solid)),
            Item::Shape { outline: Outline::Polygon(tip), fill: Some(Role::Command), stroke: None },
            path(
                &[(140.0, 160.0), (140.0, 220.0), (520.0, 220.0), (520.0, 160.0)],
                stroke(Role::Event, 2.0, Dash::Dotted),
            ),
            Item::Shape {
                outline: Outline::Circle(Point { x: 140.0, y: 164.0 }, 4.0),
                fill: Some(Role::Event),
                stroke: None,
            },
            text(330.0, 212.0, "OrderPlaced → stock ≤ 5 min", Face::Mono, 11.0, Role::Event, Align::Middle),
        ],
    }
}

/// A paragraph in every style, with both sorts of links.
pub(super) fn rich() -> Rich {
    let mut rich = Rich::plain("The order hub ")
        .then("owns", Style::Bold)
        .then(" the order; its price is ", Style::Plain)
        .then("not stated", Style::Unstated)
        .then(". It calls ", Style::Plain)
        .then("POST /v2/orders", Style::Code)
        .then(", which ", Style::Plain)
        .then("has no timeout", Style::Error)
        .then(" and ", Style::Plain)
        .then("no owner", Style::Warning)
        .then(", see ", Style::Plain)
        .link("the catalogue of interactions", "catalogue")
        .then(" and ", Style::Soft);
    let link = Some(Link::Url("https://www.rfc-editor.org/rfc/rfc9745".to_owned()));
    rich.0.push(Span { text: "RFC 9745".to_owned(), style: Style::Plain, link });
    rich.then(". Grüße, Łódź, Ωμέγα, Жизнь, € 5, a → b, x ≤ y.\nA second line.", Style::Plain)
}

/// A table of so many rows.
pub(super) fn table(rows: usize) -> Table {
    let column = |title: &str, weight, centred| Column { title: title.to_owned(), weight, centred };
    let row = |n: usize| Row {
        anchor: format!("row-{n}"),
        cells: vec![
            Rich::styled(format!("int-{n:04}"), Style::Code),
            Rich::plain("Order hub → Warehouse management: places an order and waits for an answer"),
            Rich::plain("a | b"),
            Rich::styled("✓", Style::Bold),
        ],
    };
    Table {
        columns: vec![
            column("Key", 1.0, false),
            column("Interaction", 4.0, false),
            column("Pipe", 1.0, false),
            column("OK", 0.5, true),
        ],
        rows: (1..=rows).map(row).collect(),
        caption: "Interactions".to_owned(),
    }
}

/// All of it.
pub(super) fn document() -> Document {
    let section = |anchor: &str, title: &str, blocks| Block::Section {
        anchor: anchor.to_owned(),
        title: title.to_owned(),
        blocks,
    };
    let figure = |caption: &str| Block::Figure {
        scene: scene(),
        caption: caption.to_owned(),
        alt: "Order hub calls payment; an event goes back.".to_owned(),
    };
    let list =
        |numbered| Block::List { numbered, items: vec![Rich::plain("First point"), rich(), Rich::plain("Third")] };
    Document {
        title: "Integration architecture blueprint".to_owned(),
        subject: "Nordwind order landscape".to_owned(),
        organisation: "Nordwind Handels AG".to_owned(),
        imprint: vec![
            ("Document".to_owned(), "NW-IA-004".to_owned()),
            ("Version".to_owned(), "1.2, draft".to_owned()),
            ("Author".to_owned(), "Ana Čović".to_owned()),
        ],
        date: "2026-03-14".to_owned(),
        blocks: vec![
            section(
                "summary",
                "Summary",
                vec![Block::Paragraph(rich()), list(false), list(true), figure("The order landscape")],
            ),
            section(
                "details",
                "Details & <risks>",
                vec![
                    section(
                        "catalogue",
                        "Catalogue",
                        vec![Block::Paragraph(Rich::plain("All of them.")), Block::Table(table(60))],
                    ),
                    section(
                        "deep",
                        "Deep",
                        vec![section(
                            "deeper",
                            "Deeper",
                            vec![section("deepest", "Deepest", vec![Block::Paragraph(rich())])],
                        )],
                    ),
                ],
            ),
        ],
    }
}
