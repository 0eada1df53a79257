/** One entry per error code: what happened, in plain words, and what to do now. */
export const errors = {
  STORE_WRONG_KEY: {
    title: 'La clé n’ouvre pas ce registre',
    what: 'Le fichier du registre et la clé de ce poste ne vont pas ensemble. Rien n’a été modifié.',
    todo: 'Restaurez une sauvegarde faite sur ce poste. Si cela ne suffit pas, appelez votre support avant toute autre manœuvre.',
  },
  STORE_CORRUPT: {
    title: 'Le fichier du registre est abîmé',
    what: 'Une partie du fichier est illisible, souvent après une coupure de courant ou une panne du disque. Rien n’a été effacé.',
    todo: 'Restaurez la sauvegarde la plus récente : le fichier abîmé est mis de côté, jamais détruit. Ce qui a été reçu par l’ASIN reviendra à la synchronisation.',
  },
  STORE_DISK_FULL: {
    title: 'Le disque est plein',
    what: 'Il n’y a plus assez de place pour enregistrer. Tout ce qui était enregistré est intact.',
    todo: 'Libérez de la place sur le disque (corbeille, téléchargements), puis réessayez.',
  },
  STORE_READ_ONLY: {
    title: 'Le registre ne peut pas être écrit',
    what: 'Le dossier ou le fichier du registre est en lecture seule pour votre session.',
    todo: 'Demandez à votre administrateur le droit d’écrire dans ce dossier, puis réessayez.',
  },
  STORE_NEWER_VERSION: {
    title: 'Ce registre vient d’une version plus récente',
    what: 'Il a été ouvert avec une version plus récente de Registre. Pour ne rien perdre, cette version-ci n’y touche pas.',
    todo: 'Installez la dernière version de Registre sur ce poste, puis rouvrez-le.',
  },
  STORE_ALREADY_OPEN: {
    title: 'Registre est déjà ouvert',
    what: 'Une autre fenêtre de Registre utilise déjà ce fichier sur ce poste.',
    todo: 'Retrouvez cette fenêtre, ou fermez-la et réessayez ici.',
  },
  STORE_IO: {
    title: 'Le disque ne répond pas bien',
    what: 'La lecture ou l’écriture du registre a échoué.',
    todo: 'Vérifiez le disque (ou la clé USB) et réessayez. Si l’erreur revient, restaurez une sauvegarde ou appelez votre support.',
  },
  STORE_CLOSED: {
    title: 'Le registre est fermé',
    what: 'Le registre s’est fermé pendant l’opération. Ce qui était confirmé est enregistré.',
    todo: 'Réessayez dans un instant.',
  },
  STORE_ATTACHMENTS_UNSUPPORTED: {
    title: 'Pièce jointe non acceptée',
    what: 'Les fichiers ne s’enregistrent pas avec la fiche.',
    todo: 'Enregistrez la fiche sans le fichier.',
  },
  KEY_WRONG_PASSPHRASE: {
    title: 'Phrase secrète incorrecte',
    what: 'Cette phrase secrète n’ouvre pas le registre. Rien n’a été modifié.',
    todo: 'Vérifiez les majuscules et la disposition du clavier, puis réessayez.',
  },
  KEY_FILE_UNREADABLE: {
    title: 'Le fichier de clé est illisible',
    what: 'Le petit fichier qui protège la clé du registre manque ou est abîmé. Sans lui, le registre ne peut pas être ouvert.',
    todo: 'Restaurez une sauvegarde. S’il n’y en a pas, appelez votre support : ne réinstallez rien avant.',
  },
  KEY_KEYCHAIN_UNAVAILABLE: {
    title: 'Le trousseau du système ne répond pas',
    what: 'Le système n’a pas rendu la clé qui lui avait été confiée.',
    todo: 'Ouvrez le registre avec votre phrase secrète.',
  },
  COMMAND_INVALID: {
    title: 'Saisie refusée',
    what: 'Une valeur ne respecte pas les règles du registre. Rien n’a été enregistré.',
    todo: 'Vérifiez les champs signalés, puis enregistrez de nouveau.',
  },
  COMMAND_FORBIDDEN: {
    title: 'Action réservée',
    what: 'Votre rôle ne permet pas cette action.',
    todo: 'Adressez-vous au gestionnaire du parc de votre DSI.',
  },
  COMMAND_NOT_FOUND: {
    title: 'Fiche introuvable',
    what: 'Cette fiche n’est pas dans le registre de ce poste.',
    todo: 'Revenez à la liste, ou synchronisez pour recevoir les dernières fiches.',
  },
  COMMAND_CONFLICT: {
    title: 'Valeur déjà prise',
    what: 'Une autre fiche porte déjà cette valeur, ou la fiche a changé entre-temps.',
    todo: 'Relisez la fiche et vérifiez le numéro de série, puis réessayez.',
  },
  COMMAND_NOT_ENROLLED: {
    title: 'Poste non rattaché',
    what: 'Ce poste n’est pas encore rattaché à un ministère.',
    todo: 'Rattachez ce poste avec le code remis par l’ASIN.',
  },
  COMMAND_CANCELLED: {
    title: 'Opération arrêtée',
    what: 'L’opération a été arrêtée à votre demande.',
    todo: 'Ce qui était déjà confirmé reste enregistré.',
  },
  PRINT_FAILED: {
    title: 'L’impression n’a pas abouti',
    what: 'L’imprimante ou le système n’a pas accepté le document. Le document lui-même est enregistré.',
    todo: 'Vérifiez l’imprimante, ou enregistrez le document en PDF.',
  },
  FILE_NOT_WRITTEN: {
    title: 'Le fichier n’a pas été écrit',
    what: 'Le dossier choisi n’accepte pas ce fichier, ou le disque est plein. Le document reste dans le registre.',
    todo: 'Choisissez un autre dossier, ou libérez de la place, puis recommencez.',
  },
  IMPORT_UNREADABLE: {
    title: 'Fichier illisible',
    what: 'Ce fichier ne peut pas être lu. Rien n’a été créé.',
    todo: 'Vérifiez le fichier et choisissez-le de nouveau.',
  },
  IMPORT_UNKNOWN_FORMAT: {
    title: 'Format non reconnu',
    what: 'Ce n’est ni un inventaire GLPI (JSON) ni un tableau CSV. Rien n’a été créé.',
    todo: 'Exportez les données en CSV ou en inventaire GLPI.',
  },
  IMPORT_EXPIRED: {
    title: 'Aperçu périmé',
    what: 'L’aperçu n’est plus en mémoire. Rien n’a été créé.',
    todo: 'Relancez la vérification des fichiers.',
  },
  PORT_BAD_MESSAGE: {
    title: 'Demande non comprise',
    what: 'La fenêtre et le registre ne se sont pas compris. Rien n’a été modifié.',
    todo: 'Réessayez. Si l’erreur revient, appelez votre support.',
  },
  PORT_FORBIDDEN: {
    title: 'Demande refusée',
    what: 'Cette fenêtre n’a pas le droit de faire cela. Rien n’a été modifié.',
    todo: 'Appelez votre support.',
  },
  PORT_CLOSED: {
    title: 'Connexion au registre interrompue',
    what: 'La fenêtre a perdu le contact avec le registre un instant.',
    todo: 'La connexion se rétablit seule. Réessayez ensuite.',
  },
  DATA_PROCESS_DIED: {
    title: 'Le registre s’est arrêté plusieurs fois',
    what: 'Le programme qui tient le registre s’est arrêté de façon répétée. Tout ce qui était confirmé est enregistré.',
    todo: 'Réessayez. Si cela recommence, restaurez la dernière sauvegarde ou appelez votre support.',
  },
  SYNC_UNREACHABLE: {
    title: 'L’ASIN n’est pas joignable',
    what: 'Pas de réseau, ou le serveur ne répond pas.',
    todo: 'Continuez à travailler : tout est gardé sur ce poste et partira dès que la connexion reviendra.',
  },
  SYNC_NO_ADDRESS: {
    title: 'Le serveur de l’ASIN est introuvable sur ce réseau',
    what: 'Le nom du serveur n’a pas d’adresse ici : pas d’accès à Internet, ou une faute dans l’adresse.',
    todo: 'Vérifiez que ce poste a bien Internet. Continuez à travailler : tout est gardé et partira plus tard.',
  },
  SYNC_CONNECTION_REFUSED: {
    title: 'Le serveur de l’ASIN refuse la connexion',
    what: 'La machine répond, mais son service est arrêté ou un pare-feu le ferme.',
    todo: 'Rien à faire ici : le poste réessaie tout seul. Si cela dure une journée, prévenez votre support.',
  },
  SYNC_TIMEOUT: {
    title: 'La ligne est trop lente ou coupée',
    what: 'Le serveur n’a rien répondu pendant une demi-minute.',
    todo: 'Continuez à travailler. Le poste réessaie tout seul, avec des envois plus petits.',
  },
  SYNC_CAPTIVE_PORTAL: {
    title: 'Ce réseau demande une connexion',
    what: 'Une page d’accueil (Wi-Fi, hôtel, opérateur) répond à la place de l’ASIN.',
    todo: 'Ouvrez un navigateur, identifiez-vous sur la page d’accueil du réseau, puis revenez ici.',
  },
  SYNC_PROXY: {
    title: 'Un serveur mandataire (proxy) bloque l’échange',
    what: 'L’équipement entre ce poste et l’ASIN a refusé la demande.',
    todo: 'Montrez ce message à l’administrateur du réseau : il doit laisser passer l’adresse de l’ASIN.',
  },
  SYNC_CERTIFICATE_UNKNOWN: {
    title: 'L’identité du serveur n’est pas garantie',
    what: 'Son certificat ne vient pas d’une autorité connue de ce poste : la liaison est peut-être lue par un équipement du réseau.',
    todo: 'Rien n’a été envoyé. Montrez ce message à votre administrateur avant de réessayer.',
  },
  SYNC_CERTIFICATE_EXPIRED: {
    title: 'Le certificat du serveur n’est pas valable aujourd’hui',
    what: 'Il a expiré, ou la date de ce poste est fausse.',
    todo: 'Vérifiez la date et l’heure de ce poste. Si elles sont justes, prévenez l’ASIN.',
  },
  SYNC_CERTIFICATE_OTHER_HOST: {
    title: 'Un autre serveur répond à la place de l’ASIN',
    what: 'Son certificat est celui d’une autre adresse.',
    todo: 'Rien n’a été envoyé. Vérifiez l’adresse du serveur, puis prévenez votre administrateur.',
  },
  SYNC_CHECKPOINT_AHEAD: {
    title: 'Le serveur a perdu une partie de ce qu’il avait',
    what: 'Il en sait moins qu’au dernier échange : il a sans doute été restauré sans que ce soit annoncé.',
    todo: 'Rien n’est perdu sur ce poste. Prévenez l’ASIN : son serveur doit ouvrir une nouvelle époque.',
  },
  SYNC_STALE_PATCH: {
    title: 'Envoi à refaire',
    what: 'Un état a changé entre-temps sur le serveur.',
    todo: 'Rien à faire : le poste renvoie les fiches entières tout seul.',
  },
  SYNC_BAD_ANSWER: {
    title: 'Réponse inattendue du serveur',
    what: 'Le serveur a répondu quelque chose d’incompréhensible. Un portail Wi-Fi ou un proxy en est souvent la cause.',
    todo: 'Ouvrez une page web pour vous identifier sur le réseau, puis réessayez.',
  },
  SYNC_UNAUTHORISED: {
    title: 'Ce poste n’est plus reconnu',
    what: 'Le serveur refuse l’identité de ce poste.',
    todo: 'Demandez un nouveau code à l’ASIN et rattachez de nouveau ce poste. Vos données restent ici.',
  },
  SYNC_SERVER_TOO_OLD: {
    title: 'Le serveur est trop ancien',
    what: 'Le serveur de l’ASIN n’a pas encore la version attendue par ce poste.',
    todo: 'Rien à faire : vos données attendent sur ce poste. Prévenez l’ASIN si cela dure.',
  },
  SYNC_CLIENT_TOO_OLD: {
    title: 'Registre doit être mis à jour',
    what: 'Le serveur demande une version plus récente de Registre.',
    todo: 'Installez la dernière version. Vos données attendent sur ce poste.',
  },
  SYNC_MUST_UPDATE: {
    title: 'Registre doit être mis à jour pour recevoir',
    what: 'Tout ce qui attendait sur ce poste est parti. Ce que font les autres postes n’arrive plus dans cette version.',
    todo: 'Installez la dernière version. En attendant, continuez à travailler : vos saisies partent toujours.',
  },
  SYNC_BAD_REQUEST: {
    title: 'Envoi refusé',
    what: 'Le serveur n’a pas compris l’envoi de ce poste.',
    todo: 'Vos données restent ici. Appelez votre support si l’erreur revient.',
  },
  SYNC_TOO_LARGE: {
    title: 'Envoi trop gros',
    what: 'Le serveur refuse un envoi de cette taille.',
    todo: 'Le poste réessaiera avec des envois plus petits.',
  },
  SYNC_TOO_MANY_REQUESTS: {
    title: 'Le serveur est très demandé',
    what: 'Beaucoup de postes se synchronisent en ce moment.',
    todo: 'Rien à faire : ce poste réessaiera seul un peu plus tard.',
  },
  ENROLMENT_CODE_INVALID: {
    title: 'Code non valable',
    what: 'Ce code est faux, déjà utilisé ou périmé.',
    todo: 'Vérifiez chaque caractère, ou demandez un nouveau code.',
  },
  INTERNAL: {
    title: 'Une erreur inattendue est survenue',
    what: 'Le programme a rencontré un cas qu’il ne connaît pas. Ce qui était confirmé est enregistré.',
    todo: 'Réessayez. Si l’erreur revient, notez ce que vous faisiez et appelez votre support.',
  },
};
