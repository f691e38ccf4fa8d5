# Autorisations, reçus et journal : ce qui ne va pas.

unreadable = { $what } ne se lit plus : l’enregistrement a été modifié ou déplacé, ou sa clé n’est plus là.
unsealable = { $what } ne peut pas s’enregistrer : la clé de la personne n’est pas disponible. Rien n’a été écrit.
too-large = { $what } prendrait { $size }, pour { $most } au plus. Rien n’a été écrit : citez moins de détenteurs, ou raccourcissez les textes et les réglages.
closed = Le journal de cette personne est clos : ses données sont en cours d’effacement. Si l’effacement a échoué, relancez-le.
no-such-grant = Il n’y a pas d’autorisation { $id }.
no-such-receipt = Il n’y a pas de reçu { $id }.

## Les enregistrements, en tête de phrase

record-grant = Une autorisation
record-of-app = L’index des autorisations d’une application
record-scope = Le contenu d’une autorisation
record-entry = Une entrée du journal
record-end = La fin d’une liste
record-receipt = Un reçu
record-notice = Un texte de consentement

## Une liste d’enregistrements à laquelle on a touché

broken-audit = Le journal est rompu à l’entrée { $seq } : { $fault }.
broken-grant = L’historique de l’autorisation est rompu à l’entrée { $seq } : { $fault }.
fault-missing = elle manque, alors que d’autres la suivent
fault-changed = elle a été modifiée, ou vient d’ailleurs
fault-unchained = elle ne prolonge pas la précédente, donc l’une des deux a été remplacée
fault-cut = { $length ->
    [one] elle manque avec toutes les suivantes ; il y avait { $length } entrée
   *[other] elle manque avec toutes les suivantes ; il y avait { $length } entrées
}
fault-beyond = elle se trouve après la fin de la liste
fault-replaced = ce n’est pas celle qui terminait la liste
fault-head = l’enregistrement qui marque la fin de la liste a été modifié, ou vient d’ailleurs

## Des enregistrements qui contredisent le journal

mismatch = { $what } Rien n’a été lancé ni modifié.
mismatch-grants = Vos autorisations ne sont pas celles que le journal connaît : certaines ont été ramenées à un état antérieur, ou ont disparu.
mismatch-grant = L’autorisation { $id } n’est pas telle que le journal la connaît : elle a été ramenée à un état antérieur.
mismatch-event = L’événement { $event } de l’autorisation { $id } { $against }.
mismatch-notice = Le texte montré avant l’autorisation { $id } manque.
mismatch-receipt = Le reçu { $id } { $against }.
mismatch-sequence = { $found ->
    [one] Le coffre compte { $found } import ou annulation, et le journal { $logged }.
   *[other] Le coffre compte { $found } imports et annulations, et le journal { $logged }.
}
mismatch-rows = { $found ->
    [one] Le coffre contient { $found } ligne (« { $category } ») de l’import n° { $import }, et le journal en annonce { $logged }.
   *[other] Le coffre contient { $found } lignes (« { $category } ») de l’import n° { $import }, et le journal en annonce { $logged }.
}
mismatch-head = L’empreinte { $head } n’est pas dans ce journal : elle a été mal recopiée, elle vient d’un autre journal, ou celui-ci a été ramené à un état antérieur.
against-missing = manque, alors que le journal le mentionne
against-other = n’est pas celui que le journal mentionne
against-unlogged = n’est pas dans le journal

## Ce qui ne tient pas ensemble dans une demande ou une autorisation

app-id-length = { $length ->
    [one] L’identifiant de l’application compte { $length } caractère ; il en faut de 1 à { $most }.
   *[other] L’identifiant de l’application compte { $length } caractères ; il en faut de 1 à { $most }.
}
app-version-length = { $length ->
    [one] La version de l’application compte { $length } caractère ; il en faut de 1 à { $most }.
   *[other] La version de l’application compte { $length } caractères ; il en faut de 1 à { $most }.
}
no-items = Une autorisation porte au moins sur une catégorie de données.
twice = La catégorie « { $category } » figure deux fois : dites en une seule fois ce que vous en autorisez.
answered = La demande contient déjà une réponse pour la catégorie « { $category } », et une demande ne doit pas en contenir.
unanswered = Vous n’avez pas encore répondu pour la catégorie « { $category } » : donnez-la ou refusez-la.
other-category = Ce qui est rangé dans la catégorie « { $category } » concerne « { $scope } ».
grain = La catégorie « { $category } » ne peut pas être donnée ainsi : { $grain }. Au choix : { $offered }.
empty-period = La période de la catégorie « { $category } » finit avant de commencer.
too-many-holders = { $count ->
    [one] La catégorie « { $category } » cite { $count } détenteur ; on peut en citer { $most } au plus.
   *[other] La catégorie « { $category } » cite { $count } détenteurs ; on peut en citer { $most } au plus.
}
holder-name-length = { $length ->
    [one] La catégorie « { $category } » cite un détenteur dont le nom compte { $length } caractère ; le maximum est de { $most }.
   *[other] La catégorie « { $category } » cite un détenteur dont le nom compte { $length } caractères ; le maximum est de { $most }.
}
too-many-excluded = { $count ->
    [one] Vous écartez une à une { $count } ligne de la catégorie « { $category } » ; le maximum est de { $most }. Choisissez plutôt une période plus courte.
   *[other] Vous écartez une à une { $count } lignes de la catégorie « { $category } » ; le maximum est de { $most }. Choisissez plutôt une période plus courte.
}
nothing-given = Rien ne serait donné : refusez, ou retirez l’autorisation.
ends-before-it-starts = Une autorisation donnée le { $from } ne peut pas prendre fin le { $until } : choisissez un jour plus tardif.
not-the-question = Ce n’est pas ce qui vous a été demandé : répondez pour chaque catégorie de la demande, telle qu’elle y figure.

