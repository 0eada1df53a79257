import { mergeDeparture } from './departure.ts';
import { type FieldConflict, type Fields, type MergeResult, mergeThreeWay } from './three-way.ts';

/** Where an asset is and who has it: one fact told by several fields, so one side's are taken together. */
const WHEREABOUTS = [
  'status',
  'structureId',
  'siteId',
  'room',
  'holderKind',
  'holderName',
  'holderId',
  'returnDate',
  'destinationStructureId',
  'destinationMinistry',
] as const;

/**
 * Merges two states of an asset (SPEC M6, V1). Field by field, except where one side let it leave for good, and for a transfer of which one side wrote the dispatch and
 * the other, which did not know of it, the receipt: the asset is where it was received, whichever of the two came first to
 * the endpoint. Where it was sent elsewhere than it arrived, a review keeps both.
 */
export function mergeAsset(base: Fields | undefined, mine: Fields, theirs: Fields): MergeResult {
  const departure = mergeDeparture(base, mine, theirs);
  if (departure) return departure;
  const arrived = base && sideThatArrived(base, mine, theirs);
  if (!arrived) return mergeThreeWay(base, mine, theirs);
  const { merged, conflicts } = mergeThreeWay(base, standingAs(mine, arrived), standingAs(theirs, arrived));
  const sent = arrived === mine ? theirs : mine;
  if (sent.destinationStructureId === arrived.structureId) return { merged, conflicts };
  const astray: FieldConflict = {
    field: 'structureId',
    base: base.structureId,
    // As in every review: `theirs` is what the record says now.
    mine: sent.destinationStructureId,
    theirs: arrived.structureId,
  };
  return { merged, conflicts: [...conflicts, astray] };
}

function sideThatArrived(base: Fields, mine: Fields, theirs: Fields): Fields | undefined {
  if (isSent(base, theirs) && isReceived(base, mine)) return mine;
  if (isSent(base, mine) && isReceived(base, theirs)) return theirs;
  return undefined;
}

/** Left for another structure of the ministry. */
function isSent(base: Fields, { status, destinationStructureId }: Fields): boolean {
  return base.status !== 'in-transit' && status === 'in-transit' && destinationStructureId !== undefined;
}

function isReceived(base: Fields, { status, structureId }: Fields): boolean {
  return (status === 'in-stock' || status === 'in-service') && structureId !== base.structureId;
}

function standingAs(side: Fields, arrived: Fields): Fields {
  const names: ReadonlySet<string> = new Set(WHEREABOUTS);
  const kept = Object.entries(side).filter(([field]) => !names.has(field));
  const taken = WHEREABOUTS.filter((field) => Object.hasOwn(arrived, field)).map((field) => [field, arrived[field]]);
  return Object.fromEntries([...kept, ...taken]);
}
