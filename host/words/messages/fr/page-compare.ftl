# La comparaison de deux résultats.

title = { $app } : deux résultats côte à côte
crumb = Comparer
lead = Les deux derniers résultats que vous avez gardés de cette application. Comparer ne lit rien de nouveau.
settings = Ce que vous aviez réglé
same-settings = Les réglages étaient les mêmes. Ce qui diffère vient de vos données, de leur date, ou de l’application.
setting = Réglage
figures = Les chiffres
no-figures = Ces résultats n’ont pas de chiffre à comparer.
figure = Chiffre
before = Avant
now = Après
difference = Différence
absent = absent
same = identique
other = autre
more = { $by } de plus
less-by = { $by } de moins
said = En une phrase
open-before = Ouvrir le premier
open-now = Ouvrir le second
settings-table = Tableau des réglages, avant et après
figures-table = Tableau des chiffres, avant et après
