import ministries from './ministries.json' with { type: 'json' };

export type Ministry = { readonly name: string; readonly acronym: string; readonly validFrom: string };

/**
 * The ministries in force in July 2022. A dated list that an administrator edits, never a constant of the program:
 * portfolios merge and change names, and an acronym is not a key (see the note in the file).
 */
export const MINISTRIES_2022: readonly Ministry[] = ministries.ministeres.map(({ nom, sigle, valideDu }) => ({
  name: nom,
  acronym: sigle,
  validFrom: valideDu,
}));
