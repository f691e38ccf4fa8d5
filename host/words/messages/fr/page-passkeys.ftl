# Les clés d’accès.

title = Clés d’accès
none = Aucune clé d’accès : votre coffre s’ouvre avec votre mot de passe.
made-at = ajoutée le { $at }
used-at = utilisée le { $at }
remove = Retirer
label = Nom de la clé
add = Ajouter une clé d’accès
not-made = Aucune clé n’a été ajoutée. Si votre connexion date de plus de cinq minutes, rechargez cette page : elle vous demandera de confirmer que c’est bien vous.
confirm-first = Pour ajouter une clé d’accès ou faire de nouveaux codes, confirmez d’abord que c’est bien vous.
confirm = Confirmer
not-recognised = La clé n’a pas pu être demandée. Rien n’a changé.
no-name = Une clé d’accès a besoin d’un nom de site, pas d’une adresse en chiffres. Rien n’a changé.
name-first = Choisissez d’abord un nom : lettres, chiffres, espaces, points, tirets et apostrophes.
