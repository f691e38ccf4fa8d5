# La page qui remontre le texte d’une demande.

title = Ce qui vous a été dit
lead = Vous avez répondu le { $at }. Votre réponse est liée, mot pour mot, au texte ci-dessous. Sur la page de l’application, il se dépliait sous « Le texte exact de la demande » : ce que vous aviez sous les yeux le disait autrement, et plus simplement.
said = Le texte
codes = Les codes entre parenthèses (PT0S, adresse de but, SHA-256) répètent la même chose pour les logiciels qui liraient ce texte.
digest = Empreinte du texte (SHA-256) :
unchanged = Le texte est celui auquel votre réponse est liée
none = Aucun texte de cette plateforme n’a été montré
none-why = La réponse est venue d’un programme ou de la ligne de commande, qui n’ont pas montré de texte d’ici. Ce qui a été donné est écrit ci-dessous.
answer = Votre réponse
state = { $app }, version { $version } : { $state }.
