import { deterministicId } from './deterministic-id.ts';
import territory from './territory.json' with { type: 'json' };

export type Commune = { readonly name: string; readonly departement: string; readonly aliases: readonly string[] };

/**
 * Spellings seen in published lists, besides the name itself. Search folds accents and hyphens, so some of these only
 * matter to a reader or to an exact match; they are kept because people paste them.
 */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  Athiémé: ['Athiémè'],
  Bembèrèkè: ['Bembéréké'],
  'Dassa-Zoumè': ['Dassa-Zoumé'],
  'Péhunco (Ouassa-Péhunco)': ['Péhunco', 'Ouassa-Péhunco'],
  Ségbana: ['Segbana'],
  'Sèmè-Kpodji': ['Sèmè-Podji'],
};

/** The twelve départements, in alphabetical order. */
export const DEPARTEMENTS: readonly string[] = territory.departements.map(({ departement }) => departement);

/** The seventy-seven communes, by département. */
export const COMMUNES: readonly Commune[] = territory.departements.flatMap(({ departement, communes }) =>
  communes.map((name) => ({ name, departement, aliases: ALIASES[name] ?? [] })),
);

export function departementId(ministryId: string, name: string): string {
  return deterministicId(ministryId, 'site:departement', name);
}

/** The commune is named with its département: nothing says that a name exists only once in the country. */
export function communeId(ministryId: string, commune: Pick<Commune, 'name' | 'departement'>): string {
  return deterministicId(ministryId, 'site:commune', `${commune.departement}/${commune.name}`);
}

/** @throws RangeError for a name that is not one of the seventy-seven. */
export function findCommune(name: string): Commune {
  const commune = COMMUNES.find((candidate) => candidate.name === name);
  if (!commune) throw new RangeError(`No commune is called ${name}`);
  return commune;
}
