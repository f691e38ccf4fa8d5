# The pages on which a row is corrected, annotated or deleted.

change = Correct or delete
title = Correct this row
lead = Your values will replace those of the data holder everywhere: pages, apps, exports. Theirs are kept beside, for you only.
save = Save the correction
leave = Change nothing
numbers = a number, with a comma or a point
instants = date and time in UTC, like 2025-12-31T08:30:00Z
nothing = (nothing)
corrected = You corrected this row on { $at }.
before = The data holder said:
restore = Go back to the data holder’s values
delete = Delete this row
delete-ask = Delete this row from your vault?
delete-why = It disappears for good: from pages, apps and exports. The same file, added again, will not bring it back. The data holder keeps it.
delete-button = Delete
note = Your note
note-why = For you only: no app reads it. { $most } characters at most.
note-save = Keep the note
deleted = Deleted rows
deleted-lead = Of these rows, only the place that they came from is left. They do not come back when the file is added again, unless you allow it here.
deleted-none = No deleted row
deleted-none-why = Rows that you delete from your vault are counted here, without their values.
deleted-line = { $category }, line { $place }
deleted-at = { $file }, deleted on { $at }
lift = Let it come back
lift-why = It comes back if you add its file again.
see-deleted = { $rows ->
    [one] { $rows } row that you deleted
   *[other] { $rows } rows that you deleted
}
gone = This row has changed meanwhile. Nothing was done: open it again.
