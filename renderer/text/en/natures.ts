import type { Catalogue } from '../fr.ts';

/** Licences, consumables, contracts, parts, interventions and depreciation. */
export const natures: Catalogue['natures'] = {
  problem: {
    'bad-number': 'Write a number.',
    'bad-choice': 'Choose a value of the list.',
    'bad-boolean': 'Answer yes or no.',
    'unknown-asset': 'This asset is not in the register of this desktop.',
    'not-a-hardware': 'Choose a piece of equipment.',
    'not-a-licence': 'Choose a licence.',
    'not-a-contract': 'Choose a contract.',
    loop: 'A piece of equipment cannot be a part of itself.',
    'too-deep': 'This chain of parts is too long.',
    'not-in-stock': 'This desktop knows of only {{available}} in stock. If the count is wrong, count the stock first.',
    'too-much': 'One movement cannot change the stock that much.',
  },
};
