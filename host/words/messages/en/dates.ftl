# Around dates.

at = { $day }, { $time }
at-utc = { $day }, { $time } UTC
between = { $first } to { $last }
since = from { $first } on
until = up to { $last }
all-days = all dates
