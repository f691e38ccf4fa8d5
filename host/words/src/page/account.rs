//! Texts of a tester’s account.

use crate::message::messages;

messages! {
    /// Texts of a tester’s account.
    pub enum Account<'a> in "page-account" {
        SignedInAs,
        Sessions,
        UnknownDevice,
        ThisSession,
        UsedAt { at: &'a str },
        EndSession,
        EndEverywhere,
        ChangePassword,
        SetPassword,
        SetPasswordLead,
        ChangePasswordLead,
        OldPassword,
        NewCodes,
        CodesLeft { codes: u64 },
        SignOut,
        LeaveTitle,
        LeaveLead,
        ErasedNow,
        ErasedRows { rows: u64 },
        ErasedGrants,
        ErasedKey,
        ErasedAccount,
        Remains,
        RemainsReceipt,
        RemainsHolders,
        LeaveSure,
        LeaveAct,
        Stay,
        Left,
        LeftLead,
        Receipt,
        ReceiptAt,
        ReceiptErased,
        LeftRows { rows: u64 },
        LeftPapers { papers: u64 },
        LeftResults { results: u64 },
        ReceiptHead,
        ReceiptWhy,
    }
}
