# Findings about a data folder and its machine.

no-folder = The folder { $path } does not exist yet.
no-store-yet = There is no store yet: the first import creates it.
store-without-keys = There is a store but no keys: nothing in it can be opened.
owners-alone = Only the owner may enter { $path }.
open-to-others = Users other than the owner may enter { $path } (its mode is { $mode }).
folder-unseen = { $path } cannot be checked: { $why }.
free = { $size } free on the disk of { $path }.
free-unseen = The free space on the disk of { $path } cannot be read: { $why }.
free-unknown = Free disk space is not checked on this system.
wall-there = { $wall }: available.
wall-missing = { $wall }: missing.
network-namespace = Network namespace
own-processes = Apps run in separate processes.
one-process = Apps run in the process that has the keys, isolated by WebAssembly alone. { $why }
store-opens = The store opens, and no other program has it open.
disk-read-only = The disk of { $path } can only be read: nothing can be imported or granted, and no app runs.
store-silent = The store does not answer.
keys-there = The keys are present and belong to this store.
other-keys = The key file is not the one that was opened.
buckets-without-key = { $buckets ->
    [one] The key of { $buckets } bucket of people is gone: none of their vaults opens.
   *[other] The keys of { $buckets } buckets of people are gone: none of their vaults opens.
}
clocks-agree = The clocks of the store and of this machine agree.
clocks-apart = The clocks of the store and of this machine differ by two seconds or more.
erasures-done = Every erasure is finished.
erasures-open = { $erasures ->
    [one] { $erasures } erasure was started and is not finished.
   *[other] { $erasures } erasures were started and are not finished.
}
versions = mesinfos { $version }, vault format { $format }, engine { $engine }.
logs-whole = { $vaults ->
    [one] { $vaults } vault opens, and its audit log is intact.
   *[other] { $vaults } vaults open, and their audit logs are intact.
}
logs-broken = Audit logs that are not intact: { $broken } of { $all } ({ $some }).
vaults-closed = Some vaults do not open. { $why }
rows-whole = { $chunks ->
    [one] { $chunks } sealed chunk of rows and documents opens.
   *[other] { $chunks } sealed chunks of rows and documents open.
}
rows-lost = { $person }: rows or documents are gone or were changed (sealed chunks missing: { $missing }, changed: { $changed }).
rows-unread = { $person }: the rows and documents could not be checked. { $why }
rows-lost-of-others = { $people ->
    [one] Rows or documents of { $people } other person are not intact.
   *[other] Rows or documents of { $people } other people are not intact.
}
apps-whole = { $apps ->
    [0] No app is installed.
    [one] The component of { $apps } installed app is there and unchanged.
   *[other] The components of { $apps } installed apps are there and unchanged.
}
apps-missing = The store lacks the component or has a changed one: { $some }.
apps-unseen = The installed apps could not be checked: { $why }
store-gone = The store is gone, but its keys are still there.
restore-unfinished = A restore was interrupted or is in progress: { $path } is incomplete, and there is no store.
restore-left = An interrupted restore left { $path } beside the store.
