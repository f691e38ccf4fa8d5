//! Texts of the page that compares two results.

use crate::message::messages;

messages! {
    /// Texts of the page that compares two results.
    pub enum Compare<'a> in "page-compare" {
        Title { app: &'a str },
        Crumb,
        Lead,
        Settings,
        SettingsTable,
        SameSettings,
        Setting,
        Given,
        NotGiven,
        Data { category: &'a str },
        Rows { rows: u64 },
        SameRows { rows: u64 },
        Version,
        Day,
        Parts,
        OtherPart,
        NewPart,
        PartGone,
        SameParts,
        PartsWhy,
        Figures,
        FiguresTable,
        NoFigures,
        Figure,
        Before,
        Now,
        Difference,
        Absent,
        Same,
        Other,
        More { by: &'a str },
        LessBy { by: &'a str },
        Said,
        OpenBefore,
        OpenNow,
    }
}
