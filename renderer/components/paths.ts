import type { PaperKind } from '#shared/domain/lifecycle.ts';
import type { Nature } from '#shared/schema/asset.ts';

/** Addresses of the screens, behind the `#` of the page. */
export const paths = {
  assets: '/',
  dashboard: '/dashboard',
  newAsset: '/assets/new',
  newAssetOf: (nature: Nature) => `/assets/new/${nature}`,
  asset: (id: string) => `/assets/${id}`,
  editAsset: (id: string) => `/assets/${id}/edit`,
  duplicateAsset: (id: string) => `/assets/new/like/${id}`,
  mergeAssets: (keepId: string, otherId: string) => `/assets/merge/${keepId}/${otherId}`,
  newSeries: '/assets/series',
  newSeriesLike: (id: string) => `/assets/series/like/${id}`,
  journal: '/journal',
  holder: (name: string) => `/journal/holder/${encodeURIComponent(name)}`,
  room: (name: string) => `/journal/room/${encodeURIComponent(name)}`,
  asAt: '/as-at',
  papers: '/papers',
  papersOfAsset: (id: string) => `/papers/asset/${id}`,
  paper: (id: string) => `/papers/${id}`,
  newPaper: '/papers/new',
  newPaperOfDesktop: '/papers/new/sync-statement',
  newPaperOfAct: (kind: PaperKind, actId: string) => `/papers/new/${kind}/act/${actId}`,
  newPaperOfAsset: (kind: PaperKind, assetId: string) => `/papers/new/${kind}/asset/${assetId}`,
  checkPaper: '/papers/check',
  paperTemplates: '/papers/templates',
  paperTemplate: (kind: PaperKind) => `/papers/templates/${kind}`,
  references: '/references',
  referenceSection: (section: string) => `/references/${section}`,
  import: '/import',
  transfers: '/transfers',
  sync: '/sync',
  parcels: '/sync/parcels',
  fleet: '/sync/fleet',
  reviews: '/sync/reviews',
  decidedReview: (id: string) => `/sync/reviews/decided/${id}`,
  settings: '/settings',
  enrolment: '/enrolment',
} as const;

/** A name that stands in an address; one that was typed by hand may not be escaped. */
export function readSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
