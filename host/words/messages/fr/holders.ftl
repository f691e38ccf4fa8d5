# Comment télécharger soi-même ses données, par détenteur. Les clés sont celles du registre (host/model/src/holder.rs).

amazon = Votre compte, « Demander vos données » (sous « Vos données et votre vie privée ») : choisissez « Vos commandes ». Un courriel vous prévient quand l’archive est prête.
apple = Sur privacy.apple.com, « Obtenir une copie de vos données ». Les données de santé s’exportent de l’iPhone : application Santé, votre portrait, « Exporter toutes les données de santé ».
bnp-paribas = Dans votre espace client, la page du compte propose de télécharger ou d’exporter les opérations : choisissez un fichier CSV ou OFX, et les dates.
boursobank = Sur la page du compte, au-dessus des opérations, « Exporter » : un fichier CSV.
caisse-epargne = Dans votre espace client, la page du compte propose de télécharger ou d’exporter les opérations : choisissez un fichier CSV ou OFX, et les dates.
cic = Dans la liste des comptes, « Télécharger » : choisissez un format OFX ou CSV, et les dates.
credit-agricole = Dans les opérations du compte, « Télécharger des opérations » : choisissez un format OFX ou CSV, et les dates.
credit-mutuel = Dans la liste des comptes, « Télécharger » : choisissez un format OFX ou CSV, et les dates.
edf = Dans votre espace client, le suivi de la consommation propose « Télécharger mes consommations ».
enedis = Dans votre compte, la page de vos mesures propose « Télécharger mes mesures » : par jour, et par demi-heure si vous avez activé la collecte de la consommation horaire.
facebook = Paramètres, « Espace Comptes », « Vos informations et autorisations », puis l’export de vos informations : choisissez le format JSON.
google = Sur takeout.google.com, choisissez ce que vous voulez emporter, puis « Créer une exportation ». Les trajets (« Vos trajets ») s’exportent du téléphone : réglages de localisation, « Vos trajets ».
grdf = Dans votre espace, la page de votre consommation permet de télécharger vos données : un classeur.
la-banque-postale = Dans votre espace client, la page du compte propose de télécharger ou d’exporter les opérations : choisissez un fichier CSV ou OFX, et les dates.
linkedin = Préférences, « Confidentialité des données », « Obtenir une copie de vos données ».
mon-espace-sante = Dans vos documents, chaque document se télécharge. Gardez-les ici tels quels.
revolut = Sur la page du compte, « Relevé » : choisissez Excel (un fichier CSV) et les dates.
societe-generale = Dans votre espace client, la page du compte propose de télécharger ou d’exporter les opérations : choisissez un fichier CSV ou OFX, et les dates.
strava = Paramètres, « Mon compte », « Télécharger ou supprimer votre compte », puis demandez votre archive : rien n’est supprimé. Un courriel vous prévient.
uber = Sur le site, dans le centre de confidentialité, « Télécharger vos données ». Un courriel vous prévient.
whatsapp = Dans une discussion, le menu « Plus », « Exporter la discussion », sans les médias.
