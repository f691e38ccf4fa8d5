# Tout emporter.

title = Tout emporter
lead = Vous recevez une archive ZIP avec tout ce que votre coffre contient. Un autre serveur MesInfos sait la reprendre, et d’autres logiciels savent la lire.
contents = Ce qu’elle contient
rows = { $rows ->
    [0] aucune ligne pour l’instant
    [one] votre ligne, avec toutes ses valeurs et son origine, en JSON et en Parquet (deux formats pour logiciels)
   *[other] vos { $rows } lignes, avec toutes leurs valeurs et leur origine, en JSON et en Parquet (deux formats pour logiciels)
}
papers = { $papers ->
    [0] aucun document pour l’instant
    [one] votre document, tel que vous l’avez déposé : { $size }
   *[other] vos { $papers } documents, tels que vous les avez déposés : { $size }
}
grants = { $grants ->
    [0] aucune réponse à une application pour l’instant
    [one] votre réponse à la demande d’une application, aussi dans un format normalisé que d’autres services savent lire (ISO/IEC TS 27560)
   *[other] vos { $grants } réponses aux demandes des applications, accords et refus, aussi dans un format normalisé que d’autres services savent lire (ISO/IEC TS 27560)
}
receipts = { $receipts ->
    [0] aucun reçu pour l’instant
    [one] le reçu d’une exécution
   *[other] les reçus de { $receipts } exécutions
}
results = { $results ->
    [0] aucun résultat gardé
    [one] le résultat que vous gardez
   *[other] les { $results } résultats que vous gardez
}
letters = { $letters ->
    [0] aucune lettre à un organisme
    [one] votre lettre à un organisme
   *[other] vos { $letters } lettres à des organismes
}
entries = { $entries ->
    [one] la seule ligne de votre journal, avec son empreinte
   *[other] les { $entries } lignes de votre journal, avec leurs empreintes, pour le vérifier
}
list = la liste de tous les fichiers, un mode d’emploi, et de quoi vérifier que rien n’a changé (une empreinte de chaque fichier : une suite de chiffres et de lettres qui n’est qu’à lui)
without = Ce qu’elle ne contient pas
without-account = le nom, le mot de passe et les clés d’accès de votre compte
without-display = vos réglages d’affichage, qui sont dans ce navigateur
without-rejected = les lignes écartées de vos fichiers : téléchargez-les à la page de leur ajout
before = Avant de télécharger
open = L’archive n’est pas chiffrée : qui la trouve peut tout lire. Rangez-la en lieu sûr.
long = Elle se prépare pendant le téléchargement. Gardez cette page ouverte jusqu’à la fin ; une archive interrompue est inutilisable, et rien n’est perdu ici.
logged = Votre journal note que vous avez tout emporté.
act = Télécharger l’archive
elsewhere = La reprendre sur un autre serveur
elsewhere-how = Sur l’autre serveur MesInfos, déposez l’archive à la page « Ajouter des données ». Elle reprend toutes vos lignes et tous vos documents, avec leur origine ; vos corrections, avec ce que disait l’organisme ; vos notes. Une ligne que vous avez retirée ne revient pas quand vous y ajoutez le fichier de l’organisme. Si un seul fichier de l’archive a changé, rien n’est repris.
elsewhere-not = Vos accords, vos reçus, vos résultats, vos lettres, les textes lus dans vos documents, les valeurs antérieures de vos lignes et votre journal ne sont pas repris : aucune application n’est autorisée là-bas sans vous le demander. Si l’autre coffre a déjà une ligne, il ne la retire pas, n’en reprend pas la note, et ce que vous y avez changé l’emporte.
underway = Une archive est déjà en cours de téléchargement
underway-why = Nous en préparons une seule à la fois par personne, et peu à la fois en tout. Rien n’est perdu : attendez que la première soit terminée, puis recommencez.
