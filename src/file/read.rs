//! Text → model, with every problem of the text in one go.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use ron::error::{Error, SpannedError};

use super::{
    Problem, migrate, options,
    problem::{Lines, nearest},
    tree::{self, Item, Node, Tree},
};
use crate::model::{Entry, FORMAT, Id, Key, Kind, Model, Record, Slug, Subject};

/// After so many problems the rest is counted, not told.
const MOST: usize = 200;

/// What a text says.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The model; `None` where the text cannot be used at all. With references that lead nowhere there is a model.
    pub model: Option<Model>,
    /// What is wrong, in the order of the text.
    pub problems: Vec<Problem>,
}

/// Reads a text. CRLF line ends and a byte order mark are accepted.
pub fn read(text: &str) -> Reading {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let tree = tree::parse(&text);
    if let Some(problem) = unmerged(&text, &tree) {
        return Reading { model: None, problems: vec![problem] };
    }
    let format = declared_format(&text, &tree);
    if let Some((at, format)) = format.filter(|(_, format)| *format > FORMAT) {
        let said = format!(
            "this file has format {format}; this Spandrel reads formats up to {FORMAT}: open it with a newer Spandrel"
        );
        return Reading { model: None, problems: vec![Lines::new(&text).problem(at, said)] };
    }
    match format {
        Some((_, format)) if (1..FORMAT).contains(&format) => {
            let text = migrate::migrate(text, format);
            let tree = tree::parse(&text);
            Reader::new(&text).read(&tree)
        }
        _ => Reader::new(&text).read(&tree),
    }
}

/// The marks that a merge leaves where it could not decide: one problem, whatever else they make of the text.
fn unmerged(text: &str, tree: &Tree) -> Option<Problem> {
    if tree.flaws.is_empty() {
        return None;
    }
    let mut at = 0;
    let (mut first, mut ours, mut theirs) = (None, 0_usize, 0_usize);
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") {
            first = first.or(Some(at));
            ours += 1;
        } else if line.starts_with(">>>>>>> ") {
            theirs += 1;
        }
        at += line.len();
    }
    let first = first.filter(|_| theirs > 0)?;
    let more = if ours > 1 { format!(", the first of {ours}") } else { String::new() };
    let said = format!("merge conflict markers{more}: decide between the two sides, and remove the markers");
    Some(Lines::new(text).problem(first, said))
}

fn declared_format(text: &str, tree: &Tree) -> Option<(usize, u32)> {
    let field = |node: &'_ Node, name: &str| -> Option<Range<usize>> {
        let item =
            node.items().iter().find(|item| item.key.as_ref().is_some_and(|key| text[key.span.clone()] == *name))?;
        Some(item.value.span.clone())
    };
    let root = tree.root.as_ref()?;
    let model =
        root.items().iter().find(|item| item.key.as_ref().is_some_and(|key| &text[key.span.clone()] == "model"))?;
    let span = field(&model.value, "format")?;
    Some((span.start, text[span].parse().ok()?))
}

/// A record as it stands in the text.
struct Place<'t> {
    key: Key,
    /// From its name to behind its comma.
    span: Range<usize>,
    value: &'t Node,
    /// From the bracket that opens its table to the one that closes it.
    table: Range<usize>,
}

