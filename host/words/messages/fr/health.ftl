# Ce que l’examen d’un dossier de données et de sa machine a trouvé.

no-folder = Le dossier { $path } n’existe pas encore.
no-store-yet = Il n’y a pas encore de données : le premier import crée leur stockage.
store-without-keys = Il y a des données mais pas de clés : rien ne peut s’ouvrir.
owners-alone = Seul son propriétaire peut entrer dans { $path }.
open-to-others = D’autres que son propriétaire peuvent entrer dans { $path } (droits { $mode }).
folder-unseen = { $path } ne peut pas être examiné : { $why }.
free = { $size } sont libres sur le disque de { $path }.
free-unseen = La place libre sur le disque de { $path } n’a pas pu être lue : { $why }.
free-unknown = La place libre du disque n’est pas examinée sur ce système.
wall-there = { $wall } : présent.
wall-missing = { $wall } : absent.
network-namespace = Espace de noms réseau
own-processes = Les applications s’exécutent dans des processus à part.
one-process = Les applications s’exécutent dans le processus qui a les clés, derrière la seule barrière de WebAssembly. { $why }
store-opens = Le stockage s’ouvre, et aucun autre programme ne l’utilise.
disk-read-only = Le disque de { $path } est en lecture seule : rien ne peut être importé ni autorisé, et aucune application ne s’exécute.
store-silent = Le stockage ne répond pas.
keys-there = Les clés sont là, et ce sont bien celles de ces données.
other-keys = Le fichier de clés n’est pas celui qui avait été ouvert.
buckets-without-key = { $buckets ->
    [one] La clé de { $buckets } groupe de personnes a disparu : aucun de leurs coffres ne s’ouvre.
   *[other] Les clés de { $buckets } groupes de personnes ont disparu : aucun de leurs coffres ne s’ouvre.
}
clocks-agree = L’horloge du stockage et celle de cette machine concordent.
clocks-apart = L’horloge du stockage et celle de cette machine diffèrent d’au moins deux secondes.
erasures-done = Tous les effacements sont terminés.
erasures-open = { $erasures ->
    [one] { $erasures } effacement a été commencé et n’est pas terminé.
   *[other] { $erasures } effacements ont été commencés et ne sont pas terminés.
}
versions = mesinfos { $version }, format de coffre { $format }, moteur { $engine }.
logs-whole = { $vaults ->
    [one] { $vaults } coffre s’ouvre, et son journal est intact.
   *[other] { $vaults } coffres s’ouvrent, et leurs journaux sont intacts.
}
logs-broken = Journaux qui ne sont plus intacts : { $broken } sur { $all } ({ $some }).
vaults-closed = Certains coffres ne s’ouvrent pas. { $why }
rows-whole = { $chunks ->
    [one] { $chunks } fragment chiffré de lignes ou de documents s’ouvre.
   *[other] { $chunks } fragments chiffrés de lignes et de documents s’ouvrent.
}
rows-lost = { $person } : des lignes ou des documents ont disparu ou ont été modifiés (fragments chiffrés manquants : { $missing }, modifiés : { $changed }).
rows-unread = { $person } : les lignes et les documents n’ont pas pu être examinés. { $why }
rows-lost-of-others = { $people ->
    [one] Les lignes ou les documents de { $people } autre personne ne sont plus intacts.
   *[other] Les lignes ou les documents de { $people } autres personnes ne sont plus intacts.
}
apps-whole = { $apps ->
    [0] Aucune application n’est installée.
    [one] Le composant de { $apps } application installée est présent et intact.
   *[other] Les composants de { $apps } applications installées sont présents et intacts.
}
apps-missing = Le composant manque dans le stockage ou y a été modifié : { $some }.
apps-unseen = Les applications installées n’ont pas pu être vérifiées : { $why }
store-gone = Les données ont disparu, et leurs clés sont là.
restore-unfinished = Une restauration a été interrompue, ou est en cours : { $path } n’est pas complet, et il n’y a pas de données.
restore-left = Une restauration interrompue a laissé { $path } à côté des données.
