# Unités qui sont des mots, après un nombre.

day = { $count ->
    [one] jour
   *[other] jours
}
month = { $count ->
    [one] mois
   *[other] mois
}
call = { $count ->
    [one] appel
   *[other] appels
}
item = { $count ->
    [one] élément
   *[other] éléments
}
trip = { $count ->
    [one] trajet
   *[other] trajets
}
times-its-size = { $times } fois sa taille
