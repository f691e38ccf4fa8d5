//! Description of the machine.

use std::process::Command;

/// Processor, memory, kernel and compiler.
pub(crate) fn facts() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).map(str::to_owned);
        line.and_then(|line| Some(line.split_once(':')?.1.trim().to_owned())).unwrap_or_default()
    };
    let (processor, memory) = (read("/proc/cpuinfo"), read("/proc/meminfo"));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kibibytes = field(&memory, "MemTotal").trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0);
    format!(
        "Measured on {} ({cores} processors, {:.0} GiB), Linux {}, {}.",
        field(&processor, "model name"),
        kibibytes / f64::from(1 << 20),
        read("/proc/sys/kernel/osrelease").trim(),
        version("rustc", &["--version"])
    )
}

/// Version of a program, as it prints it.
pub(crate) fn version(program: &str, arguments: &[&str]) -> String {
    let said = Command::new(program).args(arguments).output();
    said.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned()).unwrap_or_default()
}
