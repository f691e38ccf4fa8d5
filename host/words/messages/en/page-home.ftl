# Home.

title = Your year
year-title = Your year { $year }, in one circle
years = Your years
year-why = { $year } comes first: it is the latest year that your data shows well. The others are one click away.
year-lead = In all, { $holders ->
    [one] one organisation gave you back
   *[other] { $holders } organisations gave you back
} { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}.
year-own = { $rows ->
    [one] One row comes from your own papers.
   *[other] { $rows } rows come from your own papers.
}
year-ways = A circle for each domain, an arc for each month: the thicker it is, the more days are known.
sources = { $holders ->
    [one] { $holders } data source
   *[other] { $holders } data sources
}
ring = Your year { $year } as circles, one for each domain. { $domains }.
ring-domain = { $domain }: { $months ->
    [one] { $months } month known
   *[other] { $months } months known
}
rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
rows-in-year = { $rows ->
    [0] no row in { $year }
    [one] { $rows } row in { $year }
   *[other] { $rows } rows in { $year }
}
rows-in-all = { $rows } in all
months = { $months ->
    [one] { $months } month
   *[other] { $months } months
}
of-twelve = of 12
empty-title = Your circle is empty. One file is enough to begin it.
empty-lead = The first statement of a bank or a meter fills an arc, and apps already have something to answer. It stays encrypted in your vault.
empty-ring = A circle for each domain, still empty.
add-first = Add a first file
begin-with = What to begin with?
begin-bank = The file of your bank
begin-bank-why = It is downloaded from your customer area, as OFX or CSV.
begin-energy = The readings of your meter
begin-energy-why = Enedis and GRDF give them from your account, as CSV or JSON.
begin-letter = A letter to an organisation
begin-letter-why = It is ready to fill in; the law gives it a month to answer.
begin-sample = Or look at a sample life first
begin-sample-why = Nobody exists behind these data.
will-answer = Enough to run { $apps }.
try-sample = Try
to-do = To do
alike = { $rows ->
    [one] One row may be in your vault twice
   *[other] { $rows } rows may be in your vault twice
}
alike-why = Apps count both until you answer.
changed = “{ $app }” has changed
changed-why = Its new version can read nothing until you have answered.
deferred = { $app } waits for your answer
deferred-at = Put off on { $at }. It is given nothing.
run-first = Run a first app
run-first-why = You will see what it would read before you say yes.
see = See
nothing-of = { $domain }: nothing yet
add-more = Complete your year
add-more-why = A more recent statement, or one more organisation.
add = Add
who-read = Who has read
whole-journal = The whole journal
nobody-read = Nobody has read anything
nobody-read-why = An app reads only what you give it, and each reading is written here.
see-apps = See the apps
has-read = { $rows ->
    [0] read no row
    [one] read { $rows } row
   *[other] read { $rows } rows
}
shown-to-you = shown to you alone
nothing-sent = No app has taken anything out of your vault.
took-copy = You took a copy of everything on { $at }.
figures = { $figures ->
    [one] One figure from your apps
    [2] Two figures from your apps
   *[other] Three figures from your apps
}
all-apps = All apps
figure-other-language = This result is { $language ->
    [fr] in French
   *[other] in another language
}: open it to have it in English.
figure-at = computed on { $at }
spark-of = The line shows: { $series }, from { $from } to { $until }
open-app = Open { $app }
