# Le journal : ce qui est arrivé aux données d’une personne.

person-created = Le coffre a été créé.
imported = Import n° { $import } : « { $file } » ({ $format }), { $category } : { $counts }.
new-rows = { $rows ->
    [one] { $rows } ligne nouvelle
   *[other] { $rows } lignes nouvelles
}
corrected-rows = { $rows ->
    [one] { $rows } corrigée
   *[other] { $rows } corrigées
}
known-rows = { $rows ->
    [one] { $rows } déjà là
   *[other] { $rows } déjà là
}
rejected-rows = { $rows ->
    [one] { $rows } écartée
   *[other] { $rows } écartées
}
undone = { $rows ->
    [one] L’import n° { $import } (« { $file } ») a été annulé : { $rows } ligne retirée.
   *[other] L’import n° { $import } (« { $file } ») a été annulé : { $rows } lignes retirées.
}
row-deleted = Vous avez retiré une ligne de « { $file } » ({ $category }).
row-corrected = Vous avez corrigé une ligne de « { $file } » ({ $category }).
row-restored = Une ligne de « { $file } » est de nouveau telle que l’organisme l’a donnée ({ $category }).
row-added = Vous avez corrigé une ligne illisible de « { $file } » : elle est ajoutée ({ $category }).
rows-stayed = { $rows ->
    [one] { $rows } ligne reste : « { $file } » la contient aussi ({ $category }).
   *[other] { $rows } lignes restent : « { $file } » les contient aussi ({ $category }).
}
rows-returned = { $rows ->
    [one] { $rows } ligne de « { $file } » est revenue ({ $category }).
   *[other] { $rows } lignes de « { $file } » sont revenues ({ $category }).
}
row-superseded = Une ligne de « { $file } » est remplacée par celle d’un autre fichier : vous avez dit que c’est la même ({ $category }).
rows-replaced = { $rows ->
    [one] { $rows } ligne de « { $file } » est remplacée par la version d’un fichier plus récent ({ $category }).
   *[other] { $rows } lignes de « { $file } » sont remplacées par la version d’un fichier plus récent ({ $category }).
}
row-lifted = Une ligne retirée de « { $file } » pourra revenir ({ $category }).
text-read = Le texte du document « { $file } » a été lu ({ $size }) et gardé à côté.
text-recognised = Le texte de l’image « { $file } » a été reconnu ({ $size }) et gardé à côté.
installed = L’application « { $app } » { $version } a été installée (composant { $component }).
began = L’application « { $app } » { $version } a été lancée (exécution { $run }).
began-again = L’application « { $app } » { $version } a été relancée pour vérifier le reçu { $receipt } (exécution { $run }).
ran = L’exécution de l’application « { $app } » { $version } a pris fin : { $outcome }. { $reads }
not-run = { $times ->
    [one] L’application « { $app } » { $version } n’a pas été lancée : { $outcome }.
   *[other] L’application « { $app } » { $version } n’a pas été lancée, { $times } fois : { $outcome }.
}
trial-began = L’application « { $app } » { $version } a été mise à l’essai, à votre demande.
tried = Essai de l’application « { $app } » { $version } : { $outcome }. { $reads } Rien n’en a été gardé.
replayed-identical = Le reçu { $receipt } a été vérifié : l’application redonne le même résultat. { $reads }
replayed-different = Le reçu { $receipt } a été vérifié : l’application ne redonne pas le même résultat. { $reads }
read-nothing = Rien n’a été lu.
read = Lu : { $reads }.
read-of-category = { $rows ->
    [one] { $category } ({ $period }), { $rows } ligne, { $size }
   *[other] { $category } ({ $period }), { $rows } lignes, { $size }
}
read-again = { $rows ->
    [one] { $category } ({ $period }), { $rows } ligne, lue plusieurs fois ({ $read } lectures), { $size }
   *[other] { $category } ({ $period }), { $rows } lignes, dont certaines plusieurs fois ({ $read } lectures), { $size }
}
app-suspended = L’application « { $app } » { $version } a été suspendue : elle ne s’exécute plus pour personne. { $reason }
app-resumed = L’application « { $app } » { $version } s’exécute de nouveau : sa suspension est levée. { $reason }
app-yanked = L’application « { $app } » { $version } a été retirée définitivement : elle ne s’exécute plus pour personne. { $reason }
exported = Vous avez pris une copie de toutes vos données.
downloaded = Vous avez téléchargé des lignes : { $category }, dans un fichier { $form }.
withheld-row = Vous ne montrez plus une ligne à aucune application ({ $category }).
withheld-holder = Vous ne montrez plus les lignes de « { $of } » à aucune application ({ $category }).
withheld-no-holder = Vous ne montrez plus les lignes sans organisme connu à aucune application ({ $category }).
withheld-words = Vous ne montrez plus les lignes contenant « { $of } » à aucune application ({ $category }).
shown-row = Une ligne que vous ne montriez à aucune application peut de nouveau être donnée ({ $category }).
shown-holder = Les lignes de « { $of } », que vous ne montriez à aucune application, peuvent de nouveau être données ({ $category }).
shown-no-holder = Les lignes sans organisme connu, que vous ne montriez à aucune application, peuvent de nouveau être données ({ $category }).
shown-words = Les lignes contenant « { $of } », que vous ne montriez à aucune application, peuvent de nouveau être données ({ $category }).
signed-in = Votre compte a été ouvert avec votre mot de passe ({ $device }).
signed-in-with-passkey = Votre compte a été ouvert avec une clé d’accès ({ $device }).
sign-in-failed = { $times ->
    [one] Quelqu’un a tapé votre nom avec un mot de passe faux ({ $device }). Rien ne s’est ouvert.
   *[other] Quelqu’un a tapé votre nom avec un mot de passe faux, { $times } fois de suite ({ $device }). Rien ne s’est ouvert.
}
recovered = Un code de secours a servi à choisir un nouveau mot de passe ({ $device }). Toutes les autres sessions ont été fermées.
password-changed = Votre mot de passe a été choisi ou changé ({ $device }). Toutes les autres sessions ont été fermées.
passkey-added = Une clé d’accès a été ajoutée à votre compte ({ $device }).
passkey-removed = Une clé d’accès a été retirée de votre compte ({ $device }).
codes-replaced = De nouveaux codes de secours ont été faits ({ $device }) : les anciens ne valent plus rien.
ended-everywhere = Toutes les sessions ont été fermées ({ $device }).
unknown-device = appareil inconnu
erased = Les données de la personne ont été effacées : le journal s’arrête ici.
by = { $actor }, { $channel }
under-way = en cours
interrupted = interrompue : le programme s’est arrêté avant la fin

