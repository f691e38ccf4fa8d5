# Results of importing and of undoing an import.

imported = { $file }: import { $import }
dry-run = { $file }: nothing was written
category = { $category }: { $counts }
category-of-days = { $category }: { $counts } ({ $days })
file-read = { $rows ->
    [one] { $file } ({ $format }): { $rows } row kept
   *[other] { $file } ({ $format }): { $rows } rows kept
}
file-unread = { $file }: not read, nothing of it was kept
file-empty = { $file } ({ $format }): a valid file that holds no row
file-read-in-part = { $rejected ->
    [one] { $read }, { $rejected } rejected
   *[other] { $read }, { $rejected } rejected
}
more-rejected = { $count ->
    [one] … and { $count } more
   *[other] … and { $count } more
}
unreadable = { $count ->
    [one] { $count } character cannot be read ({ $lines }). The sign "�" stands for it; the rest of that line is kept.
   *[other] { $count } characters cannot be read ({ $lines }). The sign "�" stands for each; the rest of these lines is kept.
}
unreadable-lines = { $count ->
    [one] line { $lines }
   *[other] lines { $lines }
}
undone = { $rows ->
    [one] Import { $import } is undone: { $rows } row of "{ $file }" was removed.
   *[other] Import { $import } is undone: { $rows } rows of "{ $file }" were removed.
}
stayed = { $rows ->
    [one] { $rows } row stays: the file "{ $file }" holds it too.
   *[other] { $rows } rows stay: the file "{ $file }" holds them too.
}
earlier = { $rows ->
    [one] { $rows } earlier version, which another file had replaced since, is deleted too.
   *[other] { $rows } earlier versions, which another file had replaced since, are deleted too.
}
restored = { $rows ->
    [one] { $rows } row of another file is back.
   *[other] { $rows } rows of other files are back.
}
import-again = Import { $import } ("{ $file }") may have contained some of these rows too: if they are missing, import it again.
left-out-for = For the app "{ $app }", rows of this import were left out. If the file is imported again, the app may read them: leave them out again then.
older = { $rows ->
    [one] { $rows } row is not taken: your vault has a later or a more certain version of it.
   *[other] { $rows } rows are not taken: your vault has later or more certain versions of them.
}
most-corrected = Most of the rows in common have other values. If this file is of another meter or account, undo this import: the earlier values will be back.
withheld-came = { $rules ->
    [one] With the archive came { $rules } choice of what no app is shown: it holds from now on, for rows that were there before too.
   *[other] With the archive came { $rules } choices of what no app is shown: they hold from now on, for rows that were there before too.
}
withheld-known = { $rules ->
    [one] { $rules } choice of what no app is shown was there already.
   *[other] { $rules } choices of what no app is shown were there already.
}
withheld-alike = { $rows ->
    [one] { $rows } row is probably the same as one that you show to no app: no app is shown either until you decide.
   *[other] { $rows } rows are probably the same as ones that you show to no app: no app is shown any of them until you decide.
}
shown-again = { $rules ->
    [one] { $rules } choice of what no app is shown had come with this file: it is taken back too.
   *[other] { $rules } choices of what no app is shown had come with this file: they are taken back too.
}
