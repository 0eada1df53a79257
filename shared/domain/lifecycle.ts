import type { AssetStatus, Nature } from '../schema/asset.ts';
import type { Role } from './roles.ts';

/** What an act may ask of the person: see `ActInput` in the protocol. */
export const ACT_FIELDS = [
  'physicalState',
  'holder',
  'place',
  'destination',
  'returnDate',
  'documentNumber',
  'reason',
  'repair',
  'wiping',
  'quantity',
  'expiryDate',
  'destinationMinistry',
] as const;
export type ActField = (typeof ACT_FIELDS)[number];

/** The papers an act produces (domain.md 1.4). Titles and columns are templates, not law. */
export const PAPER_KINDS = [
  'asset-record',
  'entry-order',
  'exit-order',
  'assignment-slip',
  'transfer-slip',
  'discharge',
  'reception-report',
  'asset-statement',
  'disposal-list',
  'disposal-report',
  'journal-book',
  /** Of no act: where the records of a desktop are (SPEC X7). */
  'sync-statement',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export type ActRule = {
  /** What it is done to; hardware where nothing is said. */
  readonly natures?: readonly Nature[];
  readonly from: readonly AssetStatus[];
  /** Several: the person chooses, the first is proposed. None: the status stays. */
  readonly to: readonly AssetStatus[];
  readonly roles: readonly Role[];
  readonly requires: readonly ActField[];
  /** Asked for besides, and may stay empty. */
  readonly accepts: readonly ActField[];
  readonly papers: readonly PaperKind[];
};

const FIELD = ['technicien', 'gestionnaire', 'dsi', 'administrateur'] as const satisfies readonly Role[];
const OFFICE = ['gestionnaire', 'dsi', 'administrateur'] as const satisfies readonly Role[];
/** Who may take an asset out of the books. */
const BOOKS = ['dsi', 'comptable', 'administrateur'] as const satisfies readonly Role[];

/** What ends on a day. */
const TERMED = ['licence', 'contract'] as const satisfies readonly Nature[];
const HELD = ['in-stock', 'in-service', 'in-repair', 'on-loan', 'in-transit'] as const satisfies readonly AssetStatus[];

/**
 * The life of an asset: what may be done to it, from where, by whom, with what, and on which paper (SPEC A4). One line is
 * one act of the trade. `entry` is made by the creation of an asset and stands here for its paper.
 *
 * | act | the trade says |
 * | --- | --- |
 * | entry | entrée, reprise de l'existant |
 * | record-merge | fusion de deux fiches du même bien |
 * | assignment, reassignment | affectation, mutation |
 * | dispatch, receipt | expédition et réception d'une mutation entre structures |
 * | external-dispatch, handover | expédition vers une autre institution, et sa prise en charge là-bas |
 * | return | retour en stock, restitution, désaffectation |
 * | loan | sortie provisoire, prêt |
 * | repair, repair-end, intervention | départ en réparation, remise en service, intervention sur place |
 * | loss, theft, recovery | perte, vol, retrouvé (régularisation) |
 * | disposal-proposal, proposal-withdrawal, disposal | proposition à la réforme, retrait, réforme |
 * | cession, destruction | vente ou don, destruction |
 * | supply, issue, stock-count | entrée, sortie et comptage d'un consommable |
 * | renewal-request, renewal, termination | licences et contrats: à renouveler, renouvellement, résiliation |
 */
export const ACTS = {
  entry: {
    from: [],
    to: ['in-stock', 'in-service'],
    roles: FIELD,
    requires: [],
    accepts: [],
    papers: ['entry-order', 'reception-report'],
  },
  // Two records that are one thing: by a command of its own, and here for its right and its name.
  'record-merge': { from: [], to: ['merged'], roles: OFFICE, requires: [], accepts: [], papers: [] },
  assignment: {
    from: ['in-stock'],
    to: ['in-service'],
    roles: FIELD,
    requires: ['holder', 'place'],
    accepts: ['physicalState', 'documentNumber', 'reason'],
    papers: ['assignment-slip', 'discharge'],
  },
  reassignment: {
    from: ['in-service', 'on-loan'],
    to: ['in-service'],
    roles: FIELD,
    requires: ['holder', 'place', 'reason'],
    accepts: ['physicalState', 'documentNumber'],
    papers: ['transfer-slip', 'discharge'],
  },
  dispatch: {
    from: ['in-stock', 'in-service'],
    to: ['in-transit'],
    roles: FIELD,
    requires: ['destination', 'reason'],
    accepts: ['documentNumber', 'physicalState'],
    papers: ['transfer-slip'],
  },
  'external-dispatch': {
    from: ['in-stock', 'in-service'],
    to: ['in-transit'],
    roles: BOOKS,
    requires: ['destinationMinistry', 'documentNumber', 'reason', 'wiping'],
    accepts: ['physicalState'],
    papers: ['transfer-slip', 'exit-order'],
  },
  // Received where the dispatch is not known yet: then its slip is in the receiver's hand, and has a number.
  receipt: {
    from: ['in-transit', 'in-stock', 'in-service'],
    to: ['in-stock', 'in-service'],
    roles: FIELD,
    requires: ['physicalState', 'place'],
    accepts: ['holder', 'documentNumber', 'reason'],
    papers: ['reception-report'],
  },
  return: {
    from: ['in-service', 'on-loan'],
    to: ['in-stock'],
    roles: FIELD,
    requires: ['physicalState'],
    accepts: ['place', 'reason', 'documentNumber'],
    papers: ['entry-order'],
  },
  loan: {
    from: ['in-stock', 'in-service'],
    to: ['on-loan'],
    roles: FIELD,
    requires: ['holder', 'returnDate', 'reason'],
    accepts: ['place', 'documentNumber'],
    papers: ['exit-order', 'discharge'],
  },
  repair: {
    from: ['in-stock', 'in-service', 'on-loan'],
    to: ['in-repair'],
    roles: FIELD,
    requires: ['repair'],
    accepts: ['physicalState', 'documentNumber'],
    papers: ['exit-order'],
  },
  'repair-end': {
    from: ['in-repair'],
    to: ['in-service', 'in-stock'],
    roles: FIELD,
    requires: ['physicalState', 'repair'],
    accepts: ['holder', 'place', 'documentNumber'],
    papers: [],
  },
  intervention: {
    from: ['in-stock', 'in-service', 'on-loan'],
    to: [],
    roles: FIELD,
    requires: ['repair'],
    accepts: ['physicalState', 'documentNumber'],
    papers: [],
  },
  loss: { from: HELD, to: ['lost'], roles: FIELD, requires: ['documentNumber', 'reason'], accepts: [], papers: [] },
  theft: { from: HELD, to: ['stolen'], roles: FIELD, requires: ['documentNumber', 'reason'], accepts: [], papers: [] },
  recovery: {
    from: ['lost', 'stolen'],
    to: ['in-stock'],
    roles: OFFICE,
    requires: ['physicalState', 'reason'],
    accepts: ['place', 'documentNumber'],
    papers: ['entry-order'],
  },
  'disposal-proposal': {
    from: ['in-stock', 'in-service', 'in-repair', 'lost', 'stolen'],
    to: ['proposed-for-disposal'],
    roles: FIELD,
    requires: ['physicalState', 'reason'],
    accepts: ['documentNumber'],
    papers: ['disposal-list'],
  },
  'proposal-withdrawal': {
    from: ['proposed-for-disposal'],
    to: ['in-stock', 'in-service'],
    roles: OFFICE,
    requires: ['reason'],
    accepts: ['physicalState', 'documentNumber'],
    papers: [],
  },
  disposal: {
    from: ['proposed-for-disposal'],
    to: ['disposed'],
    roles: BOOKS,
    requires: ['documentNumber', 'reason'],
    accepts: ['wiping'],
    papers: ['disposal-report'],
  },
  cession: {
    from: ['disposed'],
    to: ['ceded'],
    roles: BOOKS,
    requires: ['documentNumber', 'reason', 'wiping'],
    accepts: [],
    papers: ['exit-order'],
  },
  destruction: {
    from: ['disposed'],
    to: ['destroyed'],
    roles: BOOKS,
    requires: ['documentNumber', 'reason', 'wiping'],
    accepts: [],
    papers: ['exit-order'],
  },
  handover: {
    from: ['in-stock', 'in-transit'],
    to: ['transferred'],
    roles: BOOKS,
    requires: ['documentNumber', 'reason', 'wiping'],
    accepts: ['physicalState', 'destinationMinistry'],
    papers: ['exit-order'],
  },
  supply: {
    natures: ['consumable'],
    from: ['in-stock'],
    to: [],
    roles: FIELD,
    requires: ['quantity'],
    accepts: ['documentNumber', 'reason'],
    papers: ['entry-order'],
  },
  issue: {
    natures: ['consumable'],
    from: ['in-stock'],
    to: [],
    roles: FIELD,
    requires: ['quantity', 'reason'],
    accepts: ['documentNumber'],
    papers: ['exit-order'],
  },
  'stock-count': {
    natures: ['consumable'],
    from: ['in-stock'],
    to: [],
    roles: FIELD,
    requires: ['quantity', 'reason'],
    accepts: ['documentNumber'],
    papers: [],
  },
  'renewal-request': {
    natures: TERMED,
    from: ['active'],
    to: ['to-renew'],
    roles: OFFICE,
    requires: ['reason'],
    accepts: ['documentNumber'],
    papers: [],
  },
  renewal: {
    natures: TERMED,
    from: ['active', 'to-renew', 'terminated'],
    to: ['active'],
    roles: OFFICE,
    requires: ['expiryDate'],
    accepts: ['documentNumber', 'reason'],
    papers: [],
  },
  termination: {
    natures: TERMED,
    from: ['active', 'to-renew'],
    to: ['terminated'],
    roles: OFFICE,
    requires: ['reason'],
    accepts: ['documentNumber'],
    papers: [],
  },
} as const satisfies Readonly<Record<string, ActRule>>;

export type Act = keyof typeof ACTS;
// The keys of the table.
export const ACT_NAMES = Object.keys(ACTS) as [Act, ...Act[]];

/** The line of an act. */
export function ruleOf(act: Act): ActRule {
  return ACTS[act];
}

/** Whether the table has this act for assets of this nature. */
export function isOfNature(act: Act, nature: Nature): boolean {
  return (ruleOf(act).natures ?? ['hardware']).includes(nature);
}

/** What may be done to an asset of this status and nature by this role, in the order of the table. */
export function actsFor(status: AssetStatus, role: Role, nature: Nature = 'hardware'): Act[] {
  return ACT_NAMES.filter(
    (act) => isOfNature(act, nature) && ruleOf(act).from.includes(status) && ruleOf(act).roles.includes(role),
  );
}
