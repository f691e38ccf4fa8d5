# An update, on the consent page.

title = What changes, from version { $before } to version { $now }
lead = Your grant was for version { $before }. A new version reads nothing before you have answered. Here is what it asks beyond what you had given.
nothing-more = Nothing more than you had given
new-category = was not asked for before
less = It no longer asks for all that you had given: { $categories }.
compare = Compare both versions on your data
compare-why = Both versions are tried on your rows: the old one with what you had given to it, the new one with everything. Only you see the result; nothing of it is kept, and the trial is written in your journal.
gone = The old version is no longer on this server: the two results cannot be compared.
results = Both versions on your data
results-why = The old version with what you had given to it, the new one with everything. Nothing of it is kept.
figure = Figure
sentence = In one sentence
before = Before
now = Now
absent = missing
