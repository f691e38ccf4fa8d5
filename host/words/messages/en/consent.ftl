# Grants, receipts and the log: what is wrong.

unreadable = { $what } can no longer be read: the record was changed or moved, or its key is gone.
unsealable = { $what } cannot be saved: the person's key is not available. Nothing was written.
too-large = { $what } would take { $size }; the limit is { $most }. Nothing was written: name fewer holders, or shorten texts and settings.
closed = The log of this person is closed: an erasure is under way. If it failed, start it again.
no-such-grant = There is no grant { $id }.
no-such-receipt = There is no receipt { $id }.

## Records, at the start of a sentence

record-grant = A grant
record-of-app = The index of an app's grants
record-scope = The scope of a grant
record-entry = An entry of the log
record-end = The end of a list
record-receipt = A receipt
record-notice = A notice

## A list of records that was tampered with

broken-audit = The log is broken at entry { $seq }: { $fault }.
broken-grant = The history of the grant is broken at event { $seq }: { $fault }.
fault-missing = it is missing, although later ones exist
fault-changed = it was changed, or comes from elsewhere
fault-unchained = it does not follow from the one before, so one of the two was replaced
fault-cut = { $length ->
    [one] it is missing, with everything after it; there was { $length } entry
   *[other] it is missing, with everything after it; there were { $length } entries
}
fault-beyond = it comes after the end of the list
fault-replaced = it is not the original last one
fault-head = the record of the list's end was changed, or comes from elsewhere

## Records that contradict the log

mismatch = { $what } Nothing was run and nothing was changed.
mismatch-grants = Your grants do not match the log: some were restored to an older state, or omitted.
mismatch-grant = The grant { $id } does not match the log: it was restored to an older state.
mismatch-event = Event { $event } of the grant { $id } { $against }.
mismatch-notice = The notice of the grant { $id } is missing.
mismatch-receipt = The receipt { $id } { $against }.
mismatch-sequence = { $found ->
    [one] The vault counts { $found } import or undo, but the log { $logged }.
   *[other] The vault counts { $found } imports and undos, but the log { $logged }.
}
mismatch-rows = { $found ->
    [one] The vault holds { $found } row ("{ $category }") of import { $import }, but the log says { $logged }.
   *[other] The vault holds { $found } rows ("{ $category }") of import { $import }, but the log says { $logged }.
}
mismatch-head = The head { $head } is not in this log: it was copied wrongly, it belongs to another log, or this log was restored to an older state.
against-missing = is missing, although the log mentions it
against-other = is not the one that the log mentions
against-unlogged = is not in the log

## Inconsistencies in a request or a grant

app-id-length = { $length ->
    [one] The app's id has { $length } character; 1 to { $most } are expected.
   *[other] The app's id has { $length } characters; 1 to { $most } are expected.
}
app-version-length = { $length ->
    [one] The app's version has { $length } character; 1 to { $most } are expected.
   *[other] The app's version has { $length } characters; 1 to { $most } are expected.
}
no-items = A grant needs at least one category of data.
twice = The category "{ $category }" is listed twice: list it once, with everything that you give of it.
answered = The category "{ $category }" already has an answer, but a request must have none.
unanswered = The category "{ $category }" has no answer yet: give or refuse it.
other-category = The entry of the category "{ $category }" is about "{ $scope }".
grain = The category "{ $category }" cannot be given with this granularity: { $grain }. Choose from: { $offered }.
empty-period = The period of the category "{ $category }" ends before it starts.
too-many-holders = { $count ->
    [one] The category "{ $category }" names { $count } holder; at most { $most } are allowed.
   *[other] The category "{ $category }" names { $count } holders; at most { $most } are allowed.
}
holder-name-length = { $length ->
    [one] The category "{ $category }" names a holder with { $length } character; at most { $most } are allowed.
   *[other] The category "{ $category }" names a holder with { $length } characters; at most { $most } are allowed.
}
too-many-excluded = { $count ->
    [one] You leave out { $count } row of the category "{ $category }" one by one; at most { $most } are allowed. Choose a shorter period instead.
   *[other] You leave out { $count } rows of the category "{ $category }" one by one; at most { $most } are allowed. Choose a shorter period instead.
}
nothing-given = Nothing would be given: refuse the request, or withdraw the grant.
ends-before-it-starts = A grant made on { $from } cannot end on { $until }: choose a later day.
not-the-question = This does not match the request: answer the same categories, exactly as they are listed in it.

