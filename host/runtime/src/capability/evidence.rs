//! The `evidence` interface: which rows a figure of the view was computed from, for the person only.
//!
//! An app names rows by the order in which they were given to it, so it learns nothing. What it names is raw here: the
//! host looks it up among the rows that it gave to the run.

use super::{Capability, Import, Request};
use crate::contract::{APP, EVIDENCE};
use crate::limits::Limits;
use crate::refusal::Problem;
use crate::state::{Counters, State, StopReason};
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

/// Rows behind figures, through `mesinfos:app/evidence`.
pub(crate) struct Evidence;

type Cited = (String, String, u32, Vec<u32>);

impl Capability for Evidence {
    fn claim(&self, import: &Import<'_>, request: &mut Request) -> Option<Vec<Problem>> {
        if (import.package, import.interface) != (APP.0, EVIDENCE.0) {
            return None;
        }
        let others = import.functions.iter().filter(|function| **function != EVIDENCE.1);
        let problems: Vec<Problem> = others.map(|function| import.no_such(function)).collect();
        request.evidence |= import.functions.contains(&EVIDENCE.1);
        Some(problems)
    }

    fn link(&self, linker: &mut Linker<State>, asked: &Request, granted: &Request) -> wasmtime::Result<()> {
        if !granted.evidence {
            return self.link_refused(linker, asked);
        }
        linker.instance(&interface())?.func_wrap(
            EVIDENCE.1,
            |mut cx: StoreContextMut<'_, State>, (label, category, reader, rows): Cited| {
                cx.data_mut().called()?;
                cx.data_mut().citations.add(&label, &category, reader, rows);
                Ok(())
            },
        )
    }

    fn link_refused(&self, linker: &mut Linker<State>, asked: &Request) -> wasmtime::Result<()> {
        if !asked.evidence {
            return Ok(());
        }
        linker.instance(&interface())?.func_wrap(
            EVIDENCE.1,
            |mut cx: StoreContextMut<'_, State>, _: Cited| {
                cx.data_mut().called()?;
                Ok(())
            },
        )
    }

    /// What is beyond the limits is dropped: citing does not end a run.
    fn budget(&self, _: &Counters, _: &Limits) -> Result<(), StopReason> {
        Ok(())
    }
}

/// Full name of the interface.
fn interface() -> String {
    format!("{}/{}@{}", APP.0, EVIDENCE.0, APP.1)
}
