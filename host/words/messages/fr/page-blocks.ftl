# Chaque bloc d’un résultat, pour qui écrit des applications.

title = Blocs d’un résultat
lead = Un résultat est fait de ces { $blocks } blocs. Sous chacun, le code qui le donne. Des tests exécutent ce code dans les trois langages : il donne la même chose.
code = Code en { $language }
paragraph = Un paragraphe. Les valeurs y sont écrites dans la langue de la personne.
bullets = Une liste, avec des puces, des numéros ou des coches.
figures = Des chiffres mis en avant, six au plus. Une courbe, une évolution et une note peuvent accompagner chacun.
table = Un tableau. La sorte d’une colonne dit comment ses cases sont écrites.
bar = Un graphique en barres. Il dit toujours ce qu’on en retient, et ses nombres sont là aussi en tableau.
line = Un graphique en lignes. La teinte « compare » est pour ce à quoi le reste se mesure.
area = Un graphique en aires. Une valeur inconnue est un vide.
stacked-bar = Des barres qui s’additionnent, ici selon des libellés plutôt que des dates.
parts = Les parts d’un tout, la plus grande d’abord.
calendar = Une valeur pour chaque jour, 1 100 au plus.
heatmap = Une valeur pour chaque ligne et chaque colonne.
timeline = Des événements, chacun avec sa date.
notice = Une remarque : information, réussite, avertissement ou danger.
advice = Un conseil. Il dit toujours comment son économie est calculée.
comparison = Des offres côte à côte, avec les liens de l’auteur avec elles.
progress = Où en est une valeur par rapport à son objectif.
