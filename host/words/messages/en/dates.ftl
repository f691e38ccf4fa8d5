# Around dates.

at = { $day }, { $time }
between = { $first } to { $last }
since = from { $first } on
until = up to { $last }
all-days = all dates
