# La chronologie.

timeline = Chronologie
lead = Vos factures, vos trajets, vos achats et vos soins sur une même date.
months = Mois
all = { $rows ->
    [one] Tout, { $rows } ligne
   *[other] Tout, { $rows } lignes
}
picked = { $domains ->
    [one] Un seul domaine à la fois, ainsi le { $day }
   *[other] Le jour le plus divers : le { $day }, { $domains } domaines
}
lanes = Ce qui s’est passé chaque jour ; un point plus gros compte plus de lignes
day-column = Jour
# Les jours sont comptés depuis le lundi.
day = { $weekday ->
    [0] Lundi { $day }
    [1] Mardi { $day }
    [2] Mercredi { $day }
    [3] Jeudi { $day }
    [4] Vendredi { $day }
    [5] Samedi { $day }
   *[other] Dimanche { $day }
}
day-about = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}, { $holders ->
    [0] sans organisme connu
    [one] { $holders } organisme
   *[other] { $holders } organismes
}
moment = { $holders ->
    [one] Un même moment, vu deux fois par le même organisme
   *[other] Un même moment, vu par { $holders } organismes
}
moment-why = Rapprochés parce que le montant est le même, payé le jour même ou dans les trois jours, et qu’aucune autre ligne ne convient.
several = { $name }, { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}
many = { $name }, de nombreuses lignes
older = Jours précédents
nothing = Rien encore à mettre sur une date
nothing-why = Dès vos premiers fichiers, vos factures, vos trajets et vos achats se répondent ici, jour par jour.
add = Ajouter des fichiers
