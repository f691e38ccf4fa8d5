# Ce qui n’a pas marché.

error-of = Erreur : { $page }
not-done = Cela n’a pas été fait
broken = Une partie du serveur s’est arrêtée en cours de route. Rien n’a été modifié ; vous pouvez recommencer.
nothing-here = Il n’y a rien à cette adresse
nothing-here-why = La page n’existe pas, ou plus, ou elle n’est pas à vous. Vos données n’ont pas bougé.
signed-out = Votre session est terminée
signed-out-why = Cela n’a pas été fait, et rien n’a été perdu. Ouvrez votre coffre, puis recommencez.
signed-out-typed = Cela n’a pas été fait. Ce que vous aviez écrit est ci-dessous et n’a été enregistré nulle part : copiez-le, ouvrez votre coffre, puis collez-le. Vous reviendrez à la page d’avant.
typed = Ce que vous aviez écrit
sign-in = Ouvrir mon coffre
not-understood = Le formulaire est incomplet ou a été modifié. Rien n’a été fait ; revenez à la page et recommencez.
busy = Le serveur a trop à faire en ce moment. Rien n’a été fait ; recommencez dans quelques secondes.
too-often = { $seconds ->
    [one] Trop d’essais sont venus de votre connexion. Rien n’a été fait, rien n’est perdu ; recommencez dans { $seconds } seconde.
   *[other] Trop d’essais sont venus de votre connexion. Rien n’a été fait, rien n’est perdu ; recommencez dans { $seconds } secondes.
}
other-site = Cette demande ne vient pas d’une page de MesInfos. Rien n’a été fait.
other-host = Ce serveur ne répond pas sous ce nom. Demandez à la personne qui le gère sous quels noms il répond.
closed = Cette adresse est fermée
closed-why = Elle a déjà servi, ou elle est trop ancienne. « mesinfos open » en donne une autre.
home = Retour à l’accueil
