import type { Site, SiteKind } from '#shared/schema/site.ts';
import { deterministicId } from '../reference/deterministic-id.ts';
import { communeId, findCommune } from '../reference/territory.ts';

type Place = {
  readonly key: string;
  readonly kind: SiteKind;
  readonly name: string;
  /** Either the commune it lies in, or another place of this list that comes before it. */
  readonly commune?: string;
  readonly parent?: string;
};

function isolated(commune: string): Place {
  return { key: `ISO-${commune}`, kind: 'site', name: `Point numérique de ${commune}`, commune };
}

/** Communes of the invented isolated sites: satellite link, solar power. */
export const ISOLATED_COMMUNES = [
  'Cobly',
  'Kalalé',
  'Karimama',
  'Kérou',
  'Matéri',
  'Ouaké',
  'Ségbana',
  'Sô-Ava',
] as const;

/** Invented places with plausible names. Parents come before their children. */
export const PLACES: readonly Place[] = [
  { key: 'SIEGE', kind: 'site', name: 'Siège du ministère, Cotonou', commune: 'Cotonou' },
  { key: 'SIEGE-A', kind: 'building', name: 'Siège, bâtiment A', parent: 'SIEGE' },
  { key: 'SIEGE-B', kind: 'building', name: 'Siège, bâtiment B', parent: 'SIEGE' },
  { key: 'SIEGE-SRV', kind: 'room', name: 'Siège, salle des serveurs', parent: 'SIEGE-A' },
  { key: 'SIEGE-LT', kind: 'room', name: 'Siège, local technique du bâtiment B', parent: 'SIEGE-B' },
  { key: 'CADJ', kind: 'site', name: 'Annexe de Cadjèhoun', commune: 'Cotonou' },
  { key: 'AKPA', kind: 'site', name: "Magasin central d'Akpakpa", commune: 'Cotonou' },
  { key: 'CALA', kind: 'site', name: "Centre technique d'Abomey-Calavi", commune: 'Abomey-Calavi' },
  { key: 'CALA-SRV', kind: 'room', name: "Centre technique d'Abomey-Calavi, salle des machines", parent: 'CALA' },
  { key: 'PNOVO', kind: 'site', name: 'Annexe de Porto-Novo', commune: 'Porto-Novo' },
  { key: 'PKOU', kind: 'site', name: 'Direction départementale, Parakou', commune: 'Parakou' },
  { key: 'NATI', kind: 'site', name: 'Direction départementale, Natitingou', commune: 'Natitingou' },
  { key: 'KAND', kind: 'site', name: 'Direction départementale, Kandi', commune: 'Kandi' },
  { key: 'ALLA', kind: 'site', name: 'Direction départementale, Allada', commune: 'Allada' },
  { key: 'LOKO', kind: 'site', name: 'Direction départementale, Lokossa', commune: 'Lokossa' },
  { key: 'ABOM', kind: 'site', name: 'Direction départementale, Abomey', commune: 'Abomey' },
  ...ISOLATED_COMMUNES.map(isolated),
];

export function placeId(ministryId: string, key: string): string {
  return deterministicId(ministryId, 'site:place', key);
}

/** The places below the communes, parents first; the communes themselves are reference data. */
export function* siteRows(ministryId: string): Generator<Site> {
  for (const { key, kind, name, commune, parent } of PLACES) {
    const parentId =
      commune === undefined ? placeId(ministryId, parent ?? '') : communeId(ministryId, findCommune(commune));
    yield { id: placeId(ministryId, key), ministryId, parentId, kind, name };
  }
}
