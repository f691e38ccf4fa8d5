# The comparison of two results.

title = { $app }: two results side by side
crumb = Compare
lead = The last two results of this app that you kept. Comparing reads nothing new.
settings = What you had set
same-settings = The settings were the same. What differs comes from your data, from their date, or from the app.
setting = Setting
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
settings-table = Table of the settings, before and after
figures-table = Table of the figures, before and after
