//! What the formats must not be given raw: markup characters, addresses, names of places, odd numbers.

use std::fmt::Write;

/// Text for XML and HTML, also within attributes. Control characters that XML forbids are dropped.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

/// An address that may be linked to: of the web or a mailbox, in ASCII. Anything else is no link.
pub(super) fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = url.split_once(':')?.0.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https" | "mailto") {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => {
                out.push(char::from(byte));
            }
            _ => _ = write!(out, "%{byte:02X}"),
        }
    }
    Some(out)
}

/// A path beside the document, as a link needs it.
pub(super) fn relative(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => out.push(char::from(byte)),
            _ => _ = write!(out, "%{byte:02X}"),
        }
    }
    out
}

/// The name of a place in a document, as an `id` and behind a `#`.
pub(super) fn fragment(anchor: &str) -> String {
    let mut out = String::with_capacity(anchor.len());
    for c in anchor.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' | ':' | '/' => out.push(c),
            c => _ = write!(out, "_{:x}_", u32::from(c)),
        }
    }
    out
}

/// A number to the hundredth, as short as can be. What is no number is 0.
pub(super) fn number(value: f32) -> String {
    let rounded = round(value);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// A number to the hundredth. What is no number is 0.
pub(super) fn round(value: f32) -> f32 {
    if value.is_finite() { ((f64::from(value) * 100.0).round() / 100.0) as f32 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_cannot_get_through() {
        assert_eq!(xml("<a href='x'>\u{0}\u{1b}&\"é\n"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;é\n");
    }

    #[test]
    fn only_the_web_and_mail_are_addresses() {
        assert_eq!(
            address("https://example.org/a b?ü=1&c=(d)"),
            Some("https://example.org/a%20b?%C3%BC=1&c=(d)".to_owned())
        );
        assert_eq!(address("MAILTO:a@b.c").as_deref(), Some("MAILTO:a@b.c"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "no address", ""] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }

    #[test]
    fn places_and_numbers() {
        assert_eq!(relative("é (1)/a.svg"), "%C3%A9%20%281%29/a.svg");
        assert_eq!(fragment("system/order hub"), "system/order_20_hub");
        let numbers = [1.0, 0.126, -0.001, f32::NAN, f32::INFINITY, -3.456].map(number);
        assert_eq!(numbers, ["1", "0.13", "0", "0", "0", "-3.46"]);
    }
}
