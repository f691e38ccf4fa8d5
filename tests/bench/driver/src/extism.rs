//! An Extism plugin: rows are passed as JSON.

use crate::json::{self, Said};
use crate::work::{Contestant, Ran, Work};
use extism::{CompiledPlugin, Manifest, Plugin, PluginBuilder, Wasm};
use mesinfos_vault::PersonVault;
use std::time::Instant;

pub(crate) struct Extism {
    person: PersonVault,
    plugin: CompiledPlugin,
}

impl Extism {
    pub(crate) fn new(person: PersonVault, module: Vec<u8>) -> Extism {
        let manifest = Manifest::new([Wasm::data(module)]);
        Extism { person, plugin: PluginBuilder::new(manifest).compile().unwrap() }
    }
}

impl Contestant for Extism {
    fn id(&self) -> &'static str {
        "extism"
    }

    fn name(&self) -> String {
        "Extism 1.30 plugin, JSON".to_owned()
    }

    fn includes(&self) -> &'static str {
        "opening the sealed chunks, writing JSON, fresh instance, parsing it, computing"
    }

    fn run(&mut self, work: Work) -> Ran {
        let started = Instant::now();
        let text = json::rows(&self.person, work);
        let mut plugin = Plugin::new_from_compiled(&self.plugin).unwrap();
        let said = plugin.call::<&str, &str>(work.id(), &text).unwrap();
        let answer = Said::parse(said).answer();
        Ran { time: started.elapsed(), whole: None, answer }
    }
}
