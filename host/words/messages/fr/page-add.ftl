# L’ajout de fichiers, et les imports.

title = Ajouter des données
crumb = Ajouter
lead = Un relevé, une facture, un export : ce qui arrive est rangé, chiffré, dans votre coffre, et nulle part ailleurs.
drop = Choisissez un ou plusieurs fichiers
drop-why = Leur nom n’a pas d’importance : c’est leur contenu qui est reconnu.
photo = Ou photographiez un papier
send = Ajouter
keep = Garder comme document
keep-why = Un document est gardé tel quel. Une application peut en lire le type, la date et la taille, jamais le contenu.
waiting = Une archive ZIP est lue fichier par fichier. Un grand fichier peut prendre quelques minutes : laissez cette page ouverte jusqu’à la réponse.
sending = Envoi en cours
step-receiving = Réception
step-reading = Lecture et contrôle
step-storing = Rangement
file-number = Fichier
stay-here = Gardez cette page ouverte jusqu’à la fin.
sample-limit = Dans une vie fictive, un fichier peut peser { $size } au plus, et il peut y en avoir { $files } en tout.
formats = { $formats ->
    [one] Le format reconnu
   *[other] Les { $formats } formats reconnus
}
formats-why = Demandez à l’organisme l’export de vos données, ou téléchargez-le dans votre espace client.
several-domains = Plusieurs domaines à la fois
format-count = { $formats ->
    [one] { $formats } format
   *[other] { $formats } formats
}
origin = de { $holders }
imports = Fichiers ajoutés
imports-lead = Chaque fichier que vous avez ajouté, ce qui en a été rangé, et de quoi l’annuler.
no-imports = Aucun fichier encore
no-imports-why = Ce que vous ajoutez s’inscrit ici, avec le nombre de lignes rangées, déjà là ou écartées.
see-imports = Tous les fichiers ajoutés
recent = Les derniers fichiers ajoutés
file-head = Fichier
format-head = Format
known-head = Déjà là
rejected-head = Écartées
state-head = Annulation
stored = Rangé
undone = Annulé
undone-at = Annulé le { $at }. Ses lignes ne sont plus dans votre coffre.
undo = Annuler
undo-file = Annuler l’ajout de { $file }
undo-takes = { $rows ->
    [one] L’annulation retire { $rows } ligne de votre coffre.
   *[other] L’annulation retire { $rows } lignes de votre coffre.
}
undo-would = { $rows ->
    [0] Aucune ligne de ce fichier n’est plus dans votre coffre.
    [one] { $rows } ligne de ce fichier est dans votre coffre : l’annulation la retire, sauf si un autre fichier la contient aussi.
   *[other] { $rows } lignes de ce fichier sont dans votre coffre : l’annulation les retire, sauf celles qu’un autre fichier contient aussi.
}
undo-returns = { $rows ->
    [one] Là où ce fichier en a corrigé { $rows }, la valeur d’avant revient, si son fichier est toujours là.
   *[other] Là où ce fichier en a corrigé { $rows }, les valeurs d’avant reviennent, si leur fichier est toujours là.
}
undo-nothing = Ce fichier n’a rien apporté de nouveau : l’annuler ne retire aucune ligne.
undo-none = L’annulation ne retire aucune ligne de votre coffre.
undo-restores = { $rows ->
    [one] { $rows } ligne retrouve sa valeur d’avant.
   *[other] { $rows } lignes retrouvent leur valeur d’avant.
}
undo-stays = { $rows ->
    [one] { $rows } ligne reste : le fichier « { $file } » la contient aussi.
   *[other] { $rows } lignes restent : le fichier « { $file } » les contient aussi.
}
undo-earlier = { $rows ->
    [one] { $rows } version antérieure, remplacée depuis par un autre fichier, est effacée aussi.
   *[other] { $rows } versions antérieures, remplacées depuis par un autre fichier, sont effacées aussi.
}
undo-documents = { $files ->
    [one] Le fichier gardé parmi vos documents est effacé.
   *[other] { $files } fichiers gardés parmi vos documents sont effacés.
}
undo-no-document = Aucun fichier gardé parmi vos documents n’est effacé.
undo-again = Vous pourrez ajouter le fichier de nouveau.
undo-forgets = Vos corrections, retraits et notes de lignes de ce fichier sont oubliés : si vous l’ajoutez de nouveau, il revient tel que l’organisme l’a donné.
undo-ask = Annuler l’ajout de « { $file } » ?
undo-button = Annuler l’ajout
undo-title = Ajout annulé
undo-rows = { $rows ->
    [0] Aucune ligne de « { $file } » n’a été retirée de votre coffre.
    [one] { $rows } ligne de « { $file } » n’est plus dans votre coffre.
   *[other] { $rows } lignes de « { $file } » ne sont plus dans votre coffre.
}
undo-restored = { $rows ->
    [one] { $rows } ligne d’un autre fichier est revenue : celle-ci l’avait remplacée.
   *[other] { $rows } lignes d’autres fichiers sont revenues : celles-ci les avaient remplacées.
}
alike-count = { $rows ->
    [one] { $rows } ligne probablement déjà là : à vous de dire
   *[other] { $rows } lignes probablement déjà là : à vous de dire
}
alike-why = Même montant ou même durée, à la même date ou presque, mais tout n’est pas identique : un paiement annoncé puis débité, par exemple. Si c’est la même chose, une seule des deux doit compter. L’autre reviendra si vous annulez l’ajout du fichier.
alike-differ = Ce qui diffère
alike-more = { $rows ->
    [one] … et { $rows } autre, qui viendra ensuite.
   *[other] … et { $rows } autres, qui viendront ensuite.
}
alike-with = { $rows ->
    [one] { $rows } ligne peut-être déjà là par « { $file } »
   *[other] { $rows } lignes peut-être déjà là par « { $file } »
}
alike-see-all = Les voir toutes ({ $rows })
in-this-file = Dans ce fichier
already-there = Déjà là
keep-new = C’est la même : garder celle de ce fichier
keep-old = C’est la même : garder celle qui était là
alike-decide = Les voir et dire
alike-all = Répondre une fois pour les { $rows }
keep-all-new = Ce sont les mêmes : garder celles de ce fichier
keep-all-old = Ce sont les mêmes : garder celles qui étaient là
keep-all-both = Toutes sont différentes : garder les deux à chaque fois
keep-both = Ce sont deux lignes : garder les deux
import-again = « { $file } » contenait peut-être aussi certaines de ces lignes : si elles vous manquent, ajoutez-le de nouveau.
left-out-for = Des lignes de ce fichier étaient exclues de l’accord donné à { $app }. Ajoutées de nouveau, elles ne le seront plus.
imported-at = Ajouté le { $at }. Format : { $format }.
category = Sorte de données
new = nouvelles
corrected = corrigées
known = déjà là
days = Période
no-days = sans date
rejected = écartées
rejected-mended = { $rows ->
    [one] { $rows } ligne écartée a été corrigée par vous, et rangée.
   *[other] { $rows } lignes écartées ont été corrigées par vous, et rangées.
}
rejected-rows = { $rows ->
    [0] Plus aucune ligne écartée
    [one] { $rows } ligne écartée
   *[other] { $rows } lignes écartées
}
rejected-why = Le reste du fichier est rangé. Ces lignes ne se lisent pas ; rien n’a été deviné à leur place.
rejected-not-kept = Leur contenu n’est pas gardé. Pour revoir lesquelles et pourquoi, ajoutez le fichier de nouveau : aucune ligne ne sera rangée deux fois.
members = Fichiers de l’archive
fewer-now = { $rows ->
    [one] Une ligne de moins aujourd’hui : depuis cet ajout, vous l’avez retirée, ou vous avez dit qu’elle était déjà là.
   *[other] { $rows } lignes de moins aujourd’hui : depuis cet ajout, vous les avez retirées, ou vous avez dit qu’elles étaient déjà là.
}
till-rows = Une ligne est celle du ticket entier, avec son total ; les autres sont ses articles.
see = Voir : { $category }
next = Et maintenant
next-why = Ces applications savent s’en servir. Chacune vous montre ce qu’elle lirait avant que vous ne disiez oui.
no-apps = Aucune application installée ici n’utilise encore ces données.
all-apps = Toutes les applications
add-more = Ajouter un autre fichier
answer = Votre fichier
answer-of = { $files ->
    [one] { $files } fichier reçu
   *[other] { $files } fichiers reçus
}
added-of = { $files ->
    [one] { $files } fichier ajouté
   *[other] { $files } fichiers ajoutés
}
all-stored = Tout est rangé : voici ce que chacun a apporté, et ce que vous pouvez en faire.
some-not = Tout n’a pas pu être rangé : voyez le détail ci-dessous.
members-unread = { $files ->
    [one] Un fichier de l’archive n’a pas été lu
   *[other] { $files } fichiers de l’archive n’ont pas été lus
}
each-member = Fichier par fichier ({ $files })
empty-file = Ce fichier est valide, mais il ne contient aucune ligne : rien n’a été ajouté.
done = { $rows ->
    [0] aucune ligne nouvelle
    [one] { $rows } ligne nouvelle
   *[other] { $rows } lignes nouvelles
}
done-corrected = { $rows ->
    [one] { $rows } corrigée : le fichier en a une version plus récente
   *[other] { $rows } corrigées : le fichier en a une version plus récente
}
done-known = { $rows ->
    [one] { $rows } déjà là, laissée telle quelle
   *[other] { $rows } déjà là, laissées telles quelles
}
see-report = Voir le détail
where-head = Où
field-head = Champ
why-head = Pourquoi
more = { $rows ->
    [one] … et { $rows } autre
   *[other] … et { $rows } autres
}
rejected-table = Lignes écartées
not-done = « { $file } » n’a pas été ajouté
nothing-kept = Rien n’a été gardé de ce fichier, et vos autres données n’ont pas bougé.
unrecognised = « { $file } » n’a pas été reconnu
unrecognised-why = Ce n’est ni un relevé ni un export que nous connaissons. Rien n’a été gardé de ce fichier, et vos autres données n’ont pas bougé.
unrecognised-try = Essayez l’export officiel de l’organisme, ou gardez ce fichier tel quel parmi vos documents : aucune application ne pourra lire son contenu.
member-try = Ouvrez l’archive sur votre appareil, sortez-en ce fichier, puis ajoutez-le seul : vous pourrez le garder comme document. S’il vient d’un organisme, essayez plutôt son export officiel.
workbook = C’est un classeur (Excel ou LibreOffice). Les seuls classeurs lus ici sont les relevés d’Enedis et de GRDF, et ce n’en est pas un. Rien n’a été gardé de ce fichier.
workbook-try = Si c’est un tableau, par exemple un relevé de compte : ouvrez-le, choisissez « Enregistrer sous », puis le format « CSV UTF-8 », et ajoutez ce nouveau fichier ici. S’il n’est pas reconnu, une page vous demandera ce que sont ses colonnes.
workbook-keep = Vous pouvez aussi garder le classeur tel quel parmi vos documents : aucune application ne pourra lire son contenu.
keep-this = Le garder comme document
choose-again = Choisissez-le de nouveau : rien n’en est resté ici.
no-file = Aucun fichier n’est arrivé
no-file-why = Choisissez un fichier sur votre appareil, puis envoyez-le. Un fichier vide ne s’ajoute pas.
too-many = { $files } fichiers au plus à la fois. Ceux qui précèdent sont rangés ; envoyez les autres ensuite.
too-many-imports = Une vie fictive reçoit { $imports } fichiers au plus. Avec un compte à vous, il n’y a pas cette limite.
too-large = Il dépasse { $size } : rien n’en a été gardé.
broken-off = L’envoi s’est interrompu : rien n’a été gardé de ce fichier.
too-slow = L’envoi était trop lent et a été abandonné : rien n’a été gardé de ce fichier.
busy = Trop de fichiers arrivent en ce moment : rien n’a été gardé de celui-ci. Réessayez dans quelques minutes.
again = Réessayer
papers-next = Une photo de ticket ou de facture ? Parmi vos papiers, son texte peut être reconnu, et un ticket de caisse devenir des achats :
