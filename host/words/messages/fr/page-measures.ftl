# Ce que font les lignes d’une catégorie, mois par mois, et qui a pu les lire.

energy = Énergie relevée chaque mois
gas = Gaz relevé chaque mois
water = Eau relevée chaque mois
accounts = Argent passé sur vos comptes chaque mois, virements entre vos comptes compris
bills = Montant des factures de chaque mois
purchases = Montant des achats de chaque mois
care = Frais de soins de chaque mois
distance = Distance parcourue chaque mois
calls = Durée des appels de chaque mois
out = Sorties
in = Entrées
produced = { $energy } produite
amount = Montant
volume = Volume
duration = Durée
unknown-holder = Sans organisme indiqué
only-one = { $amount } en { $month }.
between = De { $least } à { $most } par mois ; le plus en { $month }.
one-of = { $what } : { $amount } par mois
between-of = { $what } : de { $least } à { $most } par mois
then = { $first } ; { $next }
months = { $ranges }.
left-out = { $rows ->
    [one] { $rows } ligne de ces mois n’est pas dans le dessin : elle n’a pas cette mesure, ou couvre plus d’un mois.
   *[other] { $rows } lignes de ces mois ne sont pas dans le dessin : elles n’ont pas cette mesure, ou couvrent plus d’un mois.
}
nobody = personne
on-trial = { $app }, à l’essai
