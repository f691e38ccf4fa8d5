# Textes des pages des versions : les applications d’un développeur, la relecture de l’exploitant, et ce qui est dit aux testeurs.

claim = Preuve que l’identifiant est le vôtre
claim-why = « { $app } » n’est encore à personne ici. La commande ci-dessous, lancée là où se trouve votre clé, donne une ligne : collez-la ici. Elle ne vaut que pour votre compte, sur ce serveur.
not-a-claim = Ce n’est pas une ligne que donne `mesinfos keys claim`. Rien n’a été envoyé.
title = Mes applications
lead = Déposez un composant et voyez tout de suite ce que verront les gens. Un brouillon ne s’exécute pour personne tant qu’il n’est pas publié.
drop = Un composant (.wasm)
drop-why = fait par « mesinfos build », qui le signe avec votre clé
check = Le vérifier
none = Pas encore d’application
none-why = Vos brouillons et vos versions publiées seront ici.
drafts = Brouillons
terminal = Publier depuis un terminal
terminal-why = « mesinfos publish » envoie une version sous votre compte avec un jeton. Vous pouvez en avoir quatre ; un de plus met fin au plus ancien. Qui a un jeton peut envoyer des versions en votre nom, et rien d’autre.
token-name = Où servira-t-il ?
new-token = Créer un jeton
token-until = jusqu’au { $at }
token-over = expiré le { $at }
end-token = Y mettre fin
token-title = Votre jeton
token-once = Il n’est montré qu’une fois. Il vaut { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}, tant que vous gardez votre compte et n’y mettez pas fin.
token-how = Mettez-le dans un fichier que personne d’autre ne peut lire, « mesinfos.token », puis :
refused-title = Ce composant est refusé
refused-lead = Rien n’en a été gardé. Voici tout ce qui s’y oppose.
again = En déposer un autre
checked = Ce que nous avons vérifié
program = Programme
reads = Ce qu’elle lit
reads-of = { $categories } ({ $fields ->
    [one] { $fields } champ
   *[other] { $fields } champs
}), et rien d’autre
reads-nothing = rien
english = Textes en anglais
english-missing = { $missing ->
    [0] complets
    [one] il manque { $missing } texte : on lirait celui en français
   *[other] il manque { $missing } textes : on lirait ceux en français
}
signature = Signature
signed-by = par la clé { $key }
not-signed = aucune
component = Composant (SHA-256) :
people-see = Ce que verront les gens
author-says = « { $why } », dit l’auteur
keeps-nothing = Ne garde rien · vérifié
works-refused = Marche même si vous refusez
to-do = Ce que vous pouvez faire
sign-first = Elle n’est pas signée, et ne peut donc pas être soumise. « mesinfos keys new » crée une clé ; « mesinfos build » signe ensuite.
submit-why = Elle est d’abord essayée sur chaque vie d’exemple. Son identifiant appartient alors à vous et à votre clé ; son nom, son éditeur et sa clé figurent pour toujours dans le registre public.
submit = Soumettre à relecture
try = L’essayer sur les vies d’exemple
delete = Supprimer le brouillon
take-back = La reprendre
withdraw = Retirer définitivement
withdraw-reason = Pourquoi elle est retirée : des personnes le liront
history = Ce qui s’est passé
by-developer = son auteur
by-operator = l’exploitant
uploaded = Déposée
submitted = Soumise
taken-back = Reprise
returned = Rendue, à modifier
published = Publiée
was-installed = Installée sans relecture
suspended = Suspendue
resumed = Autorisée à reprendre
yanked = Retirée définitivement
uninstalled = Désinstallée
key-changed = Passée à une nouvelle clé
no-lives = Ce serveur n’a pas de vie d’exemple sur laquelle l’essayer.
tried-title = Sur les vies d’exemple
tried = { $subsets ->
    [one] Tout étant donné
   *[other] { $subsets } choix de ce qui est refusé
} × { $people } vies : { $runs } calculs.
tried-part = Il y a trop de catégories facultatives pour essayer chaque choix : chacune seule, chaque paire, toutes sauf une, et toutes ont été essayées.
never-fails = Elle n’échoue jamais
fails = Elle échoue, et des personnes le verraient :
fails-for = { $person } : { $outcome }
fails-without = { $person }, sans { $refused } : { $outcome }
profits = À qui elle profite
profits-why = Une année de banque, d’énergie et de téléphone de { $people } personnes inventées, qui ont tout accordé. Ce qui diffère n’est pas toujours injuste ; c’est à regarder avant de publier.
profits-nobody = Aucune des { $people } personnes inventées n’a de résultat : elles n’ont que des données de banque, d’énergie et de téléphone.
profits-group = Groupe
profits-people = Personnes
profits-shown = Avec un résultat
profits-saving = Avec une économie
profits-each = Économie par personne et par an
profits-all = Toutes
profits-of = { $group ->
    [age-18-29] Moins de 30 ans
    [age-30-49] De 30 à 49 ans
    [age-50-64] De 50 à 64 ans
    [age-65] 65 ans et plus
    [income-1-low] Revenu bas
    [income-2-middle] Revenu moyen
    [income-3-high] Revenu élevé
    [electric] Chauffage électrique
    [gas] Chauffage au gaz
    [by-the-minute] Forfait de téléphone limité
   *[other] Forfait de téléphone illimité
}
profits-behind = nettement moins
profits-rule = « Nettement moins » : moins des quatre cinquièmes de la part d’un autre groupe de même sorte, parmi quatre personnes au moins. Revenu bas ou élevé : en dessous ou au-dessus de ce qui sépare les trois premiers ou derniers dixièmes des Français, selon l’INSEE.
views = Ce qu’elle dit pour chaque vie
no-view = pas de vue
same-view = comme avant
other-view = avant :
review-title = Applications à relire
review-lead = Les versions que soumettent les développeurs, et celles qui s’exécutent ici. Vous voyez ce qui change, jamais une vraie ligne.
waiting = En attente de relecture
nothing-waits = Rien n’attend
nothing-waits-why = Les versions soumises seront ici.
installed = Installées
changes = Ce qui change depuis { $version }
no-change = Elle demande et dit exactement la même chose, dans les deux langues. Son code, lui, a changé : essayez-la sur les vies d’exemple.
says = Ce qu’elle dit aux gens
in-french = { $what } (en français)
in-english = { $what } (en anglais)
no-text = pas de texte : le français sert
sign-of = Icône
undated = Lignes sans date
asked = demandées
not-asked = non demandées
new = Nouveau
gone = Disparu
name = Nom
summary = Résumé
publisher = Éditeur
purpose = Finalité
licence = Licence
why = raison
need = besoin
period = période
months = { $months ->
    [one] le dernier mois
   *[other] les { $months } derniers mois
}
whole-past = tout le passé
optional = facultatif
required = indispensable
publish = Publier
return = Rendre à son auteur
return-reason = Ce qu’il faut changer : son auteur le lira
suspend = Suspendre tout de suite, pour tout le monde
suspend-reason = Pourquoi elle est suspendue : des personnes le liront
resume = La laisser reprendre
stopped = Arrêtée
stopped-app = { $app } a été arrêtée pour tout le monde
stopped-now = Suspendue par l’exploitant le { $at }. Elle ne s’exécute pour personne tant que la suspension dure.
stopped-for-good = Retirée définitivement le { $at }. Elle ne s’exécute plus pour personne.
stopped-reason = La raison : { $reason }
stopped-why = Rien n’est lu. Vos réponses restent ce qu’elles sont, et vos résultats restent à vous.
see-journal = Voir votre journal
