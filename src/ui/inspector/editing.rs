//! What is being answered: the open field, the new item that is being told, and what stands folded.

use std::{collections::BTreeMap, rc::Rc};

use crate::{
    model::{Key, Kind, Model, Parts, Path, Said, Shape},
    ui::App,
    workbench::{self, Candidate, Sheet},
};

/// What the inspector remembers between frames.
#[derive(Debug, Default)]
pub(in crate::ui) struct Editing {
    /// The field that is open.
    pub(super) field: Option<Open>,
    /// The new item that is being told.
    pub(super) draft: Option<Draft>,
    /// Groups and items that somebody opened or closed.
    pub(super) folds: BTreeMap<String, bool>,
    /// The fact whose reason and source are shown.
    pub(super) noted: Option<Path>,
    /// What all of it is about.
    pub(super) keys: Vec<Key>,
    /// Whether a field that is not open has the keyboard: nothing is being typed.
    pub(in crate::ui) rests: bool,
    /// What can be said of it, as of a revision.
    pub(super) sheet: Option<(u64, Rc<Sheet>)>,
}

impl Editing {
    /// What stands in the open field and cannot be taken, and why.
    pub(in crate::ui) fn unfit(&self) -> Option<(&str, &str)> {
        let open = self.field.as_ref()?;
        Some((open.text.trim(), open.wrong.as_deref()?))
    }

    /// The open field closes as it was.
    pub(in crate::ui) fn let_go(&mut self) {
        self.field = None;
    }

    /// What can be said of what is selected; it is made once for each revision.
    pub(super) fn sheet(&mut self, model: &Model, revision: u64, keys: &[Key]) -> Rc<Sheet> {
        let known = self.sheet.take().filter(|(of, _)| *of == revision && self.keys == keys);
        let (_, sheet) = self.sheet.insert(known.unwrap_or_else(|| (revision, Rc::new(workbench::sheet(model, keys)))));
        sheet.clone()
    }
}

/// A field that is open.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) target: Target,
    pub(super) shape: Shape,
    /// What stands in it.
    pub(super) text: String,
    /// Whether somebody typed.
    pub(super) typed: bool,
    /// Whether it is yet to have the keyboard.
    pub(super) fresh: bool,
    /// Why what stands in it cannot be taken.
    pub(super) wrong: Option<String>,
    /// The line of the list below that Enter takes.
    pub(super) pick: Option<usize>,
    /// The month of the calendar that is shown.
    pub(super) month: Option<(i16, i8)>,
    /// Where what floats below it stands.
    pub(super) below: egui::Rect,
}

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Target {
    /// A fact.
    Fact(Path),
    /// One more item of a list.
    Item(Path),
    /// A part of the new item that is being told.
    Part(String),
    /// Another name of an entry.
    Name(Path),
}

/// A new item or entry that is being told.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The list or map that it is for.
    pub(super) path: Path,
    pub(super) parts: Parts,
    pub(super) wrong: Option<String>,
}

impl Open {
    pub(super) fn new(target: Target, shape: Shape, text: String) -> Self {
        Self {
            target,
            shape,
            text,
            typed: false,
            fresh: true,
            wrong: None,
            pick: None,
            month: None,
            below: egui::Rect::NOTHING,
        }
    }

    /// Nothing floats below it, so nothing is done there.
    pub(super) fn floats_nowhere<T>(&mut self) -> Option<T> {
        self.below = egui::Rect::NOTHING;
        None
    }
}

/// What a line of the list below a field does.
#[derive(Clone, Debug)]
pub(in crate::ui) enum Offer {
    /// It is said.
    Say(Candidate),
    /// It begins what is typed.
    Begin(Candidate),
    /// A new record is made and referred to; without a name it is asked for.
    New(Kind, String),
}

impl Offer {
    /// Whether it says a text.
    pub(super) fn says(&self, text: &str) -> bool {
        matches!(self, Self::Say(candidate) if candidate.said == Said::Value(text.to_owned()))
    }

