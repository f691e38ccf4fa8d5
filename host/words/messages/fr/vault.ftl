# Le coffre d’une personne, et ses clés.

bad-name = « { $name } » ne peut pas servir de nom ici : il faut de 1 à 64 lettres, chiffres, espaces, « . », « _ », « - » ou apostrophes, et commencer par une lettre ou un chiffre.
exists = Quelqu’un s’appelle déjà « { $name } » ici.
no-such-person = Personne ici ne s’appelle « { $name } ».
no-such-person-yet = Personne ici ne s’appelle « { $name } » : il n’y a encore personne.
no-such-person-like-it = { $total ->
    [one] Personne ici ne s’appelle « { $name } », et la seule personne inscrite n’a pas un nom proche.
   *[other] Personne ici ne s’appelle « { $name } », et aucune des { $total } personnes inscrites n’a un nom proche.
}
no-such-person-but-all = Personne ici ne s’appelle « { $name } ». Il y a : { $names }.
no-such-person-but-close = Personne ici ne s’appelle « { $name } ». Vouliez-vous dire : { $names } ?
newer-format = Le dossier de données est au format { $found }, et ce programme ne connaît que les formats 1 à { $known } : utilisez la version plus récente qui l’a écrit. Rien n’est perdu.
damaged = Le coffre est abîmé (détail technique : « { $why } »). Restaurez-le depuis une sauvegarde.
chunk-damaged = Les lignes de la catégorie « { $category } » ({ $days }) ne s’ouvrent pas : elles ont été modifiées, ou ce sont celles d’autres données. Restaurez-les depuis une sauvegarde.
chunk-damaged-undated = Les lignes sans date de la catégorie « { $category } » ne s’ouvrent pas : elles ont été modifiées, ou ce sont celles d’autres données. Restaurez-les depuis une sauvegarde.
document-damaged = Le document ne s’ouvre pas : il a été modifié, ou fait partie d’autres données. Restaurez-le depuis une sauvegarde.
lost = Des lignes ou des documents enregistrés ont disparu ou ont été modifiés (fragments chiffrés manquants : { $missing }, modifiés : { $changed }). Restaurez-les depuis une sauvegarde.
erasure-begun = L’effacement a commencé et n’est pas terminé : les clés ne sont pas encore détruites. Il se poursuit de lui-même, au prochain entretien du serveur ou au prochain effacement ; pour le reprendre tout de suite, demandez-le de nouveau. { $why }
erasure-begun-keys-gone = L’effacement a commencé : les clés sont détruites et plus rien ne s’ouvre, mais des fichiers chiffrés restent à supprimer. Il se poursuit de lui-même, au prochain entretien du serveur ou au prochain effacement ; pour le reprendre tout de suite, demandez-le de nouveau. { $why }
row-too-large = Une ligne de la catégorie « { $category } » contient plus de { $limit } de texte ; rien n’a été importé du fichier.
no-time = { $rows ->
    [one] Une ligne de la catégorie « { $category } » n’a pas de valeur pour « { $field } » ; rien n’a été importé du fichier.
   *[other] { $rows } lignes de la catégorie « { $category } » n’ont pas de valeur pour « { $field } » ; rien n’a été importé du fichier.
}
too-many-months = Les dates du fichier tombent dans plus de { $limit } mois : aucun fichier de détenteur n’en couvre autant. Rien n’en a été importé.
spool-full = L’archive dépasse { $limit }, la plus grande taille qui puisse être reçue en une fois ; rien n’en a été importé. Décompressez-la et importez les fichiers qu’elle contient.
newer = Les lignes de la catégorie « { $category } » ont été écrites par une version plus récente de MesInfos. Rien n’est perdu : lancez cette version pour les lire.
no-such-import = Il n’y a pas d’import n° { $import } que l’on puisse annuler.
too-many-withheld = Vous pouvez cacher des lignes aux applications par { $most } choix au plus : il y en aurait davantage. Rien n’a été changé, aucun fichier n’a été importé. Reprenez les choix devenus inutiles.
too-many-still-withheld = Plus de { $most } lignes seraient cachées aux applications seulement parce qu’elles sont sans doute les mêmes que des lignes cachées, ou l’ont été. Rien n’a été changé, aucun fichier n’a été importé. Cachez ce que ces lignes ont en commun, par exemple leur détenteur, ou décidez des paires de lignes.
too-many-amendments = Vous avez déjà modifié ou retiré { $most } lignes : c’est la limite. Rien n’a été changé.
too-slow = { $hours ->
    [one] L’import a pris plus de { $hours } heure ; rien n’a été importé. Importez de nouveau le fichier.
   *[other] L’import a pris plus de { $hours } heures ; rien n’a été importé. Importez de nouveau le fichier.
}

## Les clés

key-gone = La clé { $key } n’est pas dans le dossier des clés : elle a été détruite, ou ce sont les clés d’autres données.
key-does-not-open = La clé { $key } n’ouvre pas ce qu’elle devrait ouvrir : ce contenu a été modifié, ou ce sont les clés d’autres données.
keys-damaged = Le fichier de clés { $file } est abîmé (détail technique : « { $why } »). Remettez sa sauvegarde en place.
no-random = Le système ne fournit pas de nombres aléatoires ; rien n’a été fait.
keys-refused = Le fichier de clés ne peut être ni lu ni écrit : { $why }.
