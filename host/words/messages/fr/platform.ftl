# Ce qui ne s’est pas fait, et pourquoi.

io = Le système a refusé l’opération : { $why }.
nothing-in-files = Aucun fichier de { $file } ne contient de lignes ; rien n’a été importé. Pourquoi : { $reasons }.
open-to-others = D’autres que son propriétaire peuvent entrer dans le dossier { $path } (droits { $mode }) ; rien n’a été lu ni écrit. Réservez-le à son propriétaire.
no-person = La demande porte sur les données d’une personne et n’en nomme aucune ; rien n’a été fait.
not-empty = Le dossier { $path } existe et n’est pas vide : une sauvegarde ne peut être restaurée que dans un dossier vide. Rien n’a été écrit.
no-keys = Il n’y a pas de clés dans { $path } : une sauvegarde n’en contient pas, et seules celles de leur dossier de données ouvrent une sauvegarde ou un stockage. Rien n’a été écrit.
restore-unfinished = Une restauration a été interrompue, ou est en cours : { $path } n’est pas complet, et il n’y a pas de données. Rien n’a été lu ni écrit.
store-gone = Les clés sont là, mais les données de { $path } ont disparu. Rien n’a été lu ni écrit.
all-rejected = { $rejected ->
    [one] La seule ligne de { $file } n’a pas pu être lue ; rien n’a été importé. Pourquoi : { $reasons }.
   *[other] Aucune des { $rejected } lignes de { $file } n’a pu être lue ; rien n’a été importé. Pourquoi : { $reasons }.
}
chunks-missing = Des lignes ou des documents enregistrés ont disparu ou ont été modifiés (fragments chiffrés : { $chunks } ; personnes concernées : { $people }). Aucune sauvegarde n’a été faite : elle ne les aurait pas non plus. Gardez la précédente.
no-such-token = Il n’y a pas de jeton { $id }.
refused = L’application est refusée : { $problems }.
same-version = L’application « { $app } » { $version } est déjà installée avec un autre contenu : donnez une nouvelle version à celle-ci.
other-publisher = L’application « { $app } » est publiée par « { $installed } », et ce composant se dit publié par « { $new } » ; rien n’a été installé.
other-notice = Ce qui vous a été dit de l’application « { $app } » a changé depuis. Rien n’a été donné, et rien n’a été lu : relisez ce qui vous est dit maintenant, puis répondez.
other-component-named = L’application « { $app } » n’est pas celle qui vous a été montrée : le composant installé est { $installed }, et la demande nomme « { $shown } ». Rien n’a été donné : voyez ce qu’elle demande maintenant, puis autorisez ce composant.
other-component-unnamed = L’application « { $app } » n’est peut-être pas celle qui vous a été montrée : le composant installé est { $installed }, et la demande n’en nomme aucun. Rien n’a été donné : voyez ce qu’elle demande maintenant, puis autorisez ce composant.
no-such-app = Il n’y a pas d’application « { $app } ». Applications installées : { $installed }.
no-app-yet = Il n’y a pas d’application « { $app } » : aucune n’est encore installée.
not-granted = L’application « { $app } » n’a pas été lancée. { $why }
not-granted-missing = L’application « { $app } » n’a pas été lancée : il lui faut des données qu’elle n’a pas le droit de lire ({ $missing }). { $why }
not-granted-refused = Vous avez refusé ces données, et l’application ne peut pas s’en passer.
busy = Trop d’applications s’exécutent en ce moment, en tout ou pour cette personne ; rien n’a été lancé. Réessayez dans quelques secondes.
no-grant = L’application « { $app } » n’a pas d’autorisation en vigueur.
needs-beyond = Ceci est dans le coffre, mais votre autorisation ne le couvre pas : { $categories }. Rien ne vous oblige à le donner.
needs-fields = Votre autorisation ne donne pas des champs que cette application demande : { $fields }. Rien ne vous oblige à les donner.
no-runners = Les processus d’exécution n’existent que sous Linux.
no-such-document = Aucun document { $id } n’est conservé.
no-characters = Ce genre de document ne contient pas de texte qui puisse être lu. Le document est intact.
no-recogniser = Le texte d’une image ne peut pas être reconnu ici : le programme « tesseract » n’est pas installé. Le document est intact. Demandez à la personne qui exploite ce serveur d’installer tesseract-ocr.
recogniser-not-confined = Le texte d’une image n’est reconnu que si les fichiers sont lus dans un processus à part (--isolation process). Le document est intact.
recogniser-busy = D’autres images sont en cours de lecture. Le document est intact : réessayez dans une minute.
not-recognised = Le texte de l’image n’a pas pu être reconnu. Le document est intact : reprenez la photo de plus près, à plat et bien éclairée.
bad-row-value = « { $field } » ne se lit pas. Attendu : { $expected }. Rien n’a été changé.
expected-date = une date comme 2025-12-31
expected-instant = un instant comme 2025-12-31T08:30:00Z
expected-number = un nombre comme 12,50
expected-code = une des valeurs proposées
expected-text = un texte de mille caractères au plus
mapping-version = Les réponses sur les colonnes viennent d’une version plus récente du programme. Rien n’a été importé : utilisez cette version-là, ou répondez de nouveau.
mapping-holder = L’organisme doit avoir un nom, de 80 caractères au plus (« holder »). Rien n’a été importé.
mapping-delimiter = Les cellules sont séparées par un point-virgule, une virgule, une tabulation ou une barre (« delimiter »). Rien n’a été importé.
mapping-skip = Il y a 200 lignes au plus au-dessus de la première (« skip »). Rien n’a été importé.
mapping-column = Une colonne n’est pas dans le tableau : les colonnes se comptent à partir de 1, et un libellé en a quatre au plus. Rien n’a été importé.
mapping-twice = Une même colonne sert deux fois. Rien n’a été importé.
mapping-value = Des opérations ou des achats ont un montant ; des relevés ont une consommation ou un index (« value »). Rien n’a été importé.
mapping-currency = Les montants ont besoin d’une devise, en trois lettres comme EUR, ou d’une colonne de devises (« currency »). Rien n’a été importé.
mapping-unit = Les relevés ont besoin d’une unité : wh ou kwh pour l’électricité, aussi litre ou cubic-metre pour le gaz, litre ou cubic-metre pour l’eau (« unit »). Rien n’a été importé.
mapping-every = Une consommation a besoin de la durée qu’elle couvre, par exemple day (« every »). Rien n’a été importé.
mapping-direction = Il manque le mot qui désigne une dépense (« out »). Rien n’a été importé.
receipt-no-day = Le ticket n’a pas de date. Rien n’a été ajouté : écrivez sa date.
receipt-bad-time = L’heure du ticket n’existe pas. Rien n’a été ajouté : corrigez-la, ou laissez-la vide.
receipt-no-line = Le ticket n’a pas de ligne. Rien n’a été ajouté : écrivez au moins un article.
receipt-too-many-lines = Un ticket a { $most } lignes au plus. Rien n’a été ajouté.
receipt-bad-merchant = Le nom du commerçant a { $most } caractères au plus. Rien n’a été ajouté.
receipt-bad-label = La ligne { $line } a besoin d’un nom de { $most } caractères au plus. Rien n’a été ajouté.
receipt-bad-total = Le total est trop grand. Rien n’a été ajouté.
receipt-too-large = La quantité ou le montant de la ligne { $line } est trop grand. Rien n’a été ajouté.
receipt-kept = Un ticket de ce document a déjà été ajouté (import { $import }). Rien n’a été ajouté : annulez cet import pour en ajouter un autre.
not-replayable = Ce reçu ne peut pas être vérifié. { $why }
replay-no-grant = Il n’y a pas d’autorisation en vigueur pour cette application.
replay-narrower = Votre autorisation laisse aujourd’hui voir moins de données qu’à ce moment-là.
replay-parameters = Ses réglages ne se lisent plus.
replay-stopped = Cette version de l’application a été arrêtée.
trial-under-way = Une autre de vos versions est à l’essai sur les vies d’exemple. Attendez qu’elle ait fini ; rien n’a été lancé.
long-source = Le code prend { $bytes } octets, une lettre accentuée comptant pour six, et le bac à sable en a { $most }. Raccourcissez-le, ou construisez-le avec la commande, qui n’a pas cette limite. Rien n’a été lancé.
everything-paused = Tout est en pause, et rien n’a été donné. Mettez d’abord fin à la pause, dans l’application web.
stopped = L’application « { $app } » { $version } a été suspendue par l’exploitant, et rien n’a été lancé. La raison : { $reason }
stopped-for-good = L’application « { $app } » { $version } a été retirée définitivement, et rien n’a été lancé. La raison : { $reason }
no-such-version = Il n’y a pas de telle version.
unsigned = Le composant n’est pas signé. « mesinfos keys new » crée une clé, et « mesinfos build » signe alors.
forged = La signature n’est pas celle de ce composant : il a été modifié après avoir été signé. Construisez-le et signez-le de nouveau.
other-key = L’identifiant « { $app } » appartient à la clé { $key } de son éditeur, et ce composant n’est pas signé par elle. Rien n’a été fait.
unclaimed = L’identifiant « { $app } » n’est encore à personne ici : montrez que sa clé { $key } est la vôtre. Faites `mesinfos keys claim { $app } --owner { $owner } --to ADRESSE-DE-CE-SERVEUR`, puis joignez la ligne obtenue. Rien n’a été fait.
bad-claim = Cette ligne n’est pas la preuve que la clé { $key } demande l’identifiant « { $app } » pour ce compte, sur ce serveur. Refaites-la avec `mesinfos keys claim` : même clé, même identifiant, même adresse. Rien n’a été fait.
other-owner = L’identifiant « { $app } » appartient ici à quelqu’un d’autre. Choisissez-en un autre.
not-above = La version { $version } de « { $app } » doit porter un numéro supérieur à { $highest }, le plus élevé qui ait été publié.
known-component = Ce composant même est déjà enregistré.
impossible-change = Ce n’est pas possible : la version est { $state }.
no-reason = Dites pourquoi : des personnes le liront.
blocked-component = Ce composant est { $state }. Rien n’a été installé.
too-many-drafts = Il y a déjà { $most } brouillons : supprimez-en un d’abord.
too-many-waiting = { $most } versions attendent déjà une relecture.
record-too-large = Ses textes sont trop longs pour être conservés.
state-draft = un brouillon
state-submitted = en attente de relecture
state-published = publiée
state-suspended = suspendue
state-yanked = retirée définitivement

