# Texts of a result.

crumb = Result
print = Print
all-pages = All on one page
again = Run again
erase = Erase
erase-ask = Erase this result?
erase-why = It cannot be brought back. Its receipt stays in your journal, and the app can be run again.
rows-read = { $rows ->
    [0] no row read
    [one] { $rows } row read
   *[other] { $rows } rows read
}
gone = This result is no longer here
gone-why = A newer result replaced it, or you erased it. The receipt stays: the app can compute the same again as long as you allow it.
gone-replaced = Two later results of this app replaced it. Its receipt stays: the app can compute it again, exactly, as long as you allow it to.
gone-stopped = You stopped the app: its results were erased with the grant. Its receipt stays.
gone-erased = You erased it. Its receipt stays: the app can compute it again, exactly, as long as you allow it to.
gone-none = This run ended without a result. The receipt says what it read.
receipt = Reading receipt
receipt-why = Computed on { $at }. This receipt is yours: with it the computation can be made again and checked.
app = App
given = What you allowed it to read:
rows = Rows read
left-out = Rows of your files that you left out
today = Day of the computation
today-of-sample = A sample life has a day of its own: the computation takes place on it.
kept-by-app = Kept by the app
sent = Sent
nothing = nothing
outcome = End
replay = Repeat and check
in-journal = See in the journal
from-what = From what
rows-of = { $rows ->
    [one] { $rows } row: { $category }
   *[other] { $rows } rows: { $category }
}
rows-again = { $rows ->
    [one] { $rows } row: { $category }, read several times ({ $read } readings)
   *[other] { $rows } rows: { $category }, some of them read several times ({ $read } readings)
}
readings = { $rows } different rows, read { $read } times in all
other-language = { $language ->
    [fr] This result was computed in French: the app writes its own sentences.
   *[other] This result was computed in another language: the app writes its own sentences.
}
other-language-again = Compute it again in English
other-language-grant = A new grant would compute it again in English.
to-app = Go to the app
stands-paused = The app is paused: it reads nothing, and this result stays as it was computed. It can be made again once you resume your grant.
stands-changed = The app has changed since you gave your grant: it reads nothing until you answer what it asks now. This result is of the version before.
stands-stopped = This app was withdrawn from this server: it reads nothing any more, and cannot make this result again. Its page says why.
stands-ended = Your grant has ended: the app reads nothing any more. This result is kept for you; a new grant would make it again.
stands-removed = This app is no longer installed here: it reads nothing any more. This result is kept for you.
twice-why = This result may count them twice.
not-given = You did not give: { $categories }. The app does not know.
rounded = The app had rounded values only ({ $categories }): these figures are approximate, even where they show cents.
identical = Repeated and checked: the same program over the same rows gives the same result
different = Repeated: the result differs
compare = Compare with the result of { $at }
