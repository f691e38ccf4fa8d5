# Texts of the consent page.

preview-only = A preview for the author of the app, on a sample person. Nothing here is given or kept.
wants = { $categories ->
    [one] { $app } wants to read one kind of data to { $purpose }
   *[other] { $app } wants to read { $categories } kinds of data to { $purpose }
}
version = version { $version }
installed-on = installed here on { $on }
none-required = None is required: one of them is enough. Nothing is read until you have chosen.
one-required = The app needs it to compute. Nothing is read until you have chosen.
answered = You have answered before: your grant is below. Changing a box changes nothing until you press “Allow and run”.
some-required = { $categories ->
    [one] One is needed, the others are not. Nothing is read until you have chosen.
   *[other] { $categories } are needed. Nothing is read until you have chosen.
}
standing = Your grant
standing-until = You gave it a grant, until { $at }.
standing-open = You gave it a grant, until you stop it.
again-title = Your earlier choices are back
again-why = They are those of the grant that you withdrew. Nothing is given until you press “Allow and run”.
least = With less detail ({ $grain }), the main figures and all parts of the result stay; other figures may change a little. That is what is proposed; you can decide otherwise below.
standing-paused = Your grant is paused: the app can read nothing until you resume it.
standing-gives = What you give it:
standing-without = You do not give it: { $categories }. It does not know.
standing-form = The form below starts from this grant. If you allow again, the new answer replaces it. A row that was left out stays out until you stop the app.
only-of = only from { $holders }
resume-this = Resume this app only
resume-all = Resume everything
paused-title = Everything is paused
paused-but = Everything is paused, except this app
paused-but-why = You resumed it: it can read what your grant gives while the others wait.
paused-why = Your grants wait for you to come back. A trial or a new grant would let this app read all the same: we ask you about that separately.
paused-ask = You have paused everything. Nothing was read. This app would read what you choose here while your other grants wait: say so below, or resume everything, then press again.
paused-despite = Yes, this app may read despite the pause
pause-settings = See the pause in Settings
standing-changed = The app has changed since your grant: it can read nothing until you answer what it asks for now.
run-now = Run now
last-result = See the last result
result-stays = The app reads nothing any more. Its result of { $at } is kept for you.
given-no-result = Access given to { $app }, without a result for now
given-no-result-why = Your consent is recorded; the journal says what the app has read. No result could be kept, for the reason below. You can run the app again, or take your consent back.
stop = Stop
stop-why = Stopping erases the kept result too: we will ask you first. The app itself has kept nothing.
stop-ask = Stop “{ $app }”?
stop-lead = This is what ends, and what is erased. The app itself has kept nothing.
stop-grant = Your grant ends: it can no longer read anything.
stop-result = The result of { $at } is erased. A new grant would compute it again, from your data of that day.
stop-stays = Your data and your receipts stay, and the journal says that you stopped it.
stop-pause = To keep the result, pause the app instead, in Journal.
stop-sure = Stop and erase
try-first = Try first
try-first-why = See what it would show with everything it asks for, and what each choice changes. More personal data is read only if you tick its box. You alone see it; nothing of it is kept, and the trial is written in your journal.
trial-lost = The number of rows of each kind of data, their sum and the rows shown were counted again for your choices. The trial was taken off the page: it was of the choices before, and nothing of it was kept. Make it again to see it.
try = Try it
try-tick = To try, tick this box first: without this data, the app has nothing to show.
try-go = Tick the box of the trial
trial = The trial
trial-why = You alone saw it. Nothing of it is kept.
trial-apart = The trial also reads: { $category } ({ $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
})
trial-apart-needed = The app can show nothing without this: { $category }. It is more personal, so the trial reads it only if you tick its box. Nothing was read.
trial-without = The trial did not read this, which is given separately: { $categories }.
try-again = Try it again
trial-more = { $figures ->
    [0] The whole result also shows:
    [one] The whole result has { $figures } more key figure. It also shows:
   *[other] The whole result has { $figures } more key figures. It also shows:
}
trial-whole = The whole result shows no other figure.
trial-figures = { $figures ->
    [one] { $figures } figure
   *[other] { $figures } figures
}
trial-parts = { $parts ->
    [one] { $parts } table, chart or text
   *[other] { $parts } tables, charts or texts
}
trial-first = First part
trial-badge = trial
asks = What it asks for
all-give = Give all that is below
all-none = Give none of this
all-why = These buttons only tick or untick: nothing is given before “Allow and run”. What is more personal is given apart, one box at a time.
apart = Asked separately: more personal data
apart-why = A payment to a doctor, a membership fee, a donation, a place: this data may let somebody guess your health, your opinions or your beliefs. It is never given with the rest: for each, “Give”, then its box.
required = needed
give = Give
given = Given
why = “{ $why }”, says the author
no-rows = Your vault has none yet.
add = Add a file
without = Without this:
without-required = no result, it needs this
no-result = no result
instead-of = { $label }: { $after } instead of { $before }
figure-gone = no figure for “{ $label }”, which is { $before } with everything
other-sentence = “{ $after }”
other-parts = the main figures do not change; other parts do
and-gone = { $words }; { $gone }
figures-gone = { $figures ->
    [one] one other figure vanishes
   *[other] { $figures } other figures vanish
}
parts-gone = { $parts ->
    [one] one part vanishes
   *[other] { $parts } parts vanish
}
baseline = (by a trial that did not read: { $categories })
nothing-changes = nothing changes
rows = { $rows ->
    [0] no row
    [one] { $rows } row
   *[other] { $rows } rows
}
adjust = Choose the period and the detail, or leave rows out
period = Period
period-asked = the one it asks for: everything
period-asked-months = { $months ->
    [one] the one it asks for: this month and the one before
   *[other] the one it asks for: this month and the { $months } before
}
period3 = this month and the 3 before
period12 = this month and the 12 before
period36 = this month and the 36 before
period-all = everything
period-given = as given before
detail = Level of detail
leave-out-holders = Leave out an organisation
leave-out-words = Leave out all rows that contain
leave-out-hint = for example: pharmacy; choir
left-out-with = { $rows ->
    [0] No row contains “{ $words }”: nothing is left out for it.
    [one] { $rows } row contains “{ $words }”: it is left out.
   *[other] { $rows } rows contain “{ $words }”: they are left out.
}
leave-out-now = Looked for in the whole row, also in what the app does not read. It holds for the rows that are there already, not for those you will add.
read = Read
not-read = Not read
see-rows = { $rows ->
    [0] No row to see
    [one] See the exact row
   *[other] See the { $rows } exact rows
}
drop-hint = Tick a row to leave it out: the app will not know that it exists. What is hatched is not given.
sum-hint = At this level of detail the app reads only sums. What is hatched is not given.
dropped = { $rows ->
    [one] { $rows } row of your files left out.
   *[other] { $rows } rows of your files left out.
}
goes-with = { $rows ->
    [one] with { $rows } other, of the same row of the file
   *[other] with { $rows } others, of the same row of the file
}
drop = Leave out
drop-row = Leave out: { $row }
rows-of = Exact rows: { $category }
kept-out = A greyed box is that of a row that your grant leaves out already.
lines = Rows { $from } to { $until } of { $total }, newest first
newer = Newer
older = Older
page-of = Page, 1 to { $pages }
go-to-page = Go to this page
not-given = not given
sure = Yes, I give this for this computation: { $category }
proof-words = No network, no files, no memory, no clock: its program has no way to send or to keep your data.
see-proof = See the proof
mode-read = Read
mode-read-why = what you give
mode-remember = Remember
mode-propose = Propose to send
mode-contribute = Contribute
never = never
your-choice = Your choice
rows-given = { $rows ->
    [0] 0 rows chosen
    [one] { $rows } row chosen
   *[other] { $rows } rows chosen
}
how-long = For how long
once = This time
once-why = a quarter of an hour, then the grant ends by itself
quarter = Three months
quarter-why = then the app asks you again
year = A year
year-why = then the app asks you again
refuse = Refuse
grant-and-run = Allow and run
redraw = Count what I would give
redraw-why = Updates the numbers and the rows shown. Nothing is given, and the app reads nothing.
refuse-why = Refusing changes nothing for you, and the app will not know. You can stop it whenever you want, in Journal.
refuse-standing = Refusing leaves the grant that you have given. To take it back, press “Stop” under “Your grant”.
later = Decide later
nothing-chosen = What you chose holds no row: { $category }. Your data is of another time, or of an organisation that you left out: change the period or the organisations under “Choose the period and the detail”. Nothing was read.
choose-one = Nothing is given yet: choose at least one kind of data, or refuse. Nothing was read.
missing-required = The app needs this to compute: { $category }. Give it, or refuse. Nothing was read.
running-left-out = Not read either, because you leave rows out: { $fields }. It would tell of them.
try-needs = Your vault has nothing yet of what it needs ({ $categories }). Add a file, then come back.
unclear = Your choice was not understood ({ $category }). Choose the period, the detail and the rows again. Nothing was given.
too-much-left-out = Too many rows would be left out ({ $category }): { $rows } at most, and words are looked for in shorter periods only. Choose a shorter period, or do not give this category. Nothing was read.
missing-sure = This needs its own confirmation: { $category }. Tick its box, or do not give it. Nothing was read.
notice = The exact text of the request
notice-why = Your answer is bound to this text, word for word, by its digest. You can read it again in Journal.
notice-changed = What you are asked has changed
notice-changed-why = The request is no longer the one that you had before you: the app was updated, or the language changed. Nothing was granted and nothing was read. Here is the request as it is now; your boxes were cleared.
answer-changed = Your answer has changed since this page was shown
answer-changed-why = A grant was given, resumed, paused or stopped meanwhile, in another tab for example, or it has ended. So this button changed nothing. Here is how things stand with this app now.
data-changed = Your data has changed since this page was shown
data-changed-why = Nothing was granted and nothing was read. The counts and the rows of this page are now those of today; your choices have stayed. Look at them, then press again.
data-changed-of = { $category }: your vault holds { $after ->
    [0] no row
    [one] { $after } row
   *[other] { $after } rows
}, instead of { $before }.
data-changed-in = { $category }: rows were added, corrected, hidden or taken away.
twice = { $rows ->
    [one] One row may be in your vault twice.
   *[other] { $rows } rows may be in your vault twice.
}
twice-why = The app would count both.
twice-decide = Look and decide
new = new
new-category = This kind of data was not asked for before.
new-in = Beyond what you had given: { $what }.
