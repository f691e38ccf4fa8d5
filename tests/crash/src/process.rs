//! A child process that runs this program.

use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A child process, and the lines that it prints.
pub(crate) struct Process<T> {
    child: Child,
    /// Whether it has printed anything.
    pub(crate) speaks: Arc<AtomicBool>,
    said: Option<JoinHandle<Vec<T>>>,
}

impl<T: FromStr + Send + 'static> Process<T> {
    /// Starts this program with these arguments.
    pub(crate) fn start(arguments: &[String]) -> Result<Process<T>> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("the program does not start again")?;
        let out = child.stdout.take().context("its output is missing")?;
        let speaks = Arc::new(AtomicBool::new(false));
        let heard = speaks.clone();
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        let lines = lines.inspect(move |_| heard.store(true, Ordering::Relaxed));
        // Ignore a truncated line.
        let said = std::thread::spawn(move || lines.filter_map(|line| line.parse().ok()).collect());
        Ok(Process { child, speaks, said: Some(said) })
    }

    /// Waits until it exits, `is_over` is true, or `patience` has passed. True if it exited.
    pub(crate) fn wait(&mut self, patience: Duration, is_over: impl Fn() -> bool) -> Result<bool> {
        let started = Instant::now();
        while self.child.try_wait()?.is_none() {
            if is_over() || started.elapsed() > patience {
                return Ok(false);
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        Ok(true)
    }

    /// Kills it unless it has exited, and returns its lines.
    pub(crate) fn end(mut self) -> Result<Vec<T>> {
        self.stop()
    }

    fn stop(&mut self) -> Result<Vec<T>> {
        let Some(said) = self.said.take() else { return Ok(Vec::new()) };
        self.child.kill()?;
        self.child.wait()?;
        said.join().ok().context("the thread that reads the output failed")
    }
}

impl<T> Drop for Process<T> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
