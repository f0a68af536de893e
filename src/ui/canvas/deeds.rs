//! What can be done on the canvas by name: in its menus, by a key, and from wherever commands are listed.

use super::keys::chosen;
use crate::{
    export,
    layout::{Area, Spot},
    model::{Edit, Key},
    scene::{Item, Mark, Palette, Rect, Scene},
    ui::{App, tabs::Tab, theme},
    workbench::{self, Alignment, Survey},
};

/// A command of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Deed {
    /// Puts the selected boxes in order.
    Align(Alignment),
    /// Finds new places for the selected boxes; everything else stays.
    Anew,
    /// Makes everything step back that is not joined to the selection.
    Focus,
    /// Shows or hides the overview in the corner.
    Minimap,
    /// Lets nothing glide.
    Still,
    /// Copies the selection, or everything, as a picture.
    CopyPicture,
    /// Copies the selection, or everything, as SVG.
    CopySvg,
}

/// Around a copied selection.
const MARGIN: f32 = 24.0;

impl Deed {
    /// What it is called in a menu.
    pub(in crate::ui) fn title(self) -> &'static str {
        match self {
            Self::Align(way) => way.title(),
            Self::Anew => "Lay out the selection anew",
            Self::Focus => "Focus on the selection",
            Self::Minimap => "Overview",
            Self::Still => "Reduce motion",
            Self::CopyPicture => "Copy as picture",
            Self::CopySvg => "Copy as SVG",
        }
    }

    /// Whether it can be done now.
    pub(in crate::ui) fn is_enabled(self, app: &App) -> bool {
        let selected = || app.chosen_boxes();
        match self {
            Self::Align(way) => selected() >= way.least(),
            Self::Anew => selected() > 0,
            Self::Focus => app.canvas.focused || !app.selection.is_empty(),
            Self::Minimap | Self::Still => true,
            Self::CopyPicture | Self::CopySvg => {
                app.survey.as_ref().is_some_and(|survey| !survey.plan.nodes.is_empty())
            }
        }
    }

    /// Whether it is what is shown now, for choices in a menu.
    pub(in crate::ui) fn is_chosen(self, app: &App) -> bool {
        match self {
            Self::Focus => app.canvas.focused,
            Self::Minimap => app.settings.minimap,
            Self::Still => app.settings.still,
            _ => false,
        }
    }

    /// Does it.
    pub(in crate::ui) fn run(self, app: &mut App, ctx: &egui::Context) {
        match self {
            Self::Align(way) => align(app, way),
            Self::Anew => anew(app),
            Self::Focus => {
                app.tab = Tab::Landscape;
                app.canvas.focused = !app.canvas.focused;
            }
            Self::Minimap => app.settings.minimap = !app.settings.minimap,
            Self::Still => {
                app.settings.still = !app.settings.still;
                theme::keep_still(ctx, app.settings.still);
            }
            Self::CopyPicture => copy_picture(app, ctx),
            Self::CopySvg => {
                if let Some((scene, name)) = copied(app) {
                    ctx.copy_text(export::svg(&scene, Palette::Light, &app.bench.model().about.name));
                    app.news = Some(format!("Copied {name} as SVG"));
                }
            }
        }
    }
}

fn align(app: &mut App, way: Alignment) {
    let Some(survey) = app.survey.clone() else { return };
    let area = |(at, key, _): (usize, Key, _)| Some((key, survey.drawing.nodes.get(at).copied()?));
    let boxes: Vec<(Key, Area)> = chosen(app, &survey).into_iter().filter_map(area).collect();
    let stays = |mark: &&Mark| !mark.keys.iter().any(|key| boxes.iter().any(|(chosen, _)| chosen == key));
    let others = survey.diagram.boxes.iter().filter(stays).filter_map(|mark| survey.drawing.nodes.get(mark.at));
    let others: Vec<Area> = others.copied().collect();
    let spots = workbench::align(&boxes, &others, way);
    let name = format!("{}: {} boxes", way.title(), spots.len());
    app.tab = Tab::Landscape;
    let stands =
        |(key, spot): &(Key, Spot)| boxes.iter().any(|(other, area)| other == key && (area.x, area.y) == *spot);
    let stay = spots.iter().all(stands);
    app.put_boxes(&name, None, spots, Vec::new());
    if stay {
        app.news = Some(format!("{}: they stand like that already", way.title()));
    }
}

/// Forgets where the selected boxes stand, and where they were put. Where they were put by hand this is a step.
fn anew(app: &mut App) {
    let Some(survey) = app.survey.clone() else { return };
    let boxes = chosen(app, &survey);
    let keys: std::collections::BTreeSet<Key> = boxes.iter().map(|(_, key, _)| key.clone()).collect();
    let name = format!("Lay out {} anew", super::drag::name_of(&survey, &boxes));
    let done = match &mut app.showing.view {
        Some(view) => {
            view.pins.retain(|key, _| !keys.contains(key));
            Ok(())
        }
        None => app.bench.unpin(&name, |key| keys.contains(key)).map_err(|error| error.to_string()),
    };
    app.canvas.anew = keys;
    app.tab = Tab::Landscape;
    app.report(done);
}

/// Draws the picture off the window's thread, twice as large as life: it ends up on slides.
fn copy_picture(app: &mut App, ctx: &egui::Context) {
    let Some((scene, name)) = copied(app) else { return };
    let job = move || crate::ui::app::Answer::Copied(export::pixels(&scene, Palette::Light, 2.0), name);
    let repaint = ctx.clone();
    app.jobs.spawn("picture", job, move || repaint.request_repaint());
}

/// What is copied, and what it is called: what is selected of the boxes and frames with what lies there, or everything.
fn copied(app: &App) -> Option<(Scene, String)> {
    let survey: &Survey = app.survey.as_deref()?;
    let diagram = &survey.diagram;
    let marks = diagram.boxes.iter().chain(&diagram.frames).chain(&diagram.lines);
    let selected = marks.filter(|mark| mark.keys.iter().any(|key| app.selection.contains(key)));
    let areas: Vec<Rect> = selected.map(|mark| mark.area).collect();
    let Some(hull) = areas.iter().copied().reduce(Rect::around) else {
        return Some((diagram.scene.clone(), "the diagram".to_owned()));
    };
    let bounds = Rect { x: hull.x - MARGIN, y: hull.y - MARGIN, w: hull.w + 2.0 * MARGIN, h: hull.h + 2.0 * MARGIN };
    let parts = diagram.parts.iter().filter(|part| part.area.meets(&bounds));
    let items: Vec<Item> = parts.flat_map(|part| diagram.items(part).iter().cloned()).collect();
    let name = if app.selection.len() == 1 { "the selected element" } else { "the selected elements" };
    Some((Scene { bounds, items }, name.to_owned()))
}

impl App {
    /// How many boxes are selected, those in selected frames among them.
    pub(in crate::ui) fn chosen_boxes(&self) -> usize {
        self.survey.as_ref().map_or(0, |survey| chosen(self, survey).len())
    }

    /// Puts boxes somewhere, and changes what goes with that: in the landscape as a step of the model, in a view for now.
    pub(in crate::ui) fn put_boxes(
        &mut self,
        name: &str,
        gesture: Option<u64>,
        spots: Vec<(Key, Spot)>,
        also: Vec<Edit>,
    ) {
        let done = match &mut self.showing.view {
            Some(view) => {
                view.pins.extend(spots);
                self.bench.apply(name, gesture, &also)
            }
            None => self.bench.pin(name, gesture, &spots, also),
        };
        self.report(done.map_err(|error| error.to_string()));
    }
}
