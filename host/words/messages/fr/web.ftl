# Les pages.

entrance = MesInfos s’ouvre avec une adresse qui ne sert qu’une fois.
closed = Cette page est fermée : son adresse a déjà servi, ou la session est terminée.
ask-for-address = Pour entrer, demandez une adresse à la personne qui gère ce serveur, puis ouvrez cette adresse.
nothing-here = Il n’y a pas de page à cette adresse.
choose = Choisissez une personne et une application.
sample-people = Personnes inventées : pour les applications, nous sommes le { $day }.
nothing-yet = Il n’y a encore rien à voir : il faut une personne dont des fichiers ont été importés, et une application installée.
too-many-people = Les personnes sont trop nombreuses pour cette page : passez par la commande ou par l’API.
see = Voir « { $app } »
other-language = In English
back = ← MesInfos
read-of-category = { $rows ->
    [one] { $category } ({ $rows } ligne)
   *[other] { $category } ({ $rows } lignes)
}
not-understood = La demande n’a pas été comprise ; rien n’a été fait.
other-host = Ce serveur ne répond pas sous ce nom. Demandez à la personne qui le gère sous quels noms il répond.
failed = La demande a échoué ; rien n’a été modifié.
