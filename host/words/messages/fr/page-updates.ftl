# Une mise à jour, sur la page du consentement.

title = Ce qui change, de la version { $before } à la version { $now }
lead = Votre accord était pour la version { $before }. Une nouvelle version ne lit rien avant que vous ayez répondu. Voici ce qu’elle demande de plus que ce que vous aviez donné.
nothing-more = Rien de plus que ce que vous aviez donné
new-category = n’était pas demandé avant
less = Elle ne demande plus tout ce que vous aviez donné : { $categories }.
compare = Comparer les deux versions sur vos données
compare-why = Les deux versions sont essayées sur vos lignes : l’ancienne avec ce que vous lui aviez donné, la nouvelle avec tout. Personne d’autre que vous ne voit le résultat ; rien n’en est gardé, et l’essai s’écrit dans votre journal.
gone = L’ancienne version n’est plus sur ce serveur : les deux résultats ne peuvent pas être comparés.
results = Les deux versions sur vos données
results-why = L’ancienne version avec ce que vous lui aviez donné, la nouvelle avec tout. Rien n’en est gardé.
figure = Chiffre
sentence = En une phrase
before = Avant
now = Maintenant
absent = absent
