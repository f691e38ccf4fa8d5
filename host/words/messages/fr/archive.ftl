# Le mode d’emploi de l’archive « Tout emporter ».

file-name = LISEZ-MOI.txt
title = MesInfos : tout ce que contenait votre coffre
made = Archive préparée le { $at }.
private = Cette archive n’est pas chiffrée. Qui la trouve peut tout lire : rangez-la en lieu sûr.
rows = rows/ : vos lignes, un fichier par catégorie. Les fichiers .jsonl ont une ligne de texte JSON par ligne de données, et les fichiers .parquet ont les mêmes lignes pour un logiciel d’analyse de données. « id » est l’adresse de la ligne : numéro de l’import, numéro du fichier dans une archive importée (0 sinon), place dans ce fichier.
values = Les nombres sont exacts, dans l’unité que manifest.json donne pour chaque champ (par exemple minor-units : centimes ; mWh : milliwattheures). Les dates et les heures suivent ISO 8601, en temps universel. Une valeur absente n’est pas écrite.
papers = papers/ : vos documents, octet pour octet. Dans rows/documents.jsonl, « paper » donne le fichier de chaque document.
texts = texts/ : le texte lu dans vos documents, sous le même numéro.
consents = consent/grants.json : vos accords et tout ce qui leur est arrivé. consent/consent-receipts.jsonld : les mêmes sous la forme de la norme ISO/IEC TS 27560, avec les termes du vocabulaire DPV du W3C. consent/notices/ : le texte exact qui vous a été montré avant chaque réponse, sous son empreinte SHA-256.
receipts = consent/run-receipts.jsonl : un reçu pour chaque exécution d’une application, avec ce qu’elle a lu.
results = results/ : les résultats que vous gardez.
letters = letters.jsonl : vos lettres aux organismes, avec leurs dates. Vos coordonnées n’y sont que si vous avez demandé à les garder.
changes = changes.jsonl : les lignes que vous avez corrigées, avec ce que disait l’organisme, celles que vous avez retirées et vos notes. D’une ligne retirée, il ne reste que des empreintes SHA-256, pour la reconnaître dans un fichier : qui devinerait ses valeurs pourrait le vérifier.
withheld = withheld.jsonl : ce que vous ne montrez à aucune application.
mappings = mappings.jsonl : ce que vous avez dit des colonnes de vos tableaux.
journal = journal/audit.jsonl : votre journal. Chaque entrée porte l’empreinte de la précédente ; l’empreinte d’une entrée est le SHA-256 de « mesinfos/audit/1 », de l’empreinte précédente et du texte JSON de "at", "by" et "event", chacun précédé de sa longueur sur huit octets.
imports = imports.json : vos imports, y compris ceux que vous avez annulés.
list = manifest.json : la version de l’archive, les champs de chaque catégorie, les fichiers d’origine des lignes, et la taille et l’empreinte SHA-256 de chaque fichier de l’archive.
elsewhere = Une autre instance de MesInfos reprend cette archive à sa page « Ajouter des données » : toutes les lignes, avec leurs valeurs et leur origine, vos corrections, vos notes, ce que vous ne montrez à aucune application, et tous les documents. Une ligne que vous avez retirée n’y revient pas avec le fichier de l’organisme. Si un fichier de l’archive a changé, elle ne reprend rien.
not-taken-in = Elle ne reprend ni les accords, ni les reçus, ni les résultats, ni les lettres, ni les textes lus, ni le journal : ils restent ici, pour vous. Aucune application n’est autorisée là-bas sans vous le demander.
