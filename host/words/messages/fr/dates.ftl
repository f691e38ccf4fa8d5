# Autour des dates.

at = { $day } à { $time }
at-utc = { $day } à { $time } (UTC)
between = du { $first } au { $last }
since = depuis le { $first }
until = jusqu’au { $last }
all-days = toutes les dates
