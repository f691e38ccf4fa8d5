//! A component whose contract takes a list of records, in a plain wasmtime host.

use crate::rows;
use crate::work::{Contestant, Ran, Work};
use bench_kernels::Answer;
use mesinfos_vault::PersonVault;
use std::time::Instant;
use wasmtime::component::{Component, Linker};
use wasmtime::{Engine, Store};

mod bindings {
    wasmtime::component::bindgen!({ path: "../guests/records/wit", world: "rows" });
}

use bindings::{Event, Reading, RowsPre, Transaction};

pub(crate) struct Records {
    person: PersonVault,
    engine: Engine,
    component: RowsPre<()>,
}

impl Records {
    /// Builds the component from a core module.
    pub(crate) fn new(person: PersonVault, module: &[u8]) -> Records {
        let encoder = wit_component::ComponentEncoder::default().module(module).unwrap();
        let component = encoder.validate(true).encode().unwrap();
        let engine = Engine::default();
        let component = Component::new(&engine, component).unwrap();
        let component = Linker::new(&engine).instantiate_pre(&component).unwrap();
        Records { person, engine, component: RowsPre::new(component).unwrap() }
    }
}

impl Contestant for Records {
    fn id(&self) -> &'static str {
        "records"
    }

    fn name(&self) -> String {
        "component, `list<record>`, wasmtime 48".to_owned()
    }

    fn includes(&self) -> &'static str {
        "opening the sealed chunks, rows as records, fresh instance, lowering them, computing"
    }

    fn run(&mut self, work: Work) -> Ran {
        let started = Instant::now();
        let mut store = Store::new(&self.engine, ());
        let answer = match work {
            Work::Budget => {
                let rows = transactions(&self.person);
                let app = self.component.instantiate(&mut store).unwrap();
                app.call_budget(&mut store, &rows)
            }
            Work::Profile => {
                let rows = readings(&self.person);
                let app = self.component.instantiate(&mut store).unwrap();
                app.call_profile(&mut store, &rows)
            }
            Work::Plans => {
                let rows = events(&self.person);
                let app = self.component.instantiate(&mut store).unwrap();
                app.call_plans(&mut store, &rows)
            }
        };
        let answer = answer.unwrap();
        let time = started.elapsed();
        Ran { time, whole: None, answer: Answer { numbers: answer.numbers, texts: answer.texts } }
    }
}

fn transactions(person: &PersonVault) -> Vec<Transaction> {
    let mut all = Vec::new();
    rows::transactions(person, |row| {
        all.push(Transaction {
            booked_on: row.booked_on,
            amount: row.amount,
            currency: row.currency.to_owned(),
            kind: row.kind,
            label: row.label.to_owned(),
        });
    });
    all
}

fn readings(person: &PersonVault) -> Vec<Reading> {
    let mut all = Vec::new();
    rows::readings(person, |row| {
        let rows::Reading { start, utc_offset, duration, energy } = row;
        all.push(Reading { start, utc_offset, duration, energy });
    });
    all
}

fn events(person: &PersonVault) -> Vec<Event> {
    let mut all = Vec::new();
    rows::events(person, |row| {
        let rows::Event { at, utc_offset, service, direction, duration, messages } = row;
        all.push(Event { at, utc_offset, service, direction, duration, messages });
    });
    all
}
