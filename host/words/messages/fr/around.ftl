# Autour de ce qu’une application montre.

result-of = Résultat : { $app }
labelled = { $label } : { $rest }
saving = { $amount } par an
out-of = { $value } sur { $target }
and-carbon = et { $amount }
more-rows = { $rows ->
    [one] La ligne suivante
   *[other] Les { $rows } lignes suivantes
}
continued = { $title }, suite
in-unit = { $title }, en { $unit }
only-unit = En { $unit }
from-to = de { $min } à { $max }
