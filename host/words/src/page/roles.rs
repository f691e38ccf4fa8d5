//! Texts of the other roles.

use crate::message::messages;

messages! {
    /// Texts of the other roles.
    pub enum Roles<'a> in "page-roles" {
        Title,
        SignedInAs,
        ComesTester,
        ComesDeveloper,
        Developers,
        DevelopersHow,
        DevelopersOpen,
        DevelopersAsk,
        ComesHolder,
        ComesResearcher,
        ComesOperator,
        NoBreakGlass,
        Ready,
        Invitations,
        InvitationsLead,
        Role,
        Days,
        Invite,
        NonePending,
        MadeAt,
        EndsAt,
        Withdraw,
        NewInvitation,
        ValidUntil { at: &'a str },
        OrAddress,
        Qr,
        ShownOnce,
        Back,
    }
}
