# Les données de la personne.

title = Mes données
lead = { $rows ->
    [one] { $rows } ligne, { $holders ->
        [0] sans organisme connu
        [one] rendue par un organisme
       *[other] rendue par { $holders } organismes
    }
   *[other] { $rows } lignes, { $holders ->
        [0] sans organisme connu
        [one] rendues par un organisme
       *[other] rendues par { $holders } organismes
    }
}.
lead-own = { $rows ->
    [one] Une ligne vient de vos propres papiers.
   *[other] { $rows } lignes viennent de vos propres papiers.
}
lead-who = Personne d’autre que vous ne les voit toutes ; une application ne voit que ce que vous lui donnez.
nothing = Rien encore dans votre coffre
nothing-why = Un relevé, une facture, un export : le premier fichier suffit pour commencer. Tout ce qui arrive se retrouve ici, ligne par ligne.
add = Ajouter
documents = Mes papiers
imports = Fichiers ajoutés
domains = Par domaine
rows = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}
no-rows = rien encore
from-you = déposé par vous
from = source : { $holders }
undated = { $rows ->
    [one] dont { $rows } sans date
   *[other] dont { $rows } sans date
}
holders = Par organisme
holders-why = Ce que chaque organisme vous a rendu, et ce que disent vos propres papiers.
from-papers = d’après vos papiers
domain-lead = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
} : { $holders } ({ $days }).
domain-lead-undated = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
} : { $holders }.
no-holder = un organisme inconnu
not-yet = Rien encore : { $categories }.
newest = Les plus récentes
see-all = Tout voir
take-csv = Emporter (CSV)
take-json = Emporter (JSON)
take-parquet = Parquet
by-month = Lignes de chaque mois : { $category }
chart-from = Le graphique va de { $from } à { $until } : vingt-quatre mois au plus.
chart-of-all = Le filtre ne choisit que les lignes du tableau.
most-in = { $rows ->
    [one] Le mois où il y en a le plus est { $month } : { $rows } ligne.
   *[other] Le mois où il y en a le plus est { $month } : { $rows } lignes.
}
rows-label = lignes
the-rows = Les lignes
filter = Filtrer les lignes
first-day = Du
last-day = Au
holder = Organisme
all-holders = Tous
text = Mots
apply = Filtrer
all = Tout montrer
bad-date = « { $text } » n’est pas une date : écrivez-la comme 2025-12-31.
dates-swapped = La dernière date venait avant la première : nous les avons échangées.
selected = { $rows ->
    [0] aucune ligne
    [one] { $rows } ligne
   *[other] { $rows } lignes, les plus récentes d’abord
}
shown = Lignes { $first } à { $last }
shown-of = Lignes { $first } à { $last } sur { $total }
undated-left-out = { $rows ->
    [one] { $rows } ligne sans date n’est dans aucune période.
   *[other] { $rows } lignes sans date ne sont dans aucune période.
}
none-found = Aucune ligne ne correspond
none-found-why = Élargissez les dates, ou cherchez moins de mots à la fois. Ni les majuscules ni les accents ne comptent.
none-here = Il n’y a plus rien sur cette page.
searched-from = La recherche s’est arrêtée au { $day } : elle avait déjà lu beaucoup de lignes.
search-older = Chercher plus loin
too-far = Au-delà de { $rows } lignes, donnez une date pour remonter plus loin.
pages = Pages du tableau
newer = Plus récentes
older = Plus anciennes
open = Ouvrir la ligne
where-from = D’où ça vient
where-from-empty = Aucun fichier ajouté n’a de lignes ici.
added-by = { $rows ->
    [one] { $rows } ligne, le { $at }
   *[other] { $rows } lignes, le { $at }
}
see-document = Voir le document
see-import = Voir l’import
who-read = Qui a lu
nobody-read = Aucune application n’a rien lu ici.
read = { $rows ->
    [one] { $rows } ligne lue, le { $at }
   *[other] { $rows } lignes lues, le { $at }
}
tried = { $rows ->
    [one] { $rows } ligne lue à l’essai, le { $at }
   *[other] { $rows } lignes lues à l’essai, le { $at }
}
see-receipt = Voir le reçu
see-app = Voir l’application
empty-category = Rien encore ici
row = Une ligne
earlier = Avant le { $at }, selon « { $file } »
earlier-same = Les mêmes valeurs, dans un autre ordre ou sous un autre numéro.
rows-of-line = { $rows ->
    [one] Cette ligne du fichier a donné { $rows } ligne.
   *[other] Cette ligne du fichier a donné { $rows } lignes.
}
in-file = « { $file } », { $place }
place = élément { $number }
imported-at = Ajouté le { $at }
by-name-only = donné seulement si vous le nommez
download = Télécharger le document
who-could = Qui a pu la lire
nobody-could = Aucune application n’a pu la lire.
could-read = { $rows ->
    [one] a lu { $rows } ligne de cette sorte, dans une sélection qui contenait celle-ci
   *[other] a lu { $rows } lignes de cette sorte, dans une sélection qui contenait celle-ci
}
could-see = Visible : { $fields } ({ $grain })
could-try = { $rows ->
    [one] a lu { $rows } ligne de cette sorte à l’essai, sur des jours qui comprennent celui-ci
   *[other] a lu { $rows } lignes de cette sorte à l’essai, sur des jours qui comprennent celui-ci
}
who-could-why = Le journal retient combien de lignes une application a lues, et dans quelle sélection. Elle a pu n’en lire que d’autres.
take-note = Les exports CSV et JSON contiennent tous les champs des lignes filtrées ci-dessous ; l’export Parquet, ceux de toutes les lignes. Un tel fichier n’est plus protégé par votre coffre : gardez-le en lieu sûr.
id = identifiant
file = fichier
import = import
ordinal = rang dans le fichier
