//! The bar at the top of the canvas: what of the model is shown, each condition a chip that can be taken out.

use egui::{Button, RichText, Ui, WidgetInfo, vec2};

use super::views::hops_ui;
use crate::{
    model::{Filter, Found, SystemKind, Transport, View},
    scene::Role,
    text::Face,
    ui::{
        App,
        commands::{self, Command},
        paint,
        tabs::Tab,
        theme,
    },
    workbench::{self, FilterPart},
};

/// How much of the canvas the bar takes at the top, where it says more than that there is one.
const HEIGHT: f32 = 52.0;

/// Longer lists of a menu scroll.
const HIGHEST: f32 = 360.0;

impl App {
    /// What is left out of what is shown; nothing where it is the landscape.
    pub(in crate::ui) fn filter(&self) -> Filter {
        let shown = self.showing.view.as_ref().map(|view| view.filter.clone());
        shown.unwrap_or_else(|| workbench::landscape_view(self.bench.model()).1.filter)
    }

    /// Adds a condition to what is shown, or takes it out. What is shown is then no more the landscape; without any
    /// condition it is that again.
    pub(in crate::ui) fn toggle_filter(&mut self, part: &FilterPart) {
        let landscape = workbench::landscape_view(self.bench.model()).1;
        let mut view = self.showing.view.clone().unwrap_or_else(|| landscape.clone());
        part.toggle(&mut view.filter);
        let back = view.filter == landscape.filter && self.views.open.is_none();
        self.fit_when_drawn = true;
        self.showing.view = Some(view).filter(|view: &View| !back || !workbench::is_same_view(view, &landscape));
    }
}

impl App {
    /// Opens the menu of conditions, over the diagram.
    pub(in crate::ui) fn ask_to_filter(&mut self) {
        self.tab = Tab::Landscape;
        self.views.ask_filter = true;
    }
}

/// How much of the canvas the bar takes at the top.
pub(super) fn bar_height(app: &App) -> f32 {
    if app.showing.view.is_some() { HEIGHT } else { 0.0 }
}

/// The bar: the menu of conditions, the chips, and the way back.
pub(super) fn bar_ui(app: &mut App, ui: &mut Ui, area: egui::Rect) {
    // In workshop mode another bar says what is shown; of nothing there is no part.
    let nothing = app.bench.model().systems.is_empty() && app.showing.view.is_none();
    if app.workshop.is_on() || nothing {
        return;
    }
    let filter = app.filter();
    let shown = app.showing.view.clone();
    let mut toggled = None;
    let mut hops = None;
    let mut back = false;
    let place = egui::Rect::from_min_size(area.min + vec2(12.0, 12.0), vec2(area.width() - 24.0, 40.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
        let stroke = egui::Stroke::new(1.0, theme::colour(ui, Role::Hairline));
        let plate = egui::Frame::new().fill(theme::colour(ui, Role::Panel)).stroke(stroke).corner_radius(8);
        // Alone, the button needs no plate.
        let frame = if shown.is_some() { plate.inner_margin(egui::Margin::symmetric(6, 6)) } else { egui::Frame::NONE };
        frame.show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
                let title = RichText::new("Filter");
                let button = paint::drop_down(ui, title, None, |ui| menu_ui(app, ui, &filter, &mut toggled));
                if std::mem::take(&mut app.views.ask_filter) {
                    button.request_focus();
                    egui::Popup::open_id(ui.ctx(), egui::Popup::default_response_id(&button));
                }
                button.on_hover_text(commands::tip(ui.ctx(), Command::Filter));
                let Some(view) = &shown else { return };
                if let Some(words) = words(app, view) {
                    ui.label(RichText::new(words).family(theme::family(Face::SemiBold)));
                }
                // What is in the middle has a name of its own before the chips.
                let parts = FilterPart::of(&filter).into_iter();
                for part in parts.filter(|part| !matches!(part, FilterPart::Around(_))) {
                    if chip(ui, &part.words(app.bench.model())) {
                        toggled = Some(part);
                    }
                }
                if let Some((now, _)) = app.hops() {
                    // The name of what is in the middle says how many hops there are.
                    if !view.filter.around.is_known() {
                        ui.label(if now == 1 { "and 1 hop".to_owned() } else { format!("and {now} hops") });
                    }
                    hops = hops_ui(app, ui);
                }
                back = ui.add(Button::new("Show all").shortcut_text("Esc")).clicked();
            });
        });
    });
    if let Some(hops) = hops {
        app.set_hops(hops);
    }
    if let Some(part) = toggled {
        app.toggle_filter(&part);
    }
    let menu = std::mem::replace(&mut app.views.menu_open, egui::Popup::is_any_open(ui.ctx()));
    let free = app.float.is_none() && app.dialog.is_none() && !menu && !app.views.menu_open;
    let typing = ui.ctx().text_edit_focused();
    let escaped = free && !typing && ui.input(|input| input.key_pressed(egui::Key::Escape));
    if back || (shown.is_some() && escaped) {
        app.show_view(None);
    }
}

