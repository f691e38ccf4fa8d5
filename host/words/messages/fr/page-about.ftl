# Sur la plateforme.

privacy-title = Vie privée
privacy-lead = Ce que devient ce que vous déposez ici, en cinq points.
keys-title = Dans votre coffre
keys = Chaque coffre est chiffré avec une clé qui lui est propre. Une copie du disque sans les clés ne dit rien de vous.
apps-title = Ce que les applications peuvent faire
apps = Une application calcule sur vos lignes, dans notre serveur, et ne garde rien : ni réseau, ni fichier, ni mémoire d’une fois sur l’autre. Elle ne lit que ce que vous lui avez donné. Son résultat n’est montré qu’à vous.
host-title = Ce que voit la personne qui gère ce serveur
host = La santé du serveur et les invitations, sur ses pages. Elle tient aussi la machine et ses clés : quelqu’un qui en abuserait pourrait lire les coffres. Choisissez un serveur dont vous connaissez l’exploitant.
browser-title = Dans votre navigateur
browser = Un cookie pour la session, trois pour la langue, le thème et la taille du texte. Aucune page ne demande rien à un autre site.
leave-title = Quand vous partez
leave = Vos données, vos accords et votre clé sont détruits tout de suite ; les sauvegardes deviennent illisibles. Vous gardez un reçu.
access-title = Accessibilité
access-lead = Ces pages sont faites pour être lues et utilisées par tout le monde : au clavier, avec un lecteur d’écran, en grands caractères, sans script.
access-how = Elles visent le niveau AA de WCAG 2.2. Chaque page est contrôlée par un outil (axe-core), en clair et en sombre, sur petit et grand écran.
access-missing = Aucun audit complet par des personnes n’a encore été fait : la conformité est donc dite partielle.
