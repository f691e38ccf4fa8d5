# L’établi de l’auteur d’une application : la page de « mesinfos dev ».

title = Votre application
building = Première compilation : la page s’affichera d’elle-même.
does-not-build = Telle qu’elle est maintenant, l’application ne se construit pas
shows-last = La page montre la dernière version qui se construisait.
built = version { $version } · { $size } · construite en { $took }
keeps-nothing = Ne garde rien
preparing = Les données d’exemple se préparent : la page s’affichera d’elle-même.
life = Vie d’exemple
as-if-refused = { $category } : comme si la personne refusait
all = tout
show = Afficher
beside = Mesures et vérifications
no-view = L’application n’a rien affiché
read = { $rows ->
    [one] { $rows } ligne lue
   *[other] { $rows } lignes lues
}
used = Ce qu’elle a utilisé
what = Mesure
here = Ici
most = Au plus
time = Temps
memory = Mémoire
calls = Appels à l’hôte
blocks = Blocs de la vue
rows-of = Lignes lues : { $category }
checks = Vérifications
checks-hold = Aucune n’a fait échouer l’application
checks-fail = { $failures ->
    [one] Une fait échouer l’application
   *[other] { $failures } font échouer l’application
}
shows-a-view = affiche un résultat
without-category = Sans { $category }
without-field = { $category }, sans { $field }
nobody = Une personne sans données
in-language = { $language ->
    [fr] En français
   *[other] En anglais
}
notes = Notes de l’application
notes-cut = Les notes d’un calcul s’arrêtent à 16 Kio : les suivantes ne sont pas là.
notes-stay = Sur les données d’une vraie personne, ces notes ne viennent jamais jusqu’à vous.
json = La vue, en JSON
milliseconds = { $ms } ms
seconds = { $seconds } s
