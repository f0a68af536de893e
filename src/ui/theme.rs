//! Fonts, sizes and colours of the window, from the same table as diagrams.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke, TextStyle, Theme, Visuals,
    vec2,
};

use crate::{
    scene::{Palette, Role},
    text::Face,
};

/// How wide outlines are.
const WIDTH: f32 = 1.0;

/// Sets fonts and both themes.
pub(super) fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    set_contrast(ctx, false);
    // Zooming is the diagram's; the size of everything is a setting.
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        options.fallback_theme = Theme::Light;
    });
    ctx.all_styles_mut(|style| {
        let sized = |size, face| FontId::new(size, family(face));
        style.text_styles = [
            (TextStyle::Small, sized(11.0, Face::Regular)),
            (TextStyle::Body, sized(13.0, Face::Regular)),
            (TextStyle::Button, sized(13.0, Face::Regular)),
            (TextStyle::Heading, sized(18.0, Face::SemiBold)),
            (TextStyle::Monospace, sized(12.0, Face::Mono)),
        ]
        .into();
        style.spacing.item_spacing = vec2(8.0, 4.0);
        style.spacing.button_padding = vec2(8.0, 4.0);
        style.spacing.interact_size.y = 26.0;
        style.spacing.menu_margin = Margin::same(6);
        style.spacing.menu_width = 260.0;
    });
}

/// Lets nothing move by itself, or all that is made to.
pub(super) fn keep_still(ctx: &egui::Context, still: bool) {
    let time = if still { 0.0 } else { egui::Style::default().animation_time };
    ctx.all_styles_mut(|style| style.animation_time = time);
}

/// The face as a family of egui.
pub(super) fn family(face: Face) -> FontFamily {
    FontFamily::Name(face.name().into())
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    // What the bundled faces lack may be in egui's own.
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for face in Face::ALL {
        fonts.font_data.insert(face.name().to_owned(), Arc::new(FontData::from_static(face.bytes())));
        let names = std::iter::once(face.name().to_owned()).chain(fallback.iter().cloned());
        fonts.families.insert(family(face), names.collect());
    }
    for (family, face) in [(FontFamily::Proportional, Face::Regular), (FontFamily::Monospace, Face::Mono)] {
        fonts.families.entry(family).or_default().insert(0, face.name().to_owned());
    }
    fonts
}

/// The button that does what a dialog or a small form is for.
pub(super) fn main_button(ui: &mut egui::Ui, words: &str) -> egui::Response {
    let text = egui::RichText::new(words).color(colour(ui, Role::OnAccent));
    let response = ui.add(egui::Button::new(text).fill(colour(ui, Role::Accent)));
    if response.has_focus() {
        // Around it: on its own ground a ring of the same colour would not be seen.
        let stroke = Stroke::new(1.5, colour(ui, Role::Accent));
        ui.painter().rect_stroke(response.rect.expand(2.0), 8.0, stroke, egui::StrokeKind::Outside);
    }
    response
}

/// Shows that something painted by hand has the keyboard.
pub(super) fn focus_ring(ui: &egui::Ui, response: &egui::Response) {
    if response.has_focus() {
        let stroke = Stroke::new(1.5 * ui.visuals().window_stroke.width, colour(ui, Role::Accent));
        ui.painter().rect_stroke(response.rect.shrink(1.0), 6.0, stroke, egui::StrokeKind::Inside);
    }
}

/// The edge of a patch that is told by its ground alone: in high contrast that ground is the panel's.
pub(super) fn patch_edge(ui: &egui::Ui) -> Stroke {
    if palette(ui).is_high_contrast() { Stroke::new(1.0, colour(ui, Role::Hairline)) } else { Stroke::NONE }
}

/// A patch that is told by its ground: a field at rest, a count.
pub(super) fn patch(ui: &egui::Ui, rect: egui::Rect, radius: f32, ground: Role) {
    ui.painter().rect(rect, radius, colour(ui, ground), patch_edge(ui), egui::StrokeKind::Inside);
}

/// Sets both themes, as usual or in high contrast.
pub(super) fn set_contrast(ctx: &egui::Context, high: bool) {
    let (light, dark) =
        if high { (Palette::LightContrast, Palette::DarkContrast) } else { (Palette::Light, Palette::Dark) };
    ctx.set_visuals_of(Theme::Light, visuals(light));
    ctx.set_visuals_of(Theme::Dark, visuals(dark));
}

/// The palette of a place. High contrast is known by its outlines, which are twice as wide.
pub(super) fn palette(ui: &egui::Ui) -> Palette {
    let visuals = ui.visuals();
    match (visuals.window_stroke.width > WIDTH, visuals.dark_mode) {
        (false, false) => Palette::Light,
        (false, true) => Palette::Dark,
        (true, false) => Palette::LightContrast,
        (true, true) => Palette::DarkContrast,
    }
}

/// A role's colour in the theme of a place.
pub(super) fn colour(ui: &egui::Ui, role: Role) -> Color32 {
    rgba(palette(ui), role)
}

