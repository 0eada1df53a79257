import type { Act } from '#shared/domain/lifecycle.ts';
import { actsFor } from '#shared/domain/lifecycle.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import type { AssetStatus, Nature } from '#shared/schema/asset.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import { inputOf } from '../support/act-input.ts';
import { assetDraft } from '../support/asset-draft.ts';
import { consumableDraft, licenceDraft } from '../support/natures.ts';
import type { Desktop } from './desktop.ts';

/** What a person does at one desktop: raw numbers of the history stand for the choices, whatever there is to choose from. */
export type Choice = {
  readonly desktop: Desktop;
  readonly a: number;
  readonly b: number;
  /** A text that nobody has written before: its way through the system can be followed. */
  readonly mark: () => string;
};

export type PersonalAct = (choice: Choice) => unknown;

const TEXTS = ['room', 'notes', 'supplier', 'inventoryNumber'] as const;
const ATTRIBUTES = ['ram', 'disk', 'screen'] as const;

/** By name, with how often each is chosen. */
export const ACTS: Readonly<Record<string, { readonly weight: number; readonly act: PersonalAct }>> = {
  create: { weight: 14, act: create },
  edit: { weight: 34, act: edit },
  editAttribute: { weight: 10, act: editAttribute },
  editMany: { weight: 5, act: editMany },
  act: { weight: 14, act: perform },
  undo: { weight: 5, act: undo },
  series: { weight: 2, act: series },
  mergeRecords: { weight: 3, act: mergeRecords },
  attach: { weight: 3, act: attach },
  decide: { weight: 5, act: decide },
  takeReview: { weight: 2, act: takeReview },
  undoDecision: { weight: 2, act: undoDecision },
  saveAgent: { weight: 5, act: saveAgent },
  saveStructure: { weight: 4, act: saveStructure },
  saveSite: { weight: 2, act: saveSite },
  saveReference: { weight: 3, act: saveReference },
  saveView: { weight: 3, act: saveView },
  removeView: { weight: 1, act: removeView },
  issuePaper: { weight: 2, act: issuePaper },
};

/** A number that no other history on the same endpoint has: two records of one thing are looked for among all. */
function numberOf({ desktop, mark }: Choice): string {
  return `${mark()}-${desktop.ministryId.slice(0, 8)}`;
}

function textFor(choice: Choice, field: (typeof TEXTS)[number]): string {
  return field === 'inventoryNumber' ? numberOf(choice) : choice.mark();
}

function pick<Item>(items: readonly Item[], number: number): Item | undefined {
  return items[number % Math.max(1, items.length)];
}

/**
 * The same in every run of a history: assets and entries in the order of their ids, which the seed gives; other rows, whose ids
 * come from their names and their ministry, as this desktop wrote them.
 */
function all(desktop: Desktop, collection: CollectionName, isWanted = (_row: WireDocument) => true): WireDocument[] {
  const rows = desktop.all(collection).filter((row) => !row._deleted && isWanted(row));
  if (collection !== 'assets' && collection !== 'movements') return rows;
  return rows.sort((left, right) => (left.id < right.id ? -1 : 1));
}

function pickAsset({ desktop, a }: Choice, isWanted?: (row: WireDocument) => boolean): WireDocument | undefined {
  // The earlier records of a register are edited most: desktops must meet.
  const assets = all(desktop, 'assets', isWanted);
  return pick(assets.slice(0, a % 3 === 0 ? assets.length : 2), a);
}

function create(choice: Choice): unknown {
  const { desktop, a, b, mark } = choice;
  const nature = pick(['hardware', 'hardware', 'hardware', 'licence', 'consumable'] as const, b) ?? 'hardware';
  const places = placesOf(desktop, a);
  if (nature === 'hardware') {
    const draft = assetDraft({ ...places, serialNumber: serialFor(choice), notes: mark() });
    return desktop.service.commands.createAsset({ draft, status: 'in-stock' });
  }
  const { structureId } = places;
  return nature === 'licence'
    ? desktop.service.commands.createAsset({ draft: licenceDraft({ structureId, notes: mark() }), status: 'active' })
    : desktop.service.commands.createAsset({
        draft: consumableDraft({ ...places, notes: mark() }),
        status: 'in-stock',
      });
}

