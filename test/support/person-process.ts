/**
 * Opens the register of a folder as somebody whom the rights of files bind, and prints the code of what was thrown. Root may
 * write what others may not: it becomes `nobody` for good, and so in a process of its own, once all programs are loaded.
 */
import { stdout } from 'node:process';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';

const [directory = '', key = '', person = ''] = process.argv.slice(2);
if (person) {
  process.setgroups?.([Number(person)]);
  process.setgid?.(Number(person));
  process.setuid?.(Number(person));
}
try {
  openRegister({ directory, key: Buffer.from(key, 'hex'), create: false }).close();
  stdout.write('no error');
} catch (error) {
  stdout.write(String(Object(error).code));
}
