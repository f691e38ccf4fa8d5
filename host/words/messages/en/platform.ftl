# Errors of the platform.

io = The system refused the operation: { $why }.
nothing-in-files = No file in { $file } has rows; nothing was imported. Why: { $reasons }.
open-to-others = Users other than the owner may enter the folder { $path } (its mode is { $mode }); nothing was read or written. Let only its owner in.
no-person = The request concerns a person's data but names no person; nothing was done.
not-empty = The folder { $path } exists and is not empty: a backup can only be restored to an empty folder. Nothing was written.
no-keys = There are no keys in { $path }: a backup contains none, and a backup or a store opens only with the keys of the data folder that it belongs to. Nothing was written.
restore-unfinished = A restore was interrupted or is in progress: { $path } is incomplete, and there is no store. Nothing was read or written.
store-gone = The keys are there, but the store { $path } is gone. Nothing was read or written.
all-rejected = { $rejected ->
    [one] The only row of { $file } could not be read; nothing was imported. Why: { $reasons }.
   *[other] None of the { $rejected } rows of { $file } could be read; nothing was imported. Why: { $reasons }.
}
chunks-missing = Some of the stored rows or documents are gone or were changed (sealed chunks: { $chunks }; people concerned: { $people }). No backup was made, because it would lack them too. Keep the earlier one.
no-such-token = There is no token { $id }.
refused = The app is refused: { $problems }.
same-version = The app "{ $app }" { $version } is already installed with different content: give this one a new version.
other-publisher = The app "{ $app }" is published by "{ $installed }", but this component says that it is published by "{ $new }"; nothing was installed.
other-notice = What you were told about the app "{ $app }" has changed since. Nothing was granted and nothing was read: read what you are told now, then answer.
other-component-named = The app "{ $app }" is not the one that you were shown: the installed component is { $installed }, and the request names "{ $shown }". Nothing was granted: review what it asks for now, then grant that component.
other-component-unnamed = The app "{ $app }" may not be the one that you were shown: the installed component is { $installed }, and the request names none. Nothing was granted: review what it asks for now, then grant that component.
no-such-app = There is no app "{ $app }". Installed: { $installed }.
no-app-yet = There is no app "{ $app }": none is installed yet.
not-granted = The app "{ $app }" was not started. { $why }
not-granted-missing = The app "{ $app }" was not started: it needs data that it was not given ({ $missing }). { $why }
not-granted-refused = You refused it, and the app cannot do without it.
busy = Too many apps are running at the moment, in total or for this person; nothing was started. Try again in a few seconds.
no-grant = The app "{ $app }" has no grant in force.
needs-beyond = This is in the vault but not covered by your grant: { $categories }. You do not have to give it.
needs-fields = Your grant withholds fields that this app asks for: { $fields }. You do not have to give them.
no-runners = Runner processes are available only on Linux.
no-such-document = There is no document { $id }.
no-characters = This kind of document has no text that can be read. The document is unchanged.
no-recogniser = Text in a picture cannot be recognised here: the program “tesseract” is not installed. The document is unchanged. Ask whoever runs this server to install tesseract-ocr.
recogniser-not-confined = Text in a picture is recognised only where files are read in a separate process (--isolation process). The document is unchanged.
recogniser-busy = Other pictures are being read just now. The document is unchanged: try again in a minute.
not-recognised = The text of the picture could not be recognised. The document is unchanged: take the picture again, closer, flat and in good light.
bad-row-value = “{ $field }” cannot be understood. Expected: { $expected }. Nothing was changed.
expected-date = a date like 2025-12-31
expected-instant = an instant like 2025-12-31T08:30:00Z
expected-number = a number like 12.50
expected-code = one of the values offered
expected-text = a text of a thousand characters at most
mapping-version = The answers about the columns come from a later version of the program. Nothing was imported: use that version, or answer again.
mapping-holder = The data holder needs a name of at most 80 characters (“holder”). Nothing was imported.
mapping-delimiter = Cells are separated by a semicolon, a comma, a tab or a bar (“delimiter”). Nothing was imported.
mapping-skip = At most 200 lines stand above the first row (“skip”). Nothing was imported.
mapping-column = A column is not in the table: columns count from 1, and a label has four at most. Nothing was imported.
mapping-twice = One column has two meanings. Nothing was imported.
mapping-value = Movements and purchases have an amount; readings have a consumption or a register (“value”). Nothing was imported.
mapping-currency = Amounts need a currency, in three letters such as EUR, or a column of currencies (“currency”). Nothing was imported.
mapping-unit = Readings need a unit: wh or kwh for electricity, also litre or cubic-metre for gas, litre or cubic-metre for water (“unit”). Nothing was imported.
mapping-every = A consumption needs the time that it covers, for example day (“every”). Nothing was imported.
mapping-direction = The word of money that goes out is missing (“out”). Nothing was imported.
receipt-no-day = The receipt has no date. Nothing was added: write its date.
receipt-bad-time = The time of the receipt does not exist. Nothing was added: correct it, or leave it empty.
receipt-no-line = The receipt has no line. Nothing was added: write at least one item.
receipt-too-many-lines = A receipt has at most { $most } lines. Nothing was added.
receipt-bad-merchant = The name of the merchant has at most { $most } characters. Nothing was added.
receipt-bad-label = Line { $line } needs a name of at most { $most } characters. Nothing was added.
receipt-bad-total = The total is too large. Nothing was added.
receipt-too-large = The quantity or the amount of line { $line } is too large. Nothing was added.
receipt-kept = A receipt of this document was already added (import { $import }). Nothing was added: undo that import to add another.
not-replayable = This receipt cannot be checked. { $why }
replay-no-grant = There is no grant in force for this app.
replay-narrower = Your grant now lets the app see less than it saw then.
replay-parameters = Its settings can no longer be read.
replay-stopped = This version of the app was stopped.
trial-under-way = Another of your versions is being tried on the sample lives. Wait until that is over; nothing was started.
long-source = The code takes { $bytes } bytes, where a letter with an accent counts for six, and the playground has room for { $most }. Shorten it, or build it with the command, which has no such limit. Nothing was run.
everything-paused = Everything is paused, and nothing was granted. End the pause first, in the web app.
stopped = The app "{ $app }" { $version } was suspended by the operator, and nothing was started. The reason: { $reason }
stopped-for-good = The app "{ $app }" { $version } was withdrawn for good, and nothing was started. The reason: { $reason }
no-such-version = There is no such version.
unsigned = The component is not signed. "mesinfos keys new" makes a key, and "mesinfos build" then signs.
forged = The signature is not that of this component: it was changed after it was signed. Build and sign it again.
other-key = The id "{ $app }" belongs to the key { $key } of its publisher, and this component is not signed with it. Nothing was done.
unclaimed = The id "{ $app }" is nobody's here yet: show that its key { $key } is yours. Run `mesinfos keys claim { $app } --owner { $owner } --to ADDRESS-OF-THIS-SERVER` and send the line that it gives. Nothing was done.
bad-claim = This line is no proof that the key { $key } asks for the id "{ $app }" for this account on this server. Make it again with `mesinfos keys claim`: same key, same id, same address. Nothing was done.
other-owner = The id "{ $app }" belongs to somebody else here. Choose another id.
not-above = Version { $version } of "{ $app }" must have a number above { $highest }, the highest that was published.
known-component = This very component is registered already.
impossible-change = This cannot be done: the version is { $state }.
no-reason = Say why: people read it.
blocked-component = This component is { $state }. Nothing was installed.
too-many-drafts = There are { $most } drafts already: delete one first.
too-many-waiting = { $most } versions wait for a review already.
record-too-large = Its texts are too long to be kept.
state-draft = a draft
state-submitted = waiting for a review
state-published = published
state-suspended = suspended
state-yanked = withdrawn for good

