//! Texts of the pages on which a person changes a row.

use crate::message::messages;

messages! {
    /// Texts of the pages on which a person changes a row.
    pub enum Amend<'a> in "page-amend" {
        Change,
        Title,
        Lead,
        ChangedMeanwhile,
        ChangedMeanwhileWhy,
        ChangedTyped,
        SeeRow,
        Save,
        Leave,
        Numbers,
        InUnit { unit: &'a str },
        Purposes,
        Together { rows: u64, label: &'a str, field: &'a str },
        TogetherMost { most: u64 },
        Refiled { rows: u64 },
        RefiledLeft { left: u64 },
        InUnitOr { unit: &'a str, example: &'a str },
        Nothing,
        Corrected { at: &'a str },
        Before,
        Restore,
        Delete,
        DeleteAsk,
        DeleteWhy,
        DeleteAskOf { row: &'a str },
        WasDeleted,
        DeleteButton,
        Note,
        NoteWhy { most: u64 },
        NoteSave,
        Deleted,
        DeletedLead,
        DeletedNone,
        DeletedNoneWhy,
        DeletedLine { category: &'a str, place: u64 },
        DeletedAt { file: &'a str, at: &'a str },
        Lift,
        LiftWhy,
        SeeDeleted { rows: u64 },
        Gone,
    }
}
