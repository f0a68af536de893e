//! Nothing is lost: unsaved work kept beside the program's data, the version before a save, a file that others change.
//!
//! All of it lies in one data folder: in `recovery` a place for each running window, with a lock that ends with its
//! process, what it has open and what of it is unsaved; in `previous` one version of each file, as it was before the
//! last save; in `drawings` how each file was last drawn. Nothing is put beside the models themselves: they are kept in git.

mod drawings;
mod keeper;
mod previous;
mod recovery;
mod signals;
mod slot;
mod watch;

use std::path::{Path, PathBuf};

pub use drawings::{Drawings, last_drawn};
pub use keeper::Keeper;
pub use previous::{Outgoing, Previous, keep_previous, previous};
pub use recovery::{Recovered, Recovery, recoveries};
pub use signals::end_on_signals;
pub use slot::Elsewhere;
pub use watch::{Sight, Watch, fingerprint, look_at};

/// The path without links and detours, as far as it leads anywhere.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path)
        .or_else(|_| {
            let folder =
                std::fs::canonicalize(path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")))?;
            Ok::<_, std::io::Error>(path.file_name().map(|name| folder.join(name)).unwrap_or(folder))
        })
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

/// A folder that only its owner can look into: what is in it may be confidential.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// A short name for a text that is the same in every run and version (FNV-1a).
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
