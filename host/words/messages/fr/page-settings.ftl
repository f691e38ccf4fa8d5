# Réglages.

title = Réglages
in-this-page = Dans cette page
pause = Pause
pause-title = Tout mettre en pause
pause-lead = Plus aucun de vos accords ne laisse lire quoi que ce soit, jusqu’à votre retour. Ils attendent ; rien n’est effacé. Un essai ou un nouvel accord vous sera redemandé à part.
pause-all = Tout mettre en pause
paused-since = Tout est en pause depuis le { $since }
paused-why = Aucun de vos accords ne laisse lire quoi que ce soit. Ils vous attendent ; rien n’est effacé.
paused-but = Tout est en pause depuis le { $since }, sauf : { $apps }
paused-but-why = Vous avez laissé ces applications lire malgré la pause. Vos autres accords vous attendent.
resume-all = Tout reprendre
running = { $grants ->
    [0] Aucun accord en cours
    [one] { $grants } accord en cours
   *[other] { $grants } accords en cours
}
paused = { $grants ->
    [one] { $grants } accord en pause
   *[other] { $grants } accords en pause
}
display = Affichage
language = Langue
theme = Thème
theme-device = Comme l’appareil
theme-light = Clair
theme-dark = Sombre
text-size = Taille du texte
text-normal = Normale
text-large = Grande
text-larger = Très grande
reading = Lettres
reading-usual = Ordinaires
reading-easy = Plus lisibles
reading-why = Plus lisibles : des lettres plus distinctes, des lignes plus courtes et plus espacées.
save = Enregistrer
sign-in = Se connecter
take-away = Tout emporter
take-away-lead = { $rows ->
    [0] Vos documents, vos accords, vos reçus et votre journal, dans des fichiers que d’autres logiciels savent lire : JSON et Parquet, et vos documents tels que vous les avez déposés. Les fichiers de données (relevés, exports) n’y sont pas : leurs lignes y sont.
    [one] Une ligne, vos documents, vos accords, vos reçus et votre journal, dans des fichiers que d’autres logiciels savent lire : JSON et Parquet, et vos documents tels que vous les avez déposés. Les fichiers de données (relevés, exports) n’y sont pas : leurs lignes y sont.
   *[other] { $rows } lignes, vos documents, vos accords, vos reçus et votre journal, dans des fichiers que d’autres logiciels savent lire : JSON et Parquet, et vos documents tels que vous les avez déposés. Les fichiers de données (relevés, exports) n’y sont pas : leurs lignes y sont.
}
take-away-act = Préparer l’archive
leave = Partir
leave-lead = Vous pouvez partir aujourd’hui, sans dire pourquoi. La page suivante dit exactement ce que cela fait.
leave-act = Partir et tout effacer
leave-asked = une dernière confirmation suivra
leave-sample = Cette vie fictive s’efface d’elle-même après trente minutes sans visite. Vous pouvez aussi l’effacer maintenant : il n’en reste rien.
end-sample = Effacer cette vie fictive