/** Its own, as a rule; now and then that of another record, as two people register one thing (SPEC V2). */
function serialFor(choice: Choice): string {
  const { desktop, a, b } = choice;
  const known = a % 7 === 3 ? pick(all(desktop, 'assets'), b)?.serialNumber : undefined;
  return typeof known === 'string' ? known : numberOf(choice);
}

function placesOf(desktop: Desktop, number: number): { readonly structureId: string; readonly siteId: string } {
  const { structureId, siteId = '' } = assetDraft();
  return {
    structureId: pick(all(desktop, 'structures'), number)?.id ?? structureId,
    siteId: pick(all(desktop, 'sites'), number)?.id ?? siteId,
  };
}

function edit(choice: Choice): unknown {
  const asset = pickAsset(choice);
  if (!asset) return create(choice);
  const field = pick(TEXTS, choice.b) ?? 'notes';
  return choice.desktop.service.commands.updateAsset({ id: asset.id, changes: { [field]: textFor(choice, field) } });
}

function editAttribute(choice: Choice): unknown {
  const asset = pickAsset(choice, ({ nature }) => nature === 'hardware');
  if (!asset) return create(choice);
  const name = pick(ATTRIBUTES, choice.b) ?? 'ram';
  const changes = { attributes: { ...Object(asset.attributes), [name]: choice.mark() } };
  return choice.desktop.service.commands.updateAsset({ id: asset.id, changes });
}

function editMany(choice: Choice): unknown {
  const { desktop, a, b } = choice;
  const ids = all(desktop, 'assets').map(({ id }) => id);
  const field = pick(TEXTS, b) ?? 'notes';
  return desktop.service.commands.updateAssets({
    ids: ids.slice(0, 1 + (a % 4)),
    changes: { [field]: textFor(choice, field) },
  });
}

function perform(choice: Choice): unknown {
  const { desktop, b, mark } = choice;
  const asset = pickAsset(choice);
  if (!asset) return create(choice);
  // A stored asset has one of the table's statuses and natures.
  const [status, nature] = [asset.status as AssetStatus, asset.nature as Nature];
  const act: Act | undefined = pick(actsFor(status, desktop.person.role, nature), b);
  if (!act) return undefined;
  const places = placesOf(desktop, choice.a + b);
  return desktop.service.commands.performAct(inputOf(act, [asset.id], { reason: mark() }, places));
}

function undo({ desktop, a }: Choice): unknown {
  const entries = all(desktop, 'movements', ({ kind, actId }) => kind === 'act' && typeof actId === 'string');
  const actId = pick(entries.slice(-4), a)?.actId;
  return typeof actId === 'string' ? desktop.service.commands.undoAct({ actId }) : undefined;
}

function series(choice: Choice): unknown {
  const { desktop, a, mark } = choice;
  const { serialNumber: _none, ...draft } = assetDraft({ ...placesOf(desktop, a), notes: mark() });
  const serialNumbers = [numberOf(choice), numberOf(choice)];
  return desktop.service.commands.createSeries({ draft, serialNumbers, status: 'in-stock' });
}

function mergeRecords({ desktop, a, b, mark }: Choice): unknown {
  const assets = all(desktop, 'assets', ({ nature }) => nature === 'hardware');
  const [keep, other] = [pick(assets, a), pick(assets, a + 1 + (b % 3))];
  if (!keep || !other || keep.id === other.id) return undefined;
  const changes = { notes: mark() };
  return desktop.service.commands.mergeAssets({ keepId: keep.id, otherId: other.id, changes, reason: mark() });
}

function attach(choice: Choice): unknown {
  const { desktop, b } = choice;
  const licence = pick(
    all(desktop, 'assets', ({ nature }) => nature === 'licence'),
    b,
  );
  const asset = pickAsset(choice, ({ nature }) => nature === 'hardware');
  if (!licence || !asset) return undefined;
  const [kind, targetId] = ['licence', licence.id] as const;
  if (Object.keys(Object(asset.licences)).includes(targetId)) {
    return desktop.service.commands.detachAsset({ kind, targetId, assetId: asset.id });
  }
  return desktop.service.commands.attachAssets({ kind, targetId, assetIds: [asset.id], seats: 1 + (b % 3) });
}

