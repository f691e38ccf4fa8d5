# Comment une exécution se termine, et pourquoi une application est refusée.

completed = L’application a rendu son résultat.
needs-data = L’application a besoin de données qui ne sont pas là : { $categories }.
needs-some-data = L’application a besoin de données qui ne sont pas là.
bad-answer = Le réglage « { $param } » ne convient pas : { $expected }
declined = L’application n’a pas pu donner de résultat : { $reason }
not-granted = L’application n’a pas été lancée : il lui faut des données que vous ne lui laissez pas voir ({ $categories }).
trapped = L’application s’est arrêtée sur une erreur interne. Rien n’a été gardé ni modifié.
timed-out = { $seconds ->
    [one] L’application a été arrêtée : elle a pris plus de { $seconds } seconde. Rien n’a été gardé ni modifié.
   *[other] L’application a été arrêtée : elle a pris plus de { $seconds } secondes. Rien n’a été gardé ni modifié.
}
out-of-memory = L’application a été arrêtée : elle a demandé plus de { $memory } de mémoire. Rien n’a été gardé ni modifié.
stack-overflow = L’application a été arrêtée : ses appels étaient trop imbriqués. Rien n’a été gardé ni modifié.
too-many-calls = L’application a été arrêtée : elle a trop sollicité la plateforme. Rien n’a été gardé ni modifié.
too-many-rows = L’application a été arrêtée : elle a lu trop de lignes. Rien n’a été gardé ni modifié.
too-many-handles = L’application a été arrêtée : elle gardait trop de pages ouvertes. Rien n’a été gardé ni modifié.
output-too-large = Ce que l’application a rendu est trop volumineux pour être montré.
invalid-view = Ce que l’application a rendu ne peut pas être montré : c’est à son auteur de la corriger. Rien n’a été gardé. Détail pour l’auteur, en anglais : { $at } : { $problem }.
ended-with-its-grant = L’application a perdu l’accès aux données pendant qu’elle s’exécutait, par exemple parce que son autorisation a été retirée ou suspendue : rien ne vous est montré.
unavailable = Les données n’ont pas pu être lues. Rien n’a été modifié ; réessayez dans un moment.
incompatible = L’application ne convient pas à cette version de la plateforme : il en faut une version plus récente.

## Comment une exécution s’est terminée, en quelques mots

code-completed = elle a rendu son résultat
code-needs-data = il lui manquait des données
code-bad-answer = un réglage ne convenait pas
code-declined = elle n’a pas pu donner de résultat
code-not-granted = votre autorisation ne valait pas à ce moment-là
code-stopped = elle avait été arrêtée pour tout le monde
code-trapped = elle s’est arrêtée sur une erreur interne
code-timed-out = elle prenait trop de temps et a été arrêtée
code-out-of-memory = elle prenait trop de mémoire et a été arrêtée
code-stack-overflow = ses appels étaient trop imbriqués et elle a été arrêtée
code-too-many-calls = elle sollicitait trop la plateforme et a été arrêtée
code-too-many-rows = elle lisait trop de lignes et a été arrêtée
code-too-many-handles = elle gardait trop de pages ouvertes et a été arrêtée
code-output-too-large = son résultat était trop volumineux
code-invalid-view = son résultat ne pouvait pas être montré
code-withdrawn = elle a perdu l’accès aux données pendant qu’elle s’exécutait
code-unavailable = les données n’ont pas pu être lues
code-incompatible = elle ne convient pas à cette version de la plateforme

## Ce qu’un réglage attend

expected-number = « { $found } » n’est pas un nombre.
expected-between = il faut un nombre de { $min } à { $max }.
expected-yes-or-no = « { $found } » ne veut dire ni oui ni non.
expected-one-of = « { $found } » n’est pas l’un des choix possibles : { $known }.
expected-date = « { $found } » n’est pas une date ; écrivez-la ainsi : 2024-05-31.
expected-other-date = cette date sort de la période que l’application accepte.
expected-other-kind = ce n’est pas le genre de valeur que l’application attend.
expected-nothing = cette application n’a pas de réglage.
expected-parameter = ce réglage n’existe pas ; au choix : { $known }.

## Pourquoi un composant est refusé

