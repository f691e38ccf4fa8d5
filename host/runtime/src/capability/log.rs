//! The `log` interface: notes that an app writes during a run, for the person only.

use super::{Capability, Import, Request};
use crate::contract::{APP, LOG};
use crate::limits::Limits;
use crate::refusal::Problem;
use crate::state::{Counters, State, StopReason};
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

/// Notes of an app, through `mesinfos:app/log`.
pub(crate) struct Log;

impl Capability for Log {
    fn claim(&self, import: &Import<'_>, request: &mut Request) -> Option<Vec<Problem>> {
        if (import.package, import.interface) != (APP.0, LOG.0) {
            return None;
        }
        let others = import.functions.iter().filter(|function| **function != LOG.1);
        let problems: Vec<Problem> = others.map(|function| import.no_such(function)).collect();
        request.notes |= import.functions.contains(&LOG.1);
        Some(problems)
    }

    fn link(&self, linker: &mut Linker<State>, asked: &Request, granted: &Request) -> wasmtime::Result<()> {
        if !granted.notes {
            return self.link_refused(linker, asked);
        }
        linker.instance(&interface())?.func_wrap(
            LOG.1,
            |mut cx: StoreContextMut<'_, State>, (line,): (String,)| {
                cx.data_mut().called()?;
                cx.data().notes.line(&line);
                Ok(())
            },
        )
    }

    fn link_refused(&self, linker: &mut Linker<State>, asked: &Request) -> wasmtime::Result<()> {
        if !asked.notes {
            return Ok(());
        }
        linker.instance(&interface())?.func_wrap(
            LOG.1,
            |mut cx: StoreContextMut<'_, State>, (_,): (String,)| {
                cx.data_mut().called()?;
                Ok(())
            },
        )
    }

    /// Full notes accept every further line and drop it: writing does not end a run.
    fn budget(&self, _: &Counters, _: &Limits) -> Result<(), StopReason> {
        Ok(())
    }
}

/// Full name of the interface for notes.
fn interface() -> String {
    format!("{}/{}@{}", APP.0, LOG.0, APP.1)
}
