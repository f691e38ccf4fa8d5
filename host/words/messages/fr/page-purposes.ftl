# Les besoins et les finalités des applications, dans nos propres mots.

need-pay-less = Payer moins
about-pay-less = Énergie, téléphone, banque, assurances : ce que vous payez, et ce qui vous irait mieux.
need-money = Savoir où va l’argent
about-money = Les dépenses, les prix, les courses.
need-travel = Peser moins, bouger mieux
about-travel = Le carbone, les trajets, les petits gestes.
need-papers = Tenir ses papiers
about-papers = La santé, les études, les contrats, et ce qui manque encore.
need-research = Aider la recherche
about-research = Des sommes où personne ne peut être reconnu.
personalised-benefits = vous donner un résultat personnel
personal-finance = vous montrer où va votre argent
service-comparison = comparer ce que vous payez avec ce qui vous irait mieux
energy-saving = vous montrer votre consommation et ce qu’elle coûte
carbon-footprint = estimer votre empreinte carbone
mobility = vous montrer vos déplacements et d’autres façons de les faire
health-summary = ranger votre dossier de santé
education-summary = réunir vos études
record-management = tenir vos papiers en ordre
research = contribuer à une recherche
# Des mots de tous les jours, pour chercher une application.
words-energy = chauffage, électricité, gaz, courant, compteur, Linky, facture, fournisseur, radiateur, kilowattheure
words-comparison = facture, abonnement, frais bancaires, compte, carte, agios, forfait, mobile, téléphone, internet, fournisseur, électricité, changer, moins cher, économies
words-money = argent, budget, dépenses, compte, banque, courses, supermarché, tickets, prix, salaire, loyer, impôts, taxes, économies
words-carbon = carbone, CO2, climat, écologie, planète, chauffage, voiture, pollution
words-travel = trajets, transports, voiture, vélo, train, bus, métro, marche, essence, déplacements
words-health = santé, mutuelle, médecin, docteur, ordonnance, médicaments, vaccins, remboursements, pharmacie, hôpital
words-studies = études, école, université, diplômes, notes, cours, prêt étudiant, formation
words-papers = papiers, contrats, assurances, mutuelle, échéances, garanties, documents, administratif, impôts, avis d’imposition
words-research = recherche, science, étude, statistiques, enquête, intérêt général