struct Reader<'a> {
    text: &'a str,
    lines: Lines<'a>,
    problems: Vec<(usize, Problem)>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, lines: Lines::new(text), problems: Vec::new() }
    }

    fn say(&mut self, at: usize, message: impl Into<String>) -> &mut Problem {
        let problem = self.lines.problem(at, message);
        self.problems.push((at, problem));
        let last = self.problems.len() - 1;
        &mut self.problems[last].1
    }

    fn slice(&self, span: &Range<usize>) -> &'a str {
        &self.text[span.clone()]
    }

    fn read(mut self, tree: &Tree) -> Reading {
        for flaw in &tree.flaws {
            self.say(flaw.at, flaw.message.clone());
        }
        let Some(root) = &tree.root else {
            if tree.flaws.is_empty() {
                let empty = "the file holds no model; `spandrel new FILE` writes one to start from";
                return Reading { model: None, problems: vec![Problem::whole(empty)] };
            }
            return self.refused();
        };
        if !root.is_plain('(') {
            self.say(root.span.start, "a model begins with `(`, as in `(model: (format: 1, name: \"Shop\"))`");
            return self.refused();
        }
        let places = self.places(root);
        let flawed: Vec<usize> = tree.flaws.iter().map(|flaw| flaw.at).collect();
        let mut read: Vec<(Key, Record, &Node)> = Vec::new();
        for place in &places {
            let value = &place.value.span;
            let closed = self.slice(value).ends_with([')', ']', '}']);
            // A comma that is missing behind a record says nothing about the record.
            let broken = flawed.iter().any(|at| value.contains(at) || (*at == value.end && !closed));
            if !broken && let Some(record) = self.record(place.key.kind, place.value) {
                read.push((place.key.clone(), record, place.value));
            }
        }
        if !places.iter().any(|place| place.key.kind == Kind::Model) {
            self.say(root.span.start, "`model` is missing: every file says `model: (format: 1, name: \"…\")`");
        }
        let model = Self::assemble(&read);
        let there: BTreeSet<&Key> = places.iter().map(|place| &place.key).collect();
        for (key, record, node) in &read {
            self.check_references(&model, &there, key, record, node);
            self.check_names(record, node);
        }
        if self.problems.iter().any(|(_, problem)| !problem.dangling) {
            return self.refused();
        }
        let model = self.with_comments(model, tree, root, &places);
        Reading { model: Some(model), ..self.refused() }
    }

    fn refused(mut self) -> Reading {
        self.problems.sort_by_key(|(at, _)| *at);
        let more = self.problems.len().saturating_sub(MOST);
        let mut problems: Vec<Problem> = self.problems.into_iter().take(MOST).map(|(_, problem)| problem).collect();
        if more > 0 {
            let all_dangling = problems.iter().all(|problem| problem.dangling);
            problems.push(Problem { dangling: all_dangling, ..Problem::whole(format!("and {more} more problems")) });
        }
        Reading { model: None, problems }
    }

    /// Every record's place, and what is wrong with names of tables and records.
    fn places<'t>(&mut self, root: &'t Node) -> Vec<Place<'t>> {
        let mut places = Vec::new();
        let mut tables: BTreeMap<&str, usize> = BTreeMap::new();
        for item in root.items() {
            let Some(key) = &item.key else {
                self.say(item.value.span.start, "expected the name of a table, as in `systems: { … }`");
                continue;
            };
            let name = self.slice(&key.span);
            let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.table() == name) else {
                let near = nearest(name, Kind::ALL.map(Kind::table));
                self.say(key.span.start, format!("unknown table `{name}`")).suggestion = near;
                continue;
            };
            if let Some(first) = tables.insert(name, key.span.start) {
                let line = self.lines.line(first);
                self.say(key.span.start, format!("`{name}` is there twice; the first is in line {line}"));
                continue;
            }
            if kind.is_single() {
                let span = item.span().start..item.end;
                places.push(Place { key: Key::single(kind), table: span.clone(), span, value: &item.value });
            } else {
                self.table(kind, &item.value, &mut places);
            }
        }
        places
    }

    fn table<'t>(&mut self, kind: Kind, table: &'t Node, places: &mut Vec<Place<'t>>) {
        if !table.is_plain('{') {
            self.say(table.span.start, format!("`{}` is a table: `{{ \"id\": ( … ), }}`", kind.table()));
            return;
        }
        let mut seen: BTreeMap<Slug, usize> = BTreeMap::new();
        for item in table.items() {
            let Some(key) = &item.key else { continue };
            let Ok(name) = options().from_str::<String>(self.slice(&key.span)) else {
                self.say(key.span.start, format!("ids are written in quotes: \"{}\"", self.slice(&key.span)));
                continue;
            };
            match Slug::new(&name) {
                Err(error) => {
                    self.say(key.span.start, error.to_string());
                    // What stands under a bad name is looked at all the same, unless its syntax was told of already.
                    let span = &item.value.span;
                    if !self.problems.iter().any(|(at, _)| span.contains(at)) {
                        self.record(kind, &item.value);
                    }
                }
                Ok(slug) => {
                    if let Some(first) = seen.insert(slug.clone(), key.span.start) {
                        let line = self.lines.line(first);
                        let said =
                            format!("there are two of {} \"{slug}\"; the first is in line {line}", kind.phrase());
                        self.say(key.span.start, said);
                        continue;
                    }
                    let span = item.span().start..item.end;
                    places.push(Place { key: Key { kind, slug }, span, value: &item.value, table: table.span.clone() });
                }
            }
        }
    }

    /// Reads one record. Each error is told, its item blanked, and the record read again: the next error shows.
    fn record(&mut self, kind: Kind, node: &Node) -> Option<Record> {
        let start = node.span.start;
        let mut bytes = self.slice(&node.span).as_bytes().to_vec();
        let mut blanked = Blanked::default();
        self.twins(node, &mut blanked);
        for item in &blanked.spans {
            wipe(&mut bytes, item, start);
        }
        let mut fine = blanked.spans.is_empty();
        // Each round blanks at least one byte that was not blank, so that this ends.
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let error = match options().from_str_seed(&text, kind) {
                Ok(record) => return fine.then_some(record),
                Err(error) => error,
            };
            fine = false;
            let item = self.tell(node, &text, &error, &mut blanked);
            let item = item.filter(|item| item.start > start)?;
            if !wipe(&mut bytes, &item, start) {
                return None;
            }
        }
    }

    /// Names that stand twice in one group.
    fn twins(&mut self, node: &Node, blanked: &mut Blanked) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for item in node.items() {
            if let Some(key) = &item.key {
                let name = self.slice(&key.span);
                match seen.get(name) {
                    Some(first) => {
                        let line = self.lines.line(*first);
                        let bare = name.trim_matches('"');
                        self.say(key.span.start, format!("`{bare}` is there twice; the first is in line {line}"));
                        blanked.spans.push(item.span().start..item.end);
                        continue;
                    }
                    None => {
                        seen.insert(name, key.span.start);
                    }
                }
            }
            self.twins(&item.value, blanked);
        }
    }

    /// Tells an error of ron, and gives the item to blank before the next try.
    fn tell(&mut self, node: &Node, text: &str, error: &SpannedError, blanked: &mut Blanked) -> Option<Range<usize>> {
        let start = node.span.start;
        let lines = Lines::new(text);
        let at = start + lines.byte(error.span.start.line, error.span.start.col);
        let end = start + lines.byte(error.span.end.line, error.span.end.col);
        let path = path_to(node, at, end, &blanked.spans);
        let item = path.last().copied();
        if let Error::MissingStructField { field, .. } = &error.code {
            // The whole group lacks a field: its own item is what the message is about.
            let group = group_of(node, end.saturating_sub(1).max(at));
            let place = group.map_or(start, |item| item.value.span.start);
            let inside = group.map_or(&node.span, |item| &item.value.span);
            if !blanked.names.iter().any(|(at, name)| name == field && inside.contains(at)) {
                self.say(place, format!("`{field}` is missing"));
            }
            return group.map(|item| item.span().start..item.end);
        }
        let (place, message, suggestion) = self.words(&error.code, item, start);
        let emptied = matches!(&error.code, Error::Message(text) if text.starts_with("an empty"))
            && blanked.spans.iter().any(|span| item.is_some_and(|item| item.value.span.contains(&span.start)));
        if !emptied {
            self.say(place, message).suggestion = suggestion;
        }
        // The argument of a word, as in `Operation("…")`, cannot be missing: the word goes with it.
        let lone = |at: &usize| path[*at].key.is_none() && at.checked_sub(1).is_some_and(|up| path[up].value.is_call());
        let mut depth = path.len().checked_sub(1)?;
        while lone(&depth) {
            depth -= 1;
        }
        let item = path[depth];
        let span = item.span().start..item.end;
        blanked.spans.push(span.clone());
        if let Some(key) = &item.key {
            blanked.names.push((key.span.start, self.slice(&key.span).to_owned()));
        }
        Some(span)
    }

    fn words(&self, code: &Error, item: Option<&Item>, start: usize) -> (usize, String, Option<String>) {
        let value = item.map_or(start, |item| item.value.span.start);
        let key = item.and_then(|item| item.key.as_ref()).map_or(value, |key| key.span.start);
        let name = item.and_then(|item| item.key.as_ref()).map(|key| self.slice(&key.span));
        let of = name.map_or_else(String::new, |name| format!("`{name}`: "));
        match code {
            Error::NoSuchStructField { expected, found, .. } => {
                let near = nearest(found, expected.iter().copied());
                let known = if near.is_none() { format!("; known here: {}", listed(expected)) } else { String::new() };
                (key, format!("unknown field `{found}`{known}"), near)
            }
            Error::NoSuchEnumVariant { expected, found, .. } => {
                let near = nearest(found, expected.iter().copied());
                let known = if near.is_none() { format!("; known here: {}", listed(expected)) } else { String::new() };
                (value, format!("{of}unknown word `{found}`{known}"), near)
            }
            Error::Message(text) => (value, format!("{of}{text}"), None),
            Error::InvalidValueForType { expected, found } => {
                (value, format!("{of}expected {expected}, found {found}"), None)
            }
            other => {
                let text = other.to_string();
                let mut letters = text.chars();
                let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
                (value, format!("{of}{first}{}", letters.as_str()), None)
            }
        }
    }

    fn assemble(read: &[(Key, Record, &Node)]) -> Model {
        let mut model = Model::new("");
        for (key, record, _) in read {
            model.set(key, Some(Entry { comment: None, record: record.clone() }));
        }
        model
    }

    /// References to what is nowhere in the file. What is there but broken has been told already.
    fn check_references(&mut self, model: &Model, there: &BTreeSet<&Key>, key: &Key, record: &Record, node: &Node) {
        let mut told: BTreeSet<Subject> = BTreeSet::new();
        for reference in model.dangling(key, record) {
            let broken = there.contains(&reference.key) && !model.contains(&reference.key);
            if broken || !told.insert(reference.clone()) {
                continue;
            }
            let (message, suggestion) = unknown(model, there, &reference);
            for at in self.find(record.kind(), node, &reference) {
                let problem = self.say(at, message.clone());
                problem.suggestion.clone_from(&suggestion);
                problem.dangling = true;
            }
        }
    }

    /// Where in a record a reference stands: the texts that spell it, and of those the ones that are it.
    fn find(&self, kind: Kind, node: &Node, reference: &Subject) -> Vec<usize> {
        let mut spelled = Vec::new();
        let slug = reference.key.slug.as_str();
        let mut spellings = vec![slug.to_owned(), reference.to_string(), reference.key.to_string(), reference.id()];
        if let Some((_, name)) = &reference.part {
            spellings.remove(0);
            spellings.push(name.to_string());
        }
        leaves(node, &mut |leaf| {
            let text = options().from_str::<String>(self.slice(&leaf.span));
            if text.is_ok_and(|text| spellings.contains(&text)) {
                spelled.push(leaf.span.clone());
            }
        });
        if spelled.len() > 1 && reference.part.is_none() {
            let is_it = |span: &&Range<usize>| self.is_reference(kind, node, span, reference);
            let exact: Vec<_> = spelled.iter().filter(is_it).cloned().collect();
            if !exact.is_empty() {
                spelled = exact;
            }
        }
        if spelled.is_empty() { vec![node.span.start] } else { spelled.into_iter().map(|span| span.start).collect() }
    }

    /// Whether a text is a reference of this kind: if it spelled something else, the record would refer to that.
    fn is_reference(&self, kind: Kind, node: &Node, span: &Range<usize>, reference: &Subject) -> bool {
        const PROBE: &str = "spandrel-probe";
        let probe = self.slice(span).replace(reference.key.slug.as_str(), PROBE);
        let before = &self.text[node.span.start..span.start];
        let text = format!("{before}{probe}{}", &self.text[span.end..node.span.end]);
        let record = options().from_str_seed(&text, kind);
        let hit = |found: &Subject| found.key.kind == reference.key.kind && found.key.slug.as_str() == PROBE;
        record.is_ok_and(|record| record.references().iter().any(hit))
    }

    /// `not_applicable` and `sources` name facts: a misspelt one would silently say nothing.
    fn check_names(&mut self, record: &Record, node: &Node) {
        let known = record.fact_names();
        for item in node.items() {
            let Some(key) = &item.key else { continue };
            if !matches!(self.slice(&key.span), "not_applicable" | "sources") {
                continue;
            }
            for entry in item.value.items() {
                let Some(key) = &entry.key else { continue };
                let name = options().from_str::<String>(self.slice(&key.span)).unwrap_or_default();
                if !known.contains(&name.as_str()) {
                    let near = nearest(&name, known.iter().copied());
                    self.say(key.span.start, format!("{} has no fact `{name}`", record.kind().phrase())).suggestion =
                        near;
                }
            }
        }
    }

    /// Gives each comment to the record it belongs to.
    fn with_comments(&self, mut model: Model, tree: &Tree, root: &Node, places: &[Place<'_>]) -> Model {
        let mut comments: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        let mut head: Vec<&str> = Vec::new();
        for span in &tree.comments {
            let lines = self.slice(span).trim_end();
            if span.start < root.span.start {
                head.push(lines);
            } else if let Some(at) = self.owner(span.start, places) {
                comments.entry(at).or_default().push(lines);
            } else {
                head.push(lines);
            }
        }
        let joined = |lines: Vec<&str>| Arc::<str>::from(lines.join("\n"));
        if !head.is_empty() {
            model.head = Some(joined(head));
        }
        for (at, lines) in comments {
            let key = &places[at].key;
            if let Some(entry) = model.entry(key) {
                model.set(key, Some(Entry { comment: Some(joined(lines)), record: entry.record }));
            }
        }
        model
    }

    fn owner(&self, at: usize, places: &[Place<'_>]) -> Option<usize> {
        // Places are in the order of the text.
        let passed = places.partition_point(|place| place.span.end <= at);
        let (before, next) = (passed.checked_sub(1), Some(passed).filter(|next| *next < places.len()));
        let on_line = |place: &Place<'_>| place.span.end <= at && !self.text[place.span.end..at].contains('\n');
        if let Some(next) = next.filter(|next| places[*next].span.start <= at) {
            return Some(next);
        }
        if let Some(before) = before.filter(|before| on_line(&places[*before])) {
            return Some(before);
        }
        let inside = |place: &Place<'_>| place.table.contains(&at);
        match (before, next) {
            (Some(before), Some(next)) if inside(&places[before]) && !inside(&places[next]) => Some(before),
            (_, Some(next)) => Some(next),
            (before, None) => before,
        }
    }
}

/// What was taken out of a record to see the next error.
#[derive(Default)]
struct Blanked {
    spans: Vec<Range<usize>>,
    names: Vec<(usize, String)>,
}

/// Overwrites a span with blanks, line ends excepted; false if nothing was there any more.
fn wipe(bytes: &mut [u8], span: &Range<usize>, start: usize) -> bool {
    let mut changed = false;
    for byte in bytes.iter_mut().take(span.end.saturating_sub(start)).skip(span.start.saturating_sub(start)) {
        if !byte.is_ascii_whitespace() {
            *byte = b' ';
            changed = true;
        }
    }
    changed
}

/// The items around a place, outermost first. ron names the place of a value's start or what it read last, so that
/// an item counts if it holds the end, or else the start.
fn path_to<'t>(node: &'t Node, at: usize, end: usize, gone: &[Range<usize>]) -> Vec<&'t Item> {
    let mut path: Vec<&Item> = Vec::new();
    let mut node = node;
    let there = |item: &&Item| !gone.contains(&(item.span().start..item.end));
    loop {
        let holds = |place: usize| node.items().iter().filter(there).find(|i| i.span().start <= place && place < i.end);
        let Some(item) = holds(end.saturating_sub(1)).or_else(|| holds(at)).or_else(|| holds(end)) else { return path };
        path.push(item);
        node = &item.value;
    }
}

