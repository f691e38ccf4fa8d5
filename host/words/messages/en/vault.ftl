# A person's vault, and its keys.

bad-name = "{ $name }" cannot be a name here: use 1 to 64 letters, digits, spaces, ".", "_", "-" and apostrophes, and start with a letter or a digit.
exists = Somebody here is already called "{ $name }".
no-such-person = Nobody here is called "{ $name }".
no-such-person-yet = Nobody here is called "{ $name }": there are no people yet.
no-such-person-like-it = { $total ->
    [one] Nobody here is called "{ $name }", and the only person here has no name like it.
   *[other] Nobody here is called "{ $name }", and none of the { $total } people here has a name like it.
}
no-such-person-but-all = Nobody here is called "{ $name }". People here: { $names }.
no-such-person-but-close = Nobody here is called "{ $name }". Did you mean { $names }?
newer-format = The data folder has format { $found }, and this program knows formats 1 to { $known } only: use the newer version that wrote it. Nothing is lost.
damaged = The vault is damaged ({ $why }). Restore it from a backup.
chunk-damaged = The rows of the category "{ $category }" ({ $days }) do not open: they were changed, or belong to other data. Restore them from a backup.
chunk-damaged-undated = The rows without a date of the category "{ $category }" do not open: they were changed, or belong to other data. Restore them from a backup.
document-damaged = The document does not open: it was changed, or belongs to other data. Restore it from a backup.
lost = Some of the stored rows or documents are gone or were changed (sealed chunks missing: { $missing }, changed: { $changed }). Restore them from a backup.
erasure-begun = The erasure has begun and is not finished: the keys are not yet destroyed. It continues on its own at the server's next maintenance or at the next erasure; request it again to continue now. { $why }
erasure-begun-keys-gone = The erasure has begun: the keys are destroyed, and nothing opens any more, but some sealed files are still to be deleted. It continues on its own at the server's next maintenance or at the next erasure; request it again to continue now. { $why }
row-too-large = A row of the category "{ $category }" holds more than { $limit } of text; none of it was imported.
no-time = { $rows ->
    [one] One row of the category "{ $category }" has no value for "{ $field }"; none of it was imported.
   *[other] { $rows } rows of the category "{ $category }" have no value for "{ $field }"; none of it was imported.
}
too-many-months = The dates of the file span more than { $limit } months, more than any holder's file covers. None of it was imported.
spool-full = The archive is over { $limit }, the largest that can be imported at once; none of it was imported. Unpack it, and import its files.
newer = The rows of the category "{ $category }" were written by a newer version of MesInfos. Nothing is lost: start that version to read them.
no-such-import = There is no import { $import } that can be undone.
too-many-withheld = You may hide rows from apps by { $most } choices at most: this would be more. Nothing was changed, and no file was imported. Take back choices that you no longer need.
too-many-still-withheld = More than { $most } rows would be hidden from apps only because they are probably the same as hidden rows, or were. Nothing was changed, and no file was imported. Hide what these rows have in common, such as their holder, or decide on pairs of rows.
too-many-amendments = You have changed or removed { $most } rows already: that is the limit. Nothing was changed.
too-slow = { $hours ->
    [one] The import took more than { $hours } hour; none of it was imported. Import the file again.
   *[other] The import took more than { $hours } hours; none of it was imported. Import the file again.
}

## Keys

key-gone = The key { $key } is not in the keys folder: it was destroyed, or these are the keys of other data.
key-does-not-open = The key { $key } does not open what it should: that content was changed, or these are the keys of other data.
keys-damaged = The key file { $file } is damaged ({ $why }). Restore it from its backup.
no-random = The system provides no random numbers; nothing was done.
keys-refused = The key file cannot be read or written: { $why }.
