# What an import brought, and what undoing one took away.

imported = { $file }: import { $import }
dry-run = { $file }: nothing was written
category = { $category }: { $counts }
category-of-days = { $category }: { $counts } ({ $days })
file-read = { $rows ->
    [one] { $file } ({ $format }): { $rows } row read
   *[other] { $file } ({ $format }): { $rows } rows read
}
file-read-in-part = { $rejected ->
    [one] { $read }, { $rejected } rejected
   *[other] { $read }, { $rejected } rejected
}
more-rejected = { $count ->
    [one] … and { $count } more
   *[other] … and { $count } more
}
undone = { $rows ->
    [one] Import { $import } is taken back: { $rows } row of "{ $file }" is gone.
   *[other] Import { $import } is taken back: { $rows } rows of "{ $file }" are gone.
}
import-again = Import "{ $file }" again: some of its rows were there already, and may be gone now.
left-out-for = The app "{ $app }" was given less: rows of this import were left out. If the file comes again, they will be given to it; leave them out again then.
