# La page du consentement.

preview-only = Aperçu pour l’auteur de l’application, sur une personne d’exemple. Rien ici ne se donne ni ne s’enregistre.
wants = { $categories ->
    [one] { $app } veut lire une sorte de données pour { $purpose }
   *[other] { $app } veut lire { $categories } sortes de données pour { $purpose }
}
version = version { $version }
installed-on = installée ici le { $on }
none-required = Aucune n’est obligatoire : une au moins suffit. Rien n’est lu tant que vous n’avez pas choisi.
one-required = Elle en a besoin pour calculer. Rien n’est lu tant que vous n’avez pas choisi.
answered = Vous lui avez déjà répondu : votre accord est ci-dessous. Changer une case ne change rien tant que vous n’appuyez pas sur « Autoriser et lancer ».
some-required = { $categories ->
    [one] Une est nécessaire, les autres non. Rien n’est lu tant que vous n’avez pas choisi.
   *[other] { $categories } sont nécessaires. Rien n’est lu tant que vous n’avez pas choisi.
}
standing = Votre accord
standing-until = Vous lui avez donné un accord, jusqu’au { $at }.
standing-open = Vous lui avez donné un accord, jusqu’à ce que vous l’arrêtiez.
again-title = Vos choix d’avant sont repris
again-why = Ce sont ceux de l’accord que vous avez retiré. Rien n’est donné tant que vous n’avez pas appuyé sur « Autoriser et lancer ».
least = Avec moins de détail ({ $grain }), les chiffres principaux et toutes les parties du résultat restent ; d’autres chiffres peuvent changer un peu. C’est ce qui est proposé ; vous pouvez en décider autrement ci-dessous.
standing-paused = Votre accord est en pause : elle ne peut rien lire tant que vous ne l’avez pas repris.
standing-gives = Ce que vous lui donnez :
standing-without = Vous ne lui donnez pas : { $categories }. Elle ne le sait pas.
standing-form = Le formulaire plus bas part de cet accord. Si vous autorisez de nouveau, la nouvelle réponse le remplace. Une ligne retirée le reste tant que vous n’arrêtez pas l’application.
only-of = seulement de { $holders }
resume-this = Reprendre cette application seulement
resume-all = Tout reprendre
paused-title = Tout est en pause
paused-but = Tout est en pause, sauf cette application
paused-but-why = Vous l’avez reprise : elle peut lire ce que votre accord lui donne, pendant que les autres attendent.
paused-why = Vos accords attendent votre retour. Un essai ou un nouvel accord feraient pourtant lire cette application : nous vous le redemanderons à part.
paused-ask = Vous avez tout mis en pause. Rien n’a été lu. Cette application lirait ce que vous choisissez ici, pendant que vos autres accords attendent : dites-le à part, ou reprenez tout, puis appuyez de nouveau.
paused-despite = Oui, cette application peut lire malgré la pause
pause-settings = Voir la pause dans Réglages
standing-changed = L’application a changé depuis votre accord : elle ne peut rien lire tant que vous n’avez pas répondu à ce qu’elle demande maintenant.
run-now = Lancer maintenant
last-result = Voir le dernier résultat
result-stays = L’application ne lit plus rien. Son résultat du { $at } est gardé pour vous.
given-no-result = Accord donné à { $app }, sans résultat pour l’instant
given-no-result-why = Votre accord est enregistré ; le journal dit ce que l’application a lu. Aucun résultat n’a pu être gardé, pour la raison ci-dessous. Vous pouvez relancer l’application, ou retirer votre accord.
stop = Arrêter
stop-why = Arrêter efface aussi le résultat enregistré : nous vous le redemanderons. L’application, elle, n’a rien gardé.
stop-ask = Arrêter « { $app } » ?
stop-lead = Voici ce qui s’arrête, et ce qui est effacé. L’application, elle, n’a rien gardé.
stop-grant = Votre accord prend fin : elle ne peut plus rien lire.
stop-result = Le résultat du { $at } est effacé. Un nouvel accord le recalculerait, sur vos données de ce jour-là.
stop-stays = Vos données et vos reçus restent, et le journal dit que vous l’avez arrêtée.
stop-pause = Pour garder le résultat, mettez plutôt l’application en pause, dans Journal.
stop-sure = Arrêter et effacer
try-first = Essayer d’abord
try-first-why = Voyez ce qu’elle montrerait avec tout ce qu’elle demande, et ce que chaque choix y change. Ce qui est plus intime n’est lu que si vous cochez sa case. Personne d’autre ne le voit ; rien n’en est gardé, et l’essai s’écrit dans votre journal.
trial-lost = Le nombre de lignes de chaque sorte de données, le total et les lignes montrées ont été recomptés d’après vos choix. L’essai, lui, a été retiré de la page : il valait pour les choix d’avant, et rien n’en était gardé. Faites-le de nouveau pour le revoir.
try = Faire un essai
try-tick = Pour essayer, cochez d’abord cette case : sans ces données, l’application n’a rien à montrer.
try-go = Cocher la case de l’essai
trial = L’essai
trial-why = Personne d’autre ne l’a vu. Rien n’en est gardé.
trial-apart = L’essai lit aussi : { $category } ({ $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
})
trial-apart-needed = L’application ne peut rien montrer sans ceci : { $category }. Comme c’est plus intime, l’essai ne le lit que si vous cochez sa case. Rien n’a été lu.
trial-without = L’essai n’a pas lu ceci, qui se donne à part : { $categories }.
try-again = Refaire l’essai
trial-more = { $figures ->
    [0] Le résultat complet montre encore :
    [one] Le résultat complet a { $figures } autre chiffre clé. Il montre aussi :
   *[other] Le résultat complet a { $figures } autres chiffres clés. Il montre aussi :
}
trial-whole = Le résultat complet ne montre pas d’autre chiffre.
trial-figures = { $figures ->
    [one] { $figures } chiffre
   *[other] { $figures } chiffres
}
trial-parts = { $parts ->
    [one] { $parts } tableau, graphique ou texte
   *[other] { $parts } tableaux, graphiques ou textes
}
trial-first = Première partie
trial-badge = essai
asks = Ce qu’elle demande
all-give = Donner tout ce qui est ci-dessous
all-none = Ne rien donner de ceci
all-why = Ces boutons cochent ou décochent seulement : rien n’est donné avant « Autoriser et lancer ». Ce qui est plus intime se donne à part, une case à la fois.
apart = À part : ce qui est plus intime
apart-why = Un paiement chez un médecin, une cotisation, un don, un lieu : ces données peuvent laisser deviner votre santé, vos opinions ou vos croyances. Elles ne sont jamais données avec le reste : pour chacune, « Donner », puis sa case.
required = nécessaire
give = Donner
given = Donné
why = « { $why } », dit l’auteur
no-rows = Votre coffre n’en contient pas encore.
add = Ajouter un fichier
without = Sans ceci :
without-required = pas de résultat, elle en a besoin
no-result = pas de résultat
instead-of = { $label } : { $after } au lieu de { $before }
figure-gone = plus de chiffre pour « { $label } », qui est de { $before } avec tout
other-sentence = « { $after } »
other-parts = les chiffres principaux ne changent pas ; d’autres parties, si
and-gone = { $words } ; { $gone }
figures-gone = { $figures ->
    [one] un autre chiffre disparaît
   *[other] { $figures } autres chiffres disparaissent
}
parts-gone = { $parts ->
    [one] une partie disparaît
   *[other] { $parts } parties disparaissent
}
baseline = (d’après un essai qui n’a pas lu : { $categories })
nothing-changes = rien ne change
rows = { $rows ->
    [0] aucune ligne
    [one] { $rows } ligne
   *[other] { $rows } lignes
}
adjust = Choisir la période et le détail, ou retirer des lignes
period = Période
period-asked = celle qu’elle demande : tout
period-asked-months = { $months ->
    [one] celle qu’elle demande : le mois en cours et le précédent
   *[other] celle qu’elle demande : le mois en cours et les { $months } précédents
}
period3 = ce mois-ci et les 3 précédents
period12 = ce mois-ci et les 12 précédents
period36 = ce mois-ci et les 36 précédents
period-all = tout
period-given = comme déjà donné
detail = Niveau de détail
leave-out-holders = Laisser de côté un organisme
leave-out-words = Retirer toutes les lignes qui contiennent
leave-out-hint = par exemple : pharmacie ; chorale
left-out-with = { $rows ->
    [0] Aucune ligne ne contient « { $words } » : rien n’est retiré pour ces mots.
    [one] { $rows } ligne contient « { $words } » : elle est retirée.
   *[other] { $rows } lignes contiennent « { $words } » : elles sont retirées.
}
leave-out-now = Cherché dans toute la ligne, même dans ce que l’application ne lit pas. Vaut pour les lignes déjà là, pas pour celles que vous ajouterez.
read = Lu
not-read = Pas lu
see-rows = { $rows ->
    [0] Aucune ligne à voir
    [one] Voir la ligne exacte
   *[other] Voir les { $rows } lignes exactes
}
drop-hint = Cochez une ligne pour la retirer : l’application ne saura pas qu’elle existe. Ce qui est hachuré n’est pas transmis.
sum-hint = Avec ce niveau de détail, l’application ne lit que des totaux. Ce qui est hachuré n’est pas transmis.
dropped = { $rows ->
    [one] { $rows } ligne de vos fichiers retirée.
   *[other] { $rows } lignes de vos fichiers retirées.
}
goes-with = { $rows ->
    [one] avec { $rows } autre, de la même ligne du fichier
   *[other] avec { $rows } autres, de la même ligne du fichier
}
drop = Retirer
drop-row = Retirer : { $row }
rows-of = Lignes exactes : { $category }
kept-out = Une case grisée est celle d’une ligne que votre accord retire déjà.
lines = Lignes { $from } à { $until } sur { $total }, les plus récentes d’abord
newer = Plus récentes
older = Plus anciennes
page-of = Page, de 1 à { $pages }
go-to-page = Aller à cette page
not-given = non transmis
sure = Oui, je donne ceci pour ce calcul : { $category }
proof-words = Ni réseau, ni fichier, ni mémoire, ni horloge : son programme ne contient aucun moyen d’envoyer ou de garder vos données.
see-proof = Voir la preuve
mode-read = Lire
mode-read-why = ce que vous donnez
mode-remember = Se souvenir
mode-propose = Proposer un envoi
mode-contribute = Contribuer
never = jamais
your-choice = Votre choix
rows-given = { $rows ->
    [0] 0 ligne choisie
    [one] { $rows } ligne choisie
   *[other] { $rows } lignes choisies
}
how-long = Pour combien de temps
once = Cette fois
once-why = un quart d’heure, puis l’accord se ferme seul
quarter = Trois mois
quarter-why = puis la question revient
year = Un an
year-why = puis la question revient
refuse = Refuser
grant-and-run = Autoriser et lancer
redraw = Compter ce que je donnerais
redraw-why = Met à jour les nombres et les lignes montrées. Rien n’est donné, et l’application ne lit rien.
refuse-why = Refuser ne change rien pour vous, et l’application ne le saura pas. Vous pourrez l’arrêter quand vous voudrez, dans Journal.
refuse-standing = Refuser laisse l’accord que vous avez déjà donné. Pour le retirer, appuyez sur « Arrêter », sous « Votre accord ».
later = Décider plus tard
nothing-chosen = Ce que vous avez choisi ne contient aucune ligne : { $category }. Vos données sont d’une autre époque, ou d’un organisme que vous avez retiré : changez la période ou les organismes sous « Choisir la période et le détail ». Rien n’a été lu.
choose-one = Rien n’est encore donné : choisissez au moins une sorte de données, ou refusez. Rien n’a été lu.
missing-required = L’application a besoin de ceci pour calculer : { $category }. Donnez-le, ou refusez. Rien n’a été lu.
running-left-out = Pas lu non plus, puisque vous retirez des lignes : { $fields }. Il les trahirait.
try-needs = Votre coffre n’a encore rien de ce qu’il lui faut ({ $categories }). Ajoutez un fichier, puis revenez.
unclear = Votre choix n’a pas été compris ({ $category }). Choisissez de nouveau la période, le détail et les lignes. Rien n’a été donné.
too-much-left-out = Trop de lignes seraient à laisser de côté ({ $category }) : { $rows } au plus, et les mots ne se cherchent que dans les périodes les moins longues. Choisissez une période plus courte, ou ne donnez pas cette catégorie. Rien n’a été lu.
missing-sure = Ceci se confirme à part : { $category }. Cochez sa case, ou ne le donnez pas. Rien n’a été lu.
notice = Le texte exact de la demande
notice-why = Votre réponse est liée à ce texte, mot pour mot, par son empreinte. Vous pourrez le relire dans Journal.
notice-changed = Ce qui vous est demandé a changé
notice-changed-why = La demande n’est plus celle que vous aviez sous les yeux : l’application a été mise à jour, ou la langue a changé. Rien n’a été donné, et rien n’a été lu. Voici la demande de maintenant ; vos cases ont été vidées.
answer-changed = Votre réponse a changé depuis que cette page s’est affichée
answer-changed-why = Un accord a été donné, repris, mis en pause ou arrêté entre-temps, dans un autre onglet par exemple, ou il a pris fin. Ce bouton n’a donc rien changé. Voici où en est cette application maintenant.
data-changed = Vos données ont changé depuis que cette page s’est affichée
data-changed-why = Rien n’a été donné, et rien n’a été lu. Les nombres et les lignes de cette page sont maintenant ceux d’aujourd’hui ; vos choix sont restés. Regardez-les, puis appuyez de nouveau.
data-changed-of = { $category } : votre coffre en contient { $after ->
    [0] zéro ligne
    [one] { $after } ligne
   *[other] { $after } lignes
}, au lieu de { $before }.
data-changed-in = { $category } : des lignes ont été ajoutées, corrigées, masquées ou retirées.
twice = { $rows ->
    [one] Une ligne est peut-être deux fois dans votre coffre.
   *[other] { $rows } lignes sont peut-être deux fois dans votre coffre.
}
twice-why = L’application compterait les deux.
twice-decide = Regarder et décider
new = nouveau
new-category = Cette sorte de données n’était pas demandée avant.
new-in = De plus que ce que vous aviez donné : { $what }.
