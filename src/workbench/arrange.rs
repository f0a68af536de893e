//! Boxes put in order by hand: aligned, distributed, moved into other frames.

use std::sync::Arc;

use super::{Home, Refusal, add_system, connect};
use crate::{
    layout::{Area, Spot, containers_of},
    model::{Edit, Fact, Grouping, Id, InteractionKind, Key, Kind, Model, Record, System, SystemKind},
};

/// A way to put several boxes in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// Left edges on one line.
    Left,
    /// Middles on one upright line.
    Centre,
    /// Right edges on one line.
    Right,
    /// Upper edges on one line.
    Top,
    /// Middles on one level line.
    Middle,
    /// Lower edges on one line.
    Bottom,
    /// The same gap between all of them, from left to right.
    Across,
    /// The same gap between all of them, from top to bottom.
    Down,
}

impl Alignment {
    /// Every way, in the order of menus: first to one line, then the same gaps.
    pub const ALL: [Self; 8] =
        [Self::Left, Self::Centre, Self::Right, Self::Top, Self::Middle, Self::Bottom, Self::Across, Self::Down];

    /// What it is called in a menu.
    pub fn title(self) -> &'static str {
        match self {
            Self::Left => "Align left",
            Self::Centre => "Align centre",
            Self::Right => "Align right",
            Self::Top => "Align top",
            Self::Middle => "Align middle",
            Self::Bottom => "Align bottom",
            Self::Across => "Distribute across",
            Self::Down => "Distribute down",
        }
    }

    /// So many boxes are needed for it to mean anything.
    pub fn least(self) -> usize {
        if matches!(self, Self::Across | Self::Down) { 3 } else { 2 }
    }
}

/// Between boxes that would stand upon each other.
const APART: i32 = 24;

/// Where boxes stand once they are put in order among others that stay: the upper left corner of each. Nothing where there
/// are too few. No box comes to stand upon another: on a line they keep their order and make room.
pub fn align(boxes: &[(Key, Area)], others: &[Area], way: Alignment) -> Vec<(Key, Spot)> {
    if boxes.len() < way.least() {
        return Vec::new();
    }
    let spots = lined_up(boxes, way);
    let down = matches!(way, Alignment::Left | Alignment::Centre | Alignment::Right | Alignment::Down);
    let sized = |(key, at): &(Key, Spot)| {
        let (_, area) = boxes.iter().find(|(other, _)| other == key)?;
        Some((key.clone(), *area, Area { x: at.0, y: at.1, ..*area }))
    };
    let mut sized: Vec<(Key, Area, Area)> = spots.iter().filter_map(sized).collect();
    // In the order in which they are read, those abreast from the other side on.
    sized.sort_by_key(|(key, stood, put)| (if down { (put.y, stood.x) } else { (put.x, stood.y) }, key.clone()));
    let mut taken = others.to_vec();
    let room = |(key, _, mut area): (Key, Area, Area)| {
        while let Some(other) = taken.iter().find(|other| area.overlaps(other)) {
            if down { area.y = other.bottom() + APART } else { area.x = other.right() + APART }
        }
        taken.push(area);
        (key, (area.x, area.y))
    };
    sized.into_iter().map(room).collect()
}

/// The same, whatever stands there.
fn lined_up(boxes: &[(Key, Area)], way: Alignment) -> Vec<(Key, Spot)> {
    match way {
        Alignment::Across => distribute(boxes, |area| (area.x, area.w), |area, x| (x, area.y)),
        Alignment::Down => distribute(boxes, |area| (area.y, area.h), |area, y| (area.x, y)),
        _ => {
            let hull = boxes.iter().fold(Area::default(), |hull, (_, area)| hull.around(area));
            let (middle, level) = hull.centre();
            let spot = |area: &Area| match way {
                Alignment::Left => (hull.x, area.y),
                Alignment::Centre => (middle - area.w / 2, area.y),
                Alignment::Right => (hull.right() - area.w, area.y),
                Alignment::Top => (area.x, hull.y),
                Alignment::Middle => (area.x, level - area.h / 2),
                _ => (area.x, hull.bottom() - area.h),
            };
            boxes.iter().map(|(key, area)| (key.clone(), spot(area))).collect()
        }
    }
}

/// The first and the last stay; what is between them gets the same gap before and after it.
fn distribute(
    boxes: &[(Key, Area)],
    span: impl Fn(&Area) -> (i32, i32),
    put: impl Fn(&Area, i32) -> Spot,
) -> Vec<(Key, Spot)> {
    let mut sorted: Vec<&(Key, Area)> = boxes.iter().collect();
    sorted.sort_by_key(|(key, area)| (span(area).0 * 2 + span(area).1, key.clone()));
    let (Some((_, first)), Some((_, last))) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let (start, end) = (span(first).0, span(last).0 + span(last).1);
    let taken: i32 = sorted.iter().map(|(_, area)| span(area).1).sum();
    let gaps = i32::try_from(sorted.len()).unwrap_or(i32::MAX) - 1;
    let free = end - start - taken;
    let mut before = 0;
    let place = |(at, (key, area)): (usize, &&(Key, Area))| {
        // Gaps are shared out so that what does not divide is spread over all of them.
        let shared = i64::from(free) * at as i64 / i64::from(gaps.max(1));
        let at = start + before + shared as i32;
        before += span(area).1;
        (key.clone(), put(area, at))
    };
    sorted.iter().enumerate().map(place).collect()
}