pub(super) fn rgba(palette: Palette, role: Role) -> Color32 {
    let crate::scene::Rgba(r, g, b, a) = palette.rgba(role);
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

fn visuals(palette: Palette) -> Visuals {
    let c = |role| rgba(palette, role);
    let mut visuals = if palette.is_dark() { Visuals::dark() } else { Visuals::light() };
    let width = if palette.is_high_contrast() { 2.0 * WIDTH } else { WIDTH };
    visuals.panel_fill = c(Role::Panel);
    visuals.window_fill = c(Role::Panel);
    visuals.window_stroke = Stroke::new(width, c(Role::Hairline));
    visuals.extreme_bg_color = c(Role::Canvas);
    visuals.faint_bg_color = c(Role::Canvas);
    visuals.text_edit_bg_color = Some(c(Role::Canvas));
    visuals.weak_text_color = Some(c(Role::Soft));
    visuals.hyperlink_color = c(Role::Accent);
    visuals.error_fg_color = c(Role::Error);
    visuals.warn_fg_color = c(Role::Warning);
    visuals.selection.bg_fill = c(Role::AccentFill);
    visuals.selection.stroke = Stroke::new(1.0, c(Role::Text));
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_corner_radius = CornerRadius::same(10);
    let widgets = &mut visuals.widgets;
    for widget in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        widget.corner_radius = CornerRadius::same(6);
        widget.fg_stroke = Stroke::new(1.0, c(Role::Text));
        widget.expansion = 0.0;
    }
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, c(Role::Hairline));
    widgets.noninteractive.bg_fill = c(Role::Panel);
    widgets.inactive.weak_bg_fill = c(Role::Canvas);
    widgets.inactive.bg_fill = c(Role::Canvas);
    widgets.inactive.bg_stroke = Stroke::new(1.0, c(Role::Hairline));
    widgets.hovered.weak_bg_fill = c(Role::AccentFill);
    widgets.hovered.bg_fill = c(Role::AccentFill);
    widgets.hovered.bg_stroke = Stroke::new(1.0, c(Role::ContainerLine));
    widgets.active.weak_bg_fill = c(Role::AccentFill);
    widgets.active.bg_fill = c(Role::AccentFill);
    widgets.active.bg_stroke = Stroke::new(width, c(Role::Accent));
    widgets.open.weak_bg_fill = c(Role::AccentFill);
    widgets.open.bg_fill = c(Role::AccentFill);
    widgets.open.bg_stroke = Stroke::new(1.0, c(Role::ContainerLine));
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canvas_sets_text_as_wide_as_it_was_measured() {
        let ctx = egui::Context::default();
        install(&ctx);
        // Fonts are there from the pass after the one that set them.
        for pass in 0..2 {
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                for (face, size) in [(Face::SemiBold, 14.0), (Face::Regular, 11.0), (Face::Italic, 13.0)].repeat(pass) {
                    for text in ["Warehouse management", "AVATAR To Way", "Größe → 99.9 %", "iiiillll"] {
                        let font = FontId::new(size, family(face));
                        let set = ui.painter().layout_no_wrap(text.to_owned(), font, Color32::WHITE).size().x;
                        let measured = crate::text::width(face, size, text);
                        assert!(
                            (set - measured).abs() <= 0.04 * measured + 1.0,
                            "{text}: {set} set, {measured} measured"
                        );
                    }
                }
            });
            output.textures_delta.clear();
        }
    }

    #[test]
    fn text_and_lines_can_be_told_from_what_they_stand_on() {
        use Role::{
            Accent, AccentFill, BoxFill, BoxLine, Canvas, Command, Error, ErrorFill, Event, Faint, LegacyFill,
            OnAccent, Panel, Query, Soft, Text, Warning, WarningFill,
        };
        let texts: &[(Role, &[Role])] = &[
            (Text, &[Canvas, Panel, BoxFill, LegacyFill, AccentFill, ErrorFill, WarningFill]),
            (Soft, &[Canvas, Panel, BoxFill, LegacyFill, AccentFill]),
            (Faint, &[Canvas, Panel]),
            (Accent, &[Panel, Canvas, AccentFill]),
            (Error, &[Panel, Canvas, ErrorFill]),
            (Warning, &[Panel, WarningFill]),
            (OnAccent, &[Accent, Command, Query, Event, Error, Warning]),
        ];
        let lines: &[(Role, &[Role])] = &[
            (BoxLine, &[Canvas, BoxFill]),
            (Command, &[Canvas]),
            (Query, &[Canvas]),
            (Event, &[Canvas]),
            (Warning, &[Canvas]),
            (Error, &[Canvas, ErrorFill]),
            (Faint, &[Canvas, BoxFill]),
        ];
        let tints: Vec<(Role, [Role; 1])> = (0..crate::scene::TINTS)
            .flat_map(|at| {
                let ground = [Role::Tint(at)];
                [(Text, ground), (Soft, ground)]
            })
            .collect();
        let outlines: Vec<(Role, [Role; 2])> =
            (0..crate::scene::TINTS).map(|at| (Role::TintLine(at), [Canvas, Role::Tint(at)])).collect();
        let of = |list: &[(Role, &[Role])]| list.iter().map(|(role, on)| (*role, on.to_vec())).collect::<Vec<_>>();
        let texts: Vec<_> = of(texts).into_iter().chain(tints.iter().map(|(role, on)| (*role, on.to_vec()))).collect();
        let lines: Vec<_> =
            of(lines).into_iter().chain(outlines.iter().map(|(role, on)| (*role, on.to_vec()))).collect();
        for palette in Palette::ALL {
            let high = palette.is_high_contrast();
            let mut lines = lines.clone();
            if high {
                lines.push((Role::Hairline, vec![Panel, Canvas]));
                lines.push((Role::ContainerLine, vec![Canvas]));
            }
            for (least, pairs) in [(if high { 7.0 } else { 4.5 }, &texts), (3.0, &lines)] {
                for (role, grounds) in pairs {
                    for ground in grounds {
                        let found = palette.rgba(*role).contrast(palette.rgba(*ground));
                        assert!(found >= least, "{role:?} on {ground:?} in {palette:?}: {found:.2} < {least}");
                    }
                }
            }
        }
    }
}
