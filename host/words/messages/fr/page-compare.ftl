# La comparaison de deux résultats.

title = { $app } : deux résultats côte à côte
crumb = Comparer
lead = Les deux derniers résultats que vous avez gardés de cette application. Comparer ne lit rien de nouveau.
settings = D’où vient la différence
same-settings = Rien n’a changé : mêmes réglages, même autorisation, même application, même jour, mêmes données.
setting = Ce qui a changé
given = Votre autorisation
not-given = pas donné
data = Données lues : { $category }
rows = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}
same-rows = { $rows ->
    [one] { $rows } ligne, dont le contenu a changé
   *[other] { $rows } lignes, dont le contenu a changé
}
version = Version de l’application
day = Jour du calcul
parts = Les autres parties
other-part = différente
new-part = nouvelle
part-gone = n’y est plus
same-parts = Les graphiques et les tableaux sont les mêmes.
parts-why = Ouvrez les deux résultats, plus bas, pour les lire.
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
settings-table = Tableau de ce qui a changé, avant et après
figures-table = Tableau des chiffres, avant et après
