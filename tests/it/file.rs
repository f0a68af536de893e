use spandrel::file;
#[test]
fn dump() {
    let Ok(path) = std::env::var("DUMP") else { return };
    let text = file::load(std::path::Path::new(&path)).unwrap();
    let reading = file::read(&text);
    for problem in &reading.problems {
        eprintln!("{}", problem.report(&path));
    }
    if let Some(model) = reading.model {
        let text = file::write(&model);
        println!("{text}");
        assert_eq!(file::write(&file::read(&text).model.unwrap()), text);
    }
}
