# The pages.

entrance = MesInfos opens with an address that is good once.
closed = This page is closed: its address was used already, or the session is over.
ask-for-address = To get in, ask whoever runs this server for an address, and open it.
nothing-here = There is no page at this address.
choose = Choose a person and an app.
sample-people = Invented people: for the apps, today is { $day }.
nothing-yet = Nothing to see yet: there has to be a person with imported files, and an installed app.
too-many-people = There are too many people for this page: use the command or the API.
see = See "{ $app }"
other-language = En français
back = ← MesInfos
read-of-category = { $rows ->
    [one] { $category } ({ $rows } row)
   *[other] { $category } ({ $rows } rows)
}
not-understood = The request was not understood; nothing was done.
other-host = This server does not answer to that name. Ask whoever runs it which names it answers to.
failed = The request failed; nothing was changed.
