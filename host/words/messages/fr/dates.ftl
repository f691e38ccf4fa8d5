# Autour des dates.

at = { $day } à { $time }
between = du { $first } au { $last }
since = depuis le { $first }
until = jusqu’au { $last }
all-days = toutes les dates
