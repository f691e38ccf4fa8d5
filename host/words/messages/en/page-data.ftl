# The person's own rows.

title = My data
lead = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $holders ->
    [0] of no known organisation
    [one] returned by one organisation
   *[other] returned by { $holders } organisations
}.
lead-own = { $rows ->
    [one] One row comes from your own papers.
   *[other] { $rows } rows come from your own papers.
}
lead-who = Only you see them all; an app sees what you give it.
nothing = Nothing in your vault yet
nothing-why = A statement, a bill, an export: one file is enough to begin. Everything that arrives is shown here, row by row.
add = Add
documents = My papers
imports = Files added
domains = By domain
rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
no-rows = nothing yet
from-you = added by you
from = from { $holders }
undated = { $rows ->
    [one] { $rows } of them without a date
   *[other] { $rows } of them without a date
}
holders = By organisation
holders-why = What each organisation returned to you, and what your own papers say.
from-papers = from your papers
domain-lead = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}: { $holders } ({ $days }).
domain-lead-undated = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}: { $holders }.
no-holder = an unknown organisation
not-yet = Nothing yet: { $categories }.
newest = The newest
see-all = See all
take-csv = Take away (CSV)
take-json = Take away (JSON)
take-parquet = Parquet
by-month = Rows of each month: { $category }
chart-from = The chart goes from { $from } to { $until }: twenty-four months at most.
chart-of-all = The filter selects rows of the table only.
most-in = { $rows ->
    [one] The month that has most is { $month }: { $rows } row.
   *[other] The month that has most is { $month }: { $rows } rows.
}
rows-label = rows
the-rows = The rows
filter = Filter the rows
first-day = From
last-day = To
holder = Organisation
all-holders = All
text = Words
apply = Filter
all = Show all
bad-date = “{ $text }” is not a date: write it as 2025-12-31.
dates-swapped = The last date came before the first: we swapped them.
selected = { $rows ->
    [0] no row
    [one] { $rows } row
   *[other] { $rows } rows, newest first
}
shown = Rows { $first } to { $last }
shown-of = Rows { $first } to { $last } of { $total }
undated-left-out = { $rows ->
    [one] { $rows } row without a date is in no period.
   *[other] { $rows } rows without a date are in no period.
}
none-found = No row matches
none-found-why = Widen the dates, or search for fewer words at once. Case and accents do not matter.
none-here = There is nothing left on this page.
searched-from = The search stopped at { $day }: it had read very many rows.
search-older = Search further back
too-far = Beyond { $rows } rows, give a date to go further back.
pages = Pages of the table
newer = Newer
older = Older
open = Open the row
where-from = Where it comes from
where-from-empty = No file that was added has rows here.
added-by = { $rows ->
    [one] { $rows } row, { $at }
   *[other] { $rows } rows, { $at }
}
see-document = See the document
see-import = See the import
who-read = Who has read
nobody-read = No app has read anything here.
read = { $rows ->
    [one] { $rows } row read, { $at }
   *[other] { $rows } rows read, { $at }
}
tried = { $rows ->
    [one] { $rows } row read in a trial, { $at }
   *[other] { $rows } rows read in a trial, { $at }
}
see-receipt = See the receipt
see-app = See the app
empty-category = Nothing here yet
row = One row
earlier = Before { $at }, according to “{ $file }”
earlier-same = The same values, in another order or under another number.
rows-of-line = { $rows ->
    [one] This line of the file gave { $rows } row.
   *[other] This line of the file gave { $rows } rows.
}
in-file = “{ $file }”, { $place }
place = item { $number }
imported-at = Added { $at }
by-name-only = given only if you name it
download = Download the document
who-could = Who could read it
nobody-could = No app could read it.
could-read = { $rows ->
    [one] read { $rows } row of this kind, from a selection that contained this one
   *[other] read { $rows } rows of this kind, from a selection that contained this one
}
could-see = Visible: { $fields } ({ $grain })
could-try = { $rows ->
    [one] read { $rows } row of this kind in a trial, on days that include this one
   *[other] read { $rows } rows of this kind in a trial, on days that include this one
}
who-could-why = The journal records how many rows an app read, and from which selection. It may have read others only.
take-note = The CSV and JSON exports have all fields of the rows filtered below; the Parquet export has those of all rows. Such a file is no longer protected by your vault: keep it in a safe place.
id = id
file = file
import = import number
ordinal = place in the file
