import { type AssetDraft, findAssetProblems } from '#shared/domain/asset.ts';
import { AppError } from '#shared/domain/errors.ts';
import type { Transfer, TransferAsset } from '#shared/domain/transfer.ts';
import type {
  CommandInput,
  CommandOutput,
  Identity,
  QuestionInput,
  QuestionOutput,
} from '#shared/protocol/data-port.ts';
import type { NamedText, TransferLine } from '#shared/protocol/transfers.ts';
import { insertAsset } from '../commands/asset-commands.ts';
import { readAsset } from '../commands/assets.ts';
import { hashedId } from '../hashed-id.ts';
import type { Register } from '../register.ts';
import { receiptLines } from './send.ts';
import { fileName, open, requireTransfer, seal, wrongFile } from './transfer-files.ts';

/** What a file would do here. A file that nobody can use is told as such, not thrown: a person chose it. */
export function readTransfer(
  register: Register,
  { text }: QuestionInput<'readTransfer'>,
): QuestionOutput['readTransfer'] {
  const { ministry } = register.identity.require();
  const read = open(text);
  if ('problem' in read) return { kind: 'unreadable', problem: read.problem };
  const { file } = read;
  const { documentNumber } = file;
  if (file.format === 'registre-transfer') {
    if (file.from.id === ministry.id) return { kind: 'unreadable', problem: 'own-file' };
    const { sentAt: at, sentBy: by } = file;
    const lines = file.assets.map((asset) => lineOf(register, file, asset));
    return { kind: 'transfer', from: file.from.name, to: file.to, documentNumber, at, by, lines };
  }
  if (file.to.id !== ministry.id) return { kind: 'unreadable', problem: 'other-receiver' };
  const { receivedAt: at, receivedBy: by } = file;
  const lines = receiptLines(register, text);
  return { kind: 'receipt', from: file.from.name, to: file.to.name, documentNumber, at, by, lines };
}

/**
 * Registers what comes from another institution (SPEC A13). The id of each record is made of the sender's: two desktops that
 * receive the same file without a network make the same records, and a file that is received again makes none.
 */
export function receiveTransfer(
  register: Register,
  input: CommandInput<'receiveTransfer'>,
): CommandOutput['receiveTransfer'] {
  const identity = register.identity.authorise('asset.create');
  const file = requireTransfer(input.text);
  if (file.from.id === identity.ministry.id) throw wrongFile('own-file');
  requirePlace(register, input);
  return register.transaction(() => {
    const actId = register.environment.newId();
    const news = file.assets.filter((asset) => !readAsset(register, newId(identity, asset)));
    for (const asset of news) {
      const { structureId, siteId, room } = input;
      insertAsset(register, identity, {
        id: newId(identity, asset),
        draft: draftOf(file, asset, { structureId, siteId, ...(room && { room }) }),
        status: 'in-stock',
        origin: { ministry: file.from.name, assetId: asset.id, reference: asset.reference },
        actId,
        documentNumber: file.documentNumber,
      });
    }
    return { actId, created: news.length, receipt: receiptOf(register, identity, file) };
  });
}

export function makeTransferReceipt(
  register: Register,
  { text }: QuestionInput<'makeTransferReceipt'>,
): QuestionOutput['makeTransferReceipt'] {
  return receiptOf(register, register.identity.require(), requireTransfer(text));
}

function receiptOf(register: Register, identity: Identity, file: Transfer): NamedText {
  const assets = file.assets.flatMap((asset) => {
    const here = readAsset(register, newId(identity, asset));
    return here ? [{ id: asset.id, reference: asset.reference, newReference: here.reference }] : [];
  });
  if (assets.length === 0) throw new AppError('COMMAND_NOT_FOUND', 'Nothing of this transfer was received here');
  const { ministry, person } = identity;
  const receipt = {
    format: 'registre-transfer-receipt',
    version: 1,
    transferId: file.id,
    to: file.from,
    from: { id: ministry.id, name: ministry.name },
    documentNumber: file.documentNumber,
    receivedAt: register.instant(),
    receivedBy: person.name,
    assets,
  } as const;
  return seal(register, receipt, fileName('accuse', file.documentNumber));
}

function lineOf(register: Register, file: Transfer, asset: TransferAsset): TransferLine {
  const identity = register.identity.require();
  const { reference, designation, serialNumber } = asset;
  const line = { reference, designation, ...(serialNumber && { serialNumber }) };
  if (readAsset(register, newId(identity, asset))) return { ...line, outcome: 'done' };
  // Where it will stand is asked afterwards: any place shows what else is wrong.
  const nowhere = { structureId: identity.ministry.id, siteId: identity.ministry.id };
  const [problem] = findAssetProblems(draftOf(file, asset, nowhere));
  return problem ? { ...line, outcome: 'refused', problem: problem.field } : { ...line, outcome: 'create' };
}

function draftOf(
  file: Transfer,
  { id: _id, reference, inventoryNumber, attributes, ...fields }: TransferAsset,
  place: Pick<AssetDraft, 'structureId' | 'siteId' | 'room'>,
): AssetDraft {
  return {
    ...fields,
    ...place,
    nature: 'hardware',
    holderKind: 'service',
    acquisitionMode: 'transfer-received',
    attributes: {
      ...attributes,
      formerReference: reference,
      ...(inventoryNumber && { formerInventoryNumber: inventoryNumber }),
      formerInstitution: file.from.name,
    },
  };
}

function newId({ ministry }: Identity, { id }: TransferAsset): string {
  return hashedId(ministry.id, 'transfer', id);
}

function requirePlace(register: Register, { structureId, siteId }: CommandInput<'receiveTransfer'>): void {
  for (const [collection, field, id] of [
    ['structures', 'structureId', structureId],
    ['sites', 'siteId', siteId],
  ] as const) {
    if (register.table(collection).findByIds([id]).length > 0) continue;
    throw new AppError('COMMAND_INVALID', 'This place is not in the register', {
      details: { field, problem: 'unknown' },
    });
  }
}
