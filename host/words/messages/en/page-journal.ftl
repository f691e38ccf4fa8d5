# Texts of the journal.

title = Who read what
lead = Everything that came into your vault, and everything that was read in it. No entry is removed or changed, not even by us; only erasing your whole account takes it away with the rest.
verify = Verify the journal
take = Take a copy
verified = { $entries ->
    [one] Journal verified: { $entries } entry, none is missing
   *[other] Journal verified: { $entries } entries, none is missing
}
real-dates = What you do in this sample life has its real date.
head = End of the journal:
running = Grants in force
count = { $grants ->
    [0] none
    [one] { $grants } grant
   *[other] { $grants } grants
}
no-grant = No app can read anything.
see-apps = See the apps
may-read = may read: { $categories }
since = since { $since }, until you stop it
since-until = since { $since }, until { $until }
has-changed = has changed: it can read nothing before your answer
answer = Answer
is-paused = paused
is-paused-by-restore = paused since the server was restored: if you had stopped it since, stop it again
pause = Pause
resume = Resume
stop = Stop
stopped = “{ $app }” can no longer read anything
stopped-why = Your grant is withdrawn, and what was kept of its results is erased. Giving the same grant again does not bring it back: the app computes anew. The app itself had kept nothing.
give-again = Give the same grant again
stop-why = Stopping erases the kept result of the app. The app itself has kept nothing: there is nothing to take back.
weeks = Eight weeks
weeks-title = Reads and trials of each week
weeks-most = { $reads ->
    [one] The week read most begins on { $week }: one read.
   *[other] The week read most begins on { $week }: { $reads } reads.
}
other-domains = Others
day-by-day = Day by day
kinds = Kinds
kind-all = Everything
kind-reads = Readings
kind-arrivals = Arrivals
kind-grants = Grants
kind-account = Sign-ins
nothing = Nothing to show here
nothing-why = What comes into your vault and what is read in it is written here.
older = Older
trial = trial
trials = { $times } trials, the last one at this time
receipt = receipt
notice = what you were told
arrived = “{ $file }” arrived: { $counts }.
rows-deleted = You deleted { $rows } rows ({ $category }).
rows-corrected = You corrected { $rows } rows ({ $category }).
rows-restored = { $rows } rows are again as the organisation gave them ({ $category }).
rows-lifted = { $rows } deleted rows may come back ({ $category }).
rows-superseded = { $rows } rows are replaced by those of another file: you said that they are the same ({ $category }).
rows-added = You corrected { $rows } unreadable rows: they are added ({ $category }).
rows-hidden = You no longer show { $rows } rows to any app ({ $category }).
rows-shown = { $rows } rows that you showed to no app can be granted again ({ $category }).
each-change = See each row
arrivals = { $files ->
    [one] { $files } file was added
   *[other] { $files } files were added
}: { $rows ->
    [one] { $rows } new row
   *[other] { $rows } new rows
}.
each-file = File by file
installed = { $app } was installed.
began = { $app } was started.
read = { $rows ->
    [one] { $app } read { $rows } row ({ $categories }).
   *[other] { $app } read { $rows } rows ({ $categories }).
}
read-nothing = { $app } read nothing.
details = Details
