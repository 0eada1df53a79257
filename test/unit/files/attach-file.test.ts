import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Role } from '#shared/domain/roles.ts';
import { RegisterService } from '../../../electron/data/service.ts';
import { attach, fileRow, pdfBytes, photoBytes, readWhole, stage } from '../../support/attached-files.ts';
import { sha256 } from '../../support/endpoint-files.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';

function openService(role: Role = 'gestionnaire'): RegisterService & { readonly assetId: string } {
  const service = new RegisterService(openTestRegister({ role }));
  onTestFinished(() => service.close());
  if (role === 'consultation') return Object.assign(service, { assetId: '' });
  const made = service.commands.createAsset({ draft: assetDraft(), status: 'in-stock' });
  // Creation answers at once.
  return Object.assign(service, { assetId: (made as { id: string }).id });
}

function folderOf({ register }: RegisterService): string {
  return join(dirname(register.connection.path), 'files');
}

/** Every file of the folder. */
function listed(service: RegisterService): string[] {
  const folder = folderOf(service);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());
}

const PHOTO = photoBytes(300_000);
const THUMBNAIL = photoBytes(9000);

it('F1: an attached photo is known by its hash, its size and its author, and reads back as it was', async () => {
  const service = openService();
  const original = { hash: 'a'.repeat(64), bytes: 4_000_000 };
  const id = await attach(service, service.assetId, {
    data: PHOTO,
    thumbnail: THUMBNAIL,
    width: 2048,
    height: 1536,
    original,
  });
  expect(fileRow(service, id)).toMatchObject({
    assetId: service.assetId,
    kind: 'photo',
    mediaType: 'image/jpeg',
    hash: sha256(PHOTO),
    bytes: PHOTO.length,
    thumbnail: { hash: sha256(THUMBNAIL), bytes: THUMBNAIL.length },
    original,
    author: { name: 'Afiavi Dossou', role: 'gestionnaire' },
  });
  expect(readWhole(service, id).equals(PHOTO)).toBe(true);
  expect(readWhole(service, id, 'thumbnail').equals(THUMBNAIL)).toBe(true);
  expect(service.questions.getFileStates({ ids: [id] })).toEqual({ [id]: { place: 'local', hasThumbnail: true } });
  expect(service.questions.getFilesState({})).toMatchObject({
    stored: { files: 1, bytes: 309_000 },
    waiting: { files: 1, bytes: 309_000 },
  });
  expect(service.register.waiting.get('files', id)).toBeDefined();
});

it('F4: no byte of a photo lies open in the folder of the profile, and no name tells its hash', async () => {
  const service = openService();
  const data = Buffer.concat([photoBytes(100), Buffer.from('BUREAU DU MINISTRE'.repeat(5000))]);
  const id = await attach(service, service.assetId, { data, thumbnail: THUMBNAIL });
  expect(readWhole(service, id).equals(data)).toBe(true);
  const paths = listed(service);
  expect(paths).toHaveLength(2);
  for (const path of paths) {
    expect(path).not.toContain(sha256(data).slice(0, 8));
    expect(readFileSync(path).includes('MINISTRE')).toBe(false);
  }
});

it('F1: the same photo on two assets lies on the disk once', async () => {
  const service = openService();
  const other = (
    service.commands.createAsset({ draft: assetDraft({ serialNumber: 'X-2' }), status: 'in-stock' }) as { id: string }
  ).id;
  const ids = [await attach(service, service.assetId, { data: PHOTO }), await attach(service, other, { data: PHOTO })];
  expect(listed(service)).toHaveLength(1);
  for (const id of ids) expect(readWhole(service, id).equals(PHOTO)).toBe(true);
});

