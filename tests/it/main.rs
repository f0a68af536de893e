//! The integration tests, one binary: each module one subject.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "tests stop where something is not as it should be")]

mod file;
