# Texts of the pages of versions: a developer's apps, the operator's review, and what testers are told.

claim = Proof that the id is yours
claim-why = “{ $app }” is nobody’s here yet. The command below, run where your key is, gives a line: paste it here. It counts for your account on this server only.
not-a-claim = This is not a line that `mesinfos keys claim` gives. Nothing was sent.
title = My apps
lead = Upload a component and see at once what people will see. A draft runs for nobody until it is published.
drop = A component (.wasm)
drop-why = made by “mesinfos build”, which signs it with your key
check = Check it
none = No app yet
none-why = Your drafts and your published versions will stand here.
terminal = Publish from a terminal
terminal-why = “mesinfos publish” sends a version under your account with a token. You can have four; one more ends the oldest. Whoever has a token can send versions in your name, and nothing else.
token-name = Where will it be used?
new-token = Create a token
token-until = until { $at }
token-over = expired on { $at }
end-token = End it
token-title = Your token
token-once = It is shown once. It is valid for { $days ->
    [one] { $days } day
   *[other] { $days } days
}, while you keep your account and do not end it.
token-how = Put it into a file that only you can read, “mesinfos.token”, then:
drafts = Drafts
refused-title = This component is refused
refused-lead = Nothing of it was kept. Here is everything that stands in its way.
again = Upload another
checked = What we checked
program = Program
reads = What it reads
reads-of = { $categories } ({ $fields ->
    [one] { $fields } field
   *[other] { $fields } fields
}), and nothing else
reads-nothing = nothing
english = English texts
english-missing = { $missing ->
    [0] complete
    [one] { $missing } text is missing: people would read the French one
   *[other] { $missing } texts are missing: people would read the French ones
}
signature = Signature
signed-by = by the key { $key }
not-signed = none
component = Component (SHA-256):
people-see = What people will see
author-says = “{ $why }”, says the author
keeps-nothing = Keeps nothing · verified
works-refused = Works even if you refuse
to-do = What you can do
sign-first = It is not signed, so it cannot be submitted. “mesinfos keys new” makes a key; “mesinfos build” then signs.
submit-why = It is first tried on every sample life. Its id then belongs to you and to your key, and its name, its publisher and its key stand in the public log for good.
submit = Submit for review
try = Try it on the sample lives
delete = Delete the draft
take-back = Take it back
withdraw = Withdraw for good
withdraw-reason = Why it is withdrawn: people read it
history = What happened
by-developer = its author
by-operator = the operator
uploaded = Uploaded
submitted = Submitted
taken-back = Taken back
returned = Given back, to be changed
published = Published
was-installed = Installed without a review
suspended = Suspended
resumed = Let go on
yanked = Withdrawn for good
uninstalled = Uninstalled
key-changed = Passed to a new key
no-lives = This server has no sample lives to try it on.
tried-title = On the sample lives
tried = { $subsets ->
    [one] Everything given
   *[other] { $subsets } choices of what is refused
} × { $people } lives: { $runs } runs.
tried-part = There are too many optional categories to try every choice: each alone, each pair, all but each one, and all were tried.
never-fails = It never fails
fails = It fails, and people would see that:
fails-for = { $person }: { $outcome }
fails-without = { $person }, without { $refused }: { $outcome }
profits = Who profits from it
profits-why = A year of bank, energy and telephone of { $people } invented people, who granted everything. What differs is not always unfair; look at it before you publish.
profits-nobody = None of the { $people } invented people has a result: they have data of bank, energy and telephone only.
profits-group = Group
profits-people = People
profits-shown = With a result
profits-saving = With a saving
profits-each = Saving of each in a year
profits-all = All
profits-of = { $group ->
    [age-18-29] Under 30
    [age-30-49] From 30 to 49
    [age-50-64] From 50 to 64
    [age-65] 65 and over
    [income-1-low] Low income
    [income-2-middle] Middle income
    [income-3-high] High income
    [electric] Electric heating
    [gas] Gas heating
    [by-the-minute] Telephone plan with a limit
   *[other] Unlimited telephone plan
}
profits-behind = clearly fewer
profits-rule = "Clearly fewer": less than four fifths of the share of another group of the same kind, among four people at least. Low or high income: below or above what parts the first or last three tenths of people in France, after INSEE.
views = What it says for each life
no-view = no view
same-view = as before
other-view = before:
review-title = Apps to review
review-lead = Versions that developers submit, and those that run here. You see what changes, never a real row.
waiting = Waiting for a review
nothing-waits = Nothing waits
nothing-waits-why = Submitted versions will stand here.
installed = Installed
changes = What changes since { $version }
no-change = It asks and says exactly the same, in both languages. Its code has changed: try it on the sample lives.
says = What it says to people
in-french = { $what } (in French)
in-english = { $what } (in English)
no-text = no text: the French one is used
sign-of = Icon
undated = Rows without a date
asked = asked for
not-asked = not asked for
new = New
gone = Gone
name = Name
summary = Summary
publisher = Publisher
purpose = Purpose
licence = Licence
why = reason
need = need
period = period
months = { $months ->
    [one] the last month
   *[other] the last { $months } months
}
whole-past = the whole past
optional = optional
required = required
publish = Publish
return = Give back to its author
return-reason = What to change: its author reads it
suspend = Suspend at once, for everybody
suspend-reason = Why it is suspended: people read it
resume = Let it go on
stopped = Stopped
stopped-app = { $app } was stopped for everybody
stopped-now = Suspended by the operator on { $at }. It runs for nobody until the suspension ends.
stopped-for-good = Withdrawn for good on { $at }. It runs for nobody any more.
stopped-reason = The reason: { $reason }
stopped-why = Nothing is read. Your answers stay as they are, and your results stay yours.
see-journal = See your journal