## Une autorisation qui ne convient pas à l’application

grant-not-asked = L’application « { $app } » ne demande pas la catégorie « { $category } ». Elle demande : { $asked }.
grant-asks-nothing = L’application « { $app } » ne demande pas la catégorie « { $category } » : elle ne demande rien.
grant-unknown-purpose = La finalité de l’application n’est pas connue ; rien n’a été donné.
grant-not-given = L’application « { $app } » n’a pas reçu la catégorie « { $category } ».
grant-nothing-narrower = Rien n’a changé : ce n’est pas moins que ce que l’autorisation de l’application « { $app } » donne déjà. Dites ce qu’il faut restreindre.
grant-twice = La catégorie « { $category } » est citée deux fois : dites tout en une seule fois.
grant-no-such-row = La catégorie « { $category } » n’a pas de ligne { $id } ; rien n’a été modifié.
grant-no-such-holder = Dans la catégorie « { $category } », aucune ligne ne vient de « { $name } » ; rien n’a été modifié. Elles viennent de : { $known }.
grant-granularity = La catégorie « { $category } » ne peut pas être donnée ainsi : { $refused }. Au choix : { $offered }.
grant-fields-not-asked = De la catégorie « { $category } », l’application ne demande que : { $asked }.
grant-no-such-field = La catégorie « { $category } » n’a pas de champ « { $name } ». Elle a : { $known }.
grant-gives-nothing = Rien ne serait donné de la catégorie « { $category } » : nommez au moins un champ et au moins un détenteur, ou omettez la liste.
grant-ends-too-late = Une autorisation peut durer jusqu’au { $last } au plus tard.
grant-no-whole-month = Il n’y a pas de mois entier dans la période ({ $period }) : choisissez une période plus longue, ou des données plus fines.
grant-running-field = Dans la catégorie « { $category } », le champ « { $field } » renseigne sur les lignes que vous écartez : donnez ce champ, ou écartez ces lignes, mais pas les deux.

## Jetons et codes

token-no-name = Un jeton doit porter un nom, qui dit à qui il est destiné.
token-days = { $days ->
    [one] Un jeton ne peut pas être valable { $days } jour : sa durée va de 1 à { $most } jours.
   *[other] Un jeton ne peut pas être valable { $days } jours : sa durée va de 1 à { $most } jours.
}
token-no-people = Un jeton de dépôt doit nommer les personnes pour qui il vaut.
token-no-developer = Un jeton de publication doit nommer son développeur : 2 à 40 caractères parmi a-z, 0-9 et -.
fails-for = L’application échoue pour la personne d’exemple « { $person } », et n’a donc pas été soumise : { $outcome }
fails-for-without = L’application échoue pour la personne d’exemple « { $person } » si l’on refuse : { $refused }. Elle n’a pas été soumise : { $outcome }
token-too-many = Il y a déjà { $most } jetons : révoquez ceux qui ne servent plus.
token-too-many-codes = { $minutes ->
    [one] { $most } codes attendent déjà d’être utilisés : réessayez dans { $minutes } minute.
   *[other] { $most } codes attendent déjà d’être utilisés : réessayez dans { $minutes } minutes.
}
