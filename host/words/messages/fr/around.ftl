# Autour de ce qu’une application montre.

result-of = Résultat de { $app }
labelled = { $label } : { $rest }
saving = { $amount } par an
out-of = { $value } sur { $target }
