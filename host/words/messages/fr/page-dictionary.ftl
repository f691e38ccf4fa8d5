# Le dictionnaire des données, pour qui écrit des applications.

title = Dictionnaire des données
lead = Ce que chacune des { $categories } catégories contient, et ce qu’une application peut en demander. Les exemples viennent de personnes qui n’existent pas.
fields = { $fields ->
    [one] { $fields } champ
   *[other] { $fields } champs
}
sensitive = plus intime : confirmée à part
ask = Comment la demander
ask-why = Le manifeste dit pourquoi. Le code n’importe que les champs qu’il lit : importer, c’est demander, et la personne voit exactement ces champs.
why = pour …
the-fields = Les champs
example = exemples
rows = Des lignes, telles qu’elles arrivent
rows-why = Une ligne de chaque sorte et de chaque organisme, dans les vies d’exemple. Les champs absents d’une ligne sont absents aussi pour l’application.
no-rows = Aucune vie d’exemple n’a de ligne de cette catégorie.
row-of = { $holder }, vie « { $life } »
app-gets = l’application reçoit
person-reads = la personne lit
