//! A platform in this process, for tests that run an app many times.

use crate::support::{binary, me, sample};
use mesinfos_platform::{Isolation, Platform, PlatformError, RunInput, RunOutput};

/// Who has data.
pub(crate) const PEOPLE: [&str; 2] = ["camille", "dominique"];

/// A platform in this process, with two people who have bank rows.
pub(crate) struct Lab {
    pub(crate) platform: Platform,
    folder: tempfile::TempDir,
}

impl Lab {
    pub(crate) fn new() -> Lab {
        Lab::isolated(&Isolation::InProcess)
    }

    /// Every run in a process of its own.
    pub(crate) fn apart() -> Lab {
        Lab::isolated(&Isolation::Process { program: binary() })
    }

    /// The same people and apps, with every run in a process of its own from now on.
    pub(crate) fn behind_the_wall(self) -> Lab {
        let Lab { platform, folder } = self;
        drop(platform);
        let platform = Platform::open(folder.path(), &Isolation::Process { program: binary() }).unwrap();
        Lab { platform, folder }
    }

    fn isolated(isolation: &Isolation) -> Lab {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::open(folder.path(), isolation).unwrap();
        let lab = Lab { platform, folder };
        for person in PEOPLE {
            lab.person(person);
        }
        lab
    }

    /// One more person with bank rows.
    pub(crate) fn person(&self, name: &str) {
        let statement = std::fs::File::open(sample("banque.json")).unwrap();
        self.platform.import(&me(name), "banque.json", statement).unwrap();
    }

    pub(crate) fn install(&self, component: &[u8]) -> String {
        let (record, inspection) = self.platform.install(component).unwrap();
        if !inspection.asks.is_empty() {
            for person in PEOPLE {
                self.grant(person, &record.id);
            }
        }
        record.id
    }

    /// Gives everything that an app asks for.
    pub(crate) fn grant(&self, person: &str, id: &str) {
        self.platform.grant(&me(person), id, &[], None).unwrap();
    }

    /// Runs an app as it comes.
    pub(crate) fn run(&self, person: &str, id: &str) -> Result<RunOutput, PlatformError> {
        self.platform.run(&me(person), id, &RunInput { params: Vec::new() })
    }

    /// How a run of an app ends.
    pub(crate) fn outcome(&self, person: &str, id: &str) -> &'static str {
        match self.run(person, id) {
            Ok(_) => "completed",
            Err(PlatformError::Run(outcome) | PlatformError::Ended { outcome, .. }) => outcome.code(),
            Err(other) => panic!("{id}: {other}"),
        }
    }
}

/// How much of it: a little in every test run, much more for `cargo xtask hostile`.
pub(crate) fn times(short: usize, long: usize) -> usize {
    if std::env::var_os("MESINFOS_HOSTILE_LONG").is_some() { long } else { short }
}
