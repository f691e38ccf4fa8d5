# L’accueil.

title = Votre année
year-title = Votre année { $year }, en un seul cercle
years = Vos années
year-why = { $year } s’affiche d’abord : c’est la dernière année que vos données montrent bien. Les autres sont à un clic.
year-lead = En tout, { $holders ->
    [one] un organisme vous a rendu
   *[other] { $holders } organismes vous ont rendu
} { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}.
year-own = { $rows ->
    [one] Une ligne vient de vos propres papiers.
   *[other] { $rows } lignes viennent de vos propres papiers.
}
year-ways = Un cercle par domaine, un arc par mois : plus il est épais, plus on y connaît de jours.
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
rows-in-year = { $rows ->
    [0] aucune ligne en { $year }
    [one] { $rows } ligne en { $year }
   *[other] { $rows } lignes en { $year }
}
rows-in-all = { $rows } en tout
months = { $months } mois
of-twelve = sur 12
empty-title = Votre cercle est vide. Un fichier suffit à le commencer.
empty-lead = Le premier relevé de banque ou de compteur remplit un arc, et les applications ont déjà de quoi répondre. Il reste chiffré dans votre coffre.
empty-ring = Un cercle par domaine, encore vide.
add-first = Ajouter un premier fichier
begin-with = Par quoi commencer ?
begin-bank = Le fichier de votre banque
begin-bank-why = Il se télécharge depuis votre espace client, au format OFX ou CSV.
begin-energy = Les relevés de votre compteur
begin-energy-why = Enedis et GRDF les donnent depuis votre compte, en CSV ou en JSON.
begin-letter = Une lettre à un organisme
begin-letter-why = Elle est prête à compléter ; la loi lui donne un mois pour répondre.
begin-sample = Ou regarder d’abord une vie d’exemple
begin-sample-why = Personne n’existe derrière ces données.
will-answer = De quoi lancer { $apps }.
try-sample = Essayer
to-do = À faire
alike = { $rows ->
    [one] Une ligne est peut-être deux fois dans votre coffre
   *[other] { $rows } lignes sont peut-être deux fois dans votre coffre
}
alike-why = Les applications comptent les deux tant que vous n’avez pas répondu.
changed = « { $app } » a changé
changed-why = Sa nouvelle version ne peut rien lire tant que vous n’avez pas répondu.
deferred = { $app } attend votre réponse
deferred-at = Remise à plus tard le { $at }. Rien ne lui est donné.
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
shown-to-you = affiché pour vous uniquement
nothing-sent = Aucune application n’a rien fait sortir de votre coffre.
took-copy = Vous avez pris une copie de tout le { $at }.
figures = { $figures ->
    [one] Un chiffre de vos applications
    [2] Deux chiffres de vos applications
   *[other] Trois chiffres de vos applications
}
all-apps = Toutes les applications
figure-other-language = Ce résultat est { $language ->
    [en] en anglais
   *[other] dans une autre langue
} : ouvrez-le pour l’avoir en français.
figure-at = calculé le { $at }
spark-of = La courbe montre : { $series }, de { $from } à { $until }
open-app = Ouvrir { $app }
