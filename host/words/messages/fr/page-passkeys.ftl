# Les clés d’accès.

title = Clés d’accès
none = Aucune clé d’accès : votre coffre s’ouvre avec votre mot de passe.
made-at = ajoutée le { $at }
used-at = utilisée le { $at }
remove = Retirer
label = Nom de la clé
add = Ajouter une clé d’accès
not-made = Aucune clé n’a été ajoutée. Confirmez d’abord votre présence si cela fait plus de cinq minutes.
not-recognised = La clé n’a pas pu être demandée. Rien n’a changé.
no-name = Une clé d’accès a besoin d’un nom de site, pas d’une adresse en chiffres. Rien n’a changé.
name-first = Choisissez d’abord un nom : lettres, chiffres, espaces, points, tirets et apostrophes.