## Ce qui arrive à l’autorisation d’une application

shown = L’application « { $app } » a demandé à lire des données.
deferred = La demande de l’application « { $app } » est restée sans réponse.
refused = La demande de l’application « { $app } » a été refusée.
given = Vous avez autorisé l’application « { $app } ».
paused = L’autorisation de l’application « { $app } » a été suspendue.
resumed = L’autorisation de l’application « { $app } » a été rétablie.
renewed = L’autorisation de l’application « { $app } » a été renouvelée.
narrowed = L’autorisation de l’application « { $app } » a été restreinte.
expired = L’autorisation de l’application « { $app } » est arrivée à son terme.
withdrawn = L’autorisation de l’application « { $app } » a été retirée.
revoked = L’autorisation de l’application « { $app } » a été révoquée.
invalidated = L’autorisation de l’application « { $app } » a été invalidée.
superseded = L’autorisation de l’application « { $app } » a été remplacée par une autre.

## L’histoire d’une autorisation, en détail

change-shown = Demandée : { $items }.
change-deferred = Remise à plus tard.
change-refused = Refusée.
change-given = Donnée : { $items }.
change-given-until = Donnée jusqu’au { $until } compris : { $items }.
change-paused = Suspendue.
change-resumed = Rétablie.
change-renewed = Renouvelée, jusqu’à ce que vous la retiriez.
change-renewed-until = Renouvelée jusqu’au { $until } compris.
change-narrowed = Restreinte à ce qui suit : { $items }.
change-expired = Arrivée à son terme.
change-withdrawn = Retirée.
change-revoked = Révoquée : { $reason }
change-invalidated = Invalidée : { $reason }
change-superseded = Remplacée par l’autorisation { $by }.
item = { $category } ({ $scope })
item-refused = { $category } (refusé)

## En quoi une exécution recommencée diffère de son reçu

different-component = un autre composant a été lancé : { $now } au lieu de { $then }
different-engine = le moteur n’est pas le même : { $now } au lieu de { $then }
different-inputs = la langue, le jour ou un réglage n’est pas le même
different-scope = l’application n’avait pas droit aux mêmes données
different-rows = { $now ->
    [one] l’application a lu { $now } ligne ({ $category }) comme la première fois, mais pas la même
   *[other] l’application a lu { $now } lignes ({ $category }) comme la première fois, mais pas les mêmes
}
different-count = { $now ->
    [one] l’application a lu { $now } ligne ({ $category }) au lieu de { $then }
   *[other] l’application a lu { $now } lignes ({ $category }) au lieu de { $then }
}
different-outcome = l’application n’a pas fini de la même façon : { $now }, au lieu de : { $then }
different-view = le résultat n’est pas le même
