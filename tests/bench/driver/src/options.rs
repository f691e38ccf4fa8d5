//! The command line.

pub(crate) const HELP: &str = "\
bench [--sections compute,...] [--only native,ours,...] [--rounds N] [--people N] [--quick]

  --sections  which parts of the table: compute, start, memory, growth, formats, http,
              people [default: all]
  --only      which contestants of `compute` [default: all]; native is always there
  --rounds    how often contestants take turns [default: 15]
  --people    the most people of `people` [default: 100000]
  --quick     few rounds and small cases: to see that everything works
Only a full measurement is written to results.md.";

/// A section of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Compute,
    Start,
    Memory,
    Growth,
    Formats,
    People,
    Http,
}

impl Section {
    pub(crate) const ALL: [Section; 7] = [
        Section::Compute,
        Section::Start,
        Section::Memory,
        Section::Growth,
        Section::Formats,
        Section::Http,
        Section::People,
    ];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Section::Compute => "compute",
            Section::Start => "start",
            Section::Memory => "memory",
            Section::Growth => "growth",
            Section::Formats => "formats",
            Section::People => "people",
            Section::Http => "http",
        }
    }
}

pub(crate) struct Options {
    sections: Vec<Section>,
    only: Vec<String>,
    pub(crate) rounds: usize,
    pub(crate) people: u32,
    pub(crate) quick: bool,
    /// Whether to keep the result.
    pub(crate) keep: bool,
}

impl Options {
    pub(crate) fn parse(words: &[&str]) -> Result<Options, String> {
        let mut options = Options {
            sections: Section::ALL.to_vec(),
            only: Vec::new(),
            rounds: 15,
            people: 100_000,
            quick: false,
            keep: words.is_empty(),
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().copied().ok_or_else(|| format!("{word} needs a value"));
            match *word {
                "--sections" => {
                    let known = |id: &str| Section::ALL.into_iter().find(|section| section.id() == id);
                    let found = value()?.split(',').map(|id| known(id).ok_or(format!("no section {id}")));
                    options.sections = found.collect::<Result<_, _>>()?;
                }
                "--only" => options.only = value()?.split(',').map(str::to_owned).collect(),
                "--rounds" => options.rounds = value()?.parse().map_err(|_| "--rounds: a number")?,
                "--people" => options.people = value()?.parse().map_err(|_| "--people: a number")?,
                "--quick" => {
                    options.quick = true;
                    options.rounds = 2;
                    options.people = 1_000;
                }
                other => return Err(format!("{other} is not understood")),
            }
        }
        Ok(options)
    }

    /// Number of measurements per value in the smaller sections.
    pub(crate) fn runs(&self) -> usize {
        if self.quick { 10 } else { 60 }
    }

    pub(crate) fn has(&self, section: Section) -> bool {
        self.sections.contains(&section)
    }

    /// Whether a contestant takes part.
    pub(crate) fn wants(&self, id: &str) -> bool {
        self.only.is_empty() || id == "native" || self.only.iter().any(|only| only == id)
    }
}
