# The pages.

entrance = MesInfos opens with a one-time address.
closed = This page is closed: its address was already used, or the session is over.
ask-for-address = To enter, ask the operator of this server for an address, then open it.
nothing-here = There is no page at this address.
choose = Choose a person and an app.
sample-people = Invented people: for the apps, today is { $day }.
nothing-yet = Nothing to see yet: a person with imported files and an installed app are needed.
too-many-people = There are too many people for this page: use the command or the API.
see = See "{ $app }"
other-language = En français
back = ← MesInfos
read-of-category = { $rows ->
    [one] { $category } ({ $rows } row)
   *[other] { $category } ({ $rows } rows)
}
not-understood = The request was not understood; nothing was done.
other-host = This server does not answer to that name. Ask its operator which names it answers to.
failed = The request failed; nothing was changed.