/// The frame that something stands in: a system's domain, boundary or owner; what a domain or boundary is part of. Backbones
/// join the others and stand in none.
pub fn home(model: &Model, grouping: Grouping, key: &Key) -> Home {
    let slug = || key.slug.clone();
    match (grouping, key.kind) {
        (Grouping::Domain, Kind::Domain) => model.domains.get(&Id::from_slug(slug()))?.parent.known().map(Id::key),
        (Grouping::Boundary, Kind::Boundary) => {
            model.boundaries.get(&Id::from_slug(slug()))?.parent.known().map(Id::key)
        }
        (Grouping::Domain, _) => housed(model, key)?.domain.known().map(Id::key),
        (Grouping::Boundary, _) => housed(model, key)?.boundary.known().map(Id::key),
        (Grouping::Team, _) => housed(model, key)?.owner.known().map(Id::key),
        (Grouping::None, _) => None,
    }
}

/// The system behind a key, if it can stand in a frame.
fn housed<'a>(model: &'a Model, key: &Key) -> Option<&'a System> {
    let system = (key.kind == Kind::System).then(|| model.system(&Id::from_slug(key.slug.clone())))?;
    system.filter(|system| system.kind != SystemKind::Backbone)
}

/// Whether something can be moved from one frame into another: systems, and domains and boundaries among themselves.
pub fn can_move_in(model: &Model, grouping: Grouping, key: &Key) -> bool {
    match (grouping, key.kind) {
        (Grouping::Domain, Kind::Domain) | (Grouping::Boundary, Kind::Boundary) => model.contains(key),
        _ => housed(model, key).is_some(),
    }
}

/// Moves things into a frame of the landscape, or out of all of them: their domain, boundary, owner or parent is that, or
/// is not asked again. What stands in no frame by its nature is left as it is.
///
/// # Errors
/// [`Refusal::Circle`] where a frame would stand in itself.
pub fn move_into(model: &Model, keys: &[Key], grouping: Grouping, into: &Home) -> Result<Vec<Edit>, Refusal> {
    let mut edits = Vec::new();
    for key in keys.iter().filter(|key| can_move_in(model, grouping, key) && home(model, grouping, key) != *into) {
        if let Some(inner) = into.as_ref().filter(|inner| stands_in(model, grouping, inner, key)) {
            return Err(Refusal::Circle { outer: model.name(key), inner: model.name(inner) });
        }
        let Some(mut record) = model.entry(key).map(|entry| entry.record) else { continue };
        if put_into(&mut record, grouping, into) {
            edits.push(Edit::Put { key: key.clone(), record });
        }
    }
    Ok(edits)
}

/// Whether a frame is another, or stands in it.
pub fn stands_in(model: &Model, grouping: Grouping, inner: &Key, outer: &Key) -> bool {
    inner == outer || containers_of(model, grouping, inner).contains(outer)
}

/// Says in a record which frame it stands in, if it can say so.
fn put_into(record: &mut Record, grouping: Grouping, into: &Home) -> bool {
    fn fact<T>(into: &Home) -> Fact<Id<T>> {
        into.as_ref().map_or(Fact::NotAsked, |key| Fact::Known(Id::from_slug(key.slug.clone())))
    }
    match (grouping, record) {
        (Grouping::Domain, Record::Domain(domain)) => Arc::make_mut(domain).parent = fact(into),
        (Grouping::Boundary, Record::Boundary(boundary)) => Arc::make_mut(boundary).parent = fact(into),
        (Grouping::Domain, Record::System(system)) => Arc::make_mut(system).domain = fact(into),
        (Grouping::Boundary, Record::System(system)) => Arc::make_mut(system).boundary = fact(into),
        (Grouping::Team, Record::System(system)) => Arc::make_mut(system).owner = fact(into),
        _ => return false,
    }
    true
}

/// A system that is not there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSystem {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SystemKind,
    /// The frame it is put into.
    pub home: Home,
}

