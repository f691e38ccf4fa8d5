# The reading of holders' files.

unrecognised = "{ $file }" is in none of the { $formats } formats known here; nothing of it was imported.
malformed = "{ $file }" cannot be read: { $reason }. Nothing of it was imported.
malformed-at = "{ $file }", { $at }: { $reason }. Nothing of it was imported.
too-large = "{ $file }" is over what can be read: { $what }, at most { $limit }. Nothing of it was imported.
exhausted = Reading "{ $file }" took too much memory or time; nothing of it was kept. Is the file complete, and as you received it? A large archive can be unpacked and imported in parts.
incredible = "{ $file }" cannot be read: the program that was reading it gave an impossible answer, as if the file had taken it over. Nothing of it was kept.
unreadable = "{ $file }" cannot be read: { $why }.
line = line { $number }
entry = entry { $number }
rest = nothing from here on can be read: { $reason }
whole-file = the file cannot be read: { $reason }
whole-file-at = the file cannot be read, { $at }: { $reason }

## Of what there is too much

excess-file = the size of the file
excess-record = the size of a single record
excess-cells = the number of cells in a line
excess-values = the number of values in an entry
excess-nesting = the nesting of elements
excess-element = an element with all that is in it
excess-attributes = the number of attributes of an element
excess-files = the number of files in the archive
excess-file-list = the list of its files
excess-unpacked = a file once it is unpacked
excess-workbook-part = a part of the workbook once it is unpacked
excess-workbook = the workbook once it is unpacked
excess-workbook-texts = the number of texts in the workbook
excess-pages = the number of pages in the history
excess-registers = the number of registers in the file
excess-resources = the number of resources in the feed
excess-address = an address in the feed
excess-addresses = the addresses in the feed

## Sums over a file

total = { $field }: { $sum }
total-of = { $field }, { $of }: { $sum }
money-in = money in
money-out = money out
incoming = incoming
outgoing = outgoing
forwarded = forwarded
missed = missed
declined = declined
consumed = consumed
produced = produced
net-energy = net
both-ways = both ways
unknown-kind = of an unknown kind
messages = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
