# Ce qu’un import a apporté, et ce qu’une annulation a retiré.

imported = { $file } : import n° { $import }
dry-run = { $file } : rien n’a été écrit
category = { $category } : { $counts }
category-of-days = { $category } : { $counts } ({ $days })
file-read = { $rows ->
    [one] { $file } ({ $format }) : { $rows } ligne retenue
   *[other] { $file } ({ $format }) : { $rows } lignes retenues
}
file-unread = { $file } : pas lu, rien n’en a été gardé
file-empty = { $file } ({ $format }) : fichier valide, qui ne contient aucune ligne
file-read-in-part = { $rejected ->
    [one] { $read }, { $rejected } écartée
   *[other] { $read }, { $rejected } écartées
}
more-rejected = { $count ->
    [one] … et { $count } autre
   *[other] … et { $count } autres
}
unreadable = { $count ->
    [one] { $count } caractère est illisible ({ $lines }). Le signe « � » en tient lieu ; le reste de cette ligne est gardé.
   *[other] { $count } caractères sont illisibles ({ $lines }). Le signe « � » en tient lieu ; le reste de ces lignes est gardé.
}
unreadable-lines = { $count ->
    [one] ligne { $lines }
   *[other] lignes { $lines }
}
undone = { $rows ->
    [one] L’import n° { $import } est annulé : { $rows } ligne de « { $file } » a été retirée.
   *[other] L’import n° { $import } est annulé : { $rows } lignes de « { $file } » ont été retirées.
}
stayed = { $rows ->
    [one] { $rows } ligne reste : le fichier « { $file } » la contient aussi.
   *[other] { $rows } lignes restent : le fichier « { $file } » les contient aussi.
}
earlier = { $rows ->
    [one] { $rows } version antérieure, remplacée depuis par un autre fichier, est effacée aussi.
   *[other] { $rows } versions antérieures, remplacées depuis par un autre fichier, sont effacées aussi.
}
restored = { $rows ->
    [one] { $rows } ligne d’un autre fichier est revenue.
   *[other] { $rows } lignes d’autres fichiers sont revenues.
}
import-again = L’import n° { $import } (« { $file } ») contenait peut-être aussi certaines de ces lignes : si elles vous manquent, importez-le de nouveau.
left-out-for = Pour l’application « { $app } », des lignes de cet import étaient écartées. Si le fichier est importé de nouveau, elle pourra les lire : écartez-les alors de nouveau.
older = { $rows ->
    [one] { $rows } ligne n’est pas reprise : votre coffre en a une version plus récente ou plus sûre.
   *[other] { $rows } lignes ne sont pas reprises : votre coffre en a une version plus récente ou plus sûre.
}
most-corrected = La plupart des lignes communes ont changé de valeur. Si ce fichier vient d’un autre compteur ou d’un autre compte, annulez cet ajout : les valeurs précédentes reviendront.
withheld-came = { $rules ->
    [one] Avec l’archive est venu { $rules } choix de ce que vous ne montrez à aucune application : il vaut désormais, aussi pour les lignes déjà là.
   *[other] Avec l’archive sont venus { $rules } choix de ce que vous ne montrez à aucune application : ils valent désormais, aussi pour les lignes déjà là.
}
withheld-known = { $rules ->
    [one] { $rules } choix de ce que vous ne montrez à aucune application était déjà là.
   *[other] { $rules } choix de ce que vous ne montrez à aucune application étaient déjà là.
}
withheld-alike = { $rows ->
    [one] { $rows } ligne est sans doute la même qu’une ligne que vous ne montrez à aucune application : aucune des deux n’est montrée tant que vous n’avez pas tranché.
   *[other] { $rows } lignes sont sans doute les mêmes que des lignes que vous ne montrez à aucune application : aucune n’est montrée tant que vous n’avez pas tranché.
}
shown-again = { $rules ->
    [one] { $rules } choix de ce que vous ne montrez à aucune application était venu avec ce fichier : il est repris aussi.
   *[other] { $rules } choix de ce que vous ne montrez à aucune application étaient venus avec ce fichier : ils sont repris aussi.
}
