//! Areas in the cells of a coarse grid, so that one need not be compared with all.

use super::lines::Piece;
use crate::layout::Area;

/// Areas, to be asked for those at a place. Empty ones are nowhere.
pub(super) struct Grid<'a> {
    areas: &'a [Area],
    hull: Area,
    /// Cells in a row, and in a column.
    side: i64,
    cells: Vec<Vec<usize>>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(areas: &'a [Area]) -> Self {
        let hull = areas.iter().fold(Area::default(), |hull, area| hull.around(area));
        let side = 2 * areas.len().isqrt() + 1;
        let mut grid = Self { areas, hull, side: side as i64, cells: vec![Vec::new(); side * side] };
        for (at, area) in areas.iter().enumerate().filter(|(_, area)| !area.is_empty()) {
            for cell in grid.cells_of(area) {
                grid.cells.get_mut(cell).into_iter().for_each(|cell| cell.push(at));
            }
        }
        grid
    }

    /// Those that overlap an area; itself, too, if it is one of them.
    pub(super) fn overlapping(&self, area: &Area) -> Vec<usize> {
        if area.is_empty() {
            return Vec::new();
        }
        self.those(self.cells_of(area), |other| other.overlaps(area))
    }

    /// Those with a point of a piece in their open interior.
    pub(super) fn entered(&self, piece: &Piece) -> Vec<usize> {
        let (first, last) = (self.column(i64::from(piece.start.0)), self.column(i64::from(piece.end.0)));
        let cells = (first..=last).flat_map(|column| {
            let left = i64::from(self.hull.x) + column * self.cell_width();
            let from = if column == first { i64::MIN } else { left };
            let to = if column == last { i64::MAX } else { left + self.cell_width() };
            let (top, bottom) = piece.y_range(from, to);
            (self.row(top)..=self.row(bottom)).map(move |row| (row * self.side + column) as usize)
        });
        self.those(cells, |area| piece.enters(area))
    }

    fn those(&self, cells: impl Iterator<Item = usize>, holds: impl Fn(&Area) -> bool) -> Vec<usize> {
        let near = cells.filter_map(|cell| self.cells.get(cell)).flatten();
        let mut found: Vec<usize> = near.copied().filter(|at| self.areas.get(*at).is_some_and(&holds)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn cells_of(&self, area: &Area) -> impl Iterator<Item = usize> + use<> {
        let (left, right) = (self.column(i64::from(area.x)), self.column(i64::from(area.right())));
        let (top, bottom) = (self.row(i64::from(area.y)), self.row(i64::from(area.bottom())));
        let side = self.side;
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| (row * side + column) as usize))
    }

    fn cell_width(&self) -> i64 {
        i64::from(self.hull.w) / self.side + 1
    }

    fn column(&self, x: i64) -> i64 {
        ((x - i64::from(self.hull.x)) / self.cell_width()).clamp(0, self.side - 1)
    }

    fn row(&self, y: i64) -> i64 {
        let height = i64::from(self.hull.h) / self.side + 1;
        ((y - i64::from(self.hull.y)) / height).clamp(0, self.side - 1)
    }
}
