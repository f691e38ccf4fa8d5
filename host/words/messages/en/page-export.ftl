# Take everything with you.

title = Take everything with you
lead = You receive a ZIP archive with everything that your vault contains. Another MesInfos server can take it in, and other programs can read it.
contents = What it contains
rows = { $rows ->
    [0] no row yet
    [one] your row, with all its values and its origin, as JSON and Parquet (two formats for software)
   *[other] your { $rows } rows, with all their values and their origin, as JSON and Parquet (two formats for software)
}
papers = { $papers ->
    [0] no document yet
    [one] your document, as you added it: { $size }
   *[other] your { $papers } documents, as you added them: { $size }
}
grants = { $grants ->
    [0] no answer to an app yet
    [one] your answer to what an app asked, also in a standard form that other services can read (ISO/IEC TS 27560)
   *[other] your { $grants } answers to what apps asked, grants and refusals, also in a standard form that other services can read (ISO/IEC TS 27560)
}
receipts = { $receipts ->
    [0] no receipt yet
    [one] the receipt of one run
   *[other] the receipts of { $receipts } runs
}
results = { $results ->
    [0] no kept result
    [one] the result that you keep
   *[other] the { $results } results that you keep
}
letters = { $letters ->
    [0] no letter to an organisation
    [one] your letter to an organisation
   *[other] your { $letters } letters to organisations
}
entries = { $entries ->
    [one] the only entry of your journal, with its hash
   *[other] the { $entries } entries of your journal, with their hashes, to verify it
}
list = the list of all files, instructions, and what shows that nothing has changed (a digest of each file: letters and digits that are its own)
without = What it does not contain
without-account = the name, password and passkeys of your account
without-display = your display settings, which are in this browser
without-rejected = the rejected rows of your files: download them on the page of their import
before = Before you download
open = The archive is not encrypted: whoever finds it can read everything. Keep it in a safe place.
long = It is made while it is downloaded. Keep this page open until the end; an archive that breaks off cannot be used, and nothing is lost here.
logged = Your journal notes that you took everything with you.
act = Download the archive
elsewhere = Taking it in on another server
elsewhere-how = On the other MesInfos server, drop the archive on the page “Add data”. It takes in all your rows and all your documents, with their origin; your corrections, with what the organisation said; your notes. A row that you deleted does not come back when you add the organisation’s file there. If a single file of the archive was changed, nothing is taken in.
elsewhere-not = Your grants, receipts, results, letters, the texts read in your documents, earlier values of your rows and your journal are not taken in: no app is allowed anything there without asking you. If the other vault has a row already, it does not delete it or take in its note, and what you changed there counts first.
underway = An archive is already being downloaded
underway-why = We make one at a time for each person, and few at a time in all. Nothing is lost: wait until the first one is complete, then start again.
