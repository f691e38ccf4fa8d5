//! Texts about the platform.

use crate::message::messages;

messages! {
    /// Texts about the platform.
    pub enum About in "page-about" {
        PrivacyTitle,
        PrivacyLead,
        KeysTitle,
        Keys,
        AppsTitle,
        Apps,
        HostTitle,
        Host,
        BrowserTitle,
        Browser,
        LeaveTitle,
        Leave,
        HelpTitle,
        HelpLead,
        HelpAsk,
        HelpContact,
        HelpCare,
        HelpNone,
        HelpSelf,
        AccessTitle,
        AccessLead,
        AccessState,
        AccessHow,
        AccessFaults,
        FaultPointer,
        AccessMissing,
        AccessHelpTitle,
        AccessHelp,
        PagesLead,
        PagesBegin,
        PagesAbout,
        PageStart,
        PageWelcome,
        PageInvitation,
        PageExport,
        PagePassword,
        PageLeave,
    }
}