## A grant that does not fit the app

grant-not-asked = The app "{ $app }" does not ask for the category "{ $category }". It asks for: { $asked }.
grant-asks-nothing = The app "{ $app }" does not ask for the category "{ $category }": it asks for nothing.
grant-unknown-purpose = The app's purpose is not known; nothing was granted.
grant-not-given = The app "{ $app }" was not given the category "{ $category }".
grant-nothing-narrower = Nothing was changed: this is not narrower than the current grant of the app "{ $app }". Say what to narrow.
grant-twice = The category "{ $category }" is named twice: name it once, with everything about it.
grant-no-such-row = The category "{ $category }" has no row { $id }; nothing was changed.
grant-no-such-holder = No row of the category "{ $category }" comes from "{ $name }"; nothing was changed. They come from: { $known }.
grant-granularity = The category "{ $category }" cannot be given with this granularity: { $refused }. Choose from: { $offered }.
grant-fields-not-asked = From the category "{ $category }", the app asks only for: { $asked }.
grant-no-such-field = The category "{ $category }" has no field "{ $name }". Its fields: { $known }.
grant-gives-nothing = Nothing would be given of the category "{ $category }": name at least one field and at least one holder, or omit the list.
grant-ends-too-late = A grant can last until { $last } at most.
grant-no-whole-month = There is no whole month in the period ({ $period }): choose a longer period, or finer data.
grant-running-field = In the category "{ $category }", the field "{ $field }" reveals something about the rows that you leave out: give this field, or leave out these rows, but not both.

## Tokens and codes

token-no-name = A token needs a name that says who it is for.
token-days = { $days ->
    [one] A token cannot be valid for { $days } day: it can be valid for 1 to { $most } days.
   *[other] A token cannot be valid for { $days } days: it can be valid for 1 to { $most } days.
}
token-no-people = A token for deposits must name the people it is for.
token-no-developer = A token for publishing must name its developer: 2 to 40 characters from a-z, 0-9 and -.
fails-for = The app fails for the sample person "{ $person }", so it was not submitted: { $outcome }
fails-for-without = The app fails for the sample person "{ $person }" if these are refused: { $refused }. It was not submitted: { $outcome }
token-too-many = There are already { $most } tokens: revoke those that are no longer used.
token-too-many-codes = { $minutes ->
    [one] { $most } codes are already waiting to be used: try again in { $minutes } minute.
   *[other] { $most } codes are already waiting to be used: try again in { $minutes } minutes.
}