    pub(super) fn words(&self) -> (String, String) {
        match self {
            Self::Say(candidate) => (candidate.name.clone(), candidate.aside.clone()),
            Self::Begin(candidate) => (format!("{}…", candidate.name), candidate.aside.clone()),
            Self::New(kind, name) if name.is_empty() => (format!("New {}…", kind.phrase()), String::new()),
            Self::New(kind, name) => (format!("New {} “{name}”", kind.phrase()), String::new()),
        }
    }
}

impl App {
    /// Opens a field.
    pub(super) fn open_field(&mut self, open: Open) {
        if self.leave_field() {
            self.editing.field = Some(open);
        }
    }

    /// Takes what stands in the open field before something else is done; whether it could be taken. What could not stays
    /// as it was typed, and the field says why.
    pub(in crate::ui) fn leave_field(&mut self) -> bool {
        let Some(mut open) = self.editing.field.take() else { return true };
        if !open.typed {
            return true;
        }
        let said = Said::typed(&open.text, &open.shape);
        let Err(why) = self.answer_target(&open.target, &open.shape, said) else { return true };
        (open.wrong, open.fresh) = (Some(why), true);
        self.editing.field = Some(open);
        false
    }

    /// What the inspector is about: what is selected, or the model.
    pub(super) fn inspected(&self) -> Vec<Key> {
        if self.selection.is_empty() {
            return vec![Key::single(Kind::Model)];
        }
        self.selection.iter().cloned().collect()
    }

    /// Before something else is shown, takes what stands in the open field. Where that cannot be, what it is about is
    /// selected again, so that it can be mended; if that is gone, what was typed is told.
    pub(super) fn hold_field(&mut self) {
        if self.editing.keys == self.inspected() || self.leave_field() {
            return;
        }
        let keys = self.editing.keys.clone();
        let text = self.editing.unfit().map_or(String::new(), |(text, _)| text.to_owned());
        if keys.iter().all(|key| self.bench.model().contains(key)) {
            self.select(None, false);
            self.selection = keys.into_iter().filter(|key| *key != Key::single(Kind::Model)).collect();
            self.news = Some(format!("“{text}” does not fit: mend it, or let it go with Escape"));
        } else {
            self.editing.let_go();
            self.news = Some(format!("“{text}” was not kept: what it was said of is gone"));
        }
    }

    /// Says something of facts as one step.
    pub(super) fn say(&mut self, keys: &[Key], path: &Path, said: &Said) -> Result<(), String> {
        let model = self.bench.model().clone();
        let edits = workbench::set_fact(&model, keys, path, said).map_err(|refusal| refusal.to_string())?;
        let step = workbench::fact_step(&model, keys, path, said);
        self.bench.apply(&step, None, &edits).map_err(|error| error.to_string())?;
        self.news = None;
        Ok(())
    }

    /// Carries an answer to where it goes.
    pub(super) fn answer_target(&mut self, target: &Target, shape: &Shape, said: Said) -> Result<(), String> {
        let keys = self.editing.keys.clone();
        match target {
            Target::Fact(path) => self.say(&keys, path, &said),
            Target::Item(path) => match said {
                Said::Value(text) => self.say(&keys, path, &Said::add(text)),
                _ => Ok(()),
            },
            Target::Name(path) => {
                let Said::Value(name) = said else { return Ok(()) };
                if name == path.last() {
                    return Ok(());
                }
                // It stays open under its new name.
                if let Some(open) = self.editing.folds.remove(&path.to_string()) {
                    self.editing.folds.insert(path.parent().then(&name).to_string(), open);
                }
                self.say(&keys, path, &Said::Rename(name))
            }
            Target::Part(name) => {
                let Some(draft) = &mut self.editing.draft else { return Ok(()) };
                draft.wrong = None;
                match said {
                    Said::Value(text) => {
                        let text = workbench::told(self.bench.model(), shape, &text).map_err(|why| why.to_string())?;
                        draft.parts.0.insert(name.clone(), text);
                    }
                    _ => {
                        draft.parts.0.remove(name);
                    }
                }
                Ok(())
            }
        }
    }

