import { AppError } from '#shared/domain/errors.ts';
import { joinParts, type ParcelHead, type ReadPart, readPart } from '#shared/parcels/parcel-file.ts';
import type { FileTaken, NamedBytes } from '#shared/protocol/parcel-port.ts';
import type { Register } from '../register.ts';
import { deviceCryptography } from './cryptography.ts';
import { takeAnswer } from './take-answer.ts';

type Read = ReadPart & { readonly file: NamedBytes };

/** Says of each file of a stick what it is, and does with it what is to be done here (SPEC X2, X4, X5). */
export async function takeFiles(register: Register, files: readonly NamedBytes[]): Promise<FileTaken[]> {
  const { device } = register.identity.require();
  const taken: FileTaken[] = [];
  const ownAnswers = new Map<string, Read[]>();
  for (const file of files) {
    const read = readPart(file.bytes, deviceCryptography);
    if ('problem' in read) {
      taken.push({ name: file.name, kind: 'wrong', problem: read.problem });
    } else if (read.head.facts.kind === 'answer' && read.head.facts.device.id === device.id) {
      const { signature } = read.head;
      ownAnswers.set(signature, [...(ownAnswers.get(signature) ?? []), { ...read, file }]);
    } else taken.push(carry(register, device.id, read.head, file));
  }
  // Answers in their order: news follow each other.
  const inOrder = [...ownAnswers.values()].sort((a, b) => (madeAt(a) < madeAt(b) ? -1 : 1));
  for (const parts of inOrder) taken.push(...(await takeOwnAnswer(register, parts)));
  return taken;
}

function carry(register: Register, ownDevice: string, head: ParcelHead, file: NamedBytes): FileTaken {
  const { kind, ministry, device, number } = head.facts;
  const { name } = file;
  if (device.id === ownDevice) return { name, kind: 'own-parcel', number };
  register.transaction(() =>
    register.carriedFiles.keep(head, file, deviceCryptography.digest(file.bytes), register.instant()),
  );
  const whose = { name, ministry: ministry.acronym, device: device.code };
  if (kind === 'files') return { kind: 'files-of-another', ...whose, number };
  return kind === 'parcel' ? { kind: 'parcel-of-another', ...whose, number } : { kind: 'answer-for-another', ...whose };
}

async function takeOwnAnswer(register: Register, parts: readonly Read[]): Promise<FileTaken[]> {
  const [first] = parts;
  if (!first) return [];
  const { name } = first.file;
  const sealed = joinParts(parts, deviceCryptography);
  if (!sealed) return parts.map(({ file }) => ({ name: file.name, kind: 'incomplete' }));
  try {
    return [{ name, kind: 'answer', taken: await takeAnswer(register, first.head.facts, sealed) }];
  } catch (error) {
    const problem = error instanceof AppError ? error.details?.problem : undefined;
    if (typeof problem !== 'string') throw error;
    return [{ name, kind: 'wrong', problem }];
  }
}

function madeAt(parts: readonly Read[]): string {
  return parts[0]?.head.facts.madeAt ?? '';
}
