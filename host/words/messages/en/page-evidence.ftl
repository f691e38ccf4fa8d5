# The rows behind a figure.

from-rows = { $rows ->
    [one] From { $rows } row
   *[other] From { $rows } rows
}
from-sums = { $sums ->
    [one] From { $sums } sum
   *[other] From { $sums } sums
}
title = { $label }: from which rows?
crumb = Rows
result = Result
lead = The app { $app } says that it computed this figure from these rows. The platform checked that it did read them, not that the computation is right.
rows-of = { $rows ->
    [one] { $rows } row: { $category }
   *[other] { $rows } rows: { $category }
}
sums-of = { $sums ->
    [one] { $sums } sum: { $category }
   *[other] { $sums } sums: { $category }
}
hint = Open a row to see the file that it comes from and who could read it. Here you see the whole row; the app read only what you had given to it.
oldest = The { $rows } oldest of { $total }.
corrected-since = { $rows ->
    [one] You have corrected { $rows } of these rows since this result: the app had read other values. Run it again to have it count with yours.
   *[other] You have corrected { $rows } of these rows since this result: the app had read other values. Run it again to have it count with yours.
}
gone = { $rows ->
    [one] { $rows } row is no longer in your vault: you erased it since.
   *[other] { $rows } rows are no longer in your vault: you erased them since.
}
sums = { $sums ->
    [one] At the level of detail that you chose, the app read only a sum, not the rows that make it up.
   *[other] At the level of detail that you chose, the app read only { $sums } sums, not the rows that make them up.
}
all-rows = See all your rows
back = Back to the result
table = Table of the rows: { $category }
