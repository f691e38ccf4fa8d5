# Les papiers de la personne.

title = Mes papiers
lead = { $papers ->
    [one] { $papers } papier, gardé tel quel et chiffré. Aucune application ne reçoit le fichier ni son texte.
   *[other] { $papers } papiers, gardés tels quels et chiffrés. Aucune application ne reçoit les fichiers ni leur texte.
}
add = Ajouter un papier
nothing = Aucun papier pour l’instant
nothing-why = Une facture, un contrat, une attestation, la photo d’un ticket : vos papiers sont gardés tels quels, chiffrés, et vous les retrouvez par leurs mots.
unread = { $papers ->
    [one] Le texte de { $papers } papier n’a pas encore été lu : la recherche ne le connaît que par son nom.
   *[other] Le texte de { $papers } papiers n’a pas encore été lu : la recherche ne les connaît que par leur nom.
}
read-all = Lire les textes
search = Chercher
text = Mots
kind = Type
all-kinds = Tous
apply = Chercher
found = { $papers ->
    [0] aucun papier
    [one] { $papers } papier
   *[other] { $papers } papiers, les plus récents d’abord
}
not-whole = La recherche s’est arrêtée : elle avait déjà lu beaucoup de texte. Précisez les dates ou le type.
none-found = Aucun papier ne correspond
none-found-why = Cherchez moins de mots à la fois, ou élargissez les dates. Ni les majuscules ni les accents ne comptent.
pages = Pages de la liste
shown = Papiers { $first } à { $last } sur { $total }
download = Télécharger
download-of = Télécharger « { $name } »
about = { $kind }, { $day }, { $size }, { $format }
undated = sans date
no-kind = autre
plain-text = texte simple
other-format = autre format
nameless = Sans nom
has-no-text = sans texte
recognised = texte reconnu
read = texte lu
not-read = texte non lu
who-read = D’où il vient, qui a lu
the-text = Le texte
no-text-why = Ce document ne contient pas de texte : c’est sans doute une image. Une photo en JPEG ou PNG de la page peut être reconnue.
read-again = Lire à nouveau
read-at = Lu le { $at }, et gardé chiffré à côté du document.
may-be-wrong = Il a été reconnu sur une image : il peut contenir des erreurs.
is-cut = Le début seulement : le document est très long.
cannot-be-read = Le texte de ce genre de fichier ne peut pas être lu. Le document reste gardé tel quel.
picture-why = C’est une image. Le texte qu’elle montre peut être reconnu sur ce serveur, par un programme enfermé qui n’accède à rien d’autre.
recognise = Reconnaître le texte
read-why = Le texte sert à retrouver ce document, et à proposer les lignes d’un ticket. Il est gardé chiffré à côté, et disparaît avec lui.
not-read-why = Le texte n’a pas pu être lu : { $why }. Le document est intact, et peut être téléchargé.
not-read-too-much = Le texte n’a pas pu être lu : il demanderait trop de mémoire ou de temps. Le document est intact, et peut être téléchargé.
read-text = Lire le texte
till-receipt = Ticket de caisse
receipt-kept = Les lignes de ce ticket sont dans vos achats.
receipt-why = Si c’est un ticket de caisse, ses lignes peuvent rejoindre vos achats. Vous corrigez et confirmez d’abord.
is-receipt = On dirait un ticket de caisse
is-receipt-why = Ses lignes sont proposées d’après son texte. Rien ne rejoint vos achats avant que vous les ayez vérifiées et confirmées.
confirm-receipt = Vérifier et confirmer
read-receipt = C’est un ticket de caisse
ask-receipt = Une photo de ticket de caisse ?
ask-receipt-why = Son texte peut être reconnu sur ce serveur, et ses lignes vous être proposées. Rien ne rejoint vos achats avant que vous les ayez confirmées.
unrecognised = { $papers ->
    [one] { $papers } image n’a pas de texte reconnu : la recherche ne la connaît que par son nom. Ouvrez-la pour le reconnaître.
   *[other] { $papers } images n’ont pas de texte reconnu : la recherche ne les connaît que par leur nom. Ouvrez-les pour le reconnaître, une par une.
}
make-receipt = Proposer les lignes
remove = Supprimer ce papier
remove-ask = Retirer « { $file } » ?
remove-why = Le fichier et son texte sont effacés. Le journal garde la trace de cette annulation.
remove-together = { $rows ->
    [one] Ce papier est arrivé seul.
   *[other] Ce papier est arrivé dans un fichier avec d’autres ({ $rows } lignes en tout) : on les retire ensemble, en annulant l’import.
}
papers-read = { $papers ->
    [0] Aucun nouveau texte n’a été lu.
    [one] Le texte de { $papers } papier a été lu.
   *[other] Les textes de { $papers } papiers ont été lus.
}
papers-failed = { $papers ->
    [one] { $papers } papier n’a pas pu être lu : ouvrez-le pour savoir pourquoi. Il est intact.
   *[other] { $papers } papiers n’ont pas pu être lus : ouvrez-les pour savoir pourquoi. Ils sont intacts.
}
left = { $papers ->
    [one] Il reste { $papers } papier à lire
   *[other] Il reste { $papers } papiers à lire
}
left-why = Les textes sont lus par petits groupes, pour que la page réponde vite.
read-on = Continuer
see-all = Voir mes papiers
