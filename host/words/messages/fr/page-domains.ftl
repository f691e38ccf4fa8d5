# Les domaines de la vie.

money = Argent
energy = Énergie et eau
travel = Déplacements
purchases = Achats
phone = Téléphone
digital = Vie numérique
papers = Papiers et foyer
health = Santé

about-money = Banque, factures
about-energy = Électricité, gaz, eau
about-travel = Trajets, titres
about-purchases = Tickets de caisse, commandes
about-phone = Appels, messages, internet
about-digital = Navigation, réseaux
about-papers = Contrats, foyer, école, documents
about-health = Soins, remboursements
