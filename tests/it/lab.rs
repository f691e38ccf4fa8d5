//! An in-process platform, for tests that run an app many times.

use crate::support::{binary, me, sample};
use mesinfos_platform::{Clock, Isolation, Platform, PlatformError, RunInput, RunOutput};

/// People with data.
pub(crate) const PEOPLE: [&str; 2] = ["camille", "dominique"];

/// An in-process platform with two people who have bank rows.
pub(crate) struct Lab {
    pub(crate) platform: Platform,
    folder: tempfile::TempDir,
}

impl Lab {
    pub(crate) fn new() -> Lab {
        Lab::isolated(&Isolation::InProcess)
    }

    /// A platform with one runner process per run.
    pub(crate) fn apart() -> Lab {
        Lab::isolated(&Isolation::Process { program: binary() })
    }

    /// The same people and apps, with another clock from here on.
    pub(crate) fn with_clock(self, clock: impl Clock + 'static) -> Lab {
        let Lab { platform, folder } = self;
        Lab { platform: platform.with_clock(clock), folder }
    }

    /// The same people and apps, with one runner process per run from here on.
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

    /// Adds a person with bank rows.
    pub(crate) fn person(&self, name: &str) {
        let statement = std::fs::File::open(sample("banque.json")).unwrap();
        self.platform.import(&me(name), "banque.json", statement).unwrap();
    }

    pub(crate) fn install(&self, component: &[u8]) -> String {
        let (record, inspection) = self.platform.install(component).unwrap();
        if !inspection.request.categories.is_empty() {
            for person in PEOPLE {
                self.grant(person, &record.id);
            }
        }
        record.id
    }

    /// Grants everything that an app requests.
    pub(crate) fn grant(&self, person: &str, id: &str) {
        self.platform.grant(&me(person), id, &[], None).unwrap();
    }

    /// Runs an app without parameters.
    pub(crate) fn run(&self, person: &str, id: &str) -> Result<RunOutput, PlatformError> {
        self.platform.run(&me(person), id, &RunInput { params: Vec::new() })
    }

    /// Outcome code of a run.
    pub(crate) fn outcome(&self, person: &str, id: &str) -> &'static str {
        match self.run(person, id) {
            Ok(_) => "completed",
            Err(PlatformError::Run(outcome) | PlatformError::Ended { outcome, .. }) => outcome.code(),
            Err(other) => panic!("{id}: {other}"),
        }
    }
}

/// Number of repetitions: `short` in normal test runs, `long` for `cargo xtask hostile`.
pub(crate) fn times(short: usize, long: usize) -> usize {
    if std::env::var_os("MESINFOS_HOSTILE_LONG").is_some() { long } else { short }
}
