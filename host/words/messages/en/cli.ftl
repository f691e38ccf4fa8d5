# The "mesinfos" command: what it prints, and what to type next.

error-line = error[{ $code }]: { $words }
hint-line = hint: { $words }
next = next: { $command }

## The operation that failed: the beginning of a sentence

reading = cannot read { $path }
opening = cannot open { $path }
writing = cannot write { $path }
making = cannot create { $path }
importing = "{ $file }" was not imported
is-a-folder = { $path } is a folder: give its files, { $path }/*.
is-the-disk = { $path } is the whole disk, and nothing of it was read: give the files that an organisation handed to you, ~/Downloads/enedis.csv for example.
importing-of = "{ $file }" was not imported for { $person }
installing = "{ $path }" was not installed
running-app = the app "{ $app }" was not run for { $person }
listening = cannot listen on { $address }
starting-server = the server could not start
putting-back = cannot restore { $path }
serving = the server stopped
finding-itself = the program cannot find its own file
building-component = cannot build a component from { $path }
running-command = the command { $command } could not be run
manifest-in = the manifest in { $path } is not valid
watching = cannot watch { $path }
drafted = { $app }: { $size }, built in { $took } s
workbench-at = The workbench: { $url } (Ctrl+C to end)
created = The app { $app } is in { $path }: a manifest, code, tests, and the SDK.
created-by = publisher: { $publisher } (in mesinfos.toml)
no-app-name = { $path }: give a folder, whose name will be that of the app.
not-an-id = "{ $id }" cannot be the id of an app: 2 to 40 characters from a-z, 0-9 and -, starting with a letter. Nothing was written.
not-empty = { $path } is not empty; nothing was written to it.
no-such-template = this template is missing in the program
not-a-publisher = "{ $name }" cannot be the name of a publisher: 1 to 100 characters that can be seen. Give one with --publisher. Nothing was written.
not-an-app-language = "{ $tag }" is not a language of apps. There are: { $known }. Nothing was written.
remedy-missing = A value is missing here: the row does not have it, or the person refused this field. Handle that case.
remedy-clock = An app has no clock: the day of the run is in the context (today).
remedy-outside = An app has no files, no network and no other program: it reads only what it imports, and what the person gives.
remedy-index = The list is shorter than the code expects: a person may have few rows, or none.
remedy-name = This name does not exist: check its spelling and the imports of the file.
remedy-view = The view cannot be shown: the part to correct is here. The reason is in the notes, or at the end.
remedy-view-somewhere = The view cannot be shown. The reason is in the notes, or at the end.
remedy-time = The app does not finish in time: look for a loop without an end, or a computation repeated for each row.
remedy-other = The app stops here. The notes before give the reason.
unknown-parameter = The app declares no parameter "{ $id }": it never gets an answer to it. Declared: { $known }.
prints-nowhere = What an app prints is lost: note it instead (mesinfos_sdk::note). The workbench and "mesinfos run" show notes.
unused-or-removed = If your code does read it, it always fails before, and the compiler removed the rest: apps have no files, no clock and no network
drafted-once = { $app } builds and could be installed.
data-ends = The data ends on { $last } and the run is on { $today }: an app that looks at the last months sees next to nothing. "--today DATE" chooses another day.
only-for-rust = Templates are in Rust; the other languages have one app to begin with. Nothing was written.
fetching-packages = Packages of the app, once: { $command }
not-built = { $path }: the app does not build.
hint-node = install Node.js 20 or later, with npm
hint-python = install Python 3.11 or later, with venv
english-missing = the English text is missing: who reads English would see the French one. Add en = "…".
unknown-icon = there is no icon "{ $icon }", and the page would show none. There are: { $known }.
nothing-found = Nothing to correct in the manifest and the request. The app was not run: "mesinfos run . --sample cycliste" does.
tried-cost = { $time } ms, { $memory } of memory, { $calls } calls into the host; nothing was kept
not-in-request = The app does not ask for "{ $what }". There are: { $known }.
views-written = { $views ->
    [one] { $views } view written to { $path }
   *[other] { $views } views written to { $path }
}
views-same = { $views ->
    [one] { $views } view, as expected
   *[other] { $views } views, as expected
}
no-views = { $path }: no view was accepted yet
view-differs = { $path }: the view is not the same any more
view-missing = { $path }: this view was not accepted yet
view-stale = { $path }: this view does not exist any more
view-failed = { $person }, { $variant }: { $why }
hint-update = look at the differences, then "mesinfos test --update" accepts the views of today

## What was not understood, or did not happen

not-a-language = "{ $tag }" is not a supported language: use --lang fr or --lang en.
no-home = HOME is not set: name a folder with --data DIR.
release-line = { $app } { $version }: { $state }
release-reason = the reason: { $reason }
works-refused = works even if you refuse what is optional
nothing-waits = No version waits for a review.
not-a-component-hash = "{ $hash }" is not the SHA-256 of a component: "mesinfos review list" shows them.
not-an-owner = This is no account: copy the value of "--owner" that the server tells.
not-a-url = "{ $url }" is not the address of a server, such as https://infos.example
not-encrypted = { $url } is not encrypted, and not this machine: nothing was sent. Use https.
not-a-token = { $path } does not hold a token.
asking = { $url } could not be asked
answered = { $url } answered with status { $status }.
checking-log = the log could not be verified
not-a-log-key = "{ $key }" is not the key of a log: expected name+hash+key.
no-tile = The log does not have { $tile }.
tile-malformed = { $tile } of the log does not have its size.
tile-tampered = { $tile } of the log is not what its entries give: it was changed.
log-other-root = The entries of the log do not give the root that it signed: entries were changed, added or removed.
log-unread = Entry { $index } of the log cannot be read: nothing says what it changes.
log-odd-id = Entry { $index } of the log has an id that no app can have.
log-unsigned = Entry { $index } of the log publishes { $app } without a signature, which no server does: somebody wrote this log in another way.
log-other-key = Entry { $index } of the log has a key for { $app } that the key before did not name for this id: somebody else published under this id.
log-not-included = Entry { $index } is not in the tree that the log signed.
log-inconsistent = The log of { $now } entries does not continue the one of { $before } entries that was verified here before: its history was rewritten.
app-not-in-log = The log has no entry about the component { $component }.
log-verified = { $log }: { $entries ->
    [one] { $entries } entry, as signed
   *[other] { $entries } entries, as signed
}
log-continues = continues the head of { $before } entries that was verified before
other-log = The log at { $url } is no longer the one that you knew. Its key was { $before }; now it is { $now }. Do not trust it before you know the reason. If you know it, give the new key with --key.
log-first-seen = seen for the first time; its key, to compare elsewhere: { $key }
log-signed-since = entry { $index }: { $app } was not signed until then; the operator installed a signed version, and the id belongs to { $key } since
log-entry-of = entry { $index }, { $at }: { $app } { $version } { $what }
log-exported = { $entries ->
    [one] { $entries } entry of the log written to { $path }
   *[other] { $entries } entries of the log written to { $path }
}
key-open-to-others = { $path } may be read by other users of this machine (mode { $mode }): "chmod 600" it. Nothing was signed.
not-a-key-file = { $path } has no key of a publisher.
key-exists = { $path } has a key already; nothing was written.
key-made = A new secret key is in { $path }.
key-replaced = A new secret key is in { $path }, named by the one before, which is in { $old }. The next version of each of your apps passes its id to the new key: “mesinfos build” signs it with both. So keep the old one beside it until then.
key-before-missing = The key before is not in { $path }: without it, this version does not pass the id to the new key. Put it back there if the id still belongs to it.
key-public = public key: { $key }
key-keep-it = Keep a copy in a safe place: ids that you publish belong to this key, and nobody can replace it for you.
no-keys-yet = There is no key yet: "mesinfos keys new" makes one.
hint-keys-new = "mesinfos keys new" makes a key
signed-with = signed with { $key }
not-signed = not signed: anybody could have made it
not-a-host-name = "{ $name }" is not a name of a server. Give the name alone, without protocol, port or path, as in: mesinfos.example.org. The server was not started.
not-a-contact = "{ $address }" is neither the address of a mailbox (help@example.org) nor of a page (https://…). The server was not started.
not-a-log-form = { $variable }={ $value }: off, text or json is expected.
config-too-large = { $path } is larger than { $most } KiB: this is not a file of settings. The server was not started.
config-not-toml = { $path }, line { $line }: this is not TOML. Write one setting on each line, as in: port = 7380. The server was not started.
config-no-key = { $path }, line { $line }: there is no setting "{ $key }". Choose from: { $known }. The server was not started.
config-wrong = { $path }, line { $line }: the setting "{ $key }" takes { $expected }. The server was not started.
config-port = a number from 0 to 65535
config-names = a list of names, as in: ["mesinfos.example.org"]
config-contact = a mailbox (help@example.org) or a page (https://…)
config-one-of = one of: { $known }
no-such-category = There is no category "{ $id }". Choose from: { $known }.
no-such-granularity = "{ $id }" is not a known granularity. Choose from: { $known }.
not-a-date = "{ $text }" is not a date; write it like this: 2027-01-31.
not-an-instant = "{ $text }" is not a date and time; write them like this, in the time of Paris: 2027-03-15T16:00.
no-network = No address of this machine on a local network was found.
not-a-period = "{ $text }" is not a period; write 2011, 2011-03, 2011-03-05, or two of these: 2011-03..2011-06 (the end included).
reversed-period = The period "{ $text }" ends before it starts.
not-a-setting = "{ $pair }" is not a setting; write --param name=value.
not-a-receipt = "{ $id }" is not the id of a receipt.
not-a-row = "{ $id }" is not a row id such as 3.0.17.
not-a-head = "{ $head }" is not the head of a log: 64 hexadecimal digits are expected.
not-days = "{ $text }" is not a number of days; write it as 30d (1d to { $most }d).
no-row = None of the named categories has a row { $id }; nothing was changed.
whose-log = Name the person whose log you want to see: --person NAME.
nothing-erased = Nothing was erased.
erasing-needs-yes = Nothing was erased. Erasing { $person } cannot be undone: to confirm, add --yes.
ask-erase = Erase all data of { $person } for good? Type the name to confirm:
app-too-large = { $path } is { $size }, which is too large for an app.
only-for-deposits = --person and --new go with --scope deposit only: other tokens are not limited to people.
only-for-publishing = --developer goes with --scope publish only.
hint-token-developer = give --developer NAME
no-server = No server is running on this data folder.
no-folder = The folder { $path } does not exist; nothing was created.
nothing-yet = There is no data yet: the data folder { $path } does not exist; nothing was created.
no-such-sample = There is no sample person "{ $name }".
samples-failed = The files of the sample people could not be written.
sample-rejected = { $rows ->
    [one] "{ $file }" of { $person }: { $rows } row was rejected.
   *[other] "{ $file }" of { $person }: { $rows } rows were rejected.
}
no-app-in = There is no app (*.wasm) in { $path }.
no-apps-beside = No apps come with this command: there are none in { $known }. Name their folder: --apps DIR.
no-manifest-in = { $path } has no mesinfos.toml: the folder of an app must contain one.
where-to = Say where to put the component: --output FILE.
one-component = --component is for a single app: give one folder with it.
not-a-component = { $path } is not a WebAssembly component.
unknown-target = In { $path }, Cargo.toml names the target “{ $found }” (package.metadata.mesinfos.target); an app is compiled for { $known }.
no-target = The standard library for { $target } is not installed. Install it with "rustup target add { $target }" or, on Debian, with "apt-get install rustc-web rust-web-src".
command-failed = The command { $command } failed.
command-failed-saying = The command { $command } failed: "{ $why }".
cargo-failed = cargo could not build the app in { $path }.
no-module = cargo made no .wasm: the app's Cargo.toml needs [lib] crate-type = ["cdylib"].

## Remarks on the way

fault = This is a bug in mesinfos, at { $at }. Nothing was done beyond what was reported.
core-dumps = The system may write this program's memory to disk if it crashes: { $why }.
one-wall = Apps run in this process, isolated by WebAssembly alone. { $why }
progress-importing = Importing
target-missing = The target { $target } is not installed; trying rustup target add.
rustup-failed = rustup cannot fetch it; trying Debian's rustc-web and rust-web-src.
building-library = Building the standard library with Debian's compiler (half a minute, once).
app-noted = app: { $line }
not-given = Not given to "{ $app }": { $categories }.
was-read = { $rows ->
    [one] Read by "{ $app }": { $category }, { $rows } row, { $size }.
   *[other] Read by "{ $app }": { $category }, { $rows } rows, { $size }.
}
run-cost = { $time } ms, { $memory } of memory; receipt { $receipt }
sample-done = { $person } ({ $about }): { $counts }
sample-files = { $files ->
    [one] { $files } file
   *[other] { $files } files
}
samples-written = { $people ->
    [one] The files of { $people } person are in { $path }.
   *[other] The files of { $people } people are in { $path }.
}
app-for = { $app } for { $person }:
gallery-person = { $apps ->
    [one] { $person }: { $apps } app
   *[other] { $person }: { $apps } apps
}
left-behind = { $path } could not be removed: { $why }.

## Results

built = { $path } ({ $size })
document = { $path } ({ $name }, { $size })
installed = The app "{ $app }" { $version } is installed. It asks for: { $asks }.
installed-already = The app "{ $app }" { $version } was already installed with the same content: nothing changed.
installed-asks-nothing = The app "{ $app }" { $version } is installed. It asks for nothing.
app-asks = asks for: { $asks }
app-asks-nothing = asks for nothing
app-unread = what it asks for cannot be read: { $why }
published-by = published by { $publisher }, component { $component }
check-head = { $path } ({ $size }, { $component })
check-app = { $id } { $version }: "{ $name }", published by { $publisher }
check-reads-required = reads { $category } (required): { $fields }
check-reads-optional = reads { $category } (optional): { $fields }
preview-head = In English: what { $person } is asked
preview-asks = { $category } ({ $need }): { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
preview-read = read: { $fields }
preview-not-read = not read: { $fields }
preview-grains = level of detail asked for: { $now }; to choose from: { $others }
preview-why = you write: “{ $why }”
preview-no-english = English texts are missing: the French ones stand for them. “mesinfos check” says which.
preview-written = The page is in { $path }.
check-keeps-nothing = keeps nothing, sends nothing
check-refused = refused [{ $code }]: { $problem }
grant-state = { $app } { $version }: grant { $state } ({ $id })
grant-component = component { $component }
no-notice = No text of this platform was shown before this answer.
notice-digest = Digest of this text (SHA-256): { $digest }
grant-until = until { $until } inclusive
grant-given-at = given on { $at }
grant-narrowed = narrowed
grant-narrowed-paused = narrowed, and still paused
grant-resumed = resumed
grant-gives-more = This gives more than the previous grant:
grant-gives-less = This no longer gives everything that the previous grant gave:
grant-take-back = To take it back: mesinfos narrow, mesinfos pause or mesinfos revoke.
grant-keeps-out = { $rows ->
    [one] { $rows } row that was left out before stays out, until the grant is withdrawn (mesinfos revoke).
   *[other] { $rows } rows that were left out before stay out, until the grant is withdrawn (mesinfos revoke).
}
grant-for = { $app } states its purpose: { $purpose }
grant-why = { $category }: { $why }
check-param = setting { $id }: { $label } ({ $takes })
params-of = Settings of { $app }, each given as --param ID=VALUE:
param-number = from { $min } to { $max }, initially { $initial }
param-toggle = true or false, initially { $initial }
param-choice = one of { $choices }; initially { $initial }
param-date = a date such as 2027-01-31
params-unknown = its settings cannot be listed: { $why }
uninstalled = The app "{ $app }" { $version } is uninstalled: it no longer runs for anybody.
uninstalled-grants = Its grants stay, and take effect again if this same component is installed again; "mesinfos revoke" ends them.
nobody-yet = There are no people yet.
no-apps-yet = No app is installed.
no-grants-yet = No grant has been given yet.
no-grant-in-force = No grant is in force; --all shows past ones.
no-imports-yet = No file has been imported yet.
no-receipts-yet = No app has been run yet.
no-documents-yet = No document is kept.
no-rows = No rows.
rows-shown = { $shown ->
    [one] { $shown } row shown of { $total }; for the others: --limit N (0 for all) or --period.
   *[other] { $shown } rows shown of { $total }; for the others: --limit N (0 for all) or --period.
}
undated-left-out = { $count ->
    [one] { $count } row without a date is left out: --undated shows it.
   *[other] { $count } rows without a date are left out: --undated shows them.
}
nothing-in-the-vault = The vault is empty.
no-tokens-yet = There are no tokens.
category-there = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
undated = without a date
some-undated = { $rows }, { $undated } undated
new-person = A vault was created for { $person }, who had none.
others-there = Also here: { $names }.
import-line = import { $import }: { $file } ({ $format })
import-undone = { $line }, undone
rejects-written = { $rows ->
    [one] { $rows } rejected row written to { $path }.
   *[other] { $rows } rejected rows written to { $path }.
}
no-rejects = No row was rejected: { $path } contains only a header.
new-person-dry-run = A vault would be created for { $person }, who has none.
rejects-have-them = To write all rejected rows to a file: --rejects FILE.
receipt-line = { $id }: { $app }, { $at }: { $outcome }. { $reads }
receipt-read = { $rows ->
    [one] { $category }, { $rows } row
   *[other] { $category }, { $rows } rows
}
receipt-read-all = Read: { $reads }.
receipt-read-nothing = Nothing was read.
replay-identical = identical: "{ $app }" gives the same result from the same data
replay-different = different: { $what }
log-head = head of the log: { $head }
keep-head = Keep it elsewhere; to verify later: { $command }
log-whole = { $entries ->
    [one] { $entries } entry (0 to { $last }), not changed; head { $head }
   *[other] { $entries } entries (0 to { $last }), none changed; head { $head }
}
keep-head-next-time = A log that has lost its end looks complete: keep the head elsewhere, and give it with --head next time.
erased = { $person }: the keys are destroyed and the files deleted.
backups-before = Earlier backups may no longer open for some other people: make a new one with "mesinfos backup", and delete the old ones.
log-closed = The log is closed at head { $head }.
api-at = API: http://{ $address }/api ("mesinfos token create" creates a token for it)
wall = wall "{ $wall }": { $there }
backed-up = { $path }: { $people }, { $records }, { $chunks }.
people-there = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
records-there = { $count ->
    [one] { $count } record
   *[other] { $count } records
}
chunks-there = { $count ->
    [one] { $count } chunk
   *[other] { $count } chunks
}
backup-has-no-keys = The backup is sealed and contains no keys: back up the folders keys/ and doors/ of the data folder separately.
backup-after-erasure = After each erasure, the backup no longer opens for some people: make another one then, and delete this one.
vaults-open = { $people ->
    [one] The vault of { $people } person opens.
   *[other] The vaults of { $people } people open.
}
vaults-closed = { $people ->
    [one] The vault of { $people } person does not open: they were erased since, or share a key with somebody who was.
   *[other] The vaults of { $people } people do not open: they were erased since, or share a key with somebody who was.
}
nothing-of-them = None of their data was restored. A backup made after the erasure holds the vaults of those who were not erased.
no-vault-opens = No vault opens. To try another backup, move { $path } away first.
backup-of = The backup was made on { $at }.
backup-is-old = Later changes are missing: imports undone since are back, and imports made since are gone.
grants-paused = { $grants ->
    [one] { $grants } grant was in force then, and is paused now, because it may have been withdrawn since. "mesinfos resume APP --person NAME" resumes it, if that person wants it.
   *[other] { $grants } grants were in force then, and are paused now, because they may have been withdrawn since. "mesinfos resume APP --person NAME" resumes one, if that person wants it.
}
apps-suspended = { $apps ->
    [one] { $apps } app is suspended now, because it may have been stopped since. If it is still good, this resumes it:
   *[other] { $apps } apps are suspended now, because they may have been stopped since. For each that is still good:
}
resume-app = { $app } { $version }: mesinfos review resume { $component }
suspended-by-restore = The server was restored from a backup. The operator checks each app before it runs again.
apps-without-component = { $apps ->
    [one] { $apps } app has no component: put the folder apps/ back, or install the app again.
   *[other] { $apps } apps have no component: put the folder apps/ back, or install them again.
}
health-good = good
health-remark = note
health-wrong = WRONG
health-unknown = unknown
pages-at = pages at { $url }
operator-at = account of the operator: { $url } (valid once, within { $minutes } minutes; "mesinfos open" prints another)
token-once = { $token }: this secret is shown only once and stored nowhere. To revoke the token: { $command }
token = { $name } ({ $scope }, until { $until })
token-for-everything = everything, for everybody
token-for-metrics = the metrics of the server
token-for-account = versions of the apps of an account of the web app
token-for-publishing = versions of the apps of { $developer }
token-for-deposits = { $count ->
    [one] deposits for { $count } person
   *[other] deposits for { $count } people
}
token-for-deposits-and-new = { $count ->
    [one] deposits for { $count } person, vault created if needed
   *[other] deposits for { $count } people, vaults created if needed
}
people-not-checked = A server has the data folder open: it was not checked whether these people have a vault.
token-for-nobody = { $nobody } Until a vault of that name exists, this token cannot deposit anything in it; with --new, the first file creates the vault.
token-revoked = Token { $id } is revoked: it no longer works.
token-not-shown = The secret of the token could not be shown, so token { $id } was revoked. Create another one where its secret can be read.
stdout-refused = The output could not be written: { $why }.

## What to type after an error

hint-chmod = chmod 700 { $path }
hint-move-away = if you mean it: mv { $path } { $path }.old
hint-put-keys-back = put the keys/ folder of the original data folder there
hint-restore = "mesinfos restore --from FILE" starts again from a backup; without one, move keys/ away to start empty
hint-restore-again = "mesinfos restore --from FILE" starts again from a backup; without one, to start empty, remove { $path } and move keys/ away
hint-doctor = "mesinfos doctor --deep" says whose they are
mend-make-or-restore = "mesinfos import" creates one, "mesinfos restore" restores one
mend-be-the-owner = run this as the owner of the folder
mend-keys = put the folder keys/ back as it was; without it, the data in the store is lost
mend-disk = check the disk: df shows the free space
mend-room = free at least { $size } of space
mend-machine = use a Linux system with Landlock, seccomp and user namespaces, outside a container that forbids them
mend-ask-the-server = a server has it open: query /readyz of that server, or stop it to check everything
mend-program = use the version of mesinfos that wrote it, or a later one
mend-restore = keep a copy of the folder, and restore the last backup with "mesinfos restore"
mend-not-by-hand = restore a backup with "mesinfos restore", not by hand
mend-remove = once the store is in order: rm -r { $path }
mend-writable = make the disk writable: "mount" says how it is mounted
mend-clock = set the clock, and keep it synchronised with NTP
mend-erasures = "mesinfos serve" finishes them when it starts; if it does not, its messages say why
mend-logs = "mesinfos audit verify --person NAME" says where; until that is resolved, run no app for these people
mend-apps = install each of these apps again from its file (mesinfos install); grants and data stay as they are
hint-in-use = "mesinfos serve" or "mesinfos demo" has it open: stop it (Ctrl+C), then try again
hint-backup = give the file that "mesinfos backup" wrote
hint-first = "mesinfos import" creates it; --data names another folder
hint-rust = install Rust with rustup (https://rustup.rs), or on Debian with "apt-get install cargo gcc"
hint-receipts = "mesinfos receipts" lists them
hint-imports = "mesinfos imports" lists them
hint-verify = "mesinfos audit verify" checks everything
map-no-table = "{ $path }" is no table with a column of dates and one of numbers
map-column = column { $column }: { $name }
map-holder = to complete: "holder", the name of the data holder
map-date = to check: "date"; several columns have dates
map-date-order = to check: "date-order" (day-first, month-first, year-first); nothing in the table tells
map-sign = to check: "value"; signs do not tell which way money goes: "spent" instead of "signed" if money that goes out is positive
map-decimal = to check: "decimal" (comma, point); some numbers can be read either way
map-currency = to check: "currency"; the table does not tell it
map-unit = to check: "unit" (wh, kwh, litre, cubic-metre); the table does not tell it
map-every = to check: "every", the time of a reading (quarter-hour, half-hour, hour, day, month)
map-value = to check: "value"; several columns have numbers
map-direction = to check: "out", the word of money that goes out
map-next = next: mesinfos import --map ANSWERS.json --person WHO FILE
map-bad = "{ $path }" is not a mapping: correct line { $line }, character { $column }
hint-formats = "mesinfos formats" lists the known formats; "mesinfos map FILE" looks at a table; --document keeps any file unchanged
hint-table = this is a table with { $columns } columns ({ $names }), of a layout that is not known here; if it has movements, purchases or readings, "mesinfos map { $path }" prepares the answers with which it can be read, and --document keeps it unchanged
hint-bank-table = this is a table with { $columns } columns ({ $names }) that looks like a bank's export; no bank that is known here has these columns, but "mesinfos map { $path }" prepares the answers with which it can be read
hint-token-list = "mesinfos token list" lists them
hint-build = "mesinfos build" builds a component that includes mesinfos.toml
hint-new-publisher = if you know that the publisher changed, say so: --new-publisher
hint-component = "mesinfos apps" shows the installed component; --component names another
hint-notice = "mesinfos notice" shows what the app asks for now
hint-install = "mesinfos install APP.wasm" installs one
hint-grant = mesinfos grant { $app } --person { $person }{ $options }
hint-resume = mesinfos resume { $app } --person { $person }
hint-grants = "mesinfos grants" lists them; --all adds those no longer in force
hint-beyond = "mesinfos grants --person { $person }" shows what the grant gives, and "mesinfos people --person { $person }" what the vault holds
hint-narrow = --period, --fields, --granularity, --holders and --without narrow it; --drop removes a category
hint-nothing-given = "mesinfos revoke" withdraws the whole grant
hint-dictionary = "mesinfos dictionary { $category }" says what the category holds
hint-of-one = these options apply to all named categories; for only one: mesinfos grant { $app } --person { $person }, then mesinfos narrow { $app } --person { $person } --category { $category } with these options
hint-one-category = these options apply to all given categories; name the one you mean: --category { $category }
hint-isolation = --isolation in-process does without them, with one layer of isolation less around apps
hint-documents = "mesinfos documents" lists them
hint-token-name = give it a name: --name "EDF"
hint-token-people = name each of them with --person NAME
hint-token-revoke = "mesinfos token list" shows them, and "mesinfos token revoke" revokes one
hint-token-days = write it as --expires 30d, and at most { $most }d
hint-serve = "mesinfos serve" starts one
hint-port = is another server running? --port chooses another
hint-listen = Give it: --listen 192.168.1.5
hint-personas = "mesinfos personas" shows them
hint-apps = "cargo xtask apps" builds some
hint-rows = "mesinfos rows" shows rows with their ids
hint-people = "mesinfos people" lists the people

## A command line that was not understood

unknown-option = "{ $found }" is not an option of this command.
unknown-verb = "{ $found }" is not a command of mesinfos.
no-verb = A command is expected.
missing = Missing: { $what }.
bad-value = "{ $found }" is not valid for { $option }. Choose from: { $known }.
bad-value-of = "{ $found }" is not valid for { $option }.
no-value = { $option } needs a value.
together = { $option } and { $other } cannot be used together.
twice = { $option } can be given only once.
not-expected = "{ $found }" was not expected here.
not-text = An argument is not text in UTF-8.
did-you-mean = Did you mean { $close }?
see-help = For more: { $command } --help

## Help

help-usage = Usage: { $usage }
help-commands = Commands
help-heading = { $heading }:
help-default = { $help } (default: { $value })
help-values = { $help }. One of: { $values }

## A store on PostgreSQL

store-not-for-this = This command does not use a store outside the data folder: leave out --store.
store-not-named = No store is named.
store-not-an-address = This is not the address of a store. An example: postgres://mesinfos@pg1,pg2/mesinfos?sslrootcert=/etc/mesinfos/ca.pem
store-holds-password = The address of the store contains a password: other users of this machine can read it. Nothing was opened.
store-no-host = The address of the store names no server.
store-unknown-option = The address of the store has no option "{ $name }".
store-weak-mode = With sslmode={ $mode }, the server is not checked: leave the option out.
store-not-encrypted = sslmode=disable is for servers of this machine only, and { $host } is none.
store-no-authority = The address of the store lacks sslrootcert: the file with the certificate authority of the server.
store-bad-authority = { $path } contains no usable certificate.
store-unreachable = No server of the store takes writes ({ $why }).
store-busy = All connections to the store are in use. Try again later.
store-old-server = The server is PostgreSQL { $found }; { $oldest } or later is needed.
store-not-there = The database contains no store.
store-older = The store has format { $found }, and this program needs { $known }. Nothing was read or written.
store-newer = The store has format { $found }, and this program knows { $known }: a newer program is needed. Nothing was read or written.
store-closed = The operator has closed the store.
store-refused = The server of the store refused: { $why }.
store-created = The store was created.
store-was-there = The store was there already; nothing was changed.
store-server = PostgreSQL { $server }, format { $format }
store-is-open = The store is open.
store-is-read-only = The store is open for reading only.
store-is-closed = The store is closed.
store-not-durable = fsync or full_page_writes is off: a power cut can destroy the store.
store-no-checksums = The server writes no checksums: damage on its disk is noticed late.
store-no-standby = The server waits for no standby: what it acknowledged last is lost with its disk.
store-slots-elsewhere = Some people are on another server, or are being moved.
hint-store-init = "mesinfos store init" with the same --store creates it
hint-store-named = name it: --store postgres://…
hint-store-password = put the password into a file that only you can read, and name it: --store-password FILE
