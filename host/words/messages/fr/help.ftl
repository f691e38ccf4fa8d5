# L’aide de la commande « mesinfos ». Une clé est le chemin d’une commande (« token-create »), suivi du nom d’un de ses
# arguments ; « any- » vaut pour toutes les commandes qui ont cet argument.

mesinfos = Vos données personnelles, et des applications qui s’en servent sans rien en garder.

any-help = Affiche l’aide
any-version = Affiche la version
any-json = Affiche les résultats en JSON
any-data = Le dossier de données ; par défaut, mesinfos dans $XDG_DATA_HOME ou dans ~/.local/share
any-lang = La langue, fr ou en ; par défaut, celle du système
any-isolation = Où s’exécutent les applications et où se lisent les fichiers : dans un processus à part qui ne peut que calculer (process, sous Linux) ou dans celui-ci (in-process) ; par défaut, à part si c’est possible
any-store = Un stockage hors du dossier de données, sur PostgreSQL : postgres://utilisateur@hôte1,hôte2/base?sslrootcert=FICHIER. Les clés restent dans le dossier de données
any-store-password = Le fichier du mot de passe du stockage ; par défaut, le secret store-password de systemd, sinon MESINFOS_STORE_PASSWORD
any-person = Le nom de la personne
any-app = L’identifiant de l’application
any-today = La date donnée à l’application ; par défaut, aujourd’hui
any-port = Le port
any-period = Seulement ces jours : 2011, 2011-03, 2011-03-05, 2011-03..2011-06, 2011..

demo = Crée les personnes d’exemple, importe leurs fichiers, donne les autorisations, exécute chaque application, puis sert les pages
demo-apps = Le dossier des applications compilées (*.wasm) ; par défaut celles qui accompagnent la commande
demo-samples = D’autres personnes que celles d’exemple : un dossier qui contient un dossier de fichiers pour chacune
demo-once = Affiche les résultats puis s’arrête

gallery = Écrit dans un dossier ce que chaque application montre à chaque personne d’exemple, en français et en anglais (ou dans la langue de --lang)
gallery-names = Des noms de personnes d’exemple ; par défaut, toutes
gallery-apps = Le dossier des applications compilées (*.wasm) ; par défaut celles qui accompagnent la commande
gallery-out = Où l’écrire
gallery-samples = D’autres personnes que celles d’exemple : un dossier qui contient un dossier de fichiers pour chacune
gallery-today = La date donnée aux applications ; par défaut, celle des personnes d’exemple, sinon aujourd’hui