/// Adds a system and connects it with one that is there; `from_it` if the new one is what asks or tells.
///
/// # Errors
/// As [`add_system`] and [`connect`].
pub fn connect_new(
    model: &Model,
    there: &Id<System>,
    new: &NewSystem,
    from_it: bool,
    kind: InteractionKind,
) -> Result<(Id<System>, Vec<Edit>), Refusal> {
    let (id, mut edits) = add_system(model, &new.name, new.kind, &new.home)?;
    let mut with = model.clone();
    with.apply(&edits).map_err(|_| Refusal::NotFor(id.key()))?;
    let (from, to) = if from_it { (&id, there) } else { (there, &id) };
    let (_, more) = connect(&with, from, to, kind)?;
    edits.extend(more);
    Ok((id, edits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(areas: &[(i32, i32, i32, i32)]) -> Vec<(Key, Area)> {
        let key = |at: usize| format!("system:s{at}").parse().unwrap();
        areas.iter().enumerate().map(|(at, (x, y, w, h))| (key(at), Area { x: *x, y: *y, w: *w, h: *h })).collect()
    }

    #[test]
    fn boxes_come_to_one_line() {
        let two = boxes(&[(0, 0, 100, 40), (50, 100, 60, 20)]);
        let spots = |way| align(&two, &[], way).into_iter().map(|(_, spot)| spot).collect::<Vec<_>>();
        assert_eq!(spots(Alignment::Left), [(0, 0), (0, 100)]);
        assert_eq!(spots(Alignment::Centre), [(5, 0), (25, 100)]);
        assert_eq!(spots(Alignment::Right), [(10, 0), (50, 100)]);
        assert_eq!(spots(Alignment::Top), [(0, 0), (124, 0)]);
        assert_eq!(spots(Alignment::Middle), [(0, 40), (124, 50)]);
        assert_eq!(spots(Alignment::Bottom), [(0, 80), (124, 100)]);
        assert!(spots(Alignment::Across).is_empty());
    }

    #[test]
    fn gaps_become_the_same_and_the_ends_stay() {
        let three = boxes(&[(200, 0, 100, 40), (0, 7, 100, 40), (110, 3, 40, 40)]);
        let mut placed = align(&three, &[], Alignment::Across);
        placed.sort_by_key(|(_, spot)| spot.0);
        assert_eq!(placed.iter().map(|(_, spot)| *spot).collect::<Vec<_>>(), [(0, 7), (130, 3), (200, 0)]);
    }

    #[test]
    fn boxes_that_would_stand_upon_each_other_make_room() {
        // Side by side, one of them a little higher; another stays in the way.
        let three = boxes(&[(0, 0, 100, 40), (300, 0, 100, 40), (150, -10, 100, 40)]);
        let spots = |others: &[Area], way| {
            let mut spots: Vec<(Key, Spot)> = align(&three, others, way);
            spots.sort();
            spots.into_iter().map(|(_, spot)| spot).collect::<Vec<_>>()
        };
        assert_eq!(spots(&[], Alignment::Left), [(0, 54), (0, 118), (0, -10)]);
        let other = Area { x: 50, y: 60, w: 100, h: 40 };
        assert_eq!(spots(&[other], Alignment::Left), [(0, 124), (0, 188), (0, -10)]);
        assert_eq!(spots(&[], Alignment::Top), [(0, -10), (300, -10), (150, -10)]);
        // Where there is no room between the ends, the last makes some.
        let crowded = boxes(&[(0, 0, 100, 40), (20, 0, 100, 40), (60, 0, 100, 40)]);
        let put = align(&crowded, &[], Alignment::Across);
        assert_eq!(put.into_iter().map(|(_, spot)| spot).collect::<Vec<_>>(), [(0, 0), (124, 0), (248, 0)]);
    }

    #[test]
    fn a_new_system_is_connected_with_what_is_there() {
        let mut model = Model::new("Shop");
        let (orders, edits) = add_system(&model, "Orders", SystemKind::Service, &None).unwrap();
        model.apply(&edits).unwrap();
        let new = NewSystem { name: "Billing".to_owned(), kind: SystemKind::External, home: None };
        let (id, edits) = connect_new(&model, &orders, &new, true, InteractionKind::Event).unwrap();
        model.apply(&edits).unwrap();
        let made = model.interactions.values().next().unwrap();
        assert_eq!((&made.from, &made.to, made.kind), (&id, &orders, InteractionKind::Event));
        let nameless = NewSystem { name: "?".to_owned(), ..new };
        assert!(connect_new(&model, &orders, &nameless, false, InteractionKind::Event).is_err());
    }

    #[test]
    fn a_domain_goes_into_another_and_never_into_itself() {
        let mut model = Model::new("Shop");
        for (name, parent) in [("sales", None), ("orders", Some("sales")), ("returns", Some("orders"))] {
            let mut domain = crate::model::Domain::new(name);
            domain.parent = parent.map_or(Fact::NotAsked, |parent| Fact::Known(parent.parse().unwrap()));
            model.apply(&[Edit::put(&name.parse::<Id<_>>().unwrap(), domain)]).unwrap();
        }
        let key = |name: &str| format!("domain:{name}").parse::<Key>().unwrap();
        let moved = |name: &str, into: Option<&str>| move_into(&model, &[key(name)], Grouping::Domain, &into.map(key));
        let edits = moved("returns", Some("sales")).unwrap();
        let mut after = model.clone();
        after.apply(&edits).unwrap();
        assert_eq!(home(&after, Grouping::Domain, &key("returns")), Some(key("sales")));
        assert_eq!(moved("orders", None).unwrap().len(), 1);
        assert_eq!(moved("orders", Some("sales")).unwrap(), [], "there it stands already");
        for inner in ["orders", "returns"] {
            let why = moved("sales", Some(inner)).unwrap_err().to_string();
            assert!(why.contains(inner) && why.contains("sales"), "{why}");
        }
        assert_eq!(move_into(&model, &[key("sales")], Grouping::Team, &None).unwrap(), []);
    }
}
