//! RON text ⇄ model, and text ⇄ disk. The only caller of ron.
//!
//! [`read`] names every problem of a bad file in one go, each with its place; [`write`] gives the same bytes for the
//! same model and keeps comments; [`load`] and [`save`] never lose a file. Knows nothing of rules, windows or time.

mod disk;
mod migrate;
mod places;
mod print;
mod problem;
mod read;
mod tree;
mod write;

pub use disk::{LIMIT, SaveError, load, receive, save};
pub use places::{Region, places};
pub use problem::{Place, Problem, nearest};
pub use read::{Reading, read};
pub use write::{facts, write};

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}
