# Around what an app shows.

result-of = Result of { $app }
labelled = { $label }: { $rest }
saving = { $amount } a year
out-of = { $value } of { $target }
