import type { ActInput } from '#shared/domain/act.ts';
import { AppError } from '#shared/domain/errors.ts';
import { TRAVELLING_FIELDS, type TransferAsset } from '#shared/domain/transfer.ts';
import type { CommandInput, CommandOutput, QuestionInput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { SentTransfer, TransferLine } from '#shared/protocol/transfers.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { actOnAsset, requireMayAct } from '../commands/act-commands.ts';
import { readAsset, requireAsset } from '../commands/assets.ts';
import { toEntry } from '../journal/entries.ts';
import type { Register } from '../register.ts';
import { fileName, requireReceipt, seal, wrongFile } from './transfer-files.ts';

/** Most dispatches listed. */
const LISTED = 100;

export function getTransfers(register: Register): QuestionOutput['getTransfers'] {
  const movements = register.table('movements');
  const ids = register.connection.values<string>(
    `SELECT id FROM ${movements.tableName} WHERE deleted = 0 AND ${movements.column('act')} = 'external-dispatch'
      AND ${movements.column('kind')} = 'act' ORDER BY ${movements.column('declaredAt')} DESC, id DESC LIMIT 5000`,
  );
  const acts = new Set<string>();
  for (const { actId } of movements.findByIds(ids).map(toEntry).sort(latestFirst)) {
    if (actId && acts.size < LISTED) acts.add(actId);
  }
  return [...acts].flatMap((actId) => sentTransfer(register, actId) ?? []);
}

/** SPEC A13: everything that the receiver needs to register the same things. */
export function makeTransferFile(
  register: Register,
  { actId }: QuestionInput<'makeTransferFile'>,
): QuestionOutput['makeTransferFile'] {
  const { ministry } = register.identity.require();
  const entries = standing(register, actId);
  const [first] = entries;
  if (!first) throw new AppError('COMMAND_NOT_FOUND', 'There is no such dispatch on this desktop');
  const documentNumber = first.documentNumber ?? actId;
  const file = {
    format: 'registre-transfer',
    version: 1,
    id: actId,
    from: { id: ministry.id, name: ministry.name },
    to: destinationOf(first),
    documentNumber,
    ...(first.reason && { reason: first.reason }),
    sentAt: first.declaredAt,
    sentBy: first.author.name,
    assets: entries.map(({ assetId }) => travelling(requireAsset(register, assetId))),
  } as const;
  return seal(register, file, fileName('transfert', documentNumber));
}

/** What a receipt would change here. */
export function receiptLines(register: Register, text: string): TransferLine[] {
  const receipt = requireReceipt(text);
  return receipt.assets.map(({ id, reference }) => {
    const asset = readAsset(register, id);
    if (!asset) return { reference, designation: '', outcome: 'refused', problem: 'unknown' };
    const line = { reference: asset.reference, designation: asset.designation };
    if (asset.status === 'transferred') return { ...line, outcome: 'done' };
    if (asset.status === 'in-transit' && asset.destinationMinistry) return { ...line, outcome: 'confirm' };
    return { ...line, outcome: 'refused', problem: 'not-in-transit' };
  });
}

/** The receiver has them: what is still on its way there has left the register's hands (SPEC A13). */
export function confirmTransfer(
  register: Register,
  { text }: CommandInput<'confirmTransfer'>,
): CommandOutput['confirmTransfer'] {
  const receipt = requireReceipt(text);
  const identity = register.identity.require();
  if (receipt.to.id !== identity.ministry.id) throw wrongFile('other-receiver');
  requireMayAct('handover', identity);
  return register.transaction(() => {
    const actId = register.environment.newId();
    const underWay = receipt.assets.flatMap(({ id }) => {
      const asset = readAsset(register, id);
      return asset?.status === 'in-transit' && asset.destinationMinistry ? [asset] : [];
    });
    for (const asset of underWay) {
      const input: ActInput = {
        act: 'handover',
        assetIds: [asset.id],
        documentNumber: receipt.documentNumber,
        reason: `${receipt.from.name}, ${receipt.receivedBy}`,
      };
      actOnAsset(register, identity, asset, input, actId);
    }
    return { actId, changed: underWay.length };
  });
}

/** The entries of a dispatch that were not taken back. */
function standing(register: Register, actId: string): Movement[] {
  const entries = register.journalIndex.ofAct(actId).filter(({ act }) => act === 'external-dispatch');
  const movements = register.table('movements');
  const undone = new Set(
    entries.length === 0
      ? []
      : register.connection.values<string>(
          `SELECT ${movements.column('undoes')} FROM ${movements.tableName}
            WHERE ${movements.column('undoes')} IN (SELECT value FROM json_each(?))`,
          [JSON.stringify(entries.map(({ id }) => id))],
        ),
  );
  return entries.filter(({ id, kind }) => kind === 'act' && !undone.has(id));
}

function sentTransfer(register: Register, actId: string): SentTransfer | undefined {
  const entries = standing(register, actId);
  const [first] = entries;
  if (!first) return undefined;
  const underWay = entries.filter(({ assetId }) => readAsset(register, assetId)?.status === 'in-transit');
  return {
    actId,
    to: destinationOf(first),
    documentNumber: first.documentNumber ?? '',
    sentAt: first.declaredAt,
    count: entries.length,
    underWay: underWay.length,
  };
}

function destinationOf({ changes }: Movement): string {
  return String(changes.find(({ field }) => field === 'destinationMinistry')?.to ?? '');
}

function travelling(asset: Asset): TransferAsset {
  const fields = TRAVELLING_FIELDS.flatMap((field) => (asset[field] === undefined ? [] : [[field, asset[field]]]));
  const { id, reference, inventoryNumber } = asset;
  // The travelling fields of a checked asset.
  return { id, reference, ...(inventoryNumber && { inventoryNumber }), ...Object.fromEntries(fields) } as TransferAsset;
}

function latestFirst(a: Movement, b: Movement): number {
  return a.declaredAt < b.declaredAt ? 1 : -1;
}
