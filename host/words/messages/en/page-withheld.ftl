# What the person shows to no app.

title = What you show to no app
lead = No app is given these rows, even if your grant contains them, in no trial, and at no later time. It does not know that they exist. You still see them.
none = Nothing is hidden from apps
none-why = On the page of a row, “Show to no app” hides this row, all rows of its organisation, or all rows that contain some words.
ask = Show to no app
ask-lead = This holds for all apps, those of today and later ones, and for rows that you will add. You take it back whenever you want.
this-row = This row
together = This row of the file gave { $rows } rows, which are hidden together:
this-row-why = And the same row in another file, a later version of it, what is probably the same row as long as you have not decided, and the total of which it is a part.
of-holder = All rows of “{ $holder }”
of-no-holder = All rows without a known organisation
of-holder-why = Those of this kind of data, present or to come.
words = All rows that contain
words-why = One text in each line, or texts with a semicolon between them; a comma is part of a text. The words of a text follow each other; case and accents do not matter. Also holds for rows of this kind to come.
searched = Searched are the labels, names, references and notes of the organisation, and the numbers: account, contract, bill, meter, telephone. Of a number, spaces and dots do not matter; one that is masked in part is compared by the digits that are shown, at least four. Amounts and dates are not searched.
many = Paste an account number here to hide all rows of the account.
words-button = Hide the rows that contain these words
hide = Hide
not-words = Write { $least } to { $most } characters: with less, nearly everything would be hidden. Nothing changed.
full = This is done already: nothing was added. You may have { $most } such choices.
is-hidden = You show this row to no app.
for-no-app = for no app
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
along = { $rows ->
    [one] of which { $rows } goes with the others (probably the same, or a total that would tell them)
   *[other] of which { $rows } go with the others (probably the same, or a total that would tell them)
}
with-it = { $rows ->
    [one] { $rows } other row goes with it now.
   *[other] { $rows } other rows go with it now.
}
one-text = Looked for as one text, its comma included: for several texts, write each in a line of its own.
came-with = came with import { $import }, and goes when you undo it
keep = Keep
is-alike = It is probably the same as a row that you show to no app: it is not shown until you decide.
is-total = With the other rows that are shown, it would tell what a row says that you show to no app.
pair-hidden = You show one of these two rows to no app: the other one is not shown either until you decide. If they are one, the row that stays is shown to no app. If they are two, the other one is shown again.
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
came-count = { $rules ->
    [one] With this file came { $rules } choice of what you show to no app.
   *[other] With this file came { $rules } choices of what you show to no app.
}
undo-ends = { $rules ->
    [one] { $rules } choice of what you show to no app came with this file and is taken back: apps that may read these rows read them again.
   *[other] { $rules } choices of what you show to no app came with this file and are taken back: apps that may read these rows read them again.
}
