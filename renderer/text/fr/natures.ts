/** Licences, consumables, contracts, parts, interventions and depreciation. */
export const natures = {
  problem: {
    'bad-number': 'Écrivez un nombre.',
    'bad-choice': 'Choisissez une valeur de la liste.',
    'bad-boolean': 'Répondez par oui ou par non.',
    'unknown-asset': 'Cet actif n’est pas dans le registre de ce poste.',
    'not-a-hardware': 'Il faut choisir un matériel.',
    'not-a-licence': 'Il faut choisir une licence.',
    'not-a-contract': 'Il faut choisir un contrat.',
    loop: 'Un matériel ne peut pas être un composant de lui-même.',
    'too-deep': 'Cette suite de composants est trop longue.',
    'not-in-stock':
      'Ce poste n’en connaît que {{available}} en stock. Si le compte est faux, comptez d’abord le stock.',
    'too-much': 'Un seul mouvement ne peut pas changer autant le stock.',
  },
};
