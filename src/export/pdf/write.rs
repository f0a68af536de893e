//! Sheets → the bytes of a file.

use lopdf::{
    Dictionary, Document as File, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary, text_string,
};
use printpdf::{ExtendedGraphicsState, PdfConformance, PdfDocument, PdfFont, PdfSaveOptions};

use super::{
    ExportError,
    flow::{Body, Entry},
    fonts::Embedded,
    sheet::{Place, Sheet, Target, opacity},
};
use crate::{document::Document, export::escape::xml, scene::Palette};

pub(super) fn write(doc: &Document, front: Vec<Sheet>, body: Body) -> Result<Vec<u8>, ExportError> {
    let before = front.len();
    let heights: Vec<f32> = body.sheets.iter().map(|sheet| sheet.frame.height).collect();
    let on_page = |place: Place| Some((before + place.sheet + 1, heights.get(place.sheet)? - place.y + 8.0));
    let resolve = |target: &Target| match target {
        Target::Anchor(anchor) => on_page(*body.places.get(anchor)?),
        Target::Place(place) => on_page(*place),
        Target::Url(_) => None,
    };
    let fonts = body.fonts.embed()?;
    let mut pdf = PdfDocument::new(&doc.title);
    pdf.metadata.info.conformance = PdfConformance::Custom(printpdf::CustomPdfConformance::default());
    pdf.pages = front.into_iter().chain(body.sheets).map(|sheet| sheet.page(resolve)).collect();
    for font in &fonts {
        pdf.resources.fonts.map.insert(font.id.clone(), PdfFont::new(font.font.clone()));
    }
    let alpha = Palette::Light.rgba(crate::scene::Role::ContainerFill).3;
    let state = ExtendedGraphicsState::default().with_current_fill_alpha(f32::from(alpha) / 255.0);
    pdf.resources.extgstates.map.insert(opacity(alpha), state);
    let options = PdfSaveOptions { subset_fonts: false, image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = pdf.to_lopdf_document(&options, &mut Vec::new());
    for font in &fonts {
        exact_widths(&mut file, font);
    }
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    let place = |entry: &Entry| {
        let (page, top) = on_page(entry.place)?;
        Some((*pages.get(page - 1)?, crate::export::escape::round(top)))
    };
    let outline = outline(&mut file, &body.headings, place);
    finish(&mut file, doc, outline).map_err(|error| ExportError::Write(error.to_string()))?;
    save(file).map_err(|error| ExportError::Write(error.to_string()))
}

/// printpdf rounds widths down to whole thousandths; readers take exact ones, and lines end where they were measured to.
fn exact_widths(file: &mut File, font: &Embedded) {
    let wanted = |object: &Object| {
        object.as_dict().ok().is_some_and(|dict| {
            let is = |key: &[u8], name: &str| {
                dict.get(key).and_then(Object::as_name).is_ok_and(|value| value == name.as_bytes())
            };
            is(b"Subtype", "Type0") && is(b"BaseFont", &font.name)
        })
    };
    let Some(object) = file.objects.values_mut().find(|object| wanted(object)) else { return };
    let descendants =
        object.as_dict_mut().and_then(|dict| dict.get_mut(b"DescendantFonts")).and_then(Object::as_array_mut);
    let Some(Ok(descendant)) = descendants.ok().and_then(|fonts| fonts.first_mut()).map(Object::as_dict_mut) else {
        return;
    };
    let widths = font.widths.iter().map(|width| Object::Real(*width)).collect();
    descendant.set("W", vec![Object::Integer(0), Object::Array(widths)]);
}

/// The tree that readers show beside the pages.
fn outline(file: &mut File, entries: &[Entry], place: impl Fn(&Entry) -> Option<(ObjectId, f32)>) -> Option<ObjectId> {
    let root = (!entries.is_empty()).then(|| file.new_object_id())?;
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.new_object_id()).collect();
    let parents: Vec<Option<usize>> = (0..entries.len()).map(|at| parent(entries, at)).collect();
    let children = |of: Option<usize>| {
        (0..entries.len()).filter(|at| parents.get(*at) == Some(&of)).filter_map(|at| ids.get(at).copied()).collect()
    };
    for ((at, entry), id) in entries.iter().enumerate().zip(&ids) {
        let mut item = dictionary! { "Title" => text_string(&format!("{} {}", entry.number, entry.title)) };
        if let Some((page, top)) = place(entry) {
            item.set("Dest", vec![page.into(), "XYZ".into(), Object::Null, top.into(), Object::Null]);
        }
        let parent = parents.get(at).copied().flatten();
        item.set("Parent", parent.and_then(|at| ids.get(at)).copied().unwrap_or(root));
        let siblings: Vec<ObjectId> = children(parent);
        let own = siblings.iter().position(|sibling| sibling == id).unwrap_or_default();
        for (key, sibling) in [("Prev", own.checked_sub(1)), ("Next", Some(own + 1))] {
            if let Some(sibling) = sibling.and_then(|at| siblings.get(at)) {
                item.set(key, *sibling);
            }
        }
        // A negative count: folded until somebody opens it.
        ends(&mut item, &children(Some(at)), -1);
        file.objects.insert(*id, Object::Dictionary(item));
    }
    let mut item = dictionary! { "Type" => "Outlines" };
    ends(&mut item, &children(None), 1);
    file.objects.insert(root, Object::Dictionary(item));
    Some(root)
}

