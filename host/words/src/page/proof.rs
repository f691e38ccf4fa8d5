//! Texts of the proof page.

use crate::message::messages;

messages! {
    /// Texts of the proof page.
    pub enum Proof<'a> in "page-proof" {
        Crumb,
        Title { app: &'a str },
        Lead,
        Can,
        ReadCategory { category: &'a str },
        WriteNotes,
        NothingElse,
        Cannot,
        NoNetwork,
        NoFile,
        NoMemory,
        NoClock,
        NoChance,
        NoOther,
        NoRefusal,
        NoField,
        CheckYourself,
        CheckHow,
        CheckElsewhere,
        TakeProgram,
        DropProgram,
        DropProgramWhy,
        Analyse,
        Found,
        Same,
        Other,
        ItsName,
        FoundCan,
        FoundNothing,
        NotAnApp,
        TooLarge { most: &'a str },
        NotKept,
        Technical,
        Version,
        Publisher,
        Licence,
        Size,
        Component,
        Wasi,
    }
}
