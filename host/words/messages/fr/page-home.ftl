# L’accueil.

title = Votre année
year-title = Votre année { $year }, en un seul cercle
year-lead = { $holders ->
    [one] Un organisme vous a rendu
   *[other] { $holders } organismes vous ont rendu
} { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}. Un cercle par domaine, un arc par mois : plus il est épais, plus on y connaît de jours.
sources = { $holders ->
    [one] { $holders } source
   *[other] { $holders } sources
}
ring = Votre année { $year } en cercles, un par domaine. { $domains }.
ring-domain = { $domain } : { $months ->
    [one] { $months } mois connu
   *[other] { $months } mois connus
}
rows = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}
months = { $months } mois
of-twelve = sur 12
empty-title = Votre cercle attend sa première année
empty-lead = Un relevé, une facture, un export : un seul fichier suffit pour commencer. Il reste chiffré dans votre coffre.
empty-ring = Un cercle par domaine, encore vide.
add-first = Ajouter un premier fichier
see-example = Voir avec une vie fictive
to-do = À faire
run-first = Lancez une première application
run-first-why = Vous verrez ce qu’elle lirait avant de dire oui.
see = Voir
nothing-of = { $domain } : rien encore
add-more = Complétez votre année
add-more-why = Un relevé plus récent, ou un organisme de plus.
add = Ajouter
who-read = Qui a lu
whole-journal = Tout le journal
nobody-read = Personne n’a rien lu
nobody-read-why = Une application ne lit que ce que vous lui donnez, et chaque lecture s’écrit ici.
see-apps = Voir les applications
has-read = { $rows ->
    [0] n’a lu aucune ligne
    [one] a lu { $rows } ligne
   *[other] a lu { $rows } lignes
}
shown-to-you = affiché à vous seul
nothing-sent = Aucune application n’a rien fait sortir de votre coffre.
took-copy = Vous avez pris une copie de tout le { $at }.
figures = { $figures ->
    [one] Un chiffre de vos applications
    [2] Deux chiffres de vos applications
   *[other] Trois chiffres de vos applications
}
all-apps = Toutes les applications
figure-at = calculé le { $at }
open-app = Ouvrir { $app }
