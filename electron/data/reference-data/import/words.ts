import { fold } from '#shared/domain/fold.ts';
import type { Nature } from '#shared/schema/asset.ts';
import type { AccountGroup } from '#shared/schema/reference-content.ts';
import type { StructureKind } from '#shared/schema/structure.ts';

const KINDS: readonly (readonly [StructureKind, readonly string[]])[] = [
  ['ministry', ['ministere', 'ministry', 'institution']],
  ['cabinet', ['cabinet']],
  ['general-secretariat', ['secretariat general', 'sgm', 'general secretariat']],
  ['inspectorate', ['inspection', 'inspection generale', 'igm', 'inspectorate']],
  ['departmental-directorate', ['direction departementale', 'departementale', 'departmental directorate']],
  ['technical-directorate', ['direction technique', 'technique', 'technical directorate']],
  ['central-directorate', ['direction centrale', 'direction', 'centrale', 'central directorate', 'direction generale']],
  ['agency', ['organisme sous tutelle', 'organisme', 'agence', 'agency', 'office', 'sous tutelle']],
  ['service', ['service', 'division', 'section', 'bureau', 'cellule', 'unite', 'secretariat']],
];

/** The level that a word means. */
export function readStructureKind(text: string): StructureKind | undefined {
  const folded = fold(text);
  return KINDS.find(([kind, words]) => kind === text.trim() || words.includes(folded))?.[0];
}

/** The level that a name begins with: `Direction départementale du Borgou`. Longer beginnings tell more. */
export function guessStructureKind(name: string): StructureKind | undefined {
  const folded = `${fold(name)} `;
  let best: { readonly kind: StructureKind; readonly length: number } | undefined;
  for (const [kind, words] of KINDS) {
    for (const word of words) {
      if (folded.startsWith(`${word} `) && word.length > (best?.length ?? 0)) best = { kind, length: word.length };
    }
  }
  return best?.kind;
}

/** `1er groupe`, `durable` → durable; `2e`, `consommable` → consumable. */
export function readAccountGroup(text: string): AccountGroup | undefined {
  const folded = fold(text);
  if (/^(groupe )?(1|1er|i|premier)\b|durable/.test(folded)) return 'durable';
  return /^(groupe )?(2|2e|2eme|ii|deuxieme|second)\b|consom|consumable/.test(folded) ? 'consumable' : undefined;
}

const NATURE_WORDS: readonly (readonly [Nature, readonly string[]])[] = [
  ['hardware', ['materiel', 'equipement', 'hardware']],
  ['licence', ['licence', 'logiciel', 'logiciel ou licence', 'license', 'software']],
  ['consumable', ['consommable', 'fourniture', 'consumable']],
  ['contract', ['contrat', 'contract']],
];

/** The nature that a word means; plurals too. */
export function readNature(text: string): Nature | undefined {
  const folded = fold(text).replace(/s\b/g, '');
  return NATURE_WORDS.find(([nature, words]) => nature === text.trim() || words.includes(folded))?.[0];
}

/** `60`, `60 mois`, `5 ans` → months, from 1 to 1,200. */
export function readMonths(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,4})\s*(mois|months?|ans?|annees?|years?)?$/.exec(fold(text)) ?? [];
  if (number === undefined) return undefined;
  const months = Number(number) * (unit && !unit.startsWith('mo') ? 12 : 1);
  return months >= 1 && months <= 1200 ? months : undefined;
}
