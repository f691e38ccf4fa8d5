# La page qui remontre le texte d’une demande.

title = Ce qui vous a été dit
lead = Vous avez répondu le { $at }. Voici, mot pour mot, le texte que vous aviez sous les yeux.
said = Le texte
digest = Empreinte du texte (SHA-256) :
unchanged = Le texte est celui auquel votre réponse est liée
none = Aucun texte de cette plateforme n’a été montré
none-why = La réponse est venue d’un programme ou de la ligne de commande, qui n’ont pas montré de texte d’ici. Ce qui a été donné est écrit ci-dessous.
answer = Votre réponse
state = { $app }, version { $version } : { $state }.
