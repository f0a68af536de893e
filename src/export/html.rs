//! A document as one HTML file that needs no other: styles and diagrams are within.

use std::fmt::Write;

use super::{
    escape::{address, fragment, xml},
    outline::{Heading, Numbering, headings},
    svg,
};
use crate::{
    document::{Block, Document, Link, Rich, Span, Style, Table},
    scene::Palette,
};

/// The document as one HTML file.
pub fn html(doc: &Document) -> String {
    let mut writer = Writer { figures: 0, tables: 0, numbering: Numbering::default(), out: String::new() };
    let subject = if doc.subject.is_empty() { String::new() } else { format!(" · {}", xml(&doc.subject)) };
    _ = write!(
        writer.out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}{subject}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        xml(&doc.title),
        include_str!("html.css")
    );
    writer.front(doc);
    writer.contents(&headings(doc));
    writer.out.push_str("<main>\n");
    writer.blocks(&doc.blocks, 1);
    writer.out.push_str("</main>\n</body>\n</html>\n");
    writer.out
}

struct Writer {
    figures: usize,
    tables: usize,
    numbering: Numbering,
    out: String,
}

impl Writer {
    fn front(&mut self, doc: &Document) {
        let out = &mut self.out;
        out.push_str("<header>\n");
        if !doc.organisation.is_empty() {
            _ = writeln!(out, "<p class=\"organisation\">{}</p>", xml(&doc.organisation));
        }
        _ = writeln!(out, "<h1>{}</h1>", xml(&doc.title));
        if !doc.subject.is_empty() {
            _ = writeln!(out, "<p class=\"subject\">{}</p>", xml(&doc.subject));
        }
        let rows = doc.imprint.iter().map(|(label, value)| (label.as_str(), value.as_str()));
        let rows: Vec<(&str, &str)> =
            rows.chain((!doc.date.is_empty()).then_some(("Date", doc.date.as_str()))).collect();
        if !rows.is_empty() {
            out.push_str("<dl>\n");
            for (label, value) in rows {
                _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", xml(label), xml(value));
            }
            out.push_str("</dl>\n");
        }
        out.push_str("</header>\n");
    }

    fn contents(&mut self, headings: &[Heading]) {
        if headings.is_empty() {
            return;
        }
        self.out.push_str("<nav aria-label=\"Contents\">\n<p class=\"title\">Contents</p>\n");
        let mut depth = 0;
        for heading in headings {
            if heading.level > depth {
                self.out.push_str("<ul>");
            } else {
                self.out.push_str(&"</li></ul>".repeat(depth - heading.level));
                self.out.push_str("</li>");
            }
            depth = heading.level;
            _ = write!(self.out, "\n<li><a href=\"#{}\">{}</a>", fragment(&heading.anchor), numbered(heading));
        }
        self.out.push_str(&"</li></ul>".repeat(depth));
        self.out.push_str("\n</nav>\n");
    }