describe('what cannot be attached is refused with the reason, and leaves nothing behind', () => {
  const exif = Buffer.concat([Buffer.from('ffd8ffe1', 'hex'), Buffer.from('..Exif\0\0 GPS'), randomBytes(100)]);
  it.each([
    ['a program', { data: Buffer.concat([Buffer.from('MZ'), randomBytes(500)]) }, 'unknown-kind'],
    ['an empty file', { data: Buffer.alloc(0) }, 'empty'],
    ['a photo that is none', { data: pdfBytes(500), kind: 'photo' }, 'unknown-kind'],
    ['F3: a photo that says where it was taken', { data: exif, kind: 'photo' }, 'place-data'],
    ['F3: a photo that was not made smaller', { data: photoBytes(5_000_000), kind: 'photo' }, 'too-large'],
    ['a thumbnail as large as a photo', { data: PHOTO, thumbnail: photoBytes(100_000) }, 'shape'],
  ] as const)('%s', async (_name, input, problem) => {
    const service = openService();
    await expect(attach(service, service.assetId, input)).rejects.toMatchObject({
      code: 'COMMAND_INVALID',
      details: { problem },
    });
    expect(listed(service)).toEqual([]);
    expect(service.questions.getFilesState({}).stored.files).toBe(0);
    expect(service.register.table('files').changedSince(10).documents).toEqual([]);
  });

  it('a document beyond the limit, while it is brought', async () => {
    const service = openService();
    const { stageId } = await service.commands.openStage({});
    const piece = new Uint8Array(256 * 1024);
    for (let count = 0; count < 200; count += 1) await service.commands.writeStage({ stageId, bytes: piece });
    await expect(service.commands.writeStage({ stageId, bytes: piece })).rejects.toMatchObject({
      details: { problem: 'too-large' },
    });
    await expect(service.commands.writeStage({ stageId, bytes: piece })).rejects.toMatchObject({
      code: 'COMMAND_NOT_FOUND',
    });
    expect(listed(service)).toEqual([]);
  });

  it('P1: bytes that are none, or more than a message holds', async () => {
    const service = openService();
    const { stageId } = await service.commands.openStage({});
    // What a window that was taken over might send.
    const forged = 'texte' as unknown as Uint8Array;
    await expect(service.commands.writeStage({ stageId, bytes: forged })).rejects.toMatchObject({
      code: 'COMMAND_INVALID',
    });
    await expect(service.commands.writeStage({ stageId, bytes: new Uint8Array(300_000) })).rejects.toMatchObject({
      code: 'COMMAND_INVALID',
    });
  });

  it('A7: from a role that only looks', async () => {
    const service = openService('consultation');
    const stageId = await stage(service, PHOTO);
    await expect(
      service.commands.attachFile({
        assetId: '0198a000-0000-7000-8000-000000000001',
        kind: 'photo',
        name: 'x',
        stageId,
      }),
    ).rejects.toMatchObject({ code: 'COMMAND_FORBIDDEN' });
  });
});

it('F1: a file is taken off and put back, and stays what it was', async () => {
  const service = openService();
  const id = await attach(service, service.assetId, { data: PHOTO });
  const before = fileRow(service, id);
  await service.commands.retireFile({ id });
  expect(fileRow(service, id)).toMatchObject({ ...before, removed: { name: 'Afiavi Dossou' } });
  expect(readWhole(service, id).equals(PHOTO)).toBe(true);
  await service.commands.restoreFile({ id });
  expect(fileRow(service, id)).toEqual(before);
});

it('a file that was damaged on the disk is known as missing, and read as nothing else', async () => {
  const service = openService();
  const id = await attach(service, service.assetId, { data: PHOTO });
  const [path = ''] = listed(service);
  writeFileSync(path, randomBytes(10));
  expect(() => readWhole(service, id)).toThrow('damaged');
  expect(service.questions.getFileStates({ ids: [id] })[id]?.place).toBe('remote');
});

it('what a killed process left in the folder is swept away; what the register knows stays', async () => {
  const service = openService();
  const id = await attach(service, service.assetId, { data: PHOTO });
  const stray = join(folderOf(service), 'ab', 'cdef');
  mkdirSync(dirname(stray), { recursive: true });
  writeFileSync(stray, randomBytes(100));
  const open = await stage(service, pdfBytes(100_000));
  const old = new Date(Date.now() - 60_000);
  for (const path of listed(service)) utimesSync(path, old, old);
  expect(await service.files.sweep()).toBe(1);
  expect(existsSync(stray)).toBe(false);
  expect(readWhole(service, id).equals(PHOTO)).toBe(true);
  // What a window is bringing just now is nobody's yet, and stays.
  await expect(
    service.commands.attachFile({ assetId: service.assetId, kind: 'document', name: 'facture.pdf', stageId: open }),
  ).resolves.toBeDefined();
});

it.each([
  ['image/png', Buffer.from('89504e470d0a1a0a00', 'hex')],
  ['image/webp', Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')],
  ['application/pdf', Buffer.from('%PDF-1.4')],
  [
    'application/vnd.oasis.opendocument.text',
    Buffer.from(`PK\x03\x04${'x'.repeat(22)}\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.textPK`, 'latin1'),
  ],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    Buffer.from('PK\x03\x04 [Content_Types].xml word/document.xml', 'latin1'),
  ],
  [
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    Buffer.from('PK\x03\x04 [Content_Types].xml xl/workbook.xml', 'latin1'),
  ],
] as const)('F1: %s is told by its bytes, not by its name', async (mediaType, data) => {
  const service = openService();
  const id = await attach(service, service.assetId, { data, name: 'autre.exe' });
  expect(fileRow(service, id)?.mediaType).toBe(mediaType);
});

it('a document with macros is not attached', async () => {
  const service = openService();
  const data = Buffer.from('PK\x03\x04 [Content_Types].xml word/document.xml word/vbaProject.bin', 'latin1');
  await expect(attach(service, service.assetId, { data })).rejects.toMatchObject({
    details: { problem: 'unknown-kind' },
  });
});
