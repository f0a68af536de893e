//! The file: nothing lost, everything told.

use std::{fs, path::Path, time::Duration};

use spandrel::file::{self, Problem, read, write};

use crate::{golden, model, open, project};

#[test]
fn comments_stay_with_their_records() {
    let path = project("tests/cases/file/comments.ron");
    let first = write(&model(&fs::read_to_string(&path).unwrap()));
    golden(&path.with_extension("out"), &first);
    assert_eq!(write(&model(&first)), first, "a second save changes nothing");
}

#[test]
fn every_problem_of_a_bad_file_is_told_at_once() {
    for entry in fs::read_dir(project("tests/cases/file/bad")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "ron") {
            let reading = read(&fs::read_to_string(&path).unwrap());
            let name = path.file_name().unwrap().to_str().unwrap();
            let told: Vec<String> = reading.problems.iter().map(|problem| problem.report(name)).collect();
            assert_eq!(reading.model.is_some(), reading.problems.iter().all(|problem| problem.dangling));
            golden(&path.with_extension("txt"), &(told.join("\n") + "\n"));
        }
    }
}

#[test]
fn dangling_references_are_kept_as_they_are() {
    let text = fs::read_to_string(project("tests/cases/file/bad/dangling.ron")).unwrap();
    let reading = read(&text);
    assert!(!reading.problems.is_empty() && reading.problems.iter().all(|problem| problem.dangling));
    assert_eq!(write(&reading.model.unwrap()), text);
}

#[test]
fn a_text_cut_at_any_byte_is_told_and_never_panics() {
    let text = "// Ä head\n(\n    model: (format: 1, name: \"Größe → \\\"x\\\"\"), // why\n    systems: {\n        /* a */\n        \
                \"a\": (name: r#\"raw\"#, kind: Service, released_with: [\"b\"]),\n        \"b\": (name: \"b\", kind: Person),\n    },\n)\n";
    model(text);
    let whole = text.trim_end().len();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        let reading = read(&text[..end]);
        assert_eq!(reading.model.is_some(), end >= whole, "{:?}", &text[..end]);
        assert!(reading.model.is_some() || !reading.problems.is_empty());
    }
}

#[test]
fn an_example_cut_anywhere_is_told() {
    let text = fs::read_to_string(project("examples/astronomy-shop.ron")).unwrap();
    let whole = text.trim_end().len();
    // Every byte takes a minute: that is done with EVERY_BYTE=1; a prime step passes through every kind of place.
    let step = if std::env::var_os("EVERY_BYTE").is_some() { 1 } else { 97 };
    for end in (0..whole).step_by(step).filter(|end| text.is_char_boundary(*end)) {
        let reading = read(&text[..end]);
        assert!(reading.model.is_none() && !reading.problems.is_empty(), "cut at {end}");
    }
}

#[test]
fn depth_is_limited() {
    for deep in [1_000, 100_000] {
        let text = format!("(model: (format: 1, name: {}\"x\"{}))", "(".repeat(deep), ")".repeat(deep));
        let reading = read(&text);
        assert!(reading.model.is_none());
        assert!(reading.problems[0].message.contains("64"), "{:?}", reading.problems);
        assert!(read(&"[".repeat(deep)).model.is_none());
    }
}

#[test]
fn newer_formats_are_refused_with_advice() {
    let reading = read("(model: (format: 7, name: \"x\", unheard_of: 3))");
    assert_eq!(reading.problems.len(), 1);
    assert!(reading.problems[0].message.contains("format 7") && reading.problems[0].message.contains("newer"));
    assert_eq!(reading.problems[0].place.unwrap().column, 18);
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    let text = fs::read_to_string(project("examples/astronomy-shop.ron")).unwrap();
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(write(&model(&windows)), text);
}

#[test]
fn texts_survive_letter_by_letter() {
    let mut shop = open("examples/astronomy-shop.ron");
    let odd = "line one\nline two\t\"quoted\" \\ back\u{0}slash — Ω 注文 🛒 ' # { ( // no comment */";
    let id = "cart".parse().unwrap();
    let mut cart = (*shop.systems[&id].value).clone();
    cart.description = odd.to_owned();
    shop.apply(&[spandrel::model::Edit::put(&id, cart)]).unwrap();
    assert_eq!(model(&write(&shop)).systems[&id].description, odd);
}

fn refused(path: &Path) -> Problem {
    file::load(path).unwrap_err()
}

#[test]
fn what_is_no_model_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    assert!(refused(folder.path()).message.contains("directory"));
    assert!(refused(&folder.path().join("none.ron")).message.contains("no such file"));
    assert!(refused(&put("utf16.ron", b"\xFF\xFE(\0)\0")).message.contains("UTF-16"));
    assert!(refused(&put("binary.ron", b"\x7FELF\0\0\0")).message.contains("binary"));
    let latin = refused(&put("latin.ron", b"(\n  // Gr\xFC\xDFe\n)"));
    assert!(
        latin.message.contains("0xFC") && latin.place.unwrap().line == 2 && latin.place.unwrap().column == 8,
        "{latin:?}"
    );
    let empty = file::load(&put("empty.ron", b"")).unwrap();
    assert!(read(&empty).problems[0].message.contains("spandrel new"));
    assert!(read(" \n// only a comment\n").model.is_none());
    // A sparse file: 300 MB that take no room.
    let big = folder.path().join("big.ron");
    fs::File::create(&big).unwrap().set_len(300 << 20).unwrap();
    assert!(refused(&big).message.contains("300 MB"));
}

#[cfg(unix)]
#[test]
fn saving_keeps_links_and_permissions_and_leaves_nothing_behind() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.ron"), folder.path().join("link.ron"));
    fs::write(&real, "old").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.ron", &link).unwrap();
    file::save(&link, b"new").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), "new");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    fs::set_permissions(&real, fs::Permissions::from_mode(0o440)).unwrap();
    assert!(file::save(&link, b"newer").unwrap_err().to_string().contains("read-only"));
    assert_eq!(fs::read_to_string(&real).unwrap(), "new");
    assert!(file::save(folder.path(), b"x").is_err());
    assert!(file::save(&folder.path().join("no/such/folder.ron"), b"x").is_err());
}

/// `/dev/full` takes no byte: a disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn a_device_is_not_written_over() {
    if Path::new("/dev/full").exists() {
        assert!(file::save(Path::new("/dev/full"), b"x").is_err());
        assert!(file::load(Path::new("/dev/full")).is_err());
    }
}

#[test]
fn large_files_are_read_in_a_few_seconds_at_most() {
    // 20,000 systems; a quadratic reader would take minutes. The bound is no measurement, it only ends a hang.
    let mut text = String::from("(\n    model: (format: 1, name: \"Large\"),\n    systems: {\n");
    for n in 0..20_000 {
        text.push_str(&format!(
            "        // system {n}\n        \"s{n}\": (name: \"System {n}\", kind: Service, technology: \"Rust\"),\n"
        ));
    }
    text.push_str("    },\n)\n");
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || tell.send(read(&text).model.map(|model| model.systems.len())));
    assert_eq!(told.recv_timeout(Duration::from_mins(2)).unwrap(), Some(20_000));
}
