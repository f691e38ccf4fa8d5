# What a look at a data folder and its machine has found.

no-folder = The folder { $path } is not there yet.
no-store-yet = There is no store yet: the first import makes it.
store-without-keys = There is a store, and there are no keys: nothing in it opens.
owners-alone = Only its owner may enter { $path }.
open-to-others = Others than its owner may enter { $path } (its mode is { $mode }).
folder-unseen = { $path } cannot be looked at: { $why }.
free = { $size } are free on the disk of { $path }.
free-unseen = The disk of { $path } does not say what is free: { $why }.
free-unknown = What is free on the disk is not looked at on this system.
wall-there = { $wall }: there.
wall-missing = { $wall }: missing.
network-namespace = network namespace
own-processes = Apps run in processes of their own.
one-process = Apps run in the process that has the keys, behind WebAssembly's wall alone. { $why }
store-opens = The store opens, and nobody else has it.
store-silent = The store does not answer.
keys-there = The keys are there, and are those of this store.
other-keys = The key file is not the one that was opened.
buckets-without-key = { $buckets ->
    [one] The key of { $buckets } bucket of people is gone: nobody in it opens.
   *[other] The keys of { $buckets } buckets of people are gone: nobody in them opens.
}
clocks-agree = The clocks of the store and of this machine agree.
clocks-apart = The clocks of the store and of this machine are two seconds or more apart.
erasures-done = Every erasure is finished.
erasures-open = { $erasures ->
    [one] { $erasures } erasure was begun and is not finished.
   *[other] { $erasures } erasures were begun and are not finished.
}
versions = mesinfos { $version }, vault format { $format }, engine { $engine }.
logs-whole = { $vaults ->
    [one] { $vaults } vault opens, and its audit log is whole.
   *[other] { $vaults } vaults open, and their audit logs are whole.
}
logs-broken = { $broken } of { $all } audit logs are not whole: { $some }.
vaults-closed = Not every vault opens. { $why }
