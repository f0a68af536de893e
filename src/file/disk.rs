//! Text ⇄ disk: what cannot be a model is refused with a reason, and a save is whole or not at all.

use std::{
    fs, io,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use super::{Problem, problem::Lines};

/// Files larger than this are refused unread: 256 MB.
pub const LIMIT: u64 = 256 * 1024 * 1024;

/// Reads a file as text.
///
/// # Errors
/// Where there is no such file, it is a directory or no file at all, may not be read, is too large, or is not UTF-8.
pub fn load(path: &Path) -> Result<String, Problem> {
    let failed = |error: &io::Error| Problem::whole(reason(error));
    let metadata = fs::metadata(path).map_err(|error| failed(&error))?;
    if metadata.is_dir() {
        return Err(Problem::whole("this is a directory, not a model file"));
    }
    if !metadata.is_file() {
        return Err(Problem::whole("this is not a regular file"));
    }
    if metadata.len() > LIMIT {
        return Err(too_large(metadata.len()));
    }
    let file = fs::File::open(path).map_err(|error| failed(&error))?;
    read_all(file, Vec::with_capacity(metadata.len() as usize))
}

/// Reads text that is in no file: from standard input.
///
/// # Errors
/// Where it cannot be read, is too large, or is not UTF-8.
pub fn receive(from: impl Read) -> Result<String, Problem> {
    read_all(from, Vec::new())
}

fn read_all(from: impl Read, mut bytes: Vec<u8>) -> Result<String, Problem> {
    from.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| Problem::whole(reason(&error)))?;
    if bytes.len() as u64 > LIMIT {
        return Err(too_large(bytes.len() as u64));
    }
    decode(bytes)
}

fn too_large(bytes: u64) -> Problem {
    Problem::whole(format!("the file has {} MB; models of up to {} MB are read", bytes >> 20, LIMIT >> 20))
}

fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Problem::whole("the file is UTF-16: save it as UTF-8"));
    }
    if bytes.iter().take(8192).any(|byte| *byte == 0) {
        return Err(Problem::whole("this is a binary file, not a model"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let byte = bytes.get(good).copied().unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        // Up to the first bad byte the lossy text is the same, byte by byte.
        Lines::new(&text).problem(good, format!("byte 0x{byte:02X} is not UTF-8: save the file as UTF-8"))
    })
}

/// Why a file was not saved. What was there before still is.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The file may not be written.
    #[error("{0} is read-only: save under another name, or make it writable")]
    ReadOnly(PathBuf),
    /// The path names a directory or something else that is no file.
    #[error("{0} is not a regular file: save under another name")]
    NotAFile(PathBuf),
    /// The folder is gone.
    #[error("the folder {0} is not there: it was moved, renamed or deleted; save to another one")]
    NoFolder(PathBuf),
    /// Nothing can be written in the folder.
    #[error("nothing may be written in the folder {0}: save to another one, or make it writable")]
    ReadOnlyFolder(PathBuf),
    /// There is no room.
    #[error("there is no room left for {0}: free some, or save to another disk; the old file is untouched")]
    Full(PathBuf),
    /// Something else.
    #[error("cannot write {path}: {reason}; the old file is untouched")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// Writes a file, whole or not at all: into a temporary file beside it, to the disk, and over it.
///
/// A symbolic link stays one, what it leads to is replaced; permissions stay.
///
/// # Errors
/// Where the file is read-only, or the directory cannot take it. What was there before is untouched.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    save_with(path, |file| file.write_all(bytes))
}

fn save_with(path: &Path, write: impl FnOnce(&mut fs::File) -> io::Result<()>) -> Result<(), SaveError> {
    let target = follow(path);
    let old = fs::metadata(&target).ok();
    if let Some(old) = &old {
        if !old.is_file() {
            return Err(SaveError::NotAFile(path.to_owned()));
        }
        if old.permissions().readonly() {
            return Err(SaveError::ReadOnly(path.to_owned()));
        }
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let failed = |error: io::Error| failure(path, folder, &error);
    let mut file = temporary(folder).map_err(failed)?;
    write(file.as_file_mut()).map_err(failed)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions()).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&target).map_err(|error| failed(error.error))?;
    // The rename itself reaches the disk with its folder. Not every file system can be asked for that.
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

fn failure(path: &Path, folder: &Path, error: &io::Error) -> SaveError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SaveError::NoFolder(folder.to_owned()),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            SaveError::ReadOnlyFolder(folder.to_owned())
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => SaveError::Full(path.to_owned()),
        _ => SaveError::Io { path: path.to_owned(), reason: reason(error) },
    }
}

/// A new file gets what the umask leaves of rw-rw-rw-.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".spandrel-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Where a symbolic link leads in the end, also if nothing is there yet.
fn follow(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    match fs::read_link(path) {
        Ok(to) if to.is_absolute() => to,
        Ok(to) => path.parent().unwrap_or(Path::new("")).join(to),
        Err(_) => path.to_owned(),
    }
}

/// What went wrong, in words for people.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::QuotaExceeded => "the disk quota is used up".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Saves with a writer that gives up half-way; what is told, with the folder left out.
    fn cut(kind: io::ErrorKind) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.ron");
        fs::write(&path, "old").unwrap();
        let half = |file: &mut fs::File| {
            file.write_all(b"ne")?;
            Err(io::Error::from(kind))
        };
        let error = save_with(&path, half).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old", "{kind}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{kind} leaves something behind");
        error.to_string().replace(&folder.path().display().to_string(), "")
    }

    #[test]
    fn a_save_that_is_cut_leaves_the_old_file_and_says_what_to_do() {
        for (kind, words) in [
            (io::ErrorKind::StorageFull, "no room left for /model.ron: free some"),
            (io::ErrorKind::QuotaExceeded, "no room left"),
            (io::ErrorKind::PermissionDenied, "nothing may be written in the folder"),
            (io::ErrorKind::ReadOnlyFilesystem, "make it writable"),
            (io::ErrorKind::NotFound, "moved, renamed or deleted"),
            (io::ErrorKind::Interrupted, "the old file is untouched"),
        ] {
            assert!(cut(kind).contains(words), "{}", cut(kind));
        }
    }

    #[test]
    fn a_folder_that_is_gone_is_told_and_nothing_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone/model.ron");
        assert!(matches!(save(&path, b"x"), Err(SaveError::NoFolder(_))));
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(matches!(save(&folder.path().join("file/model.ron"), b"x"), Err(SaveError::NoFolder(_))));
        assert!(matches!(save(folder.path(), b"x"), Err(SaveError::NotAFile(_))));
    }
}
