# What a grant lets an app see, and the data dictionary.

grain-raw = exact
grain-rounded = rounded (unit of money, kilometre)
grain-rounded-short = rounded
grain-hourly = by the hour
grain-daily = by the day
grain-monthly = by the month

## A grant

whole-months = whole months only ({ $period })
wholly-within = what lies wholly within the period ({ $period })
with-undated = { $days }, with what has no date
without-undated = { $days }, without what has no date
only-of-holders = only from { $holders }
without-rows = without { $rows }
without-rows-and-more = { $more ->
    [one] without { $rows } and { $more } more row
   *[other] without { $rows } and { $more } more rows
}
fields = fields: { $fields }
no-fields = no field

## The dictionary

granularities = Granularities on offer: { $grains }
undated = Rows may have no date; where you give a period, they come only if you say so.
head-field = field
head-name = name
head-values = values
head-given = given
head-about = to know
values-date = date
values-instant = instant (UTC)
values-text = text
values-pseudonym = pseudonym
values-shown-in = { $stored }, shown in { $shown }
given-with-category = with the category
given-by-name = only if it is named
given-never = never
