# La liste des applications.

title = Que voulez-vous savoir ?
crumb = Applications
lead = { $apps ->
    [one] Une application, rangée par besoin. Rien n’est lu tant que vous ne l’avez pas décidé.
   *[other] { $apps } applications, rangées par besoin. Rien n’est lu tant que vous ne l’avez pas décidé.
}
search = Chercher
search-hint = chauffage, mutuelle…
all = Toutes les applications
all-of = Toutes, { $apps }
ready = J’ai tout ce qu’il faut, { $apps }
how-checked = Comment c’est vérifié
none = Aucune application n’est installée ici
none-why = La personne qui gère ce serveur peut en installer.
not-found = Aucune application ne répond à ces mots
not-found-why = Essayez un mot plus court, ou regardez-les toutes.
have = { $of ->
    [one] { $have ->
        [0] vous n’avez pas encore les données qu’elle lit
       *[other] vous avez les données qu’elle lit
    }
   *[other] vous avez { $have } des { $of } sortes de données qu’elle lit
}
by = auteur :
granted = accord en cours
paused = accord en pause
changed = attend votre réponse : elle a changé
rounded = d’après des montants arrondis : chiffre approximatif
keeps-nothing = Ne garde rien · vérifié
same-sign = Toutes ces applications portent le même signe
same-sign-why = Il n’est pas déclaré par leurs auteurs : il est calculé sur leur programme. La page de chaque application en donne la preuve.
refused = Vous avez refusé la demande de « { $app } » : elle ne lit rien de nouveau.
refused-stands = Vous avez refusé ce que « { $app } » demande maintenant. L’accord que vous lui aviez déjà donné reste.
erased = Le résultat est effacé. Son reçu reste dans votre journal.
