//! Notes of a run, shown only to the person who runs the app: on personal data, that is the person whose
//! data it is. Run the app on sample data to read the notes yourself.

/// Notes down a line. The host keeps a few kilobytes of a run's notes and drops the rest. Notes are not
/// stored after they are shown.
pub fn note(line: &str) {
    write(line);
}

#[cfg(target_arch = "wasm32")]
fn write(line: &str) {
    crate::bindings::mesinfos::app::log::note(line);
}

/// For the app's own tests, on the developer's machine.
#[cfg(not(target_arch = "wasm32"))]
#[allow(clippy::print_stderr, reason = "there is no host to note it")]
fn write(line: &str) {
    eprintln!("{line}");
}

/// Notes down the message of a panic before the app crashes, from now on.
#[doc(hidden)]
pub fn note_panics() {
    #[cfg(target_arch = "wasm32")]
    std::panic::set_hook(Box::new(|panic| note(&panic.to_string())));
}
