import { AppError } from '#shared/domain/errors.ts';
import { readTransferFile, sealedText, type Transfer, type TransferReceipt } from '#shared/domain/transfer.ts';
import type { NamedText } from '#shared/protocol/transfers.ts';
import { nodeCryptography } from '../journal/cryptography.ts';
import type { Register } from '../register.ts';

type Unsealed<File> = Omit<File, 'seal'>;

/** A file ready to be saved, sealed by this device. */
export function seal(
  register: Register,
  file: Unsealed<Transfer> | Unsealed<TransferReceipt>,
  name: string,
): NamedText {
  const open = { ...file, seal: { key: '', signature: '' } } as Transfer | TransferReceipt; // its seal comes next
  // Keeps the key of a device that has signed nothing yet.
  const made = register.transaction(() => register.journalSigner.signText(sealedText(open)));
  return { name, text: JSON.stringify({ ...open, seal: made }, null, 1) };
}

export function open(text: string): ReturnType<typeof readTransferFile> {
  return readTransferFile(text, nodeCryptography().verify);
}

/** @throws AppError COMMAND_INVALID: not a file of this kind, of a newer program, or altered on the way */
export function requireTransfer(text: string): Transfer {
  const file = requireFile(text);
  if (file.format === 'registre-transfer') return file;
  throw wrongFile('not-a-transfer');
}

/** @throws AppError COMMAND_INVALID: not a file of this kind, of a newer program, or altered on the way */
export function requireReceipt(text: string): TransferReceipt {
  const file = requireFile(text);
  if (file.format === 'registre-transfer-receipt') return file;
  throw wrongFile('not-a-transfer');
}

function requireFile(text: string): Transfer | TransferReceipt {
  const read = open(text);
  if ('file' in read) return read.file;
  throw wrongFile(read.problem);
}

export function wrongFile(problem: string): AppError {
  return new AppError('COMMAND_INVALID', 'The transfer file cannot be used', { details: { field: 'text', problem } });
}

/** A name for people; what file systems refuse is left out. */
export function fileName(kind: 'transfert' | 'accuse', documentNumber: string): string {
  const number = documentNumber.replace(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 60);
  return `${kind}-${number}.registre.json`;
}
