# Lignes écartées d’un import : vues, emportées, corrigées.

title = Lignes écartées
lead = Ces lignes n’ont pas pu être lues telles qu’elles sont dans le fichier. Emportez-les, ou corrigez une ligne : elle est alors lue comme les autres de son fichier, et ajoutée à celles-ci.
download = Les télécharger (CSV)
corrected = Corrigée : elle est dans votre coffre
correct = Corriger
correct-at = Corriger : { $place }
no-cells = ne peut pas être corrigée ici
title-of = Corriger : { $place }
lead-of = Voici les cellules de la ligne, sous le nom de leurs colonnes. Corrigez ce qui est faux, puis ajoutez la ligne.
why = Pourquoi elle n’a pas pu être lue
column = Colonne { $number }
add = Ajouter la ligne
leave = La laisser
not-read = Avec ces cellules, ce n’est pas une ligne de ce fichier. Rien n’a été ajouté.
too-long = Ces cellules sont trop longues. Rien n’a été ajouté.
known = Cette ligne est déjà dans votre coffre : rien n’a été ajouté.
added = La ligne est ajoutée à son fichier. Si vous annulez l’ajout du fichier, elle part avec lui.
before = Cette ligne a déjà été corrigée.
see = Les voir, les corriger ou les télécharger
left = { $rows ->
    [one] … et { $rows } autre, qui n’est pas listée
   *[other] … et { $rows } autres, qui ne sont pas listées
}
mended = Corrigée par vous : cette ligne n’a pas pu être lue telle qu’elle était dans le fichier.
head-file = Fichier
head-line = Ligne
head-field = Champ
head-why = Raison
head-text = Ce que disait la ligne
head-act = À faire
