# The pages on which a row is corrected, annotated or deleted.

change = Correct, annotate or delete
title = Correct this row
lead = Your values will replace those of the organisation everywhere: pages, apps, exports. Theirs are kept alongside, for you alone.
changed-meanwhile = This row has changed meanwhile
changed-meanwhile-why = It was corrected or deleted elsewhere, for instance in another tab. Your request changed nothing.
changed-typed = This row has changed meanwhile, for instance in another tab. Nothing was saved; what you had typed is below. Check it, then save.
see-row = See the row
save = Save the correction
leave = Change nothing
numbers = a number, with a comma or a point
in-unit = in { $unit }
in-unit-or = in { $unit }; another unit is read too if you write it, like “{ $example }”
purposes = from the list, or in your own words: apps read what you write here
together = { $rows ->
    [one] Write the same under “{ $field }” for the other row with the label “{ $label }”
   *[other] Write the same under “{ $field }” for the { $rows } other rows with the label “{ $label }”
}
together-gist = (whatever the date and the numbers)
together-most = (at most { $most } at a time; the rest can follow in the same way)
refiled = { $rows ->
    [one] The other row with the same label is corrected too.
   *[other] { $rows } other rows with the same label are corrected too.
}
refiled-left = { $left ->
    [one] One row is still to be corrected: do the same again.
   *[other] { $left } rows are still to be corrected: do the same again.
}
nothing = (nothing)
corrected = You corrected this row on { $at }.
before = The organisation said:
restore = Go back to the organisation’s values
restore-all = { $rows ->
    [one] For the other row corrected with it too
   *[other] For the { $rows } other rows corrected with it too
}
restore-ask = Go back to the organisation’s values for { $rows ->
    [one] this row?
   *[other] these { $rows } rows?
}
restore-why = These are the rows with the same label that you corrected in the same way, and in nothing else. Pages, apps and exports have the values of the organisation again; your correction is forgotten.
restore-sure = Go back to the organisation’s values
restored = { $rows ->
    [one] One row has the values of the organisation again.
   *[other] { $rows } rows have the values of the organisation again.
}
restored-left = { $left ->
    [one] One row with the same label is still corrected: open it to take it back in the same way.
   *[other] { $left } rows with the same label are still corrected: open one of them to take them back in the same way.
}
delete = Delete this row
delete-ask = Delete this row from your vault?
delete-ask-of = Delete from your vault the row “{ $row }”?
was-deleted = The row is deleted: no app will read it any more.
delete-why = Its values are erased from the pages, and no app will read them any more. Results that are already kept and files that were already exported do not change: erase them if you wish. Adding the same file again does not bring it back, unless you allow it under “Deleted rows”. The organisation keeps its own.
delete-button = Delete
note = Your note
note-why = For you only: no app reads it. { $most } characters at most.
note-save = Keep the note
deleted = Deleted rows
deleted-lead = Only the place of these rows in their file is kept. They do not come back when the file is added again, unless you allow it here.
deleted-none = No deleted row
deleted-none-why = Rows that you delete from your vault are counted here, without their values.
deleted-line = { $category }, line { $place }
deleted-at = { $file }, deleted on { $at }
lifted = It is allowed. The row is not back yet: it will be when you add its file again.
lift = Let it come back
lift-why = It will come back if you add its file again. If you had left it out for an app, leave it out again: it will be a new row.
see-deleted = { $rows ->
    [one] { $rows } row that you deleted
   *[other] { $rows } rows that you deleted
}
gone = This row has changed in the meantime. Nothing was done: open it again.
