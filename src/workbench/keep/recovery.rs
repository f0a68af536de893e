//! Unsaved work as it lies in the data folder, and what becomes of it after a crash.
//!
//! One line of JSON says which file it is of; behind it stand the model as it was last read or saved and the model as
//! it was at the end. So it can be merged with what the file has become since.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    super::{Drawn, Workbench, clock},
    drawings::last_drawn,
    make_folder, real,
    slot::{is_alive, names},
    watch::print_of,
};
use crate::{
    file::{self, Problem, SaveError},
    model::{Key, Merge, Model, Patch, Side, diff, merge},
};

const FORMAT: u32 = 1;
/// So many that nobody wanted to recover are kept.
const ASIDE: usize = 20;

#[derive(Serialize, Deserialize)]
struct Head {
    spandrel_recovery: u32,
    file: Option<String>,
    name: String,
    at: String,
    base_bytes: usize,
}

/// Unsaved work of a window that is no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    kept: PathBuf,
    /// The file that was open, if the model had one.
    pub file: Option<PathBuf>,
    /// The name of the model.
    pub name: String,
    /// When it was kept, for people.
    pub at: String,
}

/// Unsaved work beside its file.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// Which.
    pub recovery: Recovery,
    /// The file as it is now, or as it was where it cannot be read.
    pub bench: Workbench,
    /// The model as it was last read or saved.
    pub base: Model,
    /// The model at the end.
    pub ours: Model,
    /// Whether others have changed the file since.
    pub changed: bool,
    /// Why the file cannot be read.
    pub lost: Vec<Problem>,
    /// How it was last drawn.
    pub drawn: Option<Drawn>,
}

/// Keeps unsaved work.
pub(super) fn keep(kept: &Path, path: Option<&Path>, base: &Model, ours: &Model) -> Result<(), SaveError> {
    let base = file::write(base);
    let head = Head {
        spandrel_recovery: FORMAT,
        file: path.and_then(|path| real(path).to_str().map(str::to_owned)),
        name: ours.about.name.clone(),
        at: clock::moment(),
        base_bytes: base.len(),
    };
    let head = serde_json::to_string(&head).unwrap_or_default();
    file::save(kept, format!("{head}\n{base}{}", file::write(ours)).as_bytes())
}

/// What windows that are no more have left unsaved, the last first.
pub fn recoveries(data: &Path) -> Vec<Recovery> {
    let folder = &data.join("recovery");
    let dead = names(folder).into_iter().filter(|name| !is_alive(folder, name));
    let mut found: Vec<Recovery> = dead.filter_map(|name| look(&folder.join(format!("{name}.recovery")))).collect();
    found.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.kept.cmp(&b.kept)));
    found
}

fn look(kept: &Path) -> Option<Recovery> {
    let mut line = String::new();
    BufReader::new(fs::File::open(kept).ok()?).read_line(&mut line).ok()?;
    let head: Head = serde_json::from_str(&line).ok()?;
    let file = head.file.map(PathBuf::from);
    (head.spandrel_recovery == FORMAT).then(|| Recovery { kept: kept.to_owned(), file, name: head.name, at: head.at })
}

impl Recovery {
    /// What people call it: its file, or else its model.
    pub fn title(&self) -> String {
        let file = self.file.as_ref().and_then(|file| file.file_name());
        file.map_or_else(|| self.name.clone(), |name| name.to_string_lossy().into_owned())
    }

    /// Whether it is of this file.
    pub fn is_of(&self, path: &Path) -> bool {
        self.file.as_ref().is_some_and(|file| *file == real(path))
    }

    /// Reads it, and its file.
    ///
    /// # Errors
    /// Where it is gone, or cannot be read.
    pub fn read(&self) -> Result<Recovered, String> {
        let text = file::load(&self.kept).map_err(|problem| problem.text())?;
        let (head, models) = text.split_once('\n').unwrap_or_default();
        let head: Head = serde_json::from_str(head).map_err(|error| error.to_string())?;
        let (base, ours) = models.split_at_checked(head.base_bytes).ok_or("it is cut")?;
        let model = |text: &str| file::read(text).model.ok_or("it cannot be read as a model");
        let (base, ours) = (model(base)?, model(ours)?);
        let (bench, lost) = match &self.file {
            None => (Workbench::new(base.clone(), None, Vec::new()), Vec::new()),
            Some(path) => match Workbench::open(path) {
                Ok(bench) => (bench, Vec::new()),
                Err(problems) => (Workbench::new(base.clone(), Some(path.clone()), Vec::new()), problems),
            },
        };
        let changed = lost.is_empty() && !diff(&base, bench.model()).is_empty();
        let owner = self.file.as_ref().unwrap_or(&self.kept);
        let drawn = self.kept.parent().and_then(Path::parent).and_then(|data| last_drawn(data, owner));
        Ok(Recovered { recovery: self.clone(), bench, base, ours, changed, lost, drawn })
    }

    /// Throws it away: it is kept elsewhere.
    pub fn discard(&self) {
        let _ = fs::remove_file(&self.kept);
    }

    /// The folder in which what nobody wanted to recover is kept, for a while.
    pub fn aside(&self) -> PathBuf {
        let data = self.kept.parent().and_then(Path::parent).unwrap_or(Path::new("."));
        data.join("discarded")
    }

    /// Puts it away as a model of its own that can be opened like any other; where. Of those, the last ones are kept.
    ///
    /// # Errors
    /// Where that cannot be written: it is then still where it was.
    pub fn put_aside(&self, ours: &Model) -> Result<PathBuf, SaveError> {
        let folder = self.aside();
        make_folder(&folder).map_err(|error| SaveError::Io { path: folder.clone(), reason: error.to_string() })?;
        let title = self.title();
        let title = title.strip_suffix(".ron").unwrap_or(&title);
        let name: String = format!("{} {title}", self.at).chars().map(in_file_name).collect();
        let path = folder.join(format!("{name}.ron"));
        file::save(&path, file::write(ours).as_bytes())?;
        self.discard();
        let mut all: Vec<PathBuf> = fs::read_dir(&folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
        // They are called by the day and the time.
        all.sort();
        for old in all.iter().rev().skip(ASIDE) {
            let _ = fs::remove_file(old);
        }
        Ok(path)
    }
}

/// What stands for a letter in the name of a file.
fn in_file_name(letter: char) -> char {
    if letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.') { letter } else { '-' }
}

impl Recovered {
    /// The file and the unsaved work as one.
    pub fn merge(&self, choose: &dyn Fn(&Key, &str) -> Side) -> Merge {
        merge(&self.base, &self.ours, self.bench.model(), choose)
    }

    /// What the file is known by, where it is there and cannot be read.
    pub fn unreadable(&self) -> Option<u64> {
        self.recovery.file.as_deref().filter(|_| !self.lost.is_empty()).and_then(print_of)
    }

    /// What of the file changes with it.
    pub fn patch(&self) -> Patch {
        diff(self.bench.model(), &self.merge(&|_, _| Side::Ours).model)
    }

    /// Takes it up: the file with the unsaved work as one step. It is kept until that work is kept anew.
    pub fn take(self, choose: &dyn Fn(&Key, &str) -> Side) -> (Workbench, Recovery) {
        let model = self.merge(choose).model;
        let mut bench = self.bench;
        bench.become_model("Recover unsaved work", model);
        if !self.lost.is_empty() {
            bench.mark_unsaved();
        }
        (bench, self.recovery)
    }
}
