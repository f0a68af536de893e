//! Who owns what, as a menu of boxes and of rows: the same answers as in the field of the owner, said in the same way.

use egui::{Button, ScrollArea, Ui};

use super::editing::{Offer, Open, Target, offers};
use crate::{
    model::{Fact, Key, Path, Said},
    ui::{App, sides::Side},
    workbench::Candidate,
};

const OWNER: &str = "owner";

/// What can be said of the owner of records of one kind; what was chosen.
pub(in crate::ui) fn owner_menu(app: &App, ui: &mut Ui, key: &Key) -> Option<Offer> {
    let record = app.bench.model().entry(key)?.record;
    let (path, now) = (Path::from(OWNER), record.owner()?);
    let open = Open::new(Target::Fact(path.clone()), record.shape_at(&path)?, String::new());
    let mut chosen = None;
    let mut entry = |ui: &mut Ui, is: bool, offer: Offer| {
        if ui.add(Button::selectable(is, offer.words().0)).clicked() {
            chosen = Some(offer);
            ui.close();
        }
    };
    let (named, new): (Vec<Offer>, Vec<Offer>) =
        offers(app, &open).into_iter().partition(|offer| !matches!(offer, Offer::New(..)));
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        for offer in named {
            let is = now.known().is_some_and(|key| offer.says(key.slug.as_str()));
            entry(ui, is, offer);
        }
    });
    new.into_iter().for_each(|offer| entry(ui, false, offer));
    ui.separator();
    let said = |said: Said, name: &str| {
        Offer::Say(Candidate { said, name: name.to_owned(), aside: String::new(), begins: false })
    };
    entry(ui, now == Fact::None, said(Said::None, "None: there is no owner"));
    entry(ui, now == Fact::NotAsked, said(Said::NotAsked, "Not asked"));
    chosen
}

impl App {
    /// Whether a fact can be said of what is selected.
    pub(in crate::ui) fn can_say(&self, fact: &str) -> bool {
        let model = self.bench.model();
        let takes = |key: &Key| model.entry(key).is_some_and(|entry| entry.record.shape_at(&fact.into()).is_some());
        !self.selection.is_empty() && self.selection.iter().all(takes)
    }

    /// Opens the field of a fact of what is selected.
    pub(in crate::ui) fn ask_for_fact(&mut self, fact: &'static str) {
        let keys: Vec<Key> = self.selection.iter().cloned().collect();
        let path = Path::from(fact);
        let Some(key) = keys.first() else { return };
        let Some(shape) = self.bench.model().entry(key).and_then(|entry| entry.record.shape_at(&path)) else { return };
        self.set_side(Side::Inspector, true);
        self.begin(&keys);
        self.editing.folds.insert(format!("{} Facts", key.kind.word()), true);
        self.open_field(Open::new(Target::Fact(path), shape, String::new()));
    }

    /// Says who owns records, as one step; asks for the name of a new owner.
    pub(in crate::ui) fn say_owner(&mut self, keys: &[Key], offer: Offer) {
        let path = Path::from(OWNER);
        match offer {
            Offer::Say(candidate) | Offer::Begin(candidate) => {
                let done = self.say(keys, &path, &candidate.said);
                self.report(done);
            }
            Offer::New(kind, _) => self.ask_for_new(kind, Some((keys.to_vec(), path))),
        }
    }
}
