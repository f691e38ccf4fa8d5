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
