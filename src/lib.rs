//! Spandrel: a modeller for integration architecture.
//!
//! Everything on the screen and on paper is derived from one value, [`model::Model`]. It changes
//! only through [`model::Model::apply`]; topology, findings, layouts, scenes and documents are
//! computed from a revision of it and never stored.
//!
//! The floors, lowest first. A module imports only from floors below its own
//! (`tests/it/architecture.rs` holds that):
//!
//! | floor | module | owns |
//! |---|---|---|
//! | 0 | [`model`] | what an architecture is: ids, records, edits, patches, diff, merge. No I/O, no clock, no graph library |
//! | 1 | [`file`](mod@file) | RON text ⇄ model: problems with line and column, comments, atomic writes. The only caller of `ron` |
//! | 1 | [`timeline`] | the model as of a date |
//! | 1 | [`text`] | the bundled fonts: measuring and wrapping, one answer for canvas, SVG and PDF |
//! | 2 | [`topology`] | the petgraph index of a model: neighbours, flows, cycles, chains, reach |
//! | 2 | [`facts`] | the resolved facts of an interaction, each with where it came from |
//! | 2 | [`advisor`] | API or event: what six answers and the model recommend |
//! | 2 | [`entry`] | quick entry: a line of text ⇄ a statement, a statement and a model → edits; completion |
//! | 3 | [`rules`] | the rule catalogue: one rule, one file |
//! | 3 | [`layout`] | topology and sizes → integer positions and routes, deterministic |
//! | 4 | [`ownership`] | who creates, reads, updates and deletes which business record |
//! | 4 | [`scene`] | one display list for canvas, SVG and PDF |
//! | 5 | [`document`] | the document tree and one builder per deliverable |
//! | 6 | [`export`] | scenes and documents → bytes; one file per format |
//! | 7 | [`workbench`] | one open file without a face: history, revisions, background jobs, what keeps it from being lost. The only reader of the clock |
//! | 8 | [`cli`] | one file per subcommand |
//! | 8 | [`ui`] | the window |

pub mod advisor;
pub mod cli;
pub mod document;
pub mod entry;
pub mod export;
pub mod facts;
pub mod file;
pub mod layout;
pub mod model;
pub mod ownership;
pub mod rules;
pub mod scene;
pub mod text;
pub mod timeline;
pub mod topology;
pub mod ui;
pub mod workbench;
