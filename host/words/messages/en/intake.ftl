# Reading of holders' files.

unrecognised = "{ $file }" matches none of the { $formats } known formats; none of it was imported.
malformed = "{ $file }" cannot be read: { $reason }. None of it was imported.
malformed-at = "{ $file }", { $at }: { $reason }. None of it was imported.
too-large = "{ $file }" exceeds what can be read: { $what }, at most { $limit }. None of it was imported.
exhausted = Reading "{ $file }" took too much memory or time; none of it was kept. Is the file complete, and as you received it? A large archive can be unpacked and imported in parts.
incredible = "{ $file }" cannot be read: the program reading it gave an impossible answer, as if the file had taken control of it. None of it was kept.
unreadable = "{ $file }" cannot be read: { $why }.
line = line { $number }
entry = entry { $number }
rest = the rest of the file cannot be read: { $reason }
whole-file = the file cannot be read: { $reason }
whole-file-at = the file cannot be read, { $at }: { $reason }

## Quantities over their limit

excess-file = the size of the file
excess-record = the size of a single record
excess-cells = the number of cells in a line
excess-values = the number of values in an entry
excess-nesting = the nesting of elements
excess-element = an element with all its contents
excess-attributes = the number of attributes of an element
excess-files = the number of files in the archive
excess-file-list = the list of its files
excess-unpacked = a file once unpacked
excess-workbook-part = a part of the workbook once unpacked
excess-workbook = the workbook once unpacked
excess-workbook-texts = the number of texts in the workbook
excess-pages = the number of pages in the history
excess-registers = the number of registers in the file
excess-resources = the number of resources in the feed
excess-address = an address in the feed
excess-addresses = the addresses in the feed
excess-changes = the number of corrected, deleted and noted rows in the archive
excess-withheld = what the archive says that you show to no app
no-such-day = there is no day "{ $text }"

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
