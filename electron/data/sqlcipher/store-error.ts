import { AppError, type ErrorAction, type ErrorCode } from '#shared/domain/errors.ts';

type Class = { readonly code: ErrorCode; readonly message: string; readonly action: ErrorAction };

/** SQLite's primary result codes that a person can do something about; the rest are mistakes of this program. */
const CLASSES: Readonly<Record<string, Class>> = {
  SQLITE_CORRUPT: { code: 'STORE_CORRUPT', message: 'The register file is damaged', action: 'contact' },
  SQLITE_NOTADB: { code: 'STORE_CORRUPT', message: 'The register file is damaged', action: 'contact' },
  SQLITE_FULL: { code: 'STORE_DISK_FULL', message: 'There is no room left on the disk', action: 'retry' },
  SQLITE_READONLY: { code: 'STORE_READ_ONLY', message: 'The register file cannot be written', action: 'retry' },
  SQLITE_PERM: { code: 'STORE_READ_ONLY', message: 'The register file cannot be written', action: 'retry' },
  SQLITE_BUSY: { code: 'STORE_ALREADY_OPEN', message: 'Another process uses the register file', action: 'retry' },
  SQLITE_LOCKED: { code: 'STORE_ALREADY_OPEN', message: 'Another process uses the register file', action: 'retry' },
  SQLITE_IOERR: { code: 'STORE_IO', message: 'The disk does not answer as it should', action: 'retry' },
  SQLITE_CANTOPEN: { code: 'STORE_IO', message: 'The register file cannot be opened', action: 'retry' },
};

const FILE_SYSTEM: Readonly<Record<string, Class | undefined>> = {
  ENOSPC: CLASSES.SQLITE_FULL,
  EDQUOT: CLASSES.SQLITE_FULL,
  EROFS: CLASSES.SQLITE_READONLY,
  EACCES: CLASSES.SQLITE_READONLY,
  EPERM: CLASSES.SQLITE_READONLY,
};

/**
 * Classifies what SQLCipher or the file system threw. The message is ours: theirs may quote a path or a value.
 * An error that is neither (a constraint, a syntax error) is a mistake of the program and comes back unchanged.
 */
export function toStoreError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const found = classify(error);
  return found ? storeError(found, error) : error;
}

/** Like {@link toStoreError}, for file operations: whatever is not known is `STORE_IO`. */
export function toFileError(error: unknown): AppError {
  const known = toStoreError(error);
  if (known instanceof AppError) return known;
  return new AppError('STORE_IO', 'The disk does not answer as it should', { action: 'retry' });
}

function classify(error: Error): Class | undefined {
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_')) return CLASSES[code.split('_').slice(0, 2).join('_')];
  // The binding gives no code when the file itself cannot be opened.
  if (error.message.startsWith('sqlite open error')) return CLASSES.SQLITE_CANTOPEN;
  return FILE_SYSTEM[code];
}

function storeError({ code, message, action }: Class, cause: Error): AppError {
  const reason = 'code' in cause ? { details: { reason: String(cause.code) } } : {};
  return new AppError(code, message, { action, ...reason });
}
