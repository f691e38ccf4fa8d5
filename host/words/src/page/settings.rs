//! Texts of the settings.

use crate::message::messages;

messages! {
    /// Texts of the settings.
    pub enum Settings<'a> in "page-settings" {
        Title,
        InThisPage,
        Pause,
        PauseTitle,
        PauseLead,
        PauseAll,
        PausedSince { since: &'a str },
        PausedBut { since: &'a str, apps: &'a str },
        PausedButWhy,
        PausedWhy,
        ResumeAll,
        Running { grants: u64 },
        Paused { grants: u64 },
        Display,
        Language,
        Theme,
        ThemeDevice,
        ThemeLight,
        ThemeDark,
        TextSize,
        TextNormal,
        TextLarge,
        TextLarger,
        Reading,
        ReadingUsual,
        ReadingEasy,
        ReadingWhy,
        Save,
        SignIn,
        TakeAway,
        TakeAwayLead { rows: u64 },
        TakeAwayAct,
        Leave,
        LeaveLead,
        LeaveAct,
        LeaveAsked,
        LeaveSample,
        EndSample,
    }
}