## Changes that would widen a grant

widening = This would widen what the app may see ("{ $category }": { $by }). A grant can only become narrower; give a new one if that is what you want.
wider-category = a category that was not given
wider-period = more days
wider-undated = rows without a date
wider-fields = more fields ({ $fields })
wider-grain = finer data
wider-holders = more holders
wider-rows = rows that were left out

## How a grant differs from the one that it replaces

other-days = other days (now { $now }, before { $before })
fewer-days = fewer days (now { $now }, before { $before })
no-longer-given = no longer given
no-undated = without undated rows
fewer-fields = fewer fields ({ $fields })
coarser = coarser data
fewer-holders = fewer holders
more-rows-left-out = more rows left out
runs-again = the app may run again (the grant was paused)
no-last-day = no last day (it was to end on { $before })
later-last-day = until { $now } (instead of { $before })
sooner-last-day = only until { $now } (instead of { $before })
new-last-day = only until { $now } (it had no last day)
none-in-grant = This grant covers none of your rows of the category "{ $category }". The dates of your rows: { $days }.
none-in-grant-undated = This grant covers none of your rows of the category "{ $category }": your rows have no date.

## Changes that the state of a grant does not allow

impossible = { $event ->
    [shown] This grant is { $state }: it cannot be asked for again.
    [deferred] This grant is { $state }: it cannot be deferred.
    [refused] This grant is { $state }: it cannot be refused.
    [given] This grant is { $state }: it cannot be given. A new request is needed.
    [paused] This grant is { $state }: it cannot be paused.
    [resumed] This grant is { $state }: it cannot be resumed. Give a new one.
    [renewed] This grant is { $state }: it cannot be renewed. Give a new one.
    [narrowed] This grant is { $state }: it cannot be narrowed.
    [expired] This grant is { $state }: it cannot expire.
    [withdrawn] This grant is { $state }: it cannot be withdrawn.
    [revoked] This grant is { $state }: it cannot be revoked.
    [invalidated] This grant is { $state }: it cannot be invalidated.
   *[superseded] This grant is { $state }: it cannot be replaced.
}
already = This grant is already { $state }; nothing was changed.
nothing-to-resume = This grant is in force: there is nothing to resume.
show-first = The request was left unanswered: it must be shown to you again before you can accept it.
resume-first = This grant is paused: resume it before you renew it.
not-an-opening = A grant begins with a request or with consent, not with this: { $event }.
only-the-person = Only the person themselves can do this.
not-the-person = The person cannot do this; they can withdraw their grant.

## Why an app may not run

never-asked = You have not been asked yet whether this app may read your data.
undecided = You have not answered this app's request yet.
refused = You refused what this app asked for; it may ask again.
paused = This app is paused: resume its grant to run it.
expired = Your grant was until { $when }: give a new one to run the app.
withdrawn = You withdrew your grant on { $when }: give a new one to run the app.
revoked = Your grant was revoked by { $by }: { $reason }
invalidated = Your grant was found invalid: { $reason } Give a new one to run the app.
superseded = This grant is closed: give a new one to run the app.
other-version = Your grant is for version { $version } of this app, and this is another version: review what changed, then give this version a grant to run it.

## The states of a grant

state-shown = asked for
state-deferred = not answered
state-refused = refused
state-given = given
state-paused = paused
state-renewed = renewed
state-expired = expired
state-withdrawn = withdrawn
state-revoked = revoked
state-invalidated = invalid
state-superseded = replaced

## Who acts, and through which channel

actor-person = the person
actor-platform = the platform
actor-operator = the operator
actor-publisher = the app's publisher
actor-holder = the data holder
channel-cli = on the command line
channel-web = on the web pages
channel-api = through the API
