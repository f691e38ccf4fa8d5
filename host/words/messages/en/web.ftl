# The pages.

closed = This page is closed: its address was used already, or the session is over.
closed-open-another = To open a new one, ask whoever runs this server for an address, and follow it.
choose = Choose a person and an app.
sample-people = Invented people: apps believe that it is { $day }.
nothing-yet = Nothing yet: it takes a person whose files are imported, and an installed app.
too-many-people = There are too many people for this page: use the command or the API.
see = See "{ $app }"
other-language = En français
back = ← MesInfos
read-of-category = { $rows ->
    [one] { $category } ({ $rows } row)
   *[other] { $category } ({ $rows } rows)
}
not-understood = The request was not understood; nothing was done.
other-host = This server does not answer under that name. Ask whoever runs it under which names it does.
failed = The request failed; nothing was changed.
