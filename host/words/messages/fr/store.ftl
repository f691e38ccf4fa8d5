# Le stockage.

conflict = Cet enregistrement a changé entre-temps ; rien n’a été écrit. Réessayez.
too-large = Un enregistrement de { $size } dépasse la limite de { $most } ; rien n’a été écrit.
in-use = Un autre programme utilise déjà ce dossier de données ; rien n’a été lu ni écrit.
damaged = Le contenu du dossier de données n’est plus celui qui y avait été écrit (détail technique : « { $why } »). Restaurez-le depuis une sauvegarde.
missing-chunk = Il manque une partie de ce qui était enregistré dans le dossier de données (le fragment { $chunk }). Restaurez-la depuis une sauvegarde.
closed = L’exploitant a fermé le stockage aux modifications pour le moment ; rien n’a été écrit. Réessayez plus tard.
unavailable = Le stockage ne répond pas (détail technique : « { $why } ») ; rien n’a été écrit. Réessayez plus tard.
unknown = Le stockage n’a pas confirmé une écriture (détail technique : « { $why } ») : elle a peut-être eu lieu, peut-être pas. Vérifiez ce qui est enregistré avant de recommencer.
not-a-dump = Ce fichier n’est pas une sauvegarde de mesinfos ; rien n’a été écrit.
dump-cut-short = Cette sauvegarde est incomplète : la copie a été interrompue. Rien n’a été écrit.
dump-changed = Cette sauvegarde n’est plus telle qu’elle a été écrite : une partie a été modifiée. Rien n’a été écrit.
disk = Le disque a refusé l’opération : { $why }. Ce qui était enregistré l’est toujours ; réessayez quand le disque sera de nouveau en état.