fn parent(entries: &[Entry], at: usize) -> Option<usize> {
    let level = entries.get(at)?.level;
    entries.get(..at)?.iter().rposition(|entry| entry.level < level)
}

fn ends(item: &mut Dictionary, children: &[ObjectId], sign: i64) {
    if let (Some(first), Some(last)) = (children.first(), children.last()) {
        item.set("First", *first);
        item.set("Last", *last);
        let count = i64::try_from(children.len()).unwrap_or_default();
        item.set("Count", sign * count);
    }
}

fn finish(file: &mut File, doc: &Document, outline: Option<ObjectId>) -> Result<(), lopdf::Error> {
    let title = if doc.subject.is_empty() { doc.title.clone() } else { format!("{} · {}", doc.title, doc.subject) };
    let author = doc
        .imprint
        .iter()
        .find(|(label, _)| label.to_lowercase().starts_with("author"))
        .map(|(_, value)| value.as_str());
    let author = author.unwrap_or(&doc.organisation);
    let mut info = dictionary! {
        "Title" => text_string(&title),
        "Subject" => text_string(&doc.subject),
        "Creator" => text_string("Spandrel"),
        "Producer" => text_string("Spandrel"),
    };
    if !author.is_empty() {
        info.set("Author", text_string(author));
    }
    let digits: String = doc.date.chars().filter(char::is_ascii_digit).collect();
    let dated = digits.len() == 8 && doc.date.len() == 10;
    if dated {
        let date = format!("D:{digits}000000Z");
        info.set("CreationDate", text_string(&date));
        info.set("ModDate", text_string(&date));
    }
    let info = file.add_object(info);
    if let Ok(old) = file.trailer.get(b"Info").and_then(Object::as_reference) {
        file.objects.remove(&old);
    }
    file.trailer.set("Info", info);
    let kind = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let date = if dated { format!("<xmp:CreateDate>{}T00:00:00Z</xmp:CreateDate>", doc.date) } else { String::new() };
    let metadata = file.add_object(Stream::new(kind, xmp(&title, author, &date).into_bytes()).with_compression(false));
    let catalog = file.catalog_mut()?;
    catalog.set("Lang", text_string("en-GB"));
    catalog.set("Metadata", metadata);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    "1.7".clone_into(&mut file.version);
    Ok(())
}

fn xmp(title: &str, author: &str, date: &str) -> String {
    let (title, author) = (xml(title), xml(author));
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\
         <xmp:CreatorTool>Spandrel</xmp:CreatorTool>{date}\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    )
}

/// The file is named by a hash of itself: the same content gives the same bytes.
fn save(mut file: File) -> Result<Vec<u8>, std::io::Error> {
    file.compress();
    let options =
        || SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(9).build();
    file.trailer.remove(b"ID");
    let mut draft = Vec::new();
    file.clone().save_with_options(&mut draft, options())?;
    let forwards = fnv(draft.iter().copied()).to_be_bytes();
    let backwards = fnv(draft.iter().rev().copied()).to_be_bytes();
    let id = Object::String([forwards, backwards].concat(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::with_capacity(draft.len() + 64);
    file.save_with_options(&mut bytes, options())?;
    Ok(bytes)
}

/// The hash of Fowler, Noll and Vo: stable over versions of the compiler, unlike the standard library's.
pub(super) fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
