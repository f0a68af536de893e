//! A document as Markdown, in GitHub's dialect, with its diagrams as drawings beside it.

use super::{
    escape::{address, fragment, relative, xml},
    outline::{Heading, Numbering, headings},
    svg,
};
use crate::{
    document::{Block, Document, Link, Rich, Span, Style, Table},
    scene::{Palette, Scene},
};

/// A document as text, and the drawings that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markdown {
    /// The text.
    pub text: String,
    /// The names of the drawings within their folder, and the drawings.
    pub figures: Vec<(String, String)>,
}

/// The document in GitHub's dialect of Markdown; it looks for its figures in a folder beside it.
pub fn markdown(doc: &Document, folder: &str) -> Markdown {
    let mut writer =
        Writer { folder, figures: Vec::new(), tables: 0, numbering: Numbering::default(), out: String::new() };
    writer.front(doc);
    writer.blocks(&doc.blocks, 1);
    let mut text = writer.out.trim_end().to_owned();
    text.push('\n');
    Markdown { text, figures: writer.figures }
}

struct Writer<'a> {
    folder: &'a str,
    figures: Vec<(String, String)>,
    tables: usize,
    numbering: Numbering,
    out: String,
}

impl Writer<'_> {
    /// A paragraph and the empty line after it.
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push_str("\n\n");
    }

    fn front(&mut self, doc: &Document) {
        self.push(&format!("# {}", line(&doc.title)));
        let about: Vec<String> = [&doc.subject, &doc.organisation]
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| line(text))
            .collect();
        if !about.is_empty() {
            self.push(&format!("**{}**", about.join(" · ")));
        }
        let rows = doc.imprint.iter().map(|(label, value)| (label.as_str(), value.as_str()));
        let rows: Vec<String> = rows
            .chain((!doc.date.is_empty()).then_some(("Date", doc.date.as_str())))
            .map(|(label, value)| format!("- {}: {}", line(label), line(value)))
            .collect();
        if !rows.is_empty() {
            self.push(&rows.join("\n"));
        }
        let contents: Vec<String> = headings(doc).iter().map(entry).collect();
        if !contents.is_empty() {
            self.push("## Contents");
            self.push(&contents.join("\n"));
        }
    }

    fn blocks(&mut self, blocks: &[Block], level: usize) {
        for block in blocks {
            match block {
                Block::Section { anchor, title, blocks } => {
                    let heading = Heading::new(level, self.numbering.next(level), title, anchor);
                    self.push(&format!(r#"<a id="{}"></a>"#, fragment(&heading.anchor)));
                    self.push(&format!(
                        "{} {} {}",
                        "#".repeat((level + 1).min(6)),
                        heading.number,
                        line(&heading.title)
                    ));
                    self.blocks(blocks, level + 1);
                }
                Block::Paragraph(text) => self.push(&at_line_start(&rich(text, "<br>\n"))),
                Block::List { numbered, items } => {
                    let mark = |at: usize| if *numbered { format!("{}.", at + 1) } else { "-".to_owned() };
                    let item = |(at, text)| format!("{} {}", mark(at), at_line_start(&rich(text, "<br>")));
                    let items: Vec<String> = items.iter().enumerate().map(item).collect();
                    self.push(&items.join("\n"));
                }
                Block::Table(table) => self.table(table),
                Block::Figure { scene, caption, alt } => self.figure(scene, caption, alt),
            }
        }
    }

    fn figure(&mut self, scene: &Scene, caption: &str, alt: &str) {
        let number = self.figures.len() + 1;
        let alt = if alt.is_empty() { caption } else { alt };
        let name = format!("{number:02}-{}.svg", file_name(caption));
        let path = relative(&format!("{}/{name}", self.folder));
        self.push(&format!("![{}]({path})", line(alt)));
        self.push(format!("**Figure {number}.** {}", line(caption)).trim_end());
        self.figures.push((name, svg(scene, Palette::Light, alt)));
    }

    fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        if !table.caption.is_empty() {
            self.tables += 1;
            self.push(&format!("**Table {}.** {}", self.tables, line(&table.caption)));
        }
        let joined = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let mut lines = vec![
            joined(table.columns.iter().map(|column| line(&column.title)).collect()),
            joined(
                table.columns.iter().map(|column| if column.centred { ":---:" } else { "---" }.to_owned()).collect(),
            ),
        ];
        for row in &table.rows {
            let mut cells: Vec<String> = row.cells.iter().map(|cell| rich(cell, "<br>")).collect();
            cells.resize(table.columns.len(), String::new());
            if let Some(first) = cells.first_mut().filter(|_| !row.anchor.is_empty()) {
                first.insert_str(0, &format!(r#"<a id="{}"></a>"#, fragment(&row.anchor)));
            }
            lines.push(joined(cells));
        }
        self.push(&lines.join("\n"));
    }
}

/// A caption as part of a file's name: letters and digits of ASCII, so that it is one on every disk.
fn file_name(caption: &str) -> String {
    let words = caption.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        if name.len() + word.len() > 40 {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&word.to_ascii_lowercase());
    }
    if name.is_empty() { "figure".to_owned() } else { name }
}

fn entry(heading: &Heading) -> String {
    let indent = "  ".repeat(heading.level - 1);
    format!("{indent}- [{} {}](#{})", heading.number, line(&heading.title), fragment(&heading.anchor))
}

/// Plain text, escaped, in one line.
fn line(text: &str) -> String {
    escape(text, " ")
}

fn rich(text: &Rich, line_break: &str) -> String {
    let mut out = String::new();
    let spans = text.0.iter().filter(|span| !span.text.is_empty());
    let nexts = spans.clone().skip(1).map(|span| span.text.chars().next()).chain([None]);
    for (span, next) in spans.zip(nexts) {
        let previous = out.chars().next_back();
        out.push_str(&set(span, line_break, previous, next));
    }
    out
}

/// A span with its marks. White space stays outside of them, or they would not be read as marks.
fn set(span: &Span, line_break: &str, previous: Option<char>, next: Option<char>) -> String {
    let core = span.text.trim();
    if core.is_empty() {
        return escape(&span.text, line_break);
    }
    let (before, rest) = span.text.split_at(span.text.len() - span.text.trim_start().len());
    let (_, after) = rest.split_at(core.len());
    let beside = |c: Option<char>, space: &str| space.is_empty() && c.is_some_and(char::is_alphanumeric);
    let glued = beside(previous, before) || beside(next, after);
    let inner = escape(core, line_break);
    let marked = match span.style {
        Style::Plain | Style::Soft => inner,
        Style::Bold | Style::Error | Style::Warning if glued => format!("<strong>{inner}</strong>"),
        Style::Bold | Style::Error | Style::Warning => format!("**{inner}**"),
        Style::Unstated if glued => format!("<em>{inner}</em>"),
        Style::Unstated => format!("*{inner}*"),
        Style::Code => code(core, line_break),
    };
    let linked = match &span.link {
        Some(Link::Anchor(anchor)) => format!("[{marked}](#{})", fragment(anchor)),
        Some(Link::Url(url)) => address(url).map_or(marked.clone(), |url| format!("[{marked}](<{url}>)")),
        None => marked,
    };
    format!("{}{linked}{}", escape(before, line_break), escape(after, line_break))
}

/// Backticks where they are enough; a pipe or a backtick within needs HTML.
fn code(text: &str, line_break: &str) -> String {
    if text.contains(['`', '|', '\n', '\r']) {
        let inner = xml(text).replace('|', "&#124;").replace('\r', "").replace('\n', line_break);
        return format!("<code>{}</code>", inner.replace('`', "&#96;"));
    }
    format!("`{}`", text.chars().filter(|c| !c.is_control()).collect::<String>())
}

fn escape(text: &str, line_break: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut previous = None;
    while let Some(c) = chars.next() {
        match c {
            '\n' => out.push_str(line_break),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            // Within a word an underscore is only an underscore.
            '_' if previous.is_some_and(char::is_alphanumeric) && chars.peek().is_some_and(|c| c.is_alphanumeric()) => {
                out.push('_');
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' => {
                out.extend(['\\', c]);
            }
            c => out.push(c),
        }
        previous = Some(c);
    }
    out
}

/// What would be a list or a rule at the start of a line is text.
fn at_line_start(text: &str) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text.chars().nth(digits) {
        Some('-' | '+' | '=') if digits == 0 => format!("\\{text}"),
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn a_document_becomes_markdown() {
        let Markdown { text, figures } = markdown(&sample::document(), "my figures");
        for part in [
            "# Integration architecture blueprint\n\n**Nordwind order landscape · Nordwind Handels AG**\n\n- Document: NW-IA-004\n",
            "- [2 Details \\& \\<risks\\>](#details)\n  - [2.1 Catalogue](#catalogue)\n",
            "<a id=\"deepest\"></a>\n\n##### 2.2.1.1 Deepest\n",
            "**owns** the order; its price is *not stated*. It calls `POST /v2/orders`, which **has no timeout**",
            "see [the catalogue of interactions](#catalogue) and [RFC 9745](<https://www.rfc-editor.org/rfc/rfc9745>)",
            "x ≤ y.<br>\nA second line.",
            "1. First point\n2. The order hub",
            "![Order hub calls payment; an event goes back.](my%20figures/01-the-order-landscape.svg)\n\n**Figure 1.** The order landscape\n",
            "**Table 1.** Interactions\n\n| Key | Interaction | Pipe | OK |\n| --- | --- | --- | :---: |\n| <a id=\"row-1\"></a>`int-0001` |",
            "| a \\| b | **✓** |\n",
        ] {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
        let [(name, drawing)] = figures.as_slice() else { panic!("one figure") };
        assert_eq!(name, "01-the-order-landscape.svg");
        assert!(drawing.starts_with("<svg"));
    }

    #[test]
    fn what_would_be_markup_is_text() {
        for (given, wanted) in [
            ("1. x", "1\\. x"),
            ("- x", "\\- x"),
            ("a_b _c_ *d* <b>", "a_b \\_c\\_ \\*d\\* \\<b\\>"),
            ("# $x$ &amp; `y`", "\\# \\$x\\$ \\&amp; \\`y\\`"),
        ] {
            assert_eq!(at_line_start(&rich(&Rich::plain(given), "<br>")), wanted);
        }
        assert_eq!(
            rich(&Rich::plain("re").then("set ", Style::Bold).then("a|b", Style::Code), "<br>"),
            "re<strong>set</strong> <code>a&#124;b</code>"
        );
        let span =
            Span { text: "x".to_owned(), style: Style::Plain, link: Some(Link::Url("javascript:alert(1)".to_owned())) };
        assert_eq!(rich(&Rich(vec![span]), "<br>"), "x");
    }

    #[test]
    fn short_and_long_rows_have_as_many_cells_as_there_are_columns() {
        let mut doc = sample::document();
        let mut table = sample::table(2);
        table.rows[0].cells.truncate(1);
        table.rows[1].cells.push(Rich::plain("too many"));
        doc.blocks = vec![Block::Table(table)];
        let text = markdown(&doc, "f").text;
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(rows.len(), 4);
        assert!(rows.iter().all(|row| row.replace("\\|", "").matches('|').count() == 5), "{rows:?}");
    }
}
