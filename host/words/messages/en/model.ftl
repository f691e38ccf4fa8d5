# What a grant lets an app see, and the data dictionary.

grain-raw = exact
grain-rounded = rounded (unit of money, kilometre)
grain-rounded-short = rounded
grain-hourly = by the hour
grain-daily = by the day
grain-monthly = by the month

## A grant

whole-months = whole months only ({ $period })
wholly-within = only what is entirely within the period ({ $period })
with-undated = { $days }, with undated rows
without-undated = { $days }, without undated rows
only-of-holders = only from { $holders }
without-rows = without { $rows }
without-rows-and-more = { $more ->
    [one] without { $rows } and { $more } more row
   *[other] without { $rows } and { $more } more rows
}
fields = fields: { $fields }
no-fields = no field

## The dictionary

granularities = Granularities: { $grains }
undated = Rows may have no date; if you give a period, they are included only if you say so.
head-field = field
head-name = name
head-values = values
head-given = given
head-about = notes
values-date = date
values-instant = instant (UTC)
values-text = text
values-pseudonym = pseudonym
values-shown-in = { $stored }, shown in { $shown }
given-with-category = with the category
given-by-name = only if named
given-never = never
