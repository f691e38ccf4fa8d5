# Ce qu’une autorisation laisse voir, et le dictionnaire des données.

grain-raw = exact
grain-rounded = arrondi (unité de monnaie, kilomètre)
grain-rounded-short = arrondi
grain-hourly = par heure
grain-daily = par jour
grain-monthly = par mois

## Une autorisation

whole-months = les mois entiers seulement ({ $period })
wholly-within = ce qui tient entièrement dans la période ({ $period })
with-undated = { $days }, lignes sans date comprises
without-undated = { $days }, lignes sans date non comprises
only-of-holders = uniquement de { $holders }
without-rows = sans { $rows }
without-rows-and-more = { $more ->
    [one] sans { $rows } et { $more } autre ligne
   *[other] sans { $rows } et { $more } autres lignes
}
fields = champs : { $fields }
no-fields = aucun champ

## Le dictionnaire

granularities = Finesse au choix : { $grains }
undated = Certaines lignes peuvent ne pas avoir de date ; si vous donnez une période, elles n’en font partie que si vous le demandez.
head-field = champ
head-name = nom
head-values = valeurs
head-given = donné
head-about = à savoir
values-date = date
values-instant = instant (UTC)
values-text = texte
values-pseudonym = pseudonyme
values-shown-in = { $stored }, affichés en { $shown }
given-with-category = avec la catégorie
given-by-name = seulement si on le nomme
given-never = jamais
