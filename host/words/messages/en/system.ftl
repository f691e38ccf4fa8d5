# Answers of the operating system: a part of a sentence.

not-found = the file or folder does not exist
denied = access is denied
exists = a file of that name already exists
full = there is no space left on the disk
read-only = the disk is read-only
is-a-directory = it is a folder, not a file
not-a-directory = it is not a folder
in-use = the address is already in use
other = "{ $why }"