component-too-large = il pèse { $size }, et la plateforme en accepte { $most } au plus
too-complex = { $what } : { $found }, et la plateforme en compile { $most } au plus
not-wasm = ce n’est pas un fichier WebAssembly
not-a-component = ce n’est pas un composant WebAssembly que cette plateforme accepte (détail technique : « { $why } »)
core-module = c’est un simple module WebAssembly, et non un composant
forbidden-import = il importe { $import } : { $why }
unknown-version = il importe { $import }, et cette plateforme sert la version { $served } : recompilez-le avec le SDK correspondant
unknown-function = il importe { $function } de { $import }, qui n’existe pas
no-app = il n’exporte pas l’interface d’une application
other-type = sa fonction { $function } n’est pas du type attendu : recompilez-le avec le SDK correspondant
not-utf8 = il transmet du texte en UTF-16, et seul UTF-8 est accepté
composed = il est composé de plusieurs composants qui ont chacun leur code : un seul peut en avoir
imitation = mesinfos.toml, { $field } : { $problem }
undeclared = il importe { $id } sans que son manifeste le dise : ajoutez un [[reads]] avec category = "{ $id }" et sa raison
unused = son manifeste annonce la lecture de { $id }, que le code ne lit jamais : retirez ce [[reads]]
no-manifest = il ne porte pas de manifeste
several-manifests = il porte { $count } manifestes, qui peuvent se contredire : recompilez-le depuis son dossier
manifest-line = mesinfos.toml, ligne { $line } : { $problem }
unknown-key = il n’y a pas de clé « { $found } » ici ; au choix : { $known }
unknown-key-meant = il n’y a pas de clé « { $found } » ici : vouliez-vous dire « { $meant } » ? Au choix : { $known }
unknown-value = « { $found } » n’est pas connu ; au choix : { $known }
unknown-value-meant = « { $found } » n’est pas connu : vouliez-vous dire « { $meant } » ? Au choix : { $known }
missing-key = il manque la clé « { $key } » : ajoutez-la
missing-french = il manque le français : ajoutez fr = "…". Les testeurs lisent d’abord le français
wrong-type = il y a { $found } là où il faut { $expected }
type-text = un texte entre guillemets
type-number = un nombre
type-boolean = vrai ou faux
type-table = une table, comme { "{" } fr = "…", en = "…" { "}" }
type-list = une liste
not-toml = ce n’est pas du TOML à partir d’ici : vérifiez les guillemets, les accolades et les virgules (détail en anglais : « { $why } »)
malformed-manifest = mesinfos.toml ne se lit pas (détail technique : « { $why } »)
manifest-field = mesinfos.toml, { $field } : { $problem }

## Ce qui rend un composant trop complexe

complex-function-size = octets dans une fonction
complex-locals = variables locales dans une fonction
complex-function-weight = chemins de valeurs dans une fonction
complex-loops = boucles imbriquées
complex-depth = blocs imbriqués
complex-modules = modules
complex-types = parties de types
complex-functions = fonctions
complex-table-elements = éléments de tables
complex-weight = chemins de valeurs dans toutes les fonctions
complex-items = types, imports, exports et autres éléments
complex-parts = instances et fonctions assemblées
complex-foreign = composants pris ailleurs

## Pourquoi un import est refusé

forbidden-not-ours = ce n’est pas une interface de cette plateforme
forbidden-no-category = cette catégorie de données n’existe pas
forbidden-network = les applications n’ont pas de réseau
forbidden-files = les applications n’ont pas de fichiers
forbidden-keeping = les applications ne gardent rien
forbidden-not-served = cette partie de WASI n’est pas servie

## Ce qui ne va pas dans un champ du manifeste

field-id = « { $found } » ne convient pas : il faut de 2 à 40 caractères parmi a-z, 0-9 et « - », en commençant par une lettre
field-version = « { $found } » ne convient pas : il faut trois nombres, comme 1.2.3
field-purpose = « { $found } » n’est pas une finalité connue ; au choix : { $known }
field-length = il faut de 1 à { $most } caractères
field-hidden = il contient des caractères de contrôle ou de direction
field-names = l’éditeur, la licence et l’icône doivent compter de 1 à 100 caractères
field-twice = { $id } figure deux fois : gardez un seul [[reads]] par catégorie
field-no-months = une durée de 0 mois ne lit rien ; omettez ce champ pour tout lire
field-imitates = cela ressemble au nom de la plateforme, qu’aucune application ne peut porter : choisissez-en un autre
field-imitates-holder = cela ressemble à « { $holder } », un détenteur de données : chacun croirait que l’application vient de lui. Écrivez votre nom, ou celui de votre équipe

## Les processus d’exécution

runner-system = Les processus d’exécution ne sont pas disponibles sur cette machine ({ $what } : { $why }).
runner-broken = Un processus d’exécution s’est interrompu : { $why }.