/// What is shown, where that is a saved view, what surrounds something, or a flow; chips say the rest.
fn words(app: &App, view: &View) -> Option<String> {
    let around = view.filter.around.is_known();
    let counted = |hops: u32| if hops == 1 { "1 hop".to_owned() } else { format!("{hops} hops") };
    match app.hops() {
        _ if app.views.open.is_none() && !around => None,
        // A saved view has a name of its own, which does not say what is in its middle.
        Some((hops @ 1.., _)) if around && app.views.open.is_some() => {
            Some(format!("{}: {}", view.title, counted(hops)))
        }
        Some((hops @ 1.., _)) if around => Some(format!("{} and {}", view.title, counted(hops))),
        None if around && app.views.open.is_none() => Some(format!("the flow of {}", view.title)),
        _ => Some(view.title.clone()),
    }
}

/// A condition that can be taken out; whether it was.
fn chip(ui: &mut Ui, words: &str) -> bool {
    let text = RichText::new(format!("{words}  ×")).color(theme::colour(ui, Role::Text));
    let fill = theme::colour(ui, Role::AccentFill);
    let response = ui.add(Button::new(text).fill(fill).corner_radius(13));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("Remove filter: {words}")));
    response.on_hover_text("Remove this condition").clicked()
}

/// The conditions that there are, those that hold marked. Choosing one leaves the menu open for the next.
fn menu_ui(app: &App, ui: &mut Ui, filter: &Filter, toggled: &mut Option<FilterPart>) {
    let model = app.bench.model();
    let domains = model.domains.keys().cloned().map(FilterPart::Domain).collect();
    let boundaries = model.boundaries.keys().cloned().map(FilterPart::Boundary).collect();
    let drawn = |kind: &SystemKind| model.systems.values().any(|system| system.kind == *kind);
    let kinds = SystemKind::ALL.iter().copied().filter(drawn).map(FilterPart::Kind).collect();
    let transports = Transport::ALL.iter().copied().map(FilterPart::Transport).collect();
    let found = Found::ALL.iter().copied().map(FilterPart::Found).collect();
    let groups: [(&str, Vec<FilterPart>); 5] = [
        ("Domains", domains),
        ("Boundaries", boundaries),
        ("Kinds of system", kinds),
        ("Transport", transports),
        ("Findings", found),
    ];
    for (title, parts) in groups {
        if parts.is_empty() {
            continue;
        }
        let config =
            egui::containers::menu::MenuConfig::new().close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
        egui::containers::menu::SubMenuButton::new(title).config(config).ui(ui, |ui| {
            egui::ScrollArea::vertical().max_height(HIGHEST).show(ui, |ui| choices(app, ui, filter, parts, toggled));
        });
    }
}

fn choices(app: &App, ui: &mut Ui, filter: &Filter, parts: Vec<FilterPart>, toggled: &mut Option<FilterPart>) {
    let model = app.bench.model();
    let mut named: Vec<(String, FilterPart)> = parts
        .into_iter()
        .map(|part| {
            let name = match &part {
                FilterPart::Domain(id) => model.name_of(id),
                FilterPart::Boundary(id) => model.name_of(id),
                other => other.words(model),
            };
            (name, part)
        })
        .collect();
    if matches!(named.first(), Some((_, FilterPart::Domain(_) | FilterPart::Boundary(_)))) {
        named.sort_by_cached_key(|(name, _)| name.to_lowercase());
    }
    for (name, part) in named {
        let on = part.is_in(filter);
        let response = paint::choice_ui(ui, on, &name);
        response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, on, &name));
        if response.clicked() {
            *toggled = Some(part);
        }
    }
}
