# Les mots de la plateforme autour d’une vue.

limits = Ce que l’application n’a pas pu faire
how-computed = Comment c’est calculé
possible-saving = Économie possible
effort = Effort
confidence = Confiance
recommended = conseil
current-offer = aujourd’hui
yearly-cost = Coût par an
provider = Origine
criterion = Critère
offer = Offre
advised = Conseillée
cost-in-bars = Coût par an, en barres
pros = Pour
cons = Contre
disclosure = Liens de l’auteur avec ces offres
see-data = Voir les données
download = Télécharger ce tableau (CSV)
table = Tableau
pages-of-result = Pages du résultat
in-this-result = Dans ce résultat : { $parts } parties
only-you = visible de vous uniquement
trial = essai
per-year = par an
date = Date
name = Nom
value = Valeur
share = Part
total = Total
least = min.
most = max.
goal = objectif
nothing-to-show = Rien à montrer ici.
data-read = Données lues
no-data = aucune donnée
nothing-read = Aucune donnée n’a été lue.
receipt = Reçu
version = version
keeps-nothing = L’application n’a rien gardé de ces données.
noted = Ce que l’application a noté
noted-only-for-you = Personne d’autre que vous ne le voit ; ce n’est gardé nulle part.
settings = Réglages
recalculate = Recalculer
settings-stay = Ces réglages restent ici ; l’application ne les garde pas.
settings-refused = Un réglage ne convient pas ; rien n’a été calculé.
date-wanted = indiquez une date, par exemple 2024-05-31.
yes = oui
no = non

## Ce qu’un conseil demande

effort-one-click = un clic
effort-minutes = quelques minutes
effort-days = quelques jours
effort-works = des travaux

## À quel point l’application en est sûre

confidence-low = faible
confidence-medium = moyenne
confidence-high = élevée

## L’importance d’un avis

level-info = À savoir
level-success = Bonne nouvelle
level-warning = Attention
level-danger = Alerte

## Le sens d’un chiffre

direction-up = en hausse
direction-down = en baisse
direction-flat = stable
