# La page d’un résultat.

crumb = Résultat
print = Imprimer
all-pages = Tout sur une page
again = Relancer
erase = Effacer
erase-ask = Effacer ce résultat ?
erase-why = Il ne pourra pas être retrouvé. Son reçu reste dans votre journal, et l’application peut être lancée de nouveau.
rows-read = { $rows ->
    [0] aucune ligne lue
    [one] { $rows } ligne lue
   *[other] { $rows } lignes lues
}
gone = Ce résultat n’est plus là
gone-why = Un résultat plus récent l’a remplacé, ou vous l’avez effacé. Le reçu, lui, reste : l’application peut le recalculer à l’identique tant que vous le lui permettez.
gone-replaced = Deux résultats plus récents de cette application l’ont remplacé. Le reçu, lui, reste : l’application peut le recalculer à l’identique tant que vous le lui permettez.
gone-stopped = Vous avez arrêté l’application : ses résultats ont été effacés avec l’accord. Le reçu, lui, reste.
gone-erased = Vous l’avez effacé. Le reçu, lui, reste : l’application peut le recalculer à l’identique tant que vous le lui permettez.
gone-none = Cette exécution s’est terminée sans résultat. Le reçu dit ce qu’elle a lu.
receipt = Reçu de lecture
receipt-why = Calculé le { $at }. Ce reçu est à vous : il permet de refaire le calcul et de vérifier qu’il donne la même chose.
app = Application
given = Ce que vous lui permettiez de lire :
rows = Lignes lues
left-out = Lignes de vos fichiers que vous avez retirées
today = Jour du calcul
today-of-sample = Une vie d’exemple a son propre jour : le calcul s’y place.
kept-by-app = Gardé par l’application
sent = Envoyé
nothing = rien
outcome = Fin
replay = Refaire et vérifier
in-journal = Voir dans le journal
from-what = D’après quoi
rows-of = { $rows ->
    [one] { $rows } ligne : { $category }
   *[other] { $rows } lignes : { $category }
}
rows-again = { $rows ->
    [one] { $rows } ligne : { $category }, lue plusieurs fois ({ $read } lectures)
   *[other] { $rows } lignes : { $category }, dont certaines lues plusieurs fois ({ $read } lectures)
}
readings = { $rows } lignes différentes, lues { $read } fois en tout
other-language = { $language ->
    [en] Ce résultat a été calculé en anglais : l’application écrit elle-même ses phrases.
   *[other] Ce résultat a été calculé dans une autre langue : l’application écrit elle-même ses phrases.
}
other-language-again = Le refaire en français
other-language-grant = Un nouvel accord le referait en français.
to-app = Aller à l’application
stands-paused = L’application est en pause : elle ne lit rien, et ce résultat reste tel qu’il a été calculé. Elle pourra le refaire quand vous aurez repris votre accord.
stands-changed = L’application a changé depuis votre accord : elle ne lit rien tant que vous n’avez pas répondu à ce qu’elle demande maintenant. Ce résultat est celui de la version d’avant.
stands-stopped = Cette application a été retirée de ce serveur : elle ne lit plus rien, et ne peut plus refaire ce résultat. Sa page dit pourquoi.
stands-ended = Votre accord a pris fin : l’application ne lit plus rien. Ce résultat est gardé pour vous ; un nouvel accord le referait.
stands-removed = Cette application n’est plus installée ici : elle ne lit plus rien. Ce résultat est gardé pour vous.
twice-why = Ce résultat les compte peut-être deux fois.
not-given = Vous n’avez pas donné : { $categories }. L’application ne le sait pas.
rounded = L’application n’a eu que des valeurs arrondies ({ $categories }) : ces chiffres sont approximatifs, même écrits avec des centimes.
identical = Refait et vérifié : le même programme sur les mêmes lignes donne le même résultat
different = Refait : le résultat diffère
compare = Comparer avec le résultat du { $at }
