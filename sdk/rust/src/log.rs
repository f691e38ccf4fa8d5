//! Notes of a run, for whoever runs the app. On a person's data that is she alone; run it on sample
//! data to read them yourself.

/// Notes down a line. The host keeps some kilobytes of a run's notes and drops the rest; nothing of
/// them outlives what she sees.
pub fn note(line: &str) {
    write(line);
}

#[cfg(target_arch = "wasm32")]
fn write(line: &str) {
    crate::bindings::mesinfos::app::log::note(line);
}

/// In the app's own tests, on the developer's machine.
#[cfg(not(target_arch = "wasm32"))]
#[allow(clippy::print_stderr, reason = "there is no host to note it")]
fn write(line: &str) {
    eprintln!("{line}");
}

/// From now on what a panic says is noted down before the app crashes.
#[doc(hidden)]
pub fn note_panics() {
    #[cfg(target_arch = "wasm32")]
    std::panic::set_hook(Box::new(|panic| note(&panic.to_string())));
}
