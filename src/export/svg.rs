//! A diagram as SVG: standing alone, accessible, with nothing embedded.

use std::fmt::Write;

use super::escape::{number, xml};
use crate::{
    scene::{Align, Dash, Item, Outline, Palette, Point, Rect, Rgba, Role, Scene, Stroke},
    text::{Face, width},
};

/// The diagram as a file of its own; `title` says what it shows to who cannot see it.
pub fn svg(scene: &Scene, palette: Palette, title: &str) -> String {
    let Rect { x, y, w, h } = scene.bounds;
    let (x, y, w, h) = (number(x), number(y), number(w), number(h));
    let mut out = String::new();
    _ = write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{w}" height="{h}" viewBox="{x} {y} {w} {h}"><title>{}</title>"#,
        xml(title)
    );
    out.push('\n');
    _ = writeln!(
        out,
        r#"<rect x="{x}" y="{y}" width="{w}" height="{h}"{}/>"#,
        paint("fill", palette.rgba(Role::Canvas))
    );
    for item in &scene.items {
        push_item(&mut out, item, palette);
    }
    out.push_str("</svg>\n");
    out
}

fn push_item(out: &mut String, item: &Item, palette: Palette) {
    match item {
        Item::Shape { outline, fill, stroke } => {
            push_outline(out, outline);
            out.push_str(&fill.map_or(r#" fill="none""#.to_owned(), |role| paint("fill", palette.rgba(role))));
            if let Some(stroke) = stroke {
                push_stroke(out, *stroke, palette);
            }
            out.push_str("/>\n");
        }
        Item::Path { points, stroke } => {
            _ = write!(out, r#"<polyline points="{}" fill="none" stroke-linejoin="round""#, list(points));
            push_stroke(out, *stroke, palette);
            out.push_str("/>\n");
        }
        Item::Text { at, text, face, size, role, align } => {
            let anchor = match align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            };
            // Where Inter is not installed, the length keeps another font within its box.
            _ = write!(
                out,
                r#"<text x="{}" y="{}" font-size="{}" text-anchor="{anchor}" textLength="{}" lengthAdjust="spacingAndGlyphs"{}{}>{}</text>"#,
                number(at.x),
                number(at.y),
                number(*size),
                number(width(*face, *size, text)),
                font(*face),
                paint("fill", palette.rgba(*role)),
                xml(text)
            );
            out.push('\n');
        }
    }
}

fn push_outline(out: &mut String, outline: &Outline) {
    _ = match outline {
        Outline::Round(Rect { x, y, w, h }, radius) => write!(
            out,
            r#"<rect x="{}" y="{}" width="{}" height="{}" rx="{}""#,
            number(*x),
            number(*y),
            number(*w),
            number(*h),
            number(*radius)
        ),
        Outline::Polygon(points) => write!(out, r#"<polygon points="{}""#, list(points)),
        Outline::Circle(centre, radius) => {
            write!(out, r#"<circle cx="{}" cy="{}" r="{}""#, number(centre.x), number(centre.y), number(*radius))
        }
    };
}

fn push_stroke(out: &mut String, Stroke { role, width, dash }: Stroke, palette: Palette) {
    _ = write!(out, r#"{} stroke-width="{}""#, paint("stroke", palette.rgba(role)), number(width));
    if let Some((on, off)) = Dash::pattern(dash, width) {
        _ = write!(out, r#" stroke-dasharray="{} {}""#, number(on), number(off));
    }
}

fn paint(what: &str, Rgba(r, g, b, a): Rgba) -> String {
    let colour = format!(r##" {what}="#{r:02X}{g:02X}{b:02X}""##);
    if a == u8::MAX { colour } else { format!(r#"{colour} {what}-opacity="{}""#, number(f32::from(a) / 255.0)) }
}

fn font(face: Face) -> &'static str {
    match face {
        Face::Regular => r#" font-family="Inter, 'Helvetica Neue', Arial, sans-serif""#,
        Face::SemiBold => r#" font-family="Inter, 'Helvetica Neue', Arial, sans-serif" font-weight="600""#,
        Face::Italic => r#" font-family="Inter, 'Helvetica Neue', Arial, sans-serif" font-style="italic""#,
        Face::Mono => r#" font-family="'JetBrains Mono', Menlo, Consolas, monospace""#,
    }
}

fn list(points: &[Point]) -> String {
    points.iter().map(|point| format!("{},{}", number(point.x), number(point.y))).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn a_scene_becomes_a_drawing_that_stands_alone() {
        let drawing = svg(&sample::scene(), Palette::Light, "Orders & <stock>");
        assert!(drawing.starts_with(
            r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" width="640" height="300" viewBox="0 0 640 300">"#
        ));
        for part in [
            "<title>Orders &amp; &lt;stock&gt;</title>",
            r##"fill="#FFFFFF" fill-opacity="0.55""##,
            r#"stroke-dasharray="6 4""#,
            r#"text-anchor="middle""#,
            "font-weight=\"600\"",
            "Zahlung &amp; Größe</text>",
        ] {
            assert!(drawing.contains(part), "{part} is not in\n{drawing}");
        }
        assert_eq!(drawing, svg(&sample::scene(), Palette::Light, "Orders & <stock>"));
        assert_ne!(drawing, svg(&sample::scene(), Palette::Dark, "Orders & <stock>"));
    }

    #[test]
    fn no_odd_number_and_no_control_character_gets_through() {
        let mut scene = sample::scene();
        let at = Point { x: f32::NAN, y: f32::INFINITY };
        let (face, size, role, align) = (Face::Italic, 11.0, Role::Soft, Align::End);
        scene.items.push(Item::Text { at, text: "a\u{1}b".to_owned(), face, size, role, align });
        let drawing = svg(&scene, Palette::Light, "");
        assert!(drawing.contains(">ab</text>"));
        assert!(!drawing.contains("NaN") && !drawing.contains("inf"));
    }
}
