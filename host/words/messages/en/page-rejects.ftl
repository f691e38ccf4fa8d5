# Rejected rows of an import: seen, taken away, corrected.

title = Rows put aside
lead = These rows could not be read as they are in the file. Take them away, or correct a row: it is then read like the others of its file and added to them.
download = Download them (CSV)
corrected = Corrected: it is in your vault
correct = Correct
correct-at = Correct: { $place }
no-cells = cannot be corrected here
title-of = Correct: { $place }
lead-of = These are the cells of the row, under the names of their columns. Correct what is wrong, then add the row.
why = Why it could not be read
column = Column { $number }
add = Add the row
leave = Leave it
not-read = With these cells, it is no row of this file. Nothing was added.
too-long = These cells are too long. Nothing was added.
known = This row is already in your vault: nothing was added.
added = The row is added to its file. If you undo adding the file, it goes with it.
before = This row was corrected before.
see = See them, correct or download them
left = { $rows ->
    [one] … and { $rows } other, which is not listed
   *[other] … and { $rows } others, which are not listed
}
mended = Corrected by you: this line could not be read as it was in the file.
head-file = File
head-line = Line
head-field = Field
head-why = Reason
head-text = What the row said
head-act = To do
