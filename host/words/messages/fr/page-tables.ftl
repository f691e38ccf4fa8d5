# L’assistant pour les tableaux que nous ne connaissons pas.

found = C’est un tableau de { $columns } colonnes, d’un modèle que nous ne connaissons pas. Si ce sont des opérations bancaires, des achats ou des relevés, dites ce que contient chaque colonne ; sinon, gardez-le tel quel.
found-why = Rien n’est rangé tant que vous n’avez pas vu le résultat. Le fichier attend une heure, chiffré, puis disparaît.
say = Dire ce que contient chaque colonne
title = Les colonnes de « { $file } »
crumb = Votre tableau
plain = Les colonnes sont comprises. Il reste à dire d’où vient le fichier, et la devise s’il ne la dit pas.
lead = { $rows ->
    [one] { $columns } colonnes, { $rows } ligne.
   *[other] { $columns } colonnes, { $rows } lignes.
    } Vérifiez ce que nous avons compris, et complétez le reste.
missing = À compléter ou à corriger :
what = Ce que contient ce tableau
rows = Les lignes sont…
bank = des opérations bancaires
purchase = des achats
electricity = des relevés d’électricité
gas = des relevés de gaz
water = des relevés d’eau
holder = D’où vient ce fichier
holder-why = Le nom de la banque, du commerce ou du fournisseur, tel que vous l’appelez.
columns = Les colonnes
columns-why = Voici les premières lignes. Dites ce qu’est chaque colonne utile ; les autres sont laissées de côté.
column = Colonne { $column }
for-example = par exemple : { $value }
table = Premières lignes du fichier
role-nothing = (laisser de côté)
role-date = Date
role-time = Heure
role-label = Libellé
role-amount = Montant
role-out = Dépenses (débit)
role-in = Rentrées (crédit)
role-direction = Sens (débit ou crédit)
role-currency = Devise
role-account = Compte ou compteur
role-consumed = Consommation
role-register = Index du compteur
how = Comment le lire
how-why = Ce que le fichier ne dit pas clairement est laissé vide : à vous de le dire.
choose = (à choisir)
date-order = Ordre des dates
day-first = jour, mois, année (31/12/2025)
month-first = mois, jour, année (12/31/2025)
year-first = année, mois, jour (2025-12-31)
decimal = Décimales
comma = après une virgule (1 234,50)
point = après un point (1,234.50)
of-money = Pour des montants
sign = Une dépense est écrite
signed = avec un signe moins (−12,50)
spent = sans signe (12,50) ; un remboursement a le signe moins
out = Mot qui désigne une dépense
out-why = S’il y a une colonne « Sens » : par exemple D, Débit.
currency = Devise
currency-why = Trois lettres, comme EUR, s’il n’y a pas de colonne « Devise ».
of-readings = Pour des relevés
unit = Unité
litre = litres
every = Un relevé couvre
quarter-hour = un quart d’heure
half-hour = une demi-heure
hour = une heure
day = un jour
month = un mois
keep = Se souvenir de ces réponses pour les prochains fichiers qui ont les mêmes colonnes
keep-none = Ce fichier n’a pas de noms de colonnes : le prochain ne pourra pas être reconnu, et les mêmes questions vous seront posées.
look = Voir le résultat
nothing-yet = Ce fichier attend ici une heure au plus, chiffré. Sans votre accord, rien n’en reste.
none-of-these = Ce tableau contient autre chose ?
none-of-these-why = Gardez-le tel quel parmi vos documents : vous le retrouverez, et aucune application ne pourra lire son contenu.
preview = Ce qui serait rangé
would-add = { $rows ->
    [0] Aucune ligne nouvelle.
    [one] { $rows } ligne nouvelle.
   *[other] { $rows } lignes nouvelles.
}
would-correct = { $rows ->
    [one] { $rows } ligne corrigée.
   *[other] { $rows } lignes corrigées.
}
would-know = { $rows ->
    [one] { $rows } ligne déjà là.
   *[other] { $rows } lignes déjà là.
}
would-reject = { $rows ->
    [one] { $rows } ligne ne se lit pas et serait écartée.
   *[other] { $rows } lignes ne se lisent pas et seraient écartées.
}
first = Premières lignes, telles qu’elles seraient rangées
add = Ranger ces lignes
leave = Ne rien ranger
no-holder = d’où vient ce fichier
no-date = la colonne de la date
date-twice = la date : une seule colonne, pas deux
no-amount = le montant : une colonne « Montant », ou « Dépenses » et « Rentrées » ensemble
no-reading = la consommation, ou l’index du compteur, mais pas les deux
twice = une même sorte de colonne choisie deux fois : seul « Libellé » peut l’être
no-date-order = l’ordre des dates
no-sign = la façon d’écrire une dépense
no-direction = le mot qui désigne une dépense
no-decimal = la virgule ou le point des décimales
no-currency = la devise, en trois lettres, comme EUR
no-unit = l’unité : Wh ou kWh (électricité) ; Wh, kWh, litres ou m³ (gaz) ; litres ou m³ (eau)
no-every = la durée que couvre un relevé
too-many-labels = trop de colonnes « Libellé » : quatre au plus
kept-title = Vos tableaux
kept-lead = Ce que vous avez dit des colonnes de ces fichiers. Le prochain qui a les mêmes colonnes est lu de la même façon, sans rien vous demander.
kept-none = Aucun tableau
kept-none-why = Si un fichier n’est pas reconnu mais que c’est un tableau, vous pourrez dire ce que sont ses colonnes ; vos réponses seront gardées ici.
kept-used = Ce tableau a été lu selon vos réponses sur ses colonnes.
kept-see = Voir ou oublier ces réponses
forget = Oublier
