# Les pages.

closed = Cette page est fermée : son adresse a déjà servi, ou la session est terminée.
closed-open-another = Pour en ouvrir une nouvelle, demandez une adresse à qui fait tourner ce serveur, puis suivez-la.
choose = Choisissez une personne et une application.
sample-people = Personnes inventées : les applications croient être le { $day }.
nothing-yet = Rien encore : il faut une personne dont des fichiers sont importés, et une application installée.
too-many-people = Les personnes sont trop nombreuses pour cette page : passez par la commande ou par l’API.
see = Voir « { $app } »
other-language = In English
back = ← MesInfos
read-of-category = { $rows ->
    [one] { $category } ({ $rows } ligne)
   *[other] { $category } ({ $rows } lignes)
}
not-understood = La demande n’a pas été comprise ; rien n’a été fait.
other-host = Ce serveur ne répond pas sous ce nom. Demandez à qui le fait tourner sous quels noms il répond.
failed = La demande a échoué ; rien n’a été modifié.
