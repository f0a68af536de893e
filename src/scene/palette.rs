//! The colours of `Role`s: light and dark, usual and of high contrast.

use super::Role;

/// A colour: red, green, blue and opacity, 0–255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgba(pub u8, pub u8, pub u8, pub u8);

impl Rgba {
    /// The contrast of two opaque colours, from 1 to 21, as WCAG 2.2 defines it.
    pub fn contrast(self, other: Self) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let light = |c: Self| 0.2126 * part(c.0) + 0.7152 * part(c.1) + 0.0722 * part(c.2) + 0.05;
        let (a, b) = (light(self), light(other));
        a.max(b) / a.min(b)
    }
}

/// A theme's colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// Paper, SVG and the light window.
    Light,
    /// The dark window.
    Dark,
    /// The light window for who sees little: no grey that is hard to read, no line that is hard to see.
    LightContrast,
    /// The dark window for who sees little.
    DarkContrast,
}

impl Palette {
    /// Every palette.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::LightContrast, Self::DarkContrast];

    /// Whether it is light on dark.
    pub fn is_dark(self) -> bool {
        matches!(self, Self::Dark | Self::DarkContrast)
    }

    /// Whether it is one of high contrast.
    pub fn is_high_contrast(self) -> bool {
        matches!(self, Self::LightContrast | Self::DarkContrast)
    }

    /// What a role is in this palette.
    pub fn rgba(self, role: Role) -> Rgba {
        let (light, dark) = if self.is_high_contrast() { high(role) } else { usual(role) };
        let value: u32 = if self.is_dark() { dark } else { light };
        let alpha = if role == Role::ContainerFill { 140 } else { 255 };
        Rgba((value >> 16) as u8, (value >> 8) as u8, value as u8, alpha)
    }
}

type Pair = (u32, u32);

/// A role, light and dark.
fn usual(role: Role) -> Pair {
    match role {
        Role::Canvas => (0xF6F7F9, 0x12161D),
        Role::Grid => (0xDDE1E7, 0x232A35),
        Role::Panel => (0xFFFFFF, 0x1A2029),
        Role::Hairline => (0xE2E6EC, 0x2B3441),
        Role::Text => (0x1B2430, 0xE7EBF1),
        Role::Soft => (0x5B6675, 0xA2AEBD),
        Role::Faint => (0x667182, 0x8793A4),
        Role::BoxFill => (0xFFFFFF, 0x222A36),
        Role::BoxLine => (0x7C8798, 0x667487),
        Role::LegacyFill => (0xF1EDE6, 0x2B2824),
        Role::ContainerFill => (0xFFFFFF, 0x171D26),
        Role::ContainerLine => (0xC7CED8, 0x364150),
        Role::MeshFill => (0xE9F3F2, 0x16282A),
        Role::Accent => (0x1F5FD6, 0x7AA7FF),
        Role::AccentFill => (0xEAF1FE, 0x1E2E4E),
        Role::OnAccent => (0xFFFFFF, 0x12161D),
        Role::Command => (0x2459C4, 0x7FA8FF),
        Role::Query => (0x0F766B, 0x4FC7B4),
        Role::Event => (0xA8500A, 0xF2A65E),
        Role::Error => (0xC62828, 0xFF7B72),
        Role::ErrorFill => (0xFDECEC, 0x3A1F22),
        Role::Warning => (0x9A6200, 0xF0B95A),
        Role::WarningFill => (0xFFF4DE, 0x352B17),
        Role::Tint(at) => tint(at).0,
        Role::TintLine(at) => tint(at).1,
    }
}

/// A role in high contrast, light and dark.
fn high(role: Role) -> Pair {
    match role {
        Role::Canvas => (0xFFFFFF, 0x000000),
        Role::Grid => (0xD3D8DF, 0x2A313B),
        Role::Panel => (0xFFFFFF, 0x000000),
        Role::Hairline => (0x6B7480, 0x8A94A3),
        Role::Text => (0x000000, 0xFFFFFF),
        Role::Soft => (0x2B323B, 0xD5DBE4),
        Role::Faint => (0x3A424D, 0xC3CBD6),
        Role::BoxFill => (0xFFFFFF, 0x0E1218),
        Role::BoxLine => (0x1B2430, 0xC3CBD6),
        Role::LegacyFill => (0xF4EEE2, 0x241F17),
        Role::ContainerFill => (0xFFFFFF, 0x0A0D12),
        Role::ContainerLine => (0x4A5463, 0x8A94A3),
        Role::MeshFill => (0xE3F1EF, 0x0C2224),
        Role::Accent => (0x0A3FA8, 0x9CC0FF),
        Role::AccentFill => (0xDCE8FF, 0x12284F),
        Role::OnAccent => (0xFFFFFF, 0x000000),
        Role::Command => (0x0B3D9E, 0x9CC0FF),
        Role::Query => (0x00544B, 0x6FE3D0),
        Role::Event => (0x7A3500, 0xFFBE7D),
        Role::Error => (0x9B0F0F, 0xFF9C94),
        Role::ErrorFill => (0xFFEDED, 0x331013),
        Role::Warning => (0x6A4200, 0xFFCF70),
        Role::WarningFill => (0xFFF4DE, 0x2E2200),
        Role::Tint(at) => tint(at).0,
        Role::TintLine(at) => tint(at).1,
    }
}

/// Ground and outline of an owner's systems, light and dark.
fn tint(at: u8) -> (Pair, Pair) {
    match at % super::TINTS {
        0 => ((0xE3EDFD, 0x1F3154), (0x3D6CC8, 0x7FA8FF)),
        1 => ((0xFBEBDD, 0x3D2A18), (0xB2600F, 0xF2A65E)),
        2 => ((0xE0F2EE, 0x16363A), (0x0F7F70, 0x4FC7B4)),
        3 => ((0xF3E6F7, 0x35234A), (0x8246A6, 0xC79BEA)),
        4 => ((0xEEF2DC, 0x2E3518), (0x6B7A1E, 0xB5C46A)),
        5 => ((0xFDE8EA, 0x41222A), (0xC23B57, 0xF58FA5)),
        6 => ((0xE6EAF0, 0x2A3341), (0x55647A, 0x9FB0C6)),
        _ => ((0xFFF3D6, 0x3A3117), (0x8F6A00, 0xE0B94F)),
    }
}
