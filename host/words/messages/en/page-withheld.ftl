# What the person shows to no app.

title = What you show to no app
lead = No app is given these rows, even if your grant contains them, in no trial, and at no later time. It does not know that they exist. You still see them.
none = Nothing is hidden from apps
none-why = On the page of a row, “Show to no app” hides this row, all rows of its organisation, or all rows that contain some words.
ask = Show to no app
ask-lead = This holds for all apps, those of today and later ones, and for rows that you will add. You take it back whenever you want.
this-row = This row
this-row-why = And the same row in another file, or a later version of it.
of-holder = All rows of “{ $holder }”
of-no-holder = All rows without a known organisation
of-holder-why = Those of this kind of data, present or to come.
words = All rows that contain
words-why = The words follow each other, anywhere in the row; case and accents do not matter. Also holds for rows of this kind to come.
words-button = Hide the rows that contain these words
hide = Hide
not-words = Write { $least } to { $most } characters: with less, nearly everything would be hidden. Nothing changed.
full = This is done already, or there are { $most } such choices: nothing was added.
is-hidden = You show this row to no app.
since = since { $at }
rule-row = A row
rule-holder = All rows of “{ $holder }”
rule-no-holder = All rows without a known organisation
rule-words = All rows that contain “{ $words }”
now = { $rows ->
    [0] no row at present
    [one] { $rows } row today
   *[other] { $rows } rows today
}
show-again = Show again
show-again-why = Showing again gives nothing: an app reads of it only what your grant contains.
past = What an app displayed before stays in the results that you keep: erase them if you want. The app itself kept nothing of it.
left-out = { $rows ->
    [one] { $rows } row is not counted: you show it to no app.
   *[other] { $rows } rows are not counted: you show them to no app.
}
left-out-running = Not read either, because they would reveal these rows: { $fields }.
see = See what you hide
in-receipt = Rows that you show to no app
