# Adding files, and imports.

title = Add data
crumb = Add
lead = A statement, a bill, an export: what arrives is stored, encrypted, in your vault, and nowhere else.
drop = Choose one or more files
drop-why = Their names do not matter: their content is recognised.
photo = Or take a picture of a paper
send = Add
keep = Keep as a document
keep-why = A document is kept as it is. An app can read its kind, date and size, never its content.
waiting = A ZIP archive is read file by file. A large file can take some minutes: leave this page open until the answer comes.
sending = Sending
step-receiving = Receiving
step-reading = Reading and checking
step-storing = Storing
file-number = File
stay-here = Keep this page open until the end.
sample-limit = In a sample life, a file can have { $size } at most, and there can be { $files } of them in all.
formats = { $formats ->
    [one] The format that is recognised
   *[other] The { $formats } formats that are recognised
}
formats-why = Ask the organisation for an export of your data, or download it from your customer account.
several-domains = Several domains at once
format-count = { $formats ->
    [one] { $formats } format
   *[other] { $formats } formats
}
origin = from { $holders }
imports = Files added
imports-lead = Each file that you added, what was stored of it, and a way to undo it.
no-imports = No file yet
no-imports-why = What you add is listed here, with the number of rows that were new, known already or put aside.
see-imports = All files added
recent = The last files added
file-head = File
format-head = Format
known-head = Known
rejected-head = Put aside
state-head = Undoing
stored = Stored
undone = Undone
undone-at = Undone on { $at }. Its rows are no longer in your vault.
undo = Undo
undo-file = Undo adding { $file }
undo-takes = { $rows ->
    [one] Undoing takes { $rows } row out of your vault.
   *[other] Undoing takes { $rows } rows out of your vault.
}
undo-would = { $rows ->
    [0] No row of this file is in your vault any more.
    [one] { $rows } row of this file is in your vault: undoing takes it out, unless another file holds it too.
   *[other] { $rows } rows of this file are in your vault: undoing takes them out, except those that another file holds too.
}
undo-returns = { $rows ->
    [one] Where this file corrected { $rows } row, the earlier values return, if their file is still there.
   *[other] Where this file corrected { $rows } rows, the earlier values return, if their file is still there.
}
undo-nothing = This file brought nothing new: undoing it takes no row away.
undo-none = Undoing takes no row out of your vault.
undo-restores = { $rows ->
    [one] { $rows } row returns to its earlier value.
   *[other] { $rows } rows return to their earlier values.
}
undo-stays = { $rows ->
    [one] { $rows } row stays: the file “{ $file }” holds it too.
   *[other] { $rows } rows stay: the file “{ $file }” holds them too.
}
undo-earlier = { $rows ->
    [one] { $rows } earlier version, which another file has replaced, is deleted too.
   *[other] { $rows } earlier versions, which another file has replaced, are deleted too.
}
undo-documents = { $files ->
    [one] The file kept among your documents is deleted.
   *[other] { $files } files kept among your documents are deleted.
}
undo-no-document = No file kept among your documents is deleted.
undo-again = You can add the file again.
undo-forgets = Your corrections, deletions and notes in this file are forgotten: if you add it again, it comes back as the organisation gave it.
undo-ask = Undo adding “{ $file }”?
undo-button = Undo
undo-title = Addition undone
undo-rows = { $rows ->
    [0] No row of “{ $file }” was taken out of your vault.
    [one] { $rows } row of “{ $file }” is no longer in your vault.
   *[other] { $rows } rows of “{ $file }” are no longer in your vault.
}
undo-restored = { $rows ->
    [one] { $rows } row of another file is back: one of these had replaced it.
   *[other] { $rows } rows of other files are back: these had replaced them.
}
alike-count = { $rows ->
    [one] { $rows } row is probably there already: you decide
   *[other] { $rows } rows are probably there already: you decide
}
alike-why = The same amount or duration, on the same date or nearly, but not everything is identical: a payment that was announced and then booked, for example. If it is the same thing, only one of the two should count. The other one comes back if you undo adding the file.
alike-differ = What differs
alike-more = { $rows ->
    [one] … and { $rows } other, which comes next.
   *[other] … and { $rows } others, which come next.
}
alike-with = { $rows ->
    [one] { $rows } row that may be there already from “{ $file }”
   *[other] { $rows } rows that may be there already from “{ $file }”
}
alike-see-all = See all of them ({ $rows })
in-this-file = In this file
already-there = There already
keep-new = It is the same: keep the one of this file
keep-old = It is the same: keep the one that was there
alike-decide = See them and say
alike-all = Answer once for all { $rows }
keep-all-new = They are the same: keep those of this file
keep-all-old = They are the same: keep those that were there
keep-all-both = All of them differ: keep both each time
keep-both = They are two rows: keep both
import-again = “{ $file }” may also have contained some of these rows: if you miss them, add it again.
left-out-for = Rows of this file were excluded from what you gave { $app }. If added again, they will not be.
imported-at = Added { $at }. Format: { $format }.
category = Kind of data
new = new
corrected = corrected
known = known already
days = Period
no-days = without a date
rejected = put aside
rejected-mended = { $rows ->
    [one] You corrected { $rows } rejected row, and it was stored.
   *[other] You corrected { $rows } rejected rows, and they were stored.
}
rejected-rows = { $rows ->
    [0] No rejected row left
    [one] { $rows } row put aside
   *[other] { $rows } rows put aside
}
rejected-why = The rest of the file is stored. These rows cannot be read; nothing was guessed in their place.
rejected-not-kept = Their content is not kept. To see again which they were and why, add the file once more: no row is stored twice.
members = Files of the archive
fewer-now = { $rows ->
    [one] One row fewer today: since it was added, you removed it, or said that it was there already.
   *[other] { $rows } rows fewer today: since they were added, you removed them, or said that they were there already.
}
till-rows = One row is the whole receipt, with its total; the others are its items.
see = See: { $category }
next = What next
next-why = These apps can use it. Each shows you what it would read before you say yes.
no-apps = No app installed here uses this data yet.
all-apps = All apps
add-more = Add another file
answer = Your file
answer-of = { $files ->
    [one] { $files } file received
   *[other] { $files } files received
}
added-of = { $files ->
    [one] { $files } file added
   *[other] { $files } files added
}
all-stored = Everything is stored: here is what each brought, and what you can do with it.
some-not = Not everything could be stored: see the details below.
members-unread = { $files ->
    [one] A file of the archive was not read
   *[other] { $files } files of the archive were not read
}
each-member = File by file ({ $files })
empty-file = This file is valid, but it holds no row: nothing was added.
done = { $rows ->
    [0] no new row
    [one] { $rows } new row
   *[other] { $rows } new rows
}
done-corrected = { $rows ->
    [one] { $rows } corrected: the file has a later version
   *[other] { $rows } corrected: the file has a later version
}
done-known = { $rows ->
    [one] { $rows } known already, left as it was
   *[other] { $rows } known already, left as they were
}
see-report = See the details
where-head = Where
field-head = Field
why-head = Why
more = { $rows ->
    [one] … and { $rows } other
   *[other] … and { $rows } others
}
rejected-table = Rows put aside
not-done = “{ $file }” was not added
nothing-kept = Nothing of this file was kept, and your other data did not change.
unrecognised = “{ $file }” was not recognised
unrecognised-why = It is no statement or export that we know. Nothing of this file was kept, and your other data did not change.
unrecognised-try = Try the organisation’s official export, or keep this file as it is among your documents: no app will be able to read its content.
member-try = Open the archive on your device, take this file out of it, then add it alone: you can keep it as a document. If it comes from an organisation, try its official export instead.
workbook = This is a workbook (Excel or LibreOffice). The only workbooks that are read here are those of readings of Enedis and GRDF, and this is none. Nothing of this file was kept.
workbook-try = If it is a table, for example a bank statement: open it, choose “Save as”, then the format “CSV UTF-8”, and add that new file here. If it is not recognised, a page asks you what its columns are.
workbook-keep = You can also keep the workbook as it is among your documents: no app will be able to read what is in it.
keep-this = Keep it as a document
choose-again = Choose it again: nothing of it stayed here.
no-file = No file arrived
no-file-why = Choose a file on your device, then send it. An empty file cannot be added.
too-many = { $files } files at most at once. Those before are stored; send the others next.
too-many-imports = A sample life takes { $imports } files at most. An account of your own has no such limit.
too-large = It has more than { $size }: nothing of it was kept.
broken-off = The transfer broke off: nothing of this file was kept.
too-slow = The transfer was too slow and was given up: nothing of this file was kept.
busy = Too many files are arriving at the moment: nothing of this one was kept. Try again in a few minutes.
again = Try again
papers-next = A photograph of a receipt or a bill? Among your papers its text can be recognised, and a till receipt become purchases:
