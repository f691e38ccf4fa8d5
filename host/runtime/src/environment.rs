//! The environment of an app: the first moment of one day, fixed random numbers, and its own notes.

use crate::notes::Notes;
use bytes::Bytes;
use mesinfos_model::Day;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::time::Duration;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::clocks::HostWallClock;
use wasmtime_wasi::p2::pipe::MemoryInputPipe;
use wasmtime_wasi::p2::{OutputStream, Pollable, StreamResult};
use wasmtime_wasi::{WasiCtx, async_trait};

/// Most random bytes returned by one call.
const RANDOM_BYTES: u64 = 4 << 10;

/// WASI state of a run whose component imports WASI.
pub(crate) struct World {
    pub(crate) ctx: WasiCtx,
    /// The monotonic clock, in nanoseconds. It advances only when read or waited for.
    pub(crate) now: u64,
}

impl World {
    pub(crate) fn new(today: Day, notes: &Notes) -> World {
        let ctx = WasiCtx::builder()
            // Not the default, which reads in a task of its own.
            .stdin(MemoryInputPipe::new(""))
            .stdout(notes.clone())
            .stderr(notes.clone())
            .secure_random(StdRng::seed_from_u64(1))
            .insecure_random(StdRng::seed_from_u64(2))
            .insecure_random_seed(3)
            .max_random_size(RANDOM_BYTES)
            .wall_clock(Midnight(today))
            .allow_blocking_current_thread(true)
            .build();
        World { ctx, now: 0 }
    }
}

/// The wall clock: the first moment of the day of the run, in UTC, throughout the run.
struct Midnight(Day);

impl HostWallClock for Midnight {
    fn resolution(&self) -> Duration {
        DAY
    }

    fn now(&self) -> Duration {
        u32::try_from(self.0.0).map_or(Duration::ZERO, |days| DAY * days)
    }
}

const DAY: Duration = Duration::from_secs(86_400);

impl IsTerminal for Notes {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for Notes {
    fn async_stream(&self) -> Box<dyn tokio::io::AsyncWrite + Send + Sync> {
        // Only WASI 0.3 uses this, and it is not served.
        Box::new(tokio::io::sink())
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }
}

impl OutputStream for Notes {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        self.add(&bytes);
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        // Full notes accept everything and drop it: printing does not end a run.
        Ok(64 << 10)
    }
}

#[async_trait]
impl Pollable for Notes {
    async fn ready(&mut self) {}
}
