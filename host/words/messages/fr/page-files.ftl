# Le champ des fichiers, et l’état de chacun pendant l’envoi.

choose = Choisir sur cet appareil
chosen = Fichiers choisis
waiting = en attente
receiving = réception
reading = lecture et contrôle
storing = rangement
added = ajouté
refused = non ajouté : la réponse dira pourquoi
asks = à compléter : la réponse dira comment
