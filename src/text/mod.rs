//! The bundled fonts, and one answer to "how wide is this text" for canvas, SVG and PDF.
//!
//! Widths are linear in the size: a width at 10 units is twice that at 5, whatever the unit.

mod outline;
mod shape;
mod wrap;

pub use outline::outline;
pub use shape::{Glyph, Run, ascent, descent, missing, shape, width};
pub use wrap::{capital, lines, shorten, wrap};

/// A bundled static face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Inter 400.
    Regular,
    /// Inter 600.
    SemiBold,
    /// Inter 400 italic.
    Italic,
    /// `JetBrains` Mono 400.
    Mono,
}

impl Face {
    /// Every face, in a fixed order.
    pub const ALL: [Self; 4] = [Self::Regular, Self::SemiBold, Self::Italic, Self::Mono];

    /// The TrueType file.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
            Self::SemiBold => include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
            Self::Italic => include_bytes!("../../assets/fonts/Inter-Italic.ttf"),
            Self::Mono => include_bytes!("../../assets/fonts/JetBrainsMono-Regular.ttf"),
        }
    }

    /// PostScript-like name, used as egui family name and in the PDF's font names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Regular => "Inter-Regular",
            Self::SemiBold => "Inter-SemiBold",
            Self::Italic => "Inter-Italic",
            Self::Mono => "JetBrainsMono-Regular",
        }
    }
}
