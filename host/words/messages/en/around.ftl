# Around what an app shows.

result-of = Result: { $app }
labelled = { $label }: { $rest }
saving = { $amount } a year
out-of = { $value } of { $target }
and-carbon = and { $amount }
more-rows = { $rows ->
    [one] The next row
   *[other] The next { $rows } rows
}
continued = { $title }, continued
in-unit = { $title }, in { $unit }
only-unit = In { $unit }
from-to = { $min } to { $max }