/** One word to one review: those of a history are of every kind, and a word that does not fit is refused. */
function decide({ desktop, a, b }: Choice): unknown {
  const review = pick(
    all(desktop, 'reviews', ({ state }) => state === 'open'),
    a,
  );
  const answer = review?.kind === 'twin' ? 'separate' : (pick(['kept', 'taken'] as const, b) ?? 'kept');
  return review && desktop.service.commands.decideReviews({ ids: [review.id], answer });
}

function takeReview({ desktop, a }: Choice): unknown {
  const review = pick(
    all(desktop, 'reviews', ({ state }) => state === 'open'),
    a,
  );
  return review && desktop.service.commands.takeReview({ ids: [review.id] });
}

function undoDecision({ desktop, a }: Choice): unknown {
  const decided = all(desktop, 'movements', ({ kind, actId }) => kind === 'review' && typeof actId === 'string');
  const actId = pick(decided.slice(-4), a)?.actId;
  return typeof actId === 'string' ? desktop.service.commands.undoDecision({ actId }) : undefined;
}

function saveAgent({ desktop, a, b, mark }: Choice): unknown {
  const known = b % 3 === 0 ? undefined : pick(all(desktop, 'agents'), a);
  const name = String(known?.name ?? mark());
  const position = b % 2 === 0 ? mark() : undefined;
  return desktop.service.commands.saveAgent({
    ...(known && { id: known.id }),
    ...(position && { position }),
    name: b % 5 === 0 ? mark() : name,
    active: b % 7 !== 0,
  });
}

function saveStructure({ desktop, a, b, mark }: Choice): unknown {
  const structures = all(desktop, 'structures');
  const known = b % 3 === 0 ? undefined : pick(structures, a);
  const ministry = structures.find(({ kind }) => kind === 'ministry');
  if (known && known !== ministry) {
    const parentId = typeof known.parentId === 'string' ? known.parentId : undefined;
    return desktop.service.commands.saveStructure({
      id: known.id,
      kind: 'central-directorate',
      name: mark(),
      ...(parentId && { parentId }),
    });
  }
  if (!ministry) return desktop.service.commands.saveStructure({ kind: 'ministry', name: 'Ministère' });
  return desktop.service.commands.saveStructure({ kind: 'central-directorate', name: mark(), parentId: ministry.id });
}

function saveSite({ desktop, a, b, mark }: Choice): unknown {
  const known = b % 2 === 0 ? undefined : pick(all(desktop, 'sites'), a);
  const name = known && b % 4 === 1 ? String(known.name) : mark();
  return desktop.service.commands.saveSite({
    ...(known && { id: known.id }),
    kind: 'departement',
    name,
    ...(b % 3 === 0 && { aliases: [mark()] }),
    active: b % 5 !== 0,
  });
}

function saveReference({ desktop, a, b, mark }: Choice): unknown {
  const known =
    b % 2 === 0
      ? undefined
      : pick(
          all(desktop, 'references', ({ kind }) => kind === 'supplier'),
          a,
        );
  const content = { taxNumber: mark().slice(0, 30) };
  return desktop.service.commands.saveReference({
    ...(known ? { id: known.id, code: String(known.code) } : {}),
    kind: 'supplier',
    label: known ? String(known.label) : mark(),
    active: true,
    content,
  });
}

function saveView({ desktop, a, b, mark }: Choice): unknown {
  const known =
    b % 2 === 0
      ? undefined
      : pick(
          all(desktop, 'references', ({ kind }) => kind === 'saved-view'),
          a,
        );
  return desktop.service.commands.saveView({
    ...(known && { id: known.id }),
    label: mark(),
    settings: { filter: {} },
  });
}

function removeView({ desktop, a }: Choice): unknown {
  const view = pick(
    all(desktop, 'references', ({ kind }) => kind === 'saved-view'),
    a,
  );
  return view && desktop.service.commands.removeView({ id: view.id });
}

function issuePaper(choice: Choice): unknown {
  const asset = pickAsset(choice);
  if (!asset) return undefined;
  return choice.desktop.service.commands.issuePaper({
    kind: 'asset-record',
    source: { type: 'assets', assetIds: [asset.id] },
    signatures: [],
  });
}