## Ce qui élargirait une autorisation

widening = Cela élargirait ce que l’application peut voir (« { $category } » : { $by }). On ne peut que restreindre une autorisation ; donnez-en une nouvelle si c’est ce que vous voulez.
wider-category = une catégorie qui n’était pas donnée
wider-period = plus de jours
wider-undated = des lignes sans date
wider-fields = d’autres champs ({ $fields })
wider-grain = des données plus fines
wider-holders = d’autres détenteurs
wider-rows = des lignes qui étaient écartées

## En quoi une autorisation diffère de celle dont elle prend la place

other-days = d’autres jours (maintenant { $now }, avant { $before })
fewer-days = moins de jours (maintenant { $now }, avant { $before })
no-longer-given = plus rien n’en est donné
no-undated = lignes sans date non comprises
fewer-fields = des champs en moins ({ $fields })
coarser = des données moins fines
fewer-holders = des détenteurs en moins
more-rows-left-out = davantage de lignes écartées
runs-again = l’application peut de nouveau être lancée (l’autorisation était suspendue)
no-last-day = sans date de fin (elle prenait fin le { $before })
later-last-day = jusqu’au { $now } (au lieu du { $before })
sooner-last-day = jusqu’au { $now } seulement (au lieu du { $before })
new-last-day = jusqu’au { $now } seulement (elle n’avait pas de date de fin)
none-in-grant = Cette autorisation ne contient aucune de vos lignes de la catégorie « { $category } ». Les vôtres ont ces dates : { $days }.
none-in-grant-undated = Cette autorisation ne contient aucune de vos lignes de la catégorie « { $category } » : les vôtres n’ont pas de date.

## Ce que l’état d’une autorisation ne permet pas

impossible = { $event ->
    [shown] Cette autorisation est { $state } : elle ne peut pas être demandée de nouveau.
    [deferred] Cette autorisation est { $state } : elle ne peut pas être remise à plus tard.
    [refused] Cette autorisation est { $state } : elle ne peut pas être refusée.
    [given] Cette autorisation est { $state } : elle ne peut pas être donnée. Il faut une nouvelle demande.
    [paused] Cette autorisation est { $state } : elle ne peut pas être suspendue.
    [resumed] Cette autorisation est { $state } : elle ne peut pas être rétablie. Donnez-en une nouvelle.
    [renewed] Cette autorisation est { $state } : elle ne peut pas être renouvelée. Donnez-en une nouvelle.
    [narrowed] Cette autorisation est { $state } : elle ne peut pas être restreinte.
    [expired] Cette autorisation est { $state } : elle ne peut pas arriver à son terme.
    [withdrawn] Cette autorisation est { $state } : elle ne peut pas être retirée.
    [revoked] Cette autorisation est { $state } : elle ne peut pas être révoquée.
    [invalidated] Cette autorisation est { $state } : elle ne peut pas être invalidée.
   *[superseded] Cette autorisation est { $state } : elle ne peut pas être remplacée.
}
already = Cette autorisation est déjà { $state } ; rien n’a changé.
nothing-to-resume = Cette autorisation est en vigueur : il n’y a rien à rétablir.
show-first = La demande est restée sans réponse : elle doit vous être présentée de nouveau avant que vous puissiez dire oui.
resume-first = Cette autorisation est suspendue : rétablissez-la avant de la renouveler.
not-an-opening = Une autorisation commence par une demande ou par un accord, et non par ceci : { $event }.
only-the-person = Seule la personne elle-même peut faire cela.
not-the-person = Ce n’est pas à la personne de faire cela ; elle peut retirer son autorisation.

## Pourquoi une application ne peut pas être lancée

never-asked = On ne vous a pas encore demandé si cette application peut lire vos données.
undecided = Vous n’avez pas encore répondu à la demande de cette application.
refused = Vous avez refusé ce que cette application demandait ; elle peut redemander.
paused = Cette application est suspendue : rétablissez son autorisation pour la lancer.
expired = Votre autorisation valait jusqu’au { $when } : donnez-en une nouvelle pour lancer l’application.
withdrawn = Vous avez retiré votre autorisation le { $when } : donnez-en une nouvelle pour lancer l’application.
revoked = Votre autorisation a été révoquée par { $by } : { $reason }
invalidated = Votre autorisation a été invalidée : { $reason } Donnez-en une nouvelle pour lancer l’application.
superseded = Cette autorisation est close : donnez-en une nouvelle pour lancer l’application.
other-version = Vous avez autorisé la version { $version } de cette application, et celle-ci en est une autre : voyez ce qui a changé, puis autorisez cette version pour la lancer.

## Les états d’une autorisation

state-shown = demandée
state-deferred = sans réponse
state-refused = refusée
state-given = donnée
state-paused = suspendue
state-renewed = renouvelée
state-expired = arrivée à son terme
state-withdrawn = retirée
state-revoked = révoquée
state-invalidated = invalidée
state-superseded = remplacée

## Qui agit, et par quelle porte

actor-person = la personne
actor-platform = la plateforme
actor-operator = l’exploitant de la plateforme
actor-publisher = l’éditeur de l’application
actor-holder = le détenteur des données
channel-cli = en ligne de commande
channel-web = sur le site
channel-api = par l’API