/// The item whose group ends where ron noticed that something is missing; `None` for the record itself.
fn group_of(node: &Node, at: usize) -> Option<&Item> {
    let mut found = None;
    let mut node = node;
    while let Some(item) = node.items().iter().find(|i| i.value.span.start <= at && at < i.value.span.end) {
        if item.value.items().is_empty() && !item.value.is_plain('(') {
            break;
        }
        found = Some(item);
        node = &item.value;
    }
    found
}

fn leaves<'t>(node: &'t Node, visit: &mut dyn FnMut(&'t Node)) {
    if let tree::Shape::Leaf = node.shape {
        visit(node);
    }
    for item in node.items() {
        item.key.iter().for_each(&mut *visit);
        leaves(&item.value, visit);
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn unknown(model: &Model, there: &BTreeSet<&Key>, reference: &Subject) -> (String, Option<String>) {
    match &reference.part {
        None => {
            let kind = reference.key.kind;
            let ids = there.iter().filter(|key| key.kind == kind).map(|key| key.slug.as_str());
            let near = nearest(reference.key.slug.as_str(), ids);
            (format!("unknown {} \"{}\"", kind.phrase(), reference.key.slug), near)
        }
        Some((kind, name)) => {
            let contract = model.contracts.get(&Id::from_slug(reference.key.slug.clone()));
            let names = contract.map(|contract| contract.part_names(*kind)).unwrap_or_default();
            let near = nearest(name.as_str(), names);
            (format!("contract \"{}\" has no {kind} \"{name}\"", reference.key.slug), near)
        }
    }
}
