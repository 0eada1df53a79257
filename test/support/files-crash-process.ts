import { stdout } from 'node:process';
import { Register } from '../../electron/data/register.ts';
import { RegisterService } from '../../electron/data/service.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { assetDraft, enrolOffline } from './asset-draft.ts';
import { attach, pdfBytes } from './attached-files.ts';

/** Attaches one document after the other to one asset until it is killed; tells of each once it is acknowledged. */
const [directory = '', create = ''] = process.argv.slice(2);
const register = new Register(
  openRegister({ directory, key: new Uint8Array(32).fill(9), create: create === 'create' }),
);
if (!register.identity.get()) enrolOffline(register, 'gestionnaire');
const service = new RegisterService(register);
const serialNumber = `KILL-${process.pid}-${Date.now()}`;
const made = await service.commands.createAsset({ draft: assetDraft({ serialNumber }), status: 'in-stock' });
stdout.write('ready\n');
for (;;) {
  const data = pdfBytes(1 + Math.floor(Math.random() * 400_000));
  const id = await attach(service, made.id, { data });
  stdout.write(`attached ${id}\n`);
}
