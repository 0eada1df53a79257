import type { PaperKind } from '#shared/domain/lifecycle.ts';
import { ASKED, findPlaceholder, type Placeholder } from '#shared/papers/fields.ts';
import { paperRule, type SourceType } from '#shared/papers/kinds.ts';
import type { PaperRequest, PaperSource } from '#shared/papers/request.ts';
import { type PaperTemplate, PLACEHOLDER, wordings } from '#shared/papers/template.ts';
import type { AssetStatus } from '#shared/schema/asset.ts';

export type DraftSignature = { readonly name: string; readonly quality: string; readonly image?: string | undefined };

/** What a person has said of the paper to be made. Empty texts are what was not said. */
export type PaperDraft = {
  readonly kind: PaperKind;
  readonly source: SourceType;
  readonly actId: string;
  readonly assetIds: readonly string[];
  readonly holderName: string;
  readonly structureId: string;
  readonly siteId: string;
  readonly typeCode: string;
  readonly status: readonly AssetStatus[];
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly issuerId: string;
  readonly asked: Readonly<Record<string, string>>;
  /** By the place of the block in the template. */
  readonly signatures: Readonly<Record<number, DraftSignature>>;
};

export function emptyDraft(kind: PaperKind, today: string): PaperDraft {
  return {
    kind,
    source: firstSource(kind),
    actId: '',
    assetIds: [],
    holderName: '',
    structureId: '',
    siteId: '',
    typeCode: '',
    status: kind === 'disposal-list' ? ['proposed-for-disposal'] : [],
    at: '',
    from: `${today.slice(0, 4)}-01-01`,
    to: today,
    issuerId: '',
    asked: {},
    signatures: {},
  };
}

/** Another kind keeps what it can use of what was said. */
export function withKind(draft: PaperDraft, kind: PaperKind, today: string): PaperDraft {
  const { sources } = paperRule(kind);
  const { status } = emptyDraft(kind, today);
  const source = sources.includes(draft.source) ? draft.source : firstSource(kind);
  return { ...draft, kind, source, status, actId: '', signatures: {} };
}

/** The command, or nothing while something essential is not said. */
export function toRequest(draft: PaperDraft): PaperRequest | undefined {
  const source = toSource(draft);
  if (!source) return undefined;
  const asked = Object.entries(draft.asked).flatMap(([name, text]) =>
    text.trim() ? [[name, text.trim()] as const] : [],
  );
  const signatures = Object.entries(draft.signatures).flatMap(([block, { name, quality, image }]) =>
    name.trim()
      ? [
          {
            block: Number(block),
            name: name.trim(),
            ...(quality.trim() && { quality: quality.trim() }),
            ...(image && { image }),
          },
        ]
      : [],
  );
  return {
    kind: draft.kind,
    source,
    ...(draft.issuerId && { structureId: draft.issuerId }),
    ...(asked.length > 0 && { asked: Object.fromEntries(asked) }),
    signatures,
  };
}

/** What the wording of this template leaves to the person, in the order of the list of placeholders. */
export function askedBy(template: PaperTemplate): readonly Placeholder[] {
  const named = new Set(
    wordings(template).flatMap(([, text]) =>
      [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => findPlaceholder(name)),
    ),
  );
  return ASKED.filter((placeholder) => named.has(placeholder));
}

function toSource(draft: PaperDraft): PaperSource | undefined {
  const { actId, assetIds, holderName, structureId, siteId, typeCode, status, at, from, to } = draft;
  switch (draft.source) {
    case 'act':
      return actId ? { type: 'act', actId } : undefined;
    case 'assets':
      return assetIds.length > 0 ? { type: 'assets', assetIds: [...assetIds] } : undefined;
    case 'holder':
      return holderName.trim() ? { type: 'holder', holderName: holderName.trim() } : undefined;
    case 'scope':
      return {
        type: 'scope',
        ...(structureId && { structureId }),
        ...(siteId && { siteId }),
        ...(typeCode && { typeCode }),
        ...(status.length > 0 && { status: [...status] }),
        ...(at && { at }),
      };
    case 'period':
      return from && to ? { type: 'period', from, to, ...(structureId && { structureId }) } : undefined;
    case 'desktop':
      return { type: 'desktop' };
  }
}

function firstSource(kind: PaperKind): SourceType {
  return paperRule(kind).sources[0] ?? 'assets';
}
