# What did not work.

error-of = Error: { $page }
not-done = This was not done
broken = A part of the server stopped on the way. Nothing was changed; you can try again.
nothing-here = There is nothing at this address
nothing-here-why = The page does not exist, or no longer, or it is not yours. Your data has not moved.
signed-out = Your session has ended
signed-out-why = This was not done, and nothing was lost. Open your vault, then try again.
signed-out-typed = It was not done. What you had written is below and was saved nowhere: copy it, open your vault, then paste it. You will come back to the page before.
typed = What you had written
sign-in = Open my vault
not-understood = The form is incomplete or was changed. Nothing was done; go back to the page and try again.
busy = The server has too much to do at the moment. Nothing was done; try again in a few seconds.
too-often = { $seconds ->
    [one] Too many attempts came from your connection. Nothing was done and nothing is lost; try again in { $seconds } second.
   *[other] Too many attempts came from your connection. Nothing was done and nothing is lost; try again in { $seconds } seconds.
}
other-site = This request does not come from a page of MesInfos. Nothing was done.
other-host = This server does not answer under this name. Ask the person who runs it under which names it answers.
closed = This address is closed
closed-why = It was used already, or it is too old. "mesinfos open" gives another one.
home = Back to home
