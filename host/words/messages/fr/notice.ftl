# Le texte montré avant un accord : ses mots font partie de l’accord. En changer un, c’est changer la version (notice.rs).

head = Demande d’accord, version { $version } de ce texte, en français
app = Application : { $name } ({ $id }), version { $version }, de { $publisher } ({ $standing })
signed = signée : chaque version vient du même auteur
declared = nom déclaré, sans signature
component = Programme (SHA-256) : { $digest }
purpose = But : { $purpose } ({ $iri })
summary = Ce que l’application dit faire : « { $summary } »
mode = Ce qu’elle peut faire : lire ce que vous donnez, et vous montrer un résultat. Elle ne peut ni garder, ni envoyer, ni proposer d’envoyer quoi que ce soit.
asks = { $categories ->
    [one] Elle demande une sorte de données. Vous donnez ce que vous voulez ; refuser ne change rien d’autre.
   *[other] Elle demande { $categories } sortes de données. Vous donnez celles que vous voulez ; refuser ne change rien d’autre.
}
required = nécessaire
optional = facultatif
sensitive = donnée sensible, qui se confirme à part
category = { $category } ({ $how })
fields = Champs : { $fields }
by-name = Seulement si vous les nommez : { $fields }
no-fields = Champs : aucun
period-all = Période : tout
period-months = { $months ->
    [one] Période : le mois en cours et le précédent
   *[other] Période : le mois en cours et les { $months } précédents
}
undated = Y compris les lignes sans date
grain = Niveau de détail : { $grain }, ou moins si vous le choisissez
why = Ce que l’auteur en dit : « { $why } »
recipient = Destinataire : vous seul. Rien ne sort de votre coffre.
retention-app = Conservé par l’application : rien. Son programme est effacé de la mémoire après chaque calcul (PT0S).
retention-result = Conservé dans votre coffre : le résultat, jusqu’à ce que vous l’effaciez ou que vous arrêtiez l’application.
basis = Base légale : votre consentement (RGPD, article 6, paragraphe 1, point a).
basis-explicit = Pour les données sensibles : votre consentement explicite (RGPD, article 9, paragraphe 2, point a).
withdrawal = Retrait : quand vous voulez, aussi facilement que vous donnez.
