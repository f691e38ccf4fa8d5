# Les lignes derrière un chiffre.

from-rows = { $rows ->
    [one] D’après { $rows } ligne
   *[other] D’après { $rows } lignes
}
from-sums = { $sums ->
    [one] D’après { $sums } total
   *[other] D’après { $sums } totaux
}
title = { $label } : sur quelles lignes ?
crumb = Lignes
result = Résultat
lead = L’application { $app } dit avoir calculé ce chiffre à partir de ces lignes. La plateforme a vérifié qu’elle les a bien lues, pas que le calcul est juste.
rows-of = { $rows ->
    [one] { $rows } ligne : { $category }
   *[other] { $rows } lignes : { $category }
}
sums-of = { $sums ->
    [one] { $sums } total : { $category }
   *[other] { $sums } totaux : { $category }
}
hint = Ouvrez une ligne pour voir le fichier d’où elle vient et qui a pu la lire. Vous voyez ici toute la ligne ; l’application n’a lu que ce que vous lui aviez donné.
oldest = Les { $rows } plus anciennes, sur { $total }.
corrected-since = { $rows ->
    [one] Vous avez corrigé { $rows } de ces lignes depuis ce résultat : l’application avait lu d’autres valeurs. Relancez-la pour qu’elle compte avec les vôtres.
   *[other] Vous avez corrigé { $rows } de ces lignes depuis ce résultat : l’application avait lu d’autres valeurs. Relancez-la pour qu’elle compte avec les vôtres.
}
gone = { $rows ->
    [one] { $rows } ligne n’est plus dans votre coffre : vous l’avez effacée depuis.
   *[other] { $rows } lignes ne sont plus dans votre coffre : vous les avez effacées depuis.
}
sums = { $sums ->
    [one] Avec le niveau de détail que vous avez choisi, l’application n’a lu qu’un total, pas les lignes qui le composent.
   *[other] Avec le niveau de détail que vous avez choisi, l’application n’a lu que { $sums } totaux, pas les lignes qui les composent.
}
all-rows = Voir toutes vos lignes
back = Revenir au résultat
table = Tableau des lignes : { $category }
