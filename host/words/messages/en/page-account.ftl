# Texts of a tester’s account.

signed-in-as = Your vault opens with the name
sessions = Where your vault is open
unknown-device = Unknown device
this-session = this device, now
used-at = last seen on { $at }
end-session = End
end-everywhere = End everywhere
change-password = Change the password
change-password-lead = Your other open sessions end; this one goes on.
set-password = Choose a password
set-password-lead = It is beside your passkey. Your other open sessions end; this one goes on.
old-password = Current password
new-codes = Make ten new recovery codes
codes-left = { $codes ->
    [0] No recovery code is left.
    [one] { $codes } recovery code is left.
   *[other] { $codes } recovery codes are left.
}
sign-out = Sign out of this session
leave-title = Leave and erase everything
leave-lead = Here is exactly what that does. There is no way back.
erased-now = Erased at once
erased-rows = { $rows ->
    [one] your row and your documents
   *[other] your { $rows } rows and your documents
}
erased-results = { $results ->
    [one] your kept result
   *[other] your { $results } kept results
}
erased-letters = { $letters ->
    [one] your letter to an organisation
   *[other] your { $letters } letters to organisations
}
erased-notes = { $notes ->
    [one] your note
   *[other] your { $notes } notes
}
erased-kept = your kept results, your letters and your notes
erased-choices = your corrections, and what you had chosen to show to no app
erased-grants = your grants, receipts and journal
erased-key = the key of your vault: backups become unreadable
erased-account = your account and all its sessions
remains = What remains
remains-receipt = an erasure receipt, which you keep
remains-holders = what the organisations have themselves
leave-sure = Yes, erase everything now
leave-act = Leave and erase everything
stay = Stay
left = Everything is erased
left-lead = Your vault exists no more, and nobody can read it any more.
receipt = Erasure receipt
receipt-at = Asked for on
receipt-erased = Erased
left-rows = { $rows ->
    [0] no row
    [one] { $rows } row
   *[other] { $rows } rows
}
left-papers = { $papers ->
    [0] no document
    [one] { $papers } document
   *[other] { $papers } documents
}
left-results = { $results ->
    [0] no kept result
    [one] { $results } kept result
   *[other] { $results } kept results
}
left-letters = { $letters ->
    [0] no letter
    [one] { $letters } letter
   *[other] { $letters } letters
}
left-notes = { $notes ->
    [0] no note
    [one] { $notes } note
   *[other] { $notes } notes
}
receipt-head = End of the journal
receipt-why = Keep or print this page: the end of the journal proves which journal was closed.
