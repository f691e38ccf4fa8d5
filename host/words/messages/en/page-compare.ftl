# The comparison of two results.

title = { $app }: two results side by side
crumb = Compare
lead = The last two results of this app that you kept. Comparing reads nothing new.
settings = Where the difference comes from
same-settings = Nothing changed: the same settings, the same permission, the same app, the same day, the same data.
setting = What changed
given = What you allowed
not-given = not given
data = Data read: { $category }
rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
same-rows = { $rows ->
    [one] { $rows } row, with other contents
   *[other] { $rows } rows, with other contents
}
version = Version of the app
day = Day of the calculation
parts = The other parts
other-part = different
new-part = new
part-gone = no longer there
same-parts = The charts and tables are the same.
parts-why = Open both results below to read them.
figures = The figures
no-figures = These results have no figure to compare.
figure = Figure
before = Before
now = After
difference = Difference
absent = missing
same = the same
other = different
more = { $by } more
less-by = { $by } less
said = In one sentence
open-before = Open the first
open-now = Open the second
settings-table = Table of what changed, before and after
figures-table = Table of the figures, before and after
