//! Scenes and documents → bytes. One file per format; nothing here knows the model.
//!
//! | function | writes |
//! |---|---|
//! | [`svg`] | one diagram, standing alone |
//! | [`markdown`] | a document in GitHub's dialect, and its figures to stand beside it |
//! | [`html`] | a document in one file that needs no other |
//! | [`pdf`] | a document for paper |
//! | [`pixels`] | one diagram as a picture, for the clipboard |
//!
//! The same input always gives the same bytes: no clock, no random names, no order of a hash table.

mod escape;
mod html;
mod markdown;
mod outline;
mod pdf;
mod pixels;
#[cfg(test)]
mod sample;
mod svg;

pub use html::html;
pub use markdown::{Markdown, markdown};
pub use pdf::{ExportError, Paper, Pdf, pdf};
pub use pixels::{Pixels, pixels};
pub use svg::svg;
