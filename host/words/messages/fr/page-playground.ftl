# Le bac à sable de qui écrit des applications.

title = Bac à sable
lead = Écrivez une petite application en JavaScript et voyez ce qu’elle affiche pour une vie d’exemple. Il n’y a rien à installer. Elle s’exécute ici, sans réseau et sans mémoire, comme le ferait une application installée.
code = Votre code
code-why = Comme dans « mesinfos new --lang js » : les imports de @mesinfos/sdk, puis export default app(…). Ctrl + Entrée l’exécute.
life = Vie d’exemple
run = Exécuter
link = Un lien vers ce code
linked = L’adresse de cette page contient maintenant le code lui-même : copiez-la. Rien n’est gardé ici. Pour l’ouvrir, il faut un compte de développement sur ce serveur.
result = Ce que voit la personne
not-run = Exécutez le code : le résultat s’affichera ici.
no-view = Il n’y a pas de résultat
read = { $rows ->
    [one] { $rows } ligne lue
   *[other] { $rows } lignes lues
}
read-of = { $category } : { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}
used = { $ms } ms, { $memory } de mémoire
notes = Notes de l’application
not-here = Le bac à sable n’est pas installé ici
not-here-why = L’exploitant l’obtient avec l’archive de la version, ou avec « cargo xtask playground » dans un dépôt. En attendant, « mesinfos new » et « mesinfos dev » font la même chose sur votre machine.
then = Pour en faire une application que d’autres installent : « mesinfos new », mettez-y ce code, puis « mesinfos publish ».
