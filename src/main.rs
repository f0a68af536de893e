//! Arguments → a command or the window; nothing else.

use std::{io, process::ExitCode};

use spandrel::{
    cli::{self, Exit, Request, Streams},
    ui,
};

fn main() -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let mut streams = Streams { out: &mut out, err: &mut err };
    let exit = match cli::run(std::env::args_os(), &mut streams) {
        Request::Done(exit) => exit,
        Request::Window(model) => match ui::run(model.clone()) {
            Ok(()) => Exit::Clean,
            Err(why) => cli::without_display(model.as_deref(), &why, &mut streams),
        },
    };
    ExitCode::from(exit as u8)
}
