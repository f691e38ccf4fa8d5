# A person's papers.

title = My papers
lead = { $papers ->
    [one] { $papers } paper, kept as it came and sealed. No app is given the file or its text.
   *[other] { $papers } papers, kept as they came and sealed. No app is given the files or their text.
}
add = Add a paper
nothing = No paper yet
nothing-why = An invoice, a contract, a certificate, the photo of a receipt: your papers are kept as they came, sealed, and you find them by their words.
unread = { $papers ->
    [one] The text of { $papers } paper has not been read yet: the search knows only its name.
   *[other] The texts of { $papers } papers have not been read yet: the search knows only their names.
}
read-all = Read the texts
search = Search
text = Words
kind = Kind
all-kinds = All
apply = Search
found = { $papers ->
    [0] no paper
    [one] { $papers } paper
   *[other] { $papers } papers, newest first
}
not-whole = The search stopped: it had already read much text. Narrow the dates or the kind.
none-found = No paper matches
none-found-why = Search for fewer words at once, or widen the dates. Neither case nor accents matter.
pages = Pages of the list
shown = Papers { $first } to { $last } of { $total }
download = Download
download-of = Download “{ $name }”
about = { $kind }, { $day }, { $size }, { $format } file
undated = no date
no-kind = other
plain-text = plain text
other-format = other
nameless = Without a name
has-no-text = no text
recognised = text recognised
read = text read
not-read = text not read
who-read = Where it comes from, who read
the-text = The text
no-text-why = This document contains no text: it is probably a picture. A photo of the page in JPEG or PNG can be recognised.
read-again = Read again
read-at = Read on { $at }, and kept sealed beside the document.
may-be-wrong = It was recognised in a picture: it may contain mistakes.
is-cut = Only the beginning: the document is very long.
cannot-be-read = The text of this kind of file cannot be read. The document stays as it came.
picture-why = This is a picture. The text that it shows can be recognised on this server, by a confined program that reaches nothing else.
recognise = Recognise the text
read-why = The text serves to find this document, and to propose the lines of a receipt. It is kept sealed beside it, and goes with it.
not-read-why = The text could not be read: { $why }. The document is unchanged, and can be downloaded.
not-read-too-much = The text could not be read: it would take too much memory or time. The document is unchanged, and can be downloaded.
read-text = Read the text
till-receipt = Till receipt
receipt-kept = The lines of this receipt are among your purchases.
receipt-why = If this is a till receipt, its lines can join your purchases. You correct and confirm them first.
is-receipt = This looks like a till receipt
is-receipt-why = Its lines are proposed from its text. Nothing joins your purchases before you have checked and confirmed them.
confirm-receipt = Check and confirm
read-receipt = It is a till receipt
ask-receipt = A photo of a till receipt?
ask-receipt-why = Its text can be recognised on this server, and its lines proposed to you. Nothing joins your purchases before you have confirmed them.
unrecognised = { $papers ->
    [one] The text of { $papers } picture was not recognised: the search knows it by its name only. Open it to recognise the text.
   *[other] The text of { $papers } pictures was not recognised: the search knows them by their names only. Open them to recognise it, one by one.
}
make-receipt = Propose the lines
remove = Delete this paper
remove-ask = Remove “{ $file }”?
remove-why = The file and its text are erased. The journal keeps that this addition was undone.
remove-together = { $rows ->
    [one] This paper came alone.
   *[other] This paper came in a file with others ({ $rows } rows in all): they are taken back together, by undoing the import.
}
papers-read = { $papers ->
    [0] No new text was read.
    [one] The text of { $papers } paper was read.
   *[other] The texts of { $papers } papers were read.
}
papers-failed = { $papers ->
    [one] { $papers } paper could not be read: open it to see why. It is unchanged.
   *[other] { $papers } papers could not be read: open them to see why. They are unchanged.
}
left = { $papers ->
    [one] { $papers } paper is left to read
   *[other] { $papers } papers are left to read
}
left-why = Texts are read in small groups, so that the page answers soon.
read-on = Go on
see-all = See my papers
