# The audit log: what happened to a person's data.

person-created = The vault was created.
imported = Import { $import }: "{ $file }" ({ $format }), { $category }: { $counts }.
new-rows = { $rows ->
    [one] { $rows } new row
   *[other] { $rows } new rows
}
corrected-rows = { $rows ->
    [one] { $rows } corrected
   *[other] { $rows } corrected
}
known-rows = { $rows ->
    [one] { $rows } already there
   *[other] { $rows } already there
}
rejected-rows = { $rows ->
    [one] { $rows } rejected
   *[other] { $rows } rejected
}
undone = { $rows ->
    [one] Import { $import } ("{ $file }") was undone: { $rows } row was removed.
   *[other] Import { $import } ("{ $file }") was undone: { $rows } rows were removed.
}
row-deleted = You deleted a row of “{ $file }” ({ $category }).
row-corrected = You corrected a row of “{ $file }” ({ $category }).
row-restored = A row of “{ $file }” is again as the data holder gave it ({ $category }).
row-added = You corrected a row of “{ $file }” that could not be read: it is added ({ $category }).
rows-stayed = { $rows ->
    [one] { $rows } row stays: “{ $file }” holds it too ({ $category }).
   *[other] { $rows } rows stay: “{ $file }” holds them too ({ $category }).
}
rows-returned = { $rows ->
    [one] { $rows } row of “{ $file }” is back ({ $category }).
   *[other] { $rows } rows of “{ $file }” are back ({ $category }).
}
row-superseded = A row of “{ $file }” is replaced by that of another file: you said that they are the same ({ $category }).
rows-replaced = { $rows ->
    [one] { $rows } row of “{ $file }” is replaced by the version in a later file ({ $category }).
   *[other] { $rows } rows of “{ $file }” are replaced by the versions in a later file ({ $category }).
}
row-lifted = A deleted row of “{ $file }” may come back ({ $category }).
text-read = The text of the document “{ $file }” was read ({ $size }) and is kept beside it.
text-recognised = The text of the picture “{ $file }” was recognised ({ $size }) and is kept beside it.
installed = The app "{ $app }" { $version } was installed (component { $component }).
began = The app "{ $app }" { $version } was started (run { $run }).
began-again = The app "{ $app }" { $version } was started again to check receipt { $receipt } (run { $run }).
ran = The run of "{ $app }" { $version } ended: { $outcome }. { $reads }
not-run = { $times ->
    [one] The app "{ $app }" { $version } was not started: { $outcome }.
   *[other] The app "{ $app }" { $version } was not started, { $times } times: { $outcome }.
}
trial-began = The app "{ $app }" { $version } was put to a trial, because the person asked for it.
tried = Trial of the app "{ $app }" { $version }: { $outcome }. { $reads } Nothing of it was kept.
replayed-identical = Receipt { $receipt } was checked: the app gives the same result. { $reads }
replayed-different = Receipt { $receipt } was checked: the app does not give the same result. { $reads }
read-nothing = Nothing was read.
read = Read: { $reads }.
read-of-category = { $rows ->
    [one] { $category } ({ $period }), { $rows } row, { $size }
   *[other] { $category } ({ $period }), { $rows } rows, { $size }
}
read-again = { $rows ->
    [one] { $category } ({ $period }), { $rows } row, read several times ({ $read } in all), { $size }
   *[other] { $category } ({ $period }), { $rows } rows, some of them several times ({ $read } in all), { $size }
}
app-suspended = The app "{ $app }" { $version } was suspended: it runs for nobody. { $reason }
app-resumed = The app "{ $app }" { $version } runs again: its suspension has ended. { $reason }
app-yanked = The app "{ $app }" { $version } was withdrawn for good: it runs for nobody. { $reason }
exported = You took a copy of all your data.
downloaded = You downloaded rows: { $category }, as a { $form } file.
withheld-row = You no longer show a row to any app ({ $category }).
withheld-holder = You no longer show the rows of “{ $of }” to any app ({ $category }).
withheld-no-holder = You no longer show the rows without a known organisation to any app ({ $category }).
withheld-words = You no longer show the rows that contain “{ $of }” to any app ({ $category }).
shown-row = A row that you showed to no app can be given again ({ $category }).
shown-holder = The rows of “{ $of }”, which you showed to no app, can be given again ({ $category }).
shown-no-holder = The rows without a known organisation, which you showed to no app, can be given again ({ $category }).
shown-words = The rows that contain “{ $of }”, which you showed to no app, can be given again ({ $category }).
signed-in = Your account was opened with your password ({ $device }).
signed-in-with-passkey = Your account was opened with a passkey ({ $device }).
sign-in-failed = { $times ->
    [one] Somebody typed your name with a wrong password ({ $device }). Nothing was opened.
   *[other] Somebody typed your name with a wrong password, { $times } times in a row ({ $device }). Nothing was opened.
}
recovered = A recovery code was used to choose a new password ({ $device }). All other sessions were ended.
password-changed = Your password was chosen or changed ({ $device }). All other sessions were ended.
passkey-added = A passkey was added to your account ({ $device }).
passkey-removed = A passkey was removed from your account ({ $device }).
codes-replaced = New recovery codes were made ({ $device }): the earlier ones are worth nothing.
ended-everywhere = All sessions were ended ({ $device }).
unknown-device = unknown device
erased = The person's data was erased: the log ends here.
by = { $actor }, { $channel }
under-way = under way
interrupted = interrupted: the program stopped before the run ended

## What happens to an app's grant

shown = The app "{ $app }" asked to read data.
deferred = The request of the app "{ $app }" was left unanswered.
refused = The request of the app "{ $app }" was refused.
given = You allowed the app "{ $app }".
paused = The grant of the app "{ $app }" was paused.
resumed = The grant of the app "{ $app }" was resumed.
renewed = The grant of the app "{ $app }" was renewed.
narrowed = The grant of the app "{ $app }" was narrowed.
expired = The grant of the app "{ $app }" expired.
withdrawn = The grant of the app "{ $app }" was withdrawn.
revoked = The grant of the app "{ $app }" was revoked.
invalidated = The grant of the app "{ $app }" was found invalid.
superseded = The grant of the app "{ $app }" was replaced by another.

## The history of a grant, in detail

change-shown = Asked for: { $items }.
change-deferred = Deferred.
change-refused = Refused.
change-given = Given: { $items }.
change-given-until = Given until { $until } inclusive: { $items }.
change-paused = Paused.
change-resumed = Resumed.
change-renewed = Renewed, until you withdraw it.
change-renewed-until = Renewed until { $until } inclusive.
change-narrowed = Narrowed to: { $items }.
change-expired = Expired.
change-withdrawn = Withdrawn.
change-revoked = Revoked: { $reason }
change-invalidated = Found invalid: { $reason }
change-superseded = Replaced by grant { $by }.
item = { $category } ({ $scope })
item-refused = { $category } (refused)

## How a replay differs from its receipt

different-component = another component ran: { $now } instead of { $then }
different-engine = the engine is different: { $now } instead of { $then }
different-inputs = the language, the day or a setting is different
different-scope = the app was not allowed to see the same data
different-rows = { $now ->
    [one] the app read { $now } row ({ $category }) as before, but not the same one
   *[other] the app read { $now } rows ({ $category }) as before, but not the same ones
}
different-count = { $now ->
    [one] the app read { $now } row ({ $category }) instead of { $then }
   *[other] the app read { $now } rows ({ $category }) instead of { $then }
}
different-outcome = the app ended differently: { $now }, instead of: { $then }
different-view = the result is different
