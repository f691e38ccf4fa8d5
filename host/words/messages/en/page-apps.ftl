# Texts of the list of apps.

title = What do you want to know?
crumb = Apps
lead = { $apps ->
    [one] One app, by need. Nothing is read until you decide.
   *[other] { $apps } apps, by need. Nothing is read until you decide.
}
search = Search
search-hint = heating, insurance…
all = All apps
all-of = All, { $apps }
ready = I have all it takes, { $apps }
how-checked = How it is checked
none = No app is installed here
none-why = The person who runs this server can install some.
not-found = No app answers these words
not-found-why = Try a shorter word, or look at all of them.
have = { $of ->
    [one] { $have ->
        [0] you do not have the data it reads yet
       *[other] you have the data it reads
    }
   *[other] you have { $have } of the { $of } kinds of data it reads
}
by = by
granted = grant in force
paused = grant paused
changed = waits for your answer: it has changed
rounded = from rounded amounts: an approximate figure
keeps-nothing = Keeps nothing · checked
same-sign = All these apps bear the same sign
same-sign-why = Their authors do not declare it: it is computed from their program. The page of each app gives the proof.
refused = You refused what “{ $app }” asked for: it reads nothing new.
refused-stands = You refused what “{ $app }” asks for now. The grant that you had given stays.
erased = The result is erased. Its receipt stays in your journal.
