# Le journal.

title = Qui a lu quoi
lead = Tout ce qui est entré dans votre coffre, et tout ce qui y a été lu. Aucune entrée n’en est retirée ni changée, pas même par nous ; seul l’effacement de tout votre compte l’emporte avec le reste.
verify = Vérifier le journal
take = Emporter
verified = { $entries ->
    [one] Journal vérifié : { $entries } entrée, aucune ne manque
   *[other] Journal vérifié : { $entries } entrées, aucune ne manque
}
real-dates = Ce que vous faites dans cette vie d’exemple porte la date du jour réel.
head = Fin du journal :
running = Accords en cours
count = { $grants ->
    [0] aucun
    [one] { $grants } accord
   *[other] { $grants } accords
}
no-grant = Aucune application ne peut rien lire.
see-apps = Voir les applications
may-read = peut lire : { $categories }
since = depuis le { $since }, jusqu’à ce que vous l’arrêtiez
since-until = depuis le { $since }, jusqu’au { $until }
has-changed = a changé : elle ne peut rien lire avant votre réponse
answer = Répondre
is-paused = en pause
is-paused-by-restore = en pause depuis une restauration du serveur : si vous l’aviez arrêtée depuis, arrêtez-la de nouveau
pause = Mettre en pause
resume = Reprendre
stop = Arrêter
stopped = « { $app } » ne peut plus rien lire
stopped-why = Votre accord est retiré, et ce qui était enregistré de ses résultats est effacé. Redonner le même accord ne le ramène pas : l’application calcule de nouveau. Elle-même n’avait rien gardé.
give-again = Redonner le même accord
stop-why = Arrêter efface le résultat enregistré de l’application. Elle-même n’a rien gardé : il n’y a rien à reprendre.
weeks = Huit semaines
weeks-title = Lectures et essais de chaque semaine
weeks-most = { $reads ->
    [one] La semaine la plus lue commence le { $week } : une lecture.
   *[other] La semaine la plus lue commence le { $week } : { $reads } lectures.
}
other-domains = Autres
day-by-day = Jour après jour
kinds = Sortes
kind-all = Tout
kind-reads = Lectures
kind-arrivals = Arrivées
kind-grants = Accords
kind-account = Connexions
nothing = Rien à montrer ici
nothing-why = Ce qui arrive dans votre coffre et ce qui y est lu s’écrit ici.
older = Plus ancien
trial = essai
trials = { $times } essais, le dernier à l’heure dite
receipt = voir le reçu
notice = ce qui vous a été dit
arrived = « { $file } » est arrivé : { $counts }.
rows-deleted = Vous avez retiré { $rows } lignes ({ $category }).
rows-corrected = Vous avez corrigé { $rows } lignes ({ $category }).
rows-restored = { $rows } lignes sont de nouveau telles que l’organisme les a données ({ $category }).
rows-lifted = { $rows } lignes retirées pourront revenir ({ $category }).
rows-superseded = { $rows } lignes sont remplacées par celles d’un autre fichier : vous avez dit que ce sont les mêmes ({ $category }).
rows-added = Vous avez corrigé { $rows } lignes illisibles : elles sont ajoutées ({ $category }).
rows-hidden = Vous ne montrez plus { $rows } lignes à aucune application ({ $category }).
rows-shown = { $rows } lignes que vous ne montriez à aucune application peuvent de nouveau être données ({ $category }).
each-change = Voir chaque ligne
arrivals = { $files ->
    [one] { $files } fichier ajouté
   *[other] { $files } fichiers ajoutés
} : { $rows ->
    [one] { $rows } ligne nouvelle
   *[other] { $rows } lignes nouvelles
}.
each-file = Fichier par fichier
installed = { $app } a été installée.
began = { $app } a été lancée.
read = { $rows ->
    [one] { $app } a lu { $rows } ligne ({ $categories }).
   *[other] { $app } a lu { $rows } lignes ({ $categories }).
}
read-nothing = { $app } n’a rien lu.
details = Détails
