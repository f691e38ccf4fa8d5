# Answers of the operating system: a part of a sentence.

not-found = the file or folder does not exist
denied = access is denied
exists = a file of that name already exists
full = there is no space left on the disk
read-only = the disk is read-only
is-a-directory = it is a folder, not a file
not-a-directory = it is not a folder
in-use = the address is already in use
other = an unexpected error (technical detail: "{ $why }")
number = error { $number } of the system
broken-disk = the disk no longer reads or writes correctly
timed-out = no answer came in time
cut-off = the connection was cut
ends-early = the file ends too early
too-many-files = too many files are open
no-memory = there is not enough memory left
bad-name = this file name is not allowed
too-large = the file is too large
