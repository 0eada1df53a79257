import type { PaperKind } from '../domain/lifecycle.ts';

/** Where the lines of a paper come from. */
export const SOURCE_TYPES = ['act', 'assets', 'holder', 'scope', 'period', 'desktop'] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

export type KindRule = {
  /** Two letters in the number of the paper. */
  readonly code: string;
  /** What its lines are. */
  readonly lines: 'asset' | 'movement';
  /** The first is proposed. */
  readonly sources: readonly SourceType[];
  /** True where the paper is about one asset. */
  readonly isSingle: boolean;
};

/** What every kind of paper is made from (domain.md 1.4). */
export const PAPER_RULES = {
  'asset-record': { code: 'FI', lines: 'movement', sources: ['assets'], isSingle: true },
  'entry-order': { code: 'OE', lines: 'asset', sources: ['act', 'assets'], isSingle: false },
  'exit-order': { code: 'OS', lines: 'asset', sources: ['act', 'assets'], isSingle: false },
  'assignment-slip': { code: 'BA', lines: 'asset', sources: ['act', 'assets'], isSingle: false },
  'transfer-slip': { code: 'BM', lines: 'asset', sources: ['act', 'assets'], isSingle: false },
  discharge: { code: 'FD', lines: 'asset', sources: ['holder', 'act', 'assets'], isSingle: false },
  'reception-report': { code: 'PR', lines: 'asset', sources: ['act', 'assets'], isSingle: false },
  'asset-statement': { code: 'EI', lines: 'asset', sources: ['scope'], isSingle: false },
  'disposal-list': { code: 'LR', lines: 'asset', sources: ['scope', 'act', 'assets'], isSingle: false },
  'disposal-report': { code: 'PF', lines: 'asset', sources: ['act', 'assets'], isSingle: false },
  'journal-book': { code: 'LJ', lines: 'movement', sources: ['period'], isSingle: false },
  'sync-statement': { code: 'AS', lines: 'asset', sources: ['desktop'], isSingle: false },
} as const satisfies Readonly<Record<PaperKind, KindRule>>;

export function paperRule(kind: PaperKind): KindRule {
  return PAPER_RULES[kind];
}
