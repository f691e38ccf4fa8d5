# Errors of the store.

conflict = The record was changed in the meantime; nothing was written. Try again.
too-large = A record of { $size } is over the limit of { $most }; nothing was written.
in-use = The data folder is in use by another program; nothing was read or written.
damaged = The content of the data folder differs from what was written there ({ $why }). Restore it from a backup.
not-a-dump = This file is not a backup of mesinfos; nothing was written.
dump-cut-short = This backup is incomplete: the copy was cut short. Nothing was written.
dump-changed = This backup was changed after it was made. Nothing was written.
missing-chunk = Part of the data in the data folder is missing (chunk { $chunk }). Restore it from a backup.
closed = The operator has closed the store to changes for now; nothing was written. Try again later.
unavailable = The store does not answer ({ $why }); nothing was written. Try again later.
unknown = The store did not confirm a write ({ $why }): it may or may not have happened. Look at what is stored before you try again.
disk = The disk refused the operation: { $why }. Saved data is still there; try again once the disk is in order.