    /// Makes a record of a kind by its name and refers to it from where an answer goes; asks for the name if there is none.
    pub(super) fn answer_new(&mut self, target: &Target, kind: Kind, name: &str) -> Result<(), String> {
        let (Target::Fact(path) | Target::Item(path)) = target else { return Ok(()) };
        let keys = self.editing.keys.clone();
        if name.is_empty() {
            self.ask_for_new(kind, Some((keys, path.clone())));
            return Ok(());
        }
        self.refer_to_new(&keys, path, (kind, &Parts::of("name", name))).map(|_| ())
    }

    /// Makes a record and refers to it from facts, as one step.
    pub(in crate::ui) fn refer_to_new(
        &mut self,
        keys: &[Key],
        path: &Path,
        (kind, parts): (Kind, &Parts),
    ) -> Result<Key, String> {
        let model = self.bench.model().clone();
        let made = workbench::set_fact_to_new(&model, keys, path, (kind, parts));
        let (key, edits) = made.map_err(|refusal| refusal.to_string())?;
        let step = workbench::fact_step(&model, keys, path, &Said::Value(String::new()));
        self.bench.apply(&step, None, &edits).map_err(|error| error.to_string())?;
        self.news = None;
        Ok(key)
    }

    /// Tells the new item as it stands; whether it is there now.
    pub(super) fn end_draft(&mut self) {
        let Some(mut draft) = self.editing.draft.take() else { return };
        let keys = self.editing.keys.clone();
        match self.say(&keys, &draft.path, &Said::Add(draft.parts.clone())) {
            Ok(()) => {}
            Err(why) => {
                draft.wrong = Some(why);
                self.editing.draft = Some(draft);
            }
        }
    }
}

/// What stands below an open field to choose from.
pub(super) fn offers(app: &App, open: &Open) -> Vec<Offer> {
    let model = app.bench.model();
    let path = match &open.target {
        Target::Fact(path) | Target::Item(path) => path.clone(),
        Target::Name(path) => path.parent(),
        Target::Part(name) => {
            let list = app.editing.draft.as_ref().map(|draft| draft.path.clone()).unwrap_or_default();
            if name.is_empty() { list } else { list.then(name) }
        }
    };
    let key = app.editing.keys.first();
    let wanted = if open.typed { open.text.trim().to_lowercase() } else { String::new() };
    // What was typed before the last comma stays: several are told one after the other.
    let mut found: Vec<(u8, Offer)> = Vec::new();
    let featured = app.survey.as_ref().filter(|_| path.0.first().is_some_and(|step| step == "featured"));
    let candidates = match featured {
        Some(survey) => workbench::featurable(survey),
        None => workbench::candidates(model, key, &path, &open.shape),
    };
    for candidate in candidates {
        let name = candidate.name.to_lowercase();
        let rank = match () {
            () if wanted.is_empty() || name.starts_with(&wanted) => 0,
            () if name.contains(&wanted) => 1,
            () if candidate.aside.to_lowercase().contains(&wanted) => 2,
            () => continue,
        };
        let begins = candidate.begins;
        found.push((rank, if begins { Offer::Begin(candidate) } else { Offer::Say(candidate) }));
    }
    found.sort_by_key(|(rank, _)| *rank);
    let mut offers: Vec<Offer> = found.into_iter().map(|(_, offer)| offer).collect();
    let item = match open.shape.inner() {
        Shape::List(item) => item,
        other => other,
    };
    if let (Shape::Reference([kind]), Target::Fact(_) | Target::Item(_)) = (item, &open.target)
        && workbench::can_be_made(*kind)
        && !model.keys_of(*kind).iter().any(|key| model.name(key).to_lowercase() == wanted)
    {
        let name = if open.typed { open.text.trim().to_owned() } else { String::new() };
        offers.push(Offer::New(*kind, name));
    }
    offers
}
