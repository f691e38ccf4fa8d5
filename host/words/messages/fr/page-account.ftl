# Le compte d’un testeur.

signed-in-as = Votre coffre s’ouvre avec le nom
sessions = Où votre coffre est ouvert
unknown-device = Appareil inconnu
this-session = cet appareil, maintenant
used-at = vu pour la dernière fois le { $at }
end-session = Fermer
end-everywhere = Fermer partout
change-password = Changer de mot de passe
change-password-lead = Vos autres sessions ouvertes se ferment ; celle-ci continue.
set-password = Choisir un mot de passe
set-password-lead = Il s’ajoute à votre clé d’accès. Vos autres sessions ouvertes se ferment ; celle-ci continue.
old-password = Mot de passe actuel
new-codes = Faire dix nouveaux codes de secours
codes-left = { $codes ->
    [0] Il ne reste aucun code de secours.
    [one] Il reste { $codes } code de secours.
   *[other] Il reste { $codes } codes de secours.
}
sign-out = Fermer cette session
leave-title = Partir et tout effacer
leave-lead = Voici exactement ce que cela fait. Il n’y a pas de retour possible.
erased-now = Effacé tout de suite
erased-rows = { $rows ->
    [one] votre ligne et vos documents
   *[other] vos { $rows } lignes et vos documents
}
erased-results = { $results ->
    [one] votre résultat enregistré
   *[other] vos { $results } résultats enregistrés
}
erased-letters = { $letters ->
    [one] votre lettre à un organisme
   *[other] vos { $letters } lettres aux organismes
}
erased-notes = { $notes ->
    [one] votre note
   *[other] vos { $notes } notes
}
erased-kept = vos résultats enregistrés, vos lettres et vos notes
erased-choices = vos corrections, et ce que vous aviez choisi de ne montrer à aucune application
erased-grants = vos accords, vos reçus et votre journal
erased-key = la clé de votre coffre : les sauvegardes deviennent illisibles
erased-account = votre compte et toutes ses sessions
remains = Ce qui reste
remains-receipt = un reçu d’effacement, que vous gardez
remains-holders = ce que les organismes ont chez eux
leave-sure = Oui, tout effacer maintenant
leave-act = Partir et tout effacer
stay = Rester
left = Tout est effacé
left-lead = Votre coffre n’existe plus, et personne ne peut plus le lire.
receipt = Reçu d’effacement
receipt-at = Demandé le
receipt-erased = Effacé
left-rows = { $rows ->
    [0] aucune ligne
    [one] { $rows } ligne
   *[other] { $rows } lignes
}
left-papers = { $papers ->
    [0] aucun document
    [one] { $papers } document
   *[other] { $papers } documents
}
left-results = { $results ->
    [0] aucun résultat gardé
    [one] { $results } résultat gardé
   *[other] { $results } résultats gardés
}
left-letters = { $letters ->
    [0] aucune lettre
    [one] { $letters } lettre
   *[other] { $letters } lettres
}
left-notes = { $notes ->
    [0] aucune note
    [one] { $notes } note
   *[other] { $notes } notes
}
receipt-head = Empreinte de la fin du journal
receipt-why = Gardez ou imprimez cette page : la fin du journal prouve quel journal a été fermé.
