# La commande « mesinfos » : ce qu’elle affiche, et quoi taper ensuite.

error-line = erreur[{ $code }] : { $words }
hint-line = aide : { $words }
next = ensuite : { $command }

## Ce qui était en cours quand quelque chose a échoué : un début de phrase

reading = impossible de lire { $path }
opening = impossible d’ouvrir { $path }
writing = impossible d’écrire { $path }
making = impossible de créer { $path }
importing = « { $file } » n’a pas été importé
is-a-folder = { $path } est un dossier : donnez ses fichiers, { $path }/*.
is-the-disk = { $path } est le disque entier, et rien n’en a été lu : donnez les fichiers qu’une organisation vous a remis, par exemple ~/Téléchargements/enedis.csv.
importing-of = « { $file } » n’a pas été importé pour { $person }
installing = « { $path } » n’a pas été installé
running-app = l’application « { $app } » n’a pas été exécutée pour { $person }
listening = impossible d’écouter à l’adresse { $address }
starting-server = le serveur n’a pas pu démarrer
putting-back = impossible de restaurer { $path }
serving = le serveur s’est arrêté
finding-itself = le programme ne trouve pas son propre fichier
building-component = impossible de faire un composant de { $path }
running-command = la commande { $command } n’a pas pu être lancée
manifest-in = le manifeste du dossier { $path } ne convient pas
watching = impossible de surveiller { $path }
drafted = { $app } : { $size }, construite en { $took } s
workbench-at = L’établi : { $url } (Ctrl+C pour finir)
created = L’application { $app } est dans { $path } : un manifeste, du code, des tests, et le SDK.
created-by = auteur : { $publisher } (dans mesinfos.toml)
no-app-name = { $path } : donnez un dossier, dont le nom sera celui de l’application.
not-an-id = « { $id } » ne peut pas être l’identifiant d’une application : 2 à 40 caractères parmi a-z, 0-9 et -, avec une lettre au début. Rien n’a été écrit.
not-empty = { $path } n’est pas vide ; rien n’y a été écrit.
no-such-template = ce modèle manque dans le programme
not-a-publisher = « { $name } » ne peut pas être le nom d’un auteur : 1 à 100 caractères, tous visibles. Donnez-en un avec --publisher. Rien n’a été écrit.
not-an-app-language = « { $tag } » n’est pas un langage d’application. Au choix : { $known }. Rien n’a été écrit.
remedy-missing = Une valeur manque ici : la ligne ne l’a pas, ou la personne a refusé ce champ. Prévoyez ce cas.
remedy-clock = Une application n’a pas d’horloge : le jour du calcul est dans le contexte (today).
remedy-outside = Une application n’a ni fichier, ni réseau, ni autre programme : elle ne lit que ce qu’elle importe, et ce que la personne donne.
remedy-index = La liste est plus courte que le code ne le croit : une personne peut avoir peu de lignes, ou aucune.
remedy-name = Ce nom n’existe pas : vérifiez son orthographe et les imports du fichier.
remedy-view = La vue ne peut pas être montrée : la partie à corriger est ici. La raison est dans les notes, ou à la fin.
remedy-view-somewhere = La vue ne peut pas être montrée. La raison est dans les notes, ou à la fin.
remedy-time = L’application ne finit pas à temps : cherchez une boucle sans fin, ou un calcul répété pour chaque ligne.
remedy-other = L’application s’arrête ici. Les notes qui précèdent en donnent la raison.
unknown-parameter = L’application ne déclare aucun paramètre « { $id } » : elle n’en reçoit jamais la réponse. Déclarés : { $known }.
prints-nowhere = Ce qu’une application imprime se perd : notez-le plutôt (mesinfos_sdk::note). L’établi et « mesinfos run » montrent les notes.
unused-or-removed = Si votre code la lit pourtant, il échoue toujours avant, et le compilateur a retiré la suite : une application n’a ni fichiers, ni horloge, ni réseau
drafted-once = { $app } se construit et pourrait être installée.
data-ends = Les données s’arrêtent au { $last } et le calcul se fait au { $today } : une application qui regarde les derniers mois n’y voit presque rien. « --today DATE » choisit un autre jour.
only-for-rust = Les modèles sont en Rust ; les autres langages ont une application de départ. Rien n’a été écrit.
fetching-packages = Paquets de l’application, une seule fois : { $command }
not-built = { $path } : l’application ne se construit pas.
hint-node = installez Node.js 20 ou plus, avec npm
hint-python = installez Python 3.11 ou plus, avec venv
english-missing = le texte anglais manque : qui lit en anglais verrait le français. Ajoutez en = "…".
unknown-icon = il n’y a pas d’icône « { $icon } », et la page n’en montrerait aucune. Au choix : { $known }.
nothing-found = Rien à corriger dans le manifeste ni dans la demande. L’application n’a pas été exécutée : « mesinfos run . --sample cycliste » le fait.
tried-cost = { $time } ms, { $memory } de mémoire, { $calls } appels à l’hôte ; rien n’a été gardé
not-in-request = L’application ne demande pas « { $what } ». Au choix : { $known }.
views-written = { $views ->
    [one] { $views } vue écrite dans { $path }
   *[other] { $views } vues écrites dans { $path }
}
views-same = { $views ->
    [one] { $views } vue, comme attendu
   *[other] { $views } vues, comme attendu
}
no-views = { $path } : aucune vue n’a encore été acceptée
view-differs = { $path } : la vue n’est plus la même
view-missing = { $path } : cette vue n’a pas encore été acceptée
view-stale = { $path } : cette vue n’existe plus
view-failed = { $person }, { $variant } : { $why }
hint-update = regardez les différences, puis « mesinfos test --update » accepte les vues d’aujourd’hui

## Ce qui n’a pas été compris, ou n’a pas eu lieu

not-a-language = « { $tag } » n’est pas une langue de mesinfos : écrivez --lang fr ou --lang en.
no-home = La variable HOME n’est pas définie : nommez un dossier avec --data DOSSIER.
release-line = { $app } { $version } : { $state }
release-reason = la raison : { $reason }
works-refused = marche même si vous refusez ce qui est facultatif
nothing-waits = Aucune version n’attend de relecture.
not-a-component-hash = « { $hash } » n’est pas le SHA-256 d’un composant : « mesinfos review list » les montre.
not-an-owner = Ce n’est pas un compte : recopiez la valeur de « --owner » que le serveur indique.
not-a-url = « { $url } » n’est pas l’adresse d’un serveur, comme https://infos.example
not-encrypted = { $url } n’est pas chiffrée, et n’est pas cette machine : rien n’a été envoyé. Utilisez https.
not-a-token = { $path } ne contient pas de jeton.
asking = { $url } n’a pas pu être interrogée
answered = { $url } a répondu par le code { $status }.
checking-log = le registre n’a pas pu être vérifié
not-a-log-key = « { $key } » n’est pas la clé d’un registre : attendu nom+empreinte+clé.
no-tile = Le registre n’a pas { $tile }.
tile-malformed = { $tile } du registre n’a pas sa taille.
tile-tampered = { $tile } du registre n’est pas ce que donnent ses entrées : elle a été modifiée.
log-other-root = Les entrées du registre ne donnent pas la racine qu’il a signée : des entrées ont été modifiées, ajoutées ou retirées.
log-unread = L’entrée { $index } du registre ne se lit pas : rien ne dit ce qu’elle change.
log-odd-id = L’entrée { $index } du registre porte un identifiant qu’aucune application ne peut avoir.
log-unsigned = L’entrée { $index } du registre publie { $app } sans signature, ce qu’aucun serveur ne fait : quelqu’un a écrit ce registre autrement.
log-other-key = L’entrée { $index } du registre donne à { $app } une clé que la précédente n’a pas désignée pour cet identifiant : quelqu’un d’autre a publié sous cet identifiant.
log-not-included = L’entrée { $index } n’est pas dans l’arbre que le registre a signé.
log-inconsistent = Le registre de { $now } entrées ne prolonge pas celui de { $before } entrées vérifié ici auparavant : son histoire a été réécrite.
app-not-in-log = Le registre n’a pas d’entrée sur le composant { $component }.
log-verified = { $log } : { $entries ->
    [one] { $entries } entrée, telle que signée
   *[other] { $entries } entrées, telles que signées
}
log-continues = prolonge l’état de { $before } entrées vérifié auparavant
other-log = Le journal à l’adresse { $url } n’est plus celui que vous connaissiez. Sa clé était { $before } ; elle est maintenant { $now }. Ne lui faites pas confiance avant d’en savoir la raison. Si vous la connaissez, donnez la nouvelle clé avec --key.
log-first-seen = vu pour la première fois ; sa clé, à comparer ailleurs : { $key }
log-signed-since = entrée { $index } : { $app } n’était pas signée jusque-là ; l’exploitant a installé une version signée, et l’identifiant appartient depuis à { $key }
log-entry-of = entrée { $index }, { $at } : { $app } { $version } { $what }
log-exported = { $entries ->
    [one] { $entries } entrée du registre écrite dans { $path }
   *[other] { $entries } entrées du registre écrites dans { $path }
}
key-open-to-others = D’autres utilisateurs de cette machine peuvent lire { $path } (mode { $mode }) : faites « chmod 600 ». Rien n’a été signé.
not-a-key-file = { $path } ne contient pas de clé d’éditeur.
key-exists = { $path } contient déjà une clé ; rien n’a été écrit.
key-made = Une nouvelle clé secrète est dans { $path }.
key-replaced = Une nouvelle clé secrète est dans { $path }, désignée par la précédente, qui est dans { $old }. La prochaine version de chacune de vos applications fera passer son identifiant à la nouvelle clé : « mesinfos build » la signe avec les deux. Gardez donc l’ancienne à côté jusque-là.
key-before-missing = La clé d’avant n’est pas dans { $path } : sans elle, cette version ne fait pas passer l’identifiant à la nouvelle clé. Remettez-la à cet endroit si l’identifiant lui appartient encore.
key-public = clé publique : { $key }
key-keep-it = Gardez-en une copie en lieu sûr : les identifiants que vous publiez appartiennent à cette clé, et personne ne peut la remplacer pour vous.
no-keys-yet = Il n’y a pas encore de clé : « mesinfos keys new » en crée une.
hint-keys-new = « mesinfos keys new » crée une clé
signed-with = signée avec { $key }
not-signed = pas signée : n’importe qui peut l’avoir faite
not-a-host-name = « { $name } » n’est pas un nom de serveur. Donnez le nom seul, sans protocole, port ni chemin, par exemple : mesinfos.example.org. Le serveur n’a pas démarré.
not-a-contact = « { $address } » n’est pas l’adresse d’une boîte aux lettres (aide@exemple.org) ni d’une page (https://…). Le serveur n’a pas démarré.
not-a-log-form = { $variable }={ $value } : il faut off, text ou json.
config-too-large = { $path } dépasse { $most } Kio : ce n’est pas un fichier de réglages. Le serveur n’a pas démarré.
config-not-toml = { $path }, ligne { $line } : ce n’est pas du TOML. Écrivez un réglage par ligne, par exemple : port = 7380. Le serveur n’a pas démarré.
config-no-key = { $path }, ligne { $line } : il n’y a pas de réglage « { $key } ». Au choix : { $known }. Le serveur n’a pas démarré.
config-wrong = { $path }, ligne { $line } : le réglage « { $key } » attend { $expected }. Le serveur n’a pas démarré.
config-port = un nombre de 0 à 65535
config-names = une liste de noms, par exemple : ["mesinfos.example.org"]
config-contact = une boîte aux lettres (aide@exemple.org) ou une page (https://…)
config-one-of = une de ces valeurs : { $known }
no-such-category = Il n’y a pas de catégorie « { $id } ». Au choix : { $known }.
no-such-granularity = « { $id } » n’est pas une finesse connue. Au choix : { $known }.
not-a-date = « { $text } » n’est pas une date ; écrivez-la ainsi : 2027-01-31.
not-an-instant = « { $text } » n’est pas une date et une heure ; écrivez-les ainsi, à l’heure de Paris : 2027-03-15T16:00.
no-network = Aucune adresse de cette machine sur un réseau local n’a été trouvée.
not-a-period = « { $text } » n’est pas une période ; écrivez 2011, 2011-03, 2011-03-05, ou deux de ces dates : 2011-03..2011-06 (fin comprise).
reversed-period = La période « { $text } » finit avant de commencer.
not-a-setting = « { $pair } » n’est pas un réglage ; écrivez --param ID=VALEUR.
not-a-receipt = « { $id } » n’est pas l’identifiant d’un reçu.
not-a-row = « { $id } » n’est pas un identifiant de ligne (exemple : 3.0.17).
not-a-head = « { $head } » n’est pas une empreinte de journal : il faut 64 chiffres hexadécimaux.
not-days = « { $text } » n’est pas une durée ; écrivez un nombre de jours, comme 30d (de 1d à { $most }d).
no-row = Aucune des catégories nommées n’a de ligne { $id } ; rien n’a été modifié.
whose-log = Dites de quelle personne vous voulez voir le journal : --person NOM.
nothing-erased = Rien n’a été effacé.
erasing-needs-yes = Rien n’a été effacé. L’effacement de { $person } serait définitif : ajoutez --yes.
ask-erase = Effacer définitivement toutes les données de { $person } ? Tapez ce nom pour confirmer :
app-too-large = { $path } pèse { $size } : aucune application n’est aussi grande.
only-for-deposits = --person et --new ne valent que pour --scope deposit : les autres jetons ne sont pas limités à des personnes.
only-for-publishing = --developer ne vaut que pour --scope publish.
hint-token-developer = donnez --developer NOM
no-server = Aucun serveur ne tourne sur ce dossier de données.
no-folder = Le dossier { $path } n’existe pas ; rien n’a été créé.
nothing-yet = Il n’y a encore rien : le dossier de données { $path } n’existe pas ; rien n’a été créé.
no-such-sample = Il n’y a pas de personne d’exemple « { $name } ».
samples-failed = Les fichiers des personnes d’exemple n’ont pas pu être écrits.
sample-rejected = { $rows ->
    [one] « { $file } » de { $person } : { $rows } ligne a été écartée.
   *[other] « { $file } » de { $person } : { $rows } lignes ont été écartées.
}
no-app-in = Il n’y a pas d’application (*.wasm) dans { $path }.
no-apps-beside = Aucune application n’accompagne cette commande : il n’y en a pas dans { $known }. Dites où elles sont : --apps DOSSIER.
no-manifest-in = { $path } n’a pas de mesinfos.toml : une application en a un dans son dossier.
where-to = Dites où mettre le composant : --output FICHIER.
one-component = --component donne le composant d’une seule application : avec cette option, ne donnez qu’un dossier.
not-a-component = { $path } n’est pas un composant WebAssembly.
unknown-target = Dans { $path }, Cargo.toml nomme la cible « { $found } » (package.metadata.mesinfos.target) ; une application se compile pour { $known }.
no-target = La bibliothèque standard pour { $target } n’est pas installée. Installez-la avec « rustup target add { $target } » ou, sous Debian, avec « apt-get install rustc-web rust-web-src ».
command-failed = La commande { $command } a échoué.
command-failed-saying = La commande { $command } a échoué : « { $why } ».
cargo-failed = cargo n’a pas pu compiler l’application du dossier { $path }.
no-module = cargo n’a produit aucun .wasm : le Cargo.toml de l’application doit contenir [lib] crate-type = ["cdylib"].

## Remarques en cours de route

fault = C’est un défaut de mesinfos, à { $at }. Rien n’a été fait de plus que ce qui a été annoncé.
core-dumps = Le système peut écrire la mémoire de ce programme sur le disque s’il s’arrête brutalement : { $why }.
one-wall = Les applications s’exécutent dans ce processus, derrière la seule barrière de WebAssembly. { $why }
progress-importing = Import
target-missing = La cible { $target } n’est pas installée ; essai avec rustup target add.
rustup-failed = rustup ne peut pas la fournir ; essai avec les paquets rustc-web et rust-web-src de Debian.
building-library = Compilation de la bibliothèque standard avec le compilateur de Debian (une demi-minute, une seule fois).
app-noted = application : { $line }
not-given = Non donné à « { $app } » : { $categories }.
was-read = { $rows ->
    [one] Lu par « { $app } » : { $category }, { $rows } ligne, { $size }.
   *[other] Lu par « { $app } » : { $category }, { $rows } lignes, { $size }.
}
run-cost = { $time } ms, { $memory } de mémoire ; reçu { $receipt }
sample-done = { $person } ({ $about }) : { $counts }
sample-files = { $files ->
    [one] { $files } fichier
   *[other] { $files } fichiers
}
samples-written = { $people ->
    [one] Les fichiers de { $people } personne sont dans { $path }.
   *[other] Les fichiers de { $people } personnes sont dans { $path }.
}
app-for = { $app } pour { $person } :
gallery-person = { $apps ->
    [one] { $person } : { $apps } application
   *[other] { $person } : { $apps } applications
}
left-behind = { $path } n’a pas pu être supprimé : { $why }.

## Résultats

built = { $path } ({ $size })
document = { $path } ({ $name }, { $size })
installed = L’application « { $app } » { $version } est installée. Elle demande : { $asks }.
installed-already = L’application « { $app } » { $version } était déjà installée, avec le même contenu : rien n’a changé.
installed-asks-nothing = L’application « { $app } » { $version } est installée. Elle ne demande rien.
app-asks = demande : { $asks }
app-asks-nothing = ne demande rien
app-unread = ce qu’elle demande n’a pas pu être lu : { $why }
published-by = publiée par { $publisher }, composant { $component }
check-head = { $path } ({ $size }, { $component })
check-app = { $id } { $version } : « { $name } », publiée par { $publisher }
check-reads-required = lit { $category } (indispensable) : { $fields }
check-reads-optional = lit { $category } (facultatif) : { $fields }
preview-head = En français : ce qui est demandé à { $person }
preview-asks = { $category } ({ $need }) : { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}
preview-read = lu : { $fields }
preview-not-read = pas lu : { $fields }
preview-grains = niveau de détail demandé : { $now } ; au choix : { $others }
preview-why = vous écrivez : « { $why } »
preview-no-english = Il manque des textes anglais : les textes français les remplacent. « mesinfos check » dit lesquels.
preview-written = La page est dans { $path }.
check-keeps-nothing = ne garde rien, n’envoie rien
check-refused = refusé [{ $code }] : { $problem }
grant-state = { $app } { $version } : autorisation { $state } ({ $id })
grant-component = composant { $component }
no-notice = Aucun texte de cette plateforme n’a été montré avant cette réponse.
notice-digest = Empreinte de ce texte (SHA-256) : { $digest }
grant-until = jusqu’au { $until } compris
grant-given-at = donnée le { $at }
grant-narrowed = restreinte
grant-narrowed-paused = restreinte, et toujours suspendue
grant-resumed = rétablie
grant-gives-more = Ceci donne plus que l’autorisation précédente :
grant-gives-less = Ceci ne donne plus tout ce que donnait l’autorisation précédente :
grant-take-back = Pour revenir en arrière : mesinfos narrow, mesinfos pause ou mesinfos revoke.
grant-keeps-out = { $rows ->
    [one] { $rows } ligne écartée auparavant le reste, jusqu’à ce que l’autorisation soit retirée (mesinfos revoke).
   *[other] { $rows } lignes écartées auparavant le restent, jusqu’à ce que l’autorisation soit retirée (mesinfos revoke).
}
grant-for = { $app } dit à quoi cela sert : { $purpose }
grant-why = { $category } : { $why }
check-param = réglage { $id } : { $label } ({ $takes })
params-of = Réglages de { $app }, à donner sous la forme --param ID=VALEUR :
param-number = de { $min } à { $max }, { $initial } au départ
param-toggle = true ou false, { $initial } au départ
param-choice = au choix : { $choices } ; { $initial } au départ
param-date = une date comme 2027-01-31
params-unknown = ses réglages ne peuvent pas être listés : { $why }
uninstalled = L’application « { $app } » { $version } est désinstallée : elle ne s’exécute plus pour personne.
uninstalled-grants = Les autorisations qu’elle a reçues demeurent, et valent de nouveau si ce même composant est réinstallé ; « mesinfos revoke » y met fin.
nobody-yet = Il n’y a encore personne.
no-apps-yet = Aucune application n’est installée.
no-grants-yet = Aucune autorisation n’a encore été donnée.
no-grant-in-force = Aucune autorisation n’est en vigueur ; --all montre celles qui l’ont été.
no-imports-yet = Aucun fichier n’a encore été importé.
no-receipts-yet = Aucune application n’a encore été exécutée.
no-documents-yet = Aucun document n’est conservé.
no-rows = Aucune ligne.
rows-shown = { $shown ->
    [one] { $shown } ligne affichée sur { $total } ; pour voir les autres : --limit N (0 pour toutes) ou --period.
   *[other] { $shown } lignes affichées sur { $total } ; pour voir les autres : --limit N (0 pour toutes) ou --period.
}
undated-left-out = { $count ->
    [one] { $count } ligne sans date est laissée de côté : --undated la montre.
   *[other] { $count } lignes sans date sont laissées de côté : --undated les montre.
}
nothing-in-the-vault = Le coffre est vide.
no-tokens-yet = Il n’y a pas de jeton.
category-there = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}
undated = sans date
some-undated = { $rows }, dont { $undated } sans date
new-person = Un coffre a été créé pour { $person }, qui n’était pas encore là.
others-there = Il y a aussi : { $names }.
import-line = import n° { $import } : { $file } ({ $format })
import-undone = { $line }, annulé
rejects-written = { $rows ->
    [one] { $rows } ligne écartée, écrite dans { $path }.
   *[other] { $rows } lignes écartées, écrites dans { $path }.
}
no-rejects = Aucune ligne n’a été écartée : { $path } n’a que son en-tête.
new-person-dry-run = Un coffre serait créé pour { $person }, qui n’est pas encore là.
rejects-have-them = Pour écrire toutes les lignes écartées dans un fichier : --rejects FICHIER.
receipt-line = { $id } : { $app }, le { $at } : { $outcome }. { $reads }
receipt-read = { $rows ->
    [one] { $category }, { $rows } ligne
   *[other] { $category }, { $rows } lignes
}
receipt-read-all = Lu : { $reads }.
receipt-read-nothing = Rien n’a été lu.
replay-identical = identique : « { $app } » redonne le même résultat à partir des mêmes données
replay-different = différent : { $what }
log-head = empreinte du journal : { $head }
keep-head = Gardez-la ailleurs ; pour vérifier plus tard : { $command }
log-whole = { $entries ->
    [one] { $entries } entrée (0 à { $last }), non modifiée ; empreinte { $head }
   *[other] { $entries } entrées (0 à { $last }), aucune modifiée ; empreinte { $head }
}
keep-head-next-time = Un journal qui a perdu sa fin paraît intact : gardez cette empreinte ailleurs, et donnez-la la prochaine fois avec --head.
erased = { $person } : les clés sont détruites et les fichiers supprimés.
backups-before = Les sauvegardes faites avant peuvent ne plus s’ouvrir pour certaines autres personnes : faites-en une nouvelle avec « mesinfos backup », et supprimez les anciennes.
log-closed = Le journal est clos, à l’empreinte { $head }.
api-at = API : http://{ $address }/api (« mesinfos token create » crée un jeton pour elle)
wall = barrière « { $wall } » : { $there }
backed-up = { $path } : { $people }, { $records }, { $chunks }.
people-there = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
records-there = { $count ->
    [one] { $count } enregistrement
   *[other] { $count } enregistrements
}
chunks-there = { $count ->
    [one] { $count } fragment
   *[other] { $count } fragments
}
backup-has-no-keys = La sauvegarde est chiffrée et ne contient pas de clé : gardez ailleurs les dossiers keys/ et doors/ du dossier de données.
backup-after-erasure = Après chaque effacement, la sauvegarde ne s’ouvre plus pour certaines personnes : faites-en alors une autre, et supprimez celle-ci.
vaults-open = { $people ->
    [one] Le coffre de { $people } personne s’ouvre.
   *[other] Les coffres de { $people } personnes s’ouvrent.
}
vaults-closed = { $people ->
    [one] Le coffre de { $people } personne ne s’ouvre pas : elle a été effacée depuis, ou partage une clé avec quelqu’un qui l’a été.
   *[other] Les coffres de { $people } personnes ne s’ouvrent pas : elles ont été effacées depuis, ou partagent une clé avec quelqu’un qui l’a été.
}
nothing-of-them = Rien n’en a été restauré. Une sauvegarde faite après l’effacement contient les coffres des personnes qui n’ont pas été effacées.
no-vault-opens = Aucun coffre ne s’ouvre. Pour essayer une autre sauvegarde, écartez d’abord le dossier { $path }.
backup-of = La sauvegarde a été faite le { $at }.
backup-is-old = Ce qui est venu ensuite n’y est pas : les imports annulés depuis sont revenus, et les imports faits depuis manquent.
grants-paused = { $grants ->
    [one] { $grants } autorisation était alors en vigueur ; elle est maintenant suspendue, car elle a pu être retirée depuis. « mesinfos resume APP --person NOM » la rétablit, si cette personne le veut.
   *[other] { $grants } autorisations étaient alors en vigueur ; elles sont maintenant suspendues, car elles ont pu être retirées depuis. « mesinfos resume APP --person NOM » en rétablit une, si cette personne le veut.
}
apps-suspended = { $apps ->
    [one] { $apps } application est maintenant suspendue, car elle a pu être arrêtée depuis. Si elle est toujours sûre, ceci la rétablit :
   *[other] { $apps } applications sont maintenant suspendues, car elles ont pu être arrêtées depuis. Pour chacune qui est toujours sûre :
}
resume-app = { $app } { $version } : mesinfos review resume { $component }
suspended-by-restore = Le serveur a été rétabli depuis une sauvegarde. L’exploitant vérifie chaque application avant qu’elle ne serve de nouveau.
apps-without-component = { $apps ->
    [one] { $apps } application n’a pas son composant : remettez le dossier apps/ en place, ou installez-la de nouveau.
   *[other] { $apps } applications n’ont pas leur composant : remettez le dossier apps/ en place, ou installez-les de nouveau.
}
health-good = bien
health-remark = à noter
health-wrong = MAL
health-unknown = inconnu
pages-at = pages : { $url }
operator-at = compte de l’exploitant : { $url } (une seule fois, dans les { $minutes } minutes ; « mesinfos open » en donne une autre)
token-once = { $token } : ce secret n’est montré qu’une fois, et n’est gardé nulle part. Pour révoquer le jeton : { $command }
token = { $name } ({ $scope }, jusqu’au { $until })
token-for-everything = tout, pour tout le monde
token-for-metrics = les mesures du serveur
token-for-account = des versions des applications d’un compte de l’application web
token-for-publishing = des versions des applications de { $developer }
token-for-deposits = { $count ->
    [one] dépôts pour { $count } personne
   *[other] dépôts pour { $count } personnes
}
token-for-deposits-and-new = { $count ->
    [one] dépôts pour { $count } personne, coffre créé au besoin
   *[other] dépôts pour { $count } personnes, coffres créés au besoin
}
people-not-checked = Un serveur utilise le dossier de données : la présence de ces personnes n’a pas été vérifiée.
token-for-nobody = { $nobody } Tant qu’il n’y a pas de coffre à ce nom, ce jeton ne peut rien y déposer ; avec --new, le premier fichier crée le coffre.
token-revoked = Le jeton { $id } est révoqué : il ne fonctionne plus.
token-not-shown = Le secret du jeton n’a pas pu être montré : le jeton { $id } est donc déjà révoqué. Créez-en un autre là où son secret peut être lu.
stdout-refused = Le résultat n’a pas pu être écrit : { $why }.

## Quoi taper après une erreur

hint-chmod = chmod 700 { $path }
hint-move-away = si c’est voulu : mv { $path } { $path }.old
hint-put-keys-back = mettez à cet endroit le dossier keys/ du dossier de données qui a été sauvegardé
hint-restore = « mesinfos restore --from FICHIER » recommence ; sans sauvegarde, déplacez keys/ pour repartir de rien
hint-restore-again = « mesinfos restore --from FICHIER » recommence ; sans sauvegarde, pour repartir de rien, supprimez { $path } et déplacez keys/
hint-doctor = « mesinfos doctor --deep » dit à qui elles sont
mend-make-or-restore = « mesinfos import » en crée un, « mesinfos restore » en restaure un
mend-be-the-owner = lancez cette commande en tant que propriétaire du dossier
mend-keys = remettez le dossier keys/ tel qu’il était ; sans lui, ce qui est enregistré est perdu
mend-disk = examinez le disque : df montre ce qui est libre
mend-room = faites de la place : { $size } au moins
mend-machine = utilisez un Linux avec Landlock, seccomp et les espaces de noms, hors d’un conteneur qui les interdit
mend-ask-the-server = un serveur l’utilise : demandez-lui /readyz, ou arrêtez-le pour que tout soit examiné
mend-program = utilisez la version de mesinfos qui l’a écrit, ou une plus récente
mend-restore = gardez une copie du dossier, et restaurez la dernière sauvegarde avec « mesinfos restore »
mend-not-by-hand = restaurez une sauvegarde avec « mesinfos restore », et non à la main
mend-remove = une fois les données en ordre : rm -r { $path }
mend-writable = rendez le disque accessible en écriture : « mount » dit comment il est monté
mend-clock = réglez l’horloge, et gardez-la à l’heure avec NTP
mend-erasures = « mesinfos serve » les termine à son démarrage ; sinon, ses messages disent pourquoi
mend-logs = « mesinfos audit verify --person NOM » dit où ; d’ici là, ne lancez pas d’application pour ces personnes
mend-apps = réinstallez chacune de ces applications à partir de son fichier (mesinfos install) ; les autorisations et les données restent telles quelles
hint-in-use = « mesinfos serve » ou « mesinfos demo » l’utilise : arrêtez-le (Ctrl+C), puis recommencez
hint-backup = donnez le fichier que « mesinfos backup » a écrit
hint-first = « mesinfos import » le crée ; --data en nomme un autre
hint-rust = installez Rust avec rustup (https://rustup.rs) ou, sous Debian, avec « apt-get install cargo gcc »
hint-receipts = « mesinfos receipts » en donne la liste
hint-imports = « mesinfos imports » en donne la liste
hint-verify = « mesinfos audit verify » examine tout
map-no-table = « { $path } » n’est pas un tableau avec une colonne de dates et une colonne de nombres
map-column = colonne { $column } : { $name }
map-holder = à compléter : "holder", le nom de l’organisme
map-date = à vérifier : "date" ; plusieurs colonnes ont des dates
map-date-order = à vérifier : "date-order" (day-first, month-first, year-first) ; rien dans le tableau ne le dit
map-sign = à vérifier : "value" ; les signes ne disent pas ce qui est dépensé : "spent" au lieu de "signed" si les dépenses sont positives
map-decimal = à vérifier : "decimal" (comma, point) ; certains nombres se lisent des deux façons
map-currency = à vérifier : "currency" ; le tableau ne dit pas la devise
map-unit = à vérifier : "unit" (wh, kwh, litre, cubic-metre) ; le tableau ne la dit pas
map-every = à vérifier : "every", la durée d’un relevé (quarter-hour, half-hour, hour, day, month)
map-value = à vérifier : "value" ; plusieurs colonnes ont des nombres
map-direction = à vérifier : "out", le mot qui désigne une dépense
map-next = ensuite : mesinfos import --map REPONSES.json --person QUI FICHIER
map-bad = « { $path } » n’est pas un fichier de réponses : corrigez la ligne { $line }, caractère { $column }
hint-formats = « mesinfos formats » montre ce qui est connu, « mesinfos map FICHIER » regarde un tableau, et avec --document un fichier est gardé tel quel, quel qu’il soit
hint-table = c’est un tableau de { $columns } colonnes ({ $names }), d’un modèle inconnu ici ; s’il contient des opérations, des achats ou des relevés, « mesinfos map { $path } » prépare les réponses qui permettent de le lire, et avec --document il est gardé tel quel
hint-bank-table = c’est un tableau de { $columns } colonnes ({ $names }), qui ressemble à un relevé de banque ; aucune banque connue ici n’a ces colonnes, mais « mesinfos map { $path } » prépare les réponses qui permettent de le lire
hint-token-list = « mesinfos token list » en donne la liste
hint-build = « mesinfos build » fait un composant, avec son mesinfos.toml
hint-new-publisher = si vous savez que l’éditeur a changé, dites-le : --new-publisher
hint-component = « mesinfos apps » montre le composant installé ; --component en nomme un autre
hint-notice = « mesinfos notice » montre ce que l’application demande maintenant
hint-install = « mesinfos install APP.wasm » en installe une
hint-grant = mesinfos grant { $app } --person { $person }{ $options }
hint-resume = mesinfos resume { $app } --person { $person }
hint-grants = « mesinfos grants » en donne la liste, avec --all aussi celles qui ne sont plus en vigueur
hint-beyond = « mesinfos grants --person { $person } » montre ce que donne l’autorisation, et « mesinfos people --person { $person } » ce qui est là
hint-narrow = --period, --fields, --granularity, --holders et --without restreignent, --drop retire une catégorie
hint-nothing-given = « mesinfos revoke » retire l’autorisation tout entière
hint-dictionary = « mesinfos dictionary { $category } » dit ce que contient cette catégorie
hint-of-one = ces choix valent pour toutes les catégories nommées ; pour une seule : mesinfos grant { $app } --person { $person }, puis mesinfos narrow { $app } --person { $person } --category { $category } avec ces choix
hint-one-category = ces choix valent pour toutes les catégories données ; nommez celle dont il s’agit : --category { $category }
hint-isolation = --isolation in-process s’en passe, avec une barrière de moins autour des applications
hint-documents = « mesinfos documents » en donne la liste
hint-token-name = donnez-lui un nom : --name "EDF"
hint-token-people = nommez chacune d’elles : --person NOM
hint-token-revoke = « mesinfos token list » les montre, et « mesinfos token revoke » en révoque un
hint-token-days = écrivez --expires 30d, et { $most }d au plus
hint-serve = « mesinfos serve » en démarre un
hint-port = un autre serveur tourne-t-il ? --port en choisit un autre
hint-listen = Donnez-la : --listen 192.168.1.5
hint-personas = « mesinfos personas » les montre
hint-apps = « cargo xtask apps » en compile
hint-rows = « mesinfos rows » montre les lignes avec leur identifiant
hint-people = « mesinfos people » montre qui est là

## Une ligne de commande qui n’a pas été comprise

unknown-option = « { $found } » n’est pas une option de cette commande.
unknown-verb = « { $found } » n’est pas une commande de mesinfos.
no-verb = Dites ce qu’il faut faire.
missing = Il manque : { $what }.
bad-value = « { $found } » ne convient pas pour { $option }. Au choix : { $known }.
bad-value-of = « { $found } » ne convient pas pour { $option }.
no-value = { $option } attend une valeur.
together = { $option } et { $other } ne vont pas ensemble.
twice = { $option } ne s’écrit qu’une fois.
not-expected = « { $found } » n’était pas attendu ici.
not-text = Un argument n’est pas un texte en UTF-8.
did-you-mean = Vouliez-vous dire : { $close } ?
see-help = Pour en savoir plus : { $command } --help

## L’aide

help-usage = Utilisation : { $usage }
help-commands = Commandes
help-heading = { $heading } :
help-default = { $help } (par défaut : { $value })
help-values = { $help }. Au choix : { $values }

## Un stockage sur PostgreSQL

store-not-for-this = Cette commande n’utilise pas de stockage hors du dossier de données : retirez --store.
store-not-named = Aucun stockage n’est indiqué.
store-not-an-address = Ce n’est pas l’adresse d’un stockage. Un exemple : postgres://mesinfos@pg1,pg2/mesinfos?sslrootcert=/etc/mesinfos/ca.pem
store-holds-password = L’adresse du stockage contient un mot de passe : d’autres utilisateurs de cette machine peuvent le lire. Rien n’a été ouvert.
store-no-host = L’adresse du stockage n’indique aucun serveur.
store-unknown-option = L’adresse du stockage n’a pas d’option « { $name } ».
store-weak-mode = Avec sslmode={ $mode }, le serveur n’est pas vérifié : retirez cette option.
store-not-encrypted = sslmode=disable est réservé aux serveurs de cette machine, et { $host } n’en est pas un.
store-no-authority = Il manque sslrootcert à l’adresse du stockage : le fichier de l’autorité de certification du serveur.
store-bad-authority = { $path } ne contient aucun certificat utilisable.
store-unreachable = Aucun serveur du stockage n’accepte d’écritures (détail technique : « { $why } »).
store-busy = Toutes les connexions au stockage sont occupées. Réessayez plus tard.
store-old-server = Le serveur est PostgreSQL { $found } ; il faut la version { $oldest } ou une plus récente.
store-not-there = La base de données ne contient pas de stockage.
store-older = Le stockage est au format { $found }, et il faut à ce programme le format { $known }. Rien n’a été lu ni écrit.
store-newer = Le stockage est au format { $found }, et ce programme connaît le format { $known } : il faut un programme plus récent. Rien n’a été lu ni écrit.
store-closed = L’exploitant a fermé le stockage.
store-refused = Le serveur du stockage a refusé l’opération : { $why }.
store-created = Le stockage a été créé.
store-was-there = Le stockage existait déjà ; rien n’a été modifié.
store-server = PostgreSQL { $server }, format { $format }
store-is-open = Le stockage est ouvert.
store-is-read-only = Le stockage est ouvert en lecture seule.
store-is-closed = Le stockage est fermé.
store-not-durable = fsync ou full_page_writes est désactivé : une coupure de courant peut détruire le stockage.
store-no-checksums = Le serveur n’écrit pas de sommes de contrôle : une dégradation de son disque se remarque tard.
store-no-standby = Le serveur n’attend aucun serveur de secours : ce qu’il a confirmé en dernier se perd avec son disque.
store-slots-elsewhere = Certaines personnes sont sur un autre serveur, ou y sont transférées.
hint-store-init = « mesinfos store init » avec le même --store le crée
hint-store-named = indiquez-le : --store postgres://…
hint-store-password = mettez le mot de passe dans un fichier que vous seul pouvez lire, et indiquez-le : --store-password FICHIER