    fn blocks(&mut self, blocks: &[Block], level: usize) {
        for block in blocks {
            match block {
                Block::Section { anchor, title, blocks } => {
                    let heading = Heading::new(level, self.numbering.next(level), title, anchor);
                    let (id, tag) = (fragment(&heading.anchor), (level + 1).min(6));
                    _ = writeln!(self.out, "<section id=\"{id}\">\n<h{tag}>{}</h{tag}>", numbered(&heading));
                    self.blocks(blocks, level + 1);
                    self.out.push_str("</section>\n");
                }
                Block::Paragraph(text) => _ = writeln!(self.out, "<p>{}</p>", rich(text)),
                Block::List { numbered, items } => {
                    let tag = if *numbered { "ol" } else { "ul" };
                    _ = writeln!(self.out, "<{tag}>");
                    for item in items {
                        _ = writeln!(self.out, "<li>{}</li>", rich(item));
                    }
                    _ = writeln!(self.out, "</{tag}>");
                }
                Block::Table(table) => self.table(table),
                Block::Figure { scene, caption, alt } => {
                    self.figures += 1;
                    let drawing = svg(scene, Palette::Light, if alt.is_empty() { caption } else { alt });
                    _ = writeln!(
                        self.out,
                        "<figure>\n{drawing}<figcaption><b>Figure {}.</b> {}</figcaption>\n</figure>",
                        self.figures,
                        xml(caption)
                    );
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() {
            self.tables += 1;
            _ = writeln!(self.out, "<p class=\"caption\"><b>Table {}.</b> {}</p>", self.tables, xml(&table.caption));
        }
        // A region that scrolls must be reachable by keyboard and have a name.
        let name = if table.caption.is_empty() { "Table".to_owned() } else { xml(&table.caption) };
        _ = writeln!(
            self.out,
            "<div class=\"wrap\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n<table>\n<thead><tr>"
        );
        let class = |centred: bool| if centred { " class=\"centred\"" } else { "" };
        for column in &table.columns {
            _ = writeln!(self.out, "<th scope=\"col\"{}>{}</th>", class(column.centred), xml(&column.title));
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            let id = if row.anchor.is_empty() { String::new() } else { format!(" id=\"{}\"", fragment(&row.anchor)) };
            _ = write!(self.out, "<tr{id}>");
            for (at, column) in table.columns.iter().enumerate() {
                _ = write!(
                    self.out,
                    "<td{}>{}</td>",
                    class(column.centred),
                    row.cells.get(at).map(rich).unwrap_or_default()
                );
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }
}

fn numbered(heading: &Heading) -> String {
    format!("<span class=\"number\">{}</span>{}", heading.number, xml(&heading.title))
}

fn rich(text: &Rich) -> String {
    text.0.iter().map(set).collect()
}

fn set(span: &Span) -> String {
    let inner = xml(&span.text).replace('\n', "<br>");
    let styled = match span.style {
        Style::Plain => inner,
        Style::Bold => format!("<strong>{inner}</strong>"),
        Style::Unstated => format!("<em class=\"unstated\">{inner}</em>"),
        Style::Code => format!("<code>{inner}</code>"),
        Style::Error => format!("<strong class=\"error\">{inner}</strong>"),
        Style::Warning => format!("<strong class=\"warning\">{inner}</strong>"),
        Style::Soft => format!("<span class=\"soft\">{inner}</span>"),
    };
    match &span.link {
        Some(Link::Anchor(anchor)) => format!("<a href=\"#{}\">{styled}</a>", fragment(anchor)),
        Some(Link::Url(url)) => {
            address(url).map_or(styled.clone(), |url| format!("<a href=\"{}\">{styled}</a>", xml(&url)))
        }
        None => styled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn a_document_becomes_one_file() {
        let text = html(&sample::document());
        for part in [
            "<html lang=\"en\">",
            "<title>Integration architecture blueprint · Nordwind order landscape</title>",
            "<dt>Author</dt><dd>Ana Čović</dd>",
            "<a href=\"#details\"><span class=\"number\">2</span>Details &amp; &lt;risks&gt;</a><ul>",
            "<section id=\"deepest\">\n<h5><span class=\"number\">2.2.1.1</span>Deepest</h5>",
            "<strong class=\"error\">has no timeout</strong>",
            "<a href=\"https://www.rfc-editor.org/rfc/rfc9745\">RFC 9745</a>",
            "<figcaption><b>Figure 1.</b> The order landscape</figcaption>",
            "<tr id=\"row-60\"><td><code>int-0060</code></td>",
            "<td class=\"centred\"><strong>✓</strong></td>",
        ] {
            assert!(text.contains(part), "{part:?} is not there");
        }
        for asks_for_another in ["src=", "<link", "@import", "<script"] {
            assert!(!text.contains(asks_for_another));
        }
    }

    #[test]
    fn every_tag_is_closed() {
        let text = html(&sample::document());
        for tag in
            ["ul", "ol", "li", "section", "table", "tr", "td", "th", "figure", "svg", "strong", "a", "nav", "div", "p"]
        {
            let opened = text.matches(&format!("<{tag}>")).count() + text.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, text.matches(&format!("</{tag}>")).count(), "{tag}");
        }
    }

    #[test]
    fn text_is_never_markup() {
        let evil = "<script>alert('x')</script>\"";
        let mut doc = sample::document();
        doc.title = evil.to_owned();
        doc.imprint.push((evil.to_owned(), evil.to_owned()));
        let span =
            Span { text: evil.to_owned(), style: Style::Code, link: Some(Link::Url(format!("https://x/{evil}"))) };
        doc.blocks.push(Block::Section {
            anchor: evil.to_owned(),
            title: evil.to_owned(),
            blocks: vec![Block::Paragraph(Rich(vec![span]))],
        });
        assert!(!html(&doc).contains("<script"));
    }
}
