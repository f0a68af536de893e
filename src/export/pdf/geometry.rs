//! Papers, and where on them text may stand. All in points, from the top left corner.

/// A paper, upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 in.
    Letter,
    /// 297 × 420 mm.
    A3,
}

impl Paper {
    /// Width and height in points.
    pub fn size_pt(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
            Self::A3 => (841.89, 1190.55),
        }
    }
}

/// A sheet's size and the part of it that text may fill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Frame {
    /// Left and right of the text.
    pub(super) const SIDE: f32 = 57.0;
    /// Above the text; the running header stands in it.
    pub(super) const TOP: f32 = 72.0;
    /// Below the text; the running footer stands in it.
    pub(super) const FOOT: f32 = 62.0;
    /// No reader must cope with more: 200 inches.
    const LARGEST: f32 = 14_400.0;

    pub(super) fn upright(paper: Paper) -> Self {
        let (width, height) = paper.size_pt();
        Self { width, height }
    }

    /// The same paper on its side, then the next larger one, and so on: A4, A3, A2; Letter, Tabloid.
    pub(super) fn larger(self) -> impl Iterator<Item = Self> {
        let first = Self { width: self.height, height: self.width };
        std::iter::successors(Some(first), |frame| Some(Self { width: frame.height * 2.0, height: frame.width }))
            .take_while(|frame| frame.width <= Self::LARGEST)
    }

    pub(super) fn text_width(self) -> f32 {
        self.width - 2.0 * Self::SIDE
    }

    pub(super) fn right(self) -> f32 {
        self.width - Self::SIDE
    }

    pub(super) fn bottom(self) -> f32 {
        self.height - Self::FOOT
    }

    pub(super) fn text_height(self) -> f32 {
        self.bottom() - Self::TOP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_grow_by_doubling() {
        let sizes: Vec<(f32, f32)> =
            Frame::upright(Paper::Letter).larger().take(3).map(|f| (f.width, f.height)).collect();
        assert_eq!(sizes, [(792.0, 612.0), (1224.0, 792.0), (1584.0, 1224.0)]);
        assert!(Frame::upright(Paper::A4).larger().count() < 12);
    }
}
