# Les pages où l’on corrige, annote ou retire une ligne.

change = Corriger, annoter ou retirer
title = Corriger cette ligne
lead = Vos valeurs remplaceront celles de l’organisme partout : pages, applications, exports. Les siennes restent gardées à côté, pour vous seulement.
changed-meanwhile = Cette ligne a changé entre-temps
changed-meanwhile-why = Elle a été corrigée ou retirée ailleurs, par exemple dans un autre onglet. Votre demande n’a rien modifié.
changed-typed = Cette ligne a changé entre-temps, par exemple dans un autre onglet. Rien n’a été enregistré ; ce que vous aviez saisi est ci-dessous. Vérifiez, puis enregistrez.
see-row = Voir la ligne
save = Enregistrer la correction
leave = Ne rien changer
numbers = nombre, avec une virgule ou un point
in-unit = en { $unit }
in-unit-or = en { $unit } ; une autre unité se lit aussi si vous l’écrivez, comme « { $example } »
purposes = au choix dans la liste, ou dans vos mots : les applications lisent ce que vous écrivez ici
together = { $rows ->
    [one] Écrire la même chose dans « { $field } » pour l’autre ligne dont le libellé est « { $label } »
   *[other] Écrire la même chose dans « { $field } » pour les { $rows } autres lignes dont le libellé est « { $label } »
}
together-gist = (quels que soient la date et les numéros)
together-most = ({ $most } au plus à la fois ; le reste peut suivre de la même façon)
refiled = { $rows ->
    [one] L’autre ligne de même libellé est corrigée aussi.
   *[other] { $rows } autres lignes de même libellé sont corrigées aussi.
}
refiled-left = { $left ->
    [one] Une ligne reste à corriger : recommencez de la même façon.
   *[other] { $left } lignes restent à corriger : recommencez de la même façon.
}
nothing = (rien)
corrected = Vous avez corrigé cette ligne le { $at }.
before = L’organisme disait :
restore = Revenir aux valeurs de l’organisme
restore-all = { $rows ->
    [one] Y revenir aussi pour l’autre ligne corrigée avec elle
   *[other] Y revenir aussi pour les { $rows } autres lignes corrigées avec elle
}
restore-ask = Revenir aux valeurs de l’organisme pour { $rows ->
    [one] cette ligne ?
   *[other] ces { $rows } lignes ?
}
restore-why = Ce sont les lignes de même libellé que vous avez corrigées de la même façon, et seulement là. Les pages, les applications et les exports reprennent les valeurs de l’organisme ; votre correction est oubliée.
restore-sure = Revenir aux valeurs de l’organisme
restored = { $rows ->
    [one] Une ligne a repris les valeurs de l’organisme.
   *[other] { $rows } lignes ont repris les valeurs de l’organisme.
}
restored-left = { $left ->
    [one] Une ligne de même libellé est encore corrigée : ouvrez-la pour la reprendre de la même façon.
   *[other] { $left } lignes de même libellé sont encore corrigées : ouvrez l’une d’elles pour les reprendre de la même façon.
}
delete = Retirer cette ligne
delete-ask = Retirer cette ligne de votre coffre ?
delete-ask-of = Retirer de votre coffre la ligne « { $row } » ?
was-deleted = La ligne est retirée de votre coffre : aucune application ne la lira plus.
delete-why = Ses valeurs sont effacées des pages, et aucune application ne les lira plus. Les résultats déjà enregistrés et les fichiers déjà exportés, eux, ne changent pas : effacez-les si vous le souhaitez. Ajouter de nouveau le même fichier ne la ramène pas, sauf si vous le permettez dans « Lignes retirées ». L’organisme, lui, la garde.
delete-button = Retirer
note = Votre note
note-why = Pour vous seulement : aucune application ne la lit. { $most } caractères au plus.
note-save = Garder la note
deleted = Lignes retirées
deleted-lead = De ces lignes, il ne reste que leur place dans le fichier. Elles ne reviennent pas avec un nouvel ajout du fichier, sauf si vous le permettez ici.
deleted-none = Aucune ligne retirée
deleted-none-why = Les lignes que vous retirez de votre coffre sont comptées ici, sans leurs valeurs.
deleted-line = { $category }, ligne { $place }
deleted-at = { $file }, retirée le { $at }
lifted = C’est permis. La ligne n’est pas encore revenue : elle le sera quand vous ajouterez de nouveau son fichier.
lift = La laisser revenir
lift-why = Elle reviendra si vous ajoutez de nouveau son fichier. Si vous l’aviez laissée de côté pour une application, refaites-le : elle sera une nouvelle ligne.
see-deleted = { $rows ->
    [one] { $rows } ligne que vous avez retirée
   *[other] { $rows } lignes que vous avez retirées
}
gone = Cette ligne a changé entre-temps. Rien n’a été fait : ouvrez-la de nouveau.