serve = Sert l’API HTTP et les pages sur cette machine
serve-host-names = Un nom sous lequel le serveur répond, outre 127.0.0.1 et localhost : celui du serveur mandataire (proxy) placé devant lui. À répéter au besoin
serve-contact = L’adresse à laquelle les gens posent leurs questions, montrée par « Une question ? » : une boîte aux lettres (aide@exemple.org) ou une page (https://…)
serve-port = Le port, par défaut 7380
serve-config = Un fichier de réglages du serveur (port, host-names, contact, log, isolation), sur lesquels les options l’emportent ; par défaut mesinfos.toml dans le dossier de données, s’il y est
serve-log = La forme des messages que le serveur écrit sur la sortie d’erreur, sans les données de personne : off (aucun message), text ou json. Par défaut, celle que dit MESINFOS_LOG, sinon text

event = Tient un hackathon sur le réseau local, avec des personnes inventées seulement ; son dossier est par défaut mesinfos-event
event-new = Crée le dossier de l’événement
event-new-name = Son nom
event-new-teams = Le plus grand nombre d’équipes
event-new-until = L’heure de la remise, à l’heure de Paris : 2027-03-15T16:00 ; sans elle, vous fermez la remise sur votre page
event-serve = Sert les pages de l’événement, sans accès à Internet, et affiche comment le rejoindre
event-serve-listen = L’adresse de cette machine sur le réseau local ; par défaut celle que le système en dit
event-serve-port = Le port
open = Affiche une adresse du serveur en marche qui crée, une seule fois, un compte d’exploitant

token = Crée, montre et révoque des jetons pour l’API HTTP
token-create = Crée un jeton, et le montre une seule fois
token-create-scope = Ce qu’il permet : déposer des fichiers pour les personnes nommées (deposit), lire les mesures du serveur (metrics), envoyer des versions des applications d’un développeur (publish), ou tout, pour tout le monde (all)
token-create-people = La personne pour qui il dépose des fichiers. À répéter au besoin
token-create-new = Son premier fichier peut créer le coffre d’une personne qui n’en a pas
token-create-developer = Le développeur dont il envoie les versions (publish), tel que vous l’appelez : les identifiants d’applications appartiennent à ce nom
token-create-expires = Sa durée, en jours
token-create-name = À qui il est destiné, comme "EDF"
token-list = Montre les jetons : à qui ils sont, pour quoi et jusqu’à quand
token-revoke = Révoque un jeton, aussitôt
token-revoke-id = Son identifiant : « mesinfos token list » le montre

import = Importe des fichiers de détenteurs dans le coffre d’une personne
import-person = Le nom de la personne ; son coffre est créé s’il n’existe pas
import-files = Des fichiers, ou des archives (ZIP) de fichiers
import-document = Garde les fichiers comme documents, quels qu’ils soient : chiffrés dans le coffre, tels quels
import-map = Lit les fichiers comme des tableaux, selon les réponses de ce fichier JSON : « mesinfos map FICHIER » en écrit un à compléter
import-dry-run = N’écrit rien : dit ce qui entrerait, et ce qui serait rejeté et pourquoi
import-rejects = Écrit les lignes écartées dans ce nouveau fichier CSV : le fichier, l’endroit, le champ, la raison, et la ligne elle-même (ses 4 premiers Kio) si le fichier est fait de lignes et n’est pas dans une archive

map = Montre à quoi ressemble un tableau inconnu, sous la forme de réponses (JSON) à compléter
map-file = Un fichier CSV ou un autre tableau en texte
imports = Montre les imports d’une personne

rows = Montre les lignes d’une catégorie, chacune avec le fichier et l’endroit d’où elle vient
rows-category = La catégorie
rows-limit = Le nombre maximal de lignes ; 0 pour toutes

documents = Montre les documents conservés d’une personne, ou en restitue un tel quel
documents-id = L’identifiant du document
documents-output = Où le mettre

undo = Annule un import, en entier
undo-import = Le numéro de l’import : « mesinfos imports » les montre

new = Écrit une nouvelle application dans un dossier : manifeste, code, tests et SDK. Le nom du dossier est l’identifiant de l’application. --lang choisit le langage de l’application : rust (par défaut), ts, js ou python
new-folder = Le dossier à créer
new-template = Ce que fait au début une application en Rust ; par défaut aggregator
new-publisher = Qui la publie ; par défaut le nom que git connaît

dev = Montre une application pendant qu’on l’écrit : la construit à chaque changement, l’exécute sur des personnes d’exemple, et montre sa vue, ce qu’elle a utilisé et ses vérifications dans le navigateur
dev-folder = Le dossier de l’application
dev-person = La personne d’exemple montrée d’abord
dev-port = Le port
dev-once = La construit une fois, dit si elle pourrait être installée, et finit

test = Compare les vues d’une application à celles qui ont été acceptées (views/) : chaque personne d’exemple, avec tout et sans chaque catégorie, dans les deux langues
test-folder = Le dossier de l’application
test-update = Accepte les vues d’aujourd’hui

check = Dit ce qu’une application demande, et pourquoi elle serait refusée
check-app = Un composant, ou le dossier d’une application : chaque constat a alors sa place dans les fichiers

build = Compile une application depuis son dossier (Cargo.toml, mesinfos.toml, src/) en un composant
build-folders = Le dossier de l’application, ou plusieurs d’un même espace de travail (workspace), compilés alors ensemble
build-component = Ne compile rien : prend le composant qu’un autre outil a fait de ce dossier, et lui ajoute mesinfos.toml
build-output = Où le mettre : un fichier, ou un dossier pour plusieurs applications ; par défaut, apps/ID.wasm dans le dossier target
build-key = La clé avec laquelle signer : un nom dans le dossier de configuration, ou un fichier ; par défaut « publisher », si elle existe
build-unsigned = Ne pas la signer

keys = Crée, montre et remplace les clés avec lesquelles un éditeur signe ses applications
keys-new = Crée une clé
keys-new-key = Un nom dans le dossier de configuration ($XDG_CONFIG_HOME/mesinfos/keys ou ~/.config/mesinfos/keys), ou un fichier
keys-show = Montre la clé publique
keys-show-key = Un nom dans le dossier de configuration, ou un fichier
keys-list = Montre les clés publiques du dossier de configuration
keys-claim = Signe une ligne qui montre, à un serveur, que la clé d’un identifiant d’application est la vôtre
keys-claim-app = L’identifiant de l’application
keys-claim-owner = Votre compte, comme le serveur l’indique
keys-claim-to = L’adresse du serveur
keys-claim-key = Un nom dans le dossier de configuration, ou un fichier
keys-replace = Crée une clé que la clé actuelle désigne pour lui succéder
keys-replace-key = Un nom dans le dossier de configuration, ou un fichier

publish = Envoie une version d’une application à la relecture : à un serveur, ou dans le dossier de données
publish-app = Le composant, signé (« mesinfos build » signe avec votre clé)
publish-to = L’adresse du serveur
publish-token-file = Le fichier du jeton que son exploitant a fait pour vous
publish-draft = La garder seulement comme brouillon
publish-event = Le serveur est celui d’un événement : il peut être à une adresse du réseau local, sans chiffrement

review = Relit, publie et arrête des versions du dossier de données
review-list = Montre les versions en attente, ou celles d’une application
review-list-app = L’identifiant de l’application
review-publish = Publie une version : elle devient celle qui est installée
review-publish-component = Le SHA-256 du composant
review-return = Rend une version à son auteur
review-return-component = Le SHA-256 du composant
review-return-reason = Ce qu’il faut changer ; l’auteur le lit
review-suspend = Arrête une version tout de suite, pour tout le monde
review-suspend-component = Le SHA-256 du composant
review-suspend-reason = Pourquoi ; des personnes le lisent
review-resume = Laisse reprendre une version suspendue
review-resume-component = Le SHA-256 du composant
review-withdraw = Retire définitivement une version
review-withdraw-component = Le SHA-256 du composant
review-withdraw-reason = Pourquoi ; des personnes le lisent

install = Installe une application, ou une nouvelle version
install-app = Le composant
install-new-publisher = Accepte qu’elle remplace une application de même identifiant d’un autre éditeur
uninstall = Retire une application installée. Les autorisations qu’elle a reçues demeurent, et valent de nouveau si ce même composant est réinstallé
uninstall-app = L’identifiant de l’application

apps = Montre ce qui est installé

log = Vérifie le registre public des applications, ou l’écrit en fichiers
log-verify = Vérifie chaque entrée et chaque tuile, la signature, et que le registre prolonge celui vérifié ici auparavant
log-verify-url = L’adresse d’un serveur ; par défaut le dossier de données
log-verify-key = La clé du registre (nom+empreinte+clé), connue d’ailleurs ; par défaut celle que le serveur annonce
log-verify-app = Prouver aussi que le registre contient ce composant, et montrer ce qui lui est arrivé
log-export = Écrit le registre en fichiers, comme un serveur de fichiers les servirait (C2SP tlog-tiles)
log-export-folder = Le dossier où écrire

people = Montre les personnes, ou ce que contient le coffre de l’une d’elles

preview = Montre ce que les testeurs d’une application verront
preview-consent = Montre ce qui leur sera demandé, dans les deux langues, avec le nombre de lignes d’une personne d’exemple
preview-consent-app = Le dossier de l’application, ou le fichier d’un composant ; par défaut ce dossier
preview-consent-sample = Une personne d’exemple ; par défaut « famille »
preview-consent-html = Écrit la page que les testeurs verront, dans la langue de la commande, en un seul fichier
notice = Montre ce qu’une application demande, mot pour mot ; avec --person, ce qui a été montré avant la dernière réponse de la personne
notice-app = L’identifiant de l’application
grant = Laisse une application voir des catégories de données d’une personne
narrow = Laisse une application voir moins que ce qui lui était donné
grant-categories = Une catégorie à donner, comme bank ou energy. À répéter au besoin ; par défaut, toutes celles que l’application demande. Les options qui suivent valent pour toutes les catégories nommées : pour choisir catégorie par catégorie, autorisez d’abord, puis « mesinfos narrow » avec --category
narrow-categories = Une catégorie à restreindre, comme bank ou energy. À répéter au besoin ; par défaut, toutes celles qui sont données. Les options qui suivent valent pour toutes les catégories nommées ; les autres restent comme elles sont
narrow-drop = Une catégorie à ne plus donner du tout. À répéter au besoin
any-undated = Avec --period : aussi les lignes sans date, comme des contacts ou des allergies
any-granularity = Pas plus finement que : raw (exact), rounded (arrondi), hourly (par heure), daily (par jour) ou monthly (par mois) ; « mesinfos dictionary » dit lesquelles une catégorie connaît
any-fields = Seulement ces champs, séparés par des virgules, comme amount,label : « mesinfos dictionary » les montre. Ceux qui ne se donnent que par leur nom doivent y figurer
any-holders = Seulement les lignes de ces détenteurs, séparés par des virgules
any-without = Sans ces lignes, par leur identifiant, comme 3.0.17 ; « mesinfos rows » les montre
grant-until = Le dernier jour de l’autorisation, comme 2027-01-31 ; par défaut, jusqu’à ce qu’elle soit retirée
grant-component = Seulement si ce composant est installé : son SHA-256, tel que « mesinfos check » et « mesinfos apps » le montrent ; par défaut, celui qui est installé, et qui est montré
grant-notice = Seulement si ce que l’application demande est encore ce texte : son SHA-256, tel que « mesinfos notice » le montre. L’autorisation est alors liée à ce texte

grants = Montre les autorisations en vigueur d’une personne, la plus récente en tête
grants-all = Montre aussi celles qui ne sont plus en vigueur ; --json les donne toujours toutes, la plus ancienne en tête
pause = Suspend une application pour une personne ; son autorisation demeure
resume = Rétablit une application suspendue
revoke = Retire à une application l’autorisation qu’elle avait reçue

run = Exécute une application pour une personne et affiche son résultat
run-app = L’identifiant de l’application ; avec --sample, un composant ou le dossier d’une application
run-sample = L’exécute sur les données de cette personne d’exemple, et ne garde rien
run-without = Comme si la personne refusait ceci : une catégorie (bank) ou un champ (bank.label). À répéter au besoin
run-params = Un réglage : --param ID=VALEUR. À répéter au besoin

recogniser-command = programme à lancer, enfermé, et ses arguments
receipts = Montre les reçus des exécutions d’une personne
replay = Exécute de nouveau une application d’après un reçu, et dit si tout est identique
replay-receipt = L’identifiant du reçu

audit = Montre le journal d’une personne
audit-verify = Parcourt tout le journal, le confronte aux autorisations, aux reçus et aux lignes, et dit si quelque chose a été modifié, supprimé ou ramené à un état antérieur
audit-verify-head = Une empreinte du journal que vous avez gardée : « mesinfos audit » l’affiche en dernier, et un reçu en porte une. Dit si le journal la contient encore

erase = Efface toutes les données d’une personne : détruit leurs clés, pour qu’aucune copie ne se lise plus, et supprime les fichiers
erase-yes = Ne demande pas de confirmation

backup = Écrit dans un fichier tout ce qui est enregistré, tel quel : chiffré, et sans les clés. Aucun serveur ne doit tourner
backup-to = Le fichier, qui est créé
restore = Restaure une sauvegarde dans un dossier de données qui a ses clés et rien d’enregistré, et dit quels coffres s’ouvrent
restore-from = Le fichier
store = Crée un stockage sur PostgreSQL, et le vérifie
store-init = Crée le stockage dans une base vide ; laisse tel quel celui qui existe
store-check = Dit la version et le format du stockage, et ce que son exploitant doit savoir

doctor = Examine le dossier de données, ses clés, le disque et cette machine, et dit ce qui ne va pas et que faire
doctor-deep = Ouvre aussi chaque coffre et vérifie chaque journal, ce qui les lit tous
personas = Montre les personnes d’exemple, écrit leurs fichiers ou les importe
personas-names = Seulement ces personnes ; par défaut, toutes
personas-out = Écrit les fichiers de chaque personne dans un dossier à son nom, dans celui-ci
personas-import = Importe les fichiers de chaque personne dans un coffre à son nom
personas-seed = Un autre nombre donne d’autres journées aux mêmes personnes
personas-people = Écrit plutôt les fichiers d’autant de personnes, avec une année de banque, d’énergie et de téléphone

formats = Montre les formats qui peuvent être importés, avec leurs catégories, leur origine et leur description
dictionary = Dit ce que contient chaque catégorie de données, champ par champ
dictionary-category = Seulement cette catégorie

completions = Affiche un script grâce auquel un shell complète la ligne de commande : « mesinfos completions bash > FICHIER », puis « source FICHIER »
completions-shell = Le shell

man = Écrit les pages de manuel, une par commande
man-out = Le dossier où les écrire
