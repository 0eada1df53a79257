import { fold } from '#shared/domain/fold.ts';
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
